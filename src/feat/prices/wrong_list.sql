-- name: price_reports :many
-- in: programme i64
-- out: id uid, received_day date, country str, provider str, text str, lang str, handled_day date?, note str
SELECT id, received_day, country, provider, text, lang, handled_day, note FROM price_report
WHERE programme = ?1 ORDER BY received_day, id;

-- name: price_report_handle :exec
-- in: programme i64, id uid, handled_day date, note str
UPDATE price_report SET handled_day = ?3, note = ?4 WHERE programme = ?1 AND id = ?2;
