-- Prices: what the import asks and writes, and what the view reads.

-- name: price_programme :one
-- out: programme i64
SELECT programme FROM programme ORDER BY programme LIMIT 1;

-- name: price_file_find :one
-- in: programme i64, sha256 bytes, kind str
-- out: id uid
SELECT id FROM price_file WHERE programme = ?1 AND sha256 = ?2 AND kind = ?3;

-- name: price_file_add :exec
-- in: programme i64, id uid, kind str, name str, sha256 bytes, size i64, received_ms i64, example bool
INSERT INTO price_file (programme, id, kind, name, sha256, bytes, received_ms, example) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: price_provider_get :one
-- in: programme i64, key str
-- out: revision i64, name str, legal_name str?, kind str, country str?, supervisor str?, register_number str?, licensed bool, founded str?, complaints str?, languages str?, website str?, owners str?, note str?, example bool
SELECT revision, name, legal_name, kind, country, supervisor, register_number, licensed, founded, complaints, languages, website, owners, note,
	example
FROM price_provider_current WHERE programme = ?1 AND key = ?2;

-- name: price_provider_add :exec
-- in: programme i64, id uid, key str, revision i64, name str, legal_name str?, kind str, country str?, supervisor str?, register_number str?, licensed bool, founded str?, complaints str?, languages str?, website str?, owners str?, note str?, reason str?, example bool, file uid, line i64
INSERT INTO price_provider (programme, id, key, revision, name, legal_name, kind, country, supervisor, register_number, licensed, founded,
	complaints, languages, website, owners, relation, note, reason, example, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 'none', ?17, ?18, ?19, ?20, ?21);

-- Terms: the last revision of each offer of a provider.
-- name: price_terms_of :many
-- in: programme i64, provider str
-- out: id uid, series uid, revision i64, key str, send_country str, send_currency str, receive_country str, receive_currency str, product str?, pay_in i64, payout i64, access_point str?, fee_model str, least_minor i64?, most_minor i64?, receive_fee_minor i64?, soonest_minutes i64?, latest_minutes i64?, business_days bool, round_down bool, first_transfer bool, tracking i64?, languages str?, identification str?, refunds str?, example bool
SELECT id, series, revision, key, send_country, send_currency, receive_country, receive_currency, product, pay_in, payout, access_point, fee_model,
	least_minor, most_minor, receive_fee_minor, soonest_minutes, latest_minutes, business_days, round_down, first_transfer, tracking,
	languages, identification, refunds, example
FROM price_offer_current WHERE programme = ?1 AND provider = ?2;

-- name: price_tiers_of :many
-- in: programme i64, provider str
-- out: offer uid, upto_minor i64?, fixed_minor i64, share_ppm i64, least_minor i64, most_minor i64
SELECT t.offer, t.upto_minor, t.fixed_minor, t.share_ppm, t.least_minor, t.most_minor
FROM price_offer_current AS f JOIN price_tier AS t ON t.programme = f.programme AND t.offer = f.id
WHERE f.programme = ?1 AND f.provider = ?2 ORDER BY t.offer, t.seq;

-- The revision that an observation was made under.
-- name: price_terms_get :one
-- in: programme i64, id uid
-- out: product str?, pay_in i64, payout i64, access_point str?, fee_model str, least_minor i64?, most_minor i64?, receive_fee_minor i64?, soonest_minutes i64?, latest_minutes i64?, business_days bool, round_down bool, first_transfer bool, tracking i64?, languages str?, identification str?, refunds str?
SELECT product, pay_in, payout, access_point, fee_model, least_minor, most_minor, receive_fee_minor, soonest_minutes, latest_minutes,
	business_days, round_down, first_transfer, tracking, languages, identification, refunds
FROM price_offer WHERE programme = ?1 AND id = ?2;

