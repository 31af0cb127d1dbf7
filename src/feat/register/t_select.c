/* Selections against a brute-force model: for every row and facet the definition is applied
 * literally. */
#include "base/test.h"

#include "base/env.h"
#include "base/utf8.h"
#include "feat/register/register.h"

enum { MODEL_ROWS = 80, MODEL_ORGS = 7, MODEL_COUNTRIES = 4, ROUNDS = 400 };

struct model {
	struct activity_set set;
	struct activity_row rows[MODEL_ROWS];
	struct row_country countries[MODEL_ROWS * MODEL_COUNTRIES];
	struct organisation orgs[MODEL_ORGS];
	size_t n;
};

static const char *const codes[] = {"AF", "GH", "SL", "XK", "NL", "ET"};
static const char *const org_keys[MODEL_ORGS] = {
    "iom", "iom-nl", "unhcr", "seva", "adpc", "", "hit"};
static const char *const types[MODEL_ORGS] = {"international_org", "international_org",
    "international_org", "migrant_org", "migrant_org", "ngo", ""};
static const char *const titles[] = {
    "Éthiopie", "ethiopia", "Zuid", "Temporary return", "Academy", "académie", "Moshi", ""};

static uint64_t pick(struct rng *rng, uint64_t n)
{
	return rng_next_u64(rng) % n;
}

static int32_t day_in(struct rng *rng)
{
	date d;
	assert_true(date_from_civil(2005 + (int32_t)pick(rng, 8), 1 + (int32_t)pick(rng, 12),
	    1 + (int32_t)pick(rng, 28), &d));
	return d.day;
}

static void random_row(
    struct model *m, struct rng *rng, size_t i, struct arena *a, size_t *n_countries)
{
	static const char *const currencies[] = {"EUR", "EUR", "EUR", "USD"};
	struct activity_row *r = &m->rows[i];
	*r = (struct activity_row){.doc = (uint32_t)(1 + i * 3),
	    .implementer = pick(rng, 5) ? (uint32_t)pick(rng, MODEL_ORGS) : ROW_NONE,
	    .status = (uint8_t)pick(rng, 7),
	    .primary_priority = (uint8_t)pick(rng, 7),
	    .start_day = pick(rng, 4) ? day_in(rng) : ROW_DAY_NONE,
	    .end_day = pick(rng, 3) ? day_in(rng) : ROW_DAY_NONE,
	    .contribution_minor = pick(rng, 3) ? (int64_t)pick(rng, 200000000) : ROW_AMOUNT_NONE,
	    .first_country = (uint32_t)*n_countries,
	    .title = str_of(titles[pick(rng, sizeof titles / sizeof titles[0])]),
	    .key = arena_fmt(a, "K%03zu", i)};
	memcpy(r->currency, currencies[pick(rng, 4)], 4);
	r->priorities = (uint32_t)pick(rng, 128) & ~1u;
	if (r->primary_priority)
		r->priorities |= 1u << r->primary_priority;
	for (size_t k = pick(rng, MODEL_COUNTRIES + 1); k > 0; k--) {
		struct row_country c = {.role = (uint8_t)pick(rng, 5)};
		memcpy(c.code, codes[pick(rng, 6)], 3);
		bool there = false;
		for (size_t x = r->first_country; x < *n_countries; x++)
			there |= memcmp(&m->countries[x], &c, sizeof c) == 0;
		if (!there) {
			m->countries[(*n_countries)++] = c;
			r->n_countries++;
		}
	}
}

static void random_set(struct model *m, struct rng *rng, struct arena *a)
{
	struct err e;
	size_t n_countries = 0;
	m->n = pick(rng, MODEL_ROWS + 1);
	for (size_t i = 0; i < MODEL_ORGS; i++)
		m->orgs[i] = (struct organisation){.key = str_of(org_keys[i]),
		    .name = str_of(org_keys[i]),
		    .type = str_of(types[i])};
	for (size_t i = 0; i < m->n; i++)
		random_row(m, rng, i, a, &n_countries);
	assert_ok(
	    activity_set_build(m->rows, m->n, m->countries, m->orgs, MODEL_ORGS, a, &m->set, &e),
	    &e);
}

