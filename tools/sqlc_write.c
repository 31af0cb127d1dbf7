#include "sqlc.h"

#include "base/buf.h"

#include <errno.h>
#include <stdio.h>

static void write_file(struct sqlc *q, const char *path, const struct buf *b)
{
	struct err e = {0};
	if (buf_check(b, &e) != ERR_OK) {
		sqlc_fault(q, path, 0, "%s", e.detail);
		return;
	}
	FILE *f = fopen(path, "wb");
	if (!f) {
		sqlc_fault(q, path, 0, "cannot be written: %s", strerror(errno));
		return;
	}
	bool whole = fwrite(b->p, 1, b->n, f) == b->n;
	if (fclose(f) != 0 || !whole)
		sqlc_fault(q, path, 0, "cannot be written: %s", strerror(errno));
}

/* As a C string; long texts are cut into pieces, which C joins again. */
static void add_literal(struct buf *b, str s)
{
	enum { PIECE = 90 };
	size_t column = 0;
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_addf(b, "\\%c", c);
		else if (c == '\n')
			buf_addz(b, "\\n");
		else if (c == '\t')
			buf_addz(b, "\\t");
		else if (c < 0x20 || c >= 0x7f)
			buf_addf(b, "\\%03o", c);
		else
			buf_addc(b, (char)c);
		if ((++column >= PIECE && c == ' ') || (c == '\n' && i + 1 < s.n)) {
			buf_addz(b, "\"\n\t    \"");
			column = 0;
		}
	}
	buf_addc(b, '"');
}

/* ---- the header ---- */

static void add_params(struct buf *b, const struct sqlc_stmt *s)
{
	for (uint32_t i = 0; i < s->in.n; i++)
		buf_addf(b, ", %s %s",
		    s->in.p[i].nullable ? s->in.p[i].type->copt : s->in.p[i].type->ctype,
		    s->in.p[i].name);
}

static void add_row_struct(struct buf *b, const struct sqlc_stmt *s)
{
	buf_addf(b, "struct %s_row {\n", s->name);
	for (uint32_t i = 0; i < s->out.n; i++)
		buf_addf(b, "\t%s %s;\n",
		    s->out.p[i].nullable ? s->out.p[i].type->copt : s->out.p[i].type->ctype,
		    s->out.p[i].name);
	buf_addz(b, "};\n");
}

static void add_signature(struct buf *b, const struct sqlc_stmt *s, const char *end)
{
	buf_addf(
	    b, "enum err_code %s%s(struct db *c", s->name, s->kind == SQLC_MANY ? "_open" : "");
	add_params(b, s);
	if (s->kind == SQLC_ONE)
		buf_addf(b, ", struct arena *a, struct %s_row *ret_row", s->name);
	else if (s->kind == SQLC_MANY)
		buf_addz(b, ", struct db_rows **ret_rows");
	else
		buf_addz(b, ", int64_t *ret_changed");
	buf_addf(b, ", struct err *e)%s", end);
}

static void add_next_signature(struct buf *b, const struct sqlc_stmt *s, const char *end)
{
	buf_addf(b,
	    "enum err_code %s_next(struct db_rows *rows, struct %s_row *ret_row, bool *ret_more, "
	    "struct err "
	    "*e)%s",
	    s->name, s->name, end);
}

void sqlc_write_header(struct sqlc *q, const char *path)
{
	AUTO_BUF b = BUF_INIT(SQLC_TEXT_MAX);
	buf_addz(&b, "#pragma once\n/* Made by tools/sqlc from the .sql file of this name. */\n"
	             "#include \"db/stmt.h\"\n");
	if (q->schema_name)
		buf_addf(&b, "\nextern const char *const %s[DB_ENGINES];\n", q->schema_name);
	vec_each (s, &q->stmts) {
		buf_addf(&b, "\n/* %s:%u */\n", s->path, s->line);
		if (s->out.n)
			add_row_struct(&b, s);
		add_signature(&b, s, " WARN_UNUSED;\n");
		if (s->kind == SQLC_MANY)
			add_next_signature(&b, s, " WARN_UNUSED;\n");
	}
	write_file(q, path, &b);
}

