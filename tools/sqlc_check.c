#include "sqlc.h"

#include <sqlite3.h>
#include <stdio.h>

/* The tables that only the database layer writes. */
static const char *const guarded[] = {"event", "chain_head", "schema_version"};

struct column {
	const char *table, *name, *storage;
	bool not_null;
};

struct schema {
	sqlite3 *db;
	VEC(struct column) columns;
	const char *forbidden; /* set by the authorizer */
	bool guard;
};

static int authorize(void *ctx, int action, const char *table, const char *column,
    const char *database, const char *trigger)
{
	struct schema *s = ctx;
	(void)column;
	(void)database;
	(void)trigger;
	if (!s->guard || !table)
		return SQLITE_OK;
	if (action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE)
		return SQLITE_OK;
	for (size_t i = 0; i < sizeof guarded / sizeof *guarded; i++)
		if (strcmp(table, guarded[i]) == 0) {
			s->forbidden = guarded[i];
			return SQLITE_DENY;
		}
	return SQLITE_OK;
}

static uint32_t line_of(str text, size_t offset)
{
	uint32_t line = 1;
	for (size_t i = 0; i < offset && i < text.n; i++)
		if (text.p[i] == '\n')
			line++;
	return line;
}

/* One by one, so that the message has the line of the statement at fault. */
static bool apply_migration(struct sqlc *q, struct schema *s, const struct sqlc_migration *m)
{
	str sql = m->sql[SQLC_SQLITE];
	const char *p = sql.p;
	while (p < sql.p + sql.n) {
		sqlite3_stmt *stmt = NULL;
		const char *tail = p;
		int rc = sqlite3_prepare_v2(s->db, p, -1, &stmt, &tail);
		int at = sqlite3_error_offset(s->db);
		if (rc == SQLITE_OK && stmt) {
			rc = sqlite3_step(stmt);
			at = 0;
		}
		(void)sqlite3_finalize(stmt);
		if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW) {
			size_t offset = (size_t)(p - sql.p) + (at > 0 ? (size_t)at : 0);
			sqlc_fault(q, m->file[SQLC_SQLITE], line_of(sql, offset), "%s",
			    sqlite3_errmsg(s->db));
			return false;
		}
		p = tail;
	}
	return true;
}

static const char *keep(struct sqlc *q, const unsigned char *z)
{
	const char *copy = arena_cstr(q->a, str_of((const char *)z));
	if (!copy)
		sqlc_out_of_memory();
	return copy;
}

static void load_columns(struct sqlc *q, struct schema *s)
{
	sqlite3_stmt *stmt = NULL;
	static const char sql[] =
	    "SELECT m.name, t.name, upper(t.type), t.\"notnull\" OR t.pk > 0 FROM "
	    "sqlite_schema m, pragma_table_info(m.name) t WHERE m.type = 'table'";
	if (sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL) != SQLITE_OK) {
		sqlc_fault(q, "schema", 0, "%s", sqlite3_errmsg(s->db));
		return;
	}
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct column *c = VEC_ADD(&s->columns, q->a);
		if (!c)
			sqlc_out_of_memory();
		c->table = keep(q, sqlite3_column_text(stmt, 0));
		c->name = keep(q, sqlite3_column_text(stmt, 1));
		c->storage = keep(q, sqlite3_column_text(stmt, 2));
		c->not_null = sqlite3_column_int(stmt, 3) != 0;
	}
	(void)sqlite3_finalize(stmt);
}

/* ---- parameters ---- */

static void check_params_used(struct sqlc *q, const struct sqlc_stmt *s, int engine)
{
	bool used[SQLC_SLOTS_MAX] = {false};
	const char mark = engine == SQLC_SQLITE ? '?' : '$';
	str rest = s->text[engine];
	uint32_t line = s->text_line[engine];
	for (;;) {
		struct sqlc_token t = sqlc_next_token(&rest);
		if (t.kind == TOKEN_END)
			break;
		uint32_t k = 0;
		if (t.s.p[0] == '?' && t.s.n == 1)
			sqlc_fault(q, s->file, line, "'%s': parameters are numbered: ?1", s->name);
		/* '$' and its digits are two tokens, for '$' is no parameter in our own words */
		if (mark == '$' && str_is(t.s, "$"))
			t.s = (str){t.s.p, 1 + sqlc_next_token(&rest).s.n};
		if (t.s.p[0] != mark || !str_to_u32(str_sub(t.s, 1, t.s.n), &k))
			continue;
		if (k == 0 || k > s->in.n)
			sqlc_fault(q, s->file, line, "'%s' uses parameter %u, '-- in:' has %u",
			    s->name, k, s->in.n);
		else
			used[k - 1] = true;
	}
	for (uint32_t i = 0; i < s->in.n; i++)
		if (!used[i])
			sqlc_fault(q, s->file, line, "'%s' does not use its parameter '%s' (?%u)",
			    s->name, s->in.p[i].name, i + 1);
}

