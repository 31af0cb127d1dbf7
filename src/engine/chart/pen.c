/* Marks and texts as SVG elements. */
#include "base/utf8.h"
#include "engine/chart/draw.h"

enum { SAY_MAX_BYTES = 16 * 1024 };

void buf_add_place(struct buf *b, double v)
{
	int64_t tenths = (int64_t)llround(v * 10);
	if (tenths < 0) {
		buf_addc(b, '-');
		tenths = -tenths;
	}
	buf_add_i64(b, tenths / 10);
	if (tenths % 10) {
		buf_addc(b, '.');
		buf_addc(b, (char)('0' + tenths % 10));
	}
}

static void attr(struct buf *b, const char *name, double v)
{
	buf_addc(b, ' ');
	buf_addz(b, name);
	buf_addz(b, "=\"");
	buf_add_place(b, v);
	buf_addc(b, '"');
}

static void open_tag(struct pen *p, const char *tag, const char *class)
{
	buf_addc(p->out, '<');
	buf_addz(p->out, tag);
	if (class) {
		buf_addz(p->out, " class=\"");
		buf_addz(p->out, class);
		buf_addc(p->out, '"');
	}
}

static double flip(const struct pen *p, double x)
{
	return p->mirror ? p->w - x : x;
}

static void rect_geometry(struct pen *p, double x, double y, double w, double h)
{
	attr(p->out, "x", p->mirror ? p->w - x - w : x);
	attr(p->out, "y", y);
	attr(p->out, "width", w);
	attr(p->out, "height", h);
	buf_addz(p->out, "/>");
}

void pen_rect(struct pen *p, const char *class, double x, double y, double w, double h)
{
	open_tag(p, "rect", class);
	rect_geometry(p, x, y, w, h);
}

static void painted(
    struct pen *p, const char *class, size_t i, double x, double y, double w, double h)
{
	open_tag(p, "rect", class);
	buf_addz(p->out, " fill=\"url(#");
	buf_add(p->out, p->c->id);
	buf_addf(p->out, "-%c%zu)\"", p->layout == CHART_WIDE ? 'w' : 'n', i + 1);
	rect_geometry(p, x, y, w, h);
}

void pen_bar(struct pen *p, size_t i, double x, double y, double w, double h)
{
	painted(p, "chart-bar", i, x, y, w, h);
}

void pen_swatch(struct pen *p, size_t i, double x, double y)
{
	painted(p, "chart-bar-key", i, x, y, SWATCH, SWATCH);
}

void pen_line(struct pen *p, const char *class, double x1, double y1, double x2, double y2)
{
	open_tag(p, "line", class);
	attr(p->out, "x1", flip(p, x1));
	attr(p->out, "y1", y1);
	attr(p->out, "x2", flip(p, x2));
	attr(p->out, "y2", y2);
	buf_addz(p->out, "/>");
}

void pen_circle(struct pen *p, const char *class, double x, double y, double r)
{
	open_tag(p, "circle", class);
	attr(p->out, "cx", flip(p, x));
	attr(p->out, "cy", y);
	attr(p->out, "r", r);
	buf_addz(p->out, "/>");
}

void pen_bubble(struct pen *p, size_t i, double x, double y, double r)
{
	open_tag(p, "circle", "chart-bubble");
	buf_addz(p->out, " fill=\"url(#");
	buf_add(p->out, p->c->id);
	buf_addf(p->out, "-%c%zu)\"", p->layout == CHART_WIDE ? 'w' : 'n', i + 1);
	attr(p->out, "cx", flip(p, x));
	attr(p->out, "cy", y);
	attr(p->out, "r", r);
	buf_addz(p->out, "/>");
}

