/* XPath regular expressions: the first line is the pattern, the rest the text. */
#include "base/utf8.h"
#include "engine/feel/regex.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str all = {(const char *)data, size};
	struct err e;
	AUTO_REGEX r = NULL;
	bool found;
	size_t groups[2 * REGEX_GROUPS_MOST];
	if (size > 2000 || !utf8_valid(all, NULL))
		return 0;
	ptrdiff_t line = str_find_char(all, '\n');
	str pattern = line < 0 ? all : str_sub(all, 0, (size_t)line);
	str text = line < 0 ? STR("") : str_sub(all, (size_t)line + 1, size);
	if (regex_new(pattern, size % 2 ? STR("x") : STR(""), &r, &e) != ERR_OK)
		return 0;
	if (regex_match(r, text, 0, &found, groups, &e) == ERR_OK && found && groups[1] > text.n)
		__builtin_trap();
	return 0;
}