/* The column that a name in this statement stands for, if all tables mentioned agree on its kind.
 */
static const struct column *column_meant(const struct schema *s, str text, str name, str table)
{
	const struct column *found = NULL;
	for (size_t i = 0; i < s->columns.n; i++) {
		const struct column *c = &s->columns.p[i];
		if (!str_is(name, c->name) || (table.n && !str_is(table, c->table)))
			continue;
		if (str_find(text, str_of(c->table)) < 0)
			continue;
		if (found && strcmp(found->storage, c->storage) != 0)
			return NULL;
		if (!found || !c->not_null)
			found = c;
	}
	return found;
}

static void check_param_type(
    struct sqlc *q, const struct sqlc_stmt *s, str param, const struct column *c, bool stored)
{
	uint32_t k = 0;
	if (!c || !str_to_u32(str_sub(param, 1, param.n), &k) || k == 0 || k > s->in.n)
		return;
	const struct sqlc_slot *slot = &s->in.p[k - 1];
	uint32_t line = s->text_line[SQLC_SQLITE];
	if (c->storage[0] && strcmp(c->storage, slot->type->storage) != 0)
		sqlc_fault(q, s->file, line, "'%s': parameter '%s' is %s, the column %s.%s is %s",
		    s->name, slot->name, slot->type->name, c->table, c->name, c->storage);
	else if (stored && c->not_null && slot->nullable)
		sqlc_fault(q, s->file, line,
		    "'%s': parameter '%s' may be absent, the column %s.%s is NOT NULL", s->name,
		    slot->name, c->table, c->name);
}

static bool is_comparison(str s)
{
	static const char *const words[] = {
	    "=", "==", "<", ">", "<=", ">=", "<>", "!=", "IS", "LIKE"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(s, words[i]))
			return true;
	return false;
}

struct token_list {
	VEC(struct sqlc_token) v;
};

static void tokenize(struct sqlc *q, str text, struct token_list *to)
{
	for (;;) {
		struct sqlc_token t = sqlc_next_token(&text);
		if (t.kind == TOKEN_END)
			return;
		if (t.kind == TOKEN_SPACE)
			continue;
		struct sqlc_token *add = VEC_ADD(&to->v, q->a);
		if (!add)
			sqlc_out_of_memory();
		*add = t;
	}
}

/* "column = ?1" */
static void check_compared(struct sqlc *q, const struct schema *schema, const struct sqlc_stmt *s,
    const struct token_list *l)
{
	bool set = false;
	for (size_t i = 2; i < l->v.n; i++) {
		if (str_is(l->v.p[i].s, "SET"))
			set = true;
		if (str_is(l->v.p[i].s, "WHERE"))
			set = false;
		if (l->v.p[i].kind != TOKEN_PARAM || !is_comparison(l->v.p[i - 1].s) ||
		    l->v.p[i - 2].kind != TOKEN_WORD)
			continue;
		/* behind an operator the word is part of a sum or a text, whose type is its own */
		str before = i >= 3 ? l->v.p[i - 3].s : STR("");
		if (str_is(before, "+") || str_is(before, "-") || str_is(before, "*") ||
		    str_is(before, "||") || str_is(before, "/"))
			continue;
		check_param_type(q, s, l->v.p[i].s,
		    column_meant(schema, s->text[SQLC_SQLITE], l->v.p[i - 2].s, STR_NONE),
		    set && str_is(l->v.p[i - 1].s, "="));
	}
}

/* "INSERT INTO table (a, b) VALUES (?1, ?2)": each value that is a parameter alone. */
static void check_inserted(struct sqlc *q, const struct schema *schema, const struct sqlc_stmt *s,
    const struct token_list *l)
{
	size_t i = 0, n = l->v.n, columns;
	while (i < n && !str_is(l->v.p[i].s, "INTO"))
		i++;
	if (i + 2 >= n || !str_is(l->v.p[i + 2].s, "("))
		return;
	str table = l->v.p[i + 1].s;
	columns = i + 3;
	while (i < n && !str_is(l->v.p[i].s, ")"))
		i++;
	if (i + 2 >= n || !str_is(l->v.p[i + 1].s, "VALUES"))
		return;
	size_t column = columns;
	int depth = 0;
	for (i += 2; i < n; i++) {
		str t = l->v.p[i].s;
		if (str_is(t, "(") && ++depth == 1)
			column = columns;
		else if (str_is(t, ")") && --depth == 0 &&
		         (i + 1 >= n || !str_is(l->v.p[i + 1].s, ",")))
			return;
		else if (str_is(t, ",") && depth == 1)
			column += 2;
		if (l->v.p[i].kind != TOKEN_PARAM || depth != 1 || i + 1 >= n || column >= n)
			continue;
		str before = l->v.p[i - 1].s, after = l->v.p[i + 1].s;
		if ((str_is(before, "(") || str_is(before, ",")) &&
		    (str_is(after, ")") || str_is(after, ",")))
			check_param_type(q, s, t,
			    column_meant(schema, s->text[SQLC_SQLITE], l->v.p[column].s, table),
			    true);
	}
}

