/* What the records lack: counted, each with its rows. */
#include "feat/evaluation/listing.h"
#include "feat/evaluation/told.h"

enum { QUALITY_ROWS = 500, QUALITY_OLDEST = 15 };

enum quality_check {
	QUALITY_BASELINE,
	QUALITY_NO_RESULT,
	QUALITY_NO_TARGET,
	QUALITY_RESULT_DATE,
	QUALITY_EVENT_DATE,
	QUALITY_START,
	QUALITY_STATUS,
	QUALITY_AMOUNT,
	QUALITY_IMPLEMENTER,
	QUALITY_COUNTRY,
	QUALITY_INTERVENTION,
	QUALITY_COUNT
};

/* A record that lacks something; value and event are NULL unless the check is about them. */
struct quality_row {
	const struct activity *activity;
	const struct indicator *indicator;
	const struct indicator_value *value;
	const struct activity_event *event;
};

struct quality_item {
	size_t lacking, all;
	VEC(struct quality_row) rows; /* the first QUALITY_ROWS */
};

struct quality_age {
	const struct activity *activity;
	pdate newest; /* PDATE_NONE: no fact has a date */
};

struct data_quality {
	const struct facts *facts;
	struct quality_item items[QUALITY_COUNT];
	const struct quality_age *oldest; /* running activities, the longest without news first */
	size_t n_oldest;
	const struct inconsistency **inconsistencies; /* that touch the scope */
	size_t n_inconsistencies;
};

static const struct {
	const char *slug, *text, *definition;
} checks[QUALITY_COUNT] = {
    [QUALITY_BASELINE] = {"no-baseline", MSG("Figures with a target or result, without a baseline: {0}."),
        MSG("Rows with a target or a result that have no baseline, as a share of those rows")},
    [QUALITY_NO_RESULT] = {"no-result", MSG("Targets without a result: {0}."), MSG("Rows with a target that have no result, as a share of the rows with a target")},
    [QUALITY_NO_TARGET] = {"no-target", MSG("Results without a target: {0}."), MSG("Rows with a result that have no target, as a share of the rows with a result")},
    [QUALITY_RESULT_DATE] = {"no-result-date", MSG("Results without a date: {0}."), MSG("Rows with a result that has no date, as a share of the rows with a result")},
    [QUALITY_EVENT_DATE] = {"no-event-date", MSG("Events without a date: {0}."), MSG("Events that have no date, as a share of the events")},
    [QUALITY_START] = {"no-start", MSG("Activities without a start: {0}."), MSG("Activities of which neither the planned nor the real start is known, as a share of the activities")},
    [QUALITY_STATUS] = {"no-status", MSG("Activities without a status: {0}."), MSG("Activities of which the state is not known, as a share of the activities")},
    [QUALITY_AMOUNT] = {"no-amount", MSG("Activities without an amount: {0}."), MSG("Activities with neither a contribution nor a total budget, as a share of the activities")},
    [QUALITY_IMPLEMENTER] = {"no-implementer", MSG("Activities without an implementer: {0}."), MSG("Activities of which nobody is named who carries them out, as a share of the activities")},
    [QUALITY_COUNTRY] = {"no-country", MSG("Activities without a country: {0}."), MSG("Activities of which no country is named, as a share of the activities")},
    [QUALITY_INTERVENTION] = {"no-intervention", MSG("Activities without a type of intervention: {0}."), MSG("Activities of which no main intervention is stated, as a share of the activities")},
};

/* ---- counting ---- */

static enum err_code note(struct data_quality *q, enum quality_check c, bool lacking, struct quality_row row, struct arena *a, struct err *e)
{
	struct quality_item *it = &q->items[c];
	it->all++;
	if (!lacking)
		return ERR_OK;
	it->lacking++;
	if (it->rows.n >= QUALITY_ROWS)
		return ERR_OK;
	struct quality_row *to = VEC_ADD(&it->rows, a);
	if (!to)
		return arena_fail(a, e);
	*to = row;
	return ERR_OK;
}

static enum err_code note_value(struct data_quality *q, const struct activity *x, const struct indicator *in, const struct indicator_value *v,
    struct arena *a, struct err *e)
{
	struct quality_row row = {x, in, v, NULL};
	bool target = v->target.p, actual = v->actual.p;
	if (target || actual)
		TRY(note(q, QUALITY_BASELINE, !v->baseline.p, row, a, e));
	if (target)
		TRY(note(q, QUALITY_NO_RESULT, !actual, row, a, e));
	if (actual) {
		TRY(note(q, QUALITY_NO_TARGET, !target, row, a, e));
		TRY(note(q, QUALITY_RESULT_DATE, !v->as_of.precision && !date_is(v->period_end), row, a, e));
	}
	return ERR_OK;
}