/* ---- the model ---- */

static bool among(const struct filter_values *f, str v)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i], v))
			return true;
	return false;
}

static int year_at(int32_t day)
{
	return date_to_civil((date){day}).year;
}

static const char *const names[] = {
    "priority", "also", "status", "implementer", "type", "country", "role", "year", "size"};
enum { NAMES = 9, M_COUNTRY = 5, M_ROLE = 6 };

static const struct filter_values *model_filter(const struct activity_filter *f, int facet)
{
	const struct filter_values *all[] = {&f->priority, &f->also_priority, &f->status,
	    &f->implementer, &f->org_type, &f->country, &f->role, &f->year, &f->size};
	return all[facet];
}

/* Does the row have that value of a facet other than country and role? */
static bool has_value(const struct model *m, const struct activity_row *r, int facet, str v)
{
	int64_t n = -1;
	(void)str_to_i64(v, &n);
	bool in_euro = r->contribution_minor != ROW_AMOUNT_NONE && str_is(STR("EUR"), r->currency);
	int64_t euro = r->contribution_minor / 100;
	switch (facet) {
	case 0:
		return n > 0 && r->primary_priority == n;
	case 1:
		return n > 0 && n < 32 && (r->priorities >> n & 1) && r->primary_priority != n;
	case 2:
		return v.n && str_is(v, activity_status_slug((enum activity_status)r->status));
	case 3:
		return v.n && r->implementer != ROW_NONE && str_eq(v, m->orgs[r->implementer].key);
	case 4:
		return v.n && r->implementer != ROW_NONE && str_eq(v, m->orgs[r->implementer].type);
	case 7: {
		int from = r->start_day != ROW_DAY_NONE ? year_at(r->start_day)
		           : r->end_day != ROW_DAY_NONE ? year_at(r->end_day)
		                                        : 0;
		int to = r->end_day != ROW_DAY_NONE ? year_at(r->end_day) : from;
		return from && n >= from && n <= (to < from ? from : to);
	}
	default:
		return str_is(v, !in_euro         ? "unknown"
		                 : euro < 100000  ? "under-100k"
		                 : euro < 250000  ? "100k-250k"
		                 : euro < 1000000 ? "250k-1m"
		                                  : "1m-more");
	}
}

/* One of the row's countries has the code and the role asked for; STR_NONE asks for nothing. */
static bool has_country(const struct model *m, const struct activity_row *r,
    const struct filter_values *country, const struct filter_values *role)
{
	if (!country->n && !role->n)
		return true;
	for (size_t i = 0; i < r->n_countries; i++) {
		const struct row_country *c = &m->countries[r->first_country + i];
		if ((!country->n || among(country, str_of(c->code))) &&
		    (!role->n ||
		        among(role, str_of(country_role_slug((enum country_role)c->role)))))
			return true;
	}
	return false;
}

static bool passes(const struct model *m, const struct activity_row *r,
    const struct activity_filter *f, int ignored)
{
	static const struct filter_values none;
	for (int k = 0; k < NAMES; k++) {
		const struct filter_values *v = model_filter(f, k);
		if (k == ignored || k == M_COUNTRY || k == M_ROLE || !v->n)
			continue;
		bool any = false;
		for (size_t i = 0; i < v->n; i++)
			any |= has_value(m, r, k, v->v[i]);
		if (!any)
			return false;
	}
	return has_country(
	    m, r, ignored == M_COUNTRY ? &none : &f->country, ignored == M_ROLE ? &none : &f->role);
}

