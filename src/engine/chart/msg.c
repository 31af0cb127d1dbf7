#include "engine/chart/chart.h"

/* Marks a message for translation (po/chart.*.po). */
#define MSG(english) english

str chart_msg_en(enum chart_msg m)
{
	static const char *const words[CHART_MSG_MAX] = {
	    [CHART_MSG_MISSING] = MSG("not known"),
	    [CHART_MSG_MISSING_SHORT] = MSG("–"),
	    [CHART_MSG_TOTAL] = MSG("Total"),
	    [CHART_MSG_HIGHEST] = MSG("Highest: {0} ({1})."),
	    [CHART_MSG_LOWEST] = MSG("Lowest: {0} ({1})."),
	    [CHART_MSG_NOT_KNOWN_COUNT] = MSG("Not known: {0} of {1}."),
	    [CHART_MSG_NO_DATA] = MSG("There are no data."),
	    [CHART_MSG_TARGET] = MSG("Target"),
	    [CHART_MSG_RESULT] = MSG("Result"),
	    [CHART_MSG_BASELINE] = MSG("Baseline"),
	    [CHART_MSG_RATIO] = MSG("Result as a share of the target"),
	    [CHART_MSG_OF_TARGET] = MSG("{0} of {1} ({2})"),
	    [CHART_MSG_NO_RESULT] = MSG("target {0}, result not known"),
	    [CHART_MSG_NO_TARGET] = MSG("{0}, no target in figures"),
	    [CHART_MSG_NEITHER] = MSG("target and result not known"),
	    [CHART_MSG_TARGETS_SUMMARY] =
	        MSG("Target reached or exceeded: {0} of {1} with both figures known."),
	    [CHART_MSG_BROKEN] = MSG("Bars with a break run on beyond the scale."),
	    [CHART_MSG_MEDIAN] = MSG("Median"),
	    [CHART_MSG_QUARTILES] = MSG("Middle half"),
	    [CHART_MSG_COUNT] = MSG("Number"),
	    [CHART_MSG_FIRST_QUARTILE] = MSG("First quartile"),
	    [CHART_MSG_THIRD_QUARTILE] = MSG("Third quartile"),
	    [CHART_MSG_OWN] = MSG("This activity"),
	    [CHART_MSG_MEDIAN_OF] = MSG("{0}: median {1}, from {2} to {3}, number {4}."),
	    [CHART_MSG_FROM_TO] = MSG("{0}: from {1} ({2}) to {3} ({4})."),
	    [CHART_MSG_SHARE] = MSG("Share"),
	    [CHART_MSG_SHARE_OF] = MSG("{0}: {1} ({2})."),
	    [CHART_MSG_FROM] = MSG("From"),
	    [CHART_MSG_TO] = MSG("To"),
	    [CHART_MSG_PERIOD_TEXT] = MSG("{0}: {1} to {2}."),
	    [CHART_MSG_PERIOD_OPEN] = MSG("{0}: from {1}, end not known."),
	    [CHART_MSG_EVENTS_COUNT] = MSG("Events: {0}."),
	    [CHART_MSG_COUNTRIES_COUNT] = MSG("Countries: {0}."),
	    [CHART_MSG_BAND] = MSG("{0} to {1}"),
	    [CHART_MSG_BAND_LAST] = MSG("{0} and more"),
	    [CHART_MSG_BAND_NONE] = MSG("no activities"),
	    [CHART_MSG_PLACES_FILLED] = MSG("Combinations with something known: {0} of {1}."),
	};
	return str_of(words[m]);
}
