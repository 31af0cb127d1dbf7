#pragma once
/* JSON (RFC 8259): a streaming writer, and reading into a tree of plain nodes. Only json.c knows
 * the library. */
#include "base/arena.h"
#include "base/date.h"
#include "base/money.h"
#include "codec/io.h"

enum { JSON_DEPTH = 64 }; /* deepest nesting, reading and writing */

/* ---- writing: jw_… (the library has the names json_object and the like) ---- */

struct json_writer {
	struct out out;
	uint32_t depth;
	uint8_t indent; /* spaces for each level; 0 writes no white space */
	bool html_safe; /* write < > & and U+2028, U+2029 as \u escapes: safe inside <script> */
	uint8_t state[JSON_DEPTH + 1]; /* what is open at each level; see json.c */
};

/* Write to a sink, or into a buf (borrowed). Set w->indent and w->html_safe afterwards if wanted.
 */
void jw_begin(struct json_writer *w, struct sink to);
void jw_begin_buf(struct json_writer *w, struct buf *to);
/* Too deep is a sticky ERR_LIMIT "json.depth". A value where a key is due, an end that fits no
 * begin, a second top-level value: programmer errors (assert). */
void jw_object(struct json_writer *w);
void jw_object_end(struct json_writer *w);
void jw_array(struct json_writer *w);
void jw_array_end(struct json_writer *w);
void jw_key(struct json_writer *w, const char *key);
void jw_key_str(struct json_writer *w, str key);
/* Bytes that are not UTF-8 become U+FFFD. STR_NONE is written as null. */
void jw_str(struct json_writer *w, str s);
void jw_i64(struct json_writer *w, int64_t v);
/* text is a decimal number as JSON writes it ("-12.50"); asserted. STR_NONE is null. */
void jw_decimal(struct json_writer *w, str text);
/* 1234.50 as a number with all digits of its currency, null when absent. */
void jw_money(struct json_writer *w, money m);
void jw_bool(struct json_writer *w, bool v);
void jw_null(struct json_writer *w);
/* "2010-03-19", as exact as it is; null when absent. */
void jw_date(struct json_writer *w, date d);
void jw_pdate(struct json_writer *w, pdate d);
/* JSON text made elsewhere, put in as one value. The caller answers for it. */
void jw_raw(struct json_writer *w, str json);
/* Everything must be closed (asserted unless there was a failure). Must be called, also after a
 * failure. */
enum err_code jw_finish(struct json_writer *w, struct err *e) WARN_UNUSED;

/* Append s as a JSON string with its quotes. */
void buf_add_json(struct buf *b, str s);

/* ---- reading ---- */

enum json_kind {
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_NUMBER,
	JSON_IS_STRING,
	JSON_IS_ARRAY,
	JSON_IS_OBJECT
};

struct json {
	enum json_kind kind;
	bool boolean;
	uint32_t line, col; /* where the value begins, from 1; col in bytes */
	str text;           /* string: its text; number: as written, such as "1.50" or "-2e3" */
	size_t n;           /* array: items; object: members */
	const struct json *items; /* array: items; object: values in the order written */
	const str *keys;          /* object: the key of each member */
};

struct json_limits {
	size_t max_bytes; /* mandatory */
	size_t max_depth; /* 0: JSON_DEPTH, which is also the most */
};

/* Parse text into a tree in arena a (which bounds the memory); nothing of text is borrowed. file is
 * for error reports, may be NULL. Keys occur once in an object; \u0000 is refused. ERR_INVALID with
 * line and column: "json.syntax", "json.duplicate"; ERR_LIMIT: "json.bytes", "json.depth",
 * "arena.limit". */
enum err_code json_read(str text, const char *file, const struct json_limits *limits,
    struct arena *a, const struct json **ret_json, struct err *e) WARN_UNUSED;
/* Member of an object, NULL when absent or when j is NULL or no object. */
const struct json *json_get(const struct json *j, const char *key);
/* A whole number within int64 ("3", not "3.0" nor "3e2"). False for anything else, NULL included.
 */
bool json_to_i64(const struct json *j, int64_t *ret_v);
/* Text of a string; STR_NONE for anything else. */
str json_text(const struct json *j);
/* Member that must be there and of that kind: ERR_INVALID "json.missing" or "json.kind" with field
 * and place. */
enum err_code json_need(const struct json *object, const char *key, enum json_kind kind,
    const struct json **ret_member, struct err *e) WARN_UNUSED;
const char *json_kind_name(enum json_kind kind);
