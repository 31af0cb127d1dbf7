-- name: price_report_count :one
-- in: programme i64
-- out: n i64
SELECT COUNT(*) FROM price_report WHERE programme = ?1 AND handled_day IS NULL;

-- name: price_report_add :exec
-- in: programme i64, id uid, received_day date, country str, provider str, text str, lang str
INSERT INTO price_report (programme, id, received_day, country, provider, text, lang, note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '');
