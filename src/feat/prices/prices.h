#pragma once
/* Slice prices: what it costs to send money home. Feeds and files are imported (docs/prices.md), a view of what is current
 * goes into the snapshot, and engine/compare ranks. Nothing in here can make one provider stand above another for
 * what it is to us: the model has only "none" for that. */
#include "base/hash.h"
#include "engine/compare/compare.h"
#include "feat/site/env.h"
#include "http/http.h"

struct db;

/* ---- the view: loaded once per snapshot, never changed, in the snapshot's arena ---- */

enum {
	PRICES_BENCHMARKS_MAX = 4,  /* of one corridor */
	PRICES_LANGUAGES_MAX = 32,  /* of all offers: bits of compare_offer.languages */
	PRICES_VIEW_OFFERS_MAX = 200000, /* current offers in a view */
};

/* A minute (since 1970, UTC) or day that is not known. */
#define PRICES_UNKNOWN INT64_MIN

/* Words of the formats, in the order of their bits (pay-in, payout) or values in engine/compare. End with NULL. */
extern const char *const prices_pay_ins[], *const prices_payouts[], *const prices_fee_models[], *const prices_margins[],
    *const prices_methods[], *const prices_presets[], *const prices_weekdays[];

enum prices_availability {
	PRICES_OBSERVED,
	PRICES_NO_SERVICE,
	PRICES_BLOCKED,
	PRICES_UNOBSERVABLE,
	PRICES_ERROR,
};
extern const char *const prices_availabilities[];

/* A file that was read: where a figure comes from. */
struct prices_source {
	str kind; /* "offers", "rates", "ecb", "averages" … */
	str name; /* as it was given, without its folder */
	sha256 hash;
	int64_t received_ms;
	bool example;
};

enum prices_aspect { PRICES_ARRIVED, PRICES_SPEED, PRICES_PRICE, PRICES_HELP, PRICES_ASPECTS };
enum prices_verification { PRICES_NOT_VERIFIED, PRICES_VERIFIED_BY_OFFICE, PRICES_TEST_TRANSFER };

/* How one transfer went, as published. */
struct prices_experience {
	uint32_t provider;
	str country; /* receiving; empty: not told */
	date day;
	uint8_t stars[PRICES_ASPECTS]; /* 1 to 5; 0: not told. ARRIVED is always there */
	uint8_t verification;	       /* enum prices_verification */
	str text, lang, reply;	       /* text and reply may be empty */
	bool example;
};

/* What is said of a provider. */
struct prices_said {
	uint32_t n, promised;		    /* experiences; those that arrived as promised */
	uint32_t counts[PRICES_ASPECTS][5]; /* by stars - 1 */
	size_t first;			    /* in the view's experiences */
};

struct prices_provider {
	str key, name; /* in the order of the bytes of their names: the index is compare_offer.provider */
	str legal_name, kind, country, supervisor, register_number, founded, complaints, languages, website, owners, note; /* may be empty */
	bool licensed;
	bool example; /* invented: say so wherever it is shown */
	uint32_t n_offers;
	struct prices_said said;
	int32_t dependable_ppm; /* compare_wilson(promised, n): -1 without experiences */
};

/* What stands beside an offer's figures. Its key, terms and provenance; the same index as the offer. */
struct prices_detail {
	str key; /* of the provider's own; the provider's and this one name the offer */
	sha256 payload; /* SHA-256 of the raw answer that it was read from */
	int64_t quoted, updated, valid_until; /* minutes, or PRICES_UNKNOWN: the provider's time of the quote, when its source was last updated, until when it holds */
	int64_t asked, fee, gets; /* as quoted, minor units; -1: not told */
	uint32_t source, line; /* view->sources, and the line there */
	uint32_t product, access_point, url, collector, identification, refunds; /* prices_text; 0: not told */
	uint8_t availability;  /* enum prices_availability; anything but OBSERVED has no current price */
	int8_t tracking;       /* 1 yes, 0 no, -1 not told */
	bool example;          /* invented */
	bool promotional_fee, promotional_rate;
};

/* The mid rate of a corridor by one source. */
struct prices_benchmark {
	struct compare_rate rate;
	str source;
	date day;     /* of the rate; of the older one when two were divided. DATE_NONE: the currencies are the same */
	bool example; /* invented */
};

