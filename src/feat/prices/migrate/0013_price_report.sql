-- What readers say of prices: the day, not the time, and nothing about who says it.
CREATE TABLE price_report (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	id BLOB NOT NULL,
	received_day INTEGER NOT NULL,
	country TEXT NOT NULL,
	provider TEXT NOT NULL,
	text TEXT NOT NULL,
	lang TEXT NOT NULL,
	handled_day INTEGER,
	note TEXT NOT NULL,
	PRIMARY KEY (programme, id)
) STRICT;
