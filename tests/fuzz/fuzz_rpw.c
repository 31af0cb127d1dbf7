/* Rows of Remittance Prices Worldwide as CSV: any bytes give rows and refusals; what is given holds what the importer relies on. */
#include "base/utf8.h"
#include "feat/prices/rpw.h"
#include "fuzz.h"

struct seen {
	uint64_t rows, held, refused;
};

static void check_amount(const struct rpw_row *row, const struct rpw_amount *x)
{
	if (!x->given)
		return;
	FUZZ_CHECK(x->amount_minor >= 0 && x->currency.n == 3 && x->usd >= 0);
	FUZZ_CHECK((x->rate_text.p != NULL) == (x->rate.digits > 0));
	FUZZ_CHECK(!x->computed || row->margin != COMPARE_MARGIN_UNKNOWN);
	FUZZ_CHECK(row->margin == COMPARE_MARGIN_UNKNOWN || x->rate.digits > 0);
}

static enum err_code on_row(void *ctx, const struct rpw_row *x, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	s->rows++;
	s->held += x->held != 0;
	FUZZ_CHECK(x->id.n && x->firm.n && utf8_valid(x->firm, NULL) && utf8_valid(x->firm_key, NULL));
	FUZZ_CHECK(x->source.n == 3 && x->destination.n == 3 && x->quarter >= 1 && x->quarter <= 4 && x->line > 1);
	FUZZ_CHECK(x->held < 1u << RPW_HELD_KINDS);
	FUZZ_CHECK(x->amounts[0].given || x->amounts[1].given);
	FUZZ_CHECK(x->transparent || x->margin == COMPARE_MARGIN_UNKNOWN);
	for (int i = 0; i < RPW_AMOUNTS; i++)
		check_amount(x, &x->amounts[i]);
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	s->refused++;
	FUZZ_CHECK(why->id[0] && why->detail[0] && why->line >= 1);
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct seen s = {0};
	struct rpw_totals t;
	struct err e = {0};
	str rest = {(const char *)data, n};
	const struct rpw_reading r = {.file = "fuzz", .on_row = on_row, .on_refused = on_refused, .ctx = &s};
	enum err_code code = rpw_read_csv(source_str(&rest), &r, &t, &e);
	FUZZ_CHECK(code == ERR_OK || code == ERR_INVALID || code == ERR_LIMIT);
	FUZZ_CHECK(t.rows == s.rows && t.held == s.held && t.refused == s.refused);
	return 0;
}