-- name: price_tiers_get :many
-- in: programme i64, offer uid
-- out: upto_minor i64?, fixed_minor i64, share_ppm i64, least_minor i64, most_minor i64
SELECT upto_minor, fixed_minor, share_ppm, least_minor, most_minor FROM price_tier WHERE programme = ?1 AND offer = ?2 ORDER BY seq;

-- The last price that counts of each offer of a provider.
-- name: price_last_of :many
-- in: programme i64, provider str
-- out: series uid, collected_ms i64, rate str?, margin str
SELECT o.series, o.collected_ms, o.rate, o.margin
FROM price_last AS l JOIN price_observation AS o ON o.programme = l.programme AND o.id = l.observation
WHERE l.programme = ?1 AND l.provider = ?2;

-- name: price_observation_at :one
-- in: programme i64, series uid, collected_ms i64
-- out: id uid, offer uid, revision i64, quoted_ms i64?, updated_ms i64?, valid_until_ms i64?, method str, availability str, margin str, rate str?, asked_minor i64?, fee_minor i64?, gets_minor i64?, promotional_fee bool, promotional_rate bool, url str?, collector str?
SELECT id, offer, revision, quoted_ms, updated_ms, valid_until_ms, method, availability, margin, rate, asked_minor, fee_minor, gets_minor,
	promotional_fee, promotional_rate, url, collector
FROM price_observation WHERE programme = ?1 AND series = ?2 AND collected_ms = ?3 ORDER BY revision DESC LIMIT 1;

-- name: price_past_of :many
-- in: programme i64, series uid, from_ms i64, to_ms i64
-- out: collected_ms i64, rate str?
SELECT collected_ms, rate FROM price_observation_counts WHERE programme = ?1 AND series = ?2 AND collected_ms >= ?3 AND collected_ms < ?4
	AND margin = 'measured'
ORDER BY collected_ms DESC LIMIT 200;

-- What others in a corridor offer now.
-- name: price_peers :many
-- in: programme i64, send_country str, send_currency str, receive_country str, receive_currency str
-- out: series uid, offer uid, provider str, rate str?, margin str, fee_model str, least_minor i64?, most_minor i64?, receive_fee_minor i64?, round_down bool
SELECT l.series, f.id AS offer, l.provider, o.rate, o.margin, f.fee_model, f.least_minor, f.most_minor, f.receive_fee_minor, f.round_down
FROM price_last AS l JOIN price_observation AS o ON o.programme = l.programme AND o.id = l.observation
	JOIN price_offer AS f ON f.programme = o.programme AND f.id = o.offer
WHERE l.programme = ?1 AND l.send_country = ?2 AND l.send_currency = ?3 AND l.receive_country = ?4 AND l.receive_currency = ?5
ORDER BY f.id;

-- name: price_peer_tiers :many
-- in: programme i64, send_country str, send_currency str, receive_country str, receive_currency str
-- out: offer uid, upto_minor i64?, fixed_minor i64, share_ppm i64, least_minor i64, most_minor i64
SELECT t.offer, t.upto_minor, t.fixed_minor, t.share_ppm, t.least_minor, t.most_minor
FROM price_last AS l JOIN price_observation AS o ON o.programme = l.programme AND o.id = l.observation
	JOIN price_tier AS t ON t.programme = o.programme AND t.offer = o.offer
WHERE l.programme = ?1 AND l.send_country = ?2 AND l.send_currency = ?3 AND l.receive_country = ?4 AND l.receive_currency = ?5
ORDER BY t.offer, t.seq;

-- name: price_share_get :one
-- in: programme i64, provider str, send_country str, receive_country str, year i64
-- out: revision i64, share_ppm i64, source str, example bool
SELECT revision, share_ppm, source, example FROM price_share_current
WHERE programme = ?1 AND provider = ?2 AND send_country = ?3 AND receive_country = ?4 AND year = ?5;

