-- Statements of the registry of decision models and of the records of decisions.

-- name: rules_versions :many
-- in: programme i64
-- out: hash bytes, key str, number i64, name str, ns str, imports str, state str, valid_from_day date, valid_to_day date?, legal_basis str, author str, approver str?, note str, source_line str, proposed_ms i64, published_ms i64?, size i64
SELECT hash, key, number, name, ns, imports, state, valid_from_day, valid_to_day, legal_basis, author, approver, note, source_line,
	proposed_ms, published_ms, size
FROM rule_model WHERE programme = ?1 ORDER BY key, number;

-- name: rules_text_get :one
-- in: programme i64, hash bytes
-- out: text str
SELECT text FROM rule_text WHERE programme = ?1 AND hash = ?2;

-- name: rules_model_add :exec
-- in: programme i64, hash bytes, key str, number i64, name str, ns str, imports str, valid_from_day date, valid_to_day date?, legal_basis str, author str, note str, source_line str, proposed_ms i64, size i64
INSERT INTO rule_model (programme, hash, key, number, name, ns, imports, state, valid_from_day, valid_to_day, legal_basis, author, note,
	source_line, proposed_ms, size)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'draft', ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- A draft, or one that was withdrawn, is proposed again.
-- name: rules_model_again :exec
-- in: programme i64, hash bytes, valid_from_day date, valid_to_day date?, legal_basis str, author str, note str, source_line str, proposed_ms i64
UPDATE rule_model SET state = 'draft', valid_from_day = ?3, valid_to_day = ?4, legal_basis = ?5, author = ?6, note = ?7, source_line = ?8,
	proposed_ms = ?9
WHERE programme = ?1 AND hash = ?2 AND state <> 'published';

-- name: rules_text_add :exec
-- in: programme i64, hash bytes, text str
INSERT INTO rule_text (programme, hash, text) VALUES (?1, ?2, ?3);

-- name: rules_model_publish :exec
-- in: programme i64, hash bytes, approver str, published_ms i64
UPDATE rule_model SET state = 'published', approver = ?3, published_ms = ?4 WHERE programme = ?1 AND hash = ?2 AND state = 'draft';

-- name: rules_model_withdraw :exec
-- in: programme i64, hash bytes
UPDATE rule_model SET state = 'withdrawn' WHERE programme = ?1 AND hash = ?2 AND state = 'draft';

-- name: rules_record_insert :exec
-- in: programme i64, id uid, case_ref str, made_ms i64, as_of_ms i64, key str, pins str, decision str, mode str, input str, outcome str, explanation str, actor str
INSERT INTO decision_record (programme, id, case_ref, made_ms, as_of_ms, key, pins, decision, mode, input, outcome, explanation, actor)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: rules_records_all :many
-- in: programme i64
-- out: id uid, case_ref str, made_ms i64, as_of_ms i64, key str, pins str, decision str, mode str, input str, outcome str, explanation str, actor str
SELECT id, case_ref, made_ms, as_of_ms, key, pins, decision, mode, input, outcome, explanation, actor
FROM decision_record WHERE programme = ?1 ORDER BY made_ms, id;

-- name: rules_records_of :many
-- in: programme i64, case_ref str
-- out: id uid, case_ref str, made_ms i64, as_of_ms i64, key str, pins str, decision str, mode str, input str, outcome str, explanation str, actor str
SELECT id, case_ref, made_ms, as_of_ms, key, pins, decision, mode, input, outcome, explanation, actor
FROM decision_record WHERE programme = ?1 AND case_ref = ?2 ORDER BY made_ms, id;
