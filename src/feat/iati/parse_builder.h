#pragma once
/* Inside the reader: the state between SAX events, shared by parse.c (events, faults, values) and
 * parse_parts.c (what each element means). */
#include "feat/iati/parse.h"

enum state {
	S_DOCUMENT,
	S_ROOT,
	S_ACTIVITY,
	S_IDENTIFIER,
	S_REPORTING,
	S_TITLE,
	S_DESCRIPTION,
	S_PARTICIPANT,
	S_OTHER_ID,
	S_STATUS,
	S_DATE,
	S_SCOPE,
	S_COUNTRY,
	S_REGION,
	S_LOCATION,
	S_LOCATION_NAME,
	S_LOCATION_ACTIVITY,
	S_ADMINISTRATIVE,
	S_POINT,
	S_POS,
	S_SECTOR,
	S_TAG,
	S_HUMANITARIAN_SCOPE,
	S_POLICY_MARKER,
	S_COLLABORATION,
	S_FLOW,
	S_FINANCE,
	S_AID,
	S_TIED,
	S_BUDGET,
	S_PLANNED,
	S_PERIOD_START,
	S_PERIOD_END,
	S_VALUE,
	S_TRANSACTION,
	S_TX_TYPE,
	S_TX_DATE,
	S_TX_DESCRIPTION,
	S_PROVIDER,
	S_RECEIVER,
	S_DOCUMENT_LINK,
	S_DOC_TITLE,
	S_DOC_CATEGORY,
	S_DOC_LANGUAGE,
	S_DOC_DATE,
	S_RELATED,
	S_RESULT,
	S_RESULT_TITLE,
	S_INDICATOR,
	S_INDICATOR_TITLE,
	S_INDICATOR_DESCRIPTION,
	S_REFERENCE,
	S_BASELINE,
	S_PERIOD,
	S_TARGET,
	S_ACTUAL,
	S_DIMENSION,
	S_COMMENT,
	S_NARRATIVE,
	S_COUNT,
};

/* Lists that are asked again and again, looked up once. */
enum known_list {
	LIST_STATUS,
	LIST_DATE_TYPE,
	LIST_ROLE,
	LIST_ORG_TYPE,
	LIST_COUNTRY,
	LIST_REGION,
	LIST_SECTOR,
	LIST_SECTOR_CATEGORY,
	LIST_CURRENCY,
	LIST_BUDGET_TYPE,
	LIST_BUDGET_STATUS,
	LIST_TX_TYPE,
	LIST_RELATED,
	LIST_RESULT_TYPE,
	LIST_MEASURE,
	LIST_AID_TYPE,
	LIST_FINANCE_TYPE,
	LIST_FLOW_TYPE,
	LIST_TIED,
	LIST_SCOPE,
	LIST_COLLABORATION,
	LIST_DESCRIPTION,
	LIST_MARKER,
	LIST_COUNT,
};

enum { STACK_MAX = 16 };

struct figure { /* a baseline, target or actual */
	str value, dimension;
	uint32_t line;
};

struct tag;

struct builder {
	struct parse_out *out;
	struct parse_result *result;
	const char *file;
	const struct codelist *lists[LIST_COUNT];
	uint16_t first[S_COUNT + 2]; /* index of the first tag by parent */
	uint8_t stack[STACK_MAX];    /* enum state */
	const struct tag *tags[STACK_MAX];
	uint32_t depth;		  /* of the stack */
	uint32_t skip;		  /* depth inside an element that is not read; 0: none */
	struct buf text;	  /* of the element at hand, where it has text */
	struct sha256_state hash;
	const struct xml_element *el;
	uint32_t line;

	/* The activity under way. a is NULL between activities, and after one turned out bad. */
	struct ia_activity *a;
	str key; /* copy for notes, also when a is gone */
	bool in_activity, bad;
	uint32_t activity_line;
	bool has_reporting, has_status, has_date;

