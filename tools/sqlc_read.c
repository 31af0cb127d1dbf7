#include "sqlc.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const struct sqlc_type types[] = {
    {"i64", "DB_I64", "int64_t", "struct opt_i64", "i64", "opt_i64", "i64", "opt_i64", "INTEGER",
        false},
    {"f64", "DB_F64", "double", "struct opt_f64", "f64", "opt_f64", "f64", "opt_f64", "REAL",
        false},
    {"str", "DB_STR", "str", "str", "str", "str", "str", "str", "TEXT", true},
    {"bytes", "DB_BYTES", "str", "str", "bytes", "bytes", "bytes", "bytes", "BLOB", true},
    {"uid", "DB_UID", "uid", "uid", "uid", "uid", "uid", "uid", "BLOB", false},
    {"bool", "DB_BOOL", "bool", "struct opt_bool", "bool", "opt_bool", "bool", "opt_bool",
        "INTEGER", false},
    {"date", "DB_DATE", "date", "date", "date", "date", "date", "date", "INTEGER", false},
};

/* Names that would hide a type or a word of C, or the generated function's own. */
static const char *const reserved[] = {"i64", "f64", "str", "bytes", "uid", "bool", "date", "int",
    "long", "short", "char", "double", "float", "void", "struct", "union", "enum", "const",
    "static", "auto", "register", "extern", "return", "if", "else", "for", "while", "do", "switch",
    "case", "default", "break", "continue", "goto", "sizeof", "typedef", "signed", "unsigned",
    "volatile", "inline", "restrict", "c", "a", "e", "r", "row", "rows", "ret_row", "ret_rows",
    "ret_more", "ret_changed"};

str sqlc_read_file(struct sqlc *q, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		sqlc_fault(q, path, 0, "cannot be read: %s", strerror(errno));
		return STR_NONE;
	}
	AUTO_BUF b = BUF_INIT(SQLC_FILE_MAX);
	char piece[8192];
	size_t n;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, (str){piece, n});
	(void)fclose(f);
	struct err e = {0};
	if (buf_check(&b, &e) != ERR_OK)
		sqlc_fault(q, path, 0, "larger than %u bytes", SQLC_FILE_MAX);
	str s = arena_str(q->a, buf_str(&b));
	const char **dep = VEC_ADD(&q->deps, q->a);
	if (!s.p || !dep)
		sqlc_out_of_memory();
	*dep = path;
	return s;
}

static const char *cstr(struct sqlc *q, str s)
{
	const char *z = arena_cstr(q->a, s);
	if (!z)
		sqlc_out_of_memory();
	return z;
}

static bool is_identifier(str s)
{
	if (s.n == 0 || s.n > 60 || !((s.p[0] >= 'a' && s.p[0] <= 'z')))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (str_is(s, reserved[i]))
			return false;
	return true;
}

/* ---- annotations ---- */

static void read_slot(
    struct sqlc *q, struct sqlc_stmt *s, struct sqlc_slots *to, str part, uint32_t line)
{
	part = str_trim(part);
	ptrdiff_t blank = str_find_char(part, ' ');
	str name = blank < 0 ? part : str_sub(part, 0, (size_t)blank);
	str type = blank < 0 ? STR("") : str_trim(str_sub(part, (size_t)blank, part.n));
	bool nullable = str_ends(type, STR("?"));
	if (nullable)
		type.n--;
	const struct sqlc_type *found = NULL;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(type, types[i].name))
			found = &types[i];
	if (!is_identifier(name)) {
		sqlc_fault(q, s->file, line,
		    "'%.*s' is not a usable name (lower case, no word of C or of a type)",
		    STR_ARG(name));
		return;
	}
	if (!found) {
		sqlc_fault(q, s->file, line,
		    "'%.*s' has the type '%.*s'; known are i64 f64 str bytes uid bool date, with ? "
		    "when "
		    "it may be absent",
		    STR_ARG(name), STR_ARG(type));
		return;
	}
	for (uint32_t i = 0; i < to->n; i++)
		if (str_is(name, to->p[i].name))
			sqlc_fault(q, s->file, line, "'%.*s' stands here twice", STR_ARG(name));
	if (to->n == SQLC_SLOTS_MAX) {
		sqlc_fault(q, s->file, line, "more than %d columns", SQLC_SLOTS_MAX);
		return;
	}
	to->p[to->n++] = (struct sqlc_slot){cstr(q, name), found, nullable};
}

static void read_slots(
    struct sqlc *q, struct sqlc_stmt *s, struct sqlc_slots *to, str list, uint32_t line)
{
	struct str_split it = str_split_on(list, ',');
	str part;
	while (str_next(&it, &part))
		if (str_trim(part).n)
			read_slot(q, s, to, part, line);
}

