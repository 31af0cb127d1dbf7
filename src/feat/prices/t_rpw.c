/* Rows of Remittance Prices Worldwide: the World Bank's own, as CSV and as both generations of the workbook, and the traps that the source has. */
#include "base/test.h"
#include "codec/csv.h"
#include "codec/io.h"
#include "codec/xlsx.h"
#include "feat/prices/rpw.h"

enum { ROWS_MAX = 64, TEXT_BYTES = 1 << 20, ARENA_BYTES = 64 << 20, COLUMNS_MAX = 64 };

/* What was read, kept. */
struct seen {
	struct arena *a;
	struct rpw_row rows[ROWS_MAX];
	size_t n, refused;
	struct err why; /* of the last refused */
};

static str kept(struct seen *s, str x)
{
	return x.p ? arena_str(s->a, x) : x;
}

static enum err_code on_row(void *ctx, const struct rpw_row *row, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	assert_true(s->n < ROWS_MAX);
	struct rpw_row *x = &s->rows[s->n++];
	*x = *row;
	str *const texts[] = {&x->sheet, &x->id, &x->source, &x->source_name, &x->destination, &x->destination_name, &x->firm, &x->firm_type,
	    &x->product, &x->payment_instrument, &x->access_point, &x->pickup_method, &x->pickup_location, &x->coverage_label,
	    &x->speed_label, &x->note, &x->note2, &x->firm_key, &x->interbank_text, &x->amounts[0].currency, &x->amounts[0].rate_text,
	    &x->amounts[1].currency, &x->amounts[1].rate_text};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = kept(s, *texts[i]);
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	s->refused++;
	s->why = *why;
	return ERR_OK;
}

static struct rpw_reading reading(struct seen *s)
{
	return (struct rpw_reading){.file = "rpw", .on_row = on_row, .on_refused = on_refused, .ctx = s};
}

static struct seen *seen_new(struct arena *a)
{
	struct seen *s = ARENA_NEW(a, struct seen);
	assert_non_null(s);
	s->a = a;
	return s;
}

static enum err_code read_csv(str text, struct seen *s, struct rpw_totals *t, struct err *e)
{
	const struct rpw_reading r = reading(s);
	return rpw_read_csv(source_str(&text), &r, t, e);
}

/* ---- the sample ---- */

static str sample(struct arena *a)
{
	const char *shared = getenv("GRUTTO_SHARED");
	str path = arena_fmt(a, "%s/data/rpw/rpw_rows_sample.csv", shared ? shared : "../shared");
	AUTO_BUF b = BUF_INIT(TEXT_BYTES);
	struct err e;
	if (access(path.p, R_OK) != 0) {
		print_message("# %s is not there: set GRUTTO_SHARED\n", path.p);
		return STR_NONE;
	}
	assert_ok(file_read(path.p, &b, &e), &e);
	return arena_str(a, buf_str(&b));
}

static void near(int64_t a, int64_t b, int64_t most)
{
	if (a - b > most || b - a > most)
		fail_msg("%lld against %lld", (long long)a, (long long)b);
}

/* Every row reproduces margin and total within the rounding of the file (0.005 and 0.01 percentage point); the mean of the complete corridor
 * is the one that the World Bank published, 23.6175 %. */
