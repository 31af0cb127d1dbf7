#pragma once
/* Inside of the slice: a view while it is loaded. */
#include "base/map.h"
#include "base/vec.h"
#include "feat/prices/prices.h"
#include "feat/prices/prices.sql.h"

struct loading {
	struct db *db;
	int64_t programme;
	struct arena *a;       /* the view's */
	struct arena *scratch; /* gone when the view is there */
	struct prices_view *v;
	struct map *providers; /* key -> index + 1 */
	struct map *files;     /* identifier -> struct loaded_file */
	struct map *tiers;     /* revision of an offer -> struct loaded_tiers */
	struct map *texts;     /* text -> index + 1 */
	struct {
		str *p;
		size_t n, cap;
	} text_list;
	struct {
		struct prices_source *p;
		size_t n, cap;
	} sources;
	struct {
		struct prices_corridor *p;
		size_t n, cap;
	} corridors;
	struct compare_offer *offers;
	struct prices_detail *details;
	struct prices_provider *provider_list;
};

/* Index of the provider, or UINT32_MAX. */
uint32_t load_provider_of(const struct loading *l, str key);

/* Offers, their tiers and details, and their corridors. */
enum err_code load_offers(struct loading *l, struct err *e) WARN_UNUSED;
/* How transfers went; after the offers. */
enum err_code load_experiences(struct loading *l, struct err *e) WARN_UNUSED;
/* When countries rest. */
enum err_code load_calendars(struct loading *l, struct err *e) WARN_UNUSED;
/* Rates, averages, shares and what waits, each where it belongs in the corridors; sorts them. */
enum err_code load_corridors(struct loading *l, struct err *e) WARN_UNUSED;
