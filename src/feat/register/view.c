/* The immutable view of all activities that lists, pages and exports read. */
#include "feat/register/register.h"

#include "base/map.h"
#include "base/utf8.h"
#include "db/stmt.h"
#include "feat/register/view.sql.h"

enum { DOC_MAX = 200000000 }; /* numbers of activities that the index by doc is made for */

struct reading {
	struct db *db;
	int64_t programme;
	bool own;
	struct arena *a;
	VEC(struct organisation) orgs;
	struct map *org_ids; /* bytes of the identifier -> index + 1 */
	VEC(struct activity_row) rows;
	VEC(struct row_country) countries;
	uint32_t *row_of_doc; /* before sorting */
	uint32_t doc_limit;
};

static str or_empty(str s)
{
	return s.p ? s : STR("");
}

/* ---- organisations ---- */

struct named {
	str folded;
	struct organisation org;
};

static int by_name(const void *pa, const void *pb)
{
	const struct named *a = pa, *b = pb;
	int c = str_cmp(a->folded, b->folded);
	return c ? c : memcmp(a->org.id.b, b->org.id.b, sizeof a->org.id.b);
}

static enum err_code sort_orgs(struct reading *x, struct err *e)
{
	AUTO_ARENA scratch = arena_new(ARENA_NO_LIMIT);
	struct named *all = scratch ? ARENA_ARRAY(scratch, x->orgs.n + 1, struct named) : NULL;
	if (!all)
		return fail(e, ERR_NOMEM, "register.sort",
		    "there is no memory to sort %zu organisations", x->orgs.n);
	AUTO_BUF folded = BUF_INIT(1 << 20);
	for (size_t i = 0; i < x->orgs.n; i++) {
		buf_clear(&folded);
		buf_add_folded(&folded, x->orgs.p[i].name);
		all[i] = (struct named){arena_str(scratch, buf_str(&folded)), x->orgs.p[i]};
		if (!all[i].folded.p)
			return arena_fail(scratch, e);
	}
	if (x->orgs.n)
		qsort(all, x->orgs.n, sizeof *all, by_name);
	for (size_t i = 0; i < x->orgs.n; i++)
		x->orgs.p[i] = all[i].org;
	return ERR_OK;
}

static enum err_code read_orgs(struct reading *x, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(view_orgs_open(x->db, x->programme, x->own, &rows, e));
	for (;;) {
		struct view_orgs_row r;
		bool more = false;
		TRY(view_orgs_next(rows, &r, &more, e));
		if (!more)
			break;
		str *texts[] = {
		    &r.key, &r.name, &r.type, &r.country, &r.country_basis, &r.source_line};
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			TRY(db_keep(x->a, texts[i], e));
		struct organisation *o = VEC_ADD(&x->orgs, x->a);
		if (!o)
			return arena_fail(x->a, e);
		*o = (struct organisation){.id = r.id,
		    .own = x->own,
		    .key = or_empty(r.key),
		    .name = r.name,
		    .type = or_empty(r.type),
		    .country = or_empty(r.country),
		    .country_basis = or_empty(r.country_basis),
		    .source_line = or_empty(r.source_line)};
	}
	TRY(sort_orgs(x, e));
	for (size_t i = 0; i < x->orgs.n; i++) {
		str id = {(const char *)x->orgs.p[i].id.b, sizeof x->orgs.p[i].id.b};
		if (!map_set(x->org_ids, id, (void *)(uintptr_t)(i + 1), NULL))
			return arena_fail(x->a, e);
	}
	return ERR_OK;
}

/* ---- rows ---- */

/* The first day of the actual period, else of the planned one; the last day for an end. */
static int32_t day_of(struct opt_i64 actual, int64_t actual_precision, struct opt_i64 planned,
    int64_t planned_precision, bool last)
{
	bool is_actual = actual.has && actual_precision;
	if (!is_actual && !(planned.has && planned_precision))
		return ROW_DAY_NONE;
	pdate d = {(int32_t)(is_actual ? actual.v : planned.v),
	    (uint8_t)(is_actual ? actual_precision : planned_precision)};
	return last ? pdate_last(d).day : pdate_first(d).day;
}

