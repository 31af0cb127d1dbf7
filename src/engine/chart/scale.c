/* Axes: round numbers, and from values to places. */
#include "engine/chart/draw.h"

/* The step of 1, 2 or 5 times a power of ten at or above `rough` (Heckbert, "Nice numbers for graph
 * labels", Graphics Gems 1990, without the 10). */
static double nice_step(double rough)
{
	double power = pow(10, floor(log10(rough)));
	double f = rough / power;
	if (f <= 1.0 + 1e-9)
		return power;
	if (f <= 2.0 + 1e-9)
		return 2 * power;
	if (f <= 5.0 + 1e-9)
		return 5 * power;
	return 10 * power;
}

struct ticks ticks_linear(double lo, double hi, size_t want)
{
	struct ticks t = {0};
	if (!(hi > lo)) { /* one value only: from zero to it, or one unit around zero */
		hi = lo > 0 ? lo : lo < 0 ? 0 : 1;
		lo = lo < 0 ? lo : 0;
	}
	if (want < 2)
		want = 2;
	if (want > TICKS_MAX - 2)
		want = TICKS_MAX - 2;
	double step = nice_step((hi - lo) / (double)want);
	double first = floor(lo / step + 1e-9), last = ceil(hi / step - 1e-9);
	for (double k = first; k <= last && t.n < TICKS_MAX; k++)
		t.v[t.n++] = k * step + 0.0; /* + 0.0: never minus zero */
	return t;
}

struct ticks ticks_log(double lo, double hi)
{
	struct ticks t = {0};
	double first = floor(log10(lo) + 1e-9), last = ceil(log10(hi) - 1e-9);
	if (last <= first)
		last = first + 1;
	double stride = ceil((last - first) / (TICKS_MAX - 1));
	last = first + stride * ceil((last - first) / stride);
	for (double k = first; k <= last && t.n < TICKS_MAX; k += stride)
		t.v[t.n++] = pow(10, k);
	return t;
}

double scale_at(const struct scale *s, double v)
{
	double share;
	if (s->log)
		share = (log10(v) - log10(s->v0)) / (log10(s->v1) - log10(s->v0));
	else
		share = s->v1 == s->v0 ? 0 : (v - s->v0) / (s->v1 - s->v0);
	return s->at0 + share * (s->at1 - s->at0);
}

void range_add(struct range *r, double v)
{
	if (isnan(v))
		return;
	if (!r->any || v < r->lo)
		r->lo = v;
	if (!r->any || v > r->hi)
		r->hi = v;
	r->any = true;
}