	/* The element under way within it; what it holds goes into the activity at its end. */
	str narrative_lang;
	uint32_t narratives; /* seen of the element at hand */
	str description_type;
	str date_type; /* of the activity-date at hand; absent: it was left out */
	size_t location_texts;
	struct ia_participant participant;
	struct ia_share share;
	str share_field; /* where a sector's or marker's narrative goes */
	struct ia_marker marker;
	struct ia_location location;
	struct ia_budget budget;
	struct ia_transaction tx;
	size_t tx_countries, tx_regions, tx_sectors, tx_texts; /* counts at the start of the transaction */
	bool in_tx, value_bad, has_value, drop;
	str value_currency;
	uint32_t part_line; /* of the budget, transaction, result … at hand */
	struct ia_document document;
	struct ia_indicator indicator;
	size_t result_first, result_values, result_texts; /* counts at the start of the result */
	int64_t result_type;
	str result_title, result_ref_vocabulary, result_ref_code;
	date period_start, period_end;
	size_t period_first, period_next; /* index of the period's first value, and where to look for an actual */
	struct figure figure;
	int64_t baseline_year;
	struct buf dimension;
};

typedef enum err_code (*part_fn)(struct builder *b, struct err *e);

struct tag {
	uint8_t parent, state; /* enum state */
	bool text;	       /* has text of its own */
	const char *name;
	part_fn start, end; /* may be NULL */
};
extern const struct tag iati_tags[];
extern const size_t iati_tags_n;

/* The root element: version and kind. */
enum err_code builder_root(struct builder *b, struct err *e) WARN_UNUSED;
/* Attributes of the element at hand into the hash of the activity. */
void builder_hash(struct builder *b, uint8_t state);

/* ---- parse.c ---- */

enum state builder_parent(const struct builder *b); /* of the element at hand */
enum state builder_above(const struct builder *b, uint32_t up);
/* Attribute of the element at hand, trimmed, in the activity's arena; STR_NONE when absent or empty. */
enum err_code builder_attr(struct builder *b, const char *name, str *ret_v, struct err *e) WARN_UNUSED;
/* The same, borrowed until the start callback returns. */
str builder_peek(const struct builder *b, const char *name);
/* Copy into the activity's arena; STR_NONE stays. */
enum err_code builder_keep(struct builder *b, str s, str *ret_v, struct err *e) WARN_UNUSED;
/* The arena is full: the activity becomes a bad one; ERR_NOMEM when it is not the limit. */
enum err_code builder_full(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code builder_note(struct builder *b, enum iati_level level, uint32_t line, const char *id, const char *done,
    struct err *e, const char *fmt, ...) WARN_UNUSED PRINTF_LIKE(7, 8);
/* The activity is left out. */
enum err_code builder_reject(struct builder *b, const char *id, struct err *e, const char *fmt, ...) WARN_UNUSED
    PRINTF_LIKE(4, 5);
/* Attribute as a number that is a code of the list; INT_NONE when absent, or off the list (then noted). */
enum err_code builder_code(struct builder *b, const char *name, enum known_list list, int64_t *ret_v,
    struct err *e) WARN_UNUSED;
/* The same as text. */
enum err_code builder_code_str(struct builder *b, const char *name, enum known_list list, str *ret_v,
    struct err *e) WARN_UNUSED;
/* Attribute as a date; absent, or impossible and then noted: DATE_NONE. */
enum err_code builder_date(struct builder *b, const char *name, date *ret_d, struct err *e) WARN_UNUSED;

/* "1" or "true". */
bool builder_truth(str s);

/* ---- parse_results.c: handlers of results ---- */
enum err_code part_start_result(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_end_result(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_start_indicator(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_end_indicator(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_start_reference(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_start_figure(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_start_dimension(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_end_baseline(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_end_target(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_end_actual(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_start_period(struct builder *b, struct err *e) WARN_UNUSED;
enum err_code part_end_period(struct builder *b, struct err *e) WARN_UNUSED;

/* Room in one of the activity's lists. */
#define ADD(b, list, ret_p)                                                                        \
	do {                                                                                       \
		*(ret_p) = VEC_ADD(&(b)->a->list, (b)->out->arena);                                \
		if (!*(ret_p))                                                                     \
			return builder_full((b), e);                                               \
	} while (0)
