-- What the view of all activities reads, in one pass over each table.

-- name: view_orgs :many
-- in: programme i64, own bool
-- out: id uid, key str?, name str, type str?, country str?, country_basis str?, source_line str?
SELECT id, key, name, type, country, country_basis, source_line FROM organisation WHERE programme = ?1 AND own = ?2;

-- name: view_rows :many
-- in: programme i64, own bool
-- out: doc i64, key str, title str, implementer uid?, status i64?, planned_start_day i64?, planned_start_precision i64, actual_start_day i64?, actual_start_precision i64, planned_end_day i64?, planned_end_precision i64, actual_end_day i64?, actual_end_precision i64, currency str?, contribution_minor i64?, lang str?
SELECT doc, key, title, implementer, status, planned_start_day, planned_start_precision, actual_start_day, actual_start_precision,
	planned_end_day, planned_end_precision, actual_end_day, actual_end_precision, currency, contribution_minor, lang
FROM activity WHERE programme = ?1 AND own = ?2 AND is_programme = 0;

-- The rows of one activity stand together: that is the order of the table's key.
-- name: view_countries :many
-- in: programme i64, own bool
-- out: doc i64, country str, role str
SELECT a.doc, c.country, c.role FROM activity_country c JOIN activity a ON a.programme = c.programme AND a.id = c.activity
WHERE c.programme = ?1 AND a.own = ?2 ORDER BY c.activity, c.seq;

-- name: view_priorities :many
-- in: programme i64
-- out: doc i64, priority i64, is_primary bool
SELECT a.doc, p.priority, p.is_primary FROM activity_priority p JOIN activity a ON a.programme = p.programme AND a.id = p.activity
WHERE p.programme = ?1;

-- name: view_programme_key :one
-- in: programme i64
-- out: key str
SELECT key FROM activity WHERE programme = ?1 AND own = 1 AND is_programme = 1;
