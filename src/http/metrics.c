#include "http/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#include <dirent.h>
#include <fcntl.h>

enum { BUCKETS = 14, CLASSES = 5 };

static const int64_t bounds_us[BUCKETS] = {100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000,
    100000, 250000, 1000000, 5000000, 30000000};

struct histogram {
	atomic_uint_fast64_t count[BUCKETS + 1];
	atomic_uint_fast64_t sum_us;
};

struct http_metrics {
	size_t n_routes;
	atomic_uint_fast64_t *requests; /* [route][class] */
	struct histogram latency[HTTP_KINDS];
	atomic_uint_fast64_t bytes, refused, shared;
	atomic_size_t in_flight;
};

struct http_metrics *http_metrics_new(struct arena *a, size_t n_routes)
{
	struct http_metrics *m = ARENA_NEW(a, struct http_metrics);
	if (!m)
		return NULL;
	m->n_routes = n_routes;
	m->requests = ARENA_ARRAY(a, (n_routes + 1) * CLASSES, atomic_uint_fast64_t);
	return m->requests ? m : NULL;
}

static void raise_by(atomic_uint_fast64_t *counter, uint64_t by)
{
	(void)atomic_fetch_add_explicit(counter, by, memory_order_relaxed);
}

void http_metrics_add(struct http_metrics *m, size_t route, int status, enum http_kind kind,
    int64_t duration_us, uint64_t bytes)
{
	size_t row = route < m->n_routes ? route : m->n_routes;
	int class = status / 100 - 1;
	if (class < 0 || class >= CLASSES)
		class = CLASSES - 1;
	raise_by(&m->requests[row * CLASSES + (size_t) class], 1);
	struct histogram *h = &m->latency[kind];
	size_t b = 0;
	while (b < BUCKETS && duration_us > bounds_us[b])
		b++;
	raise_by(&h->count[b], 1);
	raise_by(&h->sum_us, (uint64_t)(duration_us > 0 ? duration_us : 0));
	raise_by(&m->bytes, bytes);
}

void http_metrics_begin(struct http_metrics *m)
{
	(void)atomic_fetch_add(&m->in_flight, 1);
}

void http_metrics_end(struct http_metrics *m)
{
	(void)atomic_fetch_sub(&m->in_flight, 1);
}

size_t http_metrics_in_flight(const struct http_metrics *m)
{
	return atomic_load(&m->in_flight);
}

void http_metrics_refused(struct http_metrics *m)
{
	raise_by(&m->refused, 1);
}

void http_metrics_shared(struct http_metrics *m)
{
	raise_by(&m->shared, 1);
}

static void head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_addf(out, "# HELP grutto_%s %s\n# TYPE grutto_%s %s\n", name, help, name, type);
}

static void gauge(struct buf *out, const char *name, const char *help, double v)
{
	head(out, name, "gauge", help);
	buf_addf(out, "grutto_%s %.17g\n", name, v);
}

static void counter(struct buf *out, const char *name, const char *help, uint64_t v)
{
	head(out, name, "counter", help);
	buf_addf(out, "grutto_%s %" PRIu64 "\n", name, v);
}

static void write_requests(
    const struct http_metrics *m, const struct http_router *r, struct buf *out)
{
	static const char *const methods[HTTP_METHODS] = {"GET", "POST", "PUT", "DELETE"};
	head(out, "http_requests_total", "counter",
	    "Requests answered, by route and class of status.");
	for (size_t i = 0; i <= m->n_routes; i++)
		for (size_t c = 0; c < CLASSES; c++) {
			uint64_t n = atomic_load_explicit(
			    &m->requests[i * CLASSES + c], memory_order_relaxed);
			if (!n)
				continue;
			const struct http_route *route =
			    i < m->n_routes ? http_router_route(r, i) : NULL;
			buf_addf(out,
			    "grutto_http_requests_total{route=\"%s%s\",method=\"%s\",status=\"%"
			    "zuxx\"} "
			    "%" PRIu64 "\n",
			    route && route->localized ? "/{lang}" : "",
			    route ? route->pattern : "none", route ? methods[route->method] : "any",
			    c + 1, n);
		}
}

