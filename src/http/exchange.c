#include "http/exchange.h"

#include <strings.h>

#include "base/mem.h"
#include "codec/url.h"
#include "http/fields.h"
#include "http/problem.h"

enum {
	/* A request with a method that an address does not take may bring this much, and is told of the method;
	   with more it is told that it is too large. */
	REFUSED_BODY_MAX = 16 * 1024,
};

struct http_exchange *http_exchange_new(struct http_core *core, const char *raw)
{
	size_t n = strnlen(raw, HTTP_TARGET_MAX_BYTES + 1);
	struct http_exchange *x = mem_alloc(sizeof *x + n + 1);
	if (!x)
		return NULL;
	memset(x, 0, sizeof *x);
	x->core = core;
	x->answer.fd = -1;
	x->route = http_router_count(core->router);
	x->n_raw = n;
	memcpy(x->raw, raw, n);
	x->raw[n] = '\0';
	return x;
}

void http_exchange_free(struct http_exchange *x)
{
	if (!x)
		return;
	const struct http_config *c = &x->core->config;
	http_answer_free(&x->answer);
	if (x->req.snapshot && c->snapshot_release)
		c->snapshot_release(c->app, x->req.snapshot);
	buf_free(&x->body);
	arena_free(x->arena);
	mem_free(x);
}

str http_exchange_raw(const struct http_exchange *x)
{
	return (str){x->raw, x->n_raw};
}

struct arena *http_exchange_arena(struct http_exchange *x)
{
	if (!x->arena)
		x->arena = arena_new(x->core->config.request_arena_bytes);
	return x->arena;
}

/* ---- errors as answers ---- */

static void fill_problem(struct http_exchange *x, const struct err *e, struct http_response *res)
{
	const struct http_config *c = &x->core->config;
	int status = http_problem_status(e);
	struct err again;
	bool api = http_is_api(x->core, x->req.path.n ? x->req.path : http_exchange_raw(x));
	if (!api && c->error_page) {
		res->status = status;
		if (c->error_page(&x->req, e, res) == ERR_OK &&
		    buf_check(&res->body, &again) == ERR_OK) {
			res->status = status;
			res->cache = HTTP_CACHE_NEVER;
			return;
		}
		http_response_drop(res);
	}
	*res = (struct http_response){
	    .status = status, .fd = -1, .body = BUF_INIT(c->response_bytes_max)};
	if (api) {
		res->type = "application/problem+json";
		http_problem_json(&x->req, e, status, &res->body);
	} else {
		http_problem_page(e, status, &res->body);
	}
}

static void add_retry(const struct err *e, struct http_response *res)
{
	struct err ignored;
	if (http_problem_status(e) == 503)
		(void)!http_add_header(res, "Retry-After", STR("2"), &ignored);
}

static void note(const struct http_exchange *x, const struct err *e)
{
	char text[900];
	if (x->core->config.log && http_problem_status(e) >= 500 &&
	    strncmp(e->id, "server.", 7) != 0)
		log_line(x->core->config.log, LOG_ERROR, "%s %s: %s: %s",
		    x->method ? x->method : "?", x->req.path.p ? x->req.path.p : "?", e->id,
		    err_format(e, text, sizeof text));
}

static enum http_next give_answer(struct http_exchange *x, struct http_response *res, struct err *e)
{
	struct http_answer a;
	if (http_answer_make(x->core, &x->req, res, x->coding, x->snapshot_ms, x->close, &a, e) !=
	    ERR_OK)
		return HTTP_NEXT_GIVE_UP;
	http_answer_free(&x->answer);
	x->answer = a;
	x->has_answer = true;
	return HTTP_NEXT_ANSWER;
}

static void free_arena(void *arena)
{
	arena_free(arena);
}

