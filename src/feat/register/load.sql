-- One activity with all its parts (register/load.c).

-- name: load_activity :one
-- in: programme i64, own bool, key str
-- out: id uid, doc i64, is_programme bool, title str, lang str?, acronym str?, description str?, dataset_name str, reporting_org uid?, implementer uid?, status i64?, hierarchy i64?, planned_start_day i64?, planned_start_precision i64, actual_start_day i64?, actual_start_precision i64, planned_end_day i64?, planned_end_precision i64, actual_end_day i64?, actual_end_precision i64, currency str?, total_budget_minor i64?, contribution_minor i64?, follows str?, scope str?, number_kind str?, humanitarian bool?, collaboration_type str?, flow_type str?, finance_type str?, aid_type str?, tied_status str?, activity_scope str?, source_line str?, note str?, last_updated_ms i64?
SELECT a.id, a.doc, a.is_programme, a.title, a.lang, a.acronym, a.description, d.name AS dataset_name, a.reporting_org, a.implementer,
	a.status, a.hierarchy, a.planned_start_day, a.planned_start_precision, a.actual_start_day, a.actual_start_precision,
	a.planned_end_day, a.planned_end_precision, a.actual_end_day, a.actual_end_precision, a.currency, a.total_budget_minor,
	a.contribution_minor, a.follows, a.scope, a.number_kind, a.humanitarian, a.collaboration_type, a.flow_type, a.finance_type,
	a.aid_type, a.tied_status, a.activity_scope, a.source_line, a.note, a.last_updated_ms
FROM activity a JOIN dataset d ON d.programme = a.programme AND d.id = a.dataset
WHERE a.programme = ?1 AND a.own = ?2 AND a.key = ?3;

-- name: load_org :one
-- in: programme i64, id uid
-- out: own bool, key str?, name str, type str?, country str?, country_basis str?, source_line str?
SELECT own, key, name, type, country, country_basis, source_line FROM organisation WHERE programme = ?1 AND id = ?2;

-- name: load_texts :many
-- in: programme i64, activity uid
-- out: field str, type str?, lang str?, text str
SELECT field, type, lang, text FROM activity_text WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_priorities :many
-- in: programme i64, activity uid
-- out: priority i64, is_primary bool, source_line str
SELECT priority, is_primary, source_line FROM activity_priority WHERE programme = ?1 AND activity = ?2
ORDER BY is_primary DESC, priority;

-- name: load_interventions :many
-- in: programme i64, activity uid
-- out: intervention_id str, is_main bool, source_line str
SELECT intervention_id, is_main, source_line FROM activity_intervention WHERE programme = ?1 AND activity = ?2
ORDER BY is_main DESC, intervention_id;

-- name: load_countries :many
-- in: programme i64, activity uid
-- out: transaction_seq i64, country str, role str, percentage str?, source_line str?, note str?
SELECT transaction_seq, country, role, percentage, source_line, note FROM activity_country
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_regions :many
-- in: programme i64, activity uid
-- out: transaction_seq i64, vocabulary str, code str, percentage str?
SELECT transaction_seq, vocabulary, code, percentage FROM activity_region
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_sectors :many
-- in: programme i64, activity uid
-- out: transaction_seq i64, vocabulary str, code str, percentage str?
SELECT transaction_seq, vocabulary, code, percentage FROM activity_sector
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_markers :many
-- in: programme i64, activity uid
-- out: kind str, vocabulary str?, code str?, significance str?, type str?, name str?
SELECT kind, vocabulary, code, significance, type, name FROM activity_marker
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_participants :many
-- in: programme i64, activity uid
-- out: organisation uid, role str?, iati_role i64?, activity_ref str?, amount_minor i64?, currency str?, source_line str?, note str?
SELECT organisation, role, iati_role, activity_ref, amount_minor, currency, source_line, note FROM participating_org
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_budgets :many
-- in: programme i64, activity uid
-- out: kind str, type i64?, status i64?, period_start_day date?, period_end_day date?, value_minor i64, currency str?, value_day date?
SELECT kind, type, status, period_start_day, period_end_day, value_minor, currency, value_day FROM activity_budget
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_transactions :many
-- in: programme i64, activity uid
-- out: ref str?, type i64, day date?, value_minor i64, currency str?, value_day date?, description str?, provider_org uid?, provider_activity str?, receiver_org uid?, receiver_activity str?, aid_type str?, finance_type str?
SELECT ref, type, day, value_minor, currency, value_day, description, provider_org, provider_activity, receiver_org,
	receiver_activity, aid_type, finance_type FROM activity_transaction
WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_locations :many
-- in: programme i64, activity uid
-- out: ref str?, name str?, latitude f64?, longitude f64?
SELECT ref, name, latitude, longitude FROM activity_location WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_documents :many
-- in: programme i64, activity uid
-- out: url str, format str?, title str?, category str?, lang str?, day date?
SELECT url, format, title, category, lang, day FROM document_link WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_related :many
-- in: programme i64, activity uid
-- out: type i64, ref str
SELECT type, ref FROM related_activity WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_identifiers :many
-- in: programme i64, activity uid
-- out: ref str, type str?
SELECT ref, type FROM other_identifier WHERE programme = ?1 AND activity = ?2 ORDER BY seq;

-- name: load_indicators :many
-- in: programme i64, activity uid
-- out: indicator_no i64, result_no i64, result_type i64, result_title str?, title str, measure i64?, unit str?, ascending bool?, ref_vocabulary str?, ref_code str?
SELECT indicator_no, result_no, result_type, result_title, title, measure, unit, ascending, ref_vocabulary, ref_code
FROM indicator WHERE programme = ?1 AND activity = ?2 ORDER BY indicator_no;

-- name: load_values :many
-- in: programme i64, activity uid
-- out: indicator_no i64, dimension str, baseline str?, baseline_year i64?, target str?, actual str?, period_start_day date?, period_end_day date?, as_of_day i64?, as_of_precision i64, source_line str?, note str?
SELECT indicator_no, dimension, baseline, baseline_year, target, actual, period_start_day, period_end_day, as_of_day,
	as_of_precision, source_line, note FROM indicator_value
WHERE programme = ?1 AND activity = ?2 ORDER BY indicator_no, value_no;

-- name: load_events :many
-- in: programme i64, activity uid
-- out: day i64?, day_precision i64, type str, detail str, amount_minor i64?, currency str?, source_line str
SELECT day, day_precision, type, detail, amount_minor, currency, source_line FROM activity_event
WHERE programme = ?1 AND activity = ?2 ORDER BY day, seq;
