#pragma once
/* What the templates of this slice show. */
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum { PLACE_ROLES = 4 }; /* beneficiary, origin, destination, transit */

struct country_row {
	str code, name;
	size_t activities, roles[PLACE_ROLES];
};

struct org_row {
	const struct organisation *org;
	size_t implements, takes_part;
	money contribution; /* to the activities that it carries out */
};

/* One activity and what the country or organisation is in it. */
struct part_row {
	const struct activity *x;
	const char *role; /* message */
	money amount;
	str source_line;
};

struct countries_view {
	const struct country_row *rows;
	size_t n;
	struct site_chart_view map;
};

struct country_view {
	str code;
	const struct part_row *parts;
	size_t n;
};

struct org_view {
	const struct organisation *org;
	const struct part_row *parts;
	size_t n;
	money contribution;
};