/* Room for the error answer, even when the handler has used up the arena. */
static bool fresh_arena(struct http_exchange *x)
{
	struct arena *a = arena_new(x->core->config.request_arena_bytes);
	if (!a)
		return false;
	struct http_request *r = &x->req;
	str path = arena_str(a, r->path.p ? r->path : STR(""));
	str rest = arena_str(a, r->rest_path.p ? r->rest_path : STR(""));
	if (!path.p || !rest.p) {
		arena_free(a);
		return false;
	}
	/* the old arena still holds the headers: its end is tied to the new one's */
	if (!arena_cleanup(a, free_arena, r->arena)) {
		x->arena = NULL;
		arena_free(a);
		return false;
	}
	r->path = path;
	r->rest_path = rest;
	r->canonical_query = STR("");
	memset(r->fields, 0, sizeof r->fields);
	r->n_params = 0;
	x->arena = r->arena = a;
	return true;
}

enum http_next http_exchange_fail(struct http_exchange *x, const struct err *e)
{
	struct err again = {0};
	x->kind = HTTP_KIND_ERROR;
	note(x, e);
	if (arena_used(x->arena) > x->core->config.request_arena_bytes / 2 && !fresh_arena(x))
		return HTTP_NEXT_GIVE_UP;
	struct http_response res = {.fd = -1, .body = BUF_INIT(x->core->config.response_bytes_max)};
	fill_problem(x, e, &res);
	add_retry(e, &res);
	return give_answer(x, &res, &again);
}

/* ---- the beginning ---- */

static bool method_of(const char *name, enum http_method *ret_method)
{
	static const char *const names[HTTP_METHODS] = {"GET", "POST", "PUT", "DELETE"};
	for (int m = 0; m < HTTP_METHODS; m++)
		if (strcmp(name, names[m]) == 0) {
			*ret_method = (enum http_method)m;
			return true;
		}
	if (strcmp(name, "HEAD") != 0)
		return false;
	*ret_method = HTTP_GET;
	return true;
}

/* The code of the language that the reader prefers, of all or of those of every page. */
static const char *reader_language(const struct http_exchange *x, bool every)
{
	size_t n = every ? SIZE_MAX : HTTP_LANGUAGES_EVERYWHERE;
	return x->core->languages[http_language_choose(http_header(&x->req, "Accept-Language"), x->core->languages, n)];
}

static enum http_next redirect(
    struct http_exchange *x, const struct http_match *m, const struct http_target *t)
{
	struct err e = {0};
	AUTO_BUF to = BUF_INIT(8 * HTTP_TARGET_MAX_BYTES);
	struct http_response res = {.fd = -1, .cache = HTTP_CACHE_NEVER};
	int status = 308;
	str path = t->path;
	if (m->found == HTTP_FOUND_LANGUAGE) {
		status = 302;
		res.vary = "Accept-Language";
		buf_addf(&to, "/%s", reader_language(x, m->route->every_language));
		if (m->lang >= 0)
			path = str_sub(path, 1 + t->segments[0].n, path.n);
		if (t->slash_at_end && path.n > 1)
			path.n--;
	} else if (t->slash_at_end) {
		path.n--;
	}
	url_encode_path(&to, path);
	if (m->found == HTTP_FOUND_SLASH && !t->slash_at_end)
		buf_addc(&to, '/');
	if (t->query.n) {
		buf_addc(&to, '?');
		buf_add(&to, t->query);
	}
	str copy = arena_str(x->arena, buf_str(&to));
	if (!copy.p)
		(void)arena_fail(x->arena, &e);
	if (!copy.p || buf_check(&to, &e) != ERR_OK ||
	    http_redirect(&res, status, copy, &e) != ERR_OK)
		return http_exchange_fail(x, &e);
	return give_answer(x, &res, &e);
}