-- name: price_share_add :exec
-- in: programme i64, id uid, provider str, send_country str, receive_country str, year i64, revision i64, share_ppm i64, source str, reason str?, example bool, file uid, line i64
INSERT INTO price_share (programme, id, provider, send_country, receive_country, year, revision, share_ppm, source, reason, example, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: price_location_get :one
-- in: programme i64, provider str, key str
-- out: revision i64, country str, place str, address str?, latitude str?, longitude str?, hours str?, services str?, cash_limit_minor i64?, currency str?, wheelchair i64?, languages str?, confirmed_day date, closed bool, example bool
SELECT revision, country, place, address, latitude, longitude, hours, services, cash_limit_minor, currency, wheelchair, languages, confirmed_day,
	closed, example
FROM price_location_current WHERE programme = ?1 AND provider = ?2 AND key = ?3;

-- name: price_location_add :exec
-- in: programme i64, id uid, provider str, key str, revision i64, country str, place str, address str?, latitude str?, longitude str?, hours str?, services str?, cash_limit_minor i64?, currency str?, wheelchair i64?, languages str?, confirmed_day date, closed bool, reason str?, example bool, file uid, line i64
INSERT INTO price_location (programme, id, provider, key, revision, country, place, address, latitude, longitude, hours, services,
	cash_limit_minor, currency, wheelchair, languages, confirmed_day, closed, reason, example, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22);

-- name: price_promotion_get :one
-- in: programme i64, provider str, key str
-- out: revision i64, offer str?, text str, code str?, starts_day date, ends_day date?, source str, approved_by str, example bool
SELECT revision, offer, text, code, starts_day, ends_day, source, approved_by, example FROM price_promotion_current
WHERE programme = ?1 AND provider = ?2 AND key = ?3;

-- name: price_promotion_add :exec
-- in: programme i64, id uid, provider str, key str, revision i64, offer str?, text str, code str?, starts_day date, ends_day date?, source str, approved_by str, reason str?, example bool, file uid, line i64
INSERT INTO price_promotion (programme, id, provider, key, revision, offer, text, code, starts_day, ends_day, source, approved_by, reason,
	example, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);

-- Days of rest.
-- name: price_calendar_get :one
-- in: programme i64, country str
-- out: revision i64, weekend i64, first_year i64, last_year i64, source str
SELECT revision, weekend, first_year, last_year, source FROM price_calendar_current WHERE programme = ?1 AND country = ?2;

-- name: price_calendar_add :exec
-- in: programme i64, country str, revision i64, weekend i64, first_year i64, last_year i64, source str, reason str?, file uid, line i64
INSERT INTO price_calendar (programme, country, revision, weekend, first_year, last_year, source, reason, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: price_holiday_get :one
-- in: programme i64, country str, day date
-- out: revision i64, name str, names str?, expected bool, works bool
SELECT revision, name, names, expected, works FROM price_holiday_current WHERE programme = ?1 AND country = ?2 AND day = ?3;

-- name: price_holiday_add :exec
-- in: programme i64, country str, day date, revision i64, name str, names str?, expected bool, works bool, reason str?, file uid, line i64
INSERT INTO price_holiday (programme, country, day, revision, name, names, expected, works, reason, file, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: price_view_calendars :many
-- in: programme i64
-- out: country str, weekend i64, first_year i64, last_year i64, source str
SELECT country, weekend, first_year, last_year, source FROM price_calendar_current WHERE programme = ?1 ORDER BY country;

-- name: price_view_holidays :many
-- in: programme i64
-- out: country str, day date, name str, names str?, expected bool
SELECT country, day, name, names, expected FROM price_holiday_current WHERE programme = ?1 AND works = 0 ORDER BY country, day;

-- name: price_rates_between :many
-- in: programme i64, source str, from_day i64, to_day i64
-- out: currency str, day i64, revision i64, rate str, example bool
SELECT currency, day, revision, rate, example FROM price_rate_current
WHERE programme = ?1 AND source = ?2 AND day >= ?3 AND day <= ?4;

-- name: price_rates_of :many
-- in: programme i64, currency str, from_day i64, to_day i64
-- out: source str, day i64, rate str, example bool
SELECT source, day, rate, example FROM price_rate_current WHERE programme = ?1 AND currency = ?2 AND day >= ?3 AND day <= ?4
ORDER BY source, day;

-- name: price_averages_all :many
-- in: programme i64
-- out: source str, send_country str, receive_country str, year i64, quarter i64, revision i64, mean str
SELECT source, send_country, receive_country, year, quarter, revision, mean FROM price_average_current WHERE programme = ?1
ORDER BY send_country, receive_country, year, quarter, source;

-- name: price_services_all :many
-- in: programme i64
-- out: year i64, quarter i64, key str, revision i64, send_country str, receive_country str, firm str, firm_type str?, product str?, pay_in str?, access_point str?, speed str?, coverage str?, pickup str?, currency str?, margin str, interbank str?, amount_200 str?, fee_200 str?, rate_200 str?, margin_200 str?, total_200 str?, amount_500 str?, fee_500 str?, rate_500 str?, margin_500 str?, total_500 str?, collected_day date?, note str?, held str?
SELECT year, quarter, key, revision, send_country, receive_country, firm, firm_type, product, pay_in, access_point, speed, coverage, pickup,
	currency, margin, interbank, amount_200, fee_200, rate_200, margin_200, total_200, amount_500, fee_500, rate_500, margin_500, total_500,
	collected_day, note, held
FROM price_service_current WHERE programme = ?1;

-- Releasing, and what waits.
-- name: price_waiting_all :many
-- in: programme i64
-- out: id uid, provider str, key str, collected_ms i64, rate str?, held str, example bool
SELECT w.id, f.provider, f.key, w.collected_ms, w.rate, coalesce(w.held, '') AS held, w.example
FROM price_waiting AS w JOIN price_offer AS f ON f.programme = w.programme AND f.id = w.offer
WHERE w.programme = ?1 ORDER BY f.provider, f.key, w.collected_ms;

-- name: price_waiting_get :one
-- in: programme i64, id uid
-- out: held str, example bool
SELECT coalesce(held, '') AS held, example FROM price_waiting WHERE programme = ?1 AND id = ?2;

-- name: price_release_add :exec
-- in: programme i64, observation uid, released_ms i64, actor str, note str, example bool
INSERT INTO price_release (programme, observation, released_ms, actor, note, example) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- Invented examples are the only rows that go, children first.
-- name: price_example_releases :exec
-- in: programme i64
DELETE FROM price_release WHERE programme = ?1 AND example = 1;

-- name: price_example_observations :exec
-- in: programme i64
DELETE FROM price_observation WHERE programme = ?1 AND example = 1;

-- name: price_example_tiers :exec
-- in: programme i64
DELETE FROM price_tier WHERE programme = ?1 AND example = 1;

-- name: price_example_offers :exec
-- in: programme i64
DELETE FROM price_offer WHERE programme = ?1 AND example = 1;

-- name: price_example_promotions :exec
-- in: programme i64
DELETE FROM price_promotion WHERE programme = ?1 AND example = 1;

-- name: price_example_shares :exec
-- in: programme i64
DELETE FROM price_share WHERE programme = ?1 AND example = 1;

-- name: price_example_locations :exec
-- in: programme i64
DELETE FROM price_location WHERE programme = ?1 AND example = 1;

-- name: price_example_rates :exec
-- in: programme i64
DELETE FROM price_rate WHERE programme = ?1 AND example = 1;

-- name: price_example_providers :exec
-- in: programme i64
DELETE FROM price_provider WHERE programme = ?1 AND example = 1;

-- name: price_example_files :exec
-- in: programme i64
DELETE FROM price_file WHERE programme = ?1 AND example = 1;

-- The view.
-- name: price_view_files :many
-- in: programme i64
-- out: id uid, kind str, name str, sha256 bytes, received_ms i64, example bool
SELECT id, kind, name, sha256, received_ms, example FROM price_file WHERE programme = ?1 ORDER BY received_ms, id;

-- name: price_view_providers :many
-- in: programme i64
-- out: key str, name str, legal_name str?, kind str, country str?, supervisor str?, register_number str?, licensed bool, founded str?, complaints str?, languages str?, website str?, owners str?, note str?, example bool
SELECT key, name, legal_name, kind, country, supervisor, register_number, licensed, founded, complaints, languages, website, owners, note, example
FROM price_provider_current WHERE programme = ?1 ORDER BY name, key;

-- At most as many offers as this are current.
-- name: price_view_count :one
-- in: programme i64
-- out: offers i64
SELECT count(*) AS offers FROM price_offer WHERE programme = ?1 AND revision = 1;

-- name: price_view_offers :many
-- in: programme i64
-- out: offer uid, provider str, key str, send_country str, send_currency str, receive_country str, receive_currency str, product str?, pay_in i64, payout i64, access_point str?, fee_model str, least_minor i64?, most_minor i64?, receive_fee_minor i64?, soonest_minutes i64?, latest_minutes i64?, business_days bool, round_down bool, first_transfer bool, tracking i64?, languages str?, identification str?, refunds str?, collected_ms i64, quoted_ms i64?, updated_ms i64?, valid_until_ms i64?, method str, availability str, margin str, rate str?, asked_minor i64?, fee_minor i64?, gets_minor i64?, promotional_fee bool, promotional_rate bool, url str?, payload_sha256 bytes, collector str?, example bool, file uid, line i64
SELECT f.id AS offer, f.provider, f.key, f.send_country, f.send_currency, f.receive_country, f.receive_currency, f.product, f.pay_in, f.payout,
	f.access_point, f.fee_model, f.least_minor, f.most_minor, f.receive_fee_minor, f.soonest_minutes, f.latest_minutes, f.business_days,
	f.round_down, f.first_transfer, f.tracking, f.languages, f.identification, f.refunds, o.collected_ms, o.quoted_ms, o.updated_ms,
	o.valid_until_ms, o.method, o.availability, o.margin, o.rate, o.asked_minor, o.fee_minor, o.gets_minor, o.promotional_fee,
	o.promotional_rate, o.url, o.payload_sha256, o.collector, o.example, o.file, o.line
FROM price_last AS l JOIN price_observation AS o ON o.programme = l.programme AND o.id = l.observation
	JOIN price_offer AS f ON f.programme = o.programme AND f.id = o.offer
	JOIN price_provider_current AS p ON p.programme = f.programme AND p.key = f.provider
WHERE l.programme = ?1
ORDER BY f.send_country, f.send_currency, f.receive_country, f.receive_currency, p.name, f.provider, f.key;

-- name: price_view_tiers :many
-- in: programme i64
-- out: offer uid, upto_minor i64?, fixed_minor i64, share_ppm i64, least_minor i64, most_minor i64
SELECT t.offer, t.upto_minor, t.fixed_minor, t.share_ppm, t.least_minor, t.most_minor
FROM price_last AS l JOIN price_observation AS o ON o.programme = l.programme AND o.id = l.observation
	JOIN price_tier AS t ON t.programme = o.programme AND t.offer = o.offer
WHERE l.programme = ?1 ORDER BY t.offer, t.seq;

-- The last rate of each currency by each source.
-- name: price_view_rates :many
-- in: programme i64
-- out: source str, currency str, day i64, rate str, example bool
SELECT r.source, r.currency, r.day, r.rate, r.example FROM price_rate_current AS r
	JOIN (SELECT source, currency, max(day) AS day FROM price_rate WHERE programme = ?1 GROUP BY source, currency) AS m
	ON m.source = r.source AND m.currency = r.currency AND m.day = r.day
WHERE r.programme = ?1 ORDER BY r.currency, r.source;

-- name: price_view_shares :many
-- in: programme i64
-- out: provider str, send_country str, receive_country str, year i64, share_ppm i64, source str, example bool
SELECT provider, send_country, receive_country, year, share_ppm, source, example FROM price_share_current WHERE programme = ?1
ORDER BY send_country, receive_country, year, provider;

-- name: price_view_promotions :many
-- in: programme i64
-- out: provider str, key str, offer str?, text str, code str?, starts_day date, ends_day date?, source str, approved_by str, example bool
SELECT provider, key, offer, text, code, starts_day, ends_day, source, approved_by, example FROM price_promotion_current WHERE programme = ?1
ORDER BY provider, key;

-- name: price_view_locations :many
-- in: programme i64
-- out: provider str, key str, country str, place str, address str?, latitude str?, longitude str?, hours str?, services str?, cash_limit_minor i64?, currency str?, wheelchair i64?, languages str?, confirmed_day date, example bool
SELECT provider, key, country, place, address, latitude, longitude, hours, services, cash_limit_minor, currency, wheelchair, languages,
	confirmed_day, example
FROM price_location_current WHERE programme = ?1 AND closed = 0 ORDER BY country, place, provider, key;

-- name: price_view_waiting :many
-- in: programme i64
-- out: send_country str, send_currency str, receive_country str, receive_currency str, n i64
SELECT f.send_country, f.send_currency, f.receive_country, f.receive_currency, count(*) AS n
FROM price_waiting AS w JOIN price_offer AS f ON f.programme = w.programme AND f.id = w.offer
WHERE w.programme = ?1 GROUP BY f.send_country, f.send_currency, f.receive_country, f.receive_currency;

-- Open data: what was seen from a time on, whatever became of it.
-- name: price_dump :many
-- in: programme i64, from_ms i64
-- out: provider str, provider_name str, offer str, send_country str, send_currency str, receive_country str, receive_currency str, product str?, access_point str?, fee_model str, pay_in i64, payout i64, collected_ms i64, quoted_ms i64?, updated_ms i64?, valid_until_ms i64?, method str, availability str, margin str, rate str?, asked_minor i64?, fee_minor i64?, gets_minor i64?, promotional_fee bool, promotional_rate bool, url str?, collector str?, held str?, released_by str?, reason str?, revision i64, superseded bool, payload_sha256 bytes, file str, line i64, example bool
SELECT f.provider, p.name AS provider_name, f.key AS offer, f.send_country, f.send_currency, f.receive_country, f.receive_currency, f.product,
	f.access_point, f.fee_model, f.pay_in, f.payout, o.collected_ms, o.quoted_ms, o.updated_ms, o.valid_until_ms, o.method, o.availability, o.margin,
	o.rate, o.asked_minor, o.fee_minor, o.gets_minor, o.promotional_fee, o.promotional_rate, o.url, o.collector, o.held,
	(SELECT r.actor FROM price_release AS r WHERE r.programme = o.programme AND r.observation = o.id) AS released_by, o.reason, o.revision,
	CASE WHEN EXISTS (SELECT 1 FROM price_observation AS n WHERE n.programme = o.programme AND n.series = o.series
		AND n.collected_ms = o.collected_ms AND n.revision > o.revision) THEN 1 ELSE 0 END AS superseded,
	o.payload_sha256, s.name AS file, o.line, o.example
FROM price_observation AS o JOIN price_offer AS f ON f.programme = o.programme AND f.id = o.offer
	JOIN price_provider_current AS p ON p.programme = f.programme AND p.key = f.provider
	JOIN price_file AS s ON s.programme = o.programme AND s.id = o.file
WHERE o.programme = ?1 AND o.collected_ms >= ?2 ORDER BY o.collected_ms, f.provider, f.key, o.revision;
