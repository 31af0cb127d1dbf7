/* Selections: what is chosen, and how often every value of every facet occurs.
 *
 * A facet's counts ignore its own values but keep all other facets, so a row that fails no facet
 * counts for all of them and a row that fails exactly one counts for that one. A row that fails two
 * counts nowhere: so only the rows that pass one of the two rarest facets are looked at. With one
 * facet the rows that fail it count for it alone, and its counts are those of the whole set. Time
 * is linear in the rows that are looked at; the memory is one byte a row and one counter for each
 * value. Country and role belong together and are one facet here. */
#include "feat/register/select_index.h"

enum { COUNT_BUCKETS = 4096 }; /* to find the most frequent values without sorting all of them */

static const char *const facet_names[FACETS] = {
    "priority", "also", "status", "implementer", "type", "country", "role", "year", "size"};

/* What is chosen, in a form that a row can be tested against. */
struct wanted {
	uint32_t active; /* bit (1 << facet) */
	uint32_t priority, also, status, role, size;
	bool type[ORG_TYPES_MAX];
	bool country[COUNTRY_CODES];
	uint16_t years_up_to[YEARS + 1]; /* number of chosen years before YEAR_MIN + i */
	bool *implementer;               /* by index of the set's orgs */
};

struct selecting {
	const struct activity_set *set;
	const struct select_index *ix;
	const struct activity_filter *f;
	struct arena *a;
	struct wanted w;
	struct counters c;
	uint8_t *matched; /* by row */
	size_t total;
	struct amounts amounts;
};

/* ---- what is wanted ---- */

static const struct filter_values *values_of(const struct activity_filter *f, enum facet_id id)
{
	switch (id) {
	case PRIORITY:
		return &f->priority;
	case ALSO:
		return &f->also_priority;
	case STATUS:
		return &f->status;
	case IMPLEMENTER:
		return &f->implementer;
	case TYPE:
		return &f->org_type;
	case COUNTRY:
		return &f->country;
	case ROLE:
		return &f->role;
	case YEAR:
		return &f->year;
	default:
		return &f->size;
	}
}

/* Bit of the word whose slug is v; 0 when none is. */
static uint32_t slug_bit(str v, const char *(*slug)(unsigned), unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (v.n && str_is(v, slug(i)))
			return 1u << i;
	return 0;
}

static const char *status_slug(unsigned i)
{
	return activity_status_slug((enum activity_status)i);
}

static const char *role_slug(unsigned i)
{
	return country_role_slug((enum country_role)i);
}

static const char *size_slug(unsigned i)
{
	return size_class_slug((enum size_class)i);
}

static uint32_t number_bit(str v)
{
	int64_t n = 0;
	return str_to_i64(v, &n) && n > 0 && n < PRIORITY_CODES ? 1u << n : 0;
}

static void want_value(struct selecting *x, enum facet_id id, str v, bool *years)
{
	int64_t year = 0;
	int country = v.n == 2 ? select_country_code(v.p) : -1;
	switch (id) {
	case PRIORITY:
		x->w.priority |= number_bit(v);
		break;
	case ALSO:
		x->w.also |= number_bit(v);
		break;
	case STATUS:
		x->w.status |= slug_bit(v, status_slug, STATUSES);
		break;
	case ROLE:
		x->w.role |= slug_bit(v, role_slug, ROLES);
		break;
	case SIZE:
		x->w.size |= slug_bit(v, size_slug, SIZE_CLASS_COUNT);
		break;
	case COUNTRY:
		if (country >= 0)
			x->w.country[country] = true;
		break;
	case YEAR:
		if (str_to_i64(v, &year) && year >= YEAR_MIN && year <= YEAR_MAX)
			years[year - YEAR_MIN] = true;
		break;
	case TYPE:
		for (size_t i = 1; i < x->set->n_org_types; i++)
			x->w.type[i] |= str_eq(x->set->org_types[i], v);
		break;
	case IMPLEMENTER:
		for (size_t i = 0; i < x->set->n_orgs; i++)
			x->w.implementer[i] |= v.n > 0 && str_eq(x->set->orgs[i].key, v);
		break;
	case FACETS:
		break;
	}
}

