#include "feat/activity/activity.h"

#include "feat/activity/activity.tpl.h"
#include "feat/activity/parts.h"

/* ---- words ---- */

const char *activity_event_label(str type)
{
	static const struct {
		const char *type, *label;
	} labels[] = {
	    {"approved", MSG("Approved")},
	    {"extended_no_cost", MSG("Extended without extra cost")},
	    {"budget_increase", MSG("Budget increased")},
	    {"report_received", MSG("Report received")},
	    {"report_approved", MSG("Report approved")},
	    {"report_rejected", MSG("Report rejected")},
	    {"terminated", MSG("Stopped early")},
	    {"evaluation", MSG("Evaluated")},
	    {"rule_change", MSG("Rules changed")},
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_is(type, labels[i].type))
			return labels[i].label;
	return MSG("Event");
}

struct fmt_percent activity_ratio(const struct indicator_value *v)
{
	decimal ratio;
	if (decimal_is_none(v->target_num) || decimal_is_none(v->actual_num) ||
	    !decimal_div(v->actual_num, v->target_num, &ratio))
		return (struct fmt_percent){.known = false};
	return percent(ratio, 0);
}

struct fmt_percent activity_share(const struct activity *x)
{
	if (!money_is(x->contribution) || !money_is(x->total_budget) ||
	    strcmp(x->contribution.currency, x->total_budget.currency) != 0)
		return (struct fmt_percent){.known = false};
	return percent_of(x->contribution.minor, x->total_budget.minor, 0);
}

const struct priority *activity_priority_of(const struct activity_page *h, int code)
{
	return programme_priority(h->programme, code);
}

/* ---- notes ---- */

const struct inconsistency *activity_note(const struct activity_page *h, const char *kind, str subject,
    const char *field, const struct inconsistency *prev)
{
	return programme_note_next(h->programme, str_of(kind), subject, str_of(field), prev);
}

str activity_event_subject(const struct activity_page *h, const struct activity_event *ev)
{
	AUTO_BUF b = BUF_INIT(64);
	buf_add_pdate(&b, ev->day);
	str s = arena_fmt(h->page->arena, "%.*s:%.*s", STR_ARG(h->x->key), STR_ARG(buf_str(&b)));
	return s.p ? s : h->x->key;
}

/* Into the list by number, once. */
static void keep_note(struct activity_page *h, const struct inconsistency *note)
{
	size_t at = 0;
	while (at < h->n_notes && h->notes[at]->number < note->number)
		at++;
	if ((at < h->n_notes && h->notes[at] == note) || h->n_notes == ACTIVITY_NOTES_MAX)
		return;
	memmove(&h->notes[at + 1], &h->notes[at], (h->n_notes - at) * sizeof *h->notes);
	h->notes[at] = note;
	h->n_notes++;
}

static void keep_notes(struct activity_page *h, const char *kind, str subject)
{
	for (const struct inconsistency *i = activity_note(h, kind, subject, "", NULL); i;
	     i = activity_note(h, kind, subject, "", i))
		keep_note(h, i);
}

static void collect_notes(struct activity_page *h)
{
	keep_notes(h, "activity", h->x->key);
	for (size_t i = 0; i < h->x->n_events; i++)
		keep_notes(h, "event", activity_event_subject(h, &h->x->events[i]));
	for (size_t i = 0; i < h->n_unit_costs; i++)
		keep_notes(h, "unit-cost", h->unit_costs[i]->item);
}

/* ---- what belongs to the activity ---- */

static enum err_code collect_related(struct activity_page *h, struct err *e)
{
	const struct register_view *r = h->page->view->activities;
	struct arena *a = h->page->arena;
	VEC(const struct activity *) behind = {0};
	VEC(const struct unit_cost *) costs = {0};
	if (h->x->follows.n)
		h->follows = register_activity(r, h->x->follows);
	for (size_t i = 0; i < r->own.n; i++) {
		if (!str_eq(r->activities[i]->follows, h->x->key))
			continue;
		const struct activity **p = VEC_ADD(&behind, a);
		if (!p)
			return arena_fail(a, e);
		*p = r->activities[i];
	}
	for (size_t i = 0; i < h->programme->n_unit_costs; i++) {
		if (!str_eq(h->programme->unit_costs[i].activity_key, h->x->key))
			continue;
		const struct unit_cost **p = VEC_ADD(&costs, a);
		if (!p)
			return arena_fail(a, e);
		*p = &h->programme->unit_costs[i];
	}
	h->followed_by = behind.p;
	h->n_followed_by = behind.n;
	h->unit_costs = costs.p;
	h->n_unit_costs = costs.n;
	return ERR_OK;
}

static enum err_code fill(struct activity_page *h, struct err *e)
{
	struct site_app *app = h->page->req->app;
	str path = site_url_of(h->page, "/activities/", h->x->key).s;
	h->address = arena_fmt(h->page->arena, "%.*s%.*s", STR_ARG(app->base_url), STR_ARG(path));
	h->made = date_of_instant(h->page->view->made_ms);
	for (size_t i = 0; i < h->x->n_indicators; i++)
		h->n_values += h->x->indicators[i].n_values;
	TRY(collect_related(h, e));
	collect_notes(h);
	target_tally_activity(&h->tally, h->x);
	return activity_charts(h, e);
}

static enum err_code page_activity(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct public_view *v = public_view_of(req);
	struct activity_page *h = ARENA_NEW(req->arena, struct activity_page);
	struct site_page page;
	if (!h)
		return arena_fail(req->arena, e);
	h->x = register_activity(v->activities, http_param(req, 0)->text);
	if (!h->x || h->x->is_programme)
		return fail(e, ERR_NOT_FOUND, "activity", "there is no such activity");
	site_page_open(req, SITE_ACTIVITIES, h->x->title, h->x->description, &page);
	page.title_lang = "en";
	site_page_crumb(&page, i18n_text(page.lang, MSG("Activities")), STR("/activities"));
	h->page = &page;
	h->programme = v->programme;
	TRY(fill(h, e));
	struct tpl_out o = site_out(&page, res);
	activity_page(&o, &page, h);
	return site_done(res, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/activities/{key}", page_activity, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/activities/18261"},
};

struct http_routes activity_routes(void)
{
	return HTTP_ROUTES(routes);
}