static struct sqlc_stmt *find_stmt(struct sqlc *q, str name)
{
	vec_each (s, &q->stmts)
		if (str_is(name, s->name))
			return s;
	return NULL;
}

/* State while a file is read. */
struct reading {
	const char *file, *path;
	size_t current;  /* index in q->stmts + 1; 0: none yet */
	int engine;      /* the text that follows is for it */
	bool schema;     /* the text that follows is the schema of a test */
	bool reopened;   /* the name was there before: only an engine's text may follow */
	struct buf text; /* gathered so far */
	uint32_t text_line;
};

static struct sqlc_stmt *current(struct sqlc *q, const struct reading *r)
{
	return &q->stmts.p[r->current - 1];
}

static void set_text(struct sqlc *q, struct sqlc_stmt *s, int engine, str text, uint32_t line)
{
	if (s->text[engine].p) {
		sqlc_fault(q, s->file, line, "'%s' has a second text for the same engine", s->name);
		return;
	}
	s->text[engine] = engine == SQLC_POSTGRES ? sqlc_to_postgres(q, text, false) : text;
	s->text_line[engine] = line;
}

/* The text gathered belongs to the current statement. */
static void finish_text(struct sqlc *q, struct reading *r)
{
	str text = sqlc_squeeze(q, buf_str(&r->text));
	buf_clear(&r->text);
	if (r->schema) {
		q->schema[SQLC_SQLITE] = text;
		q->schema[SQLC_POSTGRES] = sqlc_to_postgres(q, text, true);
		q->schema_line = r->text_line;
		r->schema = false;
		return;
	}
	if (r->current == 0) {
		if (text.n)
			sqlc_fault(q, r->file, r->text_line, "text before the first '-- name:'");
		return;
	}
	struct sqlc_stmt *s = current(q, r);
	if (text.n == 0)
		return;
	if (r->engine != SQLC_BOTH) {
		set_text(q, s, r->engine, text, r->text_line);
	} else if (r->reopened || s->common.p) {
		sqlc_fault(q, r->file, r->text_line, "the name '%s' is used twice", s->name);
	} else {
		s->common = text;
		s->common_line = r->text_line;
	}
}

static void start_statement(struct sqlc *q, struct reading *r, str rest, uint32_t line)
{
	ptrdiff_t blank = str_find_char(rest, ' ');
	str name = blank < 0 ? rest : str_sub(rest, 0, (size_t)blank);
	str kind = blank < 0 ? STR("") : str_trim(str_sub(rest, (size_t)blank, rest.n));
	struct sqlc_stmt *known = find_stmt(q, name);
	r->engine = SQLC_BOTH;
	r->reopened = known != NULL;
	if (known) {
		r->current = (size_t)(known - q->stmts.p) + 1;
		if (strcmp(known->file, r->file) != 0)
			sqlc_fault(q, r->file, line, "the name '%s' is used in %s:%u too",
			    known->name, known->file, known->line);
		return;
	}
	if (!is_identifier(name))
		sqlc_fault(q, r->file, line, "'%.*s' is not a usable name", STR_ARG(name));
	struct sqlc_stmt *s = VEC_ADD(&q->stmts, q->a);
	if (!s)
		sqlc_out_of_memory();
	*s = (struct sqlc_stmt){
	    .name = cstr(q, name), .file = r->file, .path = r->path, .line = line};
	if (str_is(kind, ":one"))
		s->kind = SQLC_ONE;
	else if (str_is(kind, ":many"))
		s->kind = SQLC_MANY;
	else if (str_is(kind, ":exec"))
		s->kind = SQLC_EXEC;
	else
		sqlc_fault(q, r->file, line, "'%s' needs a kind: :one, :many or :exec", s->name);
	r->current = q->stmts.n;
}

static void read_directive(struct sqlc *q, struct reading *r, str word, str rest, uint32_t line)
{
	finish_text(q, r);
	if (str_is(word, "schema")) {
		r->schema = true;
		q->schema_name = cstr(q, rest);
		return;
	}
	if (str_is(word, "name")) {
		start_statement(q, r, rest, line);
		return;
	}
	if (r->current == 0) {
		sqlc_fault(
		    q, r->file, line, "'-- %.*s:' before the first '-- name:'", STR_ARG(word));
		return;
	}
	struct sqlc_stmt *s = current(q, r);
	if (str_is(word, "in"))
		read_slots(q, s, &s->in, rest, line);
	else if (str_is(word, "out"))
		read_slots(q, s, &s->out, rest, line);
	else if (str_is(rest, "sqlite"))
		r->engine = SQLC_SQLITE;
	else if (str_is(rest, "postgres"))
		r->engine = SQLC_POSTGRES;
	else
		sqlc_fault(q, r->file, line, "the engine is sqlite or postgres, not '%.*s'",
		    STR_ARG(rest));
}

