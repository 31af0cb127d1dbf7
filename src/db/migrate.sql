-- The schema's bookkeeping (src/db/migrate.c).

-- name: schema_has_versions :one
-- out: tables i64
-- engine: sqlite
SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version';
-- engine: postgres
SELECT count(*) AS tables FROM pg_class WHERE relname = 'schema_version' AND relkind = 'r' AND pg_table_is_visible(oid);

-- name: schema_versions :many
-- out: version i64, name str, hash str
SELECT version, name, hash FROM schema_version ORDER BY version;

-- name: schema_version_add :exec
-- in: version i64, name str, hash str, applied_ms i64
INSERT INTO schema_version (version, name, hash, applied_ms) VALUES (?1, ?2, ?3, ?4);
