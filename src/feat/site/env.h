#pragma once
/* What a command gets from main: time, chance, and where to write. Commands return the exit status. */
#include "base/buf.h"
#include "base/env.h"
#include "base/log.h"
#include "base/uid.h"

struct app_env {
	struct clock clock;
	struct rng rng;
	struct log log;	    /* notices, to standard error */
	int out_fd, err_fd; /* data and messages */
};

/* Print e as "grutto: file:line:col: sentence" on err_fd; returns the exit status for it. */
int app_report(const struct app_env *env, const struct err *e);
/* Print a formatted line on err_fd and return 2: wrong use. */
int app_usage(const struct app_env *env, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Write everything to out_fd; ERR_IO when it cannot be written (a closed pipe too). */
enum err_code app_write(const struct app_env *env, str text, struct err *e) WARN_UNUSED;

/* Options of a command line: "--name value", "--name=value", "--flag"; "--" ends them. The rest are
 * arguments. */
struct app_option {
	const char *name;  /* "format" */
	const char *value; /* set: what was given; for a flag "" */
	bool flag;
};
enum { APP_ARGS_MAX = 1024 };
struct app_args {
	const char *v[APP_ARGS_MAX];
	size_t n;
};
/* Sort argv[0 … argc) into options (ends with a row without name) and arguments. ERR_INVALID names an
 * unknown option, one without its value, or one given twice. */
enum err_code app_parse(int argc, char **argv, struct app_option *options, struct app_args *ret_args,
    struct err *e) WARN_UNUSED;
