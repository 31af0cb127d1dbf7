/* Importing into both databases: what is stored, what a second import does, faults, precedence, totals, search,
 * export of the own portfolio. */
#include "base/test.h"
#include "db/chain.h"
#include "db/testdb.h"
#include "feat/iati/iati.h"
#include "feat/register/register.h"
#include "feat/site/env.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define HEAD "<iati-activities version=\"2.03\">\n"
#define ACTIVITY(id, updated, title, rest)                                                                           \
	"<iati-activity default-currency=\"EUR\" xml:lang=\"en\"" updated "><iati-identifier>" id "</iati-identifier>" \
	"<reporting-org ref=\"NL-1\" type=\"10\"><narrative>Ministry</narrative></reporting-org>"                       \
	"<title><narrative>" title "</narrative></title><description><narrative>Drinking w\xc3\xa1ter</narrative></description>" \
	"<participating-org role=\"4\"><narrative>Doers</narrative></participating-org><activity-status code=\"2\"/>"   \
	"<activity-date type=\"2\" iso-date=\"2010-01-01\"/><sector code=\"31165\"/>" rest "</iati-activity>\n"
#define TX(type, amount) "<transaction><transaction-type code=\"" type "\"/><transaction-date iso-date=\"2010-02-01\"/>" \
	"<value value-date=\"2010-02-01\">" amount "</value></transaction>"
#define TAIL "</iati-activities>\n"

static int programme_no = 1;

struct place {
	struct testdb t;
	struct app_env env;
	uint64_t seed;
	char folder[64];
};

static void make_place(struct place *p, enum db_engine engine)
{
	char *argv[] = {p->t.location, (char *)(uintptr_t)"--pack", (char *)(uintptr_t)PACK};
	struct err e = {0};
	p->seed = 7;
	testdb_place(&p->t, engine);
	p->env = (struct app_env){.clock = clock_system(), .rng = rng_seeded(&p->seed), .out_fd = open("/dev/null", O_WRONLY)};
	p->env.err_fd = p->env.out_fd;
	p->env.log = (struct log){.fd = p->env.out_fd, .level = LOG_ERROR, .clock = p->env.clock};
	assert_int_equal(register_cmd_init(&p->env, 3, argv), 0);
	struct db_options o = {.readers = 1};
	assert_ok(db_pool_open(str_of(p->t.location), &o, &p->t.pool, &e), &e);
	snprintf(p->folder, sizeof p->folder, "/tmp/t_iati_XXXXXX");
	assert_non_null(mkdtemp(p->folder));
}

static void drop_place(struct place *p)
{
	char path[128];
	for (char c = 'a'; c <= 'f'; c++) {
		snprintf(path, sizeof path, "%s/%c.xml", p->folder, c);
		(void)unlink(path);
	}
	(void)rmdir(p->folder);
	(void)close(p->env.out_fd);
	testdb_drop(&p->t);
}

