/* Tables of activities: portfolio, targets, postings; and visitors of the price site. */
#include "feat/figures/make.h"

/* ---- portfolio ---- */

enum { BREAKDOWN, VALUE, COUNT, WITH_AMOUNT, CONTRIBUTION };

static bool began(const struct making *m, const struct activity *x)
{
	pdate start = activity_start(x);
	return !date_is(m->as_of) || (start.precision && pdate_first(start).day <= m->as_of.day);
}

/* Financed from the programme, and begun on the day asked for. */
static bool in_portfolio(const struct making *m, const struct activity *x)
{
	return !str_is(x->scope, "outside") && began(m, x);
}

/* What ended later was still running on the day asked for. */
static enum activity_status status_then(const struct making *m, const struct activity *x)
{
	if (date_is(m->as_of) && x->actual_end.precision &&
	    pdate_last(x->actual_end).day > m->as_of.day)
		return ACTIVITY_STATUS_IMPLEMENTATION;
	return x->status;
}

/* The value of an activity in a breakdown, as a small number. */
typedef size_t (*class_fn)(const struct making *m, const struct activity *x);

struct breakdown {
	const char *slug, *label;
	class_fn of;
	size_t n;
};

static const char *const channels[] = {"", "international_org", "ngo", "migrant_org", "government",
    "research", "consultancy", "other"};
enum { CHANNELS = sizeof channels / sizeof channels[0], PRIORITIES = 32 };

static size_t by_status(const struct making *m, const struct activity *x)
{
	return (size_t)status_then(m, x);
}

static size_t by_size(const struct making *m, const struct activity *x)
{
	(void)m;
	return (size_t)size_class_of(x->contribution);
}

static size_t by_channel(const struct making *m, const struct activity *x)
{
	(void)m;
	for (size_t i = 1; x->implementer && i < CHANNELS; i++)
		if (str_is(x->implementer->type, channels[i]))
			return i;
	return 0;
}

static size_t by_priority(const struct making *m, const struct activity *x)
{
	(void)m;
	return (size_t)activity_primary_priority(x) % PRIORITIES;
}

static const struct breakdown breakdowns[] = {
    {"status", MSG("Status"), by_status, ACTIVITY_STATUS_SUSPENDED + 1},
    {"size", MSG("Size of the contribution"), by_size, SIZE_CLASS_COUNT},
    {"channel", MSG("Channel"), by_channel, CHANNELS},
    {"priority", MSG("Primary priority"), by_priority, PRIORITIES},
};

static void name_class(struct making *m, struct figure_cell *c, const struct breakdown *b, size_t i)
{
	if (b->of == by_status)
		figure_code(c, i ? activity_status_slug((enum activity_status)i) : "unknown",
		    activity_status_label((enum activity_status)i));
	else if (b->of == by_size)
		figure_code(
		    c, size_class_slug((enum size_class)i), size_class_label((enum size_class)i));
	else if (b->of == by_channel)
		figure_code(c, i ? channels[i] : "unknown", org_type_label(str_of(channels[i])));
	else if (i)
		figure_text(c, arena_fmt(m->a, "%zu", i));
	else
		figure_code(c, "unknown", MSG("Not stated"));
}

/* Activities of the class (SIZE_MAX: all) into the three cells behind the names. */
static void count_class(
    struct making *m, struct figure_cell *c, const struct breakdown *b, size_t class)
{
	int64_t n = 0, with = 0;
	money sum = MONEY_NONE;
	for (size_t i = 0; i < m->r->own.n; i++) {
		const struct activity *x = m->r->activities[i];
		if (!in_portfolio(m, x) || (class != SIZE_MAX && b->of(m, x) != class))
			continue;
		n++;
		if (money_is(x->contribution) && money_add(&sum, x->contribution))
			with++;
	}
	figure_integer(&c[COUNT], n);
	figure_integer(&c[WITH_AMOUNT], with);
	figure_amount(&c[CONTRIBUTION], sum);
}