static void check_sample(const struct seen *s)
{
	struct compare_service corridor[ROWS_MAX];
	size_t k = 0, counted, unknown = 0;
	int64_t mean;
	assert_int_equal(s->n, 15);
	assert_int_equal(s->refused, 0);
	for (size_t i = 0; i < s->n; i++) {
		const struct rpw_row *x = &s->rows[i];
		assert_int_equal(x->held, 0);
		unknown += x->margin == COMPARE_MARGIN_UNKNOWN;
		assert_int_equal(x->transparent, x->margin == COMPARE_MARGIN_MEASURED);
		for (int c = 0; c < RPW_AMOUNTS; c++) {
			const struct rpw_amount *m = &x->amounts[c];
			assert_true(m->given && m->has_margin && m->has_total);
			assert_int_equal(m->usd, c ? 500 : 200);
			assert_int_equal(m->computed, x->transparent);
			if (!m->computed)
				continue;
			near(m->computed_margin_ppm, m->margin_ppm, 50);
			near(m->computed_total_ppm, m->total_ppm, 100);
		}
		if (str_is(x->source, "TZA"))
			corridor[k++] = (struct compare_service){.provider = (uint32_t)i, .transparent = x->transparent, .accessible = true, .total_ppm = x->amounts[0].total_ppm};
	}
	assert_int_equal(k, 12);
	assert_int_equal(unknown, 1); /* Posta Kenya, whose rate is 1 and margin 0 in the file */
	assert_true(compare_mean(corridor, k, &mean, &counted));
	assert_int_equal(mean, 236175);
	/* The first row, read off the file. */
	const struct rpw_row *x = &s->rows[0];
	assert_str(x->id, "14981");
	assert_int_equal(x->year, 2011);
	assert_int_equal(x->quarter, 1);
	assert_str(x->source, "TZA");
	assert_str(x->destination, "KEN");
	assert_str(x->destination_name, "Kenya");
	assert_str(x->firm, "MoneyGram");
	assert_str(x->firm_key, "moneygram");
	assert_str(x->access_point, ""); /* "Not available" */
	assert_int_equal(x->speed, COMPARE_SPEED_HOUR);
	assert_int_equal(x->coverage, RPW_NATIONWIDE);
	assert_int_equal(x->payout, 2);
	assert_int_equal(x->collected.day, 14998); /* date -d 2011-01-24 +%s, by 86,400 */
	assert_int_equal(x->amounts[0].amount_minor, 29500000);
	assert_int_equal(x->amounts[0].fee_minor, 2065000);
	assert_str(x->amounts[0].rate_text, "0.000651");
	assert_str(x->interbank_text, "0.00066");
	assert_int_equal(x->amounts[0].margin_ppm, 13600);
	assert_int_equal(x->amounts[0].total_ppm, 83600);
	assert_int_equal(x->amounts[0].computed_margin_ppm, 13636); /* prices.md: 1.3636 and 8.3636 */
	assert_int_equal(x->amounts[0].computed_total_ppm, 83636);
}

static void reads_the_sample(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	struct rpw_totals t;
	struct err e;
	str text = sample(a);
	if (!text.p) {
		arena_free(a);
		a = NULL;
		skip();
	}
	struct seen *s = seen_new(a);
	assert_ok(read_csv(text, s, &t, &e), &e);
	check_sample(s);
	assert_int_equal(t.tables, 1);
	assert_int_equal(t.rows, 15);
	assert_int_equal(s->rows[14].line, 16);
}

/* ---- the workbook ---- */

static bool is_figure(str s)
{
	return s.n && strspn(s.p, "0123456789.-") >= s.n;
}

/* The sample as a sheet; typed: figures as numbers and the day as a date, else all of it as text. */
static int make_book(str csv, bool typed, struct arena *a)
{
	struct csv_reader *r;
	struct csv_record record;
	struct xlsx_writer *w = NULL;
	struct xlsx_column columns[COLUMNS_MAX];
	struct err e;
	bool more;
	int fd = -1;
	assert_ok(csv_open(source_str(&csv), NULL, &r, &e), &e);
	assert_ok(csv_next(r, &record, &more, &e), &e);
	size_t n = record.n;
	for (size_t i = 0; i < n; i++) {
		str name = arena_str(a, record.fields[i].text);
		bool figure = str_starts(name, STR("cc")) && !str_ends(name, STR("lcu code"));
		figure = figure || str_is(name, "inter lcu bank fx") || str_is(name, "id");
		columns[i] = (struct xlsx_column){.title = name, .type = typed && str_is(name, "date") ? XLSX_DATE : typed && figure ? XLSX_NUMBER : XLSX_TEXT, .decimals = 2};
	}
	const struct xlsx_options o = {.sheet = STR("Dataset (up to Q1 2016)"), .columns = columns, .n_columns = n};
	assert_ok(xlsx_begin(&o, &w, &e), &e);
	for (;;) {
		assert_ok(csv_next(r, &record, &more, &e), &e);
		if (!more)
			break;
		for (size_t i = 0; i < n; i++) {
			str s = record.fields[i].text;
			date d;
			if (columns[i].type == XLSX_TEXT) {
				xlsx_text(w, s);
			} else if (columns[i].type == XLSX_NUMBER) {
				assert_true(is_figure(s));
				xlsx_number(w, strtod(s.p, NULL));
			} else { /* 24/Jan/2011 or 06/Sep/2011: no other in the sample */
				assert_true(date_from_civil(2011, s.p[3] == 'J' ? 1 : 9, s.p[0] == '2' ? 24 : 6, &d));
				xlsx_date(w, d);
			}
		}
		xlsx_end_row(w);
	}
	csv_close(r);
	assert_ok(xlsx_finish(w, &fd, &e), &e);
	return fd;
}

