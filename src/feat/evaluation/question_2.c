/* Question 2: which choices were made, and were the criteria applied? */
#include <stdlib.h>

#include "base/map.h"
#include "engine/stats/stats.h"
#include "feat/evaluation/question_2.h"

enum { TOP = 10 };

/* ---- spending as printed ---- */

static int by_years(const void *pa, const void *pb)
{
	const struct spending_year *a = pa, *b = pb;
	bool many_a = a->year != a->year_last, many_b = b->year != b->year_last;
	if (many_a != many_b)
		return many_a - many_b;
	return a->year != b->year ? (a->year > b->year) - (a->year < b->year) : (a->year_last > b->year_last) - (a->year_last < b->year_last);
}

static struct spending_year *year_at(struct spending_year *years, size_t n, const struct budget_line *l)
{
	for (size_t i = 0; i < n; i++)
		if (years[i].year == l->year && years[i].year_last == l->year_last)
			return &years[i];
	return NULL;
}

static size_t priority_index(const struct programme_view *p, int code)
{
	for (size_t i = 0; i < p->n_priorities; i++)
		if (p->priorities[i].code == code)
			return i;
	return p->n_priorities;
}

static enum err_code take_line(struct spending_year *y, const struct programme_view *p, const struct budget_line *l, struct err *e)
{
	size_t k = priority_index(p, l->priority);
	if (!l->priority)
		y->printed = l;
	else if (k < p->n_priorities) {
		y->by[k] = l;
		y->n_known += money_is(l->amount);
		if (!money_add(&y->sum, l->amount))
			return fail(e, ERR_LIMIT, "evaluation.sum", "the spending of %d cannot be added up", y->year);
	}
	return ERR_OK;
}

static enum err_code take_spending(struct answer_2 *x, struct arena *a, struct err *e)
{
	const struct programme_view *p = x->facts->view->programme;
	struct spending_year *years = ARENA_ARRAY(a, x->facts->n_budget, struct spending_year);
	if (!years)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->facts->n_budget; i++) {
		const struct budget_line *l = &x->facts->budget[i];
		if (l->kind != BUDGET_KIND_EXPENDITURE)
			continue;
		struct spending_year *y = year_at(years, x->n_years, l);
		if (!y) {
			y = &years[x->n_years++];
			*y = (struct spending_year){.year = l->year, .year_last = l->year_last, .sum = MONEY_NONE,
			    .by = ARENA_ARRAY(a, p->n_priorities, const struct budget_line *)};
			if (!y->by)
				return arena_fail(a, e);
		}
		TRY(take_line(y, p, l, e));
	}
	if (x->n_years)
		qsort(years, x->n_years, sizeof *years, by_years);
	for (size_t i = 0; i < x->n_years; i++)
		x->n_single += years[i].year == years[i].year_last;
	x->years = years;
	return ERR_OK;
}

/* ---- groups ---- */

static bool known_amount(const struct activity *x)
{
	return money_is(x->contribution) && strcmp(x->contribution.currency, "EUR") == 0;
}

static void add_money(struct money_count *c, const struct activity *x)
{
	c->n++;
	if (known_amount(x))
		c->minor += x->contribution.minor;
	else
		c->n_unknown++;
}

struct grouping_up {
	struct arena *a;
	struct map *by_key; /* key -> index + 1 */
	VEC(struct group) list;
	VEC(uint32_t) memberships; /* pairs: group, activity */
};

static enum err_code join(struct grouping_up *g, str key, int order, const struct answer_2 *x, size_t activity, struct err *e)
{
	uintptr_t at = (uintptr_t)map_get(g->by_key, key);
	if (!at) {
		struct group *slot = VEC_ADD(&g->list, g->a);
		at = g->list.n;
		if (!slot || !map_set(g->by_key, key, (void *)at, NULL))
			return arena_fail(g->a, e);
		*slot = (struct group){.key = key, .order = order};
	}
	add_money(&g->list.p[at - 1].c, x->own[activity]);
	for (size_t i = 0; i < 2; i++) {
		uint32_t *m = VEC_ADD(&g->memberships, g->a);
		if (!m)
			return arena_fail(g->a, e);
		*m = i ? (uint32_t)activity : (uint32_t)(at - 1);
	}
	return ERR_OK;
}

static str fmt_key(struct arena *a, int v)
{
	str s = arena_fmt(a, "%d", v);
	return s.p ? s : STR("");
}

/* Each country once, whatever the roles; those in which migrants live are not what the activity is for. */
static enum err_code join_countries(struct grouping_up *g, const struct answer_2 *x, size_t activity, bool *ret_any, struct err *e)
{
	const struct activity *y = x->own[activity];
	for (size_t i = 0; i < y->n_countries; i++) {
		bool skip = y->countries[i].role == COUNTRY_ROLE_DESTINATION;
		for (size_t k = 0; k < i && !skip; k++)
			skip = y->countries[k].role != COUNTRY_ROLE_DESTINATION && str_eq(y->countries[k].country, y->countries[i].country);
		if (skip)
			continue;
		*ret_any = true;
		TRY(join(g, y->countries[i].country, 0, x, activity, e));
	}
	return ERR_OK;
}

static enum err_code join_groups(struct grouping_up *g, enum grouping by, const struct answer_2 *x, size_t i, bool *ret_any, struct err *e)
{
	const struct activity *y = x->own[i];
	int number = by == BY_PRIORITY ? activity_primary_priority(y) : by == BY_YEAR ? pdate_year(activity_start(y)) : 0;
	str key = STR("");
	if (by == BY_COUNTRY)
		return join_countries(g, x, i, ret_any, e);
	if (by == BY_CHANNEL)
		key = y->implementer ? y->implementer->type : STR("");
	else if (by == BY_SIZE) {
		number = (int)size_class_of(y->contribution);
		key = number ? str_of(size_class_slug((enum size_class)number)) : STR("");
	} else if (number)
		key = fmt_key(g->a, number);
	if (!key.n)
		return ERR_OK;
	*ret_any = true;
	return join(g, key, number, x, i, e);
}

