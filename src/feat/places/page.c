#include "feat/places/places.h"

#include "feat/places/parts.h"

static const struct http_route routes[] = {
    {HTTP_GET, "/countries", page_countries, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/countries/{code:country}", page_country, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/countries/GH"},
    {HTTP_GET, "/organisations", page_organisations, .localized = true, .cache = HTTP_CACHE_SNAPSHOT},
    {HTTP_GET, "/organisations/{key}", page_organisation, .localized = true, .cache = HTTP_CACHE_SNAPSHOT,
	.example = "/organisations/iom"},
};

struct http_routes places_routes(void)
{
	return HTTP_ROUTES(routes);
}
