/* Benchmark rates: ECB CSV and XML, tables of other sources, averages of corridors. Any bytes give rows and refusals. */
#include "feat/prices/averages.h"
#include "feat/prices/rates.h"
#include "fuzz.h"

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	(void)ctx;
	(void)e;
	FUZZ_CHECK(why->detail[0]);
	return ERR_OK;
}

static enum err_code on_average(void *ctx, const struct average_row *row, struct err *e)
{
	(void)ctx;
	(void)e;
	FUZZ_CHECK(row->send_country.n == 2 && row->receive_country.n == 2 && row->quarter >= 1 && row->quarter <= 4 && row->mean.n);
	return ERR_OK;
}

static void check(const struct rate_rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rate_row *x = &r->rows[i];
		FUZZ_CHECK(x->currency < r->n_currencies && x->source < r->n_sources && r->currencies[x->currency].n == 3);
		FUZZ_CHECK(x->n > 0 && x->line > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_ARENA a = arena_new(64 << 20);
	const struct feed_reading r = {.file = "fuzz", .now_ms = INT64_C(1776081600000), .a = a, .on_refused = on_refused};
	str text = {(const char *)data, n};
	struct rate_rows rows;
	struct err e;
	if (!a)
		return 0;
	for (enum rates_kind k = RATES_ECB_CSV; k <= RATES_TABLE; k++)
		if (rates_read(text, k, &r, &rows, &e) == ERR_OK)
			check(&rows);
	for (enum averages_kind k = AVERAGES_DATABANK; k <= AVERAGES_LIST; k++)
		(void)!averages_read(text, k, &r, on_average, &e);
	return 0;
}
