-- Folded words only (base/utf8.h), so that both engines find the same; rowid is activity.doc.
CREATE VIRTUAL TABLE activity_search USING fts5 (title, description, names, content = '', contentless_delete = 1,
	tokenize = "unicode61 remove_diacritics 0");
