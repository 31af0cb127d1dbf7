/* poc PO-FOLDER SOURCE-FOLDER OUT.c OUT.d: compiles the translations into one C table
 * (src/engine/i18n/tables.h) and demands that every message of the sources is translated in every
 * language, with the same placeholders, and that nothing else is in the .po files: in the languages that only the pages for
 * senders of money have, the messages of those pages and of the frame. Exit status 0, or 3 with one line "file:line: …"
 * per fault.
 *
 * poc --missing LANG PO-FOLDER SOURCE-FOLDER prints the messages that lack a translation, as .po
 * entries. */
#include "poc.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include "engine/i18n/hash.h"

const struct poc_lang poc_langs[POC_LANGS] = {{"nl", "Dutch", 2, false}, {"fr", "French", 2, false},
    {"tr", "Turkish", 2, true}, {"ar", "Arabic", 6, true}, {"es", "Spanish", 2, true}};

/* What the pages for senders of money show. */
static const char *const senders_sources[] = {
    "/feat/prices/", "/feat/site/components.tpl", "/feat/site/site.c", "/feat/site/error.c", "/engine/chart/", NULL};

enum {
	POC_FOLDERS_MAX = 4096,
	POC_OUT_MAX_BYTES = 64 << 20,
};

struct names {
	struct arena *a;
	VEC(const char *) p;
};

void poc_fault(struct poc *p, struct poc_place at, const char *fmt, ...)
{
	if (p->faults++ >= POC_FAULTS_SHOWN)
		return;
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%u: ", at.file, at.line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

static enum err_code add_name(struct names *n, const char *folder, const char *leaf, struct err *e)
{
	str path = arena_fmt(n->a, "%s/%s", folder, leaf);
	const char **to = path.p ? VEC_ADD(&n->p, n->a) : NULL;
	if (!to)
		return arena_fail(n->a, e);
	*to = path.p;
	return ERR_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool wanted(const char *leaf)
{
	str s = str_of(leaf);
	return str_ends(s, STR(".tpl")) || str_ends(s, STR(".c")) || str_ends(s, STR(".h")) ||
	       str_ends(s, STR(".po"));
}

/* All files below root in order of name; the folders themselves too, so that a new file is noticed.
 */
static enum err_code walk(
    const char *root, struct names *files, struct names *folders, struct err *e)
{
	TRY(add_name(folders, root, ".", e));
	for (size_t i = folders->p.n - 1; i < folders->p.n; i++) {
		const char *folder = folders->p.p[i];
		if (folders->p.n > POC_FOLDERS_MAX)
			return fail(
			    e, ERR_LIMIT, "poc.folders", "more than %d folders", POC_FOLDERS_MAX);
		DIR *d = opendir(folder);
		if (!d)
			return fail(e, ERR_IO, "poc.folder", "cannot read %s", folder);
		enum err_code c = ERR_OK;
		for (struct dirent *x; c == ERR_OK && (x = readdir(d));) {
			struct stat st;
			str path = arena_fmt(files->a, "%s/%s", folder, x->d_name);
			if (x->d_name[0] == '.' || !path.p || stat(path.p, &st) != 0)
				continue;
			if (S_ISDIR(st.st_mode))
				c = add_name(folders, folder, x->d_name, e);
			else if (wanted(x->d_name))
				c = add_name(files, folder, x->d_name, e);
		}
		closedir(d);
		TRY(c);
	}
	if (files->p.n)
		qsort(files->p.p, files->p.n, sizeof *files->p.p, by_name);
	return ERR_OK;
}

static enum err_code read_file(const char *path, struct buf *b, struct err *e)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return fail(e, ERR_IO, "poc.read", "cannot read %s", path);
	for (size_t n = 1; n;) {
		char *to = buf_reserve(b, 65536);
		n = to ? fread(to, 1, 65536, f) : 0;
		b->n += n;
	}
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad)
		return fail(e, ERR_IO, "poc.read", "cannot read %s", path);
	return buf_check(b, e);
}

/* Index of the language in "folder/site.nl.po", -1: none of ours. */
static int lang_of(str path)
{
	for (int l = 0; l < POC_LANGS; l++) {
		AUTO_BUF end = BUF_INIT(32);
		buf_addf(&end, ".%s.po", poc_langs[l].code);
		if (str_ends(path, buf_str(&end)))
			return l;
	}
	return -1;
}

