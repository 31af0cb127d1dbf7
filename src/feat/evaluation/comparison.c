/* Imported activities that those of the programme are compared with: chosen by sector when the snapshot is made. */
#include "feat/evaluation/comparison.h"

#include "base/utf8.h"
#include "db/stmt.h"
#include "feat/evaluation/comparison.sql.h"

struct comparing {
	struct db *db;
	struct arena *a;
	struct evaluation_view *v;
	VEC(struct comparison_rule) rules;
	VEC(str) sectors, units;
	VEC(struct comparison_activity) activities; /* by document */
	VEC(struct comparison_result) results;
};

/* Index of s in a list that holds each once; n: it is not there. */
static size_t index_of(const str *list, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], s))
			return i;
	return n;
}

static enum err_code add_once(struct comparing *c, bool sector, str s, struct err *e)
{
	size_t n = sector ? c->sectors.n : c->units.n;
	if (index_of(sector ? c->sectors.p : c->units.p, n, s) < n)
		return ERR_OK;
	str *to = sector ? VEC_ADD(&c->sectors, c->a) : VEC_ADD(&c->units, c->a);
	if (!to)
		return arena_fail(c->a, e);
	*to = s;
	if (c->sectors.n > COMPARISON_SECTORS_MAX)
		return fail(e, ERR_LIMIT, "evaluation.sectors", "comparison.csv names more than %d sectors", COMPARISON_SECTORS_MAX);
	return ERR_OK;
}

static enum err_code load_rules(struct comparing *c, struct err *e)
{
	AUTO_ROWS found = NULL;
	TRY(comparison_rules_open(c->db, c->v->programme->programme, &found, e));
	for (;;) {
		struct comparison_rules_row r;
		bool more = false;
		TRY(comparison_rules_next(found, &r, &more, e));
		if (!more)
			return ERR_OK;
		TRY(db_keep(c->a, &r.word, e));
		TRY(db_keep(c->a, &r.value, e));
		bool sector = str_is(r.kind, "sector");
		struct comparison_rule *to = VEC_ADD(&c->rules, c->a);
		if (!to)
			return arena_fail(c->a, e);
		*to = (struct comparison_rule){sector ? COMPARISON_SECTOR : COMPARISON_UNIT, r.word, r.value};
		TRY(add_once(c, sector, sector ? r.value : r.word, e));
	}
}

static const struct activity_row *row_of(const struct comparing *c, int64_t doc)
{
	const struct activity_set *s = &c->v->activities->comparison;
	uint32_t at = doc >= 0 && doc < s->doc_limit ? s->row_of_doc[doc] : ROW_NONE;
	return at == ROW_NONE ? NULL : &s->rows[at];
}

static enum err_code load_sectors(struct comparing *c, struct err *e)
{
	AUTO_ROWS found = NULL;
	TRY(comparison_sectors_open(c->db, c->v->programme->programme, &found, e));
	for (;;) {
		struct comparison_sectors_row r;
		bool more = false;
		TRY(comparison_sectors_next(found, &r, &more, e));
		if (!more)
			return ERR_OK;
		const struct activity_row *row = row_of(c, r.doc);
		size_t sector = index_of(c->sectors.p, c->sectors.n, r.code);
		if (!row || sector == c->sectors.n)
			continue;
		if (!c->activities.n || c->activities.p[c->activities.n - 1].row != row) {
			struct comparison_activity *to = VEC_ADD(&c->activities, c->a);
			if (!to)
				return arena_fail(c->a, e);
			to->row = row;
		}
		c->activities.p[c->activities.n - 1].sectors |= UINT64_C(1) << sector;
	}
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/* Does the folded title hold the word, by itself? */
static bool has_word(str title, str word)
{
	for (size_t i = 0; i + word.n <= title.n; i++)
		if ((i == 0 || !letter(title.p[i - 1])) && (i + word.n == title.n || !letter(title.p[i + word.n])) &&
		    memcmp(title.p + i, word.p, word.n) == 0)
			return true;
	return false;
}

/* The unit that a title counts in by the pack's words: the word that stands first decides. SIZE_MAX: none, or a
 * word for a percentage, which counts nothing. */
static size_t unit_of(const struct comparing *c, str title)
{
	AUTO_BUF folded = BUF_INIT(1 << 16);
	buf_add_folded(&folded, title);
	str rest = buf_str(&folded);
	while (rest.n) {
		for (size_t i = 0; i < c->rules.n; i++) {
			const struct comparison_rule *r = &c->rules.p[i];
			str head = str_sub(rest, 0, r->value.n + 1);
			if (r->kind == COMPARISON_UNIT && str_starts(rest, r->value) && has_word(head, r->value))
				return str_is(r->word, "percent") ? SIZE_MAX : index_of(c->units.p, c->units.n, r->word);
		}
		while (rest.n && letter(rest.p[0]))
			rest = str_sub(rest, 1, rest.n);
		while (rest.n && !letter(rest.p[0]))
			rest = str_sub(rest, 1, rest.n);
	}
	return SIZE_MAX;
}

/* "149,971" too: publishers write groups of three. */
static bool number_of(str text, double *ret)
{
	AUTO_BUF plain = BUF_INIT(64);
	decimal d;
	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		size_t digits = 0;
		while (text.p[i] == ',' && i + digits + 1 < text.n && text.p[i + digits + 1] >= '0' && text.p[i + digits + 1] <= '9')
			digits++;
		if (text.p[i] != ',')
			buf_addc(&plain, text.p[i]);
		else if (digits != 3 || i == 0)
			return false;
	}
	if (!decimal_parse(buf_str(&plain), &d))
		return false;
	*ret = decimal_to_double(d);
	return true;
}

