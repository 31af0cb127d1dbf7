#include "feat/opendata/lists.h"

static const struct opendata_list *const lists[] = {
    &list_budget, &list_countries, &list_country_lists, &list_events, &list_inconsistencies,
    &list_organisations, &list_participations, &list_price_averages, &list_price_offers, &list_priorities, &list_refused, &list_rules,
    &list_targets, &list_timeline, &list_unit_costs};

const struct opendata_list *opendata_list_at(size_t i)
{
	return i < sizeof lists / sizeof *lists ? lists[i] : NULL;
}

const struct opendata_list *opendata_list_find(str name)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (str_is(name, lists[i]->name))
			return lists[i];
	return NULL;
}
