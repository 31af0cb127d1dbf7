#pragma once
/* Inside of engine/chart: what the kinds of chart share. Not for others. */
#include "base/utf8.h"
#include "engine/chart/chart.h"

enum {
	FONT = 14,        /* size of all text, in units of the drawing */
	LINE_HEIGHT = 18, /* from one line of text to the next */
	BASELINE = 14,    /* from the top of a line to its baseline */
	WRAP_LINES_MAX = 4,
	TICKS_MAX = 12,
	SWATCH = 16,
	GAP = 8,
};

/* ---- text: how wide, and where to break (text.c) ---- */

/* Width in units at size FONT. An estimate that is rather too wide than too narrow for the usual
 * sans serif fonts. */
double text_width(str s);

struct wrapped {
	str line[WRAP_LINES_MAX];
	size_t n;
	double width; /* of the widest line */
	bool cut;     /* something was left out: the last line is followed by an ellipsis */
};

/* Break s between words into lines of at most `width`; at most max_lines (1 to WRAP_LINES_MAX). */
struct wrapped text_wrap(str s, double width, size_t max_lines);

/* ---- axes (scale.c) ---- */

/* Round numbers (1, 2 or 5 times a power of ten) that cover [lo, hi]: v[0] <= lo, v[n-1] >= hi.
 * About `want` of them. */
struct ticks {
	double v[TICKS_MAX];
	size_t n;
};

struct ticks ticks_linear(double lo, double hi, size_t want);
/* Powers of ten that cover [lo, hi], both > 0; thinned out when there are more than TICKS_MAX. */
struct ticks ticks_log(double lo, double hi);

/* From values to places: linear, or by logarithm. */
struct scale {
	double v0, v1, at0, at1;
	bool log;
};

double scale_at(const struct scale *s, double v);

/* ---- drawing (pen.c) ---- */

enum anchor { START, MIDDLE, END };

struct pen {
	struct buf *out; /* borrows: the body of the drawing */
	struct arena *a; /* borrows: texts made on the way */
	const struct chart *c;
	enum chart_layout layout;
	double w;    /* width of the drawing; the height is what drawing returns */
	bool mirror; /* right to left: x counts from the right */
	bool links;  /* the drawing holds a link */
	str lang;    /* of the text being written when it is not the page's; .n = 0: the page's */
	bool lost;   /* the arena is full: some text is missing, the drawing is void */
};

/* Places with one decimal at most. */
void buf_add_place(struct buf *b, double v);

void pen_rect(struct pen *p, const char *class, double x, double y, double w, double h);
/* A bar painted with the pattern of series i. */
void pen_bar(struct pen *p, size_t i, double x, double y, double w, double h);
/* The same pattern in a square of a legend. */
void pen_swatch(struct pen *p, size_t i, double x, double y);
void pen_line(struct pen *p, const char *class, double x1, double y1, double x2, double y2);
void pen_circle(struct pen *p, const char *class, double x, double y, double r);
/* A circle painted with the pattern of series i. */
void pen_bubble(struct pen *p, size_t i, double x, double y, double r);
/* A square on its tip. */
void pen_diamond(struct pen *p, const char *class, double x, double y, double r);
/* class may be NULL; y is the baseline. */
void pen_text(struct pen *p, const char *class, double x, double y, enum anchor anchor, str s);
/* Lines below each other, the first with its baseline at y. Returns the height taken. */
double pen_lines(struct pen *p, const char *class, double x, double y, enum anchor anchor,
    const struct wrapped *text);
/* Around marks that lead somewhere; nothing happens when href is empty. name is what the link is
 * called. */
void pen_link(struct pen *p, str href, str name);
void pen_link_end(struct pen *p, str href);

/* Names with swatches of series 0 … n-1 from y on, then one for missing values if asked. Returns
 * the height taken. */
double pen_legend(struct pen *p, double y, const str *name, size_t n, bool missing);
/* The pattern definitions of series 0 … n-1, to stand before their use. */
void pen_patterns(struct buf *out, str id, size_t n);

/* Words and numbers of the chart's language, in the pen's arena. */
str pen_msg(struct pen *p, enum chart_msg m);
str pen_number(struct pen *p, double v, enum chart_number use);
str pen_percent(struct pen *p, double ratio);
str pen_when(struct pen *p, pdate d);
/* The three behind each other. */
str pen_join(struct pen *p, str a, str b, str c);
/* Message m with its {0} {1} … replaced. */
str pen_say(struct pen *p, enum chart_msg m, const str *arg, size_t n);
#define PEN_SAY(p, m, ...)                                                                         \
	pen_say((p), (m), (const str[]){__VA_ARGS__},                                              \
	    sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

/* ---- the kinds: draw into the pen, return the height ---- */

double draw_columns(struct pen *p, const struct chart_columns *d);
double draw_bars(struct pen *p, const struct chart_bars *d);
double draw_targets(struct pen *p, const struct chart_targets *d);
double draw_dots(struct pen *p, const struct chart_dots *d);
double draw_lines(struct pen *p, const struct chart_lines *d);
double draw_share(struct pen *p, const struct chart_share *d);
double draw_timeline(struct pen *p, const struct chart_timeline *d);
double draw_matrix(struct pen *p, const struct chart_matrix *d);
double draw_bubbles(struct pen *p, const struct chart_bubbles *d);

/* The part of the world that is shown, in units of world.h, and how it is painted. */
struct map_view {
	double x, y, w, h;
};

struct map_view map_view_of(const struct chart_map *d);
/* Class of value v: 0 … n_bands - 1, or -1 for a missing one. */
int map_band(const struct chart_map *d, double v);
/* The countries in a drawing of p->w units, no legend. */
double draw_map(struct pen *p, const struct chart_map *d);
/* "1 to 3" … for band i. */
str map_band_name(struct pen *p, const struct chart_map *d, size_t i);

/* ---- what several need ---- */

/* Result over target; missing when either is, or the target is 0. */
double target_ratio(const struct chart_target *t);
/* "29 of 50 (58 %)", or what is missing. */
str target_text(struct pen *p, const struct chart_target *t);
/* "3, moderate" */
str bubble_text(struct pen *p, const struct chart_bubbles *d, const struct chart_bubble *b);
/* "Planned period: January 2009 to December 2010." */
str period_text(struct pen *p, const struct chart_period *d);
/* Limits, ids and values, before anything is drawn. */
enum err_code chart_check(const struct chart *c, struct err *e) WARN_UNUSED;
/* Smallest and largest value that is known; false when none is. */
struct range {
	double lo, hi;
	bool any;
};
void range_add(struct range *r, double v);
