#include "feat/site/env.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096 };

static enum err_code write_all(int fd, str text, struct err *e)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(e, ERR_IO, "app.write", "the output cannot be written: %s", strerror(errno));
		text = str_sub(text, (size_t)n, text.n);
	}
	return ERR_OK;
}

enum err_code app_write(const struct app_env *env, str text, struct err *e)
{
	return write_all(env->out_fd, text, e);
}

static void complain(const struct app_env *env, const char *text)
{
	AUTO_BUF line = BUF_INIT(LINE_MAX_BYTES * 2);
	buf_addf(&line, "grutto: %s\n", text);
	(void)write_all(env->err_fd, buf_str(&line), NULL);
}

int app_report(const struct app_env *env, const struct err *e)
{
	char text[LINE_MAX_BYTES];
	complain(env, err_format(e, text, sizeof text));
	return err_exit_status(e->code);
}

int app_usage(const struct app_env *env, const char *fmt, ...)
{
	char text[LINE_MAX_BYTES];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	complain(env, text);
	return 2;
}

static struct app_option *find(struct app_option *options, str name)
{
	for (struct app_option *o = options; o->name; o++)
		if (str_is(name, o->name))
			return o;
	return NULL;
}

/* One option at argv[*i], which moves on when the value is a word of its own. */
static enum err_code take(char **argv, int argc, int *i, struct app_option *options, struct err *e)
{
	str word = str_of(argv[*i] + 2);
	ptrdiff_t eq = str_find_char(word, '=');
	str name = eq < 0 ? word : str_sub(word, 0, (size_t)eq);
	struct app_option *o = find(options, name);
	if (!o)
		return fail(e, ERR_INVALID, "app.option", "there is no option --%.*s", STR_ARG(name));
	if (o->value)
		return fail(e, ERR_INVALID, "app.option_twice", "--%s is given twice", o->name);
	if (o->flag && eq >= 0)
		return fail(e, ERR_INVALID, "app.option_flag", "--%s takes no value", o->name);
	if (o->flag) {
		o->value = "";
		return ERR_OK;
	}
	if (eq >= 0) {
		o->value = argv[*i] + 2 + eq + 1;
		return ERR_OK;
	}
	if (*i + 1 >= argc)
		return fail(e, ERR_INVALID, "app.option_value", "--%s needs a value", o->name);
	o->value = argv[++*i];
	return ERR_OK;
}

enum err_code app_parse(int argc, char **argv, struct app_option *options, struct app_args *ret_args,
    struct err *e)
{
	bool only_args = false;
	ret_args->n = 0;
	for (int i = 0; i < argc; i++) {
		if (!only_args && strcmp(argv[i], "--") == 0) {
			only_args = true;
			continue;
		}
		if (!only_args && argv[i][0] == '-' && argv[i][1] == '-') {
			TRY(take(argv, argc, &i, options, e));
			continue;
		}
		if (ret_args->n == APP_ARGS_MAX)
			return fail(e, ERR_LIMIT, "app.args", "more than %d arguments", APP_ARGS_MAX);
		ret_args->v[ret_args->n++] = argv[i];
	}
	return ERR_OK;
}
