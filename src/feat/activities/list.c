#include "feat/activities/activities.h"

#include "base/utf8.h"

#include "feat/activities/comparison.h"
#include "feat/activities/list.tpl.h"
#include "feat/activities/parts.h"
#include "feat/programme/programme.h"
#include "feat/register/highlight.h"

enum { EXCERPT_CHARS = 260, QUERY_BYTES_MAX = 16384, HTML_BYTES_MAX = 1 << 16 };

struct facet_word {
	const char *name, *title;
	size_t offset; /* of its values in the filter */
	bool open;
};

static const struct facet_word facet_words[] = {
    {"priority", MSG("Priority"), offsetof(struct activity_filter, priority), true},
    {"also", MSG("Also serves priority"), offsetof(struct activity_filter, also_priority), false},
    {"status", MSG("Status"), offsetof(struct activity_filter, status), true},
    {"country", MSG("Country"), offsetof(struct activity_filter, country), false},
    {"role", MSG("Role of the country"), offsetof(struct activity_filter, role), false},
    {"type", MSG("Type of organisation"), offsetof(struct activity_filter, org_type), false},
    {"implementer", MSG("Implementer"), offsetof(struct activity_filter, implementer), false},
    {"year", MSG("Year"), offsetof(struct activity_filter, year), false},
    {"size", MSG("Size of the contribution"), offsetof(struct activity_filter, size), false},
};
enum { FACET_WORDS = sizeof facet_words / sizeof *facet_words };

static struct filter_values *values_of(struct activity_filter *f, const struct facet_word *w)
{
	return (struct filter_values *)(void *)((char *)f + w->offset);
}

/* ---- labels ---- */

static str priority_label(const struct site_page *page, str value)
{
	uint32_t code;
	const struct priority *p =
	    str_to_u32(value, &code) ? programme_priority(page->view->programme, (int)code) : NULL;
	return p ? arena_fmt(page->arena, "%u. %.*s", code, STR_ARG(text3_in(&p->short_name, page->lang))) : value;
}

static str status_label(const struct site_page *page, str value)
{
	for (int s = ACTIVITY_STATUS_PIPELINE; s <= ACTIVITY_STATUS_SUSPENDED; s++)
		if (str_is(value, activity_status_slug((enum activity_status)s)))
			return i18n_text(page->lang, activity_status_label((enum activity_status)s));
	return i18n_text(page->lang, MSG("not stated"));
}

static str role_label(const struct site_page *page, str value)
{
	for (int r = COUNTRY_ROLE_BENEFICIARY; r <= COUNTRY_ROLE_RECIPIENT; r++)
		if (str_is(value, country_role_slug((enum country_role)r)))
			return i18n_text(page->lang, country_role_label((enum country_role)r));
	return value;
}

static str size_label(const struct site_page *page, str value)
{
	for (int c = 0; c < SIZE_CLASS_COUNT; c++)
		if (str_is(value, size_class_slug((enum size_class)c)))
			return i18n_text(page->lang, size_class_label((enum size_class)c));
	return value;
}

static str implementer_label(const struct activity_set *set, str value)
{
	for (size_t i = 0; i < set->n_orgs; i++)
		if (str_eq(set->orgs[i].key, value) && set->orgs[i].name.n)
			return set->orgs[i].name;
	return value;
}

static str label_of(const struct site_page *page, const struct activity_set *set, const char *name, str value)
{
	if (strcmp(name, "priority") == 0 || strcmp(name, "also") == 0)
		return priority_label(page, value);
	if (strcmp(name, "status") == 0)
		return status_label(page, value);
	if (strcmp(name, "country") == 0)
		return i18n_country(page->lang, value);
	if (strcmp(name, "role") == 0)
		return role_label(page, value);
	if (strcmp(name, "type") == 0)
		return i18n_text(page->lang, org_type_label(value));
	if (strcmp(name, "size") == 0)
		return size_label(page, value);
	return strcmp(name, "implementer") == 0 ? implementer_label(set, value) : value;
}

/* ---- queries ---- */

static struct url_query query_of(const struct site_page *page, const struct activity_filter *f, size_t number)
{
	AUTO_BUF b = BUF_INIT(QUERY_BYTES_MAX);
	register_filter_query(&b, f, number);
	str s = arena_str(page->arena, buf_str(&b));
	return (struct url_query){s.p ? s : STR("")};
}

static struct url_query page_query(const void *ctx, const struct site_page *page, size_t number)
{
	return query_of(page, ctx, number);
}

static struct url_query query_without(const struct site_page *page, const struct activity_filter *f,
    const struct facet_word *w, size_t at)
{
	struct activity_filter less = *f;
	struct filter_values *values = values_of(&less, w);
	memmove(&values->v[at], &values->v[at + 1], (values->n - at - 1) * sizeof values->v[0]);
	values->n--;
	return query_of(page, &less, 0);
}

/* ---- filling the view ---- */

static enum err_code fill_facet(const struct site_page *page, const struct activity_set *set,
    const struct facet *from, const struct facet_word *w, struct site_facet *to, struct err *e)
{
	struct site_facet_value *values = ARENA_ARRAY(page->arena, from->n, struct site_facet_value);
	if (!values)
		return arena_fail(page->arena, e);
	*to = (struct site_facet){.name = w->name, .title = i18n_text(page->lang, w->title), .values = values,
	    .n = from->n, .open = w->open,
	    .lang = strcmp(w->name, "implementer") == 0 ? "en" : NULL};
	for (size_t i = 0; i < from->n; i++) {
		const struct facet_value *v = &from->values[i];
		values[i] = (struct site_facet_value){v->value, label_of(page, set, w->name, v->value), v->count, v->chosen};
		to->open |= v->chosen;
	}
	return ERR_OK;
}

