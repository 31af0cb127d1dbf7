#pragma once
/* What report.tpl shows. */
#include "feat/evaluation/show.h"

struct report_part_view {
	const char *slug;
	int question;
	str title, question_text;
	str why; /* it cannot be answered: English */
	struct show show;
};

struct report_view {
	struct site_page page; /* language and arena only */
	str title, about, source, owner;
	const struct facts *facts;
	int64_t made_ms;
	struct safe_html style;
	const struct report_part_view *parts;
	size_t n;
};

/* Headings that stand in the contents below their part. */
bool report_is_section(const struct block *b);
bool report_sections(const struct report_part_view *p);
