-- Writing activities (iati/export*.c) and adding them up (iati/totals.c).

-- name: iati_publisher_get :one
-- in: programme i64
-- out: slug str, reporting_org str, reporting_org_type i64, identifier_prefix str, loaded_ms i64, facts_as_of_day date?
SELECT slug, reporting_org, reporting_org_type, identifier_prefix, loaded_ms, facts_as_of_day FROM programme WHERE programme = ?1;

-- name: iati_programme_texts :many
-- in: programme i64
-- out: subject_kind str, subject str, field str, lang str, text str
SELECT subject_kind, subject, field, lang, text FROM programme_text
WHERE programme = ?1 AND subject_kind IN ('programme', 'priority') AND field IN ('name', 'description', 'owner', 'source')
ORDER BY subject_kind, subject, field, lang;

-- name: iati_spending :many
-- in: programme i64
-- out: year i64, priority i64, amount_minor i64?, currency str
SELECT year, priority, amount_minor, currency FROM budget_line
WHERE programme = ?1 AND kind = 'expenditure' AND year = year_last AND priority > 0 AND amount_minor IS NOT NULL
ORDER BY year, priority;

-- name: iati_own_keys :many
-- in: programme i64
-- out: key str, is_programme bool
SELECT key, is_programme FROM activity WHERE programme = ?1 AND own = 1 ORDER BY is_programme DESC, doc;

-- name: iati_comparison_keys :many
-- in: programme i64
-- out: key str
SELECT key FROM activity WHERE programme = ?1 AND own = 0 ORDER BY dataset, doc;
