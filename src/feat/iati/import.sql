-- Storing imported activities (iati/import.c, iati/store.c).

-- name: iati_dataset_sized :one
-- in: programme i64, size i64
-- out: n i64
SELECT count(*) FROM dataset WHERE programme = ?1 AND kind = 'comparison' AND bytes = ?2;

-- name: iati_dataset_hashed :one
-- in: programme i64, sha256 bytes
-- out: name str
SELECT name FROM dataset WHERE programme = ?1 AND kind = 'comparison' AND sha256 = ?2 ORDER BY name LIMIT 1;

-- name: iati_dataset_named :one
-- in: programme i64, name str
-- out: id uid
SELECT id FROM dataset WHERE programme = ?1 AND kind = 'comparison' AND name = ?2;

-- name: iati_dataset_name :one
-- in: programme i64, id uid
-- out: name str
SELECT name FROM dataset WHERE programme = ?1 AND id = ?2;

-- name: iati_dataset_add :exec
-- in: programme i64, id uid, name str, received_ms i64
INSERT INTO dataset (programme, id, kind, name, received_ms) VALUES (?1, ?2, 'comparison', ?3, ?4);

-- name: iati_dataset_finish :exec
-- in: programme i64, id uid, version str?, sha256 bytes, size i64, received_ms i64
UPDATE dataset SET version = ?3, sha256 = ?4, bytes = ?5, received_ms = ?6 WHERE programme = ?1 AND id = ?2;

-- name: iati_activity_find :one
-- in: programme i64, key str
-- out: id uid, dataset uid, doc i64, last_updated_ms i64?, content_hash bytes?
SELECT id, dataset, doc, last_updated_ms, content_hash FROM activity WHERE programme = ?1 AND own = 0 AND key = ?2;

-- name: iati_activity_delete :exec
-- in: programme i64, id uid
DELETE FROM activity WHERE programme = ?1 AND id = ?2;

-- name: iati_activities_of :many
-- in: programme i64, dataset uid
-- out: id uid, doc i64, key str
SELECT id, doc, key FROM activity WHERE programme = ?1 AND dataset = ?2;

-- name: iati_doc_last :one
-- out: doc i64?
SELECT max(doc) FROM activity;

-- name: iati_org_add :exec
-- in: programme i64, id uid, key str?, name str, type str?
INSERT INTO organisation (programme, id, own, key, name, type) VALUES (?1, ?2, 0, ?3, ?4, ?5)
ON CONFLICT (programme, id) DO NOTHING;

-- name: iati_programme :one
-- out: programme i64
SELECT programme FROM programme ORDER BY programme LIMIT 1;

-- name: iati_comparison_any :one
-- in: programme i64
-- out: n i64
SELECT count(*) FROM (SELECT 1 FROM dataset WHERE programme = ?1 AND kind = 'comparison' LIMIT 1) AS found;
