-- Saved cases of the test bench: what a model should decide. Input and expectation are JSON.
CREATE TABLE decision_case (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	id BLOB NOT NULL,
	key TEXT NOT NULL,
	name TEXT NOT NULL,
	decision TEXT NOT NULL,
	as_of_day INTEGER NOT NULL,
	input TEXT NOT NULL,
	expected TEXT NOT NULL,
	author TEXT NOT NULL,
	added_ms INTEGER NOT NULL,
	PRIMARY KEY (programme, id)
) STRICT;
CREATE INDEX decision_case_key ON decision_case (programme, key);
