#pragma once
/* What the pack says, in the languages of the site, for the things of a decision model. */
#include "engine/i18n/i18n.h"
#include "feat/programme/programme.h"
#include "feat/rules/explain.h"

/* Whose labels. */
struct rules_labels {
	const struct programme_view *programme;
	str model; /* its key */
};

/* The words with which an explanation is told: labels must outlive them. */
struct explain_words rules_labels_words(const struct rules_labels *labels);
/* Is there something to translate? "8(1)(a)" and "2395;2396" hold no words. */
bool rules_has_words(str s);
