-- Which records bear on a recommendation, from the pack's recommendation_records.csv.
CREATE TABLE recommendation_record (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	rec_id TEXT NOT NULL,
	record_kind TEXT NOT NULL,
	record TEXT NOT NULL,
	PRIMARY KEY (programme, rec_id, record_kind, record)
) STRICT;
