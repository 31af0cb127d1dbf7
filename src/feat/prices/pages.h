#pragma once
/* Inside of the slice: what the pages for senders of money show. */
#include "feat/prices/file.h"
#include "feat/prices/prices.h"
#include "feat/site/site.h"

/* ---- what is asked (ask.c) ---- */

/* Most that a question may send, in units of the currency. */
enum { PRICES_SEND_MAX = 100000 };

/* What is wrong with a question, for the field beside which it is said. */
struct prices_fault {
	const char *field; /* NULL: none */
	const char *text;  /* MSG */
};

struct prices_result {
	const struct prices_view *view;
	const struct prices_corridor *corridor; /* NULL: the country has none */
	str country;	    /* asked for */
	struct prices_case c;
	struct prices_answer answer;
	struct prices_fault fault; /* then there is no answer */
	str amount;	    /* as typed, or the usual 200 */
	str near, language; /* as chosen */
	date by;
	int pay_in, payout; /* index in prices_pay_ins, prices_payouts; -1: any */
	bool own; /* the usual question about a country: the request's fields are not looked at */
};

extern const struct http_field prices_ask_fields[];

/* Answer the question of a request whose route has prices_ask_fields. A question that cannot be asked gives a fault, not an
 * error. In the request's arena. */
enum err_code prices_ask(const struct http_request *req, struct prices_result *ret, struct err *e) WARN_UNUSED;
/* Answer the usual question about a country, 200 units that leave the pocket; of a request with or without these fields. */
enum err_code prices_ask_for(const struct http_request *req, str country, struct prices_result *ret, struct err *e) WARN_UNUSED;

/* An amount as people type it: "200", "1.250,50", "1,250.50", "€ 200". digits: of the currency. Not more than most minor
 * units. Pure. */
enum prices_amount { PRICES_AMOUNT_OK, PRICES_AMOUNT_NONE, PRICES_AMOUNT_TOO_LITTLE, PRICES_AMOUNT_TOO_MUCH };
enum prices_amount prices_amount_read(str text, int digits, int64_t most, int64_t *ret_minor);

/* ---- words (words.c) ---- */

const char *prices_method_name(int method);   /* MSG */
const char *prices_pay_in_name(size_t i);     /* MSG, in the order of prices_pay_ins */
const char *prices_payout_name(size_t i);
const char *prices_preset_name(int preset);   /* MSG */
/* Words of addresses, in the same orders; end with NULL. */
extern const char *const prices_pay_in_slugs[], *const prices_payout_slugs[], *const prices_preset_slugs[];
const char *prices_verdict_name(enum compare_verdict v); /* MSG: why an offer has no place */
money prices_money(int64_t minor, str currency);
decimal prices_ratio(int64_t ppm);
/* "1 EUR = 10.87 MAD" without the units: the digits. */
decimal prices_rate_of(struct compare_rate rate);

const char *prices_kind_name(str kind); /* MSG: of a provider */

/* Minutes in the largest unit that says them, "2 hours", at least one; in the page's arena. */
str prices_span_words(const struct site_page *page, int64_t minutes);
/* "bank account, cash" of the bits of a way to pay or to receive; in the page's arena. */
str prices_ways(const struct site_page *page, uint16_t bits, bool payout);
/* A holiday's name in the page's language, or in English. */
str prices_holiday_name(const struct site_page *page, const struct prices_holiday *h);
/* A language in its own words; the code when it is not known. */
str prices_language_name(str code);

/* A corridor to that country, rather one with offers; NULL: none. */
const struct prices_corridor *prices_corridor_to(const struct prices_view *v, str country);

struct prices_other {
	const char *name, *address;
};
extern const struct prices_other prices_others[]; /* comparisons elsewhere; ends with NULL */

/* ---- rows for templates ---- */

struct prices_card {
	const struct compare_row *row;
	const struct compare_offer *offer;
	const struct prices_detail *detail;
	const struct prices_provider *provider;
	struct compare_figures figures;
};
/* Rows with a place: the best option of each provider. */
size_t prices_places(const struct prices_result *r);
struct prices_card prices_card_of(const struct prices_result *r, size_t row);

/* Where a corridor leads, for the choice of a country. */
struct prices_place {
	str code, name;
};

struct prices_compare_view {
	const struct prices_result *r;
	const struct prices_place *countries; /* with offers, in the order of their names */
	size_t n_countries;
	const struct prices_place *places; /* towns with a place to collect, for NEAREST */
	size_t n_places;
	bool asked; /* the reader asked something: results come first */
};

struct prices_wrong_view {
	const struct prices_view *view;
	const struct prices_place *countries;
	size_t n_countries;
	bool sent;
	const char *why; /* MSG: why it was not taken; NULL: it was, or nothing was sent */
	str country, provider, text; /* as sent */
};

struct prices_corridor_view {
	const struct prices_corridor *c;
	struct prices_completeness complete;
	struct site_chart_view history;
	bool has_history;
	int64_t mean_ppm, cheapest_ppm; /* of current offers at the usual amount; INT64_MIN: none */
	size_t n_mean, n_cheapest;
};

struct prices_point {
	const char *text;   /* MSG: the World Bank's words in ours */
	const char *status; /* MSG */
	bool met, open;	    /* neither: not met */
};

struct prices_quality_view {
	const struct prices_view *view;
	const struct prices_corridor_view *corridors;
	size_t n;
	struct prices_point points[12];
};

struct prices_provider_view {
	const struct prices_view *view;
	const struct prices_provider *p;
	uint32_t index;
	int64_t now; /* minutes */
	size_t n_locations;
};