static bool counts_for(const struct model *m, const struct activity_row *r,
    const struct activity_filter *f, int facet, str v)
{
	struct filter_values one = {.v = {v}, .n = 1};
	if (!passes(m, r, f, facet))
		return false;
	if (facet == M_COUNTRY)
		return has_country(m, r, &one, &f->role);
	if (facet == M_ROLE)
		return has_country(m, r, &f->country, &one);
	return has_value(m, r, facet, v);
}

/* ---- comparing ---- */

static const char *const pool[NAMES][6] = {{"1", "2", "6", "9", "x", "3"},
    {"1", "2", "4", "5", "-1", "6"},
    {"implementation", "closed", "cancelled", "nonsense", "pipeline", "suspended"},
    {"iom", "seva", "hit", "nobody", "adpc", "unhcr"},
    {"international_org", "migrant_org", "ngo", "nonsense", "", "other"},
    {"AF", "GH", "XK", "ZZ", "af", "NL"},
    {"beneficiary", "origin", "transit", "recipient", "nonsense", "destination"},
    {"2006", "2008", "2012", "1850", "20", "2010"},
    {"unknown", "under-100k", "100k-250k", "250k-1m", "1m-more", "huge"}};

static void random_filter(struct rng *rng, struct activity_filter *f)
{
	*f = (struct activity_filter){.sort = (enum activity_sort)pick(rng, 4),
	    .descending = pick(rng, 2),
	    .offset = pick(rng, 10),
	    .limit = pick(rng, 30)};
	struct filter_values *all[] = {&f->priority, &f->also_priority, &f->status, &f->implementer,
	    &f->org_type, &f->country, &f->role, &f->year, &f->size};
	for (int k = 0; k < NAMES; k++) {
		if (pick(rng, 3))
			continue;
		all[k]->n = 1 + pick(rng, 2);
		for (size_t i = 0; i < all[k]->n; i++)
			all[k]->v[i] = str_of(pool[k][pick(rng, 6)]);
	}
}

static void compare_facets(const struct model *m, const struct activity_filter *f,
    const struct selection *s, const bool *in)
{
	assert_int_equal(s->n_facets, NAMES);
	for (int k = 0; k < NAMES; k++) {
		assert_string_equal(s->facets[k].name, names[k]);
		size_t listed = 0;
		for (size_t i = 0; i < s->facets[k].n; i++) {
			const struct facet_value *v = &s->facets[k].values[i];
			size_t want = 0;
			for (size_t r = 0; r < m->n; r++)
				want += in[r] && counts_for(m, &m->set.rows[r], f, k, v->value);
			if (v->count != want)
				fail_msg("facet %s value %.*s: %zu, want %zu", names[k],
				    STR_ARG(v->value), v->count, want);
			assert_true(v->chosen == among(model_filter(f, k), v->value));
			assert_true(v->count || v->chosen);
			listed += v->count > 0;
		}
		/* nothing that counts is left out: every value of the pools that counts is listed
		 */
		for (size_t i = 0; i < 6; i++) {
			bool counts = false, there = false;
			for (size_t r = 0; r < m->n; r++)
				counts |= in[r] &&
				          counts_for(m, &m->set.rows[r], f, k, str_of(pool[k][i]));
			for (size_t x = 0; x < s->facets[k].n; x++)
				there |= str_is(s->facets[k].values[x].value, pool[k][i]);
			assert_true(there || !counts);
		}
		assert_true(listed <= s->facets[k].n);
	}
}

