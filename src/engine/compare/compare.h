#pragma once
/* Comparing offers to send money. Pure: what a question needs comes in as values, integers only. All amounts
 * are minor units, shares are millionths (ppm: 10,000 = 1 %), times minutes. Sources, section numbers as in
 * the method page of the site: World Bank, Remittance Prices Worldwide (RPW), methodology.
 *
 * The two bases. RPW adds the fee and the margin as percentages of the amount sent, which suits a statistic, but
 * favours offers that add the fee on top. Offers are ranked on what arrives for the same outlay, or on the outlay for
 * the same receipt. */
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

#define COMPARE_AMOUNT_MAX INT64_C(1000000000)	  /* minor units of the amount sent */
#define COMPARE_RECEIPT_MAX INT64_C(1000000000000000) /* minor units of the amount received */
#define COMPARE_RATE_MAX INT64_C(9000000000)	  /* digits of a rate; with the amount it fits 64 bits */

enum {
	COMPARE_SCALE_MAX = 15,
	COMPARE_DIGITS_MAX = 3, /* minor units of a currency (ISO 4217): 0, 2 or 3 digits */
	COMPARE_TIERS_MAX = 64,
	COMPARE_PPM = 1000000,
};

/* digits / 10^scale units of the receive currency for one unit of the send currency. */
struct compare_rate {
	int64_t digits;
	uint8_t scale;
};

/* "69.30" as a rate; more than nine or ten significant digits are rounded half up. ERR_INVALID: not a
 * positive decimal. */
enum err_code compare_rate_parse(str text, struct compare_rate *ret_rate, struct err *e) WARN_UNUSED;

/* A step of the tariff: amounts above the step before, up to `upto`. The fee is fixed + amount × share, half up,
 * at least `least` and, when not 0, at most `most`. Which amount: the one sent when the fee comes on top, the one handed
 * over when it is deducted. */
struct compare_tier {
	int64_t upto;
	int32_t fixed, share_ppm, least, most;
};

enum compare_fee_model { COMPARE_FEE_UNKNOWN, COMPARE_FEE_ON_TOP, COMPARE_FEE_DEDUCTED };
/* What is known of the margin on the exchange rate. UNKNOWN is not 0: RPW stores undisclosed rates as 1
 * and margin 0, and ranked by that they would win. */
enum compare_margin { COMPARE_MARGIN_UNKNOWN, COMPARE_MARGIN_MEASURED, COMPARE_MARGIN_SAME_CURRENCY };
enum compare_method {
	COMPARE_FEED,
	COMPARE_API,
	COMPARE_TARIFF,
	COMPARE_PUBLIC_QUOTE,
	COMPARE_MYSTERY_SHOP,
	COMPARE_USER_REPORT,
	COMPARE_METHODS
};
enum compare_flag {
	COMPARE_FLOOR = 1,	   /* what arrives is rounded down: a minimum is promised. Else half up */
	COMPARE_BUSINESS_DAYS = 2, /* days of the speed count only where both countries work */
	COMPARE_FIRST_TRANSFER = 4, /* for a first transfer only: a promotion, outside of the ranking unless asked for */
	COMPARE_LICENSED = 8,	   /* licensed or passported in the sending country */
};

/* An option of a provider, as last observed. Nothing in it tells what the provider is to us: the ranking cannot
 * depend on it. */
struct compare_offer {
	int64_t rate;		/* digits of the applied rate */
	int64_t least, most;	/* amounts that the provider takes, as for tiers; most 0: no limit but the tariff's */
	int64_t collected;	/* minutes since 1970, UTC */
	uint32_t id, provider;	/* providers are numbered in the order of their names */
	uint32_t tiers;		/* index of the first */
	int32_t soonest, latest; /* minutes; -1: not told */
	int32_t receive_fee;	/* taken from what arrives, receive currency; -1: not known */
	uint32_t languages;	/* bits of the caller's list */
	int32_t dependable_ppm; /* lower bound of the share that arrived as promised; -1: too few reports */
	int32_t distance_m;	/* to the nearest place; -1: not known */
	uint16_t pay_in, payout; /* one bit each */
	uint8_t rate_scale, n_tiers;
	uint8_t fee_model, margin, method; /* enum compare_fee_model, compare_margin, compare_method */
	uint8_t flags;			   /* enum compare_flag */
};

/* From one currency to another. */
struct compare_pair {
	uint8_t send_digits, receive_digits;
	bool has_benchmark;
	struct compare_rate benchmark; /* mid rate; its source and date are shown beside every share */
};

/* ---- one offer ---- */

