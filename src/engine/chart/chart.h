#pragma once
/* Charts as SVG text, made on the server from plain values: no script, no colour in the markup
 * (classes of web/chart.css paint it, patterns and direct labels carry the meaning without colour),
 * no I/O.
 *
 * One `struct chart` describes what is shown; from it come, so that they cannot differ,
 *   chart_html()     the drawing, for a figure on a page: a wide and a narrow layout, the style
 * sheet shows one; chart_svg()      one of the two layouts as a document of its own, for download
 * or print; chart_table()    the data behind it as header and rows, for the table and for CSV;
 *   chart_summary()  one to three sentences: the text alternative.
 *
 * The layouts are drawn in CSS pixels for 720 and 320 units of width with text of 14 units, so that
 * text stays above 12 pixels on a phone 320 pixels wide. A value that is not known is CHART_MISSING
 * and is drawn and tabled as missing, never as zero. A drawing with links is a named group, any
 * other a named image (an image may hold nothing that takes the focus). Right-to-left languages get
 * a mirrored drawing.
 *
 * The caller's texts are plain UTF-8 and escaped here; everything in a struct chart is borrowed
 * during the call. */
#include "base/arena.h"
#include "base/date.h"

#include <math.h>

#define CHART_MISSING ((double)NAN)

/* Limits; more is ERR_LIMIT. */
enum {
	CHART_SERIES_MAX = 8,      /* paints that can be told apart */
	CHART_CATEGORIES_MAX = 60, /* groups of columns */
	CHART_ROWS_MAX = 500,      /* bars, targets, rows of dots, parts */
	CHART_POINTS_MAX = 20000,  /* points over all lines or rows of dots */
	CHART_EVENTS_MAX = 300,    /* events and periods of a time line */
	CHART_PLACES_MAX = 300,    /* countries of a map */
	CHART_MATRIX_COLUMNS_MAX = 16,
	CHART_BUBBLES_MAX = 1000,
	CHART_BANDS_MAX = 5,        /* classes of a map's values */
	CHART_TEXT_MAX_BYTES = 4096 /* any one text given */
};

/* ---- language ---- */

/* The words a chart needs. English in chart_msg_en(), which is the message id for translators;
 * {0} {1} {2} stand for texts. */
enum chart_msg {
	CHART_MSG_MISSING,         /* "not known" */
	CHART_MSG_MISSING_SHORT,   /* "–": stands on a missing column */
	CHART_MSG_TOTAL,           /* "Total" */
	CHART_MSG_HIGHEST,         /* "Highest: {0} ({1})." */
	CHART_MSG_LOWEST,          /* "Lowest: {0} ({1})." */
	CHART_MSG_NOT_KNOWN_COUNT, /* "Not known: {0} of {1}." */
	CHART_MSG_NO_DATA,         /* "There are no data." */
	CHART_MSG_TARGET,          /* "Target" */
	CHART_MSG_RESULT,          /* "Result" */
	CHART_MSG_BASELINE,        /* "Baseline" */
	CHART_MSG_RATIO,           /* "Result as a share of the target" */
	CHART_MSG_OF_TARGET,       /* "{0} of {1} ({2})": result, target, percent */
	CHART_MSG_NO_RESULT,       /* "target {0}, result not known" */
	CHART_MSG_NO_TARGET,       /* "{0}, no target in figures" */
	CHART_MSG_NEITHER,         /* "target and result not known" */
	CHART_MSG_TARGETS_SUMMARY, /* "Target reached or exceeded: {0} of {1} with both figures
	                              known." */
	CHART_MSG_BROKEN,          /* "Bars with a break run on beyond the scale." */
	CHART_MSG_MEDIAN,          /* "Median" */
	CHART_MSG_QUARTILES,       /* "Middle half" */
	CHART_MSG_COUNT,           /* "Number" */
	CHART_MSG_FIRST_QUARTILE,  /* "First quartile" */
	CHART_MSG_THIRD_QUARTILE,  /* "Third quartile" */
	CHART_MSG_OWN,             /* "This activity" */
	CHART_MSG_MEDIAN_OF,       /* "{0}: median {1}, from {2} to {3}, number {4}." */
	CHART_MSG_FROM_TO,         /* "{0}: from {1} ({2}) to {3} ({4})." */
	CHART_MSG_SHARE,           /* "Share" */
	CHART_MSG_SHARE_OF,        /* "{0}: {1} ({2})." */
	CHART_MSG_FROM,            /* "From" */
	CHART_MSG_TO,              /* "To" */
	CHART_MSG_PERIOD_TEXT,     /* "{0}: {1} to {2}." */
	CHART_MSG_PERIOD_OPEN,     /* "{0}: from {1}, end not known." */
	CHART_MSG_EVENTS_COUNT,    /* "Events: {0}." */
	CHART_MSG_COUNTRIES_COUNT, /* "Countries: {0}." */
	CHART_MSG_BAND,            /* "{0} to {1}" */
	CHART_MSG_BAND_LAST,       /* "{0} and more" */
	CHART_MSG_BAND_NONE,       /* "no activities" */
	CHART_MSG_PLACES_FILLED,   /* "Combinations with something known: {0} of {1}." */
	CHART_MSG_MAX              /* number of messages */
};

