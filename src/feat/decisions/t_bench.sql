-- name: t_events :many
-- in: programme i64
-- out: kind str, after str?
SELECT kind, after FROM event WHERE programme = ?1 ORDER BY seq;