enum compare_verdict {
	COMPARE_OK,
	COMPARE_UNDISCLOSED_RATE,
	COMPARE_UNDISCLOSED_FEE,	 /* on top or deducted is not known */
	COMPARE_UNDISCLOSED_RECEIVE_FEE,
	COMPARE_TOO_LITTLE, /* below the least amount, or the fees leave nothing */
	COMPARE_TOO_MUCH,   /* above the highest amount */
	COMPARE_FILTERED,   /* not what was asked for */
	COMPARE_OFF_LIST,   /* the price is too old */
	COMPARE_VERDICTS
};

struct compare_quote {
	int64_t outlay;	   /* what leaves the pocket: principal + fee */
	int64_t principal; /* what is exchanged */
	int64_t fee;
	int64_t gets;	   /* what arrives, after the fee at the other end */
	int64_t remainder; /* of the amount asked, what cannot be spent: a jump of the fee lies in between */
	int64_t better;	   /* less outlay with which more arrives, by a jump of the tariff; 0: none */
};

/* An offer whose tariff cannot be used is refused before it is compared: no tier, tiers that do not rise, a negative
 * or over-large figure, a share over 100 %. */
enum err_code compare_offer_check(const struct compare_offer *o, const struct compare_tier *tiers, struct err *e)
    WARN_UNUSED;

/* fee(amount) by the tier in which the amount lies; -1 outside of the tariff. */
int64_t compare_fee(const struct compare_tier *t, size_t n, int64_t amount);

/* What arrives when `outlay` leaves the pocket.
 *   deducted:  P = B - f(B);   on top:  P = the largest with P + f(P) <= B;   gets = round(P × R) - receive fee
 * On top is solved in each tier by itself, since P + f(P) rises within a tier and may jump between two: repeated
 * substitution overspends or falls short. Worked: B 140.00, f 4.90 on top, R 69.30: P 135.10, gets 9,362.43. */
enum compare_verdict compare_send(const struct compare_offer *o, const struct compare_tier *tiers,
    const struct compare_pair *pair, int64_t outlay, struct compare_quote *ret_quote);

/* The least outlay with which at least `receipt` arrives. remainder and better are 0. */
enum compare_verdict compare_receive(const struct compare_offer *o, const struct compare_tier *tiers,
    const struct compare_pair *pair, int64_t receipt, struct compare_quote *ret_quote);

/* ---- figures of a quote ---- */

struct compare_figures {
	bool known;		/* false: no benchmark, or the rate is not disclosed */
	int64_t fee_ppm;	/* f / P */
	int64_t margin_ppm;	/* (M - R) / M. RPW. Worked: R 69.30, M 70.356: 1.5009 % */
	int64_t rpw_ppm;	/* fee + margin, RPW's total cost. Worked, with f 4.90 of P 140.00: 5.0009 % */
	int64_t effective_ppm;	/* 1 - gets / (B × M). Worked: 4.8318 %; fee on top: (phi + m) / (1 + phi) */
	int64_t cost;		/* B - gets / M, minor units of the send currency. Worked: 7.00 */
};
struct compare_figures compare_figures(const struct compare_offer *o, const struct compare_pair *pair,
    const struct compare_quote *q);

/* RPW's total cost of sending `principal` (USD 200 or 500 and their equivalents: 140 and 345 euros). False: the
 * tariff has no such amount, or rate or benchmark is not known. */
bool compare_rpw(const struct compare_offer *o, const struct compare_tier *tiers, const struct compare_pair *pair,
    int64_t principal, int64_t *ret_total_ppm);

/* A quote carried to today's benchmark, an estimate to be labelled so: R = M_now × R0 / M0. Worked: R0 69.30, M0 70.356,
 * M_now 70.088: 69.036. Not for managed rates, nor for providers that set a rate once a day. */
enum err_code compare_carry(struct compare_rate then, struct compare_rate benchmark_then,
    struct compare_rate benchmark_now, struct compare_rate *ret_rate, struct err *e) WARN_UNUSED;

/* ---- corridors ---- */

struct compare_service {
	uint32_t provider;
	bool transparent; /* the rate is told before payment */
	bool accessible;  /* at most five days, and reachable by who sends */
	int64_t total_ppm;
};
/* Simple mean over transparent services (RPW corridor average; every service counts once). n: how many; with 0 there is no
 * mean. Worked: TZA-KEN 2011 Q1, 12 services: 23.6175 %. */
bool compare_mean(const struct compare_service *s, size_t n, int64_t *ret_mean_ppm, size_t *ret_n);
/* Mean of the three least totals of transparent and accessible services, one for each provider. Fewer than three
 * providers: no value, and ret_n tells how many there are. Worked: (8.36 + 11.03 + 11.61) / 3 = 10.3333 %. */
