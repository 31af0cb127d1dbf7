-- Statements of the tests of src/db.

-- name: t_echo :one
-- in: number i64?, real f64?, text str?, some bytes?, who uid?, yes bool?, day date?
-- out: number i64?, real f64?, text str?, some bytes?, who uid?, yes bool?, day date?
SELECT ?1 AS number, ?2 AS real, ?3 AS text, ?4 AS some, ?5 AS who, ?6 AS yes, ?7 AS day;

-- name: t_programme_add :exec
-- in: programme i64, slug str, hash bytes, as_of date?
INSERT INTO programme (programme, slug, pack_version, pack_hash, currency, facts_as_of_day, loaded_ms)
VALUES (?1, ?2, '1', ?3, 'EUR', ?4, 0);

-- name: t_programme_get :one
-- in: programme i64
-- out: slug str, pack_hash bytes, facts_as_of_day date?
SELECT slug, pack_hash, facts_as_of_day FROM programme WHERE programme = ?1;

-- name: t_programmes :many
-- in: above i64, unlike str
-- out: programme i64, slug str
SELECT programme, slug FROM programme WHERE programme > ?1 AND slug <> ?2 ORDER BY programme;

-- name: t_programme_rename :exec
-- in: programme i64, slug str
UPDATE programme SET slug = ?2 WHERE programme = ?1;

-- name: t_programme_delete :exec
-- in: programme i64
DELETE FROM programme WHERE programme = ?1;

-- name: t_programme_count :one
-- out: programmes i64, total i64?
SELECT count(*) AS programmes, sum(programme) AS total FROM programme;

-- name: t_priority_add :exec
-- in: programme i64, code i64, source_line str
INSERT INTO priority (programme, code, source_line) VALUES (?1, ?2, ?3);

-- name: t_dataset_add :exec
-- in: programme i64, id uid, kind str
INSERT INTO dataset (programme, id, kind, name, received_ms) VALUES (?1, ?2, ?3, 'x', 0);

-- name: t_visitors :many
-- in: programme i64
-- out: id uid, name str, country str?, own bool
SELECT id, name, country, own FROM organisation WHERE programme = ?1 ORDER BY name;

-- name: t_slow :one
-- out: n i64
-- engine: sqlite
WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000000000) SELECT count(*) AS n FROM c;
-- engine: postgres
SELECT count(*) AS n FROM generate_series(1, 20000000000);
