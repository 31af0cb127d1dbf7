-- The programme as its pack states it. Facts keep source_line, the place in the report.
CREATE TABLE programme (
	programme INTEGER PRIMARY KEY NOT NULL,
	slug TEXT NOT NULL UNIQUE,
	pack_version TEXT NOT NULL,
	pack_hash BLOB NOT NULL,
	currency TEXT NOT NULL,
	facts_as_of_day INTEGER,
	loaded_ms INTEGER NOT NULL,
	reporting_org TEXT NOT NULL,
	reporting_org_type INTEGER NOT NULL,
	identifier_prefix TEXT NOT NULL
) STRICT;

-- Names and texts of anything in the pack, per language: programme, priority, country list, legal basis, timeline.
CREATE TABLE programme_text (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	subject_kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	field TEXT NOT NULL,
	lang TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (programme, subject_kind, subject, field, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE priority (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	code INTEGER NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, code)
) STRICT;

-- priority 0 is the whole programme. An amount that the report prints as a dash is NULL. A period of
-- several years has year < year_last.
CREATE TABLE budget_line (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	line_no INTEGER NOT NULL,
	year INTEGER NOT NULL,
	year_last INTEGER NOT NULL,
	priority INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('expenditure', 'budget')),
	amount_minor INTEGER,
	currency TEXT NOT NULL,
	source_line TEXT NOT NULL,
	note TEXT,
	PRIMARY KEY (programme, line_no),
	CHECK (amount_minor >= 0),
	CHECK (year <= year_last)
) STRICT;

CREATE TABLE country_list (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	code TEXT NOT NULL,
	valid_from_day INTEGER NOT NULL,
	valid_from_precision INTEGER NOT NULL,
	valid_to_day INTEGER,
	valid_to_precision INTEGER NOT NULL,
	PRIMARY KEY (programme, code)
) STRICT;

CREATE TABLE country_list_entry (
	programme INTEGER NOT NULL,
	list TEXT NOT NULL,
	country TEXT NOT NULL,
	partner_country TEXT NOT NULL CHECK (partner_country IN ('yes', 'no', 'unknown')),
	source_line TEXT NOT NULL,
	note TEXT,
	PRIMARY KEY (programme, list, country),
	FOREIGN KEY (programme, list) REFERENCES country_list (programme, code)
) STRICT;

CREATE TABLE legal_basis (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	code TEXT NOT NULL,
	in_force_day INTEGER,
	in_force_precision INTEGER NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, code)
) STRICT;

-- The policy line: memoranda, letters, debates; texts in programme_text under 'timeline'.
CREATE TABLE timeline_item (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	code TEXT NOT NULL,
	day INTEGER NOT NULL,
	day_precision INTEGER NOT NULL,
	kind TEXT NOT NULL,
	priority INTEGER,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, code)
) STRICT;

CREATE TABLE scheme_rule (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	rule_id TEXT NOT NULL,
	scheme TEXT NOT NULL,
	activity_key TEXT,
	rule_type TEXT NOT NULL,
	country TEXT,
	description TEXT NOT NULL,
	value TEXT,
	unit TEXT,
	partner_country TEXT NOT NULL,
	valid_from_day INTEGER,
	valid_from_precision INTEGER NOT NULL,
	valid_to_day INTEGER,
	valid_to_precision INTEGER NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, rule_id)
) STRICT;

-- themes and countries are separated by ';'
CREATE TABLE rejected_proposal (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	proposal_id TEXT NOT NULL,
	subject TEXT NOT NULL,
	countries TEXT NOT NULL,
	themes TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, proposal_id)
) STRICT;

CREATE TABLE rejection_ground (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	ground_id TEXT NOT NULL,
	description TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, ground_id)
) STRICT;

CREATE TABLE unit_cost (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	line_no INTEGER NOT NULL,
	item TEXT NOT NULL,
	unit TEXT NOT NULL,
	amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
	currency TEXT NOT NULL,
	activity_key TEXT,
	valid_from_day INTEGER,
	valid_from_precision INTEGER NOT NULL,
	valid_to_day INTEGER,
	valid_to_precision INTEGER NOT NULL,
	source_line TEXT NOT NULL,
	note TEXT,
	PRIMARY KEY (programme, line_no)
) STRICT;

-- Figures about the remittance price website.
CREATE TABLE site_figure (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	line_no INTEGER NOT NULL,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	year INTEGER NOT NULL,
	year_last INTEGER NOT NULL,
	unit TEXT NOT NULL,
	source_line TEXT NOT NULL,
	note TEXT,
	PRIMARY KEY (programme, line_no)
) STRICT;

-- Known inconsistencies of the report, shown beside the figures they touch. One note can touch several
-- subjects (inconsistency_subject): a budget line, an activity and its field, a figure, a page.
CREATE TABLE inconsistency (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	number INTEGER NOT NULL,
	section TEXT NOT NULL,
	lines TEXT NOT NULL,
	PRIMARY KEY (programme, number)
) STRICT;

CREATE TABLE inconsistency_subject (
	programme INTEGER NOT NULL,
	number INTEGER NOT NULL,
	subject_kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	field TEXT NOT NULL,
	PRIMARY KEY (programme, number, subject_kind, subject, field),
	FOREIGN KEY (programme, number) REFERENCES inconsistency (programme, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE intervention (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	intervention_id TEXT NOT NULL,
	name TEXT NOT NULL,
	priority INTEGER NOT NULL,
	description TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, intervention_id)
) STRICT;

CREATE TABLE outcome (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	outcome_id TEXT NOT NULL,
	name TEXT NOT NULL,
	level TEXT NOT NULL,
	description TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, outcome_id)
) STRICT;

CREATE TABLE evidence (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	evidence_id TEXT NOT NULL,
	intervention_id TEXT,
	topic TEXT,
	outcome_id TEXT NOT NULL,
	direction TEXT NOT NULL,
	strength_stated TEXT NOT NULL,
	study TEXT NOT NULL,
	study_year TEXT,
	method TEXT NOT NULL,
	countries TEXT,
	sample TEXT,
	claim TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, evidence_id)
) STRICT;

CREATE TABLE theory_link (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	link_id TEXT NOT NULL,
	from_kind TEXT NOT NULL,
	from_id TEXT NOT NULL,
	to_kind TEXT NOT NULL,
	to_id TEXT NOT NULL,
	assumption TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, link_id)
) STRICT;

CREATE TABLE question (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	question_id TEXT NOT NULL,
	parent_id TEXT,
	kind TEXT NOT NULL,
	question_en TEXT NOT NULL,
	question_nl TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, question_id)
) STRICT;

CREATE TABLE recommendation (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	rec_id TEXT NOT NULL,
	theme TEXT NOT NULL,
	origin TEXT NOT NULL,
	text TEXT NOT NULL,
	addressee TEXT NOT NULL,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, rec_id)
) STRICT;
