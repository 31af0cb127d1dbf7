#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/date.h"

enum { LINE_MAX_BYTES = 2048 };

static void add_escaped(struct buf *b, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p < 0x20 || *p == 0x7F)
			buf_addf(b, "\\x%02X", *p);
		else
			buf_addc(b, (char)*p);
	}
}

void log_line(const struct log *l, enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = {"error", "warn", "info", "debug"};
	if (level > l->level)
		return;
	char text[LINE_MAX_BYTES];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	AUTO_BUF line = BUF_INIT(LINE_MAX_BYTES * 4 + 64);
	buf_add_instant(&line, clock_now_ms(&l->clock));
	buf_addf(&line, " %-5s ", names[level]);
	add_escaped(&line, text);
	buf_addc(&line, '\n');
	if (!line.failed)
		(void)!write(l->fd, line.p, line.n);
}
