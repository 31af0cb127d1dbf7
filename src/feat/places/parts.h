#pragma once
/* What the pages of this slice show, and how it is gathered from the views. */
#include "feat/programme/words.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum {
	PLACE_ROLES = 4,     /* beneficiary, origin, destination, transit */
	PLACE_ORG_ROLES = 5, /* enum org_role */
};

/* ---- countries.c ---- */

struct country_row {
	str code, name;
	size_t activities, roles[PLACE_ROLES];
};

struct countries_view {
	const struct country_row *rows;
	size_t n;
	struct site_chart_view map;
};

struct country_listing {
	const struct country_list *list;
	const struct country_list_entry *entry;
};

/* A figure of an activity that is about one country, alone or with others. */
struct country_result {
	const struct activity *x;
	const struct indicator *in;
	const struct indicator_value *v;
};

struct country_view {
	str code;
	VEC(const struct activity *) activities; /* each once, whatever its roles */
	VEC(struct country_listing) lists;
	VEC(const struct scheme_rule *) rules;
	VEC(const struct scheme_rule *) general; /* on the choice of countries, without naming one */
	VEC(const struct rejected_proposal *) refused;
	VEC(struct country_result) results;
	bool has_targets;
	struct site_chart_view targets;
};

/* Is a country one of those in a list "AF;BA"? */
bool country_among(str list, str code);
/* Does a dimension "country=NG;country=GH;sector=health" name the country? */
bool country_in_dimension(str dimension, str code);
/* Everything that names v->code: the activities, lists, rules, refusals and results of a country. In arena. */
enum err_code country_gather(const struct programme_view *p, const struct register_view *r, struct arena *a,
    struct country_view *v, struct err *e) WARN_UNUSED;
bool country_is_named(const struct country_view *v);

enum err_code page_countries(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_country(struct http_request *req, struct http_response *res, struct err *e);

/* ---- organisations.c ---- */

/* What an organisation is in one activity. */
struct part_row {
	const struct activity *x;
	enum org_role role;
	bool leads;   /* it is the implementer: the amount is the ministry's contribution to the activity */
	money amount; /* as stated */
	str source_line, note;
};

struct org_total {
	size_t activities;
	money sum;	  /* of the amounts that are stated */
	size_t n_unknown; /* parts without an amount, or in another currency than the sum */
};

/* Another organisation, and in how many activities both take part. */
struct org_peer {
	const struct organisation *org;
	size_t activities;
};

struct org_view {
	const struct organisation *org;
	VEC(struct part_row) parts; /* by title of the activity */
	size_t activities;	    /* in any role */
	struct org_total roles[PLACE_ORG_ROLES];
	VEC(struct org_peer) peers; /* most common activities first, then by name */
	struct org_total leads; /* the activities that it carries out, with the ministry's contribution */
};

/* What v->org does in the activities of the portfolio. In arena. */
enum err_code org_gather(const struct register_view *r, struct arena *a, struct org_view *v, struct err *e) WARN_UNUSED;
/* Who takes part in the activities of v->parts, v->org left out. In arena. */
enum err_code org_gather_peers(struct arena *a, struct org_view *v, struct err *e) WARN_UNUSED;

enum err_code page_organisations(struct http_request *req, struct http_response *res, struct err *e);
enum err_code page_organisation(struct http_request *req, struct http_response *res, struct err *e);