static enum http_next refuse_method(struct http_exchange *x, uint32_t allow)
{
	struct err e = {0};
	(void)fail(&e, ERR_INVALID, "route.method", "this address does not take %.32s", x->method);
	enum http_next next = http_exchange_fail(x, &e);
	struct http_answer *a = &x->answer;
	if (next != HTTP_NEXT_ANSWER || a->n_headers == HTTP_ANSWER_HEADERS_MAX)
		return next;
	str text = arena_fmt(x->arena, "%s%s%s%s", allow & (1U << HTTP_GET) ? "GET, HEAD" : "",
	    allow & (1U << HTTP_POST) ? (allow & 1U ? ", POST" : "POST") : "",
	    allow & (1U << HTTP_PUT) ? ((allow & 3U) ? ", PUT" : "PUT") : "",
	    allow & (1U << HTTP_DELETE) ? ((allow & 7U) ? ", DELETE" : "DELETE") : "");
	if (!text.p)
		return HTTP_NEXT_GIVE_UP;
	a->headers[a->n_headers++] = (struct http_answer_header){"Allow", text.p};
	return next;
}

bool http_header_is_plain(str name, str value)
{
	if (name.n == 0 || memchr(name.p, ' ', name.n) || memchr(name.p, '\t', name.n))
		return false;
	if (value.n && memchr(value.p, 0, value.n))
		return false;
	if (name.n != 4 || strncasecmp(name.p, "Host", 4) != 0)
		return true;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && !strchr("-._~%!$&'()*+,;=:[]", c))
			return false;
	}
	return true;
}

static enum err_code check_headers(
    const struct http_exchange *x, size_t header_bytes, struct err *e)
{
	const struct http_request *r = &x->req;
	size_t most = x->core->config.header_bytes_max;
	if (header_bytes > most)
		return fail(e, ERR_LIMIT, "header.bytes",
		    "the request's headers are longer than %zu bytes", most);
	if (r->n_headers >= HTTP_HEADERS_MAX)
		return fail(e, ERR_LIMIT, "header.count", "the request has more than %d headers",
		    HTTP_HEADERS_MAX);
	size_t lengths = 0;
	size_t transfers = 0;
	size_t hosts = 0;
	for (size_t i = 0; i < r->n_headers; i++) {
		if (!http_header_is_plain(str_of(r->headers[i].name), r->headers[i].value))
			return fail(e, ERR_INVALID, "header.form",
			    "header line %zu of the request is not well formed", i + 1);
		lengths += strcasecmp(r->headers[i].name, "Content-Length") == 0;
		transfers += strcasecmp(r->headers[i].name, "Transfer-Encoding") == 0;
		hosts += strcasecmp(r->headers[i].name, "Host") == 0;
	}
	/* two ways to say how long the body is: one server in a chain may believe the other one */
	if (lengths + transfers > 1 || hosts > 1)
		return fail(e, ERR_INVALID, "header.twice",
		    "the request says its length or its host more than once");
	if (hosts == 0 && !x->host_optional)
		return fail(e, ERR_INVALID, "header.host", "the request has no Host header");
	return ERR_OK;
}

static enum err_code check_length(struct http_exchange *x, size_t most, struct err *e)
{
	str text = http_header(&x->req, "Content-Length");
	int64_t n = 0;
	if (text.p && (!str_to_i64(str_trim(text), &n) || n < 0))
		return fail(e, ERR_INVALID, "header.length", "Content-Length is not a number");
	bool unknown = http_header(&x->req, "Transfer-Encoding").p != NULL;
	if ((uint64_t)n > most || (unknown && most == 0))
		return fail(e, ERR_LIMIT, "body.bytes",
		    "the request's content is longer than the %zu bytes that are taken here", most);
	return ERR_OK;
}

static void acquire_snapshot(struct http_exchange *x)
{
	const struct http_config *c = &x->core->config;
	if (!c->snapshot_acquire)
		return;
	const void *s = c->snapshot_acquire(c->app);
	x->req.snapshot = s;
	if (s && c->snapshot_generation)
		x->generation = c->snapshot_generation(c->app, s);
	if (s && c->snapshot_made_ms)
		x->snapshot_ms = c->snapshot_made_ms(c->app, s);
}