/* One currency by one source on its last day: units for one euro. */
struct prices_rate {
	str source, currency;
	date day;
	struct compare_rate rate;
	bool example;
};

/* A published average of a corridor: the World Bank's, simple mean over services at about USD 200. */
struct prices_average {
	int32_t year, quarter;
	int64_t mean_ppm; /* half up */
	str mean;	  /* percent, with the digits given */
	str source;
};

struct prices_share {
	uint32_t provider; /* of the view's */
	int32_t year, share_ppm;
	str source;
	bool example;
};

struct prices_promotion {
	uint32_t provider;
	str key, offer, text, code, source, approved_by; /* offer: its key; empty: all of the provider's */
	date starts, ends; /* ends may be DATE_NONE */
	bool example;
};

struct prices_location {
	uint32_t provider;
	str key, country, place, address, hours, services, languages;
	int32_t latitude_e6, longitude_e6; /* millionths of a degree; INT32_MIN: not known */
	int64_t cash_limit; /* minor units of currency; -1: not told */
	str currency;
	int8_t wheelchair; /* 1 yes, 0 no, -1 not told */
	date confirmed;
	bool example;
};

/* A day on which a country's banks rest. */
struct prices_holiday {
	str name, names; /* in English, and "nl=Koningsdag;fr=…" as far as it is known */
	bool expected;	 /* by the moon: the day may still move */
};

/* When a country rests, so far as it is told: outside of its years the holidays are not known. */
struct prices_calendar {
	str country, source;
	struct compare_calendar rest;
	const struct prices_holiday *holidays; /* beside rest.holidays */
	int32_t first_day, last_day;	       /* of its years */
};

/* From one country and currency to another. Offers, averages and shares are parts of the view's arrays. */
struct prices_corridor {
	str send_country, send_currency, receive_country, receive_currency; /* no offers, only averages: the currencies are empty */
	struct compare_pair pair; /* its benchmark is the first below */
	struct prices_benchmark benchmarks[PRICES_BENCHMARKS_MAX]; /* the ECB's first when it has one, then by name */
	size_t n_benchmarks;
	size_t first_offer, n_offers; /* sorted by provider and key */
	const struct prices_average *averages; /* by quarter; gaps are missing entries */
	size_t n_averages;
	str averages_of; /* receiving country of the averages when it is not this one: AN, which became CW, SX and BQ */
	const struct prices_share *shares; /* of the last year that has any, by provider */
	size_t n_shares;
	uint32_t n_held; /* prices that wait for a person */
	bool example;	 /* some of the offers are invented */
	int64_t example_at; /* all offers are invented: the minute of their last price. Else PRICES_UNKNOWN */
};

struct prices_view {
	const struct prices_corridor *corridors; /* by sending country and currency, receiving country and currency */
	size_t n_corridors;
	const struct prices_provider *providers;
	size_t n_providers;
	const struct compare_offer *offers; /* by corridor; .id is the index */
	const struct prices_detail *details;
	size_t n_offers;
	const struct compare_tier *tiers;
	size_t n_tiers;
	const struct prices_rate *rates; /* by currency, then source */
	size_t n_rates;
	const struct prices_average *averages;
	size_t n_averages;
	const struct prices_share *shares;
	size_t n_shares;
	const struct prices_promotion *promotions; /* by provider */
	size_t n_promotions;
	const struct prices_location *locations; /* by country, place, provider */
	size_t n_locations;
	const struct prices_experience *experiences; /* by provider, the newest first */
	size_t n_experiences;
	const struct prices_calendar *calendars; /* by country */
	size_t n_calendars;
	const struct prices_source *sources; /* by the time received */
	size_t n_sources;
	const str *texts; /* prices_text */
	size_t n_texts;
	str languages[PRICES_LANGUAGES_MAX]; /* bit i of an offer's languages: codes of ISO 639-1 */
	size_t n_languages;
	uint32_t n_held;
	bool example; /* some of it is invented */
};
/* Figures of the old site (Geld naar Huis) are in the programme's view: site_figures. */

static inline str prices_text(const struct prices_view *v, uint32_t id)
{
	return v->texts[id];
}

