/* Why a verdict is what it is, in sentences. They name no limits: those stand in the rule, which anyone may change. */
#include "feat/evaluation/parts.h"
#include "feat/evaluation/told.h"

enum { WHY_MAIN_TOLD = 8 };

static const char *const reasons[VERDICT_COUNT] = {
    [VERDICT_EXCEEDED] = MSG("More than the target, for the time and money given."),
    [VERDICT_REACHED] = MSG("On target."),
    [VERDICT_LARGELY] = MSG("Nearly the whole target."),
    [VERDICT_PARTLY] = MSG("Part of the target, or some targets and not others."),
    [VERDICT_NOT_REACHED] = MSG("Far below the target."),
    [VERDICT_TOO_EARLY] = MSG("Still running: it is too early for a verdict."),
    [VERDICT_NO_TARGET] = MSG("No main indicator has a target in figures."),
    [VERDICT_NOT_MEASURED] = MSG("It is over, and no result of a main indicator is in the records."),
    [VERDICT_STOPPED] = MSG("Stopped early: results so far are not judged as those of a finished activity."),
};

static const struct {
	const char *word, *said;
} remarks[] = {
    {"time over", MSG("The planned end has passed, and no other end is recorded.")},
    {"extended", MSG("Extensions without more money: {0}.")},
    {"budget raised", MSG("Increases of the budget: {0}; the verdict takes them into account.")},
    {"budget raised, by how much is not known",
	MSG("Increases of the budget: {0}; the target belongs to the first budget, which is not in the records.")},
    {"not all measured", MSG("Not all main indicators with a target are measured: {0} of {1}.")},
    {"measured before the end", MSG("The last result dates from before the end.")},
    {"little spent", MSG("Little of the money was spent: {0}.")},
    {"behind its money", MSG("The results lag behind the money spent: {0}.")},
};

/* "placements: 319 of 300 (106%)" */
static str main_told(const struct saying *t, const struct verdict_main *m)
{
	str title = m->indicator->title, unit = m->indicator->unit;
	str actual = told_decimal(t, m->actual ? m->actual->actual_num : DECIMAL_NONE, 2);
	str target = told_decimal(t, m->target ? m->target->target_num : DECIMAL_NONE, 2);
	if (m->known)
		return TOLD(t, MSG("{0}: {1} of {2} ({3})"), title, actual, target, told_percent(t, m->ratio));
	if (m->actual)
		return TOLD(t, MSG("{0}: {1}, no target in figures"), title, actual, unit);
	return TOLD(t, MSG("{0}: target {1}, not measured"), title, target);
}

static str remark_told(const struct saying *t, const struct activity_verdict *v, str word)
{
	const struct verdict_inputs *in = &v->in;
	for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
		if (!str_is(word, remarks[i].word))
			continue;
		if (str_is(word, "extended"))
			return TOLD(t, remarks[i].said, told_num(t, in->extensions));
		if (str_starts(word, STR("budget raised")))
			return TOLD(t, remarks[i].said, told_num(t, in->budget_increases));
		if (str_is(word, "not all measured"))
			return TOLD(t, remarks[i].said, told_num(t, in->measured), told_num(t, in->targets));
		return TOLD(t, remarks[i].said, told_percent(t, in->spent_share));
	}
	return word; /* a model may have remarks of its own: in its own words */
}

str verdict_why(const struct activity_verdict *v, enum lang l, struct arena *a)
{
	struct saying t = {a, l};
	str why = v->verdict == VERDICT_UNDETERMINED ? v->cause : i18n_text(l, reasons[v->verdict]), list = STR("");
	for (size_t i = 0; i < v->n_main && i < WHY_MAIN_TOLD; i++)
		list = told_join(&t, list, "; ", main_told(&t, &v->main[i]));
	if (v->n_main > WHY_MAIN_TOLD)
		list = told_join(&t, list, "; ", STR("…"));
	if (list.n)
		why = told_join(&t, why, " ", told_join(&t, list, "", STR(".")));
	for (size_t i = 0; i < v->n_remarks; i++)
		why = told_join(&t, why, " ", remark_told(&t, v, v->remarks[i]));
	return why;
}
