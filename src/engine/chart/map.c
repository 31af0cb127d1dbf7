/* The world, cropped to the countries that the data are about. */
#include "engine/chart/draw.h"
#include "engine/chart/world.h"

enum {
	MARGIN_PERCENT = 12,
	SMALL = 9, /* a country smaller than this in the drawing gets a marker */
	MARKER = 7,
	VIEW_MIN = 760 /* units of the world: not nearer than this */
};

static const double ASPECT_MIN = 1.15, ASPECT_MAX = 2.2; /* width over height */

static const struct world_country *country(str code)
{
	size_t lo = 0, hi = world_countries_n;
	while (lo < hi) {
		size_t middle = (lo + hi) / 2;
		int order = str_cmp(code, str_of(world_countries[middle].code));
		if (order == 0)
			return &world_countries[middle];
		if (order < 0)
			hi = middle;
		else
			lo = middle + 1;
	}
	return NULL;
}

struct map_view map_view_of(const struct chart_map *d)
{
	struct range x = {0}, y = {0};
	for (size_t i = 0; i < d->n; i++) {
		const struct world_country *c = country(d->place[i].code);
		if (!c)
			continue;
		range_add(&x, c->box.x0);
		range_add(&x, c->box.x1);
		range_add(&y, c->box.y0);
		range_add(&y, c->box.y1);
	}
	if (d->whole_world || !x.any)
		return (struct map_view){0, 0, world_width, world_height};
	double w = fmax(x.hi - x.lo, VIEW_MIN), h = fmax(y.hi - y.lo, VIEW_MIN / ASPECT_MAX);
	double cx = (x.lo + x.hi) / 2, cy = (y.lo + y.hi) / 2;
	w *= 1 + MARGIN_PERCENT / 50.0;
	h *= 1 + MARGIN_PERCENT / 50.0;
	if (w / h < ASPECT_MIN)
		w = h * ASPECT_MIN;
	if (w / h > ASPECT_MAX)
		h = w / ASPECT_MAX;
	w = fmin(w, world_width);
	h = fmin(h, world_height);
	double left = fmin(fmax(cx - w / 2, 0), world_width - w);
	double top = fmin(fmax(cy - h / 2, 0), world_height - h);
	return (struct map_view){left, top, w, h};
}

int map_band(const struct chart_map *d, double v)
{
	if (isnan(v))
		return -1;
	int band = 0;
	for (size_t i = 1; i < d->n_bands; i++)
		if (v >= d->bound[i])
			band = (int)i;
	return band;
}

str map_band_name(struct pen *p, const struct chart_map *d, size_t i)
{
	if (d->n_bands == 0)
		return p->c->value_head;
	str from = pen_number(p, d->bound[i], CHART_NUMBER_LABEL);
	if (i + 1 == d->n_bands)
		return PEN_SAY(p, CHART_MSG_BAND_LAST, from);
	if (d->counts && d->bound[i] + 1 >= d->bound[i + 1])
		return from;
	double to = d->bound[i + 1] - (d->counts ? 1 : 0);
	return PEN_SAY(p, CHART_MSG_BAND, from, pen_number(p, to, CHART_NUMBER_LABEL));
}

/* Paint of a place: chart-b1 … by class, the last class always the darkest. */
static void band_class(char dst[32], const struct chart_map *d, double v)
{
	int band = map_band(d, v);
	if (band < 0)
		(void)snprintf(dst, 32, "chart-unknown");
	else
		(void)snprintf(dst, 32, "chart-b%d",
		    d->n_bands ? band + 1 + (int)(CHART_BANDS_MAX - d->n_bands) : 4);
}

static str place_title(struct pen *p, const struct chart_place *place)
{
	str value = isnan(place->v) ? pen_msg(p, CHART_MSG_MISSING)
	                            : pen_number(p, place->v, CHART_NUMBER_TABLE);
	return pen_join(p, place->name, STR(": "), value);
}

static bool in_view(const struct world_country *c, const struct map_view *v)
{
	return c->box.x1 >= v->x && c->box.x0 <= v->x + v->w && c->box.y1 >= v->y &&
	       c->box.y0 <= v->y + v->h;
}

/* All that is not in the data, as one shape. */
static void background(struct pen *p, const struct chart_map *d, const struct map_view *v)
{
	buf_addz(p->out, "<path class=\"chart-land\" d=\"");
	for (size_t i = 0; i < world_countries_n; i++) {
		const struct world_country *c = &world_countries[i];
		bool named = false;
		for (size_t k = 0; k < d->n && !named; k++)
			named = str_is(d->place[k].code, c->code);
		if (!named && in_view(c, v))
			buf_addz(p->out, c->path);
	}
	buf_addz(p->out, "\"/>");
}

static void titled(struct pen *p, str title)
{
	buf_addz(p->out, "<title>");
	buf_add_markup(p->out, title);
	buf_addz(p->out, "</title>");
}

static void place_mark(struct pen *p, const struct chart_map *d, const struct chart_place *place,
    double unit, bool markers)
{
	const struct world_country *c = country(place->code);
	if (!c)
		return;
	double size = fmax(c->box.x1 - c->box.x0, c->box.y1 - c->box.y0) / unit;
	bool small = size < SMALL || !c->path[0];
	if (small != markers)
		return;
	char class[32];
	str title = place_title(p, place);
	band_class(class, d, place->v);
	pen_link(p, place->href, title);
	if (small) {
		buf_addf(p->out, "<circle class=\"chart-place %s\" cx=\"%d\" cy=\"%d\" r=\"", class,
		    c->x, c->y);
		buf_add_place(p->out, MARKER * unit);
		buf_addz(p->out, "\">");
		titled(p, title);
		buf_addz(p->out, "</circle>");
	} else {
		buf_addf(p->out, "<path class=\"chart-place %s\" d=\"%s\">", class, c->path);
		titled(p, title);
		buf_addz(p->out, "</path>");
	}
	pen_link_end(p, place->href);
}

double draw_map(struct pen *p, const struct chart_map *d)
{
	struct map_view v = map_view_of(d);
	double unit = v.w / p->w; /* units of the world per unit of the drawing */
	background(p, d, &v);
	for (size_t i = 0; i < d->n; i++)
		place_mark(p, d, &d->place[i], unit, false);
	for (size_t i = 0; i < d->n; i++) /* markers last: nothing covers them */
		place_mark(p, d, &d->place[i], unit, true);
	return v.h / unit;
}
