/* The comparison of a file, and the World Bank's own rows. */
#include "base/test.h"
#include "codec/csv.h"
#include "feat/prices/file.h"

enum { ROW_BYTES = 64 << 20, ROWS_MAX = 64, TOLERANCE_MARGIN = 50, TOLERANCE_TOTAL = 100 }; /* ppm: two decimals of a percentage */

static const char *const frame = "{\"send\":{\"country\":\"NL\",\"currency\":\"EUR\"},\"receive\":{\"country\":\"PH\",\"currency\":\"PHP\"},"
	"\"benchmark\":{\"rate\":\"70.356\",\"source\":\"ECB\",\"date\":\"2026-04-13\"},"
	"\"question\":{%s,\"at\":\"2026-04-13T12:00:00Z\"},\"offers\":[%s]}";

#define TERMS "\"margin\":\"measured\",\"method\":\"feed\",\"receive_fee\":0,\"licensed\":true,\"collected_at\":\"2026-04-13T11:00:00Z\","
#define OFFER_A "{\"id\":\"a\",\"provider\":\"A\",\"fee_model\":\"on top\",\"rate\":\"69.30\"," TERMS "\"tiers\":[{\"fixed\":4.90}]}"
#define OFFER_B "{\"id\":\"b\",\"provider\":\"B\",\"fee_model\":\"on top\",\"rate\":67.20," TERMS "\"tiers\":[{}]}"
#define OFFER_C "{\"id\":\"c\",\"provider\":\"C\",\"fee_model\":\"deducted\",\"rate\":\"70.356\"," TERMS "\"tiers\":[{\"fixed\":\"1.87\"}]}"
#define OFFER_D "{\"id\":\"d\",\"provider\":\"D\",\"fee_model\":\"on top\",\"margin\":\"unknown\",\"method\":\"feed\",\"receive_fee\":0," \
		"\"licensed\":true,\"collected_at\":\"2026-04-13T11:00:00Z\",\"tiers\":[{}]}"

static enum err_code run(const char *question, const char *offers, struct arena *a, struct buf *out, struct err *e)
{
	AUTO_BUF text = BUF_INIT(1 << 20);
	struct prices_case c;
	struct prices_answer answer;
	struct json_writer w;
	char *filled = NULL;
	assert_true(asprintf(&filled, frame, question, offers) > 0);
	buf_addz(&text, filled);
	free(filled);
	TRY(prices_case_read(buf_str(&text), "case.json", a, &c, e));
	TRY(prices_case_rank(&c, a, &answer, e));
	jw_begin_buf(&w, out);
	prices_case_write(&w, &c, &answer);
	return jw_finish(&w, e);
}

static const struct json *result(const char *question, const char *offers, struct arena *a, struct buf *out)
{
	struct err e = {0};
	const struct json *root;
	const struct json_limits limits = {.max_bytes = 1 << 20};
	assert_ok(run(question, offers, a, out, &e), &e);
	assert_ok(json_read(buf_str(out), "result", &limits, a, &root, &e), &e);
	return root;
}

static void field_is(const struct json *row, const char *key, const char *want)
{
	const struct json *v = json_get(row, key);
	if (!v)
		fail_msg("no %s", key);
	assert_str(v->text, want);
}

/* The worked table of the method: the same outlay of 140 euros, C before B before A. */
static void test_one_basis(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ROW_BYTES);
	AUTO_BUF out = BUF_INIT(1 << 20);
	const struct json *root = result("\"send\":140", OFFER_A "," OFFER_B "," OFFER_C "," OFFER_D, a, &out);
	const struct json *ranked = json_get(root, "ranked"), *apart = json_get(root, "not_ranked");
	assert_int_equal(ranked->n, 3);
	const char *const want[][6] = {{"c", "9718.27", "1.87", "1.3358", "0.0000", "1.3538"}, {"b", "9408.00", "6.28", "4.4858", "4.4858", "4.4858"},
	    {"a", "9362.43", "6.93", "4.9484", "1.5009", "5.1279"}};
	for (size_t i = 0; i < 3; i++) {
		const struct json *row = &ranked->items[i];
		field_is(row, "id", want[i][0]);
		field_is(row, "gets", want[i][1]);
		field_is(row, "cost", want[i][2]);
		field_is(row, "effective_percent", want[i][3]);
		field_is(row, "margin_percent", want[i][4]);
		field_is(row, "rpw_percent", want[i][5]);
	}
	assert_int_equal(apart->n, 1);
	field_is(&apart->items[0], "verdict", "rate not disclosed");
	assert_null(json_get(&apart->items[0], "gets"));
}

