#include "app/routes.h"

#include "feat/activity/activity.h"
#include "feat/activities/activities.h"
#include "feat/decisions/decisions.h"
#include "feat/evaluation/evaluation.h"
#include "feat/figures/page.h"
#include "feat/front/front.h"
#include "feat/opendata/opendata.h"
#include "feat/places/places.h"
#include "feat/policy/policy.h"
#include "feat/prices/prices.h"
#include "feat/site/site.h"

size_t app_routes(struct http_routes dst[ROUTES_MAX_TABLES])
{
	const struct http_routes all[] = {
	    http_own_routes(),
	    activity_routes(),
	    front_routes(),
	    activities_routes(),
	    figures_routes(),
	    evaluation_routes(),
	    evaluation_report_routes(),
	    places_routes(),
	    policy_routes(),
	    prices_routes(),
	    prices_open_routes(),
	    prices_report_routes(),
	    decisions_routes(),
	    site_routes(),
	    opendata_api_routes(),
	    opendata_data_routes(),
	    opendata_iati_routes(),
	    opendata_page_routes(),
	};
	_Static_assert(sizeof all / sizeof *all <= ROUTES_MAX_TABLES, "room for every table");
	memcpy(dst, all, sizeof all);
	return sizeof all / sizeof *all;
}
