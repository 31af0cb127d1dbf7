-- Activities: the own portfolio and, apart from it, comparison activities imported from IATI files.
-- Names follow IATI 2.03. Child rows are clustered by activity: (programme, activity, seq).

CREATE TABLE dataset (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	id BLOB NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('own', 'comparison')),
	name TEXT NOT NULL,
	version TEXT,
	sha256 BLOB,
	bytes INTEGER,
	received_ms INTEGER NOT NULL,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, kind, name)
) STRICT;

-- type is the IATI OrganisationType for imported ones, the pack's word for own ones.
CREATE TABLE organisation (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	own INTEGER NOT NULL CHECK (own IN (0, 1)),
	key TEXT,
	name TEXT NOT NULL,
	type TEXT,
	country TEXT,
	country_basis TEXT,
	source_line TEXT,
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

-- doc numbers the activities for the snapshot and the full-text index. key is the pack's number for own
-- activities, the iati-identifier for imported ones. status is the IATI ActivityStatus (1-6). is_programme
-- marks the one row that stands for the programme itself (its events, its figures, the parent in IATI).
-- For own activities contribution is the ministry's; for imported ones the sum of outgoing commitments
-- when all are in one currency.
CREATE TABLE activity (
	programme INTEGER NOT NULL,
	id BLOB NOT NULL,
	dataset BLOB NOT NULL,
	doc INTEGER NOT NULL UNIQUE,
	own INTEGER NOT NULL CHECK (own IN (0, 1)),
	is_programme INTEGER NOT NULL DEFAULT 0 CHECK (is_programme IN (0, 1)),
	key TEXT NOT NULL,
	title TEXT NOT NULL,
	lang TEXT,
	acronym TEXT,
	description TEXT,
	reporting_org BLOB,
	implementer BLOB,
	status INTEGER CHECK (status BETWEEN 1 AND 6),
	hierarchy INTEGER,
	planned_start_day INTEGER,
	planned_start_precision INTEGER NOT NULL DEFAULT 0,
	actual_start_day INTEGER,
	actual_start_precision INTEGER NOT NULL DEFAULT 0,
	planned_end_day INTEGER,
	planned_end_precision INTEGER NOT NULL DEFAULT 0,
	actual_end_day INTEGER,
	actual_end_precision INTEGER NOT NULL DEFAULT 0,
	currency TEXT,
	total_budget_minor INTEGER,
	contribution_minor INTEGER,
	follows TEXT,
	scope TEXT,
	number_kind TEXT,
	humanitarian INTEGER,
	collaboration_type TEXT,
	flow_type TEXT,
	finance_type TEXT,
	aid_type TEXT,
	tied_status TEXT,
	activity_scope TEXT,
	source_line TEXT,
	note TEXT,
	last_updated_ms INTEGER,
	content_hash BLOB,
	PRIMARY KEY (programme, id),
	UNIQUE (programme, own, key),
	FOREIGN KEY (programme, dataset) REFERENCES dataset (programme, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX activity_by_dataset ON activity (programme, dataset);

-- Titles and descriptions in further languages, and further descriptions.
CREATE TABLE activity_text (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	field TEXT NOT NULL,
	type TEXT,
	lang TEXT,
	text TEXT NOT NULL,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_priority (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	priority INTEGER NOT NULL,
	is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, activity, priority),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE,
	FOREIGN KEY (programme, priority) REFERENCES priority (programme, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_intervention (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	intervention_id TEXT NOT NULL,
	is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, activity, intervention_id),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE,
	FOREIGN KEY (programme, intervention_id) REFERENCES intervention (programme, intervention_id)
) STRICT, WITHOUT ROWID;

-- transaction_seq 0: of the activity as a whole; else of that transaction. role is recipient for
-- imported ones. percentage is a decimal text.
CREATE TABLE activity_country (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	transaction_seq INTEGER NOT NULL DEFAULT 0,
	country TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('beneficiary', 'origin', 'destination', 'transit', 'recipient')),
	percentage TEXT,
	source_line TEXT,
	note TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_region (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	transaction_seq INTEGER NOT NULL DEFAULT 0,
	vocabulary TEXT NOT NULL,
	code TEXT NOT NULL,
	percentage TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_sector (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	transaction_seq INTEGER NOT NULL DEFAULT 0,
	vocabulary TEXT NOT NULL,
	code TEXT NOT NULL,
	percentage TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Policy markers, tags, humanitarian scopes: kind tells which.
CREATE TABLE activity_marker (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('policy-marker', 'tag', 'humanitarian-scope')),
	vocabulary TEXT,
	code TEXT,
	significance TEXT,
	type TEXT,
	name TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- role: funder, partner, implementer for own ones; IATI OrganisationRole 1-4 in iati_role for both where known.
CREATE TABLE participating_org (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	organisation BLOB NOT NULL,
	role TEXT,
	iati_role INTEGER,
	activity_ref TEXT,
	amount_minor INTEGER,
	currency TEXT,
	source_line TEXT,
	note TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE,
	FOREIGN KEY (programme, organisation) REFERENCES organisation (programme, id)
) STRICT, WITHOUT ROWID;

-- kind: budget or planned-disbursement.
CREATE TABLE activity_budget (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('budget', 'planned-disbursement')),
	type INTEGER,
	status INTEGER,
	period_start_day INTEGER,
	period_end_day INTEGER,
	value_minor INTEGER NOT NULL,
	currency TEXT,
	value_day INTEGER,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_transaction (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	ref TEXT,
	type INTEGER NOT NULL,
	day INTEGER,
	value_minor INTEGER NOT NULL,
	currency TEXT,
	value_day INTEGER,
	description TEXT,
	provider_org BLOB,
	provider_activity TEXT,
	receiver_org BLOB,
	receiver_activity TEXT,
	aid_type TEXT,
	finance_type TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_location (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	ref TEXT,
	name TEXT,
	latitude REAL,
	longitude REAL,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE document_link (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	url TEXT NOT NULL,
	format TEXT,
	title TEXT,
	category TEXT,
	lang TEXT,
	day INTEGER,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- type: IATI RelatedActivityType (1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party).
CREATE TABLE related_activity (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	type INTEGER NOT NULL,
	ref TEXT NOT NULL,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE other_identifier (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	ref TEXT NOT NULL,
	type TEXT,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A result and an indicator of it. result_type: IATI ResultType 1 output, 2 outcome, 3 impact, 9 other.
CREATE TABLE indicator (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	indicator_no INTEGER NOT NULL,
	result_no INTEGER NOT NULL,
	result_type INTEGER NOT NULL,
	result_title TEXT,
	title TEXT NOT NULL,
	measure INTEGER,
	unit TEXT,
	ascending INTEGER,
	ref_vocabulary TEXT,
	ref_code TEXT,
	PRIMARY KEY (programme, activity, indicator_no),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Baseline, target and actual of one indicator, dimension and period. Decimal texts; a qualitative or
-- unreadable value keeps its words. dimension is 'key=value' pairs separated by ';'.
CREATE TABLE indicator_value (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	indicator_no INTEGER NOT NULL,
	value_no INTEGER NOT NULL,
	dimension TEXT NOT NULL DEFAULT '',
	baseline TEXT,
	baseline_year INTEGER,
	target TEXT,
	actual TEXT,
	period_start_day INTEGER,
	period_end_day INTEGER,
	as_of_day INTEGER,
	as_of_precision INTEGER NOT NULL DEFAULT 0,
	source_line TEXT,
	note TEXT,
	PRIMARY KEY (programme, activity, indicator_no, value_no),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What happened to an activity (day is NULL when the source gives no date), or (on the row is_programme) to the programme.
CREATE TABLE activity_event (
	programme INTEGER NOT NULL,
	activity BLOB NOT NULL,
	seq INTEGER NOT NULL,
	day INTEGER,
	day_precision INTEGER NOT NULL,
	type TEXT NOT NULL,
	detail TEXT NOT NULL,
	amount_minor INTEGER,
	currency TEXT,
	source_line TEXT NOT NULL,
	PRIMARY KEY (programme, activity, seq),
	FOREIGN KEY (programme, activity) REFERENCES activity (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
