-- name: decision_cases :many
-- in: programme i64, key str
-- out: id uid, name str, decision str, as_of_day date, input str, expected str, author str
SELECT id, name, decision, as_of_day, input, expected, author FROM decision_case
WHERE programme = ?1 AND key = ?2 ORDER BY name, id;

-- name: decision_case_add :exec
-- in: programme i64, id uid, key str, name str, decision str, as_of_day date, input str, expected str, author str, added_ms i64
INSERT INTO decision_case (programme, id, key, name, decision, as_of_day, input, expected, author, added_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: decision_case_remove :exec
-- in: programme i64, id uid
DELETE FROM decision_case WHERE programme = ?1 AND id = ?2;
