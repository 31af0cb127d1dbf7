#include "base/test.h"
#include "codec/json.h"
#include "codec/table.h"

static const struct table_column columns[] = {
    {"activity_id", TABLE_TEXT, NULL, "Number of the activity."},
    {"people", TABLE_INTEGER, "people", "How many."},
    {"ratio", TABLE_DECIMAL, NULL, "Result by target."},
    {"contribution_eur", TABLE_MONEY, "EUR", "Contribution."},
    {"start_date", TABLE_DATE, NULL, "First day as known."},
    {"own", TABLE_BOOL, NULL, "Own portfolio."},
};

struct rows {
	size_t at, n;
};

static enum err_code next(void *ctx, struct table_cell *cells, bool *ret_more, struct err *e)
{
	struct rows *r = ctx;
	(void)e;
	*ret_more = r->at < r->n;
	if (!*ret_more)
		return ERR_OK;
	bool odd = r->at++ % 2 == 1;
	cells[0].text = odd ? STR("=1+1") : STR("a,\"b\"");
	cells[1].integer = -5;
	cells[2].number = decimal_scaled(1063, -3);
	cells[2].missing = odd;
	cells[3].amount = MONEY(29284890, "EUR");
	cells[3].missing = odd;
	(void)pdate_parse(STR("2008-12"), &cells[4].date);
	cells[5].yes = odd;
	return ERR_OK;
}

static const struct table_info info = {.name = "test", .title = {"T", 1}, .licence = {"CC0", 3}};

static void writes_csv_as_rfc_4180(void **state)
{
	(void)state;
	struct rows r = {0, 2};
	struct table_source s = {columns, 6, next, &r};
	struct err e;
	AUTO_BUF out = BUF_INIT(10000);
	assert_ok(table_write(TABLE_CSV, &s, &info, &out, &e), &e);
	assert_str(buf_str(&out), "activity_id,people,ratio,contribution_eur,start_date,own\r\n"
	                          "\"a,\"\"b\"\"\",-5,1.063,292848.90,2008-12,no\r\n"
	                          "'=1+1,-5,,,2008-12,yes\r\n");
}

static void writes_json_that_reads_back(void **state)
{
	(void)state;
	struct rows r = {0, 5000};
	struct table_source s = {columns, 6, next, &r};
	struct err e;
	AUTO_BUF out = BUF_INIT(4 << 20);
	AUTO_ARENA a = arena_new(64 << 20);
	assert_ok(table_write(TABLE_JSON, &s, &info, &out, &e), &e);
	const struct json *j;
	struct json_limits limits = {.max_bytes = 4 << 20};
	assert_ok(json_read(buf_str(&out), NULL, &limits, a, &j, &e), &e);
	assert_int_equal(json_get(j, "rows")->n, 5000);
	assert_int_equal(json_get(j, "fields")->n, 6);
	const struct json *row = &json_get(j, "rows")->items[0];
	assert_str(json_get(row, "contribution_eur")->text, "292848.90");
	assert_str(json_get(row, "activity_id")->text, "a,\"b\"");
	assert_int_equal(json_get(&json_get(j, "rows")->items[1], "ratio")->kind, JSON_IS_NULL);
}

static void gives_pieces_of_bounded_size(void **state)
{
	(void)state;
	struct rows r = {0, 20000};
	struct table_source s = {columns, 6, next, &r};
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	struct table_stream *stream;
	bool done = false;
	size_t total = 0, pieces = 0;
	assert_ok(table_stream_open(TABLE_CSV, &s, &info, a, &stream, &e), &e);
	while (!done) {
		AUTO_BUF out = BUF_INIT(TABLE_PIECE_BYTES * 3);
		assert_ok(table_stream_next(stream, &out, &done, &e), &e);
		total += out.n;
		pieces++;
	}
	assert_true(pieces > 5);
	assert_int_equal(total, 58 + 10000 * (41 + 24));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_csv_as_rfc_4180),
	    cmocka_unit_test(writes_json_that_reads_back),
	    cmocka_unit_test(gives_pieces_of_bounded_size),
	};
	return test_run(tests);
}
