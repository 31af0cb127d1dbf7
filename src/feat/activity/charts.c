/* Drawings of the activity page: its countries, its life, its results against its targets. */
#include "feat/activity/parts.h"

static str word(const struct activity_page *h, const char *english)
{
	return i18n_text(h->page->lang, english);
}

static enum err_code draw_map(struct activity_page *h, struct err *e)
{
	const struct activity *x = h->x;
	struct chart_place *places = ARENA_ARRAY(h->page->arena, x->n_countries + 1, struct chart_place);
	size_t n = 0;
	if (!places)
		return arena_fail(h->page->arena, e);
	for (size_t i = 0; i < x->n_countries && n < CHART_PLACES_MAX; i++) {
		str code = x->countries[i].country;
		size_t at = 0;
		while (at < n && !str_eq(places[at].code, code))
			at++;
		if (at == n)
			places[n++] = (struct chart_place){.code = code, .name = i18n_country(h->page->lang, code),
			    .href = site_url_of(h->page, "/countries/", code).s};
		places[at].v += 1;
	}
	if (!n)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_MAP,
	    .id = STR("activity-map"),
	    .title = word(h, MSG("Countries of this activity")),
	    .row_head = word(h, MSG("Country")),
	    .value_head = word(h, MSG("Roles")),
	    .lang = site_chart_lang(h->page),
	    .format = site_chart_counts(h->page),
	    .map = {.place = places, .n = n, .counts = true},
	};
	struct site_chart s = {.chart = &c, .level = 3};
	TRY(site_chart_make(h->page, &s, &h->map, e));
	h->has_map = true;
	return ERR_OK;
}

static bool was_extended(const struct activity *x)
{
	for (size_t i = 0; i < x->n_events; i++)
		if (str_is(x->events[i].type, "extended_no_cost"))
			return true;
	return false;
}

static size_t list_periods(const struct activity_page *h, struct chart_period p[3])
{
	const struct activity *x = h->x;
	pdate planned = x->planned_start.precision ? x->planned_start : x->actual_start;
	size_t n = 0;
	if (planned.precision && x->planned_end.precision)
		p[n++] = (struct chart_period){CHART_PERIOD_PLANNED, word(h, MSG("As planned")), planned, x->planned_end};
	if (was_extended(x) && x->planned_end.precision && x->actual_end.precision &&
	    x->actual_end.day > pdate_last(x->planned_end).day)
		p[n++] = (struct chart_period){CHART_PERIOD_EXTENSION, word(h, MSG("Extension")), x->planned_end,
		    x->actual_end};
	if (x->actual_start.precision)
		p[n++] = (struct chart_period){CHART_PERIOD_ACTUAL, word(h, MSG("As carried out")), x->actual_start,
		    x->actual_end};
	return n;
}

static enum err_code draw_timeline(struct activity_page *h, struct err *e)
{
	const struct activity *x = h->x;
	struct chart_period periods[3];
	struct chart_event *events = ARENA_ARRAY(h->page->arena, x->n_events + 1, struct chart_event);
	size_t n = 0, n_periods = list_periods(h, periods);
	if (!events)
		return arena_fail(h->page->arena, e);
	for (size_t i = 0; i < x->n_events && n < CHART_EVENTS_MAX - 3; i++)
		if (x->events[i].day.precision)
			events[n++] =
			    (struct chart_event){word(h, activity_event_label(x->events[i].type)), x->events[i].day};
	if (!n && !n_periods)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_TIMELINE,
	    .id = STR("activity-time"),
	    .title = word(h, MSG("Period and events")),
	    .row_head = word(h, MSG("Period or event")),
	    .value_head = word(h, MSG("Date")),
	    .lang = site_chart_lang(h->page),
	    .format = site_chart_counts(h->page),
	    .timeline = {.period = periods, .n_periods = n_periods, .event = events, .n_events = n},
	};
	struct site_chart s = {.chart = &c, .level = 3};
	TRY(site_chart_make(h->page, &s, &h->timeline, e));
	h->has_timeline = true;
	return ERR_OK;
}

static double value_of(decimal d)
{
	return decimal_is_none(d) ? CHART_MISSING : decimal_to_double(d);
}

/* "placements (country: Afghanistan)" */
static str target_label(const struct activity_page *h, const struct indicator *in, const struct indicator_value *v)
{
	if (!v->dimension.n)
		return in->title;
	str d = programme_dimension(h->page, v->dimension, STR_NONE);
	return arena_fmt(h->page->arena, "%.*s (%.*s)", STR_ARG(in->title), STR_ARG(d));
}

static enum err_code draw_targets(struct activity_page *h, struct err *e)
{
	const struct activity *x = h->x;
	struct chart_target *rows = ARENA_ARRAY(h->page->arena, h->n_values + 1, struct chart_target);
	size_t n = 0;
	if (!rows)
		return arena_fail(h->page->arena, e);
	/* A figure without a target has no bar to be drawn: the table below has them all. */
	for (size_t i = 0; i < x->n_indicators; i++)
		for (size_t k = 0; k < x->indicators[i].n_values && n < CHART_ROWS_MAX; k++) {
			const struct indicator_value *v = &x->indicators[i].values[k];
			if (decimal_is_none(v->target_num))
				continue;
			rows[n++] = (struct chart_target){.label = target_label(h, &x->indicators[i], v),
			    .baseline = value_of(v->baseline_num), .target = value_of(v->target_num),
			    .result = value_of(v->actual_num), .unit = programme_unit(h->page, x->indicators[i].unit)};
		}
	if (!n)
		return ERR_OK;
	struct chart c = {
	    .kind = CHART_TARGETS,
	    .id = STR("activity-targets"),
	    .title = word(h, MSG("Results against targets")),
	    .row_head = word(h, MSG("Indicator")),
	    .value_head = word(h, MSG("Result")),
	    .row_lang = STR("en"),
	    .lang = site_chart_lang(h->page),
	    .format = site_chart_counts(h->page),
	    .targets = {.row = rows, .n = n},
	};
	struct site_chart s = {.chart = &c, .level = 3, .data = NULL,
	    .about = word(h, MSG("Every figure that has a target. The line at 100% is the target; a result that is not "
				 "known has no bar."))};
	TRY(site_chart_make(h->page, &s, &h->targets, e));
	h->has_targets = true;
	return ERR_OK;
}

enum err_code activity_charts(struct activity_page *h, struct err *e)
{
	TRY(draw_map(h, e));
	TRY(draw_timeline(h, e));
	return draw_targets(h, e);
}
