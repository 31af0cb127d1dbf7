/* The conformance cases of the shared folder: compliance level 2 whole, level 3 at least 99 %. */
#include "base/arena.h"
#include "base/env.h"
#include "base/test.h"
#include "feat/rules/tck.h"

#include <unistd.h>

static double rate(size_t n, size_t of)
{
	return of ? (double)n / (double)of : 1;
}

static void run_level(const char *level, double least)
{
	const char *shared = getenv("GRUTTO_SHARED");
	char dir[1024];
	struct err e;
	struct tck_report r;
	(void)snprintf(dir, sizeof dir, "%s/data/dmn-tck/%s", shared ? shared : "../shared", level);
	if (access(dir, R_OK) != 0) {
		print_message("# %s is not there: set GRUTTO_SHARED\n", dir);
		skip(); /* jumps: nothing may be held here */
	}
	AUTO_ARENA a = arena_new(1024UL << 20);
	assert_ok(tck_run(dir, a, &r, &e), &e);
	vec_each(s, &r.suites)
		vec_each(c, &s->cases)
			if (c->result != TCK_PASSED)
				print_message("# %.*s/%.*s: %.*s\n", STR_ARG(s->name), STR_ARG(c->id), STR_ARG(c->why));
	assert_true(r.totals.cases > 50);
	assert_true(rate(r.totals.passed, r.totals.cases) >= least);
	assert_true(rate(r.totals.non_null_passed, r.totals.non_null) >= least);
	assert_true(r.totals.null_passed < r.totals.cases);
}

static void level_two(void **state)
{
	(void)state;
	run_level("compliance-level-2", 1);
}

static void level_three(void **state)
{
	(void)state;
	run_level("compliance-level-3", 0.99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(level_two), cmocka_unit_test(level_three)};
	return test_run(tests);
}
