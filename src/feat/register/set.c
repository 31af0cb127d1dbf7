/* The indexes of a set of activities: order by title, by start and by contribution, years, sizes,
 * types. */
#include "feat/register/select_index.h"

#include "base/map.h"
#include "base/utf8.h"

/* A row while it is sorted, with what it is compared by: folded texts are made once, not per
 * comparison. */
struct sort_row {
	str text;
	str second;
	int64_t known, value;
	uint32_t at;
};

static int by_text(const void *pa, const void *pb)
{
	const struct sort_row *a = pa, *b = pb;
	int c = str_cmp(a->text, b->text);
	return c ? c : str_cmp(a->second, b->second);
}

/* Unknown last, then the value, then the order that the rows have. */
static int by_value(const void *pa, const void *pb)
{
	const struct sort_row *a = pa, *b = pb;
	if (a->known != b->known)
		return a->known > b->known ? -1 : 1;
	int c = str_cmp(a->text, b->text);
	if (c)
		return c;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static enum err_code sort_rows(struct activity_row *rows, size_t n, struct err *e)
{
	AUTO_ARENA scratch = arena_new(ARENA_NO_LIMIT);
	struct sort_row *s = scratch ? ARENA_ARRAY(scratch, n + 1, struct sort_row) : NULL;
	struct activity_row *copy = s ? ARENA_ARRAY(scratch, n + 1, struct activity_row) : NULL;
	if (!copy)
		return fail(
		    e, ERR_NOMEM, "register.sort", "there is no memory to sort %zu activities", n);
	AUTO_BUF folded = BUF_INIT(1 << 20);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&folded);
		buf_add_folded(&folded, rows[i].title);
		s[i] = (struct sort_row){.text = arena_str(scratch, buf_str(&folded)),
		    .second = rows[i].key,
		    .at = (uint32_t)i};
		if (!s[i].text.p)
			return arena_fail(scratch, e);
	}
	if (n) {
		qsort(s, n, sizeof *s, by_text);
		memcpy(copy, rows, n * sizeof *rows);
	}
	for (size_t i = 0; i < n; i++)
		rows[i] = copy[s[i].at];
	return ERR_OK;
}

/* A row's place among the others by start or by contribution. Amounts in EUR come first, then the
 * other currencies, each on its own: nothing is converted. */
static enum err_code sort_index(const struct activity_row *rows, size_t n, bool contribution,
    uint32_t *ret_index, size_t *ret_known, struct err *e)
{
	AUTO_ARENA scratch = arena_new(ARENA_NO_LIMIT);
	struct sort_row *s = scratch ? ARENA_ARRAY(scratch, n + 1, struct sort_row) : NULL;
	if (!s)
		return fail(
		    e, ERR_NOMEM, "register.sort", "there is no memory to sort %zu activities", n);
	size_t known = 0;
	for (size_t i = 0; i < n; i++) {
		const struct activity_row *r = &rows[i];
		s[i] = (struct sort_row){.at = (uint32_t)i, .text = STR("")};
		if (contribution && r->contribution_minor != ROW_AMOUNT_NONE) {
			bool eur = strcmp(r->currency, "EUR") == 0;
			s[i].known = eur ? 2 : 1;
			s[i].text = eur ? STR("") : str_of(r->currency);
			s[i].value = r->contribution_minor;
		} else if (!contribution && r->start_day != ROW_DAY_NONE) {
			s[i].known = 1;
			s[i].value = r->start_day;
		}
		known += s[i].known > 0;
	}
	if (n)
		qsort(s, n, sizeof *s, by_value);
	for (size_t i = 0; i < n; i++)
		ret_index[i] = s[i].at;
	*ret_known = known;
	return ERR_OK;
}

static int16_t year_of(int32_t day)
{
	int32_t year = date_to_civil((date){day}).year;
	return (int16_t)(year < YEAR_MIN ? YEAR_MIN : year > YEAR_MAX ? YEAR_MAX : year);
}

