-- How transfers went, as published: a person has read each. verification: how it is known that the service was used. reply: the provider's own words. withdrawn: a correction, it no longer counts.
CREATE TABLE price_experience (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	id BLOB NOT NULL,
	provider TEXT NOT NULL,
	key TEXT NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	country TEXT,
	day INTEGER NOT NULL,
	arrived INTEGER NOT NULL CHECK (arrived >= 1 AND arrived <= 5),
	speed INTEGER CHECK (speed >= 1 AND speed <= 5),
	price INTEGER CHECK (price >= 1 AND price <= 5),
	help INTEGER CHECK (help >= 1 AND help <= 5),
	text TEXT,
	lang TEXT NOT NULL,
	verification TEXT NOT NULL CHECK (verification IN ('none', 'office', 'mystery shop')),
	reply TEXT,
	released_by TEXT NOT NULL,
	withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
	reason TEXT,
	example INTEGER NOT NULL CHECK (example IN (0, 1)),
	file BLOB,
	line INTEGER,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, provider, key, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

CREATE VIEW price_experience_current AS SELECT * FROM price_experience AS p
WHERE NOT EXISTS (SELECT 1 FROM price_experience AS n WHERE n.programme = p.programme AND n.provider = p.provider AND n.key = p.key
	AND n.revision > p.revision);

-- engine: sqlite
CREATE TRIGGER price_experience_not_updated BEFORE UPDATE ON price_experience
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_experience_not_deleted BEFORE DELETE ON price_experience
WHEN OLD.example = 0
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
-- engine: postgres
CREATE TRIGGER price_experience_not_updated BEFORE UPDATE ON price_experience FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_experience_not_deleted BEFORE DELETE ON price_experience FOR EACH ROW WHEN (OLD.example = 0) EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_experience_not_emptied BEFORE TRUNCATE ON price_experience FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