static enum err_code want(struct selecting *x, struct err *e)
{
	bool years[YEARS] = {0};
	x->w.implementer = ARENA_ARRAY(x->a, x->set->n_orgs + 1, bool);
	x->c.implementer = ARENA_ARRAY(x->a, x->set->n_orgs + 1, uint32_t);
	x->matched = ARENA_ARRAY(x->a, x->set->n + 1, uint8_t);
	if (!x->w.implementer || !x->c.implementer || !x->matched)
		return arena_fail(x->a, e);
	for (int id = 0; id < FACETS; id++) {
		const struct filter_values *v = values_of(x->f, (enum facet_id)id);
		if (v->n)
			x->w.active |= 1u << id;
		for (size_t i = 0; i < v->n; i++)
			want_value(x, (enum facet_id)id, v->v[i], years);
	}
	for (size_t i = 0; i < YEARS; i++)
		x->w.years_up_to[i + 1] = (uint16_t)(x->w.years_up_to[i] + years[i]);
	return ERR_OK;
}

/* ---- one row ---- */

/* Facets other than country and role that the row fails, as bits. */
static inline uint32_t failed(const struct wanted *w, const struct facet_row *r)
{
	uint32_t bad = 0;
	if (!w->active)
		return 0;
	bad |= (uint32_t) !(w->priority >> (r->primary_priority & 31) & 1) << PRIORITY;
	bad |= (uint32_t) !(w->also & r->priorities & ~(1u << (r->primary_priority & 31))) << ALSO;
	bad |= (uint32_t) !(w->status >> r->status & 1) << STATUS;
	bad |= (uint32_t) !(w->size >> r->size & 1) << SIZE;
	bad |= (uint32_t)!w->type[r->org_type] << TYPE;
	if (w->active & 1u << IMPLEMENTER)
		bad |= (uint32_t)(r->implementer == ROW_NONE || !w->implementer[r->implementer])
		       << IMPLEMENTER;
	if (w->active & 1u << YEAR)
		bad |= (uint32_t)(!r->first_year || w->years_up_to[r->last_year - YEAR_MIN + 1] ==
		                                        w->years_up_to[r->first_year - YEAR_MIN])
		       << YEAR;
	return bad & w->active;
}

/* True when one of the row's countries has a chosen code and a chosen role. */
static inline bool has_place(const struct selecting *x, const struct facet_row *r)
{
	bool any_country = !(x->w.active & 1u << COUNTRY), any_role = !(x->w.active & 1u << ROLE);
	if (any_country && any_role)
		return true;
	const struct facet_country *c = x->ix->countries + r->first_country;
	for (size_t i = 0; i < r->n_countries; i++)
		if ((any_country || (c[i].code < COUNTRY_CODES && x->w.country[c[i].code])) &&
		    (any_role || x->w.role >> c[i].role & 1))
			return true;
	return false;
}

/* Was the country of entry i counted for an earlier entry of the row, whose role is chosen too? */
static bool counted_before(const struct selecting *x, const struct facet_country *c, size_t i)
{
	bool any_role = !(x->w.active & 1u << ROLE);
	for (size_t k = 0; k < i; k++)
		if (c[k].code == c[i].code && (any_role || x->w.role >> c[k].role & 1))
			return true;
	return false;
}