static void reads_the_workbook(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	str text = sample(a);
	if (!text.p) {
		arena_free(a);
		a = NULL;
		skip();
	}
	for (int typed = 0; typed < 2; typed++) {
		struct rpw_totals t;
		struct err e;
		struct xlsx_book *b;
		struct seen *s = seen_new(a);
		const struct rpw_reading r = reading(s);
		int fd = make_book(text, typed, a);
		assert_ok(xlsx_book_open_fd(fd, NULL, &b, &e), &e);
		(void)close(fd);
		assert_ok(rpw_read_book(b, &r, &t, &e), &e);
		xlsx_book_close(b);
		check_sample(s);
		assert_int_equal(t.tables, 1);
		assert_int_equal(t.skipped, 1); /* "About" */
		assert_str(s->rows[3].sheet, "Dataset (up to Q1 2016)");
		assert_int_equal(s->rows[3].line, 5);
	}
}

/* ---- traps ---- */

/* The second generation, all 42 columns. */
static const char *const columns[] = {"id", "period", "source_code", "source_name", "source_region", "source_income", "source_lending", "source_G8G20",
    "destination_code", "destination_name", "destination_region", "destination_income", "destination_lending", "destination_G8G20", "firm", "firm_type",
    "payment instrument", "access point", "speed actual", "cc1 lcu amount", "cc1 denomination amount", "cc1 lcu code", "cc1 lcu fee", "cc1 lcu fx rate",
    "cc1 fx margin", "cc1 total cost %", "cc2 lcu amount", "cc2 denomination amount", "cc2 lcu code", "cc2 lcu fee", "cc2 lcu fx rate", "cc2 fx margin",
    "cc2 total cost %", "inter lcu bank fx", "transparent", "Standard Note", "note2", "receiving network coverage", "pickup location", "pickup method",
    "date", "corridor"};
/* EUR 140 and 345 to Morocco, fee 4.90, rate 10.8 against 10.88: margin 0.7353 %, totals 4.2353 % and 2.1556 %. */
static const char *const usual[] = {"7", "2020_1Q", "NLD", "Netherlands", "..", "..", "..", "..", "MAR", "Morocco", "..", "..", "..", "..", "A bank",
    "Bank", "Cash,Mobile money", "Bank branch", "Next day", "140", "200", "EUR", "4.90", "10.8", "0.74", "4.24", "345", "500", "EUR", "4.90", "10.8", "0.74",
    "2.16", "10.88", "yes", "", "", "High", "", "Cash", "31/Mar/2020", "NLDMAR"};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

