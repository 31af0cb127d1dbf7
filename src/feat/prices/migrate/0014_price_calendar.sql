-- Days on which banks rest. weekend: bit 0 Monday … bit 6 Sunday. Holidays are told in full from first_year to last_year.
CREATE TABLE price_calendar (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	country TEXT NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	weekend INTEGER NOT NULL CHECK (weekend > 0 AND weekend < 128),
	first_year INTEGER NOT NULL,
	last_year INTEGER NOT NULL,
	source TEXT NOT NULL,
	reason TEXT,
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, country, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	CHECK (last_year >= first_year),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT;

-- expected: by the moon, the day may still move. works: a correction, banks work on that day after all.
CREATE TABLE price_holiday (
	programme INTEGER NOT NULL,
	country TEXT NOT NULL,
	day INTEGER NOT NULL,
	revision INTEGER NOT NULL CHECK (revision > 0),
	name TEXT NOT NULL,
	names TEXT,
	expected INTEGER NOT NULL CHECK (expected IN (0, 1)),
	works INTEGER NOT NULL CHECK (works IN (0, 1)),
	reason TEXT,
	file BLOB NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (programme, country, day, revision),
	CHECK (revision = 1 OR reason IS NOT NULL),
	FOREIGN KEY (programme, file) REFERENCES price_file (programme, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW price_calendar_current AS SELECT * FROM price_calendar AS p
WHERE NOT EXISTS (SELECT 1 FROM price_calendar AS n WHERE n.programme = p.programme AND n.country = p.country AND n.revision > p.revision);
CREATE VIEW price_holiday_current AS SELECT * FROM price_holiday AS p
WHERE NOT EXISTS (SELECT 1 FROM price_holiday AS n WHERE n.programme = p.programme AND n.country = p.country AND n.day = p.day
	AND n.revision > p.revision);

-- engine: sqlite
CREATE TRIGGER price_calendar_not_updated BEFORE UPDATE ON price_calendar
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_calendar_not_deleted BEFORE DELETE ON price_calendar
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
CREATE TRIGGER price_holiday_not_updated BEFORE UPDATE ON price_holiday
BEGIN
	SELECT RAISE(ABORT, 'prices are never changed: a correction is a row of its own');
END;
CREATE TRIGGER price_holiday_not_deleted BEFORE DELETE ON price_holiday
BEGIN
	SELECT RAISE(ABORT, 'only invented examples of prices are removed');
END;
-- engine: postgres
CREATE TRIGGER price_calendar_not_updated BEFORE UPDATE ON price_calendar FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_calendar_not_deleted BEFORE DELETE ON price_calendar FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_calendar_not_emptied BEFORE TRUNCATE ON price_calendar FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_holiday_not_updated BEFORE UPDATE ON price_holiday FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_holiday_not_deleted BEFORE DELETE ON price_holiday FOR EACH ROW EXECUTE FUNCTION price_refuse();
CREATE TRIGGER price_holiday_not_emptied BEFORE TRUNCATE ON price_holiday FOR EACH STATEMENT EXECUTE FUNCTION price_refuse();