static enum err_code fill_facets(const struct site_page *page, const struct activity_set *set,
    struct list_view *v, struct err *e)
{
	for (size_t i = 0; i < FACET_WORDS; i++)
		for (size_t k = 0; k < v->s->n_facets; k++)
			if (strcmp(v->s->facets[k].name, facet_words[i].name) == 0 && v->n_facets < LIST_FACETS_MAX)
				TRY(fill_facet(page, set, &v->s->facets[k], &facet_words[i],
				    &v->facets[v->n_facets++], e));
	return ERR_OK;
}

static void fill_chosen(const struct site_page *page, const struct activity_set *set, struct activity_filter *f,
    struct list_view *v)
{
	if (f->q.n) {
		struct activity_filter less = *f;
		less.q = STR_NONE;
		v->chosen[v->n_chosen++] = (struct list_chosen){f->q, query_of(page, &less, 0)};
	}
	for (size_t i = 0; i < FACET_WORDS; i++) {
		const struct filter_values *values = values_of(f, &facet_words[i]);
		for (size_t k = 0; k < values->n && v->n_chosen < LIST_CHOSEN_MAX; k++)
			v->chosen[v->n_chosen++] = (struct list_chosen){
			    label_of(page, set, facet_words[i].name, values->v[k]),
			    query_without(page, f, &facet_words[i], k)};
	}
}

static enum err_code marked(const struct site_page *page, const struct fts_query *q, str text, size_t chars,
    struct safe_html *ret_h, struct err *e)
{
	AUTO_BUF b = BUF_INIT(HTML_BYTES_MAX);
	TRY(highlight_html(utf8_head(text, 4000), q, chars, page->arena, &b, e));
	TRY(buf_check(&b, e));
	ret_h->s = arena_str(page->arena, buf_str(&b));
	return ret_h->s.p ? ERR_OK : arena_fail(page->arena, e);
}

static enum err_code fill_rows(const struct site_page *page, const struct activity_set *set,
    struct list_view *v, struct err *e)
{
	struct fts_query q;
	struct list_row *rows = ARENA_ARRAY(page->arena, v->s->n, struct list_row);
	if (!rows)
		return arena_fail(page->arena, e);
	TRY(fts_query_parse(v->f->q, page->arena, &q, e));
	for (size_t i = 0; i < v->s->n; i++) {
		const struct activity_row *row = v->s->rows[i];
		struct list_row *to = &rows[i];
		to->row = row;
		to->x = v->own ? page->view->activities->activities[row - set->rows] : NULL;
		to->implementer = row->implementer != ROW_NONE ? set->orgs[row->implementer].name : STR_NONE;
		TRY(marked(page, &q, row->title, HIGHLIGHT_WHOLE, &to->title, e));
		TRY(marked(page, &q, to->x ? to->x->description : STR_NONE, EXCERPT_CHARS, &to->excerpt, e));
	}
	v->rows = rows;
	return ERR_OK;
}

static enum err_code show(struct http_request *req, struct http_response *res, bool own, struct err *e)
{
	struct site_page page;
	struct selection s;
	struct activity_filter *f = ARENA_NEW(req->arena, struct activity_filter);
	struct list_view *v = ARENA_NEW(req->arena, struct list_view);
	const struct register_view *r = public_view_of(req)->activities;
	const struct activity_set *set = own ? &r->own : &r->comparison;
	enum lang l = (enum lang)req->lang;
	if (!f || !v)
		return arena_fail(req->arena, e);
	register_filter_read(req, f);
	TRY(register_find(req, own, f, req->arena, &s, e));
	site_page_open(req, own ? SITE_ACTIVITIES : SITE_OTHER,
	    i18n_text(l, own ? MSG("Activities") : MSG("Comparison activities")), STR_NONE, &page);
	v->own = own;
	v->path = own ? "/activities" : "/comparison";
	v->f = f;
	v->s = &s;
	v->query = query_of(&page, f, 0);
	v->pager = (struct site_pager){.page = f->offset / f->limit + 1,
	    .pages = (s.total + f->limit - 1) / f->limit, .query = page_query, .ctx = f, .path = v->path};
	TRY(fill_facets(&page, set, v, e));
	fill_chosen(&page, set, f, v);
	TRY(fill_rows(&page, set, v, e));
	struct tpl_out o = site_out(&page, res);
	activities_list(&o, &page, v);
	return site_done(res, e);
}

static enum err_code page_activities(struct http_request *req, struct http_response *res, struct err *e)
{
	return show(req, res, true, e);
}

static enum err_code page_comparison(struct http_request *req, struct http_response *res, struct err *e)
{
	return show(req, res, false, e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/activities", page_activities, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = register_filter_fields},
    {HTTP_GET, "/comparison", page_comparison, .localized = true, .lane = HTTP_SLOW, .cache = HTTP_CACHE_SNAPSHOT,
	.fields = register_filter_fields},
    {HTTP_GET, "/comparison/{key}", page_comparison_activity, .localized = true, .lane = HTTP_SLOW,
	.cache = HTTP_CACHE_SNAPSHOT},
};

struct http_routes activities_routes(void)
{
	return HTTP_ROUTES(routes);
}
