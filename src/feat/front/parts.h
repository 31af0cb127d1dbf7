#pragma once
/* What the home page's template shows. */
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum { HOME_EVENTS = 6 };

struct home_event {
	const struct activity_event *event;
	const struct activity *activity; /* the programme's own row: is_programme */
};

struct home_country {
	str code, name;
	size_t activities;
};

struct home_page {
	const struct programme_view *programme;
	size_t activities, running, organisations, countries;
	money spent, budget; /* of the years with expenditure */
	int first_year, last_year;
	struct target_tally targets; /* of all activities */
	struct site_chart_view spending, map;
	struct home_event events[HOME_EVENTS];
	size_t n_events;
	const struct home_country *country_list; /* by name */
};