static enum http_next refuse(struct http_exchange *x, const struct err *e)
{
	x->close = true; /* a body that was not read may follow */
	return http_exchange_fail(x, e);
}

/* Assets are no routes: server.c has answered a GET of one before it comes here. */
static bool is_asset(const struct http_core *core, str path)
{
	const struct http_config *c = &core->config;
	for (size_t i = 0; i < c->n_assets; i++) {
		const struct http_assets *mount = &c->assets[i];
		str under = str_of(mount->mount);
		if (!str_starts(path, under))
			continue;
		str name = str_sub(path, under.n, path.n);
		for (size_t k = 0; k < mount->n; k++)
			if (str_is(name, mount->immutable ? mount->p[k].name : mount->p[k].path))
				return true;
	}
	return false;
}

/* method: HTTP_METHODS for one that no route has. */
static enum http_next follow_route(
    struct http_exchange *x, enum http_method method, const struct http_target *t)
{
	struct err e = {0};
	struct http_match m;
	struct http_request *r = &x->req;
	http_router_find(x->core->router, method, t, x->arena, &m);
	if (m.lang >= 0)
		r->lang = m.lang;
	r->path = t->path;
	r->rest_path = m.lang >= 0 ? str_sub(t->path, 1 + t->segments[0].n, t->path.n) : t->path;
	uint32_t allow = m.found == HTTP_FOUND_OTHER_METHOD ? m.allow
	                 : method != HTTP_GET && is_asset(x->core, t->path) ? 1U << HTTP_GET
	                                                                    : 0;
	size_t most = m.found == HTTP_FOUND ? m.route->body_bytes : allow ? REFUSED_BODY_MAX : 0;
	if (check_length(x, most, &e) != ERR_OK)
		return refuse(x, &e);
	if (allow) {
		x->close = x->close || http_header(r, "Transfer-Encoding").p;
		return refuse_method(x, allow);
	}
	if (m.found == HTTP_FOUND_NOTHING) {
		(void)fail(&e, ERR_NOT_FOUND, "route.none", "there is no page at this address");
		return http_exchange_fail(x, &e);
	}
	if (m.found != HTTP_FOUND)
		return redirect(x, &m, t);
	r->route = m.route;
	x->route = m.index;
	memcpy(r->params, m.params, sizeof r->params);
	r->n_params = m.n_params;
	x->body = BUF_INIT(m.route->body_bytes);
	return HTTP_NEXT_BODY;
}

/* The reader's language is known even when the rest of the request cannot be read. */
static void choose_language_by_begin(struct http_exchange *x)
{
	str raw = http_exchange_raw(x);
	for (int l = 0; x->core->languages[l]; l++) {
		str code = str_of(x->core->languages[l]);
		if (raw.n > code.n + 1 && raw.p[0] == '/' && raw.p[code.n + 1] == '/' &&
		    str_eq(str_sub(raw, 1, code.n + 1), code))
			x->req.lang = l;
	}
}

enum http_next http_exchange_begin(struct http_exchange *x, const char *method,
    const struct http_header *headers, size_t n_headers, size_t header_bytes)
{
	struct err e = {0};
	struct http_request *r = &x->req;
	if (!http_exchange_arena(x))
		return HTTP_NEXT_GIVE_UP;
	x->method = method;
	x->close = x->close || atomic_load(&x->core->stopping);
	r->arena = x->arena;
	r->app = x->core->config.app;
	r->core = x->core;
	r->secure = x->core->config.secure;
	r->now_ms = clock_now_ms(&x->core->config.clock);
	r->headers = headers;
	r->n_headers = n_headers;
	r->canonical_query = r->path = r->rest_path = r->body = STR("");
	r->lang = http_language_choose(
	    http_header(r, "Accept-Language"), x->core->languages, HTTP_LANGUAGES_EVERYWHERE);
	choose_language_by_begin(x);
	x->coding = http_coding_choose(http_header(r, "Accept-Encoding"), HTTP_DYNAMIC_CODINGS);
	acquire_snapshot(x);
	if (check_headers(x, header_bytes, &e) != ERR_OK)
		return refuse(x, &e);
	struct http_target t;
	if (http_target_parse(http_exchange_raw(x), x->arena, &t, &e) != ERR_OK)
		return refuse(x, &e);
	bool known = method_of(method, &r->method);
	return follow_route(x, known ? r->method : HTTP_METHODS, &t);
}

