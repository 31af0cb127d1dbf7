#include "http/core.h"

/* In the order of enum lang: first the HTTP_LANGUAGES_EVERYWHERE of every localized page. */
static const char *const languages[] = {"en", "nl", "fr", "tr", "ar", "es", NULL};
static const char *const api_prefixes[] = {"/api/", "/data/", NULL};

static void fill_defaults(struct http_config *c)
{
	const struct {
		uint32_t *value;
		uint32_t otherwise;
	} numbers[] = {
	    {&c->loops, 2},
	    {&c->workers, 4},
	    {&c->bulk_workers, 2},
	    {&c->wait_max_ms, 10000},
	    {&c->connections_max, 1000},
	    {&c->per_address_max, 250},
	    {&c->idle_timeout_s, 15},
	    {&c->header_timeout_s, 20},
	    {&c->stop_deadline_s, 10},
	};
	const struct {
		size_t *value;
		size_t otherwise;
	} sizes[] = {
	    {&c->header_bytes_max, 16 * 1024},
	    {&c->request_arena_bytes, 8U << 20},
	    {&c->response_bytes_max, 16U << 20},
	    {&c->cache_bytes, 64U << 20},
	};
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (!*numbers[i].value)
			*numbers[i].value = numbers[i].otherwise;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		if (!*sizes[i].value)
			*sizes[i].value = sizes[i].otherwise;
	if (!c->queue_max) /* a connection has one request at a time: with this nobody is refused */
		c->queue_max = c->connections_max;
	if (!c->listen.n)
		c->listen = STR("127.0.0.1:8080");
	if (!c->api_prefixes)
		c->api_prefixes = api_prefixes;
	if (!c->clock.now_ms)
		c->clock = clock_system();
}

/* What only the server can check of a route. */
static enum err_code check_routes(const struct http_core *core, struct err *e)
{
	for (size_t i = 0; i < http_router_count(core->router); i++) {
		const struct http_route *r = http_router_route(core->router, i);
		if (r->role && !core->config.authorize)
			return fail(e, ERR_INVALID, "route.role",
			    "route %s needs a role, but nobody checks roles", r->pattern);
		if (r->role && r->cache != HTTP_CACHE_NEVER && r->cache != HTTP_CACHE_PRIVATE)
			return fail(e, ERR_INVALID, "route.cache",
			    "route %s needs a role and would be kept for everyone", r->pattern);
		if (r->method != HTTP_GET && r->cache != HTTP_CACHE_NEVER)
			return fail(e, ERR_INVALID, "route.cache",
			    "route %s changes something and cannot be kept", r->pattern);
		if (r->method == HTTP_GET && r->body_bytes)
			return fail(e, ERR_INVALID, "route.body", "route %s: GET takes no content",
			    r->pattern);
	}
	return ERR_OK;
}

enum err_code http_core_init(struct http_core *core, const struct http_config *config,
    void (*release)(void *answer), struct err *e)
{
	uint64_t seed = 0;
	struct rng rng = rng_system();
	rng.fill(rng.ctx, &seed, sizeof seed);
	core->config = *config;
	fill_defaults(&core->config);
	core->languages = languages;
	core->arena = arena_new(ARENA_NO_LIMIT);
	if (!core->arena)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(http_router_new(
	    config->routes, config->n_routes, languages, core->arena, &core->router, e));
	TRY(check_routes(core, e));
	if (config->n_assets > HTTP_MOUNTS_MAX)
		return fail(
		    e, ERR_INVALID, "assets.count", "more than %d asset mounts", HTTP_MOUNTS_MAX);
	core->metrics = http_metrics_new(core->arena, http_router_count(core->router));
	core->cache = http_cache_new(core->config.cache_bytes, seed, release);
	core->flights = http_flights_new(core->arena, seed);
	if (config->access_fd >= 0)
		core->access = http_access_new(config->access_fd, config->log_query);
	if (!core->metrics || !core->cache || !core->flights ||
	    (config->access_fd >= 0 && !core->access))
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	return ERR_OK;
}