static void test_fixed_receipt(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ROW_BYTES);
	AUTO_BUF out = BUF_INIT(1 << 20);
	const struct json *root = result("\"receive\":\"9362.43\"", OFFER_A "," OFFER_B, a, &out);
	const struct json *ranked = json_get(root, "ranked");
	field_is(&ranked->items[0], "id", "b");
	field_is(&ranked->items[0], "outlay", "139.33"); /* 139.32 × 67.20 = 9,362.30, too little */
	field_is(&ranked->items[1], "outlay", "140.00");
}

/* What is wrong is named with its place; nothing is guessed. */
static void test_refused(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ROW_BYTES);
	static const struct {
		const char *question, *offers, *field;
	} bad[] = {
	    {"\"send\":\"ten\"", OFFER_A, "send"},
	    {"\"send\":-5", OFFER_A, "send"},
	    {"\"send\":140.005", OFFER_A, "send"},
	    {"\"send\":0", OFFER_A, "amount"},
	    {"\"send\":20000000", OFFER_A, "send"},
	    {"\"send\":1,\"receive\":1", OFFER_A, "question"},
	    {"\"send\":140,\"preset\":\"best\"", OFFER_A, "preset"},
	    {"\"send\":140,\"pay_in\":[\"gold\"]", OFFER_A, "pay_in"},
	    {"\"send\":140,\"preset\":\"arrive by\"", OFFER_A, "arrive_by"},
	    {"\"send\":140", "", "offers"},
	    {"\"send\":140", "{\"id\":\"x\"}", "provider"},
	    {"\"send\":140", "{\"id\":\"x\",\"provider\":\"X\",\"fee_model\":\"on top\"," TERMS "\"tiers\":[{}]}", "rate"},
	    {"\"send\":140", "{\"id\":\"x\",\"provider\":\"X\",\"fee_model\":\"on top\",\"rate\":\"70\"," TERMS "\"tiers\":[{\"percent\":101}]}", "percent"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		AUTO_BUF out = BUF_INIT(1 << 20);
		struct err e = {0};
		enum err_code code = run(bad[i].question, bad[i].offers, a, &out, &e);
		if (code != ERR_INVALID || strcmp(e.field, bad[i].field) != 0)
			fail_msg("case %zu: code %d, field \"%s\", %s", i, (int)code, e.field, e.detail);
	}
	AUTO_BUF out = BUF_INIT(1 << 20);
	struct err e = {0};
	assert_int_equal(run("\"send\":140", OFFER_A "," OFFER_A, a, &out, &e), ERR_INVALID);
	assert_non_null(strstr(e.detail, "two offers"));
}

/* Turning the list of offers about changes nothing. */
static void test_order_in_the_file(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ROW_BYTES);
	AUTO_BUF one = BUF_INIT(1 << 20);
	AUTO_BUF two = BUF_INIT(1 << 20);
	(void)result("\"send\":140", OFFER_A "," OFFER_B "," OFFER_C "," OFFER_D, a, &one);
	(void)result("\"send\":140", OFFER_D "," OFFER_C "," OFFER_B "," OFFER_A, a, &two);
	assert_true(str_eq(buf_str(&one), buf_str(&two)));
}

struct row {
	struct compare_service service;
	char corridor[16];
	int64_t margin_ppm, amount, fee;
};

static str shared_file(const char *name, struct arena *a)
{
	const char *shared = getenv("GRUTTO_SHARED");
	str path = arena_fmt(a, "%s/data/rpw/%s", shared ? shared : "../shared", name);
	if (access(path.p, R_OK) != 0) {
		print_message("# %s is not there: set GRUTTO_SHARED\n", path.p);
		return STR_NONE;
	}
	return path;
}