/* ---- the source ---- */

static void add_slots(
    struct buf *b, const struct sqlc_stmt *s, const struct sqlc_slots *slots, const char *suffix)
{
	if (slots->n == 0)
		return;
	buf_addf(b, "static const struct db_column %s_%s[] = {\n", s->name, suffix);
	for (uint32_t i = 0; i < slots->n; i++)
		buf_addf(b, "\t{\"%s\", %s, %s},\n", slots->p[i].name, slots->p[i].type->constant,
		    slots->p[i].nullable ? "true" : "false");
	buf_addz(b, "};\n");
}

static void add_definition_fields(struct buf *b, const struct sqlc_stmt *s)
{
	static const char *const kinds[] = {"DB_ONE", "DB_MANY", "DB_EXEC"};
	buf_addf(b, "\t.name = \"%s\", .file = \"%s\", .line = %u, .kind = %s,\n", s->name, s->path,
	    s->line, kinds[s->kind]);
	buf_addz(b, "\t.text = {[DB_SQLITE] =\n\t    ");
	add_literal(b, s->text[SQLC_SQLITE]);
	buf_addz(b, ",\n\t    [DB_POSTGRES] =\n\t    ");
	add_literal(b, s->text[SQLC_POSTGRES]);
	buf_addz(b, "},\n");
	if (s->in.n)
		buf_addf(b, "\t.in = %s_in, .n_in = %u,\n", s->name, s->in.n);
	if (s->out.n)
		buf_addf(b, "\t.out = %s_out, .n_out = %u,\n", s->name, s->out.n);
}

static void add_binds(struct buf *b, const struct sqlc_stmt *s)
{
	for (uint32_t i = 0; i < s->in.n; i++) {
		const struct sqlc_slot *p = &s->in.p[i];
		buf_addf(b, "\tdb_bind_%s(r, %u, %s);\n",
		    p->nullable ? p->type->bind_opt : p->type->bind, i, p->name);
	}
}

static void add_reads(struct buf *b, const struct sqlc_stmt *s, const char *from)
{
	buf_addf(b, "\tstruct %s_row row = {\n", s->name);
	for (uint32_t i = 0; i < s->out.n; i++) {
		const struct sqlc_slot *p = &s->out.p[i];
		buf_addf(b, "\t\t.%s = db_read_%s(%s, %u),\n", p->name,
		    p->nullable ? p->type->read_opt : p->type->read, from, i);
	}
	buf_addf(b, "\t};\n\tTRY(db_read_check(%s, e));\n", from);
}

static void add_one(struct buf *b, const struct sqlc_stmt *s)
{
	bool text = false;
	buf_addz(b, "\tTRY(db_step_one(r, e));\n");
	add_reads(b, s, "r");
	for (uint32_t i = 0; i < s->out.n; i++)
		if (s->out.p[i].type->text) {
			buf_addf(b, "\tTRY(db_keep(a, &row.%s, e));\n", s->out.p[i].name);
			text = true;
		}
	if (!text)
		buf_addz(b, "\t(void)a;\n");
	buf_addz(b, "\t*ret_row = row;\n\treturn ERR_OK;\n}\n");
}

static void add_next(struct buf *b, const struct sqlc_stmt *s)
{
	buf_addz(b, "\n");
	add_next_signature(b, s, "\n{\n");
	buf_addz(b, "\tbool more = false;\n\tTRY(db_step(rows, &more, e));\n"
	            "\tif (!more) {\n\t\t*ret_more = false;\n\t\treturn ERR_OK;\n\t}\n");
	add_reads(b, s, "rows");
	buf_addz(b, "\t*ret_row = row;\n\t*ret_more = true;\n\treturn ERR_OK;\n}\n");
}

