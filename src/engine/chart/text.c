/* How wide a text will be, without a font at hand. */
#include "base/utf8.h"
#include "engine/chart/draw.h"

/* Advance widths of Helvetica for U+0020 to U+007E in thousandths of the size (from its published
 * metrics). */
static const uint16_t ascii_width[95] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, /* space to / */
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, /* 0 to ? */
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, /* @ to O */
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  /* P to _ */
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  /* ` to o */
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,       /* p to ~ */
};

enum {
	WIDTH_OTHER = 600,  /* letters beyond ASCII: accented Latin, Greek, Cyrillic, Arabic */
	WIDTH_WIDE = 1000,  /* East Asian */
	WIDTH_SAFETY = 116, /* per cent: fonts in use are up to this much wider than Helvetica */
};

double text_width(str s)
{
	uint64_t sum = 0;
	size_t at = 0;
	while (at < s.n) {
		int32_t c = utf8_next(s, &at);
		if (c >= 0x20 && c < 0x7f)
			sum += ascii_width[c - 0x20];
		else if (c >= 0x2e80)
			sum += WIDTH_WIDE;
		else
			sum += WIDTH_OTHER;
	}
	return (double)sum * FONT * WIDTH_SAFETY / 100000.0;
}

/* End of the longest beginning of s that fits: behind a word, or in the middle of the first word if
 * that alone is too wide. At least one character. */
static size_t fitting(str s, double width)
{
	size_t at = 0, good = 0, any = 0;
	double w = 0;
	while (at < s.n) {
		size_t from = at;
		int32_t c = utf8_next(s, &at);
		bool space = c == ' ';
		if (space)
			good = from;
		w += text_width(str_sub(s, from, at));
		if (w > width && !space)
			return good ? good : any ? any : at;
		any = at;
	}
	return s.n;
}

struct wrapped text_wrap(str s, double width, size_t max_lines)
{
	struct wrapped out = {0};
	double ellipsis = text_width(STR("…"));
	str rest = str_trim(s);
	if (max_lines > WRAP_LINES_MAX)
		max_lines = WRAP_LINES_MAX;
	while (rest.n > 0 && out.n < max_lines) {
		size_t end = fitting(rest, width);
		if (out.n + 1 == max_lines && end < rest.n) {
			out.cut = true;
			end = fitting(rest, width > 2 * ellipsis ? width - ellipsis : width);
		}
		str line = str_trim(str_sub(rest, 0, end));
		double w = text_width(line);
		out.line[out.n++] = line;
		if (w > out.width)
			out.width = w;
		rest = str_trim(str_sub(rest, end, rest.n));
	}
	if (out.cut)
		out.width += ellipsis;
	return out;
}
