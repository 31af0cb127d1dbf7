-- What an indicator measures and whether the verdict of the evaluation rests on it, from the pack's indicators.csv.
CREATE TABLE indicator_role (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	line_no INTEGER NOT NULL,
	activity_key TEXT NOT NULL,
	indicator TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('input', 'output', 'outcome', 'context')),
	better TEXT NOT NULL CHECK (better IN ('higher', 'lower', 'none')),
	is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
	dimension TEXT NOT NULL,
	why TEXT,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, activity_key, indicator)
) STRICT;
