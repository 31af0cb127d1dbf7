#pragma once
/* Outlines of the countries in the Equal Earth projection, for maps. Units: world_width units from
 * 180° west to 180° east, y downwards. See tools/world.py for the sources; the table is sorted by
 * code. */
#include <stddef.h>
#include <stdint.h>

struct world_box {
	int16_t x0, y0, x1, y1;
};

struct world_country {
	char code[3];         /* ISO 3166-1 alpha-2, or XK */
	int16_t x, y;         /* middle of the largest part: where a marker goes */
	struct world_box box; /* of the largest part */
	const char *path; /* SVG path data; "" for countries too small to be drawn at this scale */
};

extern const struct world_country world_countries[];
extern const size_t world_countries_n;
extern const int world_width;
extern const int world_height;
