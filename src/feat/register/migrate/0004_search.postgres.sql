-- Folded words only (base/utf8.h), so that both engines find the same.
CREATE TABLE activity_search (
	doc BIGINT PRIMARY KEY,
	document TSVECTOR NOT NULL
);
CREATE INDEX activity_search_document ON activity_search USING GIN (document);