bool compare_three_cheapest(const struct compare_service *s, size_t n, int64_t *ret_mean_ppm, size_t *ret_n);
/* sum(weight × mean) / sum(weight) over corridors that have both: a mean of INT64_MIN or a negative weight is not known. */
bool compare_weighted(const int64_t *mean_ppm, const int64_t *weight, size_t n, int64_t *ret_mean_ppm);

/* ---- speed ---- */

/* Days on which a country's banks rest. */
struct compare_calendar {
	uint8_t weekend;	 /* bit 0 Monday … bit 6 Sunday */
	const int32_t *holidays; /* days since 1970, ascending */
	size_t n;
};
enum compare_speed {
	COMPARE_SPEED_UNKNOWN,
	COMPARE_SPEED_HOUR,	/* less than one hour */
	COMPARE_SPEED_SAME_DAY,
	COMPARE_SPEED_NEXT_DAY,
	COMPARE_SPEED_2_DAYS,
	COMPARE_SPEED_3_TO_5,
	COMPARE_SPEED_6_OR_MORE,
};
/* True when the day (since 1970) is of the weekend. */
bool compare_is_weekend(const struct compare_calendar *c, int64_t day);
/* Index of a holiday on that day, or SIZE_MAX. */
size_t compare_holiday(const struct compare_calendar *c, int64_t day);
/* RPW's class by the latest time promised. */
enum compare_speed compare_speed_class(int32_t latest);
/* Minute (since 1970, local to the sender) at which `minutes` after `at` have passed. With business days whole days are counted
 * where neither country rests, and the clock does not start on a day of rest. -1 when more than a year passes. */
int64_t compare_arrival(int64_t at, int32_t minutes, bool business_days, const struct compare_calendar *from,
    const struct compare_calendar *to);

/* ---- reports ---- */

#define COMPARE_REPORTS_MAX 1000000u
/* Lower end of Wilson's interval (95 %, z 1.96; E. B. Wilson, JASA 22, 1927) of a share of k in n, in millionths, rounded down. A few good
 * reports prove less than many. -1: n is 0. Worked: 10 of 10 gives 0.722467, 8 of 10 0.490162. */
int32_t compare_wilson(uint32_t k, uint32_t n);

/* ---- ranking ---- */

enum compare_preset {
	COMPARE_MOST_RECEIVED, /* most arrives; sooner first among equals */
	COMPARE_SOONEST,
	COMPARE_ARRIVE_BY,     /* only what arrives in time; most first */
	COMPARE_LEAST_TO_PAY,
	COMPARE_NEAREST,
	COMPARE_MY_LANGUAGE,   /* only offers in the languages asked for */
	COMPARE_MOST_DEPENDABLE,
	COMPARE_PRESETS
};

/* Minutes after which a price counts as old, and after which it leaves the list. */
struct compare_ages {
	int32_t stale, off_list;
};
/* feed and API 24 and 72 hours; tariff and public quote 72 hours and 14 days; mystery shop and report 90 and 180 days. */
extern const struct compare_ages compare_ages_usual[COMPARE_METHODS];

struct compare_question {
	bool receive;	/* amount is what must arrive; else what leaves the pocket */
	int64_t amount;
	enum compare_preset preset;
	uint16_t pay_in, payout; /* bits wanted; 0: any */
	uint32_t languages;	 /* MY_LANGUAGE: bits wanted */
	int64_t now;		 /* minutes since 1970, UTC */
	int64_t arrive_by;	 /* ARRIVE_BY: minutes since 1970 */
	bool first_transfer;	 /* offers for a first transfer are wanted too */
	const struct compare_calendar *from, *to; /* for business days */
	const struct compare_ages *ages;	  /* COMPARE_METHODS entries */
};

struct compare_row {
	uint32_t offer;	  /* index into the offers given */
	uint32_t rank;	  /* from 1, among the best of each provider; equals share one. 0: a further option of a provider */
	bool tied;	  /* shares its rank */
	bool stale;
	enum compare_verdict verdict;
	int64_t arrives;  /* minute at the latest; -1 not told */
	struct compare_quote quote;
};

/* Rank n offers of one corridor. rows (room for n): first those that can be compared, in order (*ret_ranked of them),
 * then the others with their verdict, in the order of provider and id. The order does not depend on the order of the offers. Memory for
 * sorting in arena. ERR_INVALID names what is wrong with the question: amount, preset. */
enum err_code compare_rank(const struct compare_offer *offers, size_t n, const struct compare_tier *tiers,
    const struct compare_pair *pair, const struct compare_question *q, struct arena *a, struct compare_row *rows,
    size_t *ret_ranked, struct err *e) WARN_UNUSED;
