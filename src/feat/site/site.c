#include "feat/site/site.h"

#include <assert.h>

#include "base/embed.h"
#include "feat/site/parts.h"
#include "feat/site/site_files.h"

static_assert((int)LANG_SITE == (int)HTTP_LANGUAGES_EVERYWHERE, "the first languages of the router are the site's");

const char *site_lang_short(enum lang l)
{
	static const char *const names[LANG_COUNT] = {"EN", "NL", "FR", "TR", "ع", "ES"};
	return names[l];
}

/* ---- the page ---- */

static str base_of(enum lang l)
{
	static const char *const bases[LANG_COUNT] = {"/en", "/nl", "/fr", "/tr", "/ar", "/es"};
	return str_of(bases[l]);
}

static str encoded_path(struct arena *a, str path)
{
	AUTO_BUF b = BUF_INIT(HTTP_TARGET_MAX_BYTES * 3);
	struct str_split it = {.rest = str_sub(path, 1, path.n), .sep = '/', .done = path.n <= 1};
	str segment;
	while (str_next(&it, &segment)) {
		buf_addc(&b, '/');
		tpl_add_path(&b, segment);
	}
	if (b.n == 0)
		buf_addc(&b, '/');
	return arena_str(a, buf_str(&b));
}

void site_page_open(const struct http_request *req, enum site_section section, str title, str description,
    struct site_page *ret_page)
{
	enum lang l = req->lang >= 0 && req->lang < LANG_COUNT ? (enum lang)req->lang : LANG_EN;
	*ret_page = (struct site_page){
	    .req = req,
	    .view = public_view_of(req),
	    .arena = req->arena,
	    .lang = l,
	    .section = section,
	    .title = title,
	    .description = description,
	    .base = base_of(l),
	    .path = encoded_path(req->arena, req->rest_path),
	    .query = req->canonical_query,
	    .langs = req->route && req->route->every_language ? LANG_COUNT : LANG_SITE,
	};
}

void site_page_crumb(struct site_page *page, str label, str path)
{
	assert(page->n_crumbs < SITE_CRUMBS_MAX);
	page->crumbs[page->n_crumbs++] = (struct site_crumb){label, path};
}

struct tpl_out site_out(const struct site_page *page, struct http_response *res)
{
	return (struct tpl_out){.b = &res->body, .lang = page->lang};
}

enum err_code site_done(struct http_response *res, struct err *e)
{
	return buf_check(&res->body, e);
}

bool site_is_section_page(const struct site_page *page)
{
	return page->n_crumbs == 0;
}

/* ---- addresses ---- */

static struct url joined(const struct site_page *page, str base, str path, str query)
{
	str s = arena_fmt(page->arena, "%.*s%.*s%s%.*s", STR_ARG(base), STR_ARG(path),
	    query.n ? "?" : "", STR_ARG(query));
	return url_local(s.p ? s : STR("#"));
}

struct url site_url_str(const struct site_page *page, str path)
{
	return joined(page, page->base, path, STR_NONE);
}

struct url site_url(const struct site_page *page, const char *path)
{
	return site_url_str(page, str_of(path));
}

struct url site_url_of(const struct site_page *page, const char *path, str segment)
{
	AUTO_BUF b = BUF_INIT(HTTP_TARGET_MAX_BYTES * 3);
	buf_addz(&b, path);
	tpl_add_path(&b, segment);
	return site_url_str(page, buf_str(&b));
}

struct url site_url_in(const struct site_page *page, enum lang l)
{
	return joined(page, base_of(l), page->path, page->query);
}

struct url site_home_in(const struct site_page *page, enum lang l)
{
	return joined(page, base_of(l), STR("/"), STR_NONE);
}

struct url site_data_url(const struct site_page *page, const char *data, const char *format)
{
	str s = arena_fmt(page->arena, "%s.%s", data, format);
	return url_local(s.p ? s : STR("#"));
}

/* ---- pages of a list ---- */

enum { PAGER_NEAR = 2 };

bool site_pager_shows(const struct site_pager *p, size_t i)
{
	return i == 1 || i == p->pages || (i + PAGER_NEAR >= p->page && i <= p->page + PAGER_NEAR);
}

bool site_pager_gap(const struct site_pager *p, size_t i)
{
	return !site_pager_shows(p, i) && site_pager_shows(p, i - 1);
}

/* ---- built-in files ---- */

#define MOUNT "/assets/"

struct url site_asset(const struct site_page *page, const char *path)
{
	const struct embed_file *f = embed_find(site_files, site_files_n, str_of(path));
	assert(f);
	str s = arena_fmt(page->arena, MOUNT "%s", f->name);
	return url_local(s.p ? s : STR("#"));
}

size_t site_assets(struct http_assets *dst)
{
	dst[0] = (struct http_assets){.p = site_files, .n = site_files_n, .mount = MOUNT, .immutable = true};
	return 1;
}