/* ---- results ---- */

static void check_result(struct sqlc *q, const struct schema *schema, const struct sqlc_stmt *s,
    sqlite3_stmt *stmt, int i)
{
	const struct sqlc_slot *slot = &s->out.p[i];
	uint32_t line = s->text_line[SQLC_SQLITE];
	const char *name = sqlite3_column_name(stmt, i);
	const char *table = sqlite3_column_table_name(stmt, i);
	const char *origin = sqlite3_column_origin_name(stmt, i);
	const char *declared = sqlite3_column_decltype(stmt, i);
	bool plain = name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
	if (plain && strcmp(name, slot->name) != 0)
		sqlc_fault(q, s->file, line, "'%s': result %d is '%s', '-- out:' says '%s'",
		    s->name, i + 1, name, slot->name);
	if (declared && declared[0] && sqlite3_stricmp(declared, slot->type->storage) != 0)
		sqlc_fault(q, s->file, line, "'%s': result '%s' is %s, '-- out:' says %s", s->name,
		    slot->name, declared, slot->type->name);
	if (!table || !origin || slot->nullable)
		return;
	for (size_t k = 0; k < schema->columns.n; k++) {
		const struct column *c = &schema->columns.p[k];
		if (strcmp(c->table, table) == 0 && strcmp(c->name, origin) == 0 && !c->not_null)
			sqlc_fault(q, s->file, line,
			    "'%s': result '%s' may be NULL (column %s.%s): write %s?", s->name,
			    slot->name, table, origin, slot->type->name);
	}
}

static void check_sqlite(struct sqlc *q, struct schema *schema, const struct sqlc_stmt *s)
{
	str text = s->text[SQLC_SQLITE];
	uint32_t line = s->text_line[SQLC_SQLITE];
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;
	schema->guard = strncmp(s->path, "db/", 3) != 0;
	schema->forbidden = NULL;
	int rc = sqlite3_prepare_v2(schema->db, text.p, (int)text.n + 1, &stmt, &tail);
	schema->guard = false;
	if (schema->forbidden)
		sqlc_fault(q, s->file, line, "'%s' writes the table %s, which only src/db may",
		    s->name, schema->forbidden);
	else if (rc != SQLITE_OK)
		sqlc_fault(q, s->file, line, "'%s': %s", s->name, sqlite3_errmsg(schema->db));
	else if (!stmt)
		sqlc_fault(q, s->file, line, "'%s' has no text", s->name);
	else if (tail && *tail)
		sqlc_fault(q, s->file, line, "'%s' is more than one statement", s->name);
	else if (sqlite3_column_count(stmt) != (int)s->out.n)
		sqlc_fault(q, s->file, line, "'%s' gives %d columns, '-- out:' has %u", s->name,
		    sqlite3_column_count(stmt), s->out.n);
	else
		for (int i = 0; i < (int)s->out.n; i++)
			check_result(q, schema, s, stmt, i);
	(void)sqlite3_finalize(stmt);
	struct token_list tokens = {0};
	tokenize(q, text, &tokens);
	check_compared(q, schema, s, &tokens);
	check_inserted(q, schema, s, &tokens);
}

void sqlc_check(struct sqlc *q)
{
	struct schema schema = {0};
	if (sqlite3_open(":memory:", &schema.db) != SQLITE_OK)
		sqlc_out_of_memory();
	(void)sqlite3_set_authorizer(schema.db, authorize, &schema);
	/* src/db/migrate.c makes this one before the first migration. */
	static const char versions[] =
	    "CREATE TABLE schema_version (version INTEGER PRIMARY KEY NOT NULL, name TEXT "
	    "NOT NULL, hash TEXT NOT NULL, applied_ms INTEGER NOT NULL) STRICT";
	bool applied = sqlite3_exec(schema.db, versions, NULL, NULL, NULL) == SQLITE_OK;
	vec_each (m, &q->migrations)
		if (applied && m->sql[SQLC_SQLITE].p)
			applied = apply_migration(q, &schema, m);
	if (applied && q->schema_name &&
	    sqlite3_exec(schema.db, q->schema[SQLC_SQLITE].p, NULL, NULL, NULL) != SQLITE_OK)
		sqlc_fault(q, q->stmts.n ? q->stmts.p[0].file : "schema", q->schema_line, "%s",
		    sqlite3_errmsg(schema.db));
	if (applied) {
		load_columns(q, &schema);
		vec_each (s, &q->stmts) {
			if (!s->text[SQLC_SQLITE].p || !s->text[SQLC_POSTGRES].p)
				continue;
			check_sqlite(q, &schema, s);
			check_params_used(q, s, SQLC_SQLITE);
			if (s->text_line[SQLC_POSTGRES] != s->text_line[SQLC_SQLITE])
				check_params_used(q, s, SQLC_POSTGRES);
		}
	}
	(void)sqlite3_close(schema.db);
}