static const char *put(struct place *p, char name, const char *text, char path[128])
{
	snprintf(path, 128, "%s/%c.xml", p->folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
	return path;
}

static struct iati_import_result import(struct place *p, const char *const *files, size_t n, bool strict)
{
	struct err e = {0};
	struct iati_import_result r;
	struct iati_import_options o = {.strict = strict};
	assert_ok(iati_import(p->t.pool, programme_no, p->env.clock, p->env.rng, files, n, &o, &r, &e), &e);
	return r;
}

static const struct activity *load(struct db *db, const char *key, struct arena *a)
{
	const struct activity *x;
	struct err e = {0};
	return activity_load(db, programme_no, false, str_of(key), a, &x, &e) == ERR_OK ? x : NULL;
}

static int64_t events(struct db *db)
{
	struct chain_report r;
	struct err e = {0};
	assert_ok(chain_verify(db, &r, &e), &e);
	assert_true(r.whole);
	return r.events;
}

#define BEGIN(state)                                                                                                 \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                                       \
		skip();                                                                                              \
	struct place p = {0};                                                                                        \
	char path[128], path2[128];                                                                                  \
	(void)path2;                                                                                                 \
	make_place(&p, TESTDB_ENGINE(state))

static void again_changes_nothing(void **state)
{
	BEGIN(state);
	struct err e = {0};
	const char *file = put(&p, 'a', HEAD ACTIVITY("A", "", "One", TX("2", "10.50")) ACTIVITY("B", "", "Two", "") TAIL, path);
	struct iati_import_result r = import(&p, &file, 1, false);
	assert_int_equal(r.added, 2);
	struct db *db;
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	int64_t before = events(db);
	db_return(db);
	r = import(&p, &file, 1, false);
	assert_int_equal(r.files_unchanged, 1);
	/* Another file with the same activities, one of them changed, one gone, one new. */
	put(&p, 'a', HEAD ACTIVITY("A", "", "One, renamed", TX("2", "10.50")) ACTIVITY("C", "", "Three", "") TAIL, path);
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	assert_int_equal(events(db), before);
	db_return(db);
	r = import(&p, &file, 1, false);
	assert_int_equal(r.added, 1);
	assert_int_equal(r.changed, 1);
	assert_int_equal(r.removed, 1);
	AUTO_ARENA a = arena_new(1 << 20);
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	assert_int_equal(events(db), before + 4); /* three activities and the file */
	assert_str(load(db, "A", a)->title, "One, renamed");
	assert_int_equal(load(db, "A", a)->transactions[0].value.minor, 1050);
	assert_null(load(db, "B", a));
	db_return(db);
	drop_place(&p);
}

static void good_ones_stay(void **state)
{
	BEGIN(state);
	struct err e = {0};
	const char *file = put(&p, 'a', HEAD ACTIVITY("A", "", "One", "") "<iati-activity/>" ACTIVITY("A", "", "Twice", "")
	    ACTIVITY("B", "", "Two", TX("99", "1") TX("3", "2")) "<iati-activity", path);
	struct iati_import_result r = import(&p, &file, 1, true);
	assert_false(r.stored);
	AUTO_ARENA a = arena_new(1 << 20);
	struct db *db;
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	assert_null(load(db, "A", a));
	db_return(db);
	r = import(&p, &file, 1, false);
	assert_true(r.stored);
	assert_int_equal(r.added, 2);
	assert_int_equal(r.bad, 2);
	assert_int_equal(r.files_refused, 1); /* not read to its end */
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	assert_str(load(db, "A", a)->title, "One");
	assert_int_equal(load(db, "B", a)->n_transactions, 1);
	db_return(db);
	drop_place(&p);
}

static void newest_counts(void **state)
{
	BEGIN(state);
	struct err e = {0};
	const char *files[] = {
	    put(&p, 'a', HEAD ACTIVITY("A", " last-updated-datetime=\"2020-01-02T00:00:00Z\"", "Newer", "") TAIL, path),
	    put(&p, 'b', HEAD ACTIVITY("A", " last-updated-datetime=\"2020-01-01T00:00:00Z\"", "Older", "") TAIL, path2)};
	struct iati_import_result r = import(&p, files, 2, false);
	assert_int_equal(r.added, 1);
	assert_int_equal(r.superseded, 1);
	AUTO_ARENA a = arena_new(1 << 20);
	struct db *db;
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	assert_str(load(db, "A", a)->title, "Newer");
	db_return(db);
	put(&p, 'b', HEAD ACTIVITY("A", " last-updated-datetime=\"2020-01-03T00:00:00Z\"", "Newest", "") TAIL, path2);
	r = import(&p, files, 2, false);
	assert_int_equal(r.changed, 1);
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	arena_reset(a);
	assert_str(load(db, "A", a)->title, "Newest");
	db_return(db);
	drop_place(&p);
}

static void strict_takes_all(void **state)
{
	BEGIN(state);
	const char *files[] = {put(&p, 'a', HEAD ACTIVITY("A", "", "One", "") TAIL, path),
	    put(&p, 'b', HEAD ACTIVITY("B", "", "Two", "") TAIL, path2)};
	struct iati_import_result r = import(&p, files, 2, true);
	assert_true(r.stored);
	assert_int_equal(r.added, 2);
	drop_place(&p);
}

static void found_by_words(void **state)
{
	BEGIN(state);
	struct err e = {0};
	const char *file = put(&p, 'a', HEAD ACTIVITY("A", "", "One", "") ACTIVITY("B", "", "Two", "") TAIL, path);
	(void)import(&p, &file, 1, false);
	AUTO_ARENA a = arena_new(1 << 20);
	struct db *db;
	const uint32_t *docs;
	size_t n;
	static const struct {
		const char *query;
		size_t comparison;
	} cases[] = {{"WATER", 2}, {"wat", 2}, {"two", 1}, {"two drinking", 1}, {"ministry doers", 2}, {"nothing", 0},
	    {"\" ) AND *", 0}, {"", 0}, {"' & | ! <->", 0}};
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_ok(register_search(db, false, str_of(cases[i].query), 100, a, &docs, &n, &e), &e);
		if (n != cases[i].comparison)
			fail_msg("%s: %zu, want %zu", cases[i].query, n, cases[i].comparison);
	}
	assert_ok(register_search(db, true, STR("drinking water two"), 100, a, &docs, &n, &e), &e);
	assert_int_equal(n, 0);
	db_return(db);
	drop_place(&p);
}