/* Countries count with a chosen role, roles with a chosen country; each once a row. */
static inline void count_places(struct selecting *x, const struct facet_row *r)
{
	bool any_country = !(x->w.active & 1u << COUNTRY), any_role = !(x->w.active & 1u << ROLE);
	const struct facet_country *c = x->ix->countries + r->first_country;
	uint32_t roles = 0;
	for (size_t i = 0; i < r->n_countries; i++) {
		if (c[i].code == FACET_COUNTRY_NONE)
			continue;
		if ((any_role || x->w.role >> c[i].role & 1) &&
		    !(c[i].again && counted_before(x, c, i)))
			x->c.country[c[i].code]++;
		if (any_country || x->w.country[c[i].code])
			roles |= 1u << c[i].role;
	}
	for (; roles; roles &= roles - 1)
		x->c.role[__builtin_ctz(roles)]++;
}

static inline void count_facet(struct counters *c, const struct facet_row *r, enum facet_id id)
{
	switch (id) {
	case PRIORITY:
		c->priority[r->primary_priority & 31]++;
		break;
	case ALSO:
		for (uint32_t bits = r->priorities & ~(1u << (r->primary_priority & 31)); bits;
		     bits &= bits - 1)
			c->also[__builtin_ctz(bits)]++;
		break;
	case STATUS:
		c->status[r->status]++;
		break;
	case IMPLEMENTER:
		if (r->implementer != ROW_NONE)
			c->implementer[r->implementer]++;
		break;
	case TYPE:
		c->type[r->org_type]++;
		break;
	case YEAR:
		if (r->first_year) {
			c->year_steps[r->first_year - YEAR_MIN]++;
			c->year_steps[r->last_year - YEAR_MIN + 1]--;
		}
		break;
	case SIZE:
		c->size[r->size]++;
		break;
	case COUNTRY:
	case ROLE:
	case FACETS:
		break;
	}
}

static inline void take_match(struct selecting *x, uint32_t row)
{
	const struct activity_row *r = &x->set->rows[row];
	struct amounts *m = &x->amounts;
	x->matched[row] = 1;
	x->total++;
	if (r->contribution_minor == ROW_AMOUNT_NONE || memcmp(r->currency, "EUR", 4) != 0)
		m->without++;
	else if (__builtin_add_overflow(m->sum_minor, r->contribution_minor, &m->sum_minor))
		m->too_large = true;
}

static inline void look_at(struct selecting *x, uint32_t row)
{
	const struct facet_row *r = &x->ix->rows[row];
	uint32_t bad = failed(&x->w, r);
	if (bad & (bad - 1))
		return; /* fails two facets: counts nowhere */
	bool place = has_place(x, r);
	if (bad) {
		if (place)
			count_facet(&x->c, r, (enum facet_id)__builtin_ctz(bad));
		return;
	}
	count_places(x, r);
	if (!place)
		return;
	take_match(x, row);
	count_facet(&x->c, r, PRIORITY);
	count_facet(&x->c, r, ALSO);
	count_facet(&x->c, r, STATUS);
	count_facet(&x->c, r, IMPLEMENTER);
	count_facet(&x->c, r, TYPE);
	count_facet(&x->c, r, YEAR);
	count_facet(&x->c, r, SIZE);
}

/* ---- the rows that can count ---- */

static void look_at_all(struct selecting *x)
{
	for (uint32_t row = 0; row < x->set->n; row++)
		look_at(x, row);
}

static bool wants(const struct wanted *w, enum facet_id id, size_t v)
{
	switch (id) {
	case PRIORITY:
		return w->priority >> v & 1;
	case ALSO:
		return w->also >> v & 1;
	case STATUS:
		return v < STATUSES && w->status >> v & 1;
	case IMPLEMENTER:
		return w->implementer[v];
	case TYPE:
		return v < ORG_TYPES_MAX && w->type[v];
	case COUNTRY:
		return w->country[v];
	case ROLE:
		return v < ROLES && w->role >> v & 1;
	case YEAR:
		return w->years_up_to[v + 1] > w->years_up_to[v];
	case SIZE:
		return v < SIZE_CLASS_COUNT && w->size >> v & 1;
	case FACETS:
		break;
	}
	return false;
}

