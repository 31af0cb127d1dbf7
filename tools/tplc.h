#pragma once
/* Parts of tplc, the template compiler: reading of directives and C (tplc.c), the place in the HTML
 * (tplc_html.c). */
#include "base/buf.h"

enum html_state {
	HTML_TEXT,     /* between tags */
	HTML_TAG_NAME, /* behind '<' or "</" */
	HTML_IN_TAG,   /* between attributes */
	HTML_ATTR_NAME,
	HTML_ATTR_EQ, /* behind '=' */
	HTML_VALUE,   /* in a quoted value */
	HTML_COMMENT,
	HTML_DECLARATION, /* <!DOCTYPE …> */
};

enum html_attr {
	HTML_ATTR_PLAIN,
	HTML_ATTR_URL,
};

enum html_url {
	HTML_URL_START,
	HTML_URL_PATH,
	HTML_URL_QUERY, /* behind '?' or '#' */
};

enum html_element {
	HTML_ELEMENT_PLAIN,
	HTML_ELEMENT_KEEPS, /* pre, textarea: white space counts */
	HTML_ELEMENT_SCRIPT,
};

enum { HTML_NAME_MAX = 64 };

/* Where the output stands. Plain data: copied at a branch, compared where branches meet. */
struct html_place {
	enum html_state state;
	enum html_attr attr;
	enum html_url url;
	enum html_element element; /* whose text this is */
	char quote;
	bool closing; /* in a closing tag */
	bool glued;   /* a directive stood inside a name: the name must end here */
	uint8_t n_name;
	char name[HTML_NAME_MAX]; /* of the tag or attribute being read */
};

/* Read literal text. On a fault *ret_at is its offset. */
enum err_code html_read(struct html_place *h, str text, size_t *ret_at, struct err *e) WARN_UNUSED;
/* A directive stands here. ERR_INVALID where none may. */
enum err_code html_directive(struct html_place *h, struct err *e) WARN_UNUSED;
/* True when both places continue alike. */
bool html_same(const struct html_place *a, const struct html_place *b);
/* "in text", "in an attribute value" … */
const char *html_place_name(const struct html_place *h);