/* Load what is current. ERR_LIMIT: more than PRICES_VIEW_OFFERS_MAX offers. */
enum err_code prices_view_load(struct db *c, int64_t programme, struct arena *a, const struct prices_view **ret_view,
    struct err *e) WARN_UNUSED;

/* Four stars or more for arriving and, where they are told, for speed and price. */
bool prices_as_promised(const struct prices_experience *x);
/* NULL when nobody told of the country's days of rest. */
const struct prices_calendar *prices_calendar_of(const struct prices_view *v, str country);

/* NULL when there is none. An empty currency: the first corridor of the countries. */
const struct prices_corridor *prices_corridor_find(const struct prices_view *v, str send_country, str send_currency,
    str receive_country, str receive_currency);
/* The time at which offers of the corridor are compared: now, and for a corridor of invented offers the time of the
 * invention, so that it does not go stale. */
int64_t prices_corridor_now(const struct prices_corridor *c, int64_t now);
/* Offers whose availability is not OBSERVED or whose quote has run out cannot be compared: copies of the corridor's offers, in arena,
 * with these made off the list. */
enum err_code prices_corridor_offers(const struct prices_view *v, const struct prices_corridor *c, int64_t now, struct arena *a,
    struct compare_offer **ret_offers, struct err *e) WARN_UNUSED;

/* How much of a corridor is known (prices.md of the method: at least 60 % of the market). */
struct prices_completeness {
	uint32_t providers;	/* known: with an offer or a market share */
	uint32_t current;	/* of these, with a price that is not off the list and whose rate is disclosed */
	uint32_t offers, fresh, stale, off_list; /* offers, and how old their prices are */
	bool has_shares;	/* false: nothing is known of the market */
	int64_t covered_ppm;	/* share of the market of the providers with a current price */
	int64_t known_ppm;	/* sum of the shares that are known */
	int64_t mystery_shop;	/* minute of the last one; PRICES_UNKNOWN: never */
	bool example;		/* some of it is invented */
};
void prices_completeness(const struct prices_view *v, const struct prices_corridor *c, const struct compare_ages *ages,
    int64_t now, struct prices_completeness *ret);

/* ---- everything that was seen, for open data ---- */

/* An observation as it is stored, with the terms that it was made under. All of it is borrowed for the call. */
struct prices_observation {
	str provider, provider_name, offer, send_country, send_currency, receive_country, receive_currency, product, access_point, fee_model;
	int64_t pay_in, payout; /* bits of prices_pay_ins, prices_payouts */
	int64_t collected_ms, quoted_ms, updated_ms, valid_until_ms; /* PRICES_UNKNOWN: not told */
	str method, availability, margin, rate; /* rate: as given; STR_NONE when it is not disclosed */
	int64_t asked_minor, fee_minor, gets_minor; /* -1: not told */
	bool promotional_fee, promotional_rate;
	str url, collector, held, released_by, reason; /* may be empty. held: why it waited; released_by: who let it count */
	int64_t revision; /* above 1: a correction, for `reason` */
	bool superseded;  /* corrected by a higher revision */
	str payload_sha256; /* 32 bytes */
	str file;	  /* name of the file it was read from */
	int64_t line;
	bool example;
};
typedef enum err_code (*prices_observation_fn)(void *ctx, const struct prices_observation *o, struct err *e);
/* All that were collected from from_ms on, by the time of collection; reads the database in constant memory: for slow handlers. */
enum err_code prices_observations(struct db *c, int64_t programme, int64_t from_ms, prices_observation_fn fn, void *ctx, struct err *e)
    WARN_UNUSED;

/* ---- commands ---- */

/* grutto compare FILE.json: rank the offers of a file for the question in it, with every derived figure. */
int prices_cmd_compare(struct app_env *env, int argc, char **argv);
/* grutto import prices DB FILE…, grutto import rates DB FILE… */
int prices_cmd_import(struct app_env *env, int argc, char **argv);
int prices_cmd_import_rates(struct app_env *env, int argc, char **argv);
/* grutto prices watch|held|release|remove-example DB … */
int prices_cmd_prices(struct app_env *env, int argc, char **argv);

/* The public pages; and the comparison as JSON, as a table to embed, and its feed. */
struct http_routes prices_routes(void);
struct http_routes prices_open_routes(void);
/* Reports of wrong prices. */
struct http_routes prices_report_routes(void);