/* -1, 0, 1: what comes first in the order asked for. */
static int before(
    const struct activity_row *a, const struct activity_row *b, const struct activity_filter *f)
{
	int64_t x, y;
	if (f->sort == ACTIVITY_SORT_START) {
		x = a->start_day;
		y = b->start_day;
		if ((x == ROW_DAY_NONE) != (y == ROW_DAY_NONE))
			return x == ROW_DAY_NONE ? 1 : -1;
	} else if (f->sort == ACTIVITY_SORT_CONTRIBUTION) {
		bool ka = a->contribution_minor != ROW_AMOUNT_NONE,
		     kb = b->contribution_minor != ROW_AMOUNT_NONE;
		if (ka != kb)
			return ka ? -1 : 1;
		if (strcmp(a->currency, b->currency) != 0)
			return 0; /* amounts in different currencies are not compared */
		x = a->contribution_minor;
		y = b->contribution_minor;
	} else {
		AUTO_BUF fa = BUF_INIT(256);
		AUTO_BUF fb = BUF_INIT(256);
		buf_add_folded(&fa, a->title);
		buf_add_folded(&fb, b->title);
		x = str_cmp(buf_str(&fa), buf_str(&fb));
		y = 0;
	}
	int c = x < y ? -1 : x > y;
	return f->descending ? -c : c;
}

static void compare_page(const struct model *m, const struct activity_filter *f,
    const struct selection *s, const bool *in)
{
	size_t total = 0, without = 0;
	int64_t sum = 0;
	for (size_t r = 0; r < m->n; r++) {
		const struct activity_row *row = &m->set.rows[r];
		if (!in[r] || !passes(m, row, f, -1))
			continue;
		total++;
		if (row->contribution_minor != ROW_AMOUNT_NONE && strcmp(row->currency, "EUR") == 0)
			sum += row->contribution_minor;
		else
			without++;
	}
	assert_int_equal(s->total, total);
	assert_int_equal(s->n_without_amount, without);
	assert_int_equal(s->contribution.minor, sum);
	size_t left = f->offset < total ? total - f->offset : 0;
	assert_int_equal(s->n, left < f->limit ? left : f->limit);
	for (size_t i = 0; i < s->n; i++) {
		assert_true(passes(m, s->rows[i], f, -1));
		for (size_t k = 0; k < i; k++)
			assert_true(s->rows[k] != s->rows[i]);
	}
	for (size_t i = 1; i < s->n; i++)
		assert_true(before(s->rows[i - 1], s->rows[i], f) <= 0);
}

static void test_model(void **state)
{
	(void)state;
	const char *given = getenv("GRUTTO_SEED");
	int64_t number = 20110711;
	if (given)
		assert_true(str_to_i64(str_of(given), &number));
	uint64_t seed = (uint64_t)number;
	struct rng rng = rng_seeded(&seed);
	print_message("# seed %lld\n", (long long)number);
	struct model *m = calloc(1, sizeof *m);
	assert_non_null(m);
	for (int round = 0; round < ROUNDS; round++) {
		struct err e;
		struct activity_filter f;
		struct selection s;
		bool in[MODEL_ROWS];
		uint32_t hits[MODEL_ROWS + 2];
		size_t n_hits = 0;
		AUTO_ARENA a = arena_new(64 << 20);
		random_set(m, &rng, a);
		random_filter(&rng, &f);
		bool search = pick(&rng, 3) == 0;
		for (size_t r = 0; r < m->n; r++) {
			in[r] = !search || pick(&rng, 2);
			if (search && in[r])
				hits[n_hits++] = m->set.rows[r].doc;
		}
		if (search)
			hits[n_hits++] = 4000000; /* a document that the set does not have */
		if (f.sort == ACTIVITY_SORT_RELEVANCE)
			f.descending = false;
		assert_ok(
		    register_select(&m->set, &f, search ? hits : NULL, n_hits, a, &s, &e), &e);
		compare_facets(m, &f, &s, in);
		compare_page(m, &f, &s, in);
	}
	free(m);
}

