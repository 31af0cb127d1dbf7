#pragma once
/* Running a folder of conformance cases of the DMN Technology Compatibility Kit (its format, its rules of judging). */
#include "base/vec.h"
#include "engine/dmn/dmn.h"

enum tck_result { TCK_PASSED, TCK_FAILED, TCK_ERROR, TCK_SKIPPED };

struct tck_case {
	str id;
	enum tck_result result;
	bool non_null; /* some result expects more than null or an error */
	bool null_passes; /* an engine that answers null to everything would pass */
	str why;       /* when it did not pass */
};

struct tck_suite {
	str name; /* path below the folder given */
	VEC(struct tck_case) cases;
};

struct tck_totals {
	size_t suites, cases, passed, non_null, non_null_passed, null_passed;
	double macro, null_macro; /* mean over suites of the share passed */
};

struct tck_report {
	VEC(struct tck_suite) suites;
	struct tck_totals totals;
};

/* Run all suites below dir (a suite is a folder with files *-test-*.xml and *.dmn), in the order of their names. In
 * arena. ERR_NOT_FOUND when there is none. */
enum err_code tck_run(const char *dir, struct arena *a, struct tck_report *ret, struct err *e) WARN_UNUSED;
