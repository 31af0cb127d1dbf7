-- Statements of the event chain (src/db/chain.c).

-- name: chain_head_get :one
-- in: programme i64
-- out: seq i64, hash bytes, at_ms i64
SELECT seq, hash, at_ms FROM chain_head WHERE programme = ?1;
-- The lock keeps the other writers of the programme waiting until the end of the transaction.
-- name: chain_head_lock :one
-- in: programme i64
-- out: seq i64, hash bytes, at_ms i64
SELECT seq, hash, at_ms FROM chain_head WHERE programme = ?1;
-- engine: postgres
SELECT seq, hash, at_ms FROM chain_head WHERE programme = ?1 FOR UPDATE;

-- name: chain_head_first :exec
-- in: programme i64, hash bytes
INSERT INTO chain_head (programme, seq, hash, at_ms) VALUES (?1, 0, ?2, 0) ON CONFLICT (programme) DO NOTHING;

-- name: chain_head_set :exec
-- in: programme i64, seq i64, hash bytes, at_ms i64
UPDATE chain_head SET seq = ?2, hash = ?3, at_ms = ?4 WHERE programme = ?1;

-- name: chain_event_add :exec
-- in: programme i64, seq i64, id uid, at_ms i64, actor str, kind str, subject_kind str, subject str, before str?, after str?, prev bytes, hash bytes
INSERT INTO event (programme, seq, id, at_ms, actor, kind, subject_kind, subject, before, after, prev, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- name: chain_heads :many
-- out: programme i64, seq i64, hash bytes, at_ms i64
SELECT programme, seq, hash, at_ms FROM chain_head ORDER BY programme;

-- name: chain_events :many
-- out: programme i64, seq i64, id uid, at_ms i64, actor str, kind str, subject_kind str, subject str, before str?, after str?, prev bytes, hash bytes
SELECT programme, seq, id, at_ms, actor, kind, subject_kind, subject, before, after, prev, hash
FROM event ORDER BY programme, seq;
