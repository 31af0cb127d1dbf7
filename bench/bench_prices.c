/* bench_prices ecb FILE: milliseconds of processor time to parse the ECB's whole history, median. bench_prices view DB: what a view of the prices of a
 * database takes to load, and its bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codec/io.h"
#include "db/db.h"
#include "feat/prices/import.h"

enum { ROUNDS = 51 };

static double now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* of this process: the machine may be busy */
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	(void)ctx;
	return fail(e, ERR_INVALID, "bench", "%s", why->detail);
}

static enum err_code ecb(const char *path, struct err *e)
{
	AUTO_BUF text = BUF_INIT(RATES_BYTES);
	double ms[ROUNDS];
	size_t n = 0;
	TRY(file_read(path, &text, e));
	for (int i = 0; i < ROUNDS; i++) {
		AUTO_ARENA a = arena_new(256 << 20);
		struct rate_rows rows;
		const struct feed_reading r = {.file = path, .now_ms = INT64_C(4102444800000), .a = a, .on_refused = on_refused};
		double begun = now_ms();
		TRY(rates_read_ecb_csv(buf_str(&text), &r, &rows, e));
		ms[i] = now_ms() - begun;
		n = rows.n;
	}
	qsort(ms, ROUNDS, sizeof *ms, by_time);
	printf("| ECB history parsed: %zu bytes, %zu rates | %.1f ms |\n", text.n, n, ms[ROUNDS / 2]);
	return ERR_OK;
}

static enum err_code view(const char *location, struct err *e)
{
	const struct db_options o = {.readers = 1};
	AUTO_POOL pool = NULL;
	AUTO_DB db = NULL;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	const struct prices_view *v;
	int64_t programme;
	TRY(db_pool_open(str_of(location), &o, &pool, e));
	TRY(db_pool_reader(pool, &db, e));
	TRY(prices_programme(db, &programme, e));
	double begun = now_ms();
	TRY(prices_view_load(db, programme, a, &v, e));
	printf("| view of %zu offers with %zu steps in %zu corridors | %.0f ms, %.1f MB |\n", v->n_offers, v->n_tiers, v->n_corridors,
	    now_ms() - begun, (double)arena_used(a) / 1e6);
	return ERR_OK;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc != 3)
		return 2;
	enum err_code code = strcmp(argv[1], "ecb") == 0 ? ecb(argv[2], &e) : view(argv[2], &e);
	if (code != ERR_OK)
		(void)fprintf(stderr, "%s\n", e.detail);
	return code == ERR_OK ? 0 : 4;
}
