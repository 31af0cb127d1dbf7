#pragma once
/* One line per event on standard error: time, level, message, key=value. Only the edges log. */
#include "base/env.h"
#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct log {
	int fd;
	enum log_level level; /* the most detailed one that is written */
	struct clock clock;
};

/* One write(2) per line, so that lines of several threads do not mix. Control characters in the
 * text are written as \xNN: a log line cannot be forged from a request. */
void log_line(const struct log *l, enum log_level level, const char *fmt, ...) PRINTF_LIKE(3, 4);
