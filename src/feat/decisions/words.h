#pragma once
/* How rules are worded for readers: labels of the pack, hit policies, and what a cell of a table says. */
#include "engine/i18n/i18n.h"
#include "feat/decisions/decisions.h"

struct programme_view;

/* Whose words: a model's, in a language. */
struct words {
	const struct programme_view *programme;
	str model; /* its key */
	enum lang lang;
	struct arena *arena;
};

/* The label or help of something: kind as in the pack ("model", "check", "decision", "input", "value", "text"). STR_NONE when
 * the pack has none. */
str words_label(const struct words *w, const char *kind, str name);
str words_help(const struct words *w, const char *kind, str name);
/* "Children:", and "How many children?" as it stands: a label in front of its value. */
str words_asked(const struct words *w, str label);
/* The head of a column that tests this expression: the words of the input or decision of that name, else label, else the
 * expression made readable. */
str words_column(const struct words *w, str expression, str label);
/* The label, or the name itself made readable. */
str words_name(const struct words *w, const char *kind, str name);

/* A text of the model (remark, source, reason) as the pack has it in the language; english: it has none, and the text is
 * the model's own. */
struct words_text {
	str text;
	bool english;
};
struct words_text words_text(const struct words *w, str s);

/* "Unique", and what it means in a sentence: messages. */
const char *words_policy(enum dmn_policy p);
const char *words_policy_meaning(enum dmn_policy p);
/* The head of a column of remarks. */
str words_annotation(const struct words *w, str name);
/* "number", "date", …: a message for a type of FEEL, or NULL for any other name. */
const char *words_type(str type);

/* What a cell says. */
struct words_cell {
	str text;
	bool any; /* "-": anything will do */
	bool raw; /* text is FEEL as it stands: too much for plain words */
};
/* A test in the column of input (its expression), or an output (is_test false). In the arena. */
struct words_cell words_cell(const struct words *w, str input, str text, bool is_test);
/* A value: its label, or as the language writes it. name: of the input or output. */
str words_value(const struct words *w, const struct feel_zones *zones, str name, fval v);