void make_portfolio(struct making *m)
{
	for (size_t k = 0; k < sizeof breakdowns / sizeof breakdowns[0]; k++) {
		const struct breakdown *b = &breakdowns[k];
		for (size_t i = 0; i < b->n; i++) {
			bool any = false;
			for (size_t x = 0; x < m->r->own.n && !any; x++)
				any = in_portfolio(m, m->r->activities[x]) &&
				      b->of(m, m->r->activities[x]) == i;
			struct figure_cell *c = any ? figure_add(m, STR(""), STR("")) : NULL;
			if (!c)
				continue;
			figure_code(&c[BREAKDOWN], b->slug, b->label);
			name_class(m, &c[VALUE], b, i);
			count_class(m, c, b, i);
		}
	}
	struct figure_cell *c = figure_add_total(m);
	if (c)
		count_class(m, c, &breakdowns[0], SIZE_MAX);
}

/* ---- targets and results ---- */

enum { RATIO_DIGITS = 4 };

/* An activity's or the programme's own values, one after the other. */
typedef void (*value_fn)(struct making *m, const struct activity *x, const struct indicator *i,
    const struct indicator_value *v);

static void values_of(struct making *m, const struct activity *x, value_fn fn)
{
	for (size_t i = 0; x && i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values; k++)
			fn(m, x, &x->indicators[i], &x->indicators[i].values[k]);
}

/* In the order of the pack: by document number; the programme's own behind them. */
static void each_value(struct making *m, value_fn fn)
{
	for (uint32_t doc = 0; doc < m->r->own.doc_limit; doc++) {
		uint32_t row = m->r->own.row_of_doc[doc];
		if (row != ROW_NONE)
			values_of(m, m->r->activities[row], fn);
	}
	values_of(m, m->r->programme, fn);
}

static void put_number(struct figure_cell *c, str text, decimal v, bool shown)
{
	if (shown)
		figure_number(c, text, v);
}

static void put_ratio(struct making *m, struct figure_cell *c, const struct indicator_value *v)
{
	decimal ratio;
	if (!decimal_div(v->actual_num, v->target_num, &ratio) ||
	    !decimal_round(ratio, RATIO_DIGITS, DECIMAL_HALF_UP, &ratio))
		return; /* a target of zero */
	ratio = decimal_trim(ratio);
	AUTO_BUF b = BUF_INIT(128);
	buf_add_decimal(&b, ratio);
	str text = arena_str(m->a, buf_str(&b));
	if (text.p)
		figure_number(c, text, ratio);
	else
		m->full = true;
}

static bool target_known(const struct making *m, const struct activity *x)
{
	pdate start = activity_start(x);
	return !date_is(m->as_of) || !start.precision || pdate_first(start).day <= m->as_of.day;
}

static void add_target(struct making *m, const struct activity *x, const struct indicator *i,
    const struct indicator_value *v)
{
	enum { ACTIVITY, INDICATOR, DIMENSION, UNIT, BASELINE, TARGET, ACTUAL, RATIO };
	bool target = !decimal_is_none(v->target_num) && target_known(m, x),
	     actual = !decimal_is_none(v->actual_num) && figure_known(m, v->as_of);
	struct figure_cell *c = target || actual ? figure_add(m, v->source_line, v->note) : NULL;
	if (!c)
		return;
	figure_text(&c[ACTIVITY], x->is_programme ? STR("") : x->key);
	figure_text(&c[INDICATOR], i->title);
	figure_text(&c[DIMENSION], v->dimension);
	figure_text(&c[UNIT], i->unit);
	put_number(&c[BASELINE], v->baseline, v->baseline_num, !decimal_is_none(v->baseline_num));
	put_number(&c[TARGET], v->target, v->target_num, target);
	put_number(&c[ACTUAL], v->actual, v->actual_num, actual);
	if (target && actual)
		put_ratio(m, &c[RATIO], v);
}

void make_targets(struct making *m)
{
	each_value(m, add_target);
}

/* ---- postings ---- */

enum { POSTING_ACTIVITY, POSTING_COUNTRY, POSTING_SECTOR, POSTING_TARGET, POSTING_ACTUAL };

/* Value of key in "country=AF;sector=health"; STR_NONE when it is not there. */
static str pair_of(str dimension, const char *key)
{
	struct str_split it = str_split_on(dimension, ';');
	str part;
	while (str_next(&it, &part)) {
		ptrdiff_t eq = str_find_char(part, '=');
		if (eq > 0 && str_is(str_sub(part, 0, (size_t)eq), key))
			return str_sub(part, (size_t)eq + 1, part.n);
	}
	return STR_NONE;
}

