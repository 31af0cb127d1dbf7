#pragma once
/* Errors as values. A function that can fail returns enum err_code, is marked WARN_UNUSED, and fills
 * the caller's struct err, passed last. Out-parameters (ret_*) stay untouched on failure. Library
 * code never logs: only the edges (HTTP, command line) print, and map the code to a status. */
#include <stddef.h>
#include <stdint.h>

#define WARN_UNUSED __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum err_code {
	ERR_OK = 0,
	ERR_INVALID,   /* the input is wrong; detail says what, where says the place */
	ERR_NOT_FOUND, /* the thing named does not exist */
	ERR_FORBIDDEN, /* the actor may not */
	ERR_CONFLICT,  /* it contradicts what is stored: newer schema, duplicate, locked */
	ERR_LIMIT,     /* a named limit was reached */
	ERR_IO,        /* disk, network, database */
	ERR_NOMEM,     /* the system has no memory */
	ERR_BUG,       /* cannot happen */
};

/* What went wrong. Plain data, copied freely; it owns nothing. */
struct err {
	enum err_code code;
	char id[48];      /* stable message id, such as "csv.quote"; for tests and translation */
	char field[64];   /* parameter or column at fault, "" when none */
	char detail[512]; /* one English sentence: what is wrong and what to do */
	char file[256];   /* where: file name as the user gave it, "" when none */
	uint32_t line;    /* 1-based, 0 when unknown */
	uint32_t col;     /* 1-based, in bytes, 0 when unknown */
};

/* Fill e (may be NULL) and return code. id is a literal; fmt and what follows make the detail. */
enum err_code fail(struct err *e, enum err_code code, const char *id, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

/* Add the place to an error already raised; returns its code. file is copied, NULL keeps it. */
enum err_code err_at(struct err *e, const char *file, uint32_t line, uint32_t col);

/* Name the field at fault; returns e's code. */
enum err_code err_field(struct err *e, const char *field);

/* Set e to "no error". */
void err_clear(struct err *e);

/* Exit status of the command line: 0 done, 1 no/check failed, 2 wrong use, 3 bad input, 4 system. */
int err_exit_status(enum err_code code);

/* HTTP status for the code. */
int err_http_status(enum err_code code);

/* Write "file:line:col: detail" into dst (always terminated); returns dst. */
char *err_format(const struct err *e, char *dst, size_t cap);

#define TRY(expr)                                                                                  \
	do {                                                                                       \
		enum err_code try_code_ = (expr);                                                  \
		if (try_code_ != ERR_OK)                                                           \
			return try_code_;                                                          \
	} while (0)