/* The usual row with some cells changed: "name=value;name=value". */
static str with(const char *changes, struct arena *a)
{
	AUTO_BUF b = BUF_INIT(TEXT_BYTES);
	struct csv_writer w;
	struct err e;
	size_t used = 0, wanted = 0;
	str change;
	csv_begin_buf(&w, &b, false);
	for (size_t i = 0; i < N_COLUMNS; i++)
		csv_write_str(&w, str_of(columns[i]));
	csv_write_end(&w);
	struct str_split count = str_split_on(str_of(changes), ';');
	while (str_next(&count, &change))
		wanted++;
	for (size_t i = 0; i < N_COLUMNS; i++) {
		str value = str_of(usual[i]);
		struct str_split it = str_split_on(str_of(changes), ';');
		while (str_next(&it, &change)) {
			ptrdiff_t eq = str_find_char(change, '=');
			if (eq > 0 && str_is(str_sub(change, 0, (size_t)eq), columns[i])) {
				value = str_sub(change, (size_t)eq + 1, change.n);
				used++;
			}
		}
		csv_write_str(&w, value);
	}
	csv_write_end(&w);
	assert_ok(csv_finish(&w, &e), &e);
	assert_int_equal(used, wanted);
	return arena_str(a, buf_str(&b));
}

static const struct rpw_row *one(const char *changes, struct arena *a)
{
	struct rpw_totals t;
	struct err e;
	struct seen *s = seen_new(a);
	assert_ok(read_csv(with(changes, a), s, &t, &e), &e);
	if (s->n != 1)
		fail_msg("%s: refused, %s", changes, s->why.detail);
	assert_int_equal(t.held, s->rows[0].held != 0);
	return &s->rows[0];
}

static void takes_what_is_known(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	const struct rpw_row *x = one("", a);
	assert_int_equal(x->held, 0);
	assert_int_equal(x->amounts[0].computed_margin_ppm, 7353);
	assert_int_equal(x->amounts[0].computed_total_ppm, 42353);
	assert_int_equal(x->amounts[1].computed_total_ppm, 21556);
	assert_int_equal(x->pay_in, 16 | 32);
	assert_int_equal(x->coverage, RPW_HIGH);
	assert_str(x->source_name, "Netherlands");
	assert_int_equal(x->collected.day, 18352);
	x = one("transparent=Yes;firm=  a   BANK ;speed actual=NEXT day;corridor=;date=;pickup method=Own/partner Bank Account;cc1 fx margin=;cc2 lcu code=..", a);
	assert_int_equal(x->held, 0);
	assert_true(x->transparent && !date_is(x->collected) && !x->amounts[0].has_margin);
	assert_str(x->firm, "a BANK");
	assert_str(x->firm_key, one("", a)->firm_key.p);
	assert_int_equal(x->speed, COMPARE_SPEED_NEXT_DAY);
	assert_int_equal(x->payout, 1);
	assert_str(x->amounts[1].currency, "EUR");
	x = one("destination_code=ksv;corridor=NLDKSV;date=2020-03-31;cc1 lcu fee=4.9e0;receiving network coverage=Rural only;speed actual=some day", a);
	assert_int_equal(x->held, 0);
	assert_str(x->destination, "XKX");
	assert_int_equal(x->amounts[0].fee_minor, 490);
	assert_int_equal(x->coverage, RPW_RURAL_ONLY);
	assert_int_equal(x->speed, COMPARE_SPEED_UNKNOWN);
	assert_str(x->speed_label, "some day");
	/* The hash leaves the id alone and nothing else. */
	assert_true(sha256_eq(one("", a)->content, one("id=8", a)->content));
	assert_false(sha256_eq(one("", a)->content, one("note2=x", a)->content));
}