static void derive_years(struct activity_row *r)
{
	r->first_year = r->last_year = 0;
	if (r->start_day == ROW_DAY_NONE && r->end_day == ROW_DAY_NONE)
		return;
	r->first_year = year_of(r->start_day != ROW_DAY_NONE ? r->start_day : r->end_day);
	r->last_year = year_of(r->end_day != ROW_DAY_NONE ? r->end_day : r->start_day);
	if (r->last_year < r->first_year)
		r->last_year = r->first_year;
}

/* Index of a type in the list, adding it when new; 0 when absent or when the list is full. */
static uint8_t type_index(str *types, size_t *n, str type)
{
	if (!type.n)
		return 0;
	for (size_t i = 1; i < *n; i++)
		if (str_eq(types[i], type))
			return (uint8_t)i;
	if (*n == ORG_TYPES_MAX)
		return 0;
	types[*n] = type;
	return (uint8_t)(*n)++;
}

static enum err_code derive(struct activity_row *rows, size_t n, const struct organisation *orgs,
    size_t n_orgs, struct arena *a, struct activity_set *set, struct err *e)
{
	str *types = ARENA_ARRAY(a, ORG_TYPES_MAX, str);
	uint8_t *type_of_org = ARENA_ARRAY(a, n_orgs + 1, uint8_t);
	if (!types || !type_of_org)
		return arena_fail(a, e);
	types[0] = STR("");
	size_t n_types = 1;
	for (size_t i = 0; i < n_orgs; i++)
		type_of_org[i] = type_index(types, &n_types, orgs[i].type);
	for (size_t i = 0; i < n; i++) {
		struct activity_row *r = &rows[i];
		derive_years(r);
		money m = MONEY_NONE;
		if (r->contribution_minor != ROW_AMOUNT_NONE) {
			m.minor = r->contribution_minor;
			memcpy(m.currency, r->currency, sizeof m.currency);
		}
		r->size = (uint8_t)size_class_of(m);
		r->org_type = r->implementer < n_orgs ? type_of_org[r->implementer] : 0;
		if (r->first_year && (!set->first_year || r->first_year < set->first_year))
			set->first_year = r->first_year;
		if (r->last_year > set->last_year)
			set->last_year = r->last_year;
	}
	set->org_types = types;
	set->n_org_types = n_types;
	return ERR_OK;
}

static enum err_code index_docs(const struct activity_row *rows, size_t n, struct arena *a,
    struct activity_set *set, struct err *e)
{
	uint32_t limit = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i].doc >= limit)
			limit = rows[i].doc + 1;
	uint32_t *of = ARENA_ARRAY(a, (size_t)limit + 1, uint32_t);
	if (!of)
		return arena_fail(a, e);
	memset(of, 0xff, ((size_t)limit + 1) * sizeof *of); /* ROW_NONE */
	for (size_t i = 0; i < n; i++)
		of[rows[i].doc] = (uint32_t)i;
	set->row_of_doc = of;
	set->doc_limit = limit;
	return ERR_OK;
}

enum err_code activity_set_build(struct activity_row *rows, size_t n,
    const struct row_country *countries, const struct organisation *orgs, size_t n_orgs,
    struct arena *a, struct activity_set *ret_set, struct err *e)
{
	struct activity_set set = {
	    .rows = rows, .n = n, .countries = countries, .orgs = orgs, .n_orgs = n_orgs};
	if (n > ACTIVITY_SET_MAX)
		return fail(e, ERR_LIMIT, "register.rows", "%zu activities are more than %d", n,
		    ACTIVITY_SET_MAX);
	uint32_t *start = ARENA_ARRAY(a, n + 1, uint32_t),
	         *contribution = ARENA_ARRAY(a, n + 1, uint32_t);
	if (!start || !contribution)
		return arena_fail(a, e);
	TRY(sort_rows(rows, n, e));
	TRY(derive(rows, n, orgs, n_orgs, a, &set, e));
	TRY(index_docs(rows, n, a, &set, e));
	TRY(sort_index(rows, n, false, start, &set.n_start, e));
	TRY(sort_index(rows, n, true, contribution, &set.n_contribution, e));
	set.by_start = start;
	set.by_contribution = contribution;
	TRY(select_index_new(&set, a, &set.index, e));
	TRY(select_count_whole(&set, a, e));
	*ret_set = set;
	return ERR_OK;
}
