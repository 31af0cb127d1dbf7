/* Rules of the schemes with their periods, country lists, legal bases, the policy time line; refused proposals. */
#include "feat/policy/pages.h"
#include "feat/policy/policy.h"

#include "feat/policy/rules.tpl.h"

struct word {
	const char *word, *label;
};

static const char *label_of(const struct word *words, size_t n, str s, const char *otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(s, words[i].word))
			return words[i].label;
	return otherwise;
}

const char *policy_rule_type(str type)
{
	static const struct word words[] = {
	    {"eligibility", MSG("Eligibility")},
	    {"exclusion", MSG("Exclusion")},
	    {"amount", MSG("Amount")},
	    {"duration", MSG("Duration")},
	    {"combination", MSG("Combination")},
	    {"country_list", MSG("Country list")},
	    {"procedure", MSG("Procedure")},
	    {"sector", MSG("Sector")},
	    {"condition", MSG("Condition")},
	};
	return label_of(words, sizeof words / sizeof *words, type, MSG("Other"));
}

static bool applies(const struct scheme_rule *r, date on)
{
	return !date_is(on) || period_includes(r->valid_from, r->valid_to, on);
}

/* Rules of list entries stand in the country lists; here are the others. */
static bool is_list_entry(const struct scheme_rule *r)
{
	return str_is(r->value, "listed");
}

static enum err_code add_group(const struct site_page *page, str scheme, date on, struct rule_group *g,
    struct err *e)
{
	const struct programme_view *p = page->view->programme;
	VEC(const struct scheme_rule *) rules = {0};
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct scheme_rule *r = &p->rules[i];
		if (!str_eq(r->scheme, scheme) || is_list_entry(r) || !applies(r, on))
			continue;
		const struct scheme_rule **slot = VEC_ADD(&rules, page->arena);
		if (!slot)
			return arena_fail(page->arena, e);
		*slot = r;
	}
	*g = (struct rule_group){.scheme = scheme, .rules = rules.p, .n = rules.n};
	return ERR_OK;
}

static bool known(const struct rule_group *groups, size_t n, str scheme)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(groups[i].scheme, scheme))
			return true;
	return false;
}

static enum err_code group_rules(const struct site_page *page, struct rules_view *v, struct err *e)
{
	const struct programme_view *p = v->programme;
	struct rule_group *groups = ARENA_ARRAY(page->arena, p->n_rules, struct rule_group);
	size_t n = 0;
	if (!groups)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < p->n_rules; i++) {
		if (known(groups, n, p->rules[i].scheme))
			continue;
		TRY(add_group(page, p->rules[i].scheme, v->on, &groups[n], e));
		v->n_rules += groups[n].n;
		n++;
	}
	v->groups = groups;
	v->n_groups = n;
	return ERR_OK;
}

static enum err_code pick_lists(const struct site_page *page, struct rules_view *v, struct err *e)
{
	const struct programme_view *p = v->programme;
	VEC(const struct country_list *) lists = {0};
	for (size_t i = 0; i < p->n_country_lists; i++) {
		const struct country_list *l = &p->country_lists[i];
		if (date_is(v->on) && !period_includes(l->valid_from, l->valid_to, v->on))
			continue;
		const struct country_list **slot = VEC_ADD(&lists, page->arena);
		if (!slot)
			return arena_fail(page->arena, e);
		*slot = l;
	}
	v->lists = lists.p;
	v->n_lists = lists.n;
	return ERR_OK;
}

static enum err_code draw_timeline(const struct site_page *page, struct rules_view *v, struct err *e)
{
	const struct programme_view *p = v->programme;
	struct chart_event *events = ARENA_ARRAY(page->arena, p->n_timeline, struct chart_event);
	struct chart_period *periods = ARENA_ARRAY(page->arena, p->n_country_lists, struct chart_period);
	if (!events || !periods)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < p->n_timeline; i++)
		events[i] = (struct chart_event){text3_in(&p->timeline[i].title, page->lang), p->timeline[i].day};
	for (size_t i = 0; i < p->n_country_lists; i++)
		periods[i] = (struct chart_period){CHART_PERIOD_ACTUAL, text3_in(&p->country_lists[i].name, page->lang),
		    p->country_lists[i].valid_from, p->country_lists[i].valid_to};
	struct chart c = {
	    .kind = CHART_TIMELINE,
	    .id = STR("timeline"),
	    .title = i18n_text(page->lang, MSG("Policy time line")),
	    .row_head = i18n_text(page->lang, MSG("Event")),
	    .value_head = i18n_text(page->lang, MSG("Date")),
	    .lang = site_chart_lang(page),
	    .format = site_chart_counts(page),
	    .timeline = {.period = periods, .n_periods = p->n_country_lists, .event = events, .n_events = p->n_timeline},
	};
	struct site_chart s = {.chart = &c, .level = 2, .data = "/data/timeline",
	    .about = i18n_text(page->lang, MSG("Memoranda, letters, debates and decrees, and the periods of the country lists."))};
	return site_chart_make(page, &s, &v->timeline, e);
}

enum err_code page_rules(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct rules_view v = {.programme = public_view_of(req)->programme, .on = http_date(req, "on")};
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_RULES, i18n_text(l, MSG("Rules and history")), STR_NONE, &page);
	TRY(group_rules(&page, &v, e));
	TRY(pick_lists(&page, &v, e));
	TRY(draw_timeline(&page, &v, e));
	struct tpl_out o = site_out(&page, res);
	rules_page(&o, &page, &v);
	return site_done(res, e);
}

enum err_code page_refused(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	site_page_open(req, SITE_REFUSED, i18n_text((enum lang)req->lang, MSG("Refused proposals")), STR_NONE, &page);
	struct tpl_out o = site_out(&page, res);
	refused_page(&o, &page, public_view_of(req)->programme);
	return site_done(res, e);
}

static const struct http_field rules_fields[] = {
    {.name = "on", .type = HTTP_DATE, .summary = "What applied on this day"},
    {0},
};

static const struct http_route routes[] = {
    {HTTP_GET, "/priorities", page_priorities, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/priorities/{n:int}", page_priority, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/priorities/2"},
    {HTTP_GET, "/rules", page_rules, .localized = true, .cache = HTTP_CACHE_SNAPSHOT, .fields = rules_fields},
    {HTTP_GET, "/refused", page_refused, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
};

struct http_routes policy_routes(void)
{
	return HTTP_ROUTES(routes);
}
