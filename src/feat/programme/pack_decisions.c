/* The files that decisions/models.csv names. What stands in them is checked by those who run them. */
#include "feat/programme/pack.h"

static bool is_plain_name(str s, const char *ending)
{
	return s.n > strlen(ending) && s.p[0] != '.' && str_ends(s, str_of(ending)) && str_find_char(s, '/') < 0 &&
	    str_find_char(s, '\\') < 0;
}

/* The file that a cell names, into the arena; a fault when it is not there. */
static enum err_code read_named(
    struct pack_reader *r, size_t row, const char *column, const char *ending, str *ret, struct err *e)
{
	size_t c = (size_t)pack_column_of(PACK_DECISIONS, str_of(column));
	str name = pack_at(r->p, PACK_DECISIONS, row, c)->text;
	bool there = false;
	AUTO_BUF text = BUF_INIT(PACK_FILE_BYTES);
	char path[PACK_PATH_MAX * 2];
	if (!name.n)
		return ERR_OK;
	if (!is_plain_name(name, ending) || name.n > PACK_PATH_MAX) {
		pack_fault_cell(r, "pack.file_name", PACK_DECISIONS, row, c, "Name a file in the folder decisions.",
		    "\"%.*s\" is not the name of a file that ends in %s", STR_ARG(pack_show(name)), ending);
		return ERR_OK;
	}
	(void)snprintf(path, sizeof path, "decisions/%.*s", STR_ARG(name));
	TRY(pack_read_file(r, path, &text, &there, e));
	if (!there)
		return ERR_OK;
	*ret = arena_str(r->a, buf_str(&text));
	return ret->p ? ERR_OK : arena_fail(r->a, e);
}

static bool is_named(const struct pack *p, str file)
{
	for (size_t i = 0; i < p->rows[PACK_DECISIONS].n; i++)
		if (str_eq(pack_get(p, PACK_DECISIONS, i, "file"), file))
			return true;
	return false;
}

static enum err_code check_others(struct pack_reader *r, struct err *e)
{
	str *names = NULL;
	size_t n = 0;
	char path[PACK_PATH_MAX * 4];
	if (!r->files.list)
		return ERR_OK;
	TRY(r->files.list(r->files.ctx, "decisions", r->a, &names, &n, e));
	for (size_t i = 0; i < n; i++) {
		if (!str_ends(names[i], STR(".dmn")) || is_named(r->p, names[i]))
			continue;
		(void)snprintf(path, sizeof path, "decisions/%.*s", STR_ARG(pack_show(names[i])));
		pack_fault(r, "pack.unlisted", path, 0, 0, "Add a row for it to decisions/models.csv, or remove the file.",
		    "the model is not listed in decisions/models.csv");
	}
	return ERR_OK;
}

enum err_code pack_read_decisions(struct pack_reader *r, struct err *e)
{
	size_t n = r->p->rows[PACK_DECISIONS].n;
	r->p->decisions = ARENA_ARRAY(r->a, n, struct pack_decision);
	if (!r->p->decisions)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < n; i++) {
		TRY(read_named(r, i, "file", ".dmn", &r->p->decisions[i].text, e));
		TRY(read_named(r, i, "cases", ".json", &r->p->decisions[i].cases, e));
	}
	return check_others(r, e);
}

str pack_decision_text(const struct pack *p, size_t row)
{
	return p->decisions[row].text;
}

str pack_decision_cases(const struct pack *p, size_t row)
{
	return p->decisions[row].cases;
}
