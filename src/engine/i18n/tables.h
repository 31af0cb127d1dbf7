#pragma once
/* Tables behind i18n.c: messages.c is generated from po/ by tools/poc, country_names.c from Unicode
 * CLDR by tools/country_names.mjs. */
#include "engine/i18n/i18n.h"

struct i18n_message {
	uint64_t hash; /* i18n_hash of the English text (of its singular) */
	uint32_t
	    text[LANG_COUNT - 1]; /* index in texts of the first form, per language but English; 0: none */
};

/* Open addressing: slots[hash & mask …] holds 1 + index in messages, 0 ends the search. */
struct i18n_table {
	const uint32_t *slots;
	size_t mask;
	const struct i18n_message *messages;
	const str *texts;
};

extern const struct i18n_table i18n_messages;

struct i18n_country_row {
	char code[3];
	const char *name[LANG_COUNT];
};

extern const struct i18n_country_row i18n_countries[]; /* in order of code */
extern const size_t i18n_n_countries;