static enum err_code read_all(struct poc *p, const struct names *files, struct err *e)
{
	for (size_t i = 0; i < files->p.n; i++) {
		const char *path = files->p.p[i];
		AUTO_BUF b = BUF_INIT(POC_FILE_MAX_BYTES);
		TRY(read_file(path, &b, e));
		str s = str_of(path);
		int lang = lang_of(s);
		if (!str_ends(s, STR(".po")))
			TRY(poc_read_source(p, path, buf_str(&b), str_ends(s, STR(".tpl")), e));
		else if (lang < 0)
			poc_fault(p, (struct poc_place){path, 0},
			    "not a language of ours: name it DOMAIN.LANG.po");
		else
			TRY(poc_read_po(p, path, lang, buf_str(&b), e));
	}
	return ERR_OK;
}

/* ---- checks ---- */

/* Bit k for {k}. */
static unsigned placeholders(str s)
{
	unsigned set = 0;
	for (size_t i = 0; i + 2 < s.n; i++)
		if (s.p[i] == '{' && s.p[i + 1] >= '0' && s.p[i + 1] <= '9' && s.p[i + 2] == '}')
			set |= 1u << (s.p[i + 1] - '0');
	return set;
}

static bool blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static bool same_edges(str a, str b)
{
	return blank(a.p[0]) == blank(b.p[0]) && blank(a.p[a.n - 1]) == blank(b.p[b.n - 1]);
}

static void check_entry(struct poc *p, const struct poc_entry *x)
{
	const struct poc_lang *l = &poc_langs[x->lang];
	size_t want = x->id_plural.p ? l->plurals : 1;
	if (x->fuzzy)
		poc_fault(p, x->at, "marked fuzzy: check it and remove the mark");
	if (x->n_texts != want)
		poc_fault(p, x->at, "%zu forms, %s has %zu", x->n_texts, l->name, want);
	str id = x->id_plural.p ? x->id_plural : x->id;
	for (size_t i = 0; i < x->n_texts; i++) {
		if (!x->text[i].n) {
			poc_fault(p, x->at, "no translation");
			continue;
		}
		unsigned have = placeholders(x->text[i]), need = placeholders(id);
		/* The count may be left out where the form says it. */
		bool last = i + 1 == x->n_texts;
		if (last || !x->id_plural.p ? have != need : (have | 1) != (need | 1))
			poc_fault(p, x->at, "the placeholders differ from the English text's");
		if (!same_edges(id, x->text[i]))
			poc_fault(p, x->at,
			    "blanks at the beginning or end differ from the English text's");
	}
}

static bool same_entry(const struct poc_entry *a, const struct poc_entry *b)
{
	bool same = str_eq(a->id_plural, b->id_plural) && a->n_texts == b->n_texts;
	for (size_t i = 0; same && i < a->n_texts; i++)
		same = str_eq(a->text[i], b->text[i]);
	return same;
}

static enum err_code index_entries(struct poc *p, struct map *const *maps, struct err *e)
{
	vec_each (x, &p->entries) {
		check_entry(p, x);
		const struct poc_entry *first = map_get(maps[x->lang], x->id);
		if (first && !same_entry(first, x))
			poc_fault(p, x->at, "translated differently from %s:%u", first->at.file,
			    first->at.line);
		if (!first && !map_set(maps[x->lang], x->id, x, NULL))
			return arena_fail(p->a, e);
	}
	return ERR_OK;
}

/* po/SLICE.LANG.po for a source "…/feat/SLICE/x.c", else by its folder. */
static str domain(const char *file)
{
	str s = str_of(file), folder = STR("site"), part, last = STR_NONE;
	struct str_split it = str_split_on(s, '/');
	while (str_next(&it, &part)) {
		if (last.p && !str_is(last, ".") && !str_is(last, ".."))
			folder = last;
		last = part;
	}
	return folder;
}

static bool needed(const struct poc_lang *l, const struct poc_use *u)
{
	for (size_t i = 0; l->senders && senders_sources[i]; i++)
		if (strstr(u->at.file, senders_sources[i]))
			return true;
	return !l->senders;
}

static void print_missing(const struct poc_use *u)
{
	const str texts[2] = {u->one, u->many};
	printf("\n#: %s:%u\n", u->at.file, u->at.line);
	for (size_t k = 0; k < 2 && texts[k].p; k++) {
		printf("%s \"", k ? "msgid_plural" : "msgid");
		for (size_t i = 0; i < texts[k].n; i++) {
			char c = texts[k].p[i];
			if (c == '\n')
				printf("\\n");
			else if (c == '"' || c == '\\')
				printf("\\%c", c);
			else
				putchar(c);
		}
		printf("\"\n");
	}
	printf(u->many.p ? "msgstr[0] \"\"\nmsgstr[1] \"\"\n" : "msgstr \"\"\n");
}

