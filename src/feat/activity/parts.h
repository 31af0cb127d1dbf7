#pragma once
/* What the template of the activity page shows. */
#include "feat/programme/words.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum { ACTIVITY_NOTES_MAX = 64 }; /* contradictions shown; the report has fewer than that in all */

struct activity_page {
	const struct activity *x;
	const struct site_page *page;
	const struct programme_view *programme;
	bool has_map, has_timeline, has_targets;
	struct site_chart_view map, timeline, targets;
	const struct activity *follows; /* NULL: none that is in the register */
	const struct activity **followed_by;
	size_t n_followed_by;
	const struct unit_cost **unit_costs;
	size_t n_unit_costs;
	const struct inconsistency *notes[ACTIVITY_NOTES_MAX]; /* by number */
	size_t n_notes;
	size_t n_values; /* of all indicators */
	struct target_tally tally;
	str address;	 /* for citing */
	date made;
};

/* The notes on one field, event or cost of this activity, one after the other: see programme_note_next. */
const struct inconsistency *activity_note(const struct activity_page *h, const char *kind, str subject,
    const char *field, const struct inconsistency *prev);
/* How notes name an event: "18249:2011-10-04". */
str activity_event_subject(const struct activity_page *h, const struct activity_event *ev);
const char *activity_event_label(str type);
/* Result divided by target; not known when one is missing or the target is zero. */
struct fmt_percent activity_ratio(const struct indicator_value *v);
struct fmt_percent activity_share(const struct activity *x);
const struct priority *activity_priority_of(const struct activity_page *h, int code);

/* ---- charts.c ---- */

/* Fill the drawings of the page; has_… tells which there are. */
enum err_code activity_charts(struct activity_page *h, struct err *e) WARN_UNUSED;
