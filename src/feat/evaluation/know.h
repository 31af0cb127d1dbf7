#pragma once
/* What the parts on theory, evidence and policy share: words of the pack, rows, figures, tables. Inside of the slice. Whatever
 * does not fit into the arena is told by answer_end. */
#include "feat/evaluation/parts.h"
#include "feat/evaluation/told.h"

struct knowing {
	struct answer *w;
	struct arena *a;
	const struct facts *f;
	const struct programme_view *p;
	struct saying t;
};
void knowing_begin(struct knowing *k, struct answer *w, const struct facts *f);

/* Message and texts: KNOW(k, MSG("{0} of {1}"), a, b) */
#define KNOW(k, msg, ...) TOLD(&(k)->t, msg, __VA_ARGS__)
/* A message without placeholders. */
str know_say(const struct knowing *k, const char *msg);
/* Formatted, in the arena. */
str know_fmt(const struct knowing *k, const char *fmt, ...) PRINTF_LIKE(2, 3);

str know_intervention(const struct knowing *k, const struct intervention *x);
str know_outcome(const struct knowing *k, const struct outcome *x);
str know_priority(const struct knowing *k, int code); /* short name */
str know_countries(const struct knowing *k, str codes); /* names, ", " between; "" for none */
const char *know_direction(enum evidence_direction d); /* messages */
const char *know_strength(enum evidence_strength s);
str know_method_in(const struct knowing *k, str method);

/* ---- evidence ---- */

/* Was the finding known on the day: did the earliest year of its studies lie before its end? */
bool finding_known(const struct facts *f, const struct evidence *x);
/* Does it say something: neither "not known" nor "not proven"? */
bool finding_tells(const struct evidence *x);

/* Different studies: findings of one study count once. */
struct studies {
	VEC(str) names;
};
/* Those of the finding that were known on the day, where each has its year. False without memory. */
bool studies_add(struct studies *s, const struct facts *f, const struct evidence *x, struct arena *a);

/* ---- money ---- */

struct spent {
	int64_t minor; /* contributions in EUR of the activities whose main intervention it is */
	size_t n, n_unknown; /* activities, and those of them without a known contribution */
};
/* Of the activities of the facts that were paid from the programme. */
struct spent spent_on(const struct facts *f, const struct intervention *x);
bool activity_uses(const struct activity *x, str intervention_id, bool main_only);

/* ---- rows and figures ---- */

struct know_rows {
	VEC(struct source_row) v;
};
void rows_add(struct knowing *k, struct know_rows *r, const char *table, str key, str source_line);
void rows_add_activities(struct knowing *k, struct know_rows *r, const struct intervention *x);

/* Texts are messages. */
struct figure know_count(const struct knowing *k, str id, size_t n, const char *unit, const char *definition,
    const struct know_rows *r);
void know_counted(struct knowing *k, str text, const struct figure *figures, size_t n);
void know_unsaid(struct knowing *k, str text, str missing, const struct know_rows *r);
void know_judged(struct knowing *k, str text, str rule, str anchor, const struct know_rows *r);

/* ---- tables ---- */

struct sheet {
	struct knowing *k;
	const char *const *heads; /* messages */
	size_t columns;
	uint32_t numeric; /* bit i: column i */
	VEC(struct answer_cell) cells;
};
#define SHEET(knowing, names, bits)                                                                \
	{                                                                                          \
		.k = (knowing), .heads = (names), .columns = sizeof(names) / sizeof *(names), .numeric = (bits) \
	}
void sheet_text(struct sheet *s, str text);
void sheet_english(struct sheet *s, str text); /* in English whatever the language */
void sheet_link(struct sheet *s, str text, str href);
void sheet_num(struct sheet *s, int64_t v);
void sheet_none(struct sheet *s, const char *why); /* not known */
void sheet_money(struct sheet *s, const struct spent *m);
void sheet_end(struct sheet *s, str id, str caption, bool folded);
/* The same, for answer_diagram; NULL without memory. */
const struct answer_table *sheet_made(struct sheet *s, str id, str caption);
