#pragma once
/* What selections need of a set: of each row what facets look at, close together and in order, the
 * rows that have a value, and the counts of everything. Made once for a snapshot, so that a
 * selection reads the rows that can count and not all of them. Private to this slice. */
#include "feat/register/register.h"

enum facet_id { PRIORITY, ALSO, STATUS, IMPLEMENTER, TYPE, COUNTRY, ROLE, YEAR, SIZE, FACETS };

enum {
	PRIORITY_CODES = 32,
	STATUSES = ACTIVITY_STATUS_SUSPENDED + 1,
	ROLES = COUNTRY_ROLE_RECIPIENT + 1,
	YEARS = YEAR_MAX - YEAR_MIN + 1,
};

/* See struct activity_row. */
struct facet_row {
	uint32_t implementer, priorities;
	uint32_t first_country; /* into the index's countries */
	uint16_t n_countries;
	int16_t first_year, last_year;
	uint8_t status, primary_priority, size, org_type;
};

struct facet_country {
	uint16_t code; /* FACET_COUNTRY_NONE for what is no country's code */
	uint8_t role;  /* enum country_role */
	bool again;    /* the row has the same country before, in another role */
};
enum { FACET_COUNTRY_NONE = UINT16_MAX };

/* The rows that have value v, ascending: rows[first[v]] up to rows[first[v + 1]]; a row may be
 * there twice. rows is NULL when they would be too many to keep. */
struct value_rows {
	const size_t *first;
	const uint32_t *rows;
	size_t n_values;
};

struct counters {
	uint32_t priority[PRIORITY_CODES], also[PRIORITY_CODES], status[STATUSES], role[ROLES],
	    size[SIZE_CLASS_COUNT];
	uint32_t type[ORG_TYPES_MAX], country[COUNTRY_CODES];
	int32_t year_steps[YEARS + 1]; /* +1 where a row's years begin, -1 behind their end */
	uint32_t *implementer;
};

/* The sum of the rows' contributions. */
struct amounts {
	size_t without;
	int64_t sum_minor;
	bool too_large;
};

struct select_index {
	const struct facet_row *rows;
	const struct facet_country *countries; /* in the order of the rows */
	struct value_rows of[FACETS];
	struct counters whole; /* of the selection that wants everything */
	struct amounts amounts;
};

/* 0 to COUNTRY_CODES - 1; -1 for what is not two letters A-Z. */
int select_country_code(const char *c);

/* Fills all but whole and amounts. */
enum err_code select_index_new(const struct activity_set *set, struct arena *a,
    struct select_index **ret_index, struct err *e) WARN_UNUSED;
/* Fills whole and amounts of set's index. */
enum err_code select_count_whole(
    const struct activity_set *set, struct arena *a, struct err *e) WARN_UNUSED;