static bool has_main(const struct activity *x)
{
	for (size_t i = 0; i < x->n_interventions; i++)
		if (x->interventions[i].is_main)
			return true;
	return false;
}

static bool lacks(const struct activity *x, enum quality_check c)
{
	switch (c) {
	case QUALITY_START:
		return !activity_start(x).precision;
	case QUALITY_STATUS:
		return x->status == ACTIVITY_STATUS_UNKNOWN;
	case QUALITY_AMOUNT:
		return !money_is(x->contribution) && !money_is(x->total_budget);
	case QUALITY_IMPLEMENTER:
		return !x->implementer;
	case QUALITY_COUNTRY:
		return !x->n_countries;
	default:
		return c == QUALITY_INTERVENTION && !has_main(x);
	}
}

static enum err_code note_activity(struct data_quality *q, const struct activity *x, struct arena *a, struct err *e)
{
	struct quality_row row = {x, NULL, NULL, NULL};
	for (int c = QUALITY_START; c < QUALITY_COUNT; c++)
		TRY(note(q, (enum quality_check)c, lacks(x, (enum quality_check)c), row, a, e));
	for (size_t i = 0; i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values; k++)
			TRY(note_value(q, x, &x->indicators[i], &x->indicators[i].values[k], a, e));
	for (size_t i = 0; i < x->n_events; i++)
		TRY(note(q, QUALITY_EVENT_DATE, !x->events[i].day.precision, (struct quality_row){x, NULL, NULL, &x->events[i]}, a, e));
	return ERR_OK;
}

/* ---- oldest facts ---- */

static void newer(const struct facts *f, pdate *newest, pdate d)
{
	if (d.precision && d.day <= f->scope.as_of.day && (!newest->precision || d.day > newest->day))
		*newest = d;
}

static pdate newest_fact(const struct facts *f, const struct activity *x)
{
	pdate d = PDATE_NONE;
	newer(f, &d, x->actual_start);
	for (size_t i = 0; i < x->n_events; i++)
		newer(f, &d, x->events[i].day);
	for (size_t i = 0; i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values; k++)
			if (x->indicators[i].values[k].actual.p)
				newer(f, &d, x->indicators[i].values[k].as_of);
	return d;
}

static int by_age(const void *pa, const void *pb)
{
	const struct quality_age *a = pa, *b = pb;
	if (a->newest.day != b->newest.day)
		return a->newest.day < b->newest.day ? -1 : 1;
	return str_cmp(a->activity->key, b->activity->key);
}

static enum err_code take_oldest(struct data_quality *q, struct arena *a, struct err *e)
{
	struct quality_age *all = ARENA_ARRAY(a, q->facts->n, struct quality_age);
	size_t n = 0;
	if (!all)
		return arena_fail(a, e);
	for (size_t i = 0; i < q->facts->n; i++) {
		const struct activity *x = q->facts->activities[i];
		if (x->status == ACTIVITY_STATUS_IMPLEMENTATION && !facts_outside(x))
			all[n++] = (struct quality_age){x, newest_fact(q->facts, x)};
	}
	if (n)
		qsort(all, n, sizeof *all, by_age);
	q->oldest = all;
	q->n_oldest = n < QUALITY_OLDEST ? n : QUALITY_OLDEST;
	return ERR_OK;
}

/* ---- contradictions ---- */

static bool touches(const struct data_quality *q, const struct inconsistency *it)
{
	const struct facts *f = q->facts;
	if (!f->scope.activity && !f->scope.priority)
		return true;
	for (size_t i = 0; i < f->n; i++)
		for (const struct inconsistency *n = NULL; (n = programme_note_next(f->view->programme, STR("activity"), f->activities[i]->key, STR(""), n));)
			if (n == it)
				return true;
	return false;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct programme_view *p = f->view->programme;
	struct data_quality *q = ARENA_NEW(a, struct data_quality);
	if (!q || !(q->inconsistencies = ARENA_ARRAY(a, p->n_inconsistencies, const struct inconsistency *)))
		return arena_fail(a, e);
	q->facts = f;
	for (size_t i = 0; i < f->n; i++)
		if (!facts_outside(f->activities[i]))
			TRY(note_activity(q, f->activities[i], a, e));
	TRY(take_oldest(q, a, e));
	for (size_t i = 0; i < p->n_inconsistencies; i++)
		if (touches(q, &p->inconsistencies[i]))
			q->inconsistencies[q->n_inconsistencies++] = &p->inconsistencies[i];
	*ret = q;
	return ERR_OK;
}

/* ---- told ---- */

static struct source_row row_told(struct answer *w, const struct quality_row *r)
{
	if (r->value)
		return value_source(w, r->activity, r->indicator, r->value);
	return r->event ? event_source(w, r->activity, r->event) : activity_source(r->activity);
}