/* How many rows have a wanted value, at most; everything when that is not known. Marks them in bits
 * unless that is NULL. */
static size_t rows_wanted(const struct selecting *x, enum facet_id id, uint64_t *bits)
{
	const struct value_rows *of = &x->ix->of[id];
	size_t n = 0;
	if (!(x->w.active & 1u << id))
		return 0;
	if (!of->rows)
		return x->set->n;
	for (size_t v = 0; v < of->n_values; v++) {
		if (!wants(&x->w, id, v))
			continue;
		n += of->first[v + 1] - of->first[v];
		for (size_t i = of->first[v]; bits && i < of->first[v + 1]; i++)
			bits[of->rows[i] / 64] |= (uint64_t)1 << of->rows[i] % 64;
	}
	return n;
}

/* The rows that only fail facet id count for it, and all other rows pass it. */
static void count_as_whole(struct selecting *x, enum facet_id id)
{
	const struct counters *from = &x->ix->whole;
	struct counters *to = &x->c;
	const struct {
		void *to;
		const void *from;
		size_t n;
	} parts[FACETS] = {
	    [PRIORITY] = {to->priority, from->priority, sizeof to->priority},
	    [ALSO] = {to->also, from->also, sizeof to->also},
	    [STATUS] = {to->status, from->status, sizeof to->status},
	    [IMPLEMENTER] = {to->implementer, from->implementer,
	        x->set->n_orgs * sizeof *to->implementer},
	    [TYPE] = {to->type, from->type, sizeof to->type},
	    [COUNTRY] = {to->country, from->country, sizeof to->country},
	    [ROLE] = {to->role, from->role, sizeof to->role},
	    [YEAR] = {to->year_steps, from->year_steps, sizeof to->year_steps},
	    [SIZE] = {to->size, from->size, sizeof to->size},
	};
	if (parts[id].n)
		memcpy(parts[id].to, parts[id].from, parts[id].n);
}

static void take_whole(struct selecting *x)
{
	for (int id = 0; id < FACETS; id++)
		count_as_whole(x, (enum facet_id)id);
	memset(x->matched, 1, x->set->n);
	x->total = x->set->n;
	x->amounts = x->ix->amounts;
}

/* Countries and roles are one facet, under COUNTRY. */
static uint32_t parts_of(enum facet_id id)
{
	return id == COUNTRY ? 1u << COUNTRY | 1u << ROLE : id == ROLE ? 0 : 1u << id;
}

static size_t mark_wanted(const struct selecting *x, uint32_t parts, uint64_t *bits)
{
	size_t n = 0;
	for (int id = 0; id < FACETS; id++)
		if (parts & 1u << id)
			n += rows_wanted(x, (enum facet_id)id, bits);
	return n;
}

/* Finds the one or two rarest facets; how many are active. */
static size_t find_rarest(const struct selecting *x, uint32_t *ret_parts, size_t *ret_rows)
{
	uint32_t parts[2] = {0, 0};
	size_t rows[2] = {0, 0}, n = 0;
	for (int id = 0; id < FACETS; id++) {
		uint32_t mine = parts_of((enum facet_id)id);
		if (!(x->w.active & mine))
			continue;
		size_t wanted = mark_wanted(x, mine, NULL);
		size_t at = n == 0 || wanted < rows[0] ? 0 : n == 1 || wanted < rows[1] ? 1 : 2;
		n++;
		if (at == 2)
			continue;
		if (at == 0) {
			parts[1] = parts[0];
			rows[1] = rows[0];
		}
		parts[at] = mine;
		rows[at] = wanted;
	}
	*ret_parts = parts[0] | parts[1];
	*ret_rows = rows[0] + rows[1];
	return n;
}

