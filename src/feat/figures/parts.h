#pragma once
/* What the templates of the figures show. */
#include "feat/figures/figures.h"
#include "feat/programme/programme.h"
#include "feat/site/site.h"

struct figure_view {
	const struct figure_table *t;
	bool has_chart;
	struct site_chart_view chart;
};
