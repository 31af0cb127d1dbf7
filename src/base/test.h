#pragma once
/* cmocka's headers in the order it wants, and the few words our tests add. Each t_*.c is a program
 * of its own: int main(void) { const struct CMUnitTest tests[] = {...}; return test_run(tests); }
 * prints TAP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#undef fail /* ours raises an error */
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/str.h"

/* cmocka 1.1 prints a skipped test as "not ok 3 # SKIP name"; TAP wants "ok" in front of a SKIP. */
static inline ssize_t test_write_(void *ctx, const char *p, size_t n)
{
	(void)ctx;
	for (size_t at = 0; at < n;) {
		const char *nl = memchr(p + at, '\n', n - at);
		size_t end = nl ? (size_t)(nl - p) + 1 : n;
		str line = {p + at, end - at};
		if (str_starts(line, STR("not ok ")) && str_find(line, STR("# SKIP")) > 0)
			line = str_sub(line, 4, line.n);
		if (write(STDOUT_FILENO, line.p, line.n) < 0)
			return 0;
		at = end;
	}
	return (ssize_t)n;
}

static inline void test_tap_(void)
{
	FILE *f = fopencookie(NULL, "w", (cookie_io_functions_t){.write = test_write_});
	if (f) {
		(void)setvbuf(f, NULL, _IOLBF, BUFSIZ);
		stdout = f;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
}

#define test_run(tests) (test_tap_(), cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL))

#define assert_str(got, want)                                                                      \
	do {                                                                                       \
		str assert_got_ = (got), assert_want_ = str_of(want);                              \
		if (!str_eq(assert_got_, assert_want_))                                            \
			fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(assert_got_),              \
			    STR_ARG(assert_want_));                                                \
	} while (0)

#define assert_ok(call, errp)                                                                      \
	do {                                                                                       \
		if ((call) != ERR_OK)                                                              \
			fail_msg("%s: %s", #call, (errp)->detail);                                 \
	} while (0)
