#pragma once
/* cmocka's headers in the order it wants, and the few words our tests add. Each t_*.c is a program of its own:
 * int main(void) { const struct CMUnitTest tests[] = {...}; return test_run(tests); } prints TAP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#undef fail /* ours raises an error */
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/str.h"

#define test_run(tests)                                                                            \
	(cmocka_set_message_output(CM_OUTPUT_TAP), cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL))

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
