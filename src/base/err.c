#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void copy_text(char *dst, size_t cap, const char *src)
{
	size_t n = src ? strnlen(src, cap - 1) : 0;
	if (n)
		memcpy(dst, src, n);
	dst[n] = '\0';
}

enum err_code fail(struct err *e, enum err_code code, const char *id, const char *fmt, ...)
{
	if (!e)
		return code;
	err_clear(e);
	e->code = code;
	copy_text(e->id, sizeof e->id, id);
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(e->detail, sizeof e->detail, fmt, ap);
	va_end(ap);
	return code;
}

enum err_code err_at(struct err *e, const char *file, uint32_t line, uint32_t col)
{
	if (!e)
		return ERR_BUG;
	if (file)
		copy_text(e->file, sizeof e->file, file);
	e->line = line;
	e->col = col;
	return e->code;
}

enum err_code err_field(struct err *e, const char *field)
{
	if (!e)
		return ERR_BUG;
	copy_text(e->field, sizeof e->field, field);
	return e->code;
}

void err_clear(struct err *e)
{
	e->code = ERR_OK;
	e->id[0] = e->field[0] = e->detail[0] = e->file[0] = '\0';
	e->line = e->col = 0;
}

int err_exit_status(enum err_code code)
{
	switch (code) {
	case ERR_OK:
		return 0;
	case ERR_FORBIDDEN:
		return 1;
	case ERR_INVALID:
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_LIMIT:
		return 3;
	case ERR_IO:
	case ERR_NOMEM:
	case ERR_BUG:
		break;
	}
	return 4;
}

int err_http_status(enum err_code code)
{
	switch (code) {
	case ERR_OK:
		return 200;
	case ERR_INVALID:
		return 400;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_FORBIDDEN:
		return 403;
	case ERR_CONFLICT:
		return 409;
	case ERR_LIMIT:
		return 413;
	case ERR_IO:
	case ERR_NOMEM:
		return 503;
	case ERR_BUG:
		break;
	}
	return 500;
}

char *err_format(const struct err *e, char *dst, size_t cap)
{
	if (e->file[0] && e->line && e->col)
		(void)snprintf(dst, cap, "%s:%u:%u: %s", e->file, e->line, e->col, e->detail);
	else if (e->file[0] && e->line)
		(void)snprintf(dst, cap, "%s:%u: %s", e->file, e->line, e->detail);
	else if (e->file[0])
		(void)snprintf(dst, cap, "%s: %s", e->file, e->detail);
	else
		(void)snprintf(dst, cap, "%s", e->detail);
	return dst;
}