/* Hits stay in their rank, and one named twice is one row. */
static void test_rank(void **state)
{
	(void)state;
	struct err e;
	struct selection s;
	AUTO_ARENA a = arena_new(16 << 20);
	struct activity_row rows[3] = {{.doc = 7,
	                                   .title = STR("a"),
	                                   .key = STR("A"),
	                                   .implementer = ROW_NONE,
	                                   .contribution_minor = ROW_AMOUNT_NONE,
	                                   .start_day = ROW_DAY_NONE,
	                                   .end_day = ROW_DAY_NONE},
	    {.doc = 8,
	        .title = STR("b"),
	        .key = STR("B"),
	        .implementer = ROW_NONE,
	        .contribution_minor = ROW_AMOUNT_NONE,
	        .start_day = ROW_DAY_NONE,
	        .end_day = ROW_DAY_NONE},
	    {.doc = 9,
	        .title = STR("c"),
	        .key = STR("C"),
	        .implementer = ROW_NONE,
	        .contribution_minor = ROW_AMOUNT_NONE,
	        .start_day = ROW_DAY_NONE,
	        .end_day = ROW_DAY_NONE}};
	struct activity_set set;
	assert_ok(activity_set_build(rows, 3, NULL, NULL, 0, a, &set, &e), &e);
	const uint32_t hits[] = {9, 7, 9, 100};
	struct activity_filter f = {.sort = ACTIVITY_SORT_RELEVANCE, .limit = 10};
	assert_ok(register_select(&set, &f, hits, 4, a, &s, &e), &e);
	assert_int_equal(s.total, 2);
	assert_int_equal(s.n, 2);
	assert_str(s.rows[0]->key, "C");
	assert_str(s.rows[1]->key, "A");
}

/* The limits of the size classes: 250,000 is in the class above. */
static void test_sizes(void **state)
{
	(void)state;
	assert_int_equal(size_class_of(MONEY(99999 * 100 + 99, "EUR")), SIZE_CLASS_UNDER_100K);
	assert_int_equal(size_class_of(MONEY(100000 * 100, "EUR")), SIZE_CLASS_100K_250K);
	assert_int_equal(size_class_of(MONEY(250000 * 100, "EUR")), SIZE_CLASS_250K_1M);
	assert_int_equal(size_class_of(MONEY(1000000 * 100, "EUR")), SIZE_CLASS_1M_MORE);
	assert_int_equal(size_class_of(MONEY(0, "EUR")), SIZE_CLASS_UNDER_100K);
	assert_int_equal(size_class_of(MONEY(500, "USD")), SIZE_CLASS_UNKNOWN);
	assert_int_equal(size_class_of(MONEY_NONE), SIZE_CLASS_UNKNOWN);
}

static decimal number(const char *s)
{
	decimal d = DECIMAL_NONE;
	assert_true(!*s || decimal_parse(str_of(s), &d));
	return d;
}

static void a_target_is_met_from_the_side_that_is_better(void **state)
{
	(void)state;
	static const struct {
		const char *target, *actual;
		int ascending;
		enum target_state state;
	} rows[] = {{"10", "10.0", -1, TARGET_STATE_MET}, {"10", "9.99", -1, TARGET_STATE_NOT_MET},
	    {"10", "9.99", 0, TARGET_STATE_MET}, {"10", "10.01", 0, TARGET_STATE_NOT_MET}, {"10", "12", 1, TARGET_STATE_MET},
	    {"0", "0", 0, TARGET_STATE_MET}, {"5", "", 1, TARGET_STATE_NO_RESULT}, {"", "5", 1, TARGET_STATE_NO_TARGET},
	    {"", "", 1, TARGET_STATE_NONE}};
	struct target_tally t = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum target_state s = target_state_of(number(rows[i].target), number(rows[i].actual), rows[i].ascending);
		assert_int_equal(s, rows[i].state);
		target_tally_add(&t, s);
	}
	assert_int_equal(t.met, 4);
	assert_int_equal(t.not_met, 2);
	assert_int_equal(t.no_result, 1);
	assert_int_equal(t.no_target, 1);
	assert_int_equal(target_tally_both(&t), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_model),
	    cmocka_unit_test(test_rank), cmocka_unit_test(test_sizes),
	    cmocka_unit_test(a_target_is_met_from_the_side_that_is_better)};
	return test_run(tests);
}
