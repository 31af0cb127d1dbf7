/* Lines of the report, as people read them: neighbours become a range. */
#include "feat/site/site.h"

enum { LINE_DIGITS_MAX = 8 };

static str next_part(str *rest)
{
	ptrdiff_t at = str_find_char(*rest, ';');
	str part = at < 0 ? *rest : str_sub(*rest, 0, (size_t)at);
	*rest = at < 0 ? STR_NONE : str_sub(*rest, (size_t)at + 1, rest->n);
	return part;
}

static bool is_line(str part, uint32_t *ret_line)
{
	return part.n && part.n <= LINE_DIGITS_MAX && str_to_u32(part, ret_line);
}

bool site_line_run(str *rest, struct site_line_run *ret_run)
{
	uint32_t line;
	while (rest->n) {
		str part = next_part(rest);
		if (!part.n)
			continue;
		if (!is_line(part, &line)) {
			*ret_run = (struct site_line_run){.text = part};
			return true;
		}
		struct site_line_run run = {line, line, STR_NONE};
		for (str ahead = *rest; is_line(next_part(&ahead), &line) && line == run.to + 1; *rest = ahead)
			run.to = line;
		*ret_run = run;
		return true;
	}
	return false;
}

size_t site_line_count(str lines)
{
	size_t n = 1;
	for (size_t i = 0; i < lines.n; i++)
		n += lines.p[i] == ';';
	return n;
}