/* missing: print what lacks a translation in this language instead of faulting; -1: fault in all.
 */
static enum err_code check_uses(struct poc *p, struct map *const *maps, int missing, struct err *e)
{
	struct map *seen = map_new(p->a, 2), *told[POC_LANGS] = {0};
	for (int l = 0; seen && l < POC_LANGS; l++)
		if (!(told[l] = map_new(p->a, 3)))
			return arena_fail(p->a, e);
	if (!seen)
		return arena_fail(p->a, e);
	vec_each (u, &p->uses) {
		if (!map_get(seen, u->one) && !map_set(seen, u->one, u, NULL))
			return arena_fail(p->a, e);
		for (int l = 0; l < POC_LANGS; l++) {
			const struct poc_entry *x = map_get(maps[l], u->one);
			if (x ? !u->many.p || str_eq(u->many, x->id_plural) : !needed(&poc_langs[l], u))
				continue;
			bool first = !map_get(told[l], u->one);
			if (first && !map_set(told[l], u->one, u, NULL))
				return arena_fail(p->a, e);
			if (missing == l && first && !x)
				print_missing(u);
			if (missing < 0 && x)
				poc_fault(p, u->at, "the plural differs from %s:%u", x->at.file,
				    x->at.line);
			else if (missing < 0 && first)
				poc_fault(p, u->at,
				    "no %s translation of \"%.*s\": add it to po/%.*s.%s.po",
				    poc_langs[l].name, STR_ARG(u->one), STR_ARG(domain(u->at.file)),
				    poc_langs[l].code);
		}
	}
	vec_each (x, &p->entries) {
		x->used = map_get(seen, x->id) != NULL;
		if (!x->used && missing < 0)
			poc_fault(p, x->at, "not used by any source: remove it");
	}
	return ERR_OK;
}

/* ---- the table ---- */

static void add_literal(struct buf *b, str s)
{
	buf_addz(b, "{\"");
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '?')
			buf_addf(b, "\\%03o", c);
		else
			buf_addc(b, (char)c);
	}
	buf_addf(b, "\", %zu},\n", s.n);
}

struct row {
	uint64_t hash;
	str id;
	uint32_t text[POC_LANGS];
};

/* Texts into out, rows into *ret_rows: one per message that is translated; text 0 stands for none. */
static enum err_code write_texts(struct poc *p, struct map *const *maps, struct buf *out,
    struct row **ret_rows, size_t *ret_n, struct err *e)
{
	struct row *rows = ARENA_ARRAY(p->a, p->entries.n + 1, struct row);
	if (!rows)
		return arena_fail(p->a, e);
	uint32_t n_texts = 1;
	size_t n = 0;
	add_literal(out, STR(""));
	vec_each (x, &p->entries) {
		if (x->lang != 0 || map_get(maps[0], x->id) != x)
			continue;
		struct row *r = &rows[n++];
		*r = (struct row){.hash = i18n_hash(x->id), .id = x->id};
		for (int l = 0; l < POC_LANGS; l++) {
			const struct poc_entry *t = map_get(maps[l], x->id);
			r->text[l] = t ? n_texts : 0;
			for (size_t i = 0; t && i < t->n_texts; i++, n_texts++)
				add_literal(out, t->text[i]);
		}
	}
	*ret_rows = rows;
	*ret_n = n;
	return ERR_OK;
}

static enum err_code write_slots(
    struct poc *p, const struct row *rows, size_t n, struct buf *out, struct err *e)
{
	size_t size = 16;
	while (size < n * 2)
		size *= 2;
	uint32_t *slots = ARENA_ARRAY(p->a, size, uint32_t);
	if (!slots)
		return arena_fail(p->a, e);
	for (size_t i = 0; i < n; i++) {
		size_t at = rows[i].hash & (size - 1);
		for (; slots[at]; at = (at + 1) & (size - 1))
			if (rows[slots[at] - 1].hash == rows[i].hash)
				return fail(e, ERR_CONFLICT, "poc.hash",
				    "\"%.*s\" and \"%.*s\" have the same hash: reword one",
				    STR_ARG(rows[i].id), STR_ARG(rows[slots[at] - 1].id));
		slots[at] = (uint32_t)i + 1;
	}
	buf_addf(out, "static const uint32_t slots[%zu] = {", size);
	for (size_t i = 0; i < size; i++)
		buf_addf(out, "%s%u,", i % 20 ? "" : "\n", slots[i]);
	buf_addf(out,
	    "\n};\n\nconst struct i18n_table i18n_messages = {slots, %zu, messages, texts};\n",
	    size - 1);
	return ERR_OK;
}

