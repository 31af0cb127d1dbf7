/* Rules of the schemes with their periods, country lists, legal bases, the policy time line; refused proposals. */
#include "feat/policy/pages.h"
#include "feat/policy/policy.h"

#include <stdlib.h>

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

/* ---- what was asked for ---- */

/* Rules of list entries stand in the country lists; the others have no such value. */
static bool is_list_entry(const struct scheme_rule *r)
{
	return str_is(r->value, "listed");
}

bool policy_rule_fits(const struct scheme_rule *r, const struct rules_filter *f)
{
	if (is_list_entry(r) || (f->scheme.n && !str_eq(r->scheme, f->scheme)))
		return false;
	if (f->country.n && r->country.n && !str_eq(r->country, f->country))
		return false;
	return !date_is(f->on) || period_includes(r->valid_from, r->valid_to, f->on);
}

bool policy_list_fits(const struct country_list *l, const struct rules_filter *f)
{
	bool holds = !f->country.n;
	for (size_t i = 0; i < l->n_entries && !holds; i++)
		holds = str_eq(l->entries[i].country, f->country);
	return holds && (!date_is(f->on) || period_includes(l->valid_from, l->valid_to, f->on));
}

/* ---- what can be asked for ---- */

static int by_name(const void *a, const void *b)
{
	return i18n_compare(((const struct rule_choice *)a)->name, ((const struct rule_choice *)b)->name);
}

static void offer(struct rule_choice *choices, size_t *n, str value, str name)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(choices[i].value, value))
			return;
	choices[(*n)++] = (struct rule_choice){value, name};
}

static enum err_code offer_choices(const struct site_page *page, struct rules_view *v, struct err *e)
{
	const struct programme_view *p = v->programme;
	struct rule_choice *schemes = ARENA_ARRAY(page->arena, p->n_rules + 1, struct rule_choice),
			   *countries = ARENA_ARRAY(page->arena, p->n_rules + 1, struct rule_choice);
	if (!schemes || !countries)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct scheme_rule *r = &p->rules[i];
		if (!is_list_entry(r))
			offer(schemes, &v->n_schemes, r->scheme, programme_word_in(p, "scheme", r->scheme, page->lang));
		if (r->country.n) /* entries of lists too: they are rules that name a country */
			offer(countries, &v->n_countries, r->country, i18n_country(page->lang, r->country));
	}
	qsort(schemes, v->n_schemes, sizeof *schemes, by_name);
	qsort(countries, v->n_countries, sizeof *countries, by_name);
	v->schemes = schemes;
	v->countries = countries;
	return ERR_OK;
}

/* ---- what was found ---- */

static enum err_code add_group(const struct site_page *page, const struct rules_view *v, str scheme,
    struct rule_group *g, struct err *e)
{
	VEC(const struct scheme_rule *) rules = {0};
	for (size_t i = 0; i < v->programme->n_rules; i++) {
		const struct scheme_rule *r = &v->programme->rules[i];
		if (!str_eq(r->scheme, scheme) || !policy_rule_fits(r, &v->f))
			continue;
		const struct scheme_rule **slot = VEC_ADD(&rules, page->arena);
		if (!slot)
			return arena_fail(page->arena, e);
		*slot = r;
	}
	*g = (struct rule_group){.scheme = scheme, .rules = rules.p, .n = rules.n};
	return ERR_OK;
}

static enum err_code group_rules(const struct site_page *page, struct rules_view *v, struct err *e)
{
	struct rule_group *groups = ARENA_ARRAY(page->arena, v->n_schemes + 1, struct rule_group);
	if (!groups)
		return arena_fail(page->arena, e);
	for (size_t i = 0; i < v->n_schemes; i++) {
		TRY(add_group(page, v, v->schemes[i].value, &groups[i], e));
		v->n_rules += groups[i].n;
	}
	v->groups = groups;
	v->n_groups = v->n_schemes;
	return ERR_OK;
}

static enum err_code pick_lists(const struct site_page *page, struct rules_view *v, struct err *e)
{
	const struct programme_view *p = v->programme;
	VEC(const struct country_list *) lists = {0};
	for (size_t i = 0; i < p->n_country_lists; i++) {
		if (!policy_list_fits(&p->country_lists[i], &v->f))
			continue;
		const struct country_list **slot = VEC_ADD(&lists, page->arena);
		if (!slot)
			return arena_fail(page->arena, e);
		*slot = &p->country_lists[i];
	}
	v->lists = lists.p;
	v->n_lists = lists.n;
	return ERR_OK;
}

const struct inconsistency *policy_rule_note(const struct site_page *page, const struct scheme_rule *r,
    const struct inconsistency *prev)
{
	return programme_note_next(page->view->programme, STR("rule"), r->rule_id, STR(""), prev);
}

bool policy_note_is_new(const struct site_page *page, const struct rule_group *group, size_t i,
    const struct inconsistency *note)
{
	for (size_t k = 0; k < i; k++)
		for (const struct inconsistency *n = policy_rule_note(page, group->rules[k], NULL); n;
		     n = policy_rule_note(page, group->rules[k], n))
			if (n == note)
				return false;
	return true;
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
	struct rules_view v = {.programme = public_view_of(req)->programme,
	    .f = {.on = http_date(req, "on"), .scheme = http_text(req, "scheme"), .country = http_text(req, "country")}};
	enum lang l = (enum lang)req->lang;
	site_page_open(req, SITE_RULES, i18n_text(l, MSG("Rules and history")), STR_NONE, &page);
	TRY(offer_choices(&page, &v, e));
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
    {.name = "scheme", .type = HTTP_TEXT, .max = 80, .summary = "Rules of this scheme"},
    {.name = "country", .type = HTTP_COUNTRY, .summary = "Rules that apply to this country"},
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
