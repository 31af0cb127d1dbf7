#pragma once
/* Words of the pack's data as pages say them. */
#include "feat/programme/programme.h"
#include "feat/site/site.h"

/* "country=AF;sector=health;by=2010-03-31" as "Afghanistan, health, at the latest on: 31 March 2010", appended: a
 * country and a sector by their names alone, other parts behind what they are. without: a country that is left out
 * (the page is about it), or STR_NONE. Pure. */
void programme_add_dimension(struct buf *b, const struct programme_view *v, enum lang l, str dimension, str without);
/* The same in the page's arena. */
str programme_dimension(const struct site_page *page, str dimension, str without);
/* A unit with what it counts, in the page's language: "people". */
str programme_unit(const struct site_page *page, str unit);

/* The same behind a number: of one thing the words are those of "1 people", when the pack has them. */
str programme_unit_of(const struct site_page *page, str number, str unit);
/* The value of a rule in euros; absent when it is none. */
money programme_rule_amount(const struct scheme_rule *r);

/* Templates: programme_word_text(page, kind, word), programme_words_text(page, kind, "a;b;c"),
 * programme_rule_value(page, rule). */
#include "feat/programme/words.tpl.h"
