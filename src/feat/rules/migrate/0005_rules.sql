-- The registry of decision models (feat/rules/registry.h): what each version is. hash is the SHA-256 of its text;
-- imports are the namespaces that it imports, a line each.
CREATE TABLE rule_model (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	hash BLOB NOT NULL,
	key TEXT NOT NULL,
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	ns TEXT NOT NULL,
	imports TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	valid_from_day INTEGER NOT NULL,
	valid_to_day INTEGER,
	legal_basis TEXT NOT NULL,
	author TEXT NOT NULL,
	approver TEXT,
	note TEXT NOT NULL,
	source_line TEXT NOT NULL,
	proposed_ms INTEGER NOT NULL,
	published_ms INTEGER,
	size INTEGER NOT NULL,
	PRIMARY KEY (programme, hash),
	UNIQUE (programme, key, number),
	CHECK (valid_to_day >= valid_from_day),
	CHECK (state <> 'published' OR (published_ms IS NOT NULL AND approver IS NOT NULL AND approver <> author))
) STRICT;

-- The texts themselves.
CREATE TABLE rule_text (
	programme INTEGER NOT NULL,
	hash BLOB NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (programme, hash),
	FOREIGN KEY (programme, hash) REFERENCES rule_model (programme, hash)
) STRICT;

-- Decisions that were made, with what is needed to make them again (feat/rules/record.h). pins are hashes of models.
CREATE TABLE decision_record (
	programme INTEGER NOT NULL REFERENCES programme (programme),
	id BLOB NOT NULL,
	case_ref TEXT NOT NULL,
	made_ms INTEGER NOT NULL,
	as_of_ms INTEGER NOT NULL,
	key TEXT NOT NULL,
	pins TEXT NOT NULL,
	decision TEXT NOT NULL,
	mode TEXT NOT NULL CHECK (mode IN ('strict', 'lenient')),
	input TEXT NOT NULL,
	outcome TEXT NOT NULL,
	explanation TEXT NOT NULL,
	actor TEXT NOT NULL,
	PRIMARY KEY (programme, id)
) STRICT;

CREATE INDEX decision_record_by_case ON decision_record (programme, case_ref, made_ms);

-- Texts and records never change, nor does a version once it is published.
-- engine: sqlite
CREATE TRIGGER rule_text_not_updated BEFORE UPDATE ON rule_text
BEGIN
	SELECT RAISE(ABORT, 'the text of a decision model never changes');
END;
CREATE TRIGGER rule_text_not_deleted BEFORE DELETE ON rule_text
BEGIN
	SELECT RAISE(ABORT, 'the text of a decision model never changes');
END;
CREATE TRIGGER rule_model_not_deleted BEFORE DELETE ON rule_model
BEGIN
	SELECT RAISE(ABORT, 'a version of a decision model is never removed');
END;
CREATE TRIGGER rule_model_kept BEFORE UPDATE ON rule_model
WHEN OLD.state = 'published' OR NEW.programme <> OLD.programme OR NEW.hash <> OLD.hash OR NEW.key <> OLD.key
	OR NEW.number <> OLD.number
BEGIN
	SELECT RAISE(ABORT, 'a published version of a decision model never changes');
END;
CREATE TRIGGER decision_record_not_updated BEFORE UPDATE ON decision_record
BEGIN
	SELECT RAISE(ABORT, 'the record of a decision never changes');
END;
CREATE TRIGGER decision_record_not_deleted BEFORE DELETE ON decision_record
BEGIN
	SELECT RAISE(ABORT, 'the record of a decision never changes');
END;
-- engine: postgres
CREATE FUNCTION rule_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS '
BEGIN
	RAISE EXCEPTION ''what is stored of decision models and decisions never changes'' USING ERRCODE = ''23000'';
END';
CREATE TRIGGER rule_text_not_changed BEFORE UPDATE OR DELETE ON rule_text FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_text_not_emptied BEFORE TRUNCATE ON rule_text FOR EACH STATEMENT EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_model_not_deleted BEFORE DELETE ON rule_model FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_model_kept BEFORE UPDATE ON rule_model FOR EACH ROW
	WHEN (OLD.state = 'published' OR NEW.programme <> OLD.programme OR NEW.hash <> OLD.hash OR NEW.key <> OLD.key
		OR NEW.number <> OLD.number) EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER decision_record_not_changed BEFORE UPDATE OR DELETE ON decision_record FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER decision_record_not_emptied BEFORE TRUNCATE ON decision_record FOR EACH STATEMENT EXECUTE FUNCTION rule_refuse();
