#include "feat/rules/labels.h"

static str label(const void *ctx, enum explain_language l, const char *kind, str name)
{
	static const enum lang languages[] = {[EXPLAIN_EN] = LANG_EN, [EXPLAIN_NL] = LANG_NL, [EXPLAIN_FR] = LANG_FR};
	const struct rules_labels *labels = ctx;
	const struct decision_label *found = programme_decision_label(labels->programme, labels->model, kind, name);
	return found ? text3_in(&found->label, languages[l]) : STR_NONE;
}

struct explain_words rules_labels_words(const struct rules_labels *labels)
{
	return (struct explain_words){.ctx = labels, .label = label};
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool rules_has_words(str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (is_letter(s.p[i - 1]) && is_letter(s.p[i]))
			return true;
	return false;
}