static int64_t ppm_of(str text)
{
	money m; /* hundredths of a percent */
	assert_true(money_parse(text, STR("EUR"), &m, NULL));
	return m.minor * 100;
}

static int64_t minor_of(str text)
{
	money m;
	assert_true(money_parse(text, STR("TZS"), &m, NULL));
	return m.minor;
}

static str column(const struct csv_record *r, const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return r->fields[i].text;
	fail_msg("no column %s", name);
	return STR_NONE;
}

static void check_amount(const struct csv_record *r, const char *const *names, size_t n, const char *cc, struct arena *a, int64_t *ret_total)
{
	struct compare_pair pair = {.send_digits = (uint8_t)money_exponent(STR("TZS")), .receive_digits = 2, .has_benchmark = true};
	struct compare_rate applied;
	struct err e = {0};
	int64_t principal = minor_of(column(r, names, n, arena_fmt(a, "%s lcu amount", cc).p)), total;
	struct compare_tier t = {COMPARE_AMOUNT_MAX, (int32_t)minor_of(column(r, names, n, arena_fmt(a, "%s lcu fee", cc).p)), 0, 0, 0};
	assert_ok(compare_rate_parse(column(r, names, n, "inter lcu bank fx"), &pair.benchmark, &e), &e);
	assert_ok(compare_rate_parse(column(r, names, n, arena_fmt(a, "%s lcu fx rate", cc).p), &applied, &e), &e);
	struct compare_offer o = {.rate = applied.digits, .rate_scale = applied.scale, .fee_model = COMPARE_FEE_ON_TOP,
	    .margin = COMPARE_MARGIN_MEASURED, .n_tiers = 1};
	assert_true(compare_rpw(&o, &t, &pair, principal, &total));
	int64_t file_total = ppm_of(column(r, names, n, arena_fmt(a, "%s total cost %%", cc).p));
	assert_true(total - file_total <= TOLERANCE_TOTAL && file_total - total <= TOLERANCE_TOTAL);
	struct compare_quote q = {.outlay = principal + t.fixed, .principal = principal, .fee = t.fixed};
	int64_t margin = compare_figures(&o, &pair, &q).margin_ppm, file_margin = ppm_of(column(r, names, n, arena_fmt(a, "%s fx margin", cc).p));
	assert_true(margin - file_margin <= TOLERANCE_MARGIN && file_margin - margin <= TOLERANCE_MARGIN);
	*ret_total = file_total;
}

static size_t read_rows(str path, struct arena *a, struct row *rows)
{
	AUTO_BUF text = BUF_INIT(1 << 20);
	struct csv_reader *r;
	struct csv_record record;
	struct err e = {0};
	bool more;
	size_t n = 0, columns;
	const char *names[64];
	assert_ok(file_read(path.p, &text, &e), &e);
	str rest = buf_str(&text);
	assert_ok(csv_open(source_str(&rest), NULL, &r, &e), &e);
	assert_ok(csv_next(r, &record, &more, &e), &e);
	columns = record.n;
	assert_true(more && columns <= 64);
	for (size_t i = 0; i < columns; i++)
		names[i] = arena_fmt(a, "%.*s", STR_ARG(record.fields[i].text)).p;
	for (;;) {
		assert_ok(csv_next(r, &record, &more, &e), &e);
		if (!more)
			break;
		int64_t five_hundred;
		assert_true(n < ROWS_MAX);
		struct row *x = &rows[n];
		*x = (struct row){.service = {.provider = (uint32_t)n, .accessible = true}};
		check_amount(&record, names, columns, "cc1", a, &x->service.total_ppm);
		check_amount(&record, names, columns, "cc2", a, &five_hundred);
		x->service.transparent = str_is(column(&record, names, columns, "transparent"), "yes");
		(void)snprintf(x->corridor, sizeof x->corridor, "%.*s", STR_ARG(column(&record, names, columns, "corridor")));
		n++;
	}
	csv_close(r);
	return n;
}

/* Every row of the sample reproduces its margin and total; the mean of the complete corridor is the one published,
 * 23.6175 %; the three cheapest are 10.3333 %. */
