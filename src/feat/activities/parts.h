#pragma once
/* What the list's template shows. */
#include "feat/register/register.h"
#include "feat/site/site.h"

enum { LIST_FACETS_MAX = 9, LIST_CHOSEN_MAX = 64 };

struct list_row {
	const struct activity_row *row;
	const struct activity *x; /* NULL for imported ones */
	struct safe_html title, excerpt;
	str implementer;
};

static inline money list_amount(const struct activity_row *r)
{
	money m = {.minor = r->contribution_minor};
	memcpy(m.currency, r->currency, sizeof m.currency);
	return m;
}

/* The language of a title; .n 0: not known. The programme's own are in English. */
static inline str list_lang(const struct activity_row *r, bool own)
{
	return r->lang[0] ? (str){r->lang, sizeof r->lang} : own ? STR("en") : STR_NONE;
}

/* A chosen value, and the list without it. */
struct list_chosen {
	str label;
	struct url_query without;
};

struct list_view {
	bool own;
	const char *path; /* "/activities" or "/comparison" */
	const struct activity_filter *f;
	const struct selection *s;
	const struct list_row *rows;
	struct site_facet facets[LIST_FACETS_MAX];
	size_t n_facets;
	struct list_chosen chosen[LIST_CHOSEN_MAX];
	size_t n_chosen;
	struct url_query query; /* of the selection, without the page */
	struct site_pager pager;
};
