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

-- Sums in two parts, millions and the rest, so that no engine's sum overflows; they are put together in C.
-- name: iati_sums :many
-- in: programme i64
-- out: type i64, currency str?, millions i64, units i64, n i64
SELECT t.type AS type, t.currency AS currency, sum(t.value_minor / 1000000) AS millions,
	sum(t.value_minor - t.value_minor / 1000000 * 1000000) AS units, count(*) AS n
FROM activity a JOIN activity_transaction t ON t.programme = a.programme AND t.activity = a.id
WHERE a.programme = ?1 AND a.own = 0 AND t.currency IS NOT NULL
GROUP BY t.type, t.currency ORDER BY t.type, t.currency;
-- engine: postgres
SELECT t.type AS type, t.currency AS currency, CAST(sum(t.value_minor / 1000000) AS bigint) AS millions,
	CAST(sum(t.value_minor - t.value_minor / 1000000 * 1000000) AS bigint) AS units, count(*) AS n
FROM activity a JOIN activity_transaction t ON t.programme = a.programme AND t.activity = a.id
WHERE a.programme = ?1 AND a.own = 0 AND t.currency IS NOT NULL
GROUP BY t.type, t.currency ORDER BY t.type, t.currency;

-- The same over activities that are nobody's parent, by what children or parents say.
-- name: iati_sums_leaves :many
-- in: programme i64
-- out: type i64, currency str?, millions i64, units i64, n i64
SELECT t.type AS type, t.currency AS currency, sum(t.value_minor / 1000000) AS millions,
	sum(t.value_minor - t.value_minor / 1000000 * 1000000) AS units, count(*) AS n
FROM activity a JOIN activity_transaction t ON t.programme = a.programme AND t.activity = a.id
WHERE a.programme = ?1 AND a.own = 0 AND t.currency IS NOT NULL
	AND a.key NOT IN (SELECT r.ref FROM related_activity r WHERE r.programme = ?1 AND r.type = 1)
	AND a.id NOT IN (SELECT r.activity FROM related_activity r
		JOIN activity c ON c.programme = r.programme AND c.own = 0 AND c.key = r.ref WHERE r.programme = ?1 AND r.type = 2)
GROUP BY t.type, t.currency ORDER BY t.type, t.currency;
-- engine: postgres
SELECT t.type AS type, t.currency AS currency, CAST(sum(t.value_minor / 1000000) AS bigint) AS millions,
	CAST(sum(t.value_minor - t.value_minor / 1000000 * 1000000) AS bigint) AS units, count(*) AS n
FROM activity a JOIN activity_transaction t ON t.programme = a.programme AND t.activity = a.id
WHERE a.programme = ?1 AND a.own = 0 AND t.currency IS NOT NULL
	AND a.key NOT IN (SELECT r.ref FROM related_activity r WHERE r.programme = ?1 AND r.type = 1)
	AND a.id NOT IN (SELECT r.activity FROM related_activity r
		JOIN activity c ON c.programme = r.programme AND c.own = 0 AND c.key = r.ref WHERE r.programme = ?1 AND r.type = 2)
GROUP BY t.type, t.currency ORDER BY t.type, t.currency;
