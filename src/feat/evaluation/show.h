#pragma once
/* What answer.tpl shows: an answer on a page of the site, or on paper, where nothing can be opened and links are whole
 * addresses or none. */
#include "feat/evaluation/parts.h"

enum {
	SHOW_ROWS_MOST = 60,	   /* rows of a figure listed on a page; the API has all */
	SHOW_PAPER_TABLE_MOST = 15, /* rows of a table on paper; the site has all */
	SHOW_PAPER_FOLDED_MOST = 6, /* of one that the site shows folded */
	SHOW_DRAWING_BYTES = 4 << 20,
};

/* A block with what is drawn for it. */
struct shown_block {
	const struct block *b;
	struct safe_html drawing; /* of charts and diagrams, on a screen */
	struct url picture;	  /* and on paper: the drawing, as an address that holds it */
};

struct show {
	const struct site_page *page; /* language, arena, base */
	const struct evaluation_view *view;
	const struct answer *answer;
	const struct shown_block *blocks;
	size_t n;
	bool paper;
	str root;    /* paper: in front of paths, "https://example.org/nl"; empty: no links */
	int deeper;  /* added to the level of headings */
	str prefix;  /* of anchors, so that several answers stand on one page; may be empty */
	str drawing_css; /* paper: put into every drawing, which then needs no other style sheet */
};

/* Draw what is to be drawn. In the page's arena. */
enum err_code show_make(const struct site_page *page, const struct evaluation_view *v, const struct answer *w,
    struct show *ret, struct err *e) WARN_UNUSED;

/* The same for a show of which everything but blocks is filled in. */
enum err_code show_draw(struct show *s, struct err *e) WARN_UNUSED;

/* ---- for the templates ---- */

/* Address of a path behind the language, with or without an anchor; .s.n 0: there is no link. */
struct url show_link(const struct show *s, str path);
/* Where a record can be read; .s.n 0: nowhere on the site. */
struct url show_row_link(const struct show *s, const struct source_row *r);
/* The decision model that judged, and its row. */
struct url show_rule_link(const struct show *s, const struct statement *st);
str show_rule_name(const struct show *s, const struct statement *st);
/* A kind in words: a message. */
const char *show_kind(enum statement_kind k);
const char *show_kind_means(enum statement_kind k);
/* What a record is: a message; the name of its table when there is none. */
const char *show_table_name(const char *table);
/* The value as the language writes it, with its unit. In the page's arena. */
str show_value(const struct show *s, const struct figure *f);
str show_input(const struct show *s, const struct figure_input *in);
str show_interval(const struct show *s, const struct figure *f); /* empty: none */
/* "counted": of the class that marks the kind. */
const char *say_class(enum statement_kind k);
/* The answer as JSON, in the language and scope of the page. */
struct url show_data(const struct show *s);
str show_anchor(const struct show *s, str id);
/* Of n rows of a table on paper, those that are printed. */
size_t show_rows(const struct show *s, size_t n, bool folded);
/* On paper: percentages for the columns, by the first rows. NULL on a screen. In the page's arena. */
const uint8_t *show_widths(const struct show *s, const struct answer_table *t, size_t rows);
const uint8_t *show_chart_widths(const struct show *s, const struct chart_table *t, size_t rows);
/* Where the site has what stands here under an anchor; .s.n 0: there is no link. */
struct url show_place(const struct show *s, str id);
/* Lines of the source, "9645;9646;9650": they are written as ranges. */
bool show_is_lines(str text);
size_t show_rows_total(const struct statement *st);
