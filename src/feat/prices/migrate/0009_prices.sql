-- What it costs to send money (feat/prices): what was seen, where and when. Nothing that can be computed is stored, no row is ever
-- changed: a correction is a row with a higher revision and its reason. Only what is marked as an invented example can be removed.

-- Files that were read.
CREATE TABLE price_file (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	id BLOB NOT NULL,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	sha256 BLOB NOT NULL,
	bytes INTEGER NOT NULL,
	received_ms INTEGER NOT NULL,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	PRIMARY KEY (programme, id),
	UNIQUE (programme, sha256, kind)
) STRICT;

-- relation: what the provider is to us, which must be nothing.
CREATE TABLE price_provider (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	key TEXT NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	name TEXT NOT NULL,
	legal_name TEXT,
	kind TEXT NOT NULL,
	country TEXT,
	supervisor TEXT,
	register_number TEXT,
	licensed INTEGER NOT NULL CHECK (licensed IN (0, 1)),
	founded TEXT,
	complaints TEXT,
	languages TEXT,
	website TEXT,
	owners TEXT,
	relation TEXT NOT NULL CHECK (relation = 'none'),
	note TEXT,
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, key, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- An option of a provider: its terms. series is the same for all revisions of an offer. pay_in and payout are bits.
CREATE TABLE price_offer (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	series BLOB NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	provider TEXT NOT NULL,
	key TEXT NOT NULL,
	send_country TEXT NOT NULL,
	send_currency TEXT NOT NULL,
	receive_country TEXT NOT NULL,
	receive_currency TEXT NOT NULL,
	product TEXT,
	pay_in INTEGER NOT NULL CHECK (pay_in >= 0),
	payout INTEGER NOT NULL CHECK (payout >= 0),
	access_point TEXT,
	fee_model TEXT NOT NULL CHECK (fee_model IN ('on top', 'deducted', 'unknown')),
	least_minor INTEGER CHECK (least_minor >= 0),
	most_minor INTEGER CHECK (most_minor >= 0),
	receive_fee_minor INTEGER CHECK (receive_fee_minor >= 0),
	soonest_minutes INTEGER CHECK (soonest_minutes >= 0),
	latest_minutes INTEGER CHECK (latest_minutes >= 0),
	business_days INTEGER NOT NULL CHECK (business_days IN (0, 1)),
	round_down INTEGER NOT NULL CHECK (round_down IN (0, 1)),
	first_transfer INTEGER NOT NULL CHECK (first_transfer IN (0, 1)),
	tracking INTEGER CHECK (tracking IN (0, 1)),
	languages TEXT,
	identification TEXT,
	refunds TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, series, revision),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- Steps of the tariff of an offer: up to and including an amount. No upper end: upto_minor is empty.
CREATE TABLE price_tier (
	programme INTEGER NOT NULL,
	offer BLOB NOT NULL,
	seq INTEGER NOT NULL CHECK (seq > 0),
	upto_minor INTEGER CHECK (upto_minor > 0),
	fixed_minor INTEGER NOT NULL CHECK (fixed_minor >= 0),
	share_ppm INTEGER NOT NULL CHECK (share_ppm >= 0 AND share_ppm <= 1000000),
	least_minor INTEGER NOT NULL CHECK (least_minor >= 0),
	most_minor INTEGER NOT NULL CHECK (most_minor >= 0),
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	PRIMARY KEY (programme, offer, seq),
	FOREIGN KEY (programme, offer) REFERENCES price_offer (programme, id)
) STRICT;

-- What was seen of an offer at a time. The four times are never copied from one another. rate is a decimal as given: units of the receive
-- currency for one of the send currency; empty when it is told after payment only. held: why a person must look before it counts.
CREATE TABLE price_observation (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	series BLOB NOT NULL,
	offer BLOB NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	collected_ms INTEGER NOT NULL,
	quoted_ms INTEGER,
	updated_ms INTEGER,
	valid_until_ms INTEGER,
	method TEXT NOT NULL CHECK (method IN ('feed', 'api', 'tariff', 'public quote', 'mystery shop', 'user report')),
	availability TEXT NOT NULL CHECK (availability IN ('observed', 'no service', 'blocked', 'unobservable', 'error')),
	margin TEXT NOT NULL CHECK (margin IN ('measured', 'same currency', 'unknown')),
	rate TEXT,
	asked_minor INTEGER CHECK (asked_minor > 0),
	fee_minor INTEGER CHECK (fee_minor >= 0),
	gets_minor INTEGER CHECK (gets_minor >= 0),
	promotional_fee INTEGER NOT NULL CHECK (promotional_fee IN (0, 1)),
	promotional_rate INTEGER NOT NULL CHECK (promotional_rate IN (0, 1)),
	url TEXT,
	payload_sha256 BLOB NOT NULL,
	collector TEXT,
	held TEXT,
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, series, collected_ms, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	CHECK ((rate IS NULL) = (margin = 'unknown')),
	FOREIGN KEY (programme, offer) REFERENCES price_offer (programme, id),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- A person let an observation that was held back count.
CREATE TABLE price_release (
	programme INTEGER NOT NULL,
	observation BLOB NOT NULL,
	released_ms INTEGER NOT NULL,
	actor TEXT NOT NULL,
	note TEXT NOT NULL,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	PRIMARY KEY (programme, observation),
	FOREIGN KEY (programme, observation) REFERENCES price_observation (programme, id)
) STRICT;

-- Benchmarks: units of the currency for one euro on that day, as a decimal with the digits given.
CREATE TABLE price_rate (
	programme INTEGER NOT NULL,
	source TEXT NOT NULL,
	currency TEXT NOT NULL,
	day INTEGER NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	rate TEXT NOT NULL,
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, source, currency, day, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT, WITHOUT ROWID;

-- Where money can be paid in or collected. latitude and longitude are decimals in degrees.
CREATE TABLE price_location (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	provider TEXT NOT NULL,
	key TEXT NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	country TEXT NOT NULL,
	place TEXT NOT NULL,
	address TEXT,
	latitude TEXT,
	longitude TEXT,
	hours TEXT,
	services TEXT,
	cash_limit_minor INTEGER CHECK (cash_limit_minor >= 0),
	currency TEXT,
	wheelchair INTEGER CHECK (wheelchair IN (0, 1)),
	languages TEXT,
	confirmed_day INTEGER NOT NULL,
	closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, provider, key, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- Share of a provider in what is sent through a corridor in a year, with who says so.
CREATE TABLE price_share (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	provider TEXT NOT NULL,
	send_country TEXT NOT NULL,
	receive_country TEXT NOT NULL,
	year INTEGER NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	share_ppm INTEGER NOT NULL CHECK (share_ppm >= 0 AND share_ppm <= 1000000),
	source TEXT NOT NULL,
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, provider, send_country, receive_country, year, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- Promotions, apart from prices. offer: key of the provider's offer; empty: all of its offers.
CREATE TABLE price_promotion (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	provider TEXT NOT NULL,
	key TEXT NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	offer TEXT,
	text TEXT NOT NULL,
	code TEXT,
	starts_day INTEGER NOT NULL,
	ends_day INTEGER,
	source TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, provider, key, revision),
	CHECK (ends_day >= starts_day),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- Published averages of corridors: percent of an amount of about USD 200, as a decimal with the digits given.
CREATE TABLE price_average (
	programme INTEGER NOT NULL,
	source TEXT NOT NULL,
	send_country TEXT NOT NULL,
	receive_country TEXT NOT NULL,
	year INTEGER NOT NULL,
	quarter INTEGER NOT NULL CHECK (quarter >= 1 AND quarter <= 4),
	revision INTEGER NOT NULL CHECK (revision > 0),
	mean TEXT NOT NULL,
	reason TEXT,
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, source, send_country, receive_country, year, quarter, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- Rows of Remittance Prices Worldwide: a service of a provider in a corridor and quarter, with amounts of about USD 200 and 500 side by
-- side. Figures are decimals as given. margin as the three states of an observation.
CREATE TABLE price_service (
	programme INTEGER NOT NULL,
	year INTEGER NOT NULL,
	quarter INTEGER NOT NULL CHECK (quarter >= 1 AND quarter <= 4),
	key TEXT NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	send_country TEXT NOT NULL,
	receive_country TEXT NOT NULL,
	firm TEXT NOT NULL,
	firm_type TEXT,
	product TEXT,
	pay_in TEXT,
	access_point TEXT,
	speed TEXT,
	coverage TEXT,
	pickup TEXT,
	currency TEXT,
	margin TEXT NOT NULL CHECK (margin IN ('measured', 'same currency', 'unknown')),
	interbank TEXT,
	amount_200 TEXT,
	fee_200 TEXT,
	rate_200 TEXT,
	margin_200 TEXT,
	total_200 TEXT,
	amount_500 TEXT,
	fee_500 TEXT,
	rate_500 TEXT,
	margin_500 TEXT,
	total_500 TEXT,
	collected_day INTEGER,
	note TEXT,
	held TEXT,
	reason TEXT,
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, year, quarter, key, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

CREATE INDEX price_offer_provider ON price_offer (programme, provider, key);
CREATE INDEX price_offer_corridor ON price_offer (programme, send_country, receive_country, send_currency, receive_currency);
CREATE INDEX price_observation_offer ON price_observation (programme, offer);
CREATE INDEX price_service_corridor ON price_service (programme, send_country, receive_country, year, quarter);

-- The latest revision of what is corrected.
CREATE VIEW price_provider_current AS SELECT * FROM price_provider AS p
WHERE NOT EXISTS (SELECT 1 FROM price_provider AS n WHERE n.programme = p.programme AND n.key = p.key AND n.revision > p.revision);
CREATE VIEW price_offer_current AS SELECT * FROM price_offer AS p
WHERE NOT EXISTS (SELECT 1 FROM price_offer AS n WHERE n.programme = p.programme AND n.series = p.series AND n.revision > p.revision);
CREATE VIEW price_rate_current AS SELECT * FROM price_rate AS p
WHERE NOT EXISTS (SELECT 1 FROM price_rate AS n WHERE n.programme = p.programme AND n.source = p.source AND n.currency = p.currency
	AND n.day = p.day AND n.revision > p.revision);
CREATE VIEW price_location_current AS SELECT * FROM price_location AS p
WHERE NOT EXISTS (SELECT 1 FROM price_location AS n WHERE n.programme = p.programme AND n.provider = p.provider AND n.key = p.key
	AND n.revision > p.revision);
CREATE VIEW price_share_current AS SELECT * FROM price_share AS p
WHERE NOT EXISTS (SELECT 1 FROM price_share AS n WHERE n.programme = p.programme AND n.provider = p.provider
	AND n.send_country = p.send_country AND n.receive_country = p.receive_country AND n.year = p.year AND n.revision > p.revision);
CREATE VIEW price_promotion_current AS SELECT * FROM price_promotion AS p
WHERE NOT EXISTS (SELECT 1 FROM price_promotion AS n WHERE n.programme = p.programme AND n.provider = p.provider AND n.key = p.key
	AND n.revision > p.revision);
CREATE VIEW price_average_current AS SELECT * FROM price_average AS p
WHERE NOT EXISTS (SELECT 1 FROM price_average AS n WHERE n.programme = p.programme AND n.source = p.source
	AND n.send_country = p.send_country AND n.receive_country = p.receive_country AND n.year = p.year AND n.quarter = p.quarter
	AND n.revision > p.revision);
CREATE VIEW price_service_current AS SELECT * FROM price_service AS p
WHERE NOT EXISTS (SELECT 1 FROM price_service AS n WHERE n.programme = p.programme AND n.year = p.year AND n.quarter = p.quarter
	AND n.key = p.key AND n.revision > p.revision);

-- Observations that count: not corrected, and not held back or released.
CREATE VIEW price_observation_counts AS SELECT * FROM price_observation AS p
WHERE (p.held IS NULL OR EXISTS (SELECT 1 FROM price_release AS r WHERE r.programme = p.programme AND r.observation = p.id))
	AND NOT EXISTS (SELECT 1 FROM price_observation AS n WHERE n.programme = p.programme AND n.series = p.series
	AND n.collected_ms = p.collected_ms AND n.revision > p.revision);

-- The last one that counts of each offer; what identifies the offer is of its first revision and never changes.
CREATE VIEW price_last AS SELECT s.programme, s.series, s.provider, s.key, s.send_country, s.send_currency, s.receive_country,
	s.receive_currency, (SELECT x.id FROM price_observation_counts AS x WHERE x.programme = s.programme AND x.series = s.series
	ORDER BY x.collected_ms DESC LIMIT 1) AS observation
FROM price_offer AS s WHERE s.revision = 1;

-- Prices that wait for a person.
CREATE VIEW price_waiting AS SELECT * FROM price_observation AS p
WHERE p.held IS NOT NULL AND NOT EXISTS (SELECT 1 FROM price_release AS r WHERE r.programme = p.programme AND r.observation = p.id)
	AND NOT EXISTS (SELECT 1 FROM price_observation AS n WHERE n.programme = p.programme AND n.series = p.series
	AND n.collected_ms = p.collected_ms AND n.revision > p.revision);

-- engine: sqlite
CREATE TRIGGER price_file_not_updated BEFORE UPDATE ON price_file
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_file_not_deleted BEFORE DELETE ON price_file
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_provider_not_updated BEFORE UPDATE ON price_provider
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_provider_not_deleted BEFORE DELETE ON price_provider
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_offer_not_updated BEFORE UPDATE ON price_offer
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_offer_not_deleted BEFORE DELETE ON price_offer
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_tier_not_updated BEFORE UPDATE ON price_tier
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_tier_not_deleted BEFORE DELETE ON price_tier
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_observation_not_updated BEFORE UPDATE ON price_observation
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_observation_not_deleted BEFORE DELETE ON price_observation
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_release_not_updated BEFORE UPDATE ON price_release
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_release_not_deleted BEFORE DELETE ON price_release
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_rate_not_updated BEFORE UPDATE ON price_rate
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_rate_not_deleted BEFORE DELETE ON price_rate
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_location_not_updated BEFORE UPDATE ON price_location
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_location_not_deleted BEFORE DELETE ON price_location
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_share_not_updated BEFORE UPDATE ON price_share
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_share_not_deleted BEFORE DELETE ON price_share
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_promotion_not_updated BEFORE UPDATE ON price_promotion
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_promotion_not_deleted BEFORE DELETE ON price_promotion
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_average_not_updated BEFORE UPDATE ON price_average
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_average_not_deleted BEFORE DELETE ON price_average
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_service_not_updated BEFORE UPDATE ON price_service
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_service_not_deleted BEFORE DELETE ON price_service
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
-- engine: postgres
CREATE FUNCTION price_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS '
BEGIN
	RAISE EXCEPTION ''prices are never changed, and only invented examples are removed'' USING ERRCODE = ''23000'';
END';
CREATE TRIGGER price_file_not_updated BEFORE UPDATE ON price_file FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_file_not_deleted BEFORE DELETE ON price_file FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_file_not_emptied BEFORE TRUNCATE ON price_file FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_provider_not_updated BEFORE UPDATE ON price_provider FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_provider_not_deleted BEFORE DELETE ON price_provider FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_provider_not_emptied BEFORE TRUNCATE ON price_provider FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_offer_not_updated BEFORE UPDATE ON price_offer FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_offer_not_deleted BEFORE DELETE ON price_offer FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_offer_not_emptied BEFORE TRUNCATE ON price_offer FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_tier_not_updated BEFORE UPDATE ON price_tier FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_tier_not_deleted BEFORE DELETE ON price_tier FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_tier_not_emptied BEFORE TRUNCATE ON price_tier FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_observation_not_updated BEFORE UPDATE ON price_observation FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_observation_not_deleted BEFORE DELETE ON price_observation FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_observation_not_emptied BEFORE TRUNCATE ON price_observation FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_release_not_updated BEFORE UPDATE ON price_release FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_release_not_deleted BEFORE DELETE ON price_release FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_release_not_emptied BEFORE TRUNCATE ON price_release FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_rate_not_updated BEFORE UPDATE ON price_rate FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_rate_not_deleted BEFORE DELETE ON price_rate FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_rate_not_emptied BEFORE TRUNCATE ON price_rate FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_location_not_updated BEFORE UPDATE ON price_location FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_location_not_deleted BEFORE DELETE ON price_location FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_location_not_emptied BEFORE TRUNCATE ON price_location FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_share_not_updated BEFORE UPDATE ON price_share FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_share_not_deleted BEFORE DELETE ON price_share FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_share_not_emptied BEFORE TRUNCATE ON price_share FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_promotion_not_updated BEFORE UPDATE ON price_promotion FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_promotion_not_deleted BEFORE DELETE ON price_promotion FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_promotion_not_emptied BEFORE TRUNCATE ON price_promotion FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_average_not_updated BEFORE UPDATE ON price_average FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_average_not_deleted BEFORE DELETE ON price_average FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_average_not_emptied BEFORE TRUNCATE ON price_average FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_service_not_updated BEFORE UPDATE ON price_service FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_service_not_deleted BEFORE DELETE ON price_service FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_service_not_emptied BEFORE TRUNCATE ON price_service FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