/* ---- body and handler ---- */

bool http_exchange_body(struct http_exchange *x, str piece)
{
	buf_add(&x->body, piece);
	return x->body.failed == ERR_OK;
}

static bool takes_form(const struct http_exchange *x)
{
	str type = http_header(&x->req, "Content-Type");
	ptrdiff_t semi = type.p ? str_find_char(type, ';') : -1;
	str bare = str_trim(semi >= 0 ? str_sub(type, 0, (size_t)semi) : type);
	return str_eq_nocase(bare, STR("application/x-www-form-urlencoded"));
}

static str query_of(const struct http_exchange *x)
{
	str raw = http_exchange_raw(x);
	ptrdiff_t mark = str_find_char(raw, '?');
	return mark < 0 ? STR("") : str_sub(raw, (size_t)mark + 1, raw.n);
}

enum http_next http_exchange_ready(struct http_exchange *x)
{
	struct err e = {0};
	struct http_request *r = &x->req;
	r->body = buf_str(&x->body);
	str encoded = query_of(x);
	bool form = r->method != HTTP_GET && r->route->fields && r->body.n;
	if (form && !takes_form(x)) {
		(void)fail(&e, ERR_INVALID, "body.type",
		    "this address takes application/x-www-form-urlencoded");
		return http_exchange_fail(x, &e);
	}
	if (http_fields_parse(r->route, form ? r->body : encoded, x->arena, r->fields,
	        &r->canonical_query, &e) != ERR_OK)
		return http_exchange_fail(x, &e);
	x->kind = r->route->lane == HTTP_FAST ? HTTP_KIND_FAST : HTTP_KIND_SLOW;
	return r->route->lane == HTTP_FAST ? HTTP_NEXT_FAST : HTTP_NEXT_SLOW;
}

enum http_next http_exchange_run(struct http_exchange *x)
{
	struct err e = {0};
	const struct http_config *c = &x->core->config;
	const struct http_route *route = x->req.route;
	struct http_response res = {
	    .fd = -1, .cache = route->cache, .body = BUF_INIT(c->response_bytes_max)};
	enum err_code code = ERR_OK;
	if (route->role)
		code = c->authorize(&x->req, route->role, &e);
	if (code == ERR_OK)
		code = route->handler(&x->req, &res, &e);
	if (code == ERR_OK && give_answer(x, &res, &e) == HTTP_NEXT_ANSWER)
		return HTTP_NEXT_ANSWER;
	http_response_drop(&res);
	if (e.code == ERR_OK)
		(void)fail(&e, code == ERR_OK ? ERR_BUG : code, "handler.error",
		    "the handler of %s failed without a reason", route->pattern);
	return http_exchange_fail(x, &e);
}

bool http_exchange_key(const struct http_exchange *x, str *ret_target)
{
	const struct http_request *r = &x->req;
	if (!r->route || r->method != HTTP_GET || x->close || r->route->role ||
	    (r->route->cache != HTTP_CACHE_SNAPSHOT && r->route->cache != HTTP_CACHE_MINUTE))
		return false;
	AUTO_BUF b = BUF_INIT(8 * HTTP_TARGET_MAX_BYTES);
	url_encode_path(&b, r->path);
	if (r->canonical_query.n) {
		buf_addc(&b, '?');
		buf_add(&b, r->canonical_query);
	}
	str key = b.failed ? STR_NONE : arena_str(r->arena, buf_str(&b));
	if (!key.p)
		return false;
	*ret_target = key;
	return true;
}