static void tell_item(const struct data_quality *q, struct answer *w, enum quality_check c)
{
	const struct quality_item *it = &q->items[c];
	struct source_row *rows = ARENA_ARRAY(w->arena, it->rows.n, struct source_row);
	struct figure f = {.id = str_of(checks[c].slug), .definition = i18n_text(w->lang, checks[c].definition), .rows = rows, .n_rows = it->rows.n,
	    .why = i18n_text(w->lang, MSG("There is no such record."))};
	if (!rows || figure_share(&f, it->lacking, it->all, w->arena, &w->failed) != ERR_OK)
		return;
	for (size_t i = 0; i < it->rows.n; i++)
		rows[i] = row_told(w, &it->rows.p[i]);
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = answer_words(w, checks[c].text, (str[]){answer_share(w, it->lacking, it->all)}, 1)};
	answer_statement(w, &st);
}

/* Which activity lacks how many of what: in the order of the register. */
static void table_activities(const struct data_quality *q, struct answer *w)
{
	static const char *const heads[] = {MSG("Activity"), MSG("What it lacks")};
	static const char *const words[QUALITY_COUNT] = {[QUALITY_START] = MSG("start"), [QUALITY_STATUS] = MSG("status"), [QUALITY_AMOUNT] = MSG("amount"),
	    [QUALITY_IMPLEMENTER] = MSG("implementer"), [QUALITY_COUNTRY] = MSG("country"), [QUALITY_INTERVENTION] = MSG("type of intervention")};
	struct listing t = {.w = w};
	struct saying say = {w->arena, w->lang};
	for (size_t i = 0, n = 0; i < q->facts->n && n < QUALITY_ROWS; i++) {
		const struct activity *x = q->facts->activities[i];
		str lacking = STR("");
		for (int c = QUALITY_START; c < QUALITY_COUNT && !facts_outside(x); c++)
			if (lacks(x, (enum quality_check)c))
				lacking = told_join(&say, lacking, ", ", i18n_text(w->lang, words[c]));
		if (!lacking.n)
			continue;
		n++;
		listing_english(&t, activity_words(w, x), activity_href(w, x));
		listing_text(&t, lacking);
	}
	listing_show(&t, STR("lacking"), i18n_text(w->lang, MSG("Activities that lack something")), heads, 0, 2, true);
}

/* The rows of a check as a table with links. */
static void table_values(const struct data_quality *q, struct answer *w, enum quality_check c, const char *caption)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Indicator"), MSG("Part"), MSG("Target"), MSG("Result"), MSG("Lines")};
	struct listing t = {.w = w};
	struct saying say = {w->arena, w->lang};
	for (size_t i = 0; i < q->items[c].rows.n; i++) {
		const struct quality_row *r = &q->items[c].rows.p[i];
		double target = decimal_is_none(r->value->target_num) ? CHART_MISSING : decimal_to_double(r->value->target_num);
		double actual = decimal_is_none(r->value->actual_num) ? CHART_MISSING : decimal_to_double(r->value->actual_num);
		listing_english(&t, activity_words(w, r->activity), activity_href(w, r->activity));
		listing_english(&t, r->indicator->title, STR(""));
		listing_english(&t, r->value->dimension.n ? r->value->dimension : STR("total"), STR(""));
		listing_number(&t, told_decimal(&say, r->value->target_num, 2), target);
		listing_number(&t, told_decimal(&say, r->value->actual_num, 2), actual);
		listing_text(&t, r->value->source_line);
	}
	listing_show(&t, arena_fmt(w->arena, "table-%s", checks[c].slug), i18n_text(w->lang, caption), heads, 0x18, 6, true);
}

static void tell_oldest(const struct data_quality *q, struct answer *w)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Newest fact"), MSG("Planned end")};
	struct listing t = {.w = w};
	struct saying say = {w->arena, w->lang};
	struct source_row *rows = ARENA_ARRAY(w->arena, q->n_oldest, struct source_row);
	if (!rows || !q->n_oldest)
		return;
	for (size_t i = 0; i < q->n_oldest; i++) {
		const struct quality_age *o = &q->oldest[i];
		rows[i] = activity_source(o->activity);
		listing_english(&t, activity_words(w, o->activity), activity_href(w, o->activity));
		listing_text(&t, o->newest.precision ? told_pdate(&say, o->newest) : STR(""));
		listing_text(&t, told_pdate(&say, o->activity->planned_end));
	}
	const struct quality_age *o = &q->oldest[0];
	struct figure f = {.id = STR("oldest"), .type = o->newest.precision ? FIGURE_DATE : FIGURE_TEXT, .known = true, .low = NAN, .high = NAN, .rows = rows, .n_rows = 1,
	    .text = o->newest.precision ? told_pdate(&say, o->newest) : i18n_text(w->lang, MSG("no fact with a date")),
	    .definition = i18n_text(w->lang, MSG("Of the running activities, the one whose newest dated fact (start, event or result) is the oldest"))};
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = answer_words(w, MSG("The running activity that is without news the longest is {0}: {1}."), (str[]){activity_words(w, o->activity), f.text}, 2)};
	answer_heading(w, 2, STR("oldest"), i18n_text(w->lang, MSG("Oldest facts")));
	answer_statement(w, &st);
	listing_show(&t, STR("table-oldest"), i18n_text(w->lang, MSG("Running activities, the longest without news first")), heads, 0, 3, false);
}