static void put_whole(struct figure_cell *c, decimal v, bool has)
{
	int64_t n = 0;
	if (has && decimal_to_i64(v, &n))
		figure_integer(c, n);
}

/* The convention of a pack: the indicator is "placements", its parts are by country, and by country
 * and sector. */
static void add_posting(struct making *m, const struct activity *x, const struct indicator *i,
    const struct indicator_value *v)
{
	str country = pair_of(v->dimension, "country"), sector = pair_of(v->dimension, "sector");
	bool actual = !decimal_is_none(v->actual_num) && figure_known(m, v->as_of);
	if (!str_is(i->title, "placements") || !country.n ||
	    !(actual || (!decimal_is_none(v->target_num) && target_known(m, x))))
		return;
	struct figure_cell *c = figure_add(m, v->source_line, v->note);
	if (!c)
		return;
	figure_text(&c[POSTING_ACTIVITY], x->key);
	figure_text(&c[POSTING_COUNTRY], country);
	figure_text(&c[POSTING_SECTOR], sector);
	put_whole(&c[POSTING_TARGET], v->target_num,
	    !decimal_is_none(v->target_num) && target_known(m, x));
	put_whole(&c[POSTING_ACTUAL], v->actual_num, actual);
}

/* Totals over the countries for each activity, and over all: rows with a sector are parts of those
 * without. */
static void add_posting_total(struct making *m, str activity)
{
	int64_t sum = 0;
	for (size_t i = 0; i < m->rows.n; i++) {
		const struct figure_cell *c = m->rows.p[i].cells;
		if (c[POSTING_SECTOR].missing &&
		    (!activity.n || str_eq(c[POSTING_ACTIVITY].text, activity)))
			sum += c[POSTING_ACTUAL].integer;
	}
	struct figure_cell *c = figure_add_total(m);
	if (!c)
		return;
	figure_text(&c[POSTING_ACTIVITY], activity);
	figure_integer(&c[POSTING_ACTUAL], sum);
}

void make_postings(struct making *m)
{
	each_value(m, add_posting);
	for (size_t i = 0; i < m->rows.n; i++)
		if (i == 0 || !str_eq(m->rows.p[i].cells[POSTING_ACTIVITY].text,
		                  m->rows.p[i - 1].cells[POSTING_ACTIVITY].text))
			add_posting_total(m, m->rows.p[i].cells[POSTING_ACTIVITY].text);
	if (m->rows.n)
		add_posting_total(m, STR(""));
}

/* ---- visitors ---- */

struct visitor_kind {
	const char *key, *slug, *label;
	bool target;
};

static const struct visitor_kind visitor_kinds[] = {
    {"unique_visitors", "counted", MSG("Counted"), false},
    {"unique_visitors_estimate_low", "estimate-low", MSG("Estimate, lower bound"), false},
    {"unique_visitors_estimate_high", "estimate-high", MSG("Estimate, upper bound"), false},
    {"unique_visitors_target_min", "target-low", MSG("Target, lower bound"), true},
    {"unique_visitors_target_max", "target-high", MSG("Target, upper bound"), true},
};

static pdate day_of_year(int year, int month, int day)
{
	date d;
	return date_from_civil(year, month, day, &d) ? pdate_of(d) : PDATE_NONE;
}

static void add_visitors(
    struct making *m, const struct site_figure *f, const struct visitor_kind *k)
{
	enum { YEAR, KIND, VISITORS };
	int64_t n = 0;
	if (!figure_known(
	        m, k->target ? day_of_year(f->year, 1, 1) : day_of_year(f->year_last, 12, 31)) ||
	    !str_to_i64(f->value, &n))
		return;
	struct figure_cell *c = figure_add(m, f->source_line, f->note);
	if (!c)
		return;
	figure_integer(&c[YEAR], f->year);
	figure_code(&c[KIND], k->slug, k->label);
	figure_integer(&c[VISITORS], n);
}

void make_visitors(struct making *m)
{
	for (size_t i = 0; i < m->p->n_site_figures; i++)
		for (size_t k = 0; k < sizeof visitor_kinds / sizeof visitor_kinds[0]; k++)
			if (str_is(m->p->site_figures[i].key, visitor_kinds[k].key))
				add_visitors(m, &m->p->site_figures[i], &visitor_kinds[k]);
}