static enum err_code add_row(struct reading *x, struct view_rows_row *r, struct err *e)
{
	struct activity_row *row = VEC_ADD(&x->rows, x->a);
	if (!row)
		return arena_fail(x->a, e);
	if (r->doc < 0 || r->doc > DOC_MAX)
		return fail(e, ERR_LIMIT, "register.doc",
		    "activity %.*s has the number %lld, beyond %d", STR_ARG(r->key),
		    (long long)r->doc, DOC_MAX);
	TRY(db_keep(x->a, &r->key, e));
	TRY(db_keep(x->a, &r->title, e));
	uintptr_t org = uid_is(r->implementer)
	                    ? (uintptr_t)map_get(x->org_ids,
	                          (str){(const char *)r->implementer.b, sizeof r->implementer.b})
	                    : 0;
	*row = (struct activity_row){
	    .doc = (uint32_t)r->doc,
	    .implementer = org ? (uint32_t)(org - 1) : ROW_NONE,
	    .status = r->status.has ? (uint8_t)r->status.v : ACTIVITY_STATUS_UNKNOWN,
	    .start_day = day_of(r->actual_start_day, r->actual_start_precision,
	        r->planned_start_day, r->planned_start_precision, false),
	    .end_day = day_of(r->actual_end_day, r->actual_end_precision, r->planned_end_day,
	        r->planned_end_precision, true),
	    .contribution_minor =
	        r->contribution_minor.has ? r->contribution_minor.v : ROW_AMOUNT_NONE,
	    .key = r->key,
	    .title = r->title,
	};
	if (r->currency.n == 3)
		memcpy(row->currency, r->currency.p, 3);
	if (r->lang.n == sizeof row->lang)
		memcpy(row->lang, r->lang.p, sizeof row->lang);
	if (row->doc >= x->doc_limit)
		x->doc_limit = row->doc + 1;
	return ERR_OK;
}

static enum err_code read_rows(struct reading *x, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(view_rows_open(x->db, x->programme, x->own, &rows, e));
	for (;;) {
		struct view_rows_row r;
		bool more = false;
		TRY(view_rows_next(rows, &r, &more, e));
		if (!more)
			break;
		TRY(add_row(x, &r, e));
	}
	x->row_of_doc = ARENA_ARRAY(x->a, (size_t)x->doc_limit + 1, uint32_t);
	if (!x->row_of_doc)
		return arena_fail(x->a, e);
	memset(
	    x->row_of_doc, 0xff, ((size_t)x->doc_limit + 1) * sizeof *x->row_of_doc); /* ROW_NONE */
	for (size_t i = 0; i < x->rows.n; i++)
		x->row_of_doc[x->rows.p[i].doc] = (uint32_t)i;
	return ERR_OK;
}

/* The row of a document, NULL for the programme's own. */
static struct activity_row *row_at(struct reading *x, int64_t doc)
{
	uint32_t i = doc >= 0 && doc < x->doc_limit ? x->row_of_doc[doc] : ROW_NONE;
	return i == ROW_NONE ? NULL : &x->rows.p[i];
}

static uint8_t role_of(str word)
{
	for (unsigned i = 0; i < COUNTRY_ROLE_RECIPIENT; i++)
		if (str_is(word, country_role_slug((enum country_role)i)))
			return (uint8_t)i;
	return COUNTRY_ROLE_RECIPIENT;
}

static enum err_code add_country(
    struct reading *x, struct activity_row *row, str country, uint8_t role, struct err *e)
{
	if (row->n_countries == 0)
		row->first_country = (uint32_t)x->countries.n;
	for (size_t i = row->first_country; i < x->countries.n; i++)
		if (x->countries.p[i].role == role &&
		    memcmp(x->countries.p[i].code, country.p, 2) == 0)
			return ERR_OK; /* of a transaction: the activity has it already */
	if (row->n_countries == UINT16_MAX)
		return ERR_OK; /* there are 676 codes and five roles: cannot happen */
	struct row_country *c = VEC_ADD(&x->countries, x->a);
	if (!c)
		return arena_fail(x->a, e);
	*c = (struct row_country){{country.p[0], country.p[1], '\0'}, role};
	row->n_countries++;
	return ERR_OK;
}

