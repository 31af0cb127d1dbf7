#pragma once
/* Dates of the proleptic Gregorian calendar as days since 1970-01-01; partial dates as the sources
 * give them (2008, 2011-12, 2010-03-19); instants as UTC milliseconds since 1970. No time zone, no clock. */
#include "base/buf.h"

typedef struct date {
	int32_t day; /* days since 1970-01-01; DATE_NONE when absent */
} date;

#define DATE_NONE ((date){INT32_MIN})

static inline bool date_is(date d)
{
	return d.day != INT32_MIN;
}

struct civil {
	int32_t year;
	int32_t month; /* 1-12 */
	int32_t day;   /* 1-31 */
};

enum date_precision {
	DATE_PRECISION_NONE = 0,
	DATE_PRECISION_YEAR = 1,
	DATE_PRECISION_MONTH = 2,
	DATE_PRECISION_DAY = 3,
};

/* A date no more exact than its source: day is the first day of the year, month or day. */
typedef struct pdate {
	int32_t day;
	uint8_t precision; /* enum date_precision; NONE: absent */
} pdate;

#define PDATE_NONE ((pdate){INT32_MIN, DATE_PRECISION_NONE})

/* Years 1 to 9999. False for an impossible date. */
bool date_from_civil(int32_t year, int32_t month, int32_t day, date *ret_d);
struct civil date_to_civil(date d);
/* 1 = Monday … 7 = Sunday (ISO 8601). */
int date_weekday(date d);

/* "2010-03-19". False for anything else. */
bool date_parse(str s, date *ret_d);
/* As date_parse, and xsd:date's optional zone ("2017-02-06+08:00", "…Z") or a time behind a T, both dropped. */
bool date_parse_xsd(str s, date *ret_d);
/* "2010-03-19", "2010-03" or "2010". */
bool pdate_parse(str s, pdate *ret_d);
pdate pdate_of(date d);
/* Last day of the period that d stands for; DATE_NONE when absent. */
date pdate_last(pdate d);
static inline date pdate_first(pdate d)
{
	return d.precision ? (date){d.day} : DATE_NONE;
}
int32_t pdate_year(pdate d); /* 0 when absent */

/* ISO 8601, as exact as the date; nothing for an absent one. */
void buf_add_date(struct buf *b, date d);
void buf_add_pdate(struct buf *b, pdate d);
/* "2026-11-24T08:14:00Z" */
void buf_add_instant(struct buf *b, int64_t utc_ms);
/* "2026-11-24T08:14:00Z", fraction of a second and numeric offset allowed. */
bool instant_parse(str s, int64_t *ret_utc_ms);
/* "Tue, 24 Nov 2026 08:14:00 GMT" (RFC 9110). */
void buf_add_http_date(struct buf *b, int64_t utc_ms);
bool http_date_parse(str s, int64_t *ret_utc_ms);
date date_of_instant(int64_t utc_ms);
