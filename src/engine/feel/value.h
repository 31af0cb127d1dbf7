#pragma once
/* The values of FEEL (OMG DMN 1.5, chapter 10). A value is 32 bytes, passed by value; what does not fit lives in an
 * arena and is never changed once made. A null that stands for an error carries its cause. */
#include "base/decimal.h"

struct arena;

enum feel_kind {
	FEEL_NULL,
	FEEL_BOOL,
	FEEL_NUMBER,
	FEEL_STRING,
	FEEL_DATE,
	FEEL_TIME,
	FEEL_DATE_TIME,
	FEEL_DAYS,   /* days and time duration */
	FEEL_MONTHS, /* years and months duration */
	FEEL_LIST,
	FEEL_CONTEXT,
	FEEL_RANGE,
	FEEL_FUNCTION,
	FEEL_INTERNAL, /* iterators and builders of the machine; never seen outside it */
};

/* Named limits of the language. */
enum {
	FEEL_NESTING_MOST = 200,        /* lists and contexts within each other */
	FEEL_LIST_MOST = 1000000,       /* items of one list */
	FEEL_STRING_MOST = 16 << 20,    /* bytes of one string */
	FEEL_YEAR_MOST = 999999999,     /* years of dates, either side of 0 */
	FEEL_ENTRIES_MOST = 100000,     /* entries of one context */
};

/* Zone of a time or date-time: none, an offset in seconds (-18 h to 18 h), or a named zone by its index. */
enum {
	FEEL_ZONE_NONE = INT32_MIN,
	FEEL_ZONE_NAMED = 1 << 20, /* FEEL_ZONE_NAMED + index in struct feel_zones */
};

/* Why a null is an error. */
struct feel_cause {
	const char *id;   /* stable, such as "feel.type" */
	str text;         /* one English sentence */
	uint32_t line, col; /* in the model's file; 0 when unknown */
};

struct feel_list;
struct feel_context;
struct feel_range;
struct feel_function;

typedef struct feel_value {
	uint8_t kind; /* enum feel_kind */
	bool truth;   /* FEEL_BOOL */
	int32_t zone; /* FEEL_TIME, FEEL_DATE_TIME */
	union {
		decimal number;
		str string;
		struct {
			int64_t day;   /* since 1970-01-01, local */
			int64_t nanos; /* of the day, local */
		};
		struct {
			int64_t seconds; /* FEEL_DAYS: floor */
			int64_t fraction; /* nanoseconds, 0 to 999,999,999 */
		};
		int64_t months;                  /* FEEL_MONTHS */
		const struct feel_cause *cause;  /* FEEL_NULL: NULL when it is just a null */
		const struct feel_list *list;
		const struct feel_context *context;
		const struct feel_range *range;
		const struct feel_function *function;
		void *internal;
	};
} fval;

struct feel_list {
	size_t n;
	const fval *items;
	uint32_t depth; /* 1 for a list of plain values */
};

struct feel_entry {
	str key;
	fval value;
};

struct feel_context {
	size_t n;
	const struct feel_entry *entries; /* in the order written; keys differ */
	const uint32_t *order;            /* indexes sorted by key; NULL for small contexts */
	uint32_t depth;
};

enum feel_bound { FEEL_OPEN, FEEL_CLOSED };

/* A range, or a test such as "< 5" (which is a range without one of its ends). */
struct feel_range {
	fval low, high;
	bool has_low, has_high; /* an end may also be absent: unbounded */
	bool low_closed, high_closed;
	bool negated; /* only from the unary test "!= x": everything but low */
	bool equal;   /* only from the unary test "= x" */
};

#define FEEL_NULL_VALUE ((fval){.kind = FEEL_NULL})

static inline fval feel_bool(bool v)
{
	return (fval){.kind = FEEL_BOOL, .truth = v};
}

static inline fval feel_number(decimal d)
{
	return (fval){.kind = FEEL_NUMBER, .number = d};
}

static inline fval feel_int(int64_t v)
{
	return feel_number(decimal_of(v));
}

static inline fval feel_string(str s)
{
	return (fval){.kind = FEEL_STRING, .string = s};
}

static inline bool feel_is_null(fval v)
{
	return v.kind == FEEL_NULL;
}

static inline bool feel_is_true(fval v)
{
	return v.kind == FEEL_BOOL && v.truth;
}

static inline bool feel_is_false(fval v)
{
	return v.kind == FEEL_BOOL && !v.truth;
}

/* "number", "days and time duration" … as in the standard's type names. */
const char *feel_kind_name(enum feel_kind kind);

/* A null with a cause, in arena; plain null when the arena is full. */
fval feel_error(struct arena *a, const char *id, uint32_t line, uint32_t col, const char *fmt, ...)
    PRINTF_LIKE(5, 6);

/* A list over items (borrowed, in arena). An error null when it is too long or nested too deeply. */
fval feel_list_of(struct arena *a, const fval *items, size_t n);
/* A context over entries (borrowed, in arena); of equal keys the last counts. */
fval feel_context_of(struct arena *a, struct feel_entry *entries, size_t n);
/* The entry's value, or NULL. O(log n). */
const fval *feel_context_get(const struct feel_context *c, str key);
fval feel_range_of(struct arena *a, struct feel_range r);

/* Three-valued results of comparisons. */
enum feel_truth { FEEL_NO, FEEL_YES, FEEL_UNKNOWN };

/* Equality as "=" has it; UNKNOWN for kinds that cannot be compared. zones: see zone.h, may be NULL. */
struct feel_zones;
enum feel_truth feel_equal(const struct feel_zones *zones, fval a, fval b);
/* Order of two values of one ordered kind: *ret negative, 0, positive. False when they have no order. */
bool feel_compare(const struct feel_zones *zones, fval a, fval b, int *ret);
/* Is v within r? */
enum feel_truth feel_in_range(const struct feel_zones *zones, fval v, const struct feel_range *r);
/* The operator "in" and what a cell of a table does: equal to t, within the range t, or in the list t. */
enum feel_truth feel_in(const struct feel_zones *zones, fval v, fval t);

/* As string() has it: strings bare at the top, quoted inside lists and contexts. */
void feel_write(struct buf *b, const struct feel_zones *zones, fval v);
/* As JSON; dates and durations as strings, functions and ranges as their text. */
void feel_write_json(struct buf *b, const struct feel_zones *zones, fval v);