static void test_world_bank_rows(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ROW_BYTES);
	struct row rows[ROWS_MAX];
	struct compare_service corridor[ROWS_MAX];
	str path = shared_file("rpw_rows_sample.csv", a);
	if (!path.p) {
		arena_free(a);
		a = NULL;
		skip();
	}
	size_t n = read_rows(path, a, rows), k = 0, counted;
	assert_int_equal(n, 15);
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].corridor, "TZAKEN") == 0)
			corridor[k++] = rows[i].service;
	int64_t mean;
	assert_int_equal(k, 12);
	assert_true(compare_mean(corridor, k, &mean, &counted));
	assert_int_equal(mean, 236175);
	assert_true(compare_three_cheapest(corridor, k, &mean, &counted));
	assert_int_equal(mean, 103333);
}

/* Working days over days of rest of two countries. In 2026 Good Friday was 3 April (a holiday in Ghana, not in the Netherlands), Easter Monday 6 April,
 * Koningsdag Monday 27 April; in Somalia Friday alone is the weekend. */
static void test_days_of_rest(void **state)
{
	(void)state;
	static const struct {
		const char *to, *at, *days, *arrives, *later[3];
	} cases[] = {
	    {"GH", "2026-04-03T12:00:00Z", "2", "2026-04-09T00:00:00Z", {"GH 2026-04-03", "NL 2026-04-06", "GH 2026-04-06"}},
	    {"GH", "2026-04-24T12:00:00Z", "1", "2026-04-28T12:00:00Z", {"NL 2026-04-27"}},
	    {"GH", "2026-04-20T12:00:00Z", "1", "2026-04-21T12:00:00Z", {NULL}},
	    {"SO", "2026-04-09T12:00:00Z", "1", "2026-04-13T12:00:00Z", {NULL}},
	    {"SO", "2026-04-23T12:00:00Z", "1", "2026-04-28T12:00:00Z", {"NL 2026-04-27"}},
	};
	AUTO_ARENA a = arena_new(ROW_BYTES);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		AUTO_BUF text = BUF_INIT(1 << 16);
		AUTO_BUF out = BUF_INIT(1 << 16);
		struct prices_case c;
		struct prices_answer answer;
		struct prices_delay later[PRICES_DELAYS_MAX];
		struct err e = {0};
		buf_addf(&text, "{\"send\":{\"country\":\"NL\",\"currency\":\"EUR\"},\"receive\":{\"country\":\"%s\",\"currency\":\"USD\"},"
				"\"holidays\":{\"NL\":[\"2026-04-06\",\"2026-04-27\"],\"GH\":[\"2026-04-03\",\"2026-04-06\"]},\"weekends\":{\"SO\":[\"fri\"]},"
				"\"question\":{\"send\":100,\"at\":\"%s\"},\"offers\":[{\"id\":\"x\",\"provider\":\"X\",\"fee_model\":\"on top\","
				"\"margin\":\"measured\",\"rate\":1.1,\"method\":\"feed\",\"receive_fee\":0,\"licensed\":true,\"collected_at\":\"%s\","
				"\"tiers\":[{}],\"business_days\":true,\"latest_minutes\":%s}]}",
		    cases[i].to, cases[i].at, cases[i].at, cases[i].days[0] == '1' ? "1440" : "2880");
		assert_ok(prices_case_read(buf_str(&text), "case.json", a, &c, &e), &e);
		assert_ok(prices_case_rank(&c, a, &answer, &e), &e);
		buf_add_instant(&out, answer.rows[0].arrives * 60000);
		assert_str(buf_str(&out), cases[i].arrives);
		size_t n = prices_delays(&c, &answer.rows[0], later);
		for (size_t k = 0; k < 3 && cases[i].later[k]; k++) {
			buf_clear(&out);
			assert_true(k < n);
			buf_addf(&out, "%s ", later[k].country ? cases[i].to : "NL");
			buf_add_date(&out, later[k].day);
			assert_str(buf_str(&out), cases[i].later[k]);
		}
		assert_true(n < 3 ? cases[i].later[n] == NULL : n == 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_one_basis), cmocka_unit_test(test_fixed_receipt), cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_order_in_the_file), cmocka_unit_test(test_world_bank_rows),
	    cmocka_unit_test(test_days_of_rest)};
	return test_run(tests);
}