/* The three states of a margin; unknown is never 0. */
static void tells_margin_states(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
#define ONES "cc1 lcu fx rate=1;cc2 lcu fx rate=1.0;inter lcu bank fx=1;cc1 fx margin=0;cc2 fx margin=0;cc1 total cost %=3.5;cc2 total cost %=1.42"
	const struct rpw_row *x = one("transparent=no;" ONES, a);
	assert_int_equal(x->margin, COMPARE_MARGIN_UNKNOWN);
	assert_int_equal(x->held, 0);
	assert_false(x->amounts[0].computed);
	assert_null(x->amounts[0].rate_text.p);
	assert_null(x->interbank_text.p);
	x = one(ONES, a);
	assert_int_equal(x->margin, COMPARE_MARGIN_SAME_CURRENCY);
	assert_int_equal(x->held, 0);
	assert_int_equal(x->amounts[0].computed_total_ppm, 35000);
	x = one(ONES ";period=2023_4Q;date=01/Nov/2023", a); /* same currency: 0 is right in any year */
	assert_int_equal(x->held, 0);
#define EVEN "cc1 lcu fx rate=10.88;cc2 lcu fx rate=10.88;cc1 fx margin=0;cc2 fx margin=0;cc1 total cost %=3.5;cc2 total cost %=1.42"
	x = one(EVEN, a);
	assert_int_equal(x->margin, COMPARE_MARGIN_MEASURED);
	assert_int_equal(x->held, 0);
	x = one(EVEN ";period=2021_4Q;date=01/Nov/2021", a);
	assert_int_equal(x->held, 0);
	x = one(EVEN ";period=2022_1Q;date=01/Mar/2022", a);
	assert_int_equal(x->held, RPW_HELD_ZERO_MARGIN);
}

static void holds_back(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	static const struct {
		const char *changes;
		uint32_t held;
	} cases[] = {
	    {"inter lcu bank fx=0", RPW_HELD_INTERBANK},
	    {"inter lcu bank fx=N/A", RPW_HELD_INTERBANK},
	    {"cc2 lcu fx rate=0", RPW_HELD_RATE},
	    {"cc2 lcu amount=0", RPW_HELD_AMOUNT},
	    {"cc1 lcu fee=..", RPW_HELD_AMOUNT},
	    {"cc1 fx margin=0.94;cc1 total cost %=4.44", RPW_HELD_MARGIN_DIFFERS},
	    {"cc1 fx margin=0.80;cc1 total cost %=4.30", 0}, /* as far off as many rows of the source are */
	    {"cc1 total cost %=4.40", RPW_HELD_TOTAL_DIFFERS},
	    {"cc1 lcu fx rate=10.95;cc1 fx margin=-0.64;cc1 total cost %=2.86", RPW_HELD_MARGIN_NEGATIVE},
	    {"cc1 lcu fx rate=10.92;cc1 fx margin=-0.37;cc1 total cost %=3.13", 0},
	    {"cc1 lcu fee=-2;cc1 total cost %=-0.69", RPW_HELD_TOTAL_NEGATIVE},
	    {"cc1 lcu fee=71.4;cc1 total cost %=51.74", RPW_HELD_FEE_LARGE},
	    {"cc1 lcu fx rate=4;cc1 fx margin=63.24;cc1 total cost %=66.74", RPW_HELD_MARGIN_LARGE},
	    {"cc1 lcu fee=0;cc1 lcu fx rate=10.88;cc1 fx margin=0;cc1 total cost %=0", RPW_HELD_FREE},
	    {"date=31/Mar/2018", RPW_HELD_DATE},
	    {"date=01/Feb/2021", 0},
	    {"corridor=NLDTUR", RPW_HELD_CORRIDOR},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct rpw_row *x = one(cases[i].changes, a);
		if (x->held != cases[i].held)
			fail_msg("%s: held %u, want %u", cases[i].changes, x->held, cases[i].held);
	}
	for (int i = 0; i < RPW_HELD_KINDS; i++)
		assert_true(strlen(rpw_held_reason(i)) > 10);
	assert_int_equal(one("inter lcu bank fx=0", a)->margin, COMPARE_MARGIN_UNKNOWN);
}