static bool split_directive(str line, str *ret_word, str *ret_rest)
{
	static const char *const words[] = {"name", "in", "out", "engine", "schema"};
	str s = str_trim(line);
	if (!str_starts(s, STR("--")))
		return false;
	s = str_trim(str_sub(s, 2, s.n));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		if (str_starts(s, str_of(words[i])) && s.n > n && s.p[n] == ':') {
			*ret_word = str_of(words[i]);
			*ret_rest = str_trim(str_sub(s, n + 1, s.n));
			return true;
		}
	}
	return false;
}

/* The common text stands for each engine that has none of its own. */
static void spread_common_text(struct sqlc *q, size_t from)
{
	for (size_t i = from; i < q->stmts.n; i++) {
		struct sqlc_stmt *s = &q->stmts.p[i];
		for (int k = 0; k < SQLC_ENGINES; k++) {
			if (!s->text[k].p && s->common.p)
				set_text(q, s, k, s->common, s->common_line);
			else if (!s->text[k].p)
				sqlc_fault(q, s->file, s->line, "'%s' has no text for %s", s->name,
				    k == SQLC_SQLITE ? "sqlite" : "postgres");
		}
		if (s->kind == SQLC_EXEC && s->out.n)
			sqlc_fault(q, s->file, s->line, "'%s' is :exec and has '-- out:'", s->name);
		if (s->kind != SQLC_EXEC && s->out.n == 0)
			sqlc_fault(q, s->file, s->line, "'%s' needs '-- out:'", s->name);
	}
}

