#pragma once
/* Shared by the files that import: one file under way. */
#include "base/map.h"
#include "feat/prices/import.h"
#include "feat/prices/prices.sql.h"

enum { SESSION_BYTES = 1 << 30, SCRATCH_BYTES = 4 << 20 };

struct session {
	struct prices_importer *m;
	struct arena *a;       /* as long as the file */
	struct arena *scratch; /* as long as a row */
	const char *file, *kind;
	sha256 hash;
	size_t bytes;
	bool has_file; /* its row is there */
	uid file_id;
	bool example; /* all that is in it is invented */
	uint64_t taken, corrected, held;
	VEC(const struct feed_row *) rows;
	struct map *providers, *offers, *seen; /* of import_offers.c and import_rows.c */
	struct map *rates;		       /* of benchmark.c: currency -> what is known of it */
};

/* Report and count. detail is a format. */
void session_note(struct session *s, enum prices_done done, uint32_t line, uint32_t col, str subject, const char *field,
    const char *fmt, ...) PRINTF_LIKE(7, 8);
/* The row of the file itself, before the first row that refers to it. */
enum err_code session_file(struct session *s, struct err *e) WARN_UNUSED;

static inline str opt(str s)
{
	return s.n ? s : STR_NONE;
}
static inline struct opt_i64 opt_amount(int64_t v)
{
	return v < 0 ? I64_NONE : opt_i64(v);
}
static inline int64_t or_unknown(struct opt_i64 v)
{
	return v.has ? v.v : -1;
}

/* A provider, whose name rows refer to. exists is false when nobody told of it. */
struct known_provider {
	bool exists, example;
	bool offers_loaded;
};
enum err_code session_provider(struct session *s, str key, struct known_provider **ret, struct err *e) WARN_UNUSED;
/* True when the row may refer to the provider; else it is refused. */
bool session_provider_fits(struct session *s, const struct feed_row *row, const struct known_provider *p, str key, str subject);
/* False when a row of the same key was there before: the row is refused. key in the arena. */
enum err_code session_first(struct session *s, const struct feed_row *row, str key, str subject, bool *ret_first, struct err *e) WARN_UNUSED;

/* Once in a file: false when a row about the subject was there before, which is reported. */
enum err_code session_once(struct session *s, const struct feed_row *row, str subject, bool *ret_first, struct err *e) WARN_UNUSED;
/* Report a row that was stored. */
void session_stored(struct session *s, const struct feed_row *row, str subject, bool correction, const char *what);

/* What becomes of a row when something is stored under its key already. */
enum row_fate { ROW_NEW, ROW_CORRECTION, ROW_STOP };
/* has: there is one, same: it says the same. Reports what stops. */
enum row_fate session_fate(struct session *s, const struct feed_row *row, str subject, bool has, bool same, bool example);

enum err_code import_provider(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
enum err_code import_location(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
enum err_code import_share(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
enum err_code import_promotion(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
enum err_code import_calendar(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
enum err_code import_experience(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
enum err_code import_holiday(struct session *s, const struct feed_row *row, struct err *e) WARN_UNUSED;
/* All offers of the session's rows. */
enum err_code import_offers(struct session *s, struct err *e) WARN_UNUSED;
enum err_code import_rates(struct session *s, const struct rate_rows *rows, struct err *e) WARN_UNUSED;
/* Rows of Remittance Prices Worldwide: a table as CSV, or its workbook. */
bool services_is_csv(str text);
enum err_code import_services_csv(struct session *s, str text, struct err *e) WARN_UNUSED;
enum err_code import_services_book(struct session *s, int fd, struct err *e) WARN_UNUSED;
/* A file of averages, read and stored. */
enum err_code import_averages(struct session *s, str text, enum averages_kind kind, const struct feed_reading *r, struct err *e) WARN_UNUSED;

/* ---- benchmark.c ---- */

/* Units of `receive` for one of `send`, from units of both for one euro. */
bool benchmark_cross(struct compare_rate send, struct compare_rate receive, struct compare_rate *ret_rate);
/* The mid rate on a day by what is stored, not older than BENCHMARK_DAYS; the ECB's before others. An invented rate serves invented
 * offers only. *ret_rate has digits 0 when there is none. */
enum { BENCHMARK_DAYS = 10 };
enum err_code benchmark_on(struct session *s, str send, str receive, int32_t day, bool example, struct compare_rate *ret_rate,
    struct err *e) WARN_UNUSED;

/* ---- terms.c ---- */

bool terms_equal(const struct feed_offer *a, const struct feed_offer *b);
/* As the comparison has it; id, provider and tiers are the caller's. */
void terms_to_compare(const struct feed_offer *f, struct compare_offer *ret);
int word_index(str word, const char *const *words);
