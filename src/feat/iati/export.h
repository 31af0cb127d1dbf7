#pragma once
/* Inside the export: what export.c, export_own.c, export_other.c and export_parts.c share. */
#include "codec/xml.h"
#include "feat/iati/iati.h"
#include "feat/register/register.h"

struct lang_text {
	str kind, subject, field, lang, text; /* of programme_text */
};

struct exporter {
	struct xml_writer w;
	struct db *db;
	int64_t programme;
	struct arena *lasting; /* what is needed throughout */
	struct arena *a;       /* for one activity */
	date today;
	uint64_t written;
	/* The own portfolio. */
	str slug, ref, type, prefix;
	int64_t loaded_ms;
	date facts_as_of;
	VEC(struct lang_text) texts;
	VEC(str) own_keys;   /* of the portfolio, in order */
	VEC(str) valid_keys; /* of those that can be written */
	VEC(str) left_out;   /* titles of those that cannot */
	str programme_key;   /* of the row that stands for the programme; empty when there is none */
	date first_start;      /* of the portfolio */
	bool any_running;
};

/* ---- export_parts.c: elements that both kinds of activities use ---- */

void put_narrative(struct exporter *x, str text, const char *lang);
/* <name><narrative>text</narrative></name>; nothing when absent. */
void put_text(struct exporter *x, const char *name, str text);
/* <name code="code"/>; nothing when absent. */
void put_code(struct exporter *x, const char *name, str code);
void put_iso_date(struct exporter *x, const char *name, date d);
/* <value currency value-date>…</value>: value-date is mandatory. */
void put_value(struct exporter *x, const struct activity *a, money m, date value_date);
void put_instant_attr(struct exporter *x, const char *name, int64_t utc_ms);
/* 'key=value;key=value' as dimension elements. */
void put_dimensions(struct exporter *x, str dimension);
/* Texts of a field and of a row (0: of the activity) as further narratives. */
void put_more(struct exporter *x, const struct activity *a, const char *field, size_t seq);
/* Is it the text of a field and of a row (0: of the activity)? */
bool is_text_of(const struct activity_text *t, const char *field, size_t seq);
/* One narrative; its language is said where it is not that of the activity. */
void put_text_narrative(struct exporter *x, const struct activity *a, const struct activity_text *t);
/* put_more inside an element; nothing without such texts. */
void put_more_in(struct exporter *x, const struct activity *a, const char *element, const char *field, size_t seq);
str decimal_degrees(struct exporter *x, double v);
/* Absent when the number is 0. */
str number_text(struct exporter *x, int64_t v);

/* ---- export_own.c ---- */

enum err_code export_own_begin(struct exporter *x, struct err *e) WARN_UNUSED;
enum err_code export_programme(struct exporter *x, struct err *e) WARN_UNUSED;
enum err_code export_own(struct exporter *x, str key, struct err *e) WARN_UNUSED;

/* ---- export_other.c ---- */

enum err_code export_other(struct exporter *x, str key, struct err *e) WARN_UNUSED;