/* The build names files from its own folder: compare what the names stand for. */
static const char *below_root(struct sqlc *q, const char *path)
{
	char *root = realpath(q->root, NULL), *file = realpath(path, NULL);
	size_t n = root ? strlen(root) : 0;
	const char *below = NULL;
	if (root && file && strncmp(file, root, n) == 0 && file[n] == '/')
		below = cstr(q, str_of(file + n + 1));
	free(root); /* from libc, not from base/mem.h */
	free(file);
	if (below)
		return below;
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

void sqlc_read_statements(struct sqlc *q, const char *path)
{
	struct reading r = {.file = path,
	    .path = below_root(q, path),
	    .engine = SQLC_BOTH,
	    .text = BUF_INIT(SQLC_FILE_MAX)};
	size_t from = q->stmts.n;
	struct str_split lines = str_split_on(sqlc_read_file(q, path), '\n');
	str line, word, rest;
	for (uint32_t number = 1; str_next(&lines, &line); number++) {
		if (split_directive(line, &word, &rest)) {
			read_directive(q, &r, word, rest, number);
			continue;
		}
		if (str_starts(str_trim(line), STR("--")))
			continue;
		if (r.text.n == 0)
			r.text_line = number;
		if (r.text.n || str_trim(line).n) {
			buf_add(&r.text, line);
			buf_addc(&r.text, '\n');
		}
	}
	finish_text(q, &r);
	buf_free(&r.text);
	spread_common_text(q, from);
}

/* ---- folders ---- */

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

struct paths {
	VEC(const char *) v;
};

/* Entries of a folder that end in suffix ("" all); the folder becomes a dependency, so that a new
 * file is noticed. A folder that is not there has none. */
static void list_folder(struct sqlc *q, const char *folder, const char *suffix, struct paths *to)
{
	DIR *d = opendir(folder);
	if (!d)
		return;
	const char **dep = VEC_ADD(&q->deps, q->a);
	if (!dep)
		sqlc_out_of_memory();
	*dep = folder;
	const struct dirent *entry;
	while ((entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.' || !str_ends(str_of(entry->d_name), str_of(suffix)))
			continue;
		str path = arena_fmt(q->a, "%s/%s", folder, entry->d_name);
		const char **add = VEC_ADD(&to->v, q->a);
		if (!path.p || !add)
			sqlc_out_of_memory();
		*add = path.p;
	}
	(void)closedir(d);
}

static void sort_paths(struct paths *p)
{
	if (p->v.n)
		qsort(p->v.p, p->v.n, sizeof *p->v.p, by_text);
}

/* root/db and every root/feat/X, with inside ("" or "/migrate") behind it. */
static void list_sql(struct sqlc *q, const char *inside, struct paths *to)
{
	struct paths slices = {0};
	str feat = arena_fmt(q->a, "%s/feat", q->root);
	str db = arena_fmt(q->a, "%s/db%s", q->root, inside);
	if (!feat.p || !db.p)
		sqlc_out_of_memory();
	list_folder(q, feat.p, "", &slices);
	list_folder(q, db.p, ".sql", to);
	vec_each (slice, &slices.v) {
		str folder = arena_fmt(q->a, "%s%s", *slice, inside);
		if (!folder.p)
			sqlc_out_of_memory();
		list_folder(q, folder.p, ".sql", to);
	}
}

void sqlc_read_all_statements(struct sqlc *q)
{
	struct paths files = {0};
	list_sql(q, "", &files);
	sort_paths(&files);
	vec_each (f, &files.v)
		if (!str_starts(str_of(file_name(*f)), STR("t_"))) /* of a test */
			sqlc_read_statements(q, *f);
}

/* ---- migrations ---- */

static int by_file_name(const void *x, const void *y)
{
	return strcmp(file_name(*(const char *const *)x), file_name(*(const char *const *)y));
}

/* Split the file's name: NNNN_words[.sqlite|.postgres].sql */
static bool split_migration_name(str name, uint32_t *ret_version, int *ret_engine, str *ret_stem)
{
	str stem = str_sub(name, 0, name.n - strlen(".sql"));
	int engine = SQLC_BOTH;
	if (str_ends(stem, STR(".sqlite"))) {
		engine = SQLC_SQLITE;
		stem.n -= strlen(".sqlite");
	} else if (str_ends(stem, STR(".postgres"))) {
		engine = SQLC_POSTGRES;
		stem.n -= strlen(".postgres");
	}
	if (stem.n < 6 || stem.p[4] != '_' || !str_to_u32(str_sub(stem, 0, 4), ret_version))
		return false;
	*ret_engine = engine;
	*ret_stem = stem;
	return str_find_char(stem, '.') < 0;
}

/* Lines between "-- engine: X" and the next such line are for X; "-- engine: both" ends it. */
static str engine_part(struct sqlc *q, const char *file, str sql, int engine)
{
	AUTO_BUF b = BUF_INIT(SQLC_FILE_MAX);
	struct str_split lines = str_split_on(sql, '\n');
	str line, word, rest;
	int now = SQLC_BOTH;
	for (uint32_t number = 1; str_next(&lines, &line); number++) {
		if (split_directive(line, &word, &rest) && str_is(word, "engine")) {
			if (str_is(rest, "sqlite"))
				now = SQLC_SQLITE;
			else if (str_is(rest, "postgres"))
				now = SQLC_POSTGRES;
			else if (str_is(rest, "both"))
				now = SQLC_BOTH;
			else
				sqlc_fault(
				    q, file, number, "the engine is sqlite, postgres or both");
		} else if (now == SQLC_BOTH || now == engine) {
			buf_add(&b, line);
			buf_addc(&b, '\n');
		}
	}
	str part = arena_str(q->a, buf_str(&b));
	if (!part.p)
		sqlc_out_of_memory();
	return part;
}

static void read_migration(struct sqlc *q, const char *path, struct sha256_state *hash)
{
	str name = str_of(file_name(path)), stem = STR_NONE;
	uint32_t version = 0;
	int engine = SQLC_BOTH;
	if (!split_migration_name(name, &version, &engine, &stem)) {
		sqlc_fault(q, path, 0, "a migration is named NNNN_words.sql");
		return;
	}
	str sql = sqlc_read_file(q, path);
	struct sqlc_migration *last =
	    q->migrations.n ? &q->migrations.p[q->migrations.n - 1] : NULL;
	bool second = last && last->version == version && engine != SQLC_BOTH &&
	              str_is(stem, last->name) && !last->sql[engine].p;
	if (!second) {
		if (version != q->migrations.n + 1) {
			sqlc_fault(q, path, 0, "number %u where %u comes next", version,
			    (unsigned)q->migrations.n + 1);
			return;
		}
		last = VEC_ADD(&q->migrations, q->a);
		if (!last)
			sqlc_out_of_memory();
		last->version = version;
		last->name = cstr(q, stem);
		sha256_begin(hash);
	}
	sha256_add(hash, sql);
	struct sha256_state copy = *hash;
	sha256_hex(sha256_end(&copy), last->sha256);
	for (int k = 0; k < SQLC_ENGINES; k++) {
		if (engine != SQLC_BOTH && engine != k)
			continue;
		str part = engine_part(q, path, sql, k);
		last->file[k] = path;
		last->sql[k] = k == SQLC_POSTGRES ? sqlc_to_postgres(q, part, true) : part;
	}
}

void sqlc_read_migrations(struct sqlc *q)
{
	struct paths files = {0};
	struct sha256_state hash;
	list_sql(q, "/migrate", &files);
	if (files.v.n)
		qsort(files.v.p, files.v.n, sizeof *files.v.p, by_file_name);
	sha256_begin(&hash);
	vec_each (f, &files.v)
		read_migration(q, *f, &hash);
	vec_each (m, &q->migrations)
		for (int k = 0; k < SQLC_ENGINES; k++)
			if (!m->sql[k].p)
				sqlc_fault(q, m->file[1 - k], 0,
				    "there is no file of the pair for %s",
				    k == SQLC_SQLITE ? "sqlite" : "postgres");
}