static void refuses(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	static const struct {
		const char *changes, *id, *field;
		uint32_t col;
	} cases[] = {
	    {"id=", "rpw.missing", "id", 1},
	    {"period=2020Q1", "rpw.period", "period", 2},
	    {"period=2020_5Q", "rpw.period", "period", 2},
	    {"source_code=NL", "rpw.country", "source_code", 3},
	    {"destination_code=..", "rpw.missing", "destination_code", 9},
	    {"firm=  ", "rpw.missing", "firm", 15},
	    {"cc1 lcu amount=1,400", "rpw.number", "cc1 lcu amount", 20},
	    {"cc1 lcu amount=-140", "rpw.number", "cc1 lcu amount", 20},
	    {"cc1 lcu code=euro", "rpw.currency", "cc1 lcu code", 22},
	    {"cc1 lcu fee=4.90 EUR", "rpw.number", "cc1 lcu fee", 23},
	    {"cc1 lcu fx rate=-1", "rpw.number", "cc1 lcu fx rate", 24},
	    {"cc1 fx margin=1e99", "rpw.number", "cc1 fx margin", 25},
	    {"cc2 total cost %=?", "rpw.number", "cc2 total cost %", 33},
	    {"inter lcu bank fx=#REF!", "rpw.number", "inter lcu bank fx", 34},
	    {"transparent=maybe", "rpw.word", "transparent", 35},
	    {"transparent=", "rpw.missing", "transparent", 35},
	    {"date=31/02/2020", "rpw.date", "date", 41},
	    {"date=30/Feb/2020", "rpw.date", "date", 41},
	    {"cc1 lcu amount=0;cc2 lcu amount=0", "rpw.amount", "cc1 lcu amount", 20},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rpw_totals t;
		struct err e;
		struct seen *s = seen_new(a);
		assert_ok(read_csv(with(cases[i].changes, a), s, &t, &e), &e);
		if (s->refused != 1 || strcmp(s->why.id, cases[i].id) != 0 || strcmp(s->why.field, cases[i].field) != 0 || s->why.col != cases[i].col ||
		    s->why.line != 2 || strcmp(s->why.file, "rpw") != 0)
			fail_msg("%s: %zu refused, %s, \"%s\", %u:%u %s", cases[i].changes, s->refused, s->why.id, s->why.field, s->why.line, s->why.col, s->why.detail);
		assert_int_equal(t.refused, 1);
		assert_int_equal(t.rows, 0);
	}
}

/* Good rows are kept beside bad ones; a file of another kind is refused as a whole. */
static void reads_on(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_BYTES);
	struct rpw_totals t;
	struct err e = {0};
	str text = with("", a);
	str row = str_sub(text, (size_t)str_find_char(text, '\n') + 1, text.n);
	struct seen *s = seen_new(a);
	str all = arena_fmt(a, "%.*s\r\n,,\r\nx,y\r\n\"bad\"quote\r\n%.*s", STR_ARG(text), STR_ARG(row));
	assert_ok(read_csv(all, s, &t, &e), &e);
	assert_int_equal(t.rows, 2);
	assert_int_equal(t.refused, 2);
	assert_string_equal(s->why.id, "csv.after_quote");
	assert_int_equal(s->rows[1].line, 7);
	static const struct {
		const char *text, *id;
	} bad[] = {{"", "rpw.layout"}, {"provider,key,fee\r\n", "rpw.layout"},
	    {"id,period,source_code,destination_code,firm,cc1 lcu amount,cc1 lcu code,cc1 lcu fee,cc1 lcu fx rate,inter lcu bank fx\r\n", "rpw.header"},
	    {"id,period,source_code,destination_code,firm,cc1 lcu amount,cc1 lcu code,cc1 lcu fee,cc1 lcu fx rate,inter lcu bank fx,transparent,Cc1_LCU_fee\r\n", "rpw.header"}};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(read_csv(str_of(bad[i].text), s, &t, &e), ERR_INVALID);
		assert_string_equal(e.id, bad[i].id);
	}
	str names[N_COLUMNS];
	for (size_t i = 0; i < N_COLUMNS; i++)
		names[i] = str_of(columns[i]);
	assert_true(rpw_is_header(names, N_COLUMNS));
	assert_false(rpw_is_header(names, 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_the_sample),
	    cmocka_unit_test(reads_the_workbook),
	    cmocka_unit_test(takes_what_is_known),
	    cmocka_unit_test(tells_margin_states),
	    cmocka_unit_test(holds_back),
	    cmocka_unit_test(refuses),
	    cmocka_unit_test(reads_on),
	};
	return test_run(tests);
}