static void sums(void **state)
{
	BEGIN(state);
	struct err e = {0};
	const char *file = put(&p, 'a', HEAD ACTIVITY("P", "", "Parent", TX("2", "100") TX("3", "70.25"))
	    ACTIVITY("C", "", "Child", TX("2", "40") TX("3", "-0.25") "<related-activity ref=\"P\" type=\"1\"/>") TAIL, path);
	(void)import(&p, &file, 1, false);
	AUTO_ARENA a = arena_new(1 << 20);
	struct db *db;
	const struct iati_total *t;
	size_t n;
	assert_ok(db_pool_reader(p.t.pool, &db, &e), &e);
	assert_ok(iati_totals(db, programme_no, false, a, &t, &n, &e), &e);
	assert_int_equal(n, 2);
	assert_int_equal(t[0].sum.minor, 14000);
	assert_int_equal(t[1].sum.minor, 7000);
	assert_ok(iati_totals(db, programme_no, true, a, &t, &n, &e), &e);
	assert_int_equal(n, 2);
	assert_int_equal(t[0].sum.minor, 4000);
	assert_int_equal(t[1].sum.minor, -25);
	db_return(db);
	drop_place(&p);
}

static void count_error(void *ctx, const struct iati_finding *f)
{
	if (f->severity != IATI_ERROR)
		return;
	++*(int *)ctx;
	print_error("line %u %.*s: %s [%s]\n", f->line, STR_ARG(f->activity), f->detail, f->rule);
}

/* Schema, codelists and all 49 error rules of the standard: none may find anything. */
static void check_export(struct place *p, bool own, uint64_t *ret_written)
{
	struct err e = {0};
	struct db *db;
	char path[128];
	int errors = 0, fd;
	snprintf(path, sizeof path, "%s/f.xml", p->folder);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	struct iati_selection s = {.own = own};
	assert_ok(db_pool_reader(p->t.pool, &db, &e), &e);
	assert_ok(iati_export(db, programme_no, &s, &p->env.clock, sink_fd(&fd), ret_written, &e), &e);
	db_return(db);
	(void)close(fd);
	struct iati_check_result result;
	assert_ok(iati_check(path, date_of_instant(clock_now_ms(&p->env.clock)), count_error, &errors, &result, &e), &e);
	assert_int_equal(errors, 0);
	assert_int_equal(result.errors, 0);
	assert_int_equal(result.activities, *ret_written);
}

static void portfolio_is_valid(void **state)
{
	BEGIN(state);
	uint64_t n;
	check_export(&p, true, &n);
	/* 43 of the pack, 2 not of the programme, 7 without start or status; and the programme as parent. */
	assert_int_equal(n, 43 - 2 - 7 + 1);
	const char *file = put(&p, 'a', HEAD ACTIVITY("X-1-A", "", "One", "<recipient-country code=\"NG\"/>" TX("2", "10.50")) TAIL, path);
	(void)import(&p, &file, 1, false);
	check_export(&p, false, &n);
	assert_int_equal(n, 1);
	drop_place(&p);
}

/* Shares add up to the total, whatever the weights; none is off by a whole unit. */
static void shares(void **state)
{
	(void)state;
	uint64_t seed = 20261124;
	struct rng rng = rng_seeded(&seed);
	struct err e = {0};
	int64_t thirds[] = {33333333, 33333333, 33333333}, out[50];
	assert_ok(iati_apportion(100, thirds, 3, out, &e), &e);
	assert_int_equal(out[0], 34);
	assert_int_equal(out[1], 33);
	assert_int_equal(out[2], 33);
	for (int round = 0; round < 2000; round++) {
		int64_t w[50], sum = 0, total = (int64_t)(rng_next_u64(&rng) % 2000000) - 1000000, got = 0;
		size_t n = 1 + rng_next_u64(&rng) % 50;
		for (size_t i = 0; i < n; i++)
			sum += w[i] = (int64_t)(rng_next_u64(&rng) % 1000);
		if (sum == 0)
			continue;
		assert_ok(iati_apportion(total, w, n, out, &e), &e);
		for (size_t i = 0; i < n; i++) {
			got += out[i];
			assert_true(llabs(out[i] * sum - total * w[i]) < sum);
		}
		assert_int_equal(got, total);
	}
	int64_t zero[] = {0, 0};
	assert_int_equal(iati_apportion(5, zero, 2, out, &e), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(again_changes_nothing), TESTDB_BOTH(good_ones_stay),
	    TESTDB_BOTH(newest_counts), TESTDB_BOTH(strict_takes_all), TESTDB_BOTH(found_by_words), TESTDB_BOTH(sums),
	    TESTDB_BOTH(portfolio_is_valid), cmocka_unit_test(shares)};
	return test_run(tests);
}
