#pragma once
/* Inside of the slice: a question and its offers as one JSON file (docs/prices.md). */
#include "codec/json.h"
#include "feat/prices/prices.h"

enum { PRICES_FILE_BYTES = 16 << 20, PRICES_WORDS_MAX = 32, PRICES_OFFERS_MAX = 10000 };

/* What an offer is called. */
struct prices_label {
	str id, provider;
	bool example; /* invented, and said so wherever it is shown */
};

struct prices_case {
	str send_country, receive_country, send_currency, receive_currency;
	struct compare_pair pair;
	str benchmark_source;
	date benchmark_date;
	struct compare_question question;
	struct compare_calendar calendars[2]; /* of the sending and of the receiving country */
	bool from_file; /* its days of rest stand in the file */
	const struct prices_calendar *told[2]; /* what is known of the calendars; NULL: nothing, or they come from a file */
	struct compare_offer *offers;
	struct prices_label *labels; /* of each offer */
	const struct compare_tier *tiers;
	size_t n;
	str languages[PRICES_WORDS_MAX]; /* bit i of an offer's languages */
	size_t n_languages;
};

/* Read text (of the file called name); everything in arena. ERR_INVALID tells line, column and what is
 * expected; nothing is guessed. */
enum err_code prices_case_read(str text, const char *name, struct arena *a, struct prices_case *ret_case, struct err *e)
    WARN_UNUSED;

struct prices_answer {
	struct compare_row *rows; /* those with a place first, in arena */
	size_t n, ranked;
};
/* ERR_INVALID: the question cannot be asked (compare_rank). */
enum err_code prices_case_rank(const struct prices_case *c, struct arena *a, struct prices_answer *ret_answer, struct err *e)
    WARN_UNUSED;
/* A holiday because of which an offer arrives later. */
struct prices_delay {
	size_t country; /* 0 the sending, 1 the receiving */
	date day;
	const struct prices_holiday *told; /* NULL: a file has the day alone */
};
enum { PRICES_DELAYS_MAX = 32 };
/* Holidays between the question and the arrival on which neither country has its weekend. Returns how many there are, at most
 * PRICES_DELAYS_MAX. 0 for offers whose days are not working days. */
size_t prices_delays(const struct prices_case *c, const struct compare_row *row, struct prices_delay *ret);
/* False when the holidays of a country (0 the sending, 1 the receiving) are not known for all days until the row's arrival. */
bool prices_calendar_told(const struct prices_case *c, const struct compare_row *row, size_t country);
/* The answer as one JSON object. */
void prices_case_write(struct json_writer *w, const struct prices_case *c, const struct prices_answer *answer);