void pen_diamond(struct pen *p, const char *class, double x, double y, double r)
{
	open_tag(p, "path", class);
	buf_addz(p->out, " d=\"M");
	buf_add_place(p->out, flip(p, x) - r);
	buf_addc(p->out, ' ');
	buf_add_place(p->out, y);
	for (int i = 0; i < 3; i++) {
		buf_addc(p->out, 'l');
		buf_add_place(p->out, i == 2 ? -r : r);
		buf_addc(p->out, ' ');
		buf_add_place(p->out, i == 0 ? -r : r);
	}
	buf_addz(p->out, "z\"/>");
}

static void text(
    struct pen *p, const char *class, double x, double y, enum anchor anchor, str s, bool cut)
{
	static const char *const words[] = {[START] = NULL, [MIDDLE] = "middle", [END] = "end"};
	open_tag(p, "text", class);
	attr(p->out, "x", flip(p, x));
	attr(p->out, "y", y);
	if (words[anchor]) {
		buf_addz(p->out, " text-anchor=\"");
		buf_addz(p->out, words[anchor]);
		buf_addc(p->out, '"');
	}
	if (p->lang.n) {
		buf_addz(p->out, " lang=\"");
		buf_add_markup(p->out, p->lang);
		buf_addc(p->out, '"');
	}
	buf_addc(p->out, '>');
	buf_add_markup(p->out, s);
	buf_addz(p->out, cut ? "…</text>" : "</text>");
}

void pen_text(struct pen *p, const char *class, double x, double y, enum anchor anchor, str s)
{
	text(p, class, x, y, anchor, s, false);
}

double pen_lines(struct pen *p, const char *class, double x, double y, enum anchor anchor,
    const struct wrapped *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0) /* not drawn, but the lines' words stay apart for those who hear or copy
		              them */
			buf_addc(p->out, ' ');
		text(p, class, x, y + LINE_HEIGHT * (double)i, anchor, t->line[i],
		    t->cut && i + 1 == t->n);
	}
	return LINE_HEIGHT * (double)t->n;
}

void pen_link(struct pen *p, str href, str name)
{
	if (href.n == 0)
		return;
	p->links = true;
	buf_addz(p->out, "<a href=\"");
	buf_add_markup(p->out, href);
	if (name.n > 0) {
		buf_addz(p->out, "\" aria-label=\"");
		buf_add_markup(p->out, name);
	}
	buf_addz(p->out, "\">");
}

void pen_link_end(struct pen *p, str href)
{
	if (href.n > 0)
		buf_addz(p->out, "</a>");
}

/* ---- legend and patterns ---- */

double pen_legend(struct pen *p, double y, const str *name, size_t n, bool missing)
{
	double indent = SWATCH + 6, column = 0, top = y;
	size_t items = n + (missing ? 1 : 0);
	for (size_t i = 0; i < items; i++)
		column = fmax(
		    column, indent + text_width(i < n ? name[i] : pen_msg(p, CHART_MSG_MISSING)));
	column += 2 * GAP;
	size_t per_row = (size_t)fmax(1, floor((p->w + 2 * GAP) / column));
	if (per_row > items)
		per_row = items;
	double step = per_row > 1 ? column : p->w;
	double row_height = 0;
	for (size_t i = 0; i < items; i++) {
		double x = step * (double)(i % per_row);
		struct wrapped t =
		    text_wrap(i < n ? name[i] : pen_msg(p, CHART_MSG_MISSING), step - indent, 3);
		if (i < n)
			pen_swatch(p, i, x, y + 1);
		else
			pen_rect(p, "chart-missing", x + .5, y + 1.5, SWATCH - 1, SWATCH - 1);
		row_height =
		    fmax(row_height, pen_lines(p, NULL, x + indent, y + BASELINE, START, &t) + 4);
		if ((i + 1) % per_row == 0 || i + 1 == items) {
			y += row_height;
			row_height = 0;
		}
	}
	return items ? y - top + GAP : 0;
}