static void tell_inconsistencies(const struct data_quality *q, struct answer *w)
{
	static const char *const heads[] = {MSG("Number"), MSG("Where the source contradicts itself"), MSG("Lines")};
	struct listing t = {.w = w};
	struct saying say = {w->arena, w->lang};
	struct source_row *rows = ARENA_ARRAY(w->arena, q->n_inconsistencies, struct source_row);
	struct figure f = {.id = STR("inconsistencies"), .type = FIGURE_COUNT, .known = true, .value = decimal_of((int64_t)q->n_inconsistencies), .low = NAN, .high = NAN,
	    .unit = i18n_text(w->lang, MSG("contradictions")), .rows = rows, .n_rows = q->n_inconsistencies,
	    .definition = i18n_text(w->lang, MSG("Places where the source contradicts itself, as the pack lists them; in a smaller scope those that touch its activities"))};
	if (!rows)
		return;
	for (size_t i = 0; i < q->n_inconsistencies; i++) {
		const struct inconsistency *it = q->inconsistencies[i];
		str number = arena_fmt(w->arena, "%d", it->number);
		rows[i] = (struct source_row){"inconsistency", number.p ? number : STR(""), it->lines};
		listing_number(&t, number, it->number);
		listing_text(&t, text3_in(&it->text, w->lang));
		listing_text(&t, it->lines);
	}
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = &f, .n_figures = 1,
	    .text = answer_words(w, MSG("Figures or dates that contradict each other in the source: {0}. Which of them is used stands with each."),
		(str[]){told_num(&say, (int64_t)q->n_inconsistencies)}, 1)};
	answer_heading(w, 2, STR("contradictions"), i18n_text(w->lang, MSG("Inconsistent figures")));
	answer_statement(w, &st);
	listing_show(&t, STR("table-contradictions"), i18n_text(w->lang, MSG("Contradictions in the source")), heads, 1, 3, true);
}

static enum err_code tell(const void *made, struct answer *w, struct err *e)
{
	const struct data_quality *q = made;
	(void)e;
	tell_item(q, w, QUALITY_BASELINE);
	answer_heading(w, 2, STR("figures"), i18n_text(w->lang, MSG("Figures")));
	for (int c = QUALITY_NO_RESULT; c <= QUALITY_EVENT_DATE; c++)
		tell_item(q, w, (enum quality_check)c);
	table_values(q, w, QUALITY_BASELINE, MSG("Figures without a baseline"));
	table_values(q, w, QUALITY_NO_RESULT, MSG("Targets without a result"));
	table_values(q, w, QUALITY_NO_TARGET, MSG("Results without a target"));
	answer_heading(w, 2, STR("about-activities"), i18n_text(w->lang, MSG("Activities")));
	for (int c = QUALITY_START; c < QUALITY_COUNT; c++)
		tell_item(q, w, (enum quality_check)c);
	table_activities(q, w);
	tell_oldest(q, w);
	tell_inconsistencies(q, w);
	return ERR_OK;
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct data_quality *q = made;
	(void)l;
	jw_key(j, "checks");
	jw_array(j);
	for (int c = 0; c < QUALITY_COUNT; c++) {
		jw_object(j);
		jw_key(j, "check");
		jw_str(j, str_of(checks[c].slug));
		jw_key(j, "lacking");
		jw_i64(j, (int64_t)q->items[c].lacking);
		jw_key(j, "all");
		jw_i64(j, (int64_t)q->items[c].all);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "oldest");
	jw_array(j);
	for (size_t i = 0; i < q->n_oldest; i++) {
		jw_object(j);
		jw_key(j, "activity_id");
		jw_str(j, q->oldest[i].activity->key);
		jw_key(j, "newest_fact");
		jw_pdate(j, q->oldest[i].newest);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "inconsistencies");
	jw_array(j);
	for (size_t i = 0; i < q->n_inconsistencies; i++)
		jw_i64(j, q->inconsistencies[i]->number);
	jw_array_end(j);
}

const struct evaluation_part part_data_quality = {
    .slug = "data-quality",
    .title = MSG("Data quality"),
    .make = make,
    .tell = tell,
    .json = json,
};
