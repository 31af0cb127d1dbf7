-- The event chain (src/db/chain.h): one row per change of data, each covering the one before it. subject is
-- an identifier as text; before and after are JSON. Rows are added, never changed or removed.
CREATE TABLE event (
	programme INTEGER NOT NULL,
	seq INTEGER NOT NULL CHECK (seq > 0),
	id BLOB NOT NULL,
	at_ms INTEGER NOT NULL,
	actor TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject_kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	before TEXT,
	after TEXT,
	prev BLOB NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (programme, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_by_subject ON event (programme, subject, seq);

-- The last event of each programme; seq only grows.
CREATE TABLE chain_head (
	programme INTEGER PRIMARY KEY NOT NULL,
	seq INTEGER NOT NULL,
	hash BLOB NOT NULL,
	at_ms INTEGER NOT NULL
) STRICT;

-- engine: sqlite
CREATE TRIGGER event_not_updated BEFORE UPDATE ON event
BEGIN
	SELECT RAISE(ABORT, 'the event chain is append-only');
END;
CREATE TRIGGER event_not_deleted BEFORE DELETE ON event
BEGIN
	SELECT RAISE(ABORT, 'the event chain is append-only');
END;
CREATE TRIGGER event_not_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE programme = NEW.programme AND seq = NEW.seq)
BEGIN
	SELECT RAISE(ABORT, 'the event chain is append-only');
END;
CREATE TRIGGER chain_head_grows BEFORE UPDATE ON chain_head
WHEN NEW.seq <= OLD.seq OR NEW.programme <> OLD.programme
BEGIN
	SELECT RAISE(ABORT, 'the event chain is append-only');
END;
CREATE TRIGGER chain_head_not_deleted BEFORE DELETE ON chain_head
BEGIN
	SELECT RAISE(ABORT, 'the event chain is append-only');
END;
-- engine: postgres
CREATE FUNCTION event_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS '
BEGIN
	RAISE EXCEPTION ''the event chain is append-only'' USING ERRCODE = ''23000'';
END';
CREATE TRIGGER event_not_changed BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuse();
CREATE TRIGGER event_not_emptied BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refuse();
CREATE TRIGGER chain_head_grows BEFORE UPDATE ON chain_head FOR EACH ROW
	WHEN (NEW.seq <= OLD.seq OR NEW.programme <> OLD.programme) EXECUTE FUNCTION event_refuse();
CREATE TRIGGER chain_head_not_deleted BEFORE DELETE ON chain_head FOR EACH ROW EXECUTE FUNCTION event_refuse();
CREATE TRIGGER chain_head_not_emptied BEFORE TRUNCATE ON chain_head FOR EACH STATEMENT EXECUTE FUNCTION event_refuse();