/* What is drawn over the ground colour, per series: shapes that differ without colour. */
static const struct {
	int size;
	const char *shape; /* NULL: plain */
} patterns[CHART_SERIES_MAX] = {
    {8, NULL},
    {8, "<path class=\"chart-hatch\" d=\"M-2 2l4-4M0 8l8-8M6 10l4-4\"/>"},
    {8, "<circle class=\"chart-spot\" cx=\"2\" cy=\"2\" r=\"1.4\"/><circle class=\"chart-spot\" "
        "cx=\"6\" cy=\"6\" "
        "r=\"1.4\"/>"},
    {6, "<path class=\"chart-hatch\" d=\"M0 3h6\"/>"},
    {8, "<path class=\"chart-hatch\" d=\"M-2 6l4 4M0 0l8 8M6-2l4 4\"/>"},
    {6, "<path class=\"chart-hatch\" d=\"M3 0v6\"/>"},
    {8, "<path class=\"chart-hatch\" d=\"M0 4h8M4 0v8\"/>"},
    {10, "<path class=\"chart-hatch\" d=\"M0 0l10 10M10 0l-10 10\"/>"},
};

void pen_patterns(struct buf *out, str id, size_t n)
{
	if (n == 0)
		return;
	buf_addz(out, "<defs>");
	for (size_t i = 0; i < n && i < CHART_SERIES_MAX; i++) {
		int size = patterns[i].size;
		buf_addz(out, "<pattern id=\"");
		buf_add(out, id);
		buf_addf(out, "%zu\" width=\"%d\" height=\"%d\" patternUnits=\"userSpaceOnUse\">",
		    i + 1, size, size);
		buf_addf(out, "<rect class=\"chart-s%zu\" width=\"%d\" height=\"%d\"/>", i + 1,
		    size, size);
		if (patterns[i].shape)
			buf_addz(out, patterns[i].shape);
		buf_addz(out, "</pattern>");
	}
	buf_addz(out, "</defs>");
}

/* ---- words and numbers ---- */

static str keep(struct pen *p, const struct buf *b)
{
	str s = buf_check(b, NULL) == ERR_OK ? arena_str(p->a, buf_str(b)) : STR_NONE;
	if (!s.p) {
		p->lost = true;
		return STR("");
	}
	return s;
}

str pen_msg(struct pen *p, enum chart_msg m)
{
	return p->c->lang->msg(p->c->lang->ctx, m);
}

str pen_number(struct pen *p, double v, enum chart_number use)
{
	AUTO_BUF b = BUF_INIT(CHART_TEXT_MAX_BYTES);
	p->c->format->number(p->c->format->ctx, &b, v, use);
	return keep(p, &b);
}

str pen_percent(struct pen *p, double ratio)
{
	AUTO_BUF b = BUF_INIT(CHART_TEXT_MAX_BYTES);
	p->c->lang->percent(p->c->lang->ctx, &b, ratio);
	return keep(p, &b);
}

str pen_when(struct pen *p, pdate d)
{
	AUTO_BUF b = BUF_INIT(CHART_TEXT_MAX_BYTES);
	p->c->lang->when(p->c->lang->ctx, &b, d);
	return keep(p, &b);
}

str pen_join(struct pen *p, str a, str b, str c)
{
	AUTO_BUF out = BUF_INIT(SAY_MAX_BYTES);
	buf_add(&out, a);
	buf_add(&out, b);
	buf_add(&out, c);
	return keep(p, &out);
}

str pen_say(struct pen *p, enum chart_msg m, const str *arg, size_t n)
{
	AUTO_BUF b = BUF_INIT(SAY_MAX_BYTES);
	str t = pen_msg(p, m);
	for (size_t i = 0; i < t.n; i++) {
		bool hole = t.p[i] == '{' && i + 2 < t.n && t.p[i + 2] == '}' &&
		            t.p[i + 1] >= '0' && (size_t)(t.p[i + 1] - '0') < n;
		if (hole) {
			buf_add(&b, arg[t.p[i + 1] - '0']);
			i += 2;
		} else {
			buf_addc(&b, t.p[i]);
		}
	}
	return keep(p, &b);
}
