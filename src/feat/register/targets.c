/* What became of a target. */
#include "feat/register/register.h"

enum target_state target_state_of(decimal target, decimal actual, int ascending)
{
	bool wanted = !decimal_is_none(target), got = !decimal_is_none(actual);
	if (!wanted)
		return got ? TARGET_STATE_NO_TARGET : TARGET_STATE_NONE;
	if (!got)
		return TARGET_STATE_NO_RESULT;
	int order = decimal_cmp(actual, target);
	return (ascending == 0 ? order <= 0 : order >= 0) ? TARGET_STATE_MET : TARGET_STATE_NOT_MET;
}

void target_tally_add(struct target_tally *t, enum target_state s)
{
	t->met += s == TARGET_STATE_MET;
	t->not_met += s == TARGET_STATE_NOT_MET;
	t->no_result += s == TARGET_STATE_NO_RESULT;
	t->no_target += s == TARGET_STATE_NO_TARGET;
}

void target_tally_activity(struct target_tally *t, const struct activity *x)
{
	for (size_t i = 0; i < x->n_indicators; i++) {
		const struct indicator *in = &x->indicators[i];
		for (size_t k = 0; k < in->n_values; k++)
			target_tally_add(t,
			    target_state_of(in->values[k].target_num, in->values[k].actual_num, in->ascending));
	}
}