/* The English words. */
str chart_msg_en(enum chart_msg m);

/* How a language writes; all callbacks required. */
struct chart_lang {
	bool rtl;
	str (*msg)(const void *ctx, enum chart_msg m);
	/* 0.583 -> "58 %" */
	void (*percent)(const void *ctx, struct buf *b, double ratio);
	/* 2010-03 -> "March 2010" */
	void (*when)(const void *ctx, struct buf *b, pdate d);
	const void *ctx;
};

enum chart_number {
	CHART_NUMBER_TABLE, /* in full, as in the table and the sentences, with its unit when the
	                       column has none */
	CHART_NUMBER_LABEL, /* beside a mark, short */
	CHART_NUMBER_TICK,  /* on an axis, short; a round number */
};

/* How the values of this chart are written: money, people, percent … */
struct chart_format {
	void (*number)(const void *ctx, struct buf *b, double v, enum chart_number use);
	const void *ctx;
};

/* ---- what is shown ---- */

enum chart_kind {
	CHART_COLUMNS,  /* categories x series, beside or on top of each other */
	CHART_BARS,     /* one horizontal bar per row */
	CHART_TARGETS,  /* result against target per row */
	CHART_DOTS,     /* distributions: a dot per value, quartiles behind */
	CHART_LINES,    /* values over time, with reference lines */
	CHART_SHARE,    /* parts of a whole */
	CHART_TIMELINE, /* periods and events */
	CHART_MAP,      /* countries by class of value */
	CHART_MATRIX,   /* rows x columns of values, the larger the darker */
	CHART_BUBBLES,  /* rows x columns with a bubble where something is known */
};

struct chart_series {
	str name;
	const double *v; /* one per category */
};

struct chart_columns {
	const str *category;
	size_t n_categories;
	const struct chart_series *series;
	size_t n_series;
	bool stacked; /* on top of each other; needs values >= 0 */
};

struct chart_bar {
	str label;
	double v;
	str href; /* address relative to the page, .n = 0: no link */
};

struct chart_bars {
	const struct chart_bar *row;
	size_t n;
};

struct chart_target {
	str label;
	double baseline, target, result; /* each may be CHART_MISSING; a target of 0 has no ratio */
	str unit;                        /* "people"; may be empty */
	str href;
};

struct chart_targets {
	const struct chart_target *row;
	size_t n;
};

struct chart_dots_row {
	str label;
	const double *v; /* CHART_MISSING are counted, not drawn */
	size_t n;
	double own; /* the value the page is about, marked; CHART_MISSING: none */
};

struct chart_dots {
	const struct chart_dots_row *row;
	size_t n;
	bool log_scale; /* all values > 0: decades on the axis */
};

struct chart_point {
	double x, y; /* y may be CHART_MISSING: the line has a gap there */
};

struct chart_line {
	str name;
	const struct chart_point *p; /* x ascending */
	size_t n;
};

struct chart_reference {
	str label;
	double y;
};

enum chart_x {
	CHART_X_YEAR, /* x is a year */
	CHART_X_DAY,  /* x is days since 1970-01-01 */
};

struct chart_lines {
	const struct chart_line *line;
	size_t n;
	const struct chart_reference *reference;
	size_t n_references;
	enum chart_x x;
	bool from_zero; /* the value axis starts at 0 */
};

struct chart_part {
	str label;
	double v; /* >= 0 */
	str href;
};

struct chart_share {
	const struct chart_part *part; /* CHART_SERIES_MAX at most: put the rest together */
	size_t n;
};

enum chart_period_kind {
	CHART_PERIOD_PLANNED,
	CHART_PERIOD_EXTENSION,
	CHART_PERIOD_ACTUAL,
};