static void add_function(struct buf *b, const struct sqlc_stmt *s)
{
	buf_addz(b, "\n");
	add_signature(b, s, "\n{\n");
	buf_addf(b, "\tAUTO_ROWS r = NULL;\n\tTRY(db_start(c, &%s_stmt, &r, e));\n", s->name);
	add_binds(b, s);
	switch (s->kind) {
	case SQLC_ONE:
		add_one(b, s);
		break;
	case SQLC_MANY:
		buf_addz(b, "\t*ret_rows = r;\n\tr = NULL;\n\treturn ERR_OK;\n}\n");
		add_next(b, s);
		break;
	case SQLC_EXEC:
		buf_addz(b, "\treturn db_run(r, ret_changed, e);\n}\n");
		break;
	}
}

void sqlc_write_source(struct sqlc *q, const char *path, const char *header)
{
	AUTO_BUF b = BUF_INIT(SQLC_TEXT_MAX);
	buf_addf(&b, "/* Made by tools/sqlc from the .sql file of this name. */\n#include \"%s\"\n",
	    header);
	if (q->schema_name) {
		buf_addf(&b, "\nconst char *const %s[DB_ENGINES] = {[DB_SQLITE] =\n\t    ",
		    q->schema_name);
		add_literal(&b, q->schema[SQLC_SQLITE]);
		buf_addz(&b, ",\n\t    [DB_POSTGRES] =\n\t    ");
		add_literal(&b, q->schema[SQLC_POSTGRES]);
		buf_addz(&b, "};\n");
	}
	vec_each (s, &q->stmts) {
		buf_addz(&b, "\n");
		add_slots(&b, s, &s->in, "in");
		add_slots(&b, s, &s->out, "out");
		buf_addf(&b, "static const struct db_stmt %s_stmt = {\n", s->name);
		add_definition_fields(&b, s);
		buf_addz(&b, "};\n");
		add_function(&b, s);
	}
	write_file(q, path, &b);
}

/* ---- tables of the whole program ---- */

void sqlc_write_registry(struct sqlc *q, const char *path)
{
	AUTO_BUF b = BUF_INIT(SQLC_TEXT_MAX);
	buf_addz(&b, "/* Made by tools/sqlc: every statement of the program. */\n"
	             "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include "
	             "\"db/registry.h\"\n");
	vec_each (s, &q->stmts) {
		add_slots(&b, s, &s->in, "in");
		add_slots(&b, s, &s->out, "out");
	}
	buf_addz(&b, "\nconst struct db_stmt db_registry[] = {\n");
	vec_each (s, &q->stmts) {
		buf_addz(&b, "\t{\n");
		add_definition_fields(&b, s);
		buf_addz(&b, "\t},\n");
	}
	buf_addf(&b, "};\nconst size_t db_registry_n = %zu;\n", q->stmts.n);
	write_file(q, path, &b);
}

void sqlc_write_migrations(struct sqlc *q, const char *path)
{
	AUTO_BUF b = BUF_INIT(SQLC_TEXT_MAX);
	buf_addz(&b,
	    "/* Made by tools/sqlc: every migration, in order. */\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"db/migrate.h\"\n\n"
	    "const struct db_migration db_migrations[] = {\n");
	vec_each (m, &q->migrations) {
		buf_addf(&b, "\t{%u, \"%s\", {[DB_SQLITE] =\n\t    ", m->version, m->name);
		add_literal(&b, m->sql[SQLC_SQLITE]);
		buf_addz(&b, ",\n\t    [DB_POSTGRES] =\n\t    ");
		add_literal(&b, m->sql[SQLC_POSTGRES]);
		buf_addf(&b, "},\n\t    \"%s\"},\n", m->sha256);
	}
	buf_addf(&b, "};\nconst size_t db_migrations_n = %zu;\n", q->migrations.n);
	write_file(q, path, &b);
}

void sqlc_write_deps(struct sqlc *q, const char *path, const char *target)
{
	AUTO_BUF b = BUF_INIT(SQLC_TEXT_MAX);
	buf_addf(&b, "%s:", target);
	vec_each (d, &q->deps)
		buf_addf(&b, " \\\n  %s", *d);
	buf_addc(&b, '\n');
	write_file(q, path, &b);
}