static enum err_code read_countries(struct reading *x, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(view_countries_open(x->db, x->programme, x->own, &rows, e));
	for (;;) {
		struct view_countries_row r;
		bool more = false;
		TRY(view_countries_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct activity_row *row = row_at(x, r.doc);
		if (row && r.country.n == 2)
			TRY(add_country(x, row, r.country, role_of(r.role), e));
	}
}

static enum err_code read_priorities(struct reading *x, struct err *e)
{
	enum { CODE_MAX = 31 };
	AUTO_ROWS rows = NULL;
	TRY(view_priorities_open(x->db, x->programme, &rows, e));
	for (;;) {
		struct view_priorities_row r;
		bool more = false;
		TRY(view_priorities_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct activity_row *row = row_at(x, r.doc);
		if (!row || r.priority < 1 || r.priority > CODE_MAX)
			continue;
		row->priorities |= 1u << r.priority;
		if (r.is_primary)
			row->primary_priority = (uint8_t)r.priority;
	}
}

static enum err_code read_set(struct reading *x, struct activity_set *ret_set, struct err *e)
{
	x->org_ids = map_new(x->a, 7);
	if (!x->org_ids)
		return arena_fail(x->a, e);
	TRY(read_orgs(x, e));
	TRY(read_rows(x, e));
	TRY(read_countries(x, e));
	if (x->own)
		TRY(read_priorities(x, e));
	return activity_set_build(
	    x->rows.p, x->rows.n, x->countries.p, x->orgs.p, x->orgs.n, x->a, ret_set, e);
}

/* ---- details of the portfolio ---- */

static enum err_code read_details(
    struct db *db, int64_t programme, struct register_view *v, struct arena *a, struct err *e)
{
	v->activities = ARENA_ARRAY(a, v->own.n + 1, const struct activity *);
	if (!v->activities)
		return arena_fail(a, e);
	for (size_t i = 0; i < v->own.n; i++)
		TRY(activity_load(
		    db, programme, true, v->own.rows[i].key, a, &v->activities[i], e));
	struct view_programme_key_row r;
	enum err_code code = view_programme_key(db, programme, a, &r, e);
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(code);
	return activity_load(db, programme, true, r.key, a, &v->programme, e);
}

static enum err_code view_load(struct db *db, int64_t programme, bool with_comparison,
    struct arena *a, const struct register_view **ret_view, struct err *e)
{
	struct register_view *v = ARENA_NEW(a, struct register_view);
	if (!v)
		return arena_fail(a, e);
	struct reading own = {.db = db, .programme = programme, .own = true, .a = a};
	struct reading other = {.db = db, .programme = programme, .own = false, .a = a};
	TRY(read_set(&own, &v->own, e));
	if (with_comparison)
		TRY(read_set(&other, &v->comparison, e));
	else
		TRY(activity_set_build(NULL, 0, NULL, NULL, 0, a, &v->comparison, e));
	v->orgs = v->own.orgs;
	v->n_orgs = v->own.n_orgs;
	TRY(read_details(db, programme, v, a, e));
	*ret_view = v;
	return ERR_OK;
}

enum err_code register_view_load(struct db *db, int64_t programme, struct arena *a,
    const struct register_view **ret_view, struct err *e)
{
	return view_load(db, programme, true, a, ret_view, e);
}

enum err_code register_own_load(struct db *db, int64_t programme, struct arena *a,
    const struct register_view **ret_view, struct err *e)
{
	return view_load(db, programme, false, a, ret_view, e);
}

const struct activity *register_activity(const struct register_view *v, str key)
{
	for (size_t i = 0; i < v->own.n; i++)
		if (str_eq(v->own.rows[i].key, key))
			return v->activities[i];
	return NULL;
}

const struct organisation *register_org(const struct register_view *v, str key)
{
	for (size_t i = 0; i < v->n_orgs; i++)
		if (str_eq(v->orgs[i].key, key))
			return &v->orgs[i];
	return NULL;
}
