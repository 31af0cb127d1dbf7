#pragma once
/* Inside of the slice: feeds of providers and collectors, CSV or JSON with the same names (docs/prices.md), into rows. Pure:
 * what a row contradicts in the database is found by import.c. A row is refused as a whole, with its place and the reason; nothing in it is
 * guessed. */
#include "base/vec.h"
#include "feat/prices/prices.h"

enum {
	FEED_BYTES = 256 << 20,	 /* one file */
	FEED_TEXT_MAX = 400,	 /* bytes of a text */
	FEED_KEY_MAX = 80,	 /* bytes of a key */
	FEED_COLUMNS_MAX = 48,
	FEED_ROWS_MAX = 500000,
	FEED_FUTURE_MS = 5 * 60 * 1000, /* clocks differ: how far ahead of ours a time may be */
};

enum feed_kind { FEED_PROVIDERS, FEED_OFFERS, FEED_LOCATIONS, FEED_SHARES, FEED_PROMOTIONS, FEED_CALENDARS, FEED_HOLIDAYS, FEED_EXPERIENCES, FEED_KINDS };
/* "offers" …: member of a JSON feed, kind of a price_file */
extern const char *const feed_kind_names[FEED_KINDS];

struct feed_provider {
	str key, name, legal_name, kind, country, supervisor, register_number, founded, complaints, languages, website, owners, note;
	bool licensed;
};

struct feed_offer {
	/* the terms */
	str provider, key, send_country, send_currency, receive_country, receive_currency, product, access_point, languages, identification,
	    refunds;
	uint16_t pay_in, payout;
	uint8_t fee_model, margin, method, availability;
	bool business_days, round_down, first_transfer, promotional_fee, promotional_rate;
	int8_t tracking; /* -1: not told */
	int64_t least, most, receive_fee; /* -1: not told */
	int32_t soonest, latest;
	const struct compare_tier *tiers; /* the last without end: COMPARE_AMOUNT_MAX */
	uint8_t n_tiers;
	/* what was seen */
	str rate_text; /* STR_NONE: told after payment */
	struct compare_rate rate;
	int64_t collected, quoted, updated, valid_until; /* milliseconds, or PRICES_UNKNOWN */
	int64_t asked, fee, gets; /* -1: not told */
	str url, collector;
	sha256 payload; /* zero bytes: not told */
};

struct feed_location {
	str provider, key, country, place, address, latitude, longitude, hours, services, currency, languages;
	int64_t cash_limit; /* -1 */
	int8_t wheelchair;
	bool closed;
	date confirmed;
};

struct feed_share {
	str provider, send_country, receive_country, source;
	int32_t year, share_ppm;
};

struct feed_promotion {
	str provider, key, offer, text, code, source, approved_by;
	date starts, ends;
};

/* Weekend of a country, and the years of which all its holidays are told. */
struct feed_calendar {
	str country, source;
	uint8_t weekend; /* as in compare_calendar */
	int32_t first_year, last_year;
};

struct feed_holiday {
	str country, name, names; /* names in other languages: "nl=Koningsdag;fr=…" */
	date day;
	bool expected; /* by the moon: the day may still move */
	bool works;    /* with a correction: banks work on that day after all */
};

struct feed_experience {
	str provider, key, country, text, lang, reply, released_by;
	date day;
	uint8_t stars[PRICES_ASPECTS], verification;
	bool withdrawn;
};

struct feed_row {
	enum feed_kind kind;
	uint32_t line, col;
	bool example;
	str correction; /* why it replaces what was said; empty: it does not */
	union {
		struct feed_provider provider;
		struct feed_offer offer;
		struct feed_location location;
		struct feed_share share;
		struct feed_promotion promotion;
		struct feed_calendar calendar;
		struct feed_holiday holiday;
		struct feed_experience experience;
	};
};

/* Called for a good row, which lives as long as the arena. */
typedef enum err_code (*feed_row_fn)(void *ctx, const struct feed_row *row, struct err *e);
/* Called for a row that is refused: why has place and field. */
typedef enum err_code (*feed_refused_fn)(void *ctx, const struct err *why, struct err *e);

/* The last second of the year 9999: no time is later. For data that are as old as they say, such as a pack. */
#define FEED_ANY_TIME INT64_C(253402300799000)

struct feed_reading {
	const char *file; /* for reports */
	int64_t now_ms;	  /* later times are refused */
	struct arena *a;
	feed_row_fn on_row;
	feed_refused_fn on_refused;
	void *ctx;
};

/* True when the first line is that of a feed: *ret_kind tells which. */
bool feed_is_csv(str header, enum feed_kind *ret_kind);
/* Read a CSV feed of that kind. ERR_INVALID: the file as a whole cannot be read (unknown or missing column); errors of the callbacks. */
enum err_code feed_read_csv(str text, enum feed_kind kind, const struct feed_reading *r, struct err *e) WARN_UNUSED;
/* Read a JSON feed: an object with lists by kind. */
enum err_code feed_read_json(str text, const struct feed_reading *r, struct err *e) WARN_UNUSED;

/* "to 500: 4.90; 1.5% min 5 max 20": steps of a tariff in that currency, in arena. ERR_INVALID says what is wrong. */
enum err_code feed_tariff(str text, str currency, struct arena *a, const struct compare_tier **ret_tiers, uint8_t *ret_n,
    struct err *e) WARN_UNUSED;