static enum err_code look_at_wanted(struct selecting *x, struct err *e)
{
	uint32_t parts;
	size_t rows, words = x->set->n / 64 + 1;
	size_t active = find_rarest(x, &parts, &rows);
	if (active == 0) {
		take_whole(x);
		return ERR_OK;
	}
	if (rows >= x->set->n) {
		look_at_all(x);
		return ERR_OK;
	}
	uint64_t *bits = ARENA_ARRAY(x->a, words, uint64_t);
	if (!bits)
		return arena_fail(x->a, e);
	(void)mark_wanted(x, parts, bits);
	for (size_t i = 0; i < words; i++)
		for (uint64_t left = bits[i]; left; left &= left - 1)
			look_at(x, (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(left));
	/* of country and role each counts within the other: with both nothing is counted as a whole
	 */
	uint32_t alone = parts & x->w.active;
	if (active == 1 && (alone & (alone - 1)) == 0)
		count_as_whole(x, (enum facet_id)__builtin_ctz(alone));
	return ERR_OK;
}

/* ---- the page of rows ---- */

struct paging {
	size_t skip, left;
	const struct activity_row **rows;
	size_t n;
};

/* Take the row if it is on the page; false when the page is full. */
static bool page_row(struct selecting *x, struct paging *p, uint32_t row)
{
	if (!x->matched[row])
		return true;
	if (p->skip) {
		p->skip--;
		return true;
	}
	if (!p->left)
		return false;
	p->rows[p->n++] = &x->set->rows[row];
	return --p->left > 0;
}

/* The rows of an order, the first `known` of it backwards when descending; what is unknown stays
 * last. */
static void page_in_order(
    struct selecting *x, struct paging *p, const uint32_t *order, size_t known)
{
	size_t n = x->set->n;
	for (size_t i = 0; i < n; i++) {
		size_t at = x->f->descending && i < known ? known - 1 - i : i;
		if (!page_row(x, p, order ? order[at] : (uint32_t)at))
			return;
	}
}

static void page_by_rank(struct selecting *x, struct paging *p, const uint32_t *hits, size_t n_hits)
{
	for (size_t i = 0; i < n_hits; i++) {
		uint32_t doc = hits[i],
		         row = doc < x->set->doc_limit ? x->set->row_of_doc[doc] : ROW_NONE;
		if (row == ROW_NONE)
			continue;
		if (!page_row(x, p, row))
			return;
		if (x->matched[row] == 1)
			x->matched[row] = 0; /* a hit counts once, also when it is named twice */
	}
}

static enum err_code make_page(
    struct selecting *x, const uint32_t *hits, size_t n_hits, struct selection *s, struct err *e)
{
	const struct activity_set *set = x->set;
	size_t limit = x->f->limit < x->total ? x->f->limit : x->total;
	struct paging p = {.skip = x->f->offset,
	    .left = limit,
	    .rows = ARENA_ARRAY(x->a, limit + 1, const struct activity_row *)};
	if (!p.rows)
		return arena_fail(x->a, e);
	if (!limit || p.skip >= x->total)
		p.left = 0;
	else if (x->f->sort == ACTIVITY_SORT_RELEVANCE && hits)
		page_by_rank(x, &p, hits, n_hits);
	else if (x->f->sort == ACTIVITY_SORT_START)
		page_in_order(x, &p, set->by_start, set->n_start);
	else if (x->f->sort == ACTIVITY_SORT_CONTRIBUTION)
		page_in_order(x, &p, set->by_contribution, set->n_contribution);
	else
		page_in_order(x, &p, NULL, set->n);
	s->rows = p.rows;
	s->n = p.n;
	return ERR_OK;
}

/* ---- facets ---- */

struct listing {
	struct facet_value *p;
	size_t n, cap;
};

static bool is_chosen(const struct filter_values *f, str v)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i], v))
			return true;
	return false;
}

static void list_value(struct listing *l, const struct filter_values *f, str v, size_t count)
{
	bool chosen = is_chosen(f, v);
	if ((count || chosen) && v.n && l->n < l->cap)
		l->p[l->n++] = (struct facet_value){v, count, chosen};
}

