#pragma once
/* The lists, for lists.c to number. */
#include "feat/opendata/opendata.h"

#include "engine/i18n/i18n.h"

extern const struct opendata_list list_priorities, list_budget, list_rules, list_refused, list_unit_costs,
    list_timeline, list_organisations, list_countries, list_participations, list_events, list_targets,
    list_country_lists, list_inconsistencies, list_price_offers, list_price_averages;
