#pragma once
/* The whole evaluation as one document: HTML that needs nothing beside it, and the PDF made from it. */
#include "feat/evaluation/parts.h"

struct report_wanted {
	const struct facts *facts;
	enum lang lang;
	const struct evaluation_part *only; /* NULL: all parts */
	str base_url; /* "https://example.org": links lead there; empty: there are none */
	int64_t made_ms;
};

/* Appended to out. A part that cannot be answered says so in its place. */
enum err_code report_html(const struct report_wanted *w, struct arena *a, struct buf *out, struct err *e) WARN_UNUSED;