struct seen { /* the indicator whose values are being read */
	int64_t doc, indicator;
	size_t unit;
};

static enum err_code add_result(struct comparing *c, struct seen *s, const struct comparison_results_row *r, struct err *e)
{
	double actual;
	if (!number_of(r->actual, &actual))
		return ERR_OK;
	bool first = s->doc != r->doc || s->indicator != r->indicator_no;
	if (first)
		*s = (struct seen){r->doc, r->indicator_no, unit_of(c, r->title)};
	if (s->unit == SIZE_MAX || !(actual > 0))
		return ERR_OK;
	struct comparison_result *last = c->results.n ? &c->results.p[c->results.n - 1] : NULL;
	if (!first && last && last->actual > 0) {
		if (actual > last->actual)
			last->actual = actual;
		return ERR_OK;
	}
	str title = r->title;
	TRY(db_keep(c->a, &title, e));
	struct comparison_result *to = VEC_ADD(&c->results, c->a);
	if (!to)
		return arena_fail(c->a, e);
	*to = (struct comparison_result){(uint16_t)s->unit, actual, title};
	return ERR_OK;
}

/* The results of an activity stand together, as its rows do: both are read in the order of documents. */
static enum err_code load_results(struct comparing *c, struct err *e)
{
	AUTO_ROWS found = NULL;
	struct seen s = {-1, -1, SIZE_MAX};
	size_t at = 0, *begins = ARENA_ARRAY(c->a, c->activities.n + 1, size_t);
	if (!begins)
		return arena_fail(c->a, e);
	TRY(comparison_results_open(c->db, c->v->programme->programme, &found, e));
	for (;;) {
		struct comparison_results_row r;
		bool more = false;
		TRY(comparison_results_next(found, &r, &more, e));
		if (!more)
			break;
		while (at < c->activities.n && c->activities.p[at].row->doc < r.doc)
			begins[++at] = c->results.n;
		if (at < c->activities.n && c->activities.p[at].row->doc == r.doc)
			TRY(add_result(c, &s, &r, e));
	}
	while (at < c->activities.n)
		begins[++at] = c->results.n;
	for (size_t i = 0; i < c->activities.n; i++) {
		c->activities.p[i].results = c->results.p + begins[i];
		c->activities.p[i].n_results = begins[i + 1] - begins[i];
	}
	return ERR_OK;
}

enum err_code comparison_load(struct db *db, struct evaluation_view *v, struct arena *a, struct err *e)
{
	struct comparing c = {.db = db, .a = a, .v = v};
	TRY(load_rules(&c, e));
	if (c.sectors.n && v->activities->comparison.n) {
		TRY(load_sectors(&c, e));
		TRY(load_results(&c, e));
	}
	v->comparison_rules = c.rules.p;
	v->n_comparison_rules = c.rules.n;
	v->comparison_sectors = c.sectors.p;
	v->n_comparison_sectors = c.sectors.n;
	v->comparison_units = c.units.p;
	v->n_comparison_units = c.units.n;
	v->comparisons = c.activities.p;
	v->n_comparisons = c.activities.n;
	return ERR_OK;
}