struct chart_period {
	enum chart_period_kind kind;
	str label;
	pdate from, to; /* `to` may be PDATE_NONE: end not known; partial dates are drawn as the
	                   range they stand for */
};

struct chart_event {
	str label;
	pdate on;
};

struct chart_timeline {
	const struct chart_period *period;
	size_t n_periods;
	const struct chart_event *event; /* any order */
	size_t n_events;
};

struct chart_place {
	str code; /* ISO 3166-1 alpha-2, or XK; an unknown one stands in the table only */
	str name;
	double v; /* CHART_MISSING: concerned, amount not known */
	str href;
};

struct chart_map {
	const struct chart_place *place;
	size_t n;
	/* Classes: bound[0] <= v < bound[1] is the first …, from bound[n_bands - 1] up the last. 0
	 * bands: one class. */
	const double *bound;
	size_t n_bands;
	bool whole_world; /* else cropped to the places */
	bool counts; /* values and bounds are whole numbers: a class is named "2 to 4", not "2 to 5"
	              */
};

struct chart_matrix {
	const str *row;
	size_t n_rows;
	const str *column;
	size_t n_columns;
	const double *v; /* n_rows x n_columns, row by row; >= 0 */
};

/* Where nothing is known there is no bubble: that gap is what the drawing shows. */
struct chart_bubble {
	size_t row, column; /* one bubble at most for each pair */
	double v;           /* > 0: the area, and the number beside it */
	size_t kind;        /* pattern and word: index in kind */
	str href;
};

struct chart_bubbles {
	const str *row;
	size_t n_rows;
	const str *column; /* CHART_MATRIX_COLUMNS_MAX at most */
	size_t n_columns;
	const struct chart_bubble *bubble;
	size_t n;
	const str *kind; /* CHART_SERIES_MAX at most */
	size_t n_kinds;
	const str *note; /* one below each column's name, such as an amount; NULL: none */
	str note_head;   /* what the notes are */
};

struct chart {
	enum chart_kind kind;
	str id;    /* [a-z][a-z0-9-]*, up to 40 bytes, unique on the page: prefix of every id in the
	              drawing */
	str title; /* says what it shows; the drawing's name */
	str row_head;   /* head of the table's first column: "Year", "Priority", "Country" */
	str value_head; /* what the values are, with the unit: "Expenditure, million euro"; title of
	                   the value axis */
	str row_lang;   /* language of the rows' names ("en") when it is not the page's; .n = 0: the page's */
	const struct chart_lang *lang;
	const struct chart_format *format;
	union {
		struct chart_columns columns;
		struct chart_bars bars;
		struct chart_targets targets;
		struct chart_dots dots;
		struct chart_lines lines;
		struct chart_share share;
		struct chart_timeline timeline;
		struct chart_map map;
		struct chart_matrix matrix;
		struct chart_bubbles bubbles;
	};
};

/* ---- what comes out ---- */

enum chart_layout {
	CHART_WIDE,   /* 720 units */
	CHART_NARROW, /* 320 units */
};

/* <div class="chart">…</div> with the layouts, for the inside of a figure. ERR_INVALID: a bad id,
 * values that the kind does not take; ERR_LIMIT: more than the limits above, or out's maximum. */
enum err_code chart_html(const struct chart *c, struct buf *out, struct err *e) WARN_UNUSED;

/* One <svg> with its name space, for a file or a PDF; same errors. css, when not empty, is put into
 * it as a style sheet (web/chart.css, so that the file paints itself); pages give none, their
 * security policy forbids it. */
enum err_code chart_svg(const struct chart *c, enum chart_layout layout, str css, struct buf *out,
    struct err *e) WARN_UNUSED;

/* The text alternative: plain text, appended to out. */
enum err_code chart_summary(const struct chart *c, struct buf *out, struct err *e) WARN_UNUSED;

struct chart_cell {
	str text; /* as written in the page's language; for a missing value the words for it */
	double v; /* the value, CHART_MISSING when missing or not a number */
	bool missing;
	str href; /* .n = 0: no link */
};

struct chart_table {
	size_t n_columns, n_rows;
	str row_lang;        /* of the first cell of each row, as the chart says */
	const str *head;     /* n_columns */
	const bool *numeric; /* n_columns: to be aligned as numbers */
	const struct chart_cell
	    *cell; /* n_rows x n_columns, row by row; the first of a row names the row */
};

/* The data behind the drawing, in arena: the very values that are drawn, in the same order. */
enum err_code chart_table(const struct chart *c, struct arena *a, struct chart_table *ret_table,
    struct err *e) WARN_UNUSED;
