#pragma once
/* Names of FEEL, which may contain blanks and operators ("loan amount", "date and time", "a-b"). A set finds the longest
 * of its names at a place in a text in time that does not depend on the number of names with other first words. */
#include "base/str.h"

struct arena;
struct feel_names;

enum { FEEL_NAME_MOST = 500, FEEL_SAME_WORD_MOST = 2000 };

struct feel_names *feel_names_new(struct arena *a);
/* Add name (copied, white space normalised) with a number. A name added again gets the new number.
 * False without memory, for an empty or overlong name, or when too many names begin with the same word. */
bool feel_names_add(struct feel_names *ns, str name, int32_t number);
/* The longest name at s[at]: its end, or 0. *ret_name and *ret_number are set when found. */
size_t feel_names_longest(const struct feel_names *ns, str s, size_t at, str *ret_name, int32_t *ret_number);
/* Does name stand at s[at]? Its end, or 0. */
size_t feel_name_at(str s, size_t at, str name);
/* Runs of white space become one blank; none at the ends. In arena; .p NULL without memory. */
str feel_name_normal(struct arena *a, str name);
/* A letter, digit, underscore … that a word of a name is made of. */
bool feel_is_name_char(int32_t code_point, bool first);
/* The end of the word that begins at s[at]; at when none does. */
size_t feel_word_end(str s, size_t at);
/* The end of white space (and comments are not it) from s[at]. */
size_t feel_skip_blanks(str s, size_t at);
