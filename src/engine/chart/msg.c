#include "engine/chart/chart.h"

str chart_msg_en(enum chart_msg m)
{
	static const char *const words[CHART_MSG_MAX] = {
	    [CHART_MSG_MISSING] = "not known",
	    [CHART_MSG_MISSING_SHORT] = "–",
	    [CHART_MSG_TOTAL] = "Total",
	    [CHART_MSG_HIGHEST] = "Highest: {0} ({1}).",
	    [CHART_MSG_LOWEST] = "Lowest: {0} ({1}).",
	    [CHART_MSG_NOT_KNOWN_COUNT] = "Not known: {0} of {1}.",
	    [CHART_MSG_NO_DATA] = "There are no data.",
	    [CHART_MSG_TARGET] = "Target",
	    [CHART_MSG_RESULT] = "Result",
	    [CHART_MSG_BASELINE] = "Baseline",
	    [CHART_MSG_RATIO] = "Result as a share of the target",
	    [CHART_MSG_OF_TARGET] = "{0} of {1} ({2})",
	    [CHART_MSG_NO_RESULT] = "target {0}, result not known",
	    [CHART_MSG_NO_TARGET] = "{0}, no target in figures",
	    [CHART_MSG_NEITHER] = "target and result not known",
	    [CHART_MSG_TARGETS_SUMMARY] =
	        "Target reached or exceeded: {0} of {1} with both figures known.",
	    [CHART_MSG_BROKEN] = "Bars with a break run on beyond the scale.",
	    [CHART_MSG_MEDIAN] = "Median",
	    [CHART_MSG_QUARTILES] = "Middle half",
	    [CHART_MSG_COUNT] = "Number",
	    [CHART_MSG_FIRST_QUARTILE] = "First quartile",
	    [CHART_MSG_THIRD_QUARTILE] = "Third quartile",
	    [CHART_MSG_OWN] = "This activity",
	    [CHART_MSG_MEDIAN_OF] = "{0}: median {1}, from {2} to {3}, number {4}.",
	    [CHART_MSG_FROM_TO] = "{0}: from {1} ({2}) to {3} ({4}).",
	    [CHART_MSG_SHARE] = "Share",
	    [CHART_MSG_SHARE_OF] = "{0}: {1} ({2}).",
	    [CHART_MSG_FROM] = "From",
	    [CHART_MSG_TO] = "To",
	    [CHART_MSG_PERIOD_TEXT] = "{0}: {1} to {2}.",
	    [CHART_MSG_PERIOD_OPEN] = "{0}: from {1}, end not known.",
	    [CHART_MSG_EVENTS_COUNT] = "Events: {0}.",
	    [CHART_MSG_COUNTRIES_COUNT] = "Countries: {0}.",
	    [CHART_MSG_BAND] = "{0} to {1}",
	    [CHART_MSG_BAND_LAST] = "{0} and more",
	    [CHART_MSG_BAND_NONE] = "no activities",
	};
	return str_of(words[m]);
}
