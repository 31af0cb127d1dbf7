-- The full-text index (register/search.c). SQLite numbers the rows by rowid, PostgreSQL by doc.

-- name: search_add :exec
-- in: doc i64, title str, description str, names str
-- engine: sqlite
INSERT INTO activity_search (rowid, title, description, names) VALUES (?1, ?2, ?3, ?4);
-- engine: postgres
INSERT INTO activity_search (doc, document)
VALUES (?1, CAST(?2 AS tsvector) || CAST(?3 AS tsvector) || CAST(?4 AS tsvector))
ON CONFLICT (doc) DO UPDATE SET document = excluded.document;

-- name: search_remove :exec
-- in: doc i64
-- engine: sqlite
DELETE FROM activity_search WHERE rowid = ?1;
-- engine: postgres
DELETE FROM activity_search WHERE doc = ?1;

-- name: search_ranked :many
-- in: query str, most i64
-- out: doc i64
-- engine: sqlite
SELECT rowid AS doc FROM activity_search WHERE activity_search MATCH ?1 ORDER BY bm25(activity_search, 8.0, 2.0, 1.0), rowid LIMIT ?2;
-- engine: postgres
SELECT doc FROM activity_search WHERE document @@ CAST(?1 AS tsquery)
ORDER BY ts_rank(document, CAST(?1 AS tsquery)) DESC, doc LIMIT ?2;

-- name: search_all :many
-- in: query str, most i64
-- out: doc i64
-- engine: sqlite
SELECT rowid AS doc FROM activity_search WHERE activity_search MATCH ?1 ORDER BY rowid LIMIT ?2;
-- engine: postgres
SELECT doc FROM activity_search WHERE document @@ CAST(?1 AS tsquery) ORDER BY doc LIMIT ?2;

-- Those of search_all that have all the words in their title: words is the query without the kind of activity.
-- name: search_in_title :many
-- in: query str, words str, most i64
-- out: doc i64
-- engine: sqlite
SELECT rowid AS doc FROM activity_search WHERE activity_search MATCH '{title} : ' || ?1 AND ?2 <> '' ORDER BY rowid LIMIT ?3;
-- engine: postgres
SELECT doc FROM activity_search WHERE document @@ CAST(?1 AS tsquery) AND ts_filter(document, '{a}') @@ CAST(?2 AS tsquery)
ORDER BY doc LIMIT ?3;
