-- How decision models are worded for readers, from the pack's decision_labels.csv.
CREATE TABLE decision_label (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	line_no INTEGER NOT NULL,
	model TEXT NOT NULL,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	label_en TEXT NOT NULL,
	label_nl TEXT NOT NULL,
	label_fr TEXT NOT NULL,
	help_en TEXT,
	help_nl TEXT,
	help_fr TEXT,
	PRIMARY KEY (programme, model, kind, name)
) STRICT;
