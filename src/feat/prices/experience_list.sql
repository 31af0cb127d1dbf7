-- How transfers went.

-- name: price_experience_get :one
-- in: programme i64, provider str, key str
-- out: revision i64, country str?, day date, arrived i64, speed i64?, price i64?, help i64?, text str?, lang str, verification str, reply str?, released_by str, withdrawn bool, example bool
SELECT revision, country, day, arrived, speed, price, help, text, lang, verification, reply, released_by, withdrawn, example
FROM price_experience_current WHERE programme = ?1 AND provider = ?2 AND key = ?3;

-- name: price_experience_add :exec
-- in: programme i64, id uid, provider str, key str, revision i64, country str?, day date, arrived i64, speed i64?, price i64?, help i64?, text str?, lang str, verification str, reply str?, released_by str, withdrawn bool, reason str?, example bool, file uid?, line i64?
INSERT INTO price_experience (programme, id, provider, key, revision, country, day, arrived, speed, price, help, text, lang, verification, reply,
	released_by, withdrawn, reason, example, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21);

-- name: price_example_experiences :exec
-- in: programme i64
DELETE FROM price_experience WHERE programme = ?1 AND example = 1;

-- name: price_view_experiences :many
-- in: programme i64
-- out: provider str, key str, country str?, day date, arrived i64, speed i64?, price i64?, help i64?, text str?, lang str, verification str, reply str?, example bool
SELECT provider, key, country, day, arrived, speed, price, help, text, lang, verification, reply, example
FROM price_experience_current WHERE programme = ?1 AND withdrawn = 0 ORDER BY provider, day DESC, key;
