-- Statements of the tests of src/db.

-- schema: t_db_schema
CREATE TABLE t_programme (
	programme INTEGER PRIMARY KEY NOT NULL,
	slug TEXT NOT NULL UNIQUE,
	hash BLOB NOT NULL,
	as_of_day INTEGER
) STRICT;
CREATE TABLE t_part (
	programme INTEGER NOT NULL REFERENCES t_programme (programme),
	id BLOB NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('own', 'comparison')),
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE t_visitor (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	own INTEGER NOT NULL CHECK (own IN (0, 1)),
	name TEXT NOT NULL,
	country TEXT,
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

-- name: t_echo :one
-- in: number i64?, real f64?, text str?, some bytes?, who uid?, yes bool?, day date?
-- out: number i64?, real f64?, text str?, some bytes?, who uid?, yes bool?, day date?
SELECT ?1 AS number, ?2 AS real, ?3 AS text, ?4 AS some, ?5 AS who, ?6 AS yes, ?7 AS day;

-- name: t_programme_add :exec
-- in: programme i64, slug str, hash bytes, as_of date?
INSERT INTO t_programme (programme, slug, hash, as_of_day) VALUES (?1, ?2, ?3, ?4);

-- name: t_programme_get :one
-- in: programme i64
-- out: slug str, hash bytes, as_of_day date?
SELECT slug, hash, as_of_day FROM t_programme WHERE programme = ?1;

-- name: t_programmes :many
-- in: above i64, unlike str
-- out: programme i64, slug str
SELECT programme, slug FROM t_programme WHERE programme > ?1 AND slug <> ?2 ORDER BY programme;

-- name: t_programme_rename :exec
-- in: programme i64, slug str
UPDATE t_programme SET slug = ?2 WHERE programme = ?1;

-- name: t_programme_delete :exec
-- in: programme i64
DELETE FROM t_programme WHERE programme = ?1;

-- name: t_programme_count :one
-- out: programmes i64, total i64?
SELECT count(*) AS programmes, sum(programme) AS total FROM t_programme;

-- name: t_part_add :exec
-- in: programme i64, id uid, kind str
INSERT INTO t_part (programme, id, kind) VALUES (?1, ?2, ?3);

-- name: t_visitors :many
-- in: programme i64
-- out: id uid, name str, country str?, own bool
SELECT id, name, country, own FROM t_visitor WHERE programme = ?1 ORDER BY name;

-- name: t_slow :one
-- out: n i64
-- engine: sqlite
WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000000000) SELECT count(*) AS n FROM c;
-- engine: postgres
SELECT count(*) AS n FROM generate_series(1, 20000000000);

-- name: t_backend :one
-- out: pid i64
-- engine: sqlite
SELECT 0 AS pid;
-- engine: postgres
SELECT pg_backend_pid() AS pid;