static enum err_code write_table(
    struct poc *p, struct map *const *maps, struct buf *out, struct err *e)
{
	struct row *rows;
	size_t n;
	buf_addz(out, "/* Made from po/ by poc. */\n#include \"engine/i18n/tables.h\"\n\nstatic "
	              "const str texts[] = {\n");
	TRY(write_texts(p, maps, out, &rows, &n, e));
	buf_addz(out, "{\"\", 0},\n};\n\nstatic const struct i18n_message messages[] = {\n");
	for (size_t i = 0; i < n; i++) {
		buf_addf(out, "{0x%016llxu, {", (unsigned long long)rows[i].hash);
		for (int l = 0; l < POC_LANGS; l++)
			buf_addf(out, "%u,", rows[i].text[l]);
		buf_addz(out, "}},\n");
	}
	buf_addz(out, "{0, {0}},\n};\n\n");
	TRY(write_slots(p, rows, n, out, e));
	return buf_check(out, e);
}

static enum err_code write_file(const char *path, const struct buf *b, struct err *e)
{
	FILE *f = fopen(path, "wb");
	bool bad = !f || fwrite(b->p ? b->p : "", 1, b->n, f) != b->n;
	bad |= f && fclose(f) != 0;
	return bad ? fail(e, ERR_IO, "poc.write", "cannot write %s", path) : ERR_OK;
}

/* For ninja: whatever was read, and the folders. */
static enum err_code write_depends(
    const char *out, const char *path, const struct names *a, const struct names *b, struct err *e)
{
	AUTO_BUF d = BUF_INIT(POC_OUT_MAX_BYTES);
	buf_addf(&d, "%s:", out);
	const struct names *both[] = {a, b};
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < both[k]->p.n; i++)
			buf_addf(&d, " \\\n %s", both[k]->p.p[i]);
	buf_addc(&d, '\n');
	TRY(buf_check(&d, e));
	return write_file(path, &d, e);
}

static enum err_code run(struct poc *p, int missing, char **args, struct err *e)
{
	struct names files = {.a = p->a}, folders = {.a = p->a};
	struct map *maps[POC_LANGS];
	for (int l = 0; l < POC_LANGS; l++)
		if (!(maps[l] = map_new(p->a, 1)))
			return arena_fail(p->a, e);
	TRY(walk(args[0], &files, &folders, e));
	TRY(walk(args[1], &files, &folders, e));
	TRY(read_all(p, &files, e));
	TRY(index_entries(p, maps, e));
	TRY(check_uses(p, maps, missing, e));
	if (p->faults)
		return fail(e, ERR_INVALID, "poc.faults", "%zu faults in messages and translations",
		    p->faults);
	if (missing >= 0)
		return ERR_OK;
	AUTO_BUF out = BUF_INIT(POC_OUT_MAX_BYTES);
	TRY(write_table(p, maps, &out, e));
	TRY(write_file(args[2], &out, e));
	return write_depends(args[2], args[3], &files, &folders, e);
}

int main(int argc, char **argv)
{
	int missing = -1;
	if (argc == 5 && str_is(str_of(argv[1]), "--missing"))
		for (int l = 0; l < POC_LANGS; l++)
			if (str_is(str_of(argv[2]), poc_langs[l].code))
				missing = l;
	bool asks = argc == 5 && str_is(str_of(argv[1]), "--missing");
	if (argc != 5 || (asks && missing < 0)) {
		fputs("usage: poc PO SRC OUT.c OUT.d\n       poc --missing LANG PO SRC\n", stderr);
		return 2;
	}
	struct err e = {0};
	AUTO_ARENA a = arena_new(POC_ARENA_MAX_BYTES);
	if (!a)
		return 4;
	struct poc p = {.a = a};
	enum err_code c = run(&p, missing, asks ? argv + 3 : argv + 1, &e);
	if (c == ERR_OK)
		return 0;
	char line[1024];
	fprintf(stderr, "%s\n", err_format(&e, line, sizeof line));
	return err_exit_status(c);
}