/* Chosen values that nothing has are listed too, so that they can be seen and taken back. */
static void list_rest(struct listing *l, const struct filter_values *f)
{
	for (size_t i = 0; i < f->n; i++) {
		bool there = false;
		for (size_t k = 0; k < l->n; k++)
			there |= str_eq(l->p[k].value, f->v[i]);
		if (!there && l->n < l->cap)
			l->p[l->n++] = (struct facet_value){f->v[i], 0, true};
	}
}

static int most_first(const void *pa, const void *pb)
{
	const struct facet_value *a = pa, *b = pb;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return str_cmp(a->value, b->value);
}

/* The count that about FACET_VALUES_MAX values reach. */
static uint32_t common_enough(const uint32_t *counts, size_t n)
{
	uint32_t buckets[COUNT_BUCKETS] = {0};
	for (size_t i = 0; i < n; i++)
		buckets[counts[i] < COUNT_BUCKETS ? counts[i] : COUNT_BUCKETS - 1]++;
	size_t so_far = 0;
	uint32_t c = COUNT_BUCKETS - 1;
	for (; c > 1; c--) {
		so_far += buckets[c];
		if (so_far + buckets[c - 1] > FACET_VALUES_MAX)
			break;
	}
	return c;
}

static void list_implementers(struct selecting *x, struct listing *l, const struct filter_values *f)
{
	uint32_t least = common_enough(x->c.implementer, x->set->n_orgs);
	for (size_t i = 0; i < x->set->n_orgs; i++)
		if (x->c.implementer[i] >= least || x->w.implementer[i])
			list_value(l, f, x->set->orgs[i].key, x->c.implementer[i]);
}

static void list_numbers(struct selecting *x, struct listing *l, const struct filter_values *f,
    const uint32_t *counts, int from, int to)
{
	for (int i = from; i <= to; i++)
		list_value(l, f, counts[i - from] || f->n ? arena_fmt(x->a, "%d", i) : STR_NONE,
		    counts[i - from]);
}

static void list_years(struct selecting *x, struct listing *l, const struct filter_values *f)
{
	uint32_t counts[YEARS];
	int32_t running = 0;
	for (size_t i = 0; i < YEARS; i++)
		counts[i] = (uint32_t)(running += x->c.year_steps[i]);
	list_numbers(x, l, f, counts, YEAR_MIN, YEAR_MAX);
}

static void list_slugs(struct listing *l, const struct filter_values *f, const uint32_t *counts,
    unsigned n, const char *(*slug)(unsigned))
{
	for (unsigned i = 0; i < n; i++)
		list_value(l, f, str_of(slug(i)), counts[i]);
}

static void list_countries(struct selecting *x, struct listing *l, const struct filter_values *f)
{
	for (int i = 0; i < COUNTRY_CODES; i++)
		if (x->c.country[i] || x->w.country[i])
			list_value(l, f, arena_fmt(x->a, "%c%c", 'A' + i / 26, 'A' + i % 26),
			    x->c.country[i]);
}

static void list_facet(
    struct selecting *x, enum facet_id id, struct listing *l, const struct filter_values *f)
{
	bool by_count = id == IMPLEMENTER || id == COUNTRY || id == TYPE;
	switch (id) {
	case PRIORITY:
		list_numbers(x, l, f, x->c.priority + 1, 1, PRIORITY_CODES - 1);
		break;
	case ALSO:
		list_numbers(x, l, f, x->c.also + 1, 1, PRIORITY_CODES - 1);
		break;
	case STATUS:
		list_slugs(l, f, x->c.status, STATUSES, status_slug);
		break;
	case ROLE:
		list_slugs(l, f, x->c.role, ROLES, role_slug);
		break;
	case SIZE:
		list_slugs(l, f, x->c.size, SIZE_CLASS_COUNT, size_slug);
		break;
	case IMPLEMENTER:
		list_implementers(x, l, f);
		break;
	case TYPE:
		for (size_t i = 1; i < x->set->n_org_types; i++)
			list_value(l, f, x->set->org_types[i], x->c.type[i]);
		break;
	case COUNTRY:
		list_countries(x, l, f);
		break;
	case YEAR:
		list_years(x, l, f);
		break;
	case FACETS:
		break;
	}
	if (by_count && l->n)
		qsort(l->p, l->n, sizeof *l->p, most_first);
	list_rest(l, f);
}

