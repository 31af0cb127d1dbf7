/* What search engines ask for: the list of all pages in every language, and where they may go. */
#include "feat/front/sitemap.h"

#include "base/utf8.h"
#include "feat/decisions/decisions.h"
#include "feat/evaluation/evaluation.h"
#include "feat/figures/figures.h"
#include "feat/prices/prices.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum { HOST_BYTES_MAX = 255, COUNTRIES = 26 * 26 };

struct sitemap {
	const struct http_request *req;
	const struct public_view *view;
	const struct site_app *app;
	str base; /* "https://example.org" */
	struct buf *out;
	int langs; /* of the pages being added */
};

bool sitemap_host_ok(str host)
{
	if (!host.n || host.n > HOST_BYTES_MAX)
		return false;
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
		    c == ':' || c == '[' || c == ']';
		if (!ok)
			return false;
	}
	return true;
}

/* Addresses of a sitemap are absolute: the installation's own, else as the reader reached us. */
static enum err_code find_base(struct sitemap *m, struct err *e)
{
	str host = http_header(m->req, "Host");
	m->base = m->app->base_url;
	if (m->base.n)
		return ERR_OK;
	if (!sitemap_host_ok(host))
		return fail(e, ERR_INVALID, "sitemap.host", "the request names no host");
	m->base = arena_fmt(m->req->arena, "%s://%.*s", m->req->secure ? "https" : "http", STR_ARG(host));
	return m->base.p ? ERR_OK : arena_fail(m->req->arena, e);
}

static void add_url(struct sitemap *m, enum lang l, const char *path, str segment)
{
	buf_add_markup(m->out, m->base);
	buf_addf(m->out, "/%s%s", lang_code(l), path);
	if (segment.n)
		tpl_add_path(m->out, segment);
}

