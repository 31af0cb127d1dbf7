/* The six priorities, and each of them. */
#include "feat/policy/pages.h"

#include "feat/policy/priorities.tpl.h"
#include "feat/programme/charts.h"

static bool serves(const struct activity *x, int code, bool primary)
{
	for (size_t i = 0; i < x->n_priorities; i++)
		if (x->priorities[i].priority == code && x->priorities[i].is_primary == primary)
			return true;
	return false;
}

static enum err_code list_activities(const struct site_page *page, struct priority_view *v, struct err *e)
{
	const struct register_view *r = page->view->activities;
	VEC(struct priority_activity) list = {0};
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < r->own.n; i++) {
			const struct activity *x = r->activities[i];
			if (!serves(x, v->p->code, pass == 0))
				continue;
			struct priority_activity *row = VEC_ADD(&list, page->arena);
			if (!row)
				return arena_fail(page->arena, e);
			*row = (struct priority_activity){x, pass == 0, {0}};
			target_tally_activity(&row->targets, x);
			if (pass != 0)
				continue;
			v->n_primary++;
			v->n_running += x->status == ACTIVITY_STATUS_IMPLEMENTATION;
			target_tally_activity(&v->targets, x);
		}
	}
	v->activities = list.p;
	v->n = list.n;
	return ERR_OK;
}

static enum err_code make_view(const struct site_page *page, const struct priority *p, struct priority_view *v,
    struct err *e)
{
	*v = (struct priority_view){.p = p, .spent = programme_spent_total(page->view->programme, p->code)};
	return list_activities(page, v, e);
}

enum err_code page_priorities(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct site_chart_view spending;
	struct chart c;
	const struct programme_view *p = public_view_of(req)->programme;
	struct priority_view *views = ARENA_ARRAY(req->arena, p->n_priorities, struct priority_view);
	if (!views)
		return arena_fail(req->arena, e);
	site_page_open(req, SITE_PRIORITIES, i18n_text((enum lang)req->lang, MSG("Priorities")), STR_NONE, &page);
	for (size_t i = 0; i < p->n_priorities; i++)
		TRY(make_view(&page, &p->priorities[i], &views[i], e));
	TRY(programme_spending_chart(&page, 0, STR("spending"),
	    i18n_text(page.lang, MSG("Expenditure per year and priority")), &c, e));
	struct site_chart s = {.chart = &c, .level = 2, .data = "/data/figures/spending"};
	TRY(site_chart_make(&page, &s, &spending, e));
	struct tpl_out o = site_out(&page, res);
	priorities_page(&o, &page, views, p->n_priorities, &spending);
	return site_done(res, e);
}

enum err_code page_priority(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct priority_view v;
	struct chart c;
	int64_t code = http_param(req, 0)->i;
	const struct programme_view *programme = public_view_of(req)->programme;
	const struct priority *p = code > 0 && code < 100 ? programme_priority(programme, (int)code) : NULL;
	if (!p)
		return fail(e, ERR_NOT_FOUND, "priority", "there is no such priority");
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_PRIORITIES, text3_in(&p->name, l), text3_in(&p->purpose, l), &page);
	site_page_crumb(&page, i18n_text(l, MSG("Priorities")), STR("/priorities"));
	TRY(make_view(&page, p, &v, e));
	TRY(programme_spending_chart(&page, p->code, STR("spending"),
	    i18n_text(l, MSG("Expenditure per year")), &c, e));
	struct site_chart s = {.chart = &c, .level = 2, .data = "/data/figures/spending",
	    .about = i18n_text(l, MSG("As printed in the report. A dash in the report is shown as not known."))};
	TRY(site_chart_make(&page, &s, &v.spending, e));
	struct tpl_out o = site_out(&page, res);
	priority_page(&o, &page, &v);
	return site_done(res, e);
}