static enum err_code make_facets(struct selecting *x, struct selection *s, struct err *e)
{
	enum { CAP = FACET_VALUES_MAX + COUNTRY_CODES + FILTER_VALUES_MAX };
	struct facet *facets = ARENA_ARRAY(x->a, FACETS, struct facet);
	struct listing l = {.p = ARENA_ARRAY(x->a, CAP, struct facet_value), .cap = CAP};
	if (!facets || !l.p)
		return arena_fail(x->a, e);
	for (int id = 0; id < FACETS; id++) {
		l.n = 0;
		list_facet(x, (enum facet_id)id, &l, values_of(x->f, (enum facet_id)id));
		struct facet_value *values = ARENA_ARRAY(x->a, l.n + 1, struct facet_value);
		if (!values)
			return arena_fail(x->a, e);
		memcpy(values, l.p, l.n * sizeof *values);
		facets[id] = (struct facet){facet_names[id], values, l.n};
	}
	s->facets = facets;
	s->n_facets = FACETS;
	return ERR_OK;
}

enum err_code register_select(const struct activity_set *set, const struct activity_filter *f,
    const uint32_t *hits, size_t n_hits, struct arena *a, struct selection *ret_s, struct err *e)
{
	struct selecting *x = ARENA_NEW(a, struct selecting);
	if (!x)
		return arena_fail(a, e);
	*x = (struct selecting){.set = set, .ix = set->index, .f = f, .a = a};
	TRY(want(x, e));
	if (hits) {
		uint8_t *seen = ARENA_ARRAY(a, set->n + 1, uint8_t);
		if (!seen)
			return arena_fail(a, e);
		for (size_t i = 0; i < n_hits; i++) {
			uint32_t row =
			    hits[i] < set->doc_limit ? set->row_of_doc[hits[i]] : ROW_NONE;
			if (row != ROW_NONE && !seen[row]) {
				seen[row] = 1;
				look_at(x, row);
			}
		}
	} else {
		TRY(look_at_wanted(x, e));
	}
	struct selection s = {.total = x->total, .n_without_amount = x->amounts.without};
	if (x->amounts.too_large)
		return fail(
		    e, ERR_LIMIT, "register.sum", "the contributions are too large to add up");
	s.contribution = (money){.minor = x->amounts.sum_minor, .currency = "EUR"};
	TRY(make_facets(x, &s, e));
	TRY(make_page(x, hits, n_hits, &s, e));
	*ret_s = s;
	return ERR_OK;
}

enum err_code select_count_whole(const struct activity_set *set, struct arena *a, struct err *e)
{
	static const struct activity_filter everything;
	AUTO_ARENA scratch = arena_new(ARENA_NO_LIMIT);
	struct selecting *x = scratch ? ARENA_NEW(scratch, struct selecting) : NULL;
	uint32_t *implementer = ARENA_ARRAY(a, set->n_orgs + 1, uint32_t);
	if (!x || !implementer)
		return fail(
		    e, ERR_NOMEM, "register.count", "there is no memory to count the activities");
	*x = (struct selecting){.set = set, .ix = set->index, .f = &everything, .a = scratch};
	TRY(want(x, e));
	look_at_all(x);
	memcpy(implementer, x->c.implementer, set->n_orgs * sizeof *implementer);
	set->index->whole = x->c;
	set->index->whole.implementer = implementer;
	set->index->amounts = x->amounts;
	return ERR_OK;
}
