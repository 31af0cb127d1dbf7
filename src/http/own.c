/* The routes that the server brings itself: /healthz and /metrics. */
#include "codec/json.h"
#include "http/answer.h"

/* 200 {"status":"ok"}, or 503 with what is wrong: a load balancer reads the status only. */
static enum err_code healthz(struct http_request *req, struct http_response *res, struct err *e)
{
	const struct http_config *c = &req->core->config;
	struct err wrong = {0};
	enum err_code code = c->health ? c->health(c->app, &wrong) : ERR_OK;
	bool stopping = atomic_load(&req->core->stopping);
	res->type = "application/json";
	res->status = code == ERR_OK && !stopping ? 200 : 503;
	struct json_writer w;
	jw_begin_buf(&w, &res->body);
	jw_object(&w);
	jw_key(&w, "status");
	jw_str(&w, code != ERR_OK ? STR("failing") : stopping ? STR("stopping") : STR("ok"));
	jw_key(&w, "version");
	jw_str(&w, STR(GRUTTO_VERSION));
	if (code != ERR_OK) {
		jw_key(
		    &w, "check"); /* the id only: the detail may name files, and goes to the log */
		jw_str(&w, str_of(wrong.id));
		if (c->log)
			log_line(c->log, LOG_ERROR, "healthz: %s: %s", wrong.id, wrong.detail);
	}
	jw_object_end(&w);
	return jw_finish(&w, e);
}

static enum err_code metrics(struct http_request *req, struct http_response *res, struct err *e)
{
	(void)e;
	struct http_core *core = req->core;
	struct http_cache_stats s = http_cache_stats(core->cache);
	struct http_gauges g = {
	    .connections = core->connections(core->connections_ctx),
	    .cache_hits = s.hits,
	    .cache_misses = s.misses,
	    .cache_evictions = s.evictions,
	    .cache_bytes = s.bytes,
	    .cache_entries = s.entries,
	    .has_snapshot = req->snapshot != NULL,
	};
	http_workers_count(core->workers, &g.waiting, &g.running);
	http_workers_count(core->bulk, &g.waiting, &g.running);
	const struct http_config *c = &core->config;
	if (req->snapshot && c->snapshot_generation)
		g.generation = c->snapshot_generation(c->app, req->snapshot);
	if (req->snapshot && c->snapshot_made_ms)
		g.snapshot_age_s =
		    (double)(req->now_ms - c->snapshot_made_ms(c->app, req->snapshot)) / 1000;
	res->type = "text/plain; version=0.0.4; charset=utf-8";
	http_metrics_write(core->metrics, core->router, &g, &res->body);
	if (c->metrics)
		c->metrics(c->app, &res->body);
	return ERR_OK;
}

static const struct http_route routes[] = {
    {.method = HTTP_GET, .pattern = "/healthz", .handler = healthz, .lane = HTTP_SLOW},
    {.method = HTTP_GET, .pattern = "/metrics", .handler = metrics, .lane = HTTP_SLOW},
};

struct http_routes http_own_routes(void)
{
	return HTTP_ROUTES(routes);
}
