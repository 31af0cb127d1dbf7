-- What imported activities are compared with, from the pack's comparison.csv: kind sector, the DAC purpose codes of an
-- intervention; kind unit, words in the title of an indicator that count the same thing as a unit of the pack.
CREATE TABLE comparison_rule (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	kind TEXT NOT NULL CHECK (kind IN ('sector', 'unit')),
	word TEXT NOT NULL,
	value TEXT NOT NULL,
	note TEXT,
	PRIMARY KEY (programme, kind, word, value)
) STRICT;