static void write_latency(const struct http_metrics *m, struct buf *out)
{
	static const char *const kinds[HTTP_KINDS] = {"fast", "slow", "cached", "asset", "error"};
	head(out, "http_request_seconds", "histogram",
	    "From the request line to the last byte sent.");
	for (size_t k = 0; k < HTTP_KINDS; k++) {
		const struct histogram *h = &m->latency[k];
		uint64_t n = 0;
		for (size_t b = 0; b < BUCKETS; b++) {
			n += atomic_load_explicit(&h->count[b], memory_order_relaxed);
			buf_addf(out,
			    "grutto_http_request_seconds_bucket{kind=\"%s\",le=\"%g\"} %" PRIu64
			    "\n",
			    kinds[k], (double)bounds_us[b] / 1e6, n);
		}
		n += atomic_load_explicit(&h->count[BUCKETS], memory_order_relaxed);
		buf_addf(out,
		    "grutto_http_request_seconds_bucket{kind=\"%s\",le=\"+Inf\"} %" PRIu64 "\n"
		    "grutto_http_request_seconds_sum{kind=\"%s\"} %.6f\n"
		    "grutto_http_request_seconds_count{kind=\"%s\"} %" PRIu64 "\n",
		    kinds[k], n, kinds[k],
		    (double)atomic_load_explicit(&h->sum_us, memory_order_relaxed) / 1e6, kinds[k],
		    n);
	}
}

static size_t count_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	if (!d)
		return 0;
	size_t n = 0;
	while (readdir(d))
		n++;
	(void)closedir(d);
	return n > 3 ? n - 3 : 0; /* ".", ".." and the directory itself */
}

static uint64_t resident_bytes(void)
{
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	char text[128];
	ssize_t n = read(fd, text, sizeof text - 1);
	(void)close(fd);
	if (n <= 0)
		return 0;
	struct str_split it = str_split_on((str){text, (size_t)n}, ' ');
	str part = STR("");
	int64_t pages = 0;
	if (!str_next(&it, &part) || !str_next(&it, &part) || !str_to_i64(part, &pages))
		return 0;
	return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void write_process(struct buf *out)
{
	struct rusage u = {0};
	(void)getrusage(RUSAGE_SELF, &u);
	double cpu = (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec / 1e6 +
	             (double)u.ru_stime.tv_sec + (double)u.ru_stime.tv_usec / 1e6;
	buf_addf(out,
	    "# HELP process_cpu_seconds_total User and system time.\n"
	    "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %.3f\n"
	    "# HELP process_resident_memory_bytes Resident memory.\n"
	    "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes %" PRIu64
	    "\n"
	    "# HELP process_open_fds Open file descriptors.\n"
	    "# TYPE process_open_fds gauge\nprocess_open_fds %zu\n",
	    cpu, resident_bytes(), count_fds());
}

void http_metrics_write(const struct http_metrics *m, const struct http_router *r,
    const struct http_gauges *g, struct buf *out)
{
	write_requests(m, r, out);
	write_latency(m, out);
	counter(out, "http_content_bytes_total", "Bytes of content sent.",
	    atomic_load_explicit(&m->bytes, memory_order_relaxed));
	counter(out, "http_refused_total", "Requests refused because too many were waiting.",
	    atomic_load_explicit(&m->refused, memory_order_relaxed));
	counter(out, "http_shared_total", "Requests that waited for the answer to an equal one.",
	    atomic_load_explicit(&m->shared, memory_order_relaxed));
	gauge(out, "http_in_flight", "Requests being answered.", (double)http_metrics_in_flight(m));
	gauge(out, "http_connections", "Open connections.", (double)g->connections);
	gauge(out, "http_queue_waiting", "Slow requests that wait.", (double)g->waiting);
	gauge(out, "http_workers_running", "Workers that work.", (double)g->running);
	counter(out, "http_cache_hits_total", "Answers from the cache.", g->cache_hits);
	counter(out, "http_cache_misses_total", "Look-ups without a hit.", g->cache_misses);
	counter(out, "http_cache_evictions_total", "Answers dropped for room.", g->cache_evictions);
	gauge(out, "http_cache_bytes", "Bytes of the cache.", (double)g->cache_bytes);
	gauge(out, "http_cache_entries", "Answers in the cache.", (double)g->cache_entries);
	if (g->has_snapshot) {
		gauge(out, "snapshot_generation", "Number of the snapshot served.",
		    (double)g->generation);
		gauge(out, "snapshot_age_seconds", "Time since it was made.", g->snapshot_age_s);
	}
	write_process(out);
}