static int by_order(const void *pa, const void *pb)
{
	const struct group *a = pa, *b = pb;
	return a->order != b->order ? (a->order > b->order) - (a->order < b->order) : str_cmp(a->key, b->key);
}

static enum err_code take_members(struct grouping_up *g, const struct answer_2 *x, struct err *e)
{
	for (size_t i = 0; i < g->list.n; i++) {
		g->list.p[i].members = ARENA_ARRAY(g->a, g->list.p[i].c.n, const struct activity *);
		if (!g->list.p[i].members)
			return arena_fail(g->a, e);
	}
	for (size_t i = 0; i + 1 < g->memberships.n; i += 2) {
		struct group *to = &g->list.p[g->memberships.p[i]];
		to->members[to->n_members++] = x->own[g->memberships.p[i + 1]];
	}
	if (g->list.n)
		qsort(g->list.p, g->list.n, sizeof *g->list.p, by_order);
	return ERR_OK;
}

static enum err_code take_groups(struct answer_2 *x, enum grouping by, struct arena *a, struct err *e)
{
	struct grouping_up g = {.a = a, .by_key = map_new(a, 0x2012 + (uint64_t)by)};
	if (!g.by_key)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->n; i++) {
		bool any = false;
		TRY(join_groups(&g, by, x, i, &any, e));
		x->groups[by].n_without += !any;
	}
	TRY(take_members(&g, x, e));
	x->groups[by].p = g.list.p;
	x->groups[by].n = g.list.n;
	return ERR_OK;
}

/* ---- spread ---- */

static void concentrate(const double *v, size_t n, struct arena *a, struct concentration *ret)
{
	struct err ignored;
	ret->n = n;
	ret->top_of = n < TOP ? n : TOP;
	ret->known = stats_herfindahl(v, n, &ret->herfindahl) && stats_top_share(v, n, TOP, a, &ret->top, &ignored) == ERR_OK;
}

/* Shares of activities and of implementing organisations in the known contributions. */
static enum err_code take_concentration(struct answer_2 *x, struct arena *a, struct err *e)
{
	double *v = ARENA_ARRAY(a, x->n, double), *by_org = ARENA_ARRAY(a, x->n, double);
	struct map *orgs = map_new(a, 0x20121);
	size_t n = 0, n_orgs = 0;
	if (!v || !by_org || !orgs)
		return arena_fail(a, e);
	for (size_t i = 0; i < x->n; i++) {
		const struct activity *y = x->own[i];
		if (!known_amount(y))
			continue;
		int64_t limits[] = {10000000, 25000000};
		x->under_100k += y->contribution.minor < limits[0];
		x->under_250k += y->contribution.minor < limits[1];
		v[n++] = (double)y->contribution.minor / 100;
		if (!y->implementer)
			continue;
		uintptr_t at = (uintptr_t)map_get(orgs, y->implementer->key);
		if (!at) {
			at = ++n_orgs;
			if (!map_set(orgs, y->implementer->key, (void *)at, NULL))
				return arena_fail(a, e);
		}
		by_org[at - 1] += (double)y->contribution.minor / 100;
	}
	concentrate(v, n, a, &x->activities);
	concentrate(by_org, n_orgs, a, &x->organisations);
	return ERR_OK;
}

static enum err_code take_overlap(struct answer_2 *x, struct arena *a, struct err *e)
{
	const struct programme_view *p = x->facts->view->programme;
	uint32_t *m = ARENA_ARRAY(a, p->n_priorities * p->n_priorities, uint32_t);
	if (!m)
		return arena_fail(a, e);
	x->n_priorities = p->n_priorities;
	for (size_t i = 0; i < x->n; i++) {
		size_t row = priority_index(p, activity_primary_priority(x->own[i]));
		bool more = false;
		for (size_t k = 0; k < x->own[i]->n_priorities && row < p->n_priorities; k++) {
			size_t column = priority_index(p, x->own[i]->priorities[k].priority);
			if (column < p->n_priorities)
				m[row * p->n_priorities + column]++;
			more |= column != row;
		}
		x->n_secondary += more;
	}
	x->overlap = m;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	struct answer_2 *x = ARENA_NEW(a, struct answer_2);
	if (!x)
		return arena_fail(a, e);
	x->facts = f;
	x->own = ARENA_ARRAY(a, f->n, const struct activity *);
	if (!x->own)
		return arena_fail(a, e);
	for (size_t i = 0; i < f->n; i++)
		if (!facts_outside(f->activities[i])) {
			x->own[x->n++] = f->activities[i];
			add_money(&x->all, f->activities[i]);
		}
	TRY(take_spending(x, a, e));
	for (int by = 0; by < GROUPINGS; by++)
		TRY(take_groups(x, (enum grouping)by, a, e));
	TRY(take_concentration(x, a, e));
	TRY(take_overlap(x, a, e));
	TRY(criteria_make(f, NULL, a, &x->criteria, e));
	TRY(refusals_make(f, a, &x->refusals, e));
	*ret = x;
	return ERR_OK;
}

const struct evaluation_part part_question_2 = {
    .question = 2,
    .slug = "question-2",
    .title = MSG("What was chosen, and were the criteria applied?"),
    .make = make,
    .tell = answer_2_tell,
    .json = answer_2_json,
};