/* One page in its languages, each of which names the others. */
static void add_page(struct sitemap *m, const char *path, str segment)
{
	for (int l = 0; l < m->langs; l++) {
		buf_addz(m->out, "<url><loc>");
		add_url(m, (enum lang)l, path, segment);
		buf_addz(m->out, "</loc>");
		for (int k = 0; k < m->langs; k++) {
			buf_addf(m->out, "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"", lang_code((enum lang)k));
			add_url(m, (enum lang)k, path, segment);
			buf_addz(m->out, "\"/>");
		}
		buf_addz(m->out, "</url>\n");
	}
}

/* ---- the pages behind a parameter ---- */

static void add_priorities(struct sitemap *m, const char *path)
{
	for (size_t i = 0; i < m->view->programme->n_priorities; i++)
		add_page(m, path, arena_fmt(m->req->arena, "%d", m->view->programme->priorities[i].code));
}

static void add_activities(struct sitemap *m, const char *path)
{
	const struct activity_set *own = &m->view->activities->own;
	for (size_t i = 0; i < own->n; i++)
		add_page(m, path, own->rows[i].key);
}

static void add_organisations(struct sitemap *m, const char *path)
{
	for (size_t i = 0; i < m->view->activities->n_orgs; i++)
		add_page(m, path, m->view->activities->orgs[i].key);
}

static void add_countries(struct sitemap *m, const char *path)
{
	bool seen[COUNTRIES] = {0};
	const struct activity_set *own = &m->view->activities->own;
	for (size_t i = 0; i < own->n; i++)
		for (uint16_t k = 0; k < own->rows[i].n_countries; k++) {
			const char *code = own->countries[own->rows[i].first_country + k].code;
			int at = (code[0] - 'A') * 26 + (code[1] - 'A');
			if (!seen[at])
				add_page(m, path, str_of(code));
			seen[at] = true;
		}
}

static void add_figures(struct sitemap *m, const char *path)
{
	for (size_t i = 0; i < figures_count(); i++)
		add_page(m, path, str_of(figures_info(i)->name));
}

static void add_evaluation(struct sitemap *m, const char *path)
{
	for (size_t i = 0; evaluation_part_slug(i); i++)
		add_page(m, path, str_of(evaluation_part_slug(i)));
}

/* Models, or forms: the newest version of each. */
static void add_decisions(struct sitemap *m, const char *path)
{
	const struct decisions_view *all = m->view->decisions;
	for (size_t i = 0; i < all->n; i++)
		if (!i || !str_eq(all->versions[i].source.key, all->versions[i - 1].source.key))
			add_page(m, path, all->versions[i].source.key);
}

static void add_checks(struct sitemap *m, const char *path)
{
	const struct decisions_view *all = m->view->decisions;
	for (size_t i = 0; i < all->n; i++)
		if ((!i || !str_eq(all->versions[i].source.key, all->versions[i - 1].source.key)) &&
		    decisions_can_check(m->view->programme, all->versions[i].source.key))
			add_page(m, path, all->versions[i].source.key);
}

struct keyed {
	const char *path;
	void (*add)(struct sitemap *m, const char *path);
};

/* Corridors with offers or averages, each country once. */
static void add_corridors(struct sitemap *m, const char *path)
{
	const struct prices_view *v = m->view->prices;
	for (size_t i = 0; i < v->n_corridors; i++) {
		bool again = false;
		for (size_t k = 0; k < i && !again; k++)
			again = str_eq(v->corridors[k].receive_country, v->corridors[i].receive_country);
		if (!again)
			add_page(m, path, v->corridors[i].receive_country);
	}
}

static void add_providers(struct sitemap *m, const char *path)
{
	for (size_t i = 0; i < m->view->prices->n_providers; i++)
		add_page(m, path, m->view->prices->providers[i].key);
}

static const struct keyed keyed[] = {
    {"/priorities/", add_priorities}, {"/activities/", add_activities}, {"/organisations/", add_organisations},
    {"/countries/", add_countries}, {"/figures/", add_figures}, {"/rules/decisions/", add_decisions},
    {"/rules/check/", add_checks}, {"/evaluation/", add_evaluation}, {"/prices/to/", add_corridors},
    {"/prices/providers/", add_providers},
};

static void add_route(struct sitemap *m, const struct http_route *r)
{
	str pattern = str_of(r->pattern);
	ptrdiff_t open = str_find_char(pattern, '{');
	if (!r->localized || r->method != HTTP_GET || r->role || r->produces)
		return;
	m->langs = r->every_language ? LANG_COUNT : LANG_SITE;
	if (open < 0) {
		add_page(m, r->pattern, STR_NONE);
		return;
	}
	for (size_t i = 0; i < sizeof keyed / sizeof *keyed; i++)
		if (str_is(str_sub(pattern, 0, (size_t)open), keyed[i].path))
			keyed[i].add(m, keyed[i].path);
}

enum err_code page_sitemap(struct http_request *req, struct http_response *res, struct err *e)
{
	struct sitemap m = {.req = req, .view = public_view_of(req), .app = site_app_of(req), .out = &res->body};
	TRY(find_base(&m, e));
	res->type = "application/xml";
	res->vary = "Host";
	buf_addz(&res->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			     "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
			     "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
	for (size_t i = 0; i < m.app->n_routes; i++)
		for (size_t k = 0; k < m.app->routes[i].n; k++)
			add_route(&m, &m.app->routes[i].p[k]);
	buf_addz(&res->body, "</urlset>\n");
	return buf_check(&res->body, e);
}

enum err_code page_robots(struct http_request *req, struct http_response *res, struct err *e)
{
	struct sitemap m = {.req = req, .app = site_app_of(req)};
	TRY(find_base(&m, e));
	res->type = "text/plain; charset=utf-8";
	res->vary = "Host";
	/* Each choice of facets is an address of its own; the pages behind them are in the site map. */
	buf_addz(&res->body, "User-agent: *\nDisallow: /*?\nAllow: /\n\nSitemap: ");
	buf_add(&res->body, m.base);
	buf_addz(&res->body, "/sitemap.xml\n");
	return buf_check(&res->body, e);
}
