-- How the policy came about, theme by theme, from the pack's policy_line.csv: what a memorandum or letter named (accent), what was
-- done (measure), what view was taken (position).
CREATE TABLE policy_line (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	line_id TEXT NOT NULL,
	theme TEXT NOT NULL,
	priority INTEGER NOT NULL,
	date_day INTEGER,
	date_precision INTEGER NOT NULL,
	standing TEXT NOT NULL CHECK (standing IN ('accent', 'measure', 'position')),
	text_en TEXT NOT NULL,
	text_nl TEXT NOT NULL,
	text_fr TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, line_id)
) STRICT;

-- What was promised to Parliament or asked by it, from the pack's commitments.csv, and which records tell what became of it.
CREATE TABLE commitment (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	commitment_id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('commitment', 'motion', 'amendment', 'practice')),
	date_day INTEGER,
	date_precision INTEGER NOT NULL,
	due_day INTEGER,
	due_precision INTEGER NOT NULL,
	priority TEXT,
	record_kind TEXT,
	record TEXT,
	threshold TEXT,
	text_en TEXT NOT NULL,
	text_nl TEXT NOT NULL,
	text_fr TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, commitment_id)
) STRICT;
