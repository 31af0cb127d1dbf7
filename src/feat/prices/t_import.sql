-- What nobody may do: the test asks for it and expects a refusal. And what is counted.

-- name: t_observation_change :exec
-- in: programme i64
UPDATE price_observation SET rate = '1' WHERE programme = ?1;

-- name: t_observation_remove :exec
-- in: programme i64
DELETE FROM price_observation WHERE programme = ?1;

-- name: t_rate_change :exec
-- in: programme i64
UPDATE price_rate SET rate = '1' WHERE programme = ?1;

-- name: t_rate_remove :exec
-- in: programme i64
DELETE FROM price_rate WHERE programme = ?1;

-- name: t_average_remove :exec
-- in: programme i64
DELETE FROM price_average WHERE programme = ?1;

-- name: t_provider_change :exec
-- in: programme i64
UPDATE price_provider SET licensed = 0 WHERE programme = ?1;

-- name: t_counts :one
-- in: programme i64
-- out: files i64, providers i64, offers i64, tiers i64, observations i64, rates i64, services i64, events i64
SELECT (SELECT count(*) FROM price_file WHERE programme = ?1) AS files, (SELECT count(*) FROM price_provider WHERE programme = ?1) AS providers,
	(SELECT count(*) FROM price_offer WHERE programme = ?1) AS offers, (SELECT count(*) FROM price_tier WHERE programme = ?1) AS tiers,
	(SELECT count(*) FROM price_observation WHERE programme = ?1) AS observations,
	(SELECT count(*) FROM price_rate WHERE programme = ?1) AS rates, (SELECT count(*) FROM price_service WHERE programme = ?1) AS services,
	(SELECT count(*) FROM event WHERE programme = ?1) AS events;

-- name: t_waiting_id :one
-- in: programme i64
-- out: id uid
SELECT id FROM price_waiting WHERE programme = ?1 ORDER BY id LIMIT 1;

-- name: t_holiday_remove :exec
-- in: programme i64
DELETE FROM price_holiday WHERE programme = ?1;
