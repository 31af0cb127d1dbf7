/* What the templates of answers ask: where links lead, how values are written, and the drawings. */
#include "feat/evaluation/show.h"

#include <math.h>

#include "feat/decisions/decisions.h"
#include "feat/evaluation/columns.h"

enum { PATH_BYTES = 4096, VALUE_BYTES = 1024, LINES_SHOWN = 20 };

/* ---- links ---- */

static str kept(const struct show *s, const struct buf *b)
{
	str x = b->failed ? STR_NONE : arena_str(s->page->arena, buf_str(b));
	return x.p ? x : STR("");
}

struct url show_link(const struct show *s, str path)
{
	if (!path.n || (s->paper && !s->root.n))
		return (struct url){STR("")};
	AUTO_BUF b = BUF_INIT(2 * PATH_BYTES);
	if (s->paper) {
		buf_add(&b, s->root);
		buf_add(&b, path);
		return url_external(kept(s, &b));
	}
	buf_add(&b, path);
	str z = kept(s, &b); /* arena_str puts a zero byte behind it */
	return z.n ? site_url(s->page, z.p) : (struct url){STR("")};
}

struct row_place {
	const char *table;
	const char *name; /* message */
	const char *path; /* of a page; NULL: none */
	const char *anchor; /* on the page of the activity that the key begins with; NULL: the key names none */
};

static const struct row_place places[] = {
    {"activity", MSG("Activity"), NULL, ""},
    {"indicator", MSG("Indicator"), NULL, "#results"},
    {"indicator_value", MSG("Target or result"), NULL, "#results"},
    {"activity_event", MSG("Event"), NULL, "#time"},
    {"activity_priority", MSG("Priority of an activity"), NULL, ""},
    {"activity_country", MSG("Country of an activity"), NULL, "#countries"},
    {"activity_org", MSG("Partner of an activity"), NULL, "#partners"},
    {"activity_intervention", MSG("Kind of intervention"), NULL, ""},
    {"inconsistency", MSG("Inconsistency"), NULL, "#notes"},
    {"unit_cost", MSG("Unit cost"), NULL, "#costs"},
    {"budget_line", MSG("Budget line"), "/figures/spending", NULL},
    {"evidence", MSG("Study"), "/evaluation/question-5", NULL},
    {"theory_link", MSG("Link of the theory"), "/evaluation/question-4", NULL},
    {"recommendation", MSG("Recommendation"), "/evaluation/recommendations", NULL},
    {"rejected_proposal", MSG("Refused proposal"), "/refused", NULL},
    {"proposal", MSG("Refused proposal"), "/refused", NULL},
    {"country_list", MSG("Country list"), "/countries", NULL},
    {"priority", MSG("Priority"), "/priorities", NULL},
    {"policy_event", MSG("Policy event"), "/rules", NULL},
    {"event", MSG("Policy event"), "/rules", NULL},
};

static const struct row_place *place_of(const char *table)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (strcmp(places[i].table, table) == 0)
			return &places[i];
	return NULL;
}

const char *show_table_name(const char *table)
{
	const struct row_place *p = place_of(table);
	return p ? p->name : table;
}

/* "18261/2/1" begins with the key of an activity. */
static const struct activity *activity_in(const struct show *s, str key)
{
	ptrdiff_t slash = str_find_char(key, '/');
	return register_activity(s->view->activities, slash < 0 ? key : str_sub(key, 0, (size_t)slash));
}

struct url show_row_link(const struct show *s, const struct source_row *r)
{
	const struct row_place *p = place_of(r->table);
	if (p && p->path)
		return show_link(s, str_of(p->path));
	const struct activity *x = activity_in(s, r->key);
	if (!x)
		return (struct url){STR("")};
	AUTO_BUF b = BUF_INIT(PATH_BYTES);
	buf_addz(&b, "/activities/");
	tpl_add_path(&b, x->key);
	buf_addz(&b, p && p->anchor ? p->anchor : "");
	return show_link(s, kept(s, &b));
}

/* "achievement/3": the decision, and the row of its table. */
struct url show_rule_link(const struct show *s, const struct statement *st)
{
	ptrdiff_t slash = str_find_char(st->rule_anchor, '/');
	str element = slash < 0 ? st->rule_anchor : str_sub(st->rule_anchor, 0, (size_t)slash);
	uint32_t row = 0;
	if (slash >= 0 && !str_to_u32(str_sub(st->rule_anchor, (size_t)slash + 1, st->rule_anchor.n), &row))
		row = 0;
	return show_link(s, decisions_path(s->view->decisions, st->rule, element, row, s->page->arena));
}

str show_rule_name(const struct show *s, const struct statement *st)
{
	const struct decision_version *v = decisions_newest(s->view->decisions, st->rule);
	str name = v ? decisions_title(s->view->programme, v, s->page->lang, s->page->arena) : st->rule;
	return name.p ? name : st->rule;
}

/* ---- words ---- */

const char *show_kind(enum statement_kind k)
{
	static const char *const names[STATEMENT_KINDS] = {
	    MSG("Counted"), MSG("Judged"), MSG("Evidence"), MSG("Cannot be said")};
	return names[k];
}

const char *show_kind_means(enum statement_kind k)
{
	static const char *const means[STATEMENT_KINDS] = {
	    MSG("taken from the records; the rows behind each figure can be opened"),
	    MSG("decided by a rule that can be opened"),
	    MSG("what literature says, with how strong it is and where it was found"),
	    MSG("what the records do not tell, with what would have to be known"),
	};
	return means[k];
}

const char *say_class(enum statement_kind k)
{
	return k == STATEMENT_UNSAID ? "unsaid" : statement_kind_slug(k);
}

struct url show_data(const struct show *s)
{
	str query = s->page->query;
	str path = arena_fmt(s->page->arena, "/api/v1/evaluation/%s?lang=%s%s%.*s", s->answer->slug, lang_code(s->page->lang),
	    query.n ? "&" : "", STR_ARG(query));
	return url_local(path.p ? path : STR("#"));
}

static void add_unit(struct buf *b, str unit)
{
	if (unit.n) {
		buf_addc(b, ' ');
		buf_add(b, unit);
	}
}

static void add_money(struct buf *b, enum lang l, decimal v, str unit)
{
	decimal cents;
	int64_t minor;
	bool plain = unit.n == 3 && currency_valid(unit);
	if (!plain || !decimal_mul(v, decimal_scaled(1, money_exponent(unit)), &cents) ||
	    !decimal_round(cents, 0, DECIMAL_HALF_UP, &cents) || !decimal_to_i64(cents, &minor)) {
		i18n_add_decimal(b, l, v, 0, 2);
		add_unit(b, unit);
		return;
	}
	money m = {.minor = minor};
	memcpy(m.currency, unit.p, 3);
	i18n_add_money(b, l, m);
}

str show_value(const struct show *s, const struct figure *f)
{
	AUTO_BUF b = BUF_INIT(VALUE_BYTES);
	enum lang l = s->page->lang;
	date d;
	if (!f->known)
		return f->why;
	switch (f->type) {
	case FIGURE_MONEY:
		add_money(&b, l, f->value, f->unit);
		break;
	case FIGURE_SHARE:
		i18n_add_percent(&b, l, f->value, 0);
		break;
	case FIGURE_DATE:
		if (date_parse(f->text, &d))
			i18n_add_date(&b, l, d);
		else
			buf_add(&b, f->text);
		break;
	case FIGURE_TEXT:
		return f->text;
	case FIGURE_COUNT:
	case FIGURE_NUMBER:
	case FIGURE_RATIO:
		i18n_add_decimal(&b, l, f->value, 0, 2);
		add_unit(&b, f->unit);
		break;
	}
	return kept(s, &b);
}

str show_input(const struct show *s, const struct figure_input *in)
{
	AUTO_BUF b = BUF_INIT(VALUE_BYTES);
	if (decimal_is_none(in->value))
		return i18n_text(s->page->lang, MSG("not known"));
	if (in->unit.n == 3 && currency_valid(in->unit)) {
		add_money(&b, s->page->lang, in->value, in->unit);
	} else {
		i18n_add_decimal(&b, s->page->lang, in->value, 0, 4);
		add_unit(&b, in->unit);
	}
	return kept(s, &b);
}

static void add_bound(struct buf *b, enum lang l, const struct figure *f, double v)
{
	if (f->type == FIGURE_SHARE) {
		i18n_add_double(b, l, v * 100, 0, 1);
		buf_addz(b, "%");
	} else {
		i18n_add_double(b, l, v, 0, 2);
	}
}

str show_interval(const struct show *s, const struct figure *f)
{
	AUTO_BUF low = BUF_INIT(64), high = BUF_INIT(64), b = BUF_INIT(VALUE_BYTES);
	if (!f->known || !isfinite(f->low) || !isfinite(f->high) || (f->low == 0 && f->high == 0))
		return STR("");
	add_bound(&low, s->page->lang, f, f->low);
	add_bound(&high, s->page->lang, f, f->high);
	const str args[] = {buf_str(&low), buf_str(&high)};
	i18n_add_filled(&b, i18n_text(s->page->lang, MSG("between {0} and {1}")), args, 2);
	return kept(s, &b);
}

/* ---- tables on paper ---- */

size_t show_rows(const struct show *s, size_t n, bool folded)
{
	size_t most = folded ? SHOW_PAPER_FOLDED_MOST : SHOW_PAPER_TABLE_MOST;
	return s->paper && n > most + 1 ? most : n; /* "1 further row" would take the line of that row */
}

static str answer_text_at(const void *table, size_t row, size_t column)
{
	const struct answer_table *t = table;
	str x = row ? t->cells[(row - 1) * t->n_columns + column].text : t->columns[column];
	return show_is_lines(x) ? str_sub(x, 0, LINES_SHOWN) : x;
}

static str chart_text_at(const void *table, size_t row, size_t column)
{
	const struct chart_table *t = table;
	return row ? t->cell[(row - 1) * t->n_columns + column].text : t->head[column];
}

static const uint8_t *widths(const struct show *s, const void *table, columns_cell cell, size_t n, size_t rows)
{
	uint8_t *percent = s->paper ? ARENA_ARRAY(s->page->arena, n, uint8_t) : NULL;
	if (percent)
		columns_widths(table, cell, n, rows, percent);
	return percent;
}

const uint8_t *show_widths(const struct show *s, const struct answer_table *t, size_t rows)
{
	return widths(s, t, answer_text_at, t->n_columns, rows);
}

const uint8_t *show_chart_widths(const struct show *s, const struct chart_table *t, size_t rows)
{
	return widths(s, t, chart_text_at, t->n_columns, rows);
}

struct url show_place(const struct show *s, str id)
{
	str path = arena_fmt(s->page->arena, "/evaluation/%s#%.*s", s->answer->slug, STR_ARG(id));
	return show_link(s, path.p ? path : STR(""));
}

bool show_is_lines(str text)
{
	bool several = false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ';')
			several = true;
		else if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	}
	return several;
}

str show_anchor(const struct show *s, str id)
{
	AUTO_BUF b = BUF_INIT(PATH_BYTES);
	if (!s->prefix.n)
		return id;
	buf_add(&b, s->prefix);
	buf_addc(&b, '-');
	buf_add(&b, id);
	return kept(s, &b);
}

size_t show_rows_total(const struct statement *st)
{
	size_t n = st->n_rows;
	for (size_t i = 0; i < st->n_figures; i++)
		n += st->figures[i].n_rows;
	return n;
}

/* ---- drawings ---- */

/* A diagram that stands alone: with its name space, and its style sheet in it behind the first tag. */
static enum err_code styled(const struct show *s, const struct buf *svg, struct buf *out, struct err *e)
{
	str whole = buf_str(svg), tag = STR("<svg ");
	ptrdiff_t end = str_find_char(whole, '>');
	TRY(buf_check(svg, e));
	if (end < 0 || !str_starts(whole, tag))
		return fail(e, ERR_BUG, "evaluation.drawing", "a drawing without a tag");
	buf_addz(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
	buf_add(out, str_sub(whole, tag.n, (size_t)end + 1));
	buf_addz(out, "<style>");
	buf_add(out, s->drawing_css);
	buf_addz(out, "</style>");
	buf_add(out, str_sub(whole, (size_t)end + 1, whole.n));
	return ERR_OK;
}

/* As an address that holds the picture: its hundreds of elements are then none of the document's, each of which costs time on
 * every page. */
static enum err_code as_picture(const struct show *s, const struct buf *svg, struct url *ret, struct err *e)
{
	static const char digits[] = "0123456789ABCDEF";
	AUTO_BUF out = BUF_INIT(3 * SHOW_DRAWING_BYTES);
	TRY(buf_check(svg, e));
	str z = buf_str(svg);
	buf_addz(&out, "data:image/svg+xml;charset=utf-8,");
	for (size_t i = 0; i < z.n; i++) {
		unsigned char x = (unsigned char)z.p[i];
		if (x > ' ' && x < 127 && !strchr("\"#%&<>?\\'", x)) {
			buf_addc(&out, (char)x);
			continue;
		}
		buf_addc(&out, '%');
		buf_addc(&out, digits[x >> 4]);
		buf_addc(&out, digits[x & 15]);
	}
	TRY(buf_check(&out, e));
	*ret = (struct url){kept(s, &out)}; /* nothing in it needs escaping */
	return ret->s.n ? ERR_OK : arena_fail(s->page->arena, e);
}

static enum err_code draw_on_paper(const struct show *s, const struct block *b, struct url *ret, struct err *e)
{
	AUTO_BUF svg = BUF_INIT(SHOW_DRAWING_BYTES), plain = BUF_INIT(SHOW_DRAWING_BYTES);
	if (b->kind == BLOCK_CHART) {
		TRY(chart_svg(b->chart, CHART_WIDE, s->drawing_css, &svg, e));
	} else {
		TRY(diagram_svg(b->diagram, s->page->arena, &plain, e));
		TRY(styled(s, &plain, &svg, e));
	}
	return as_picture(s, &svg, ret, e);
}

static enum err_code draw(const struct show *s, const struct block *b, struct shown_block *ret, struct err *e)
{
	AUTO_BUF out = BUF_INIT(SHOW_DRAWING_BYTES);
	*ret = (struct shown_block){.b = b};
	if (b->kind != BLOCK_CHART && b->kind != BLOCK_DIAGRAM)
		return ERR_OK;
	if (s->paper)
		return draw_on_paper(s, b, &ret->picture, e);
	if (b->kind == BLOCK_CHART)
		TRY(chart_html(b->chart, &out, e));
	else
		TRY(diagram_svg(b->diagram, s->page->arena, &out, e));
	TRY(buf_check(&out, e));
	ret->drawing.s = arena_str(s->page->arena, buf_str(&out));
	return ret->drawing.s.p ? ERR_OK : arena_fail(s->page->arena, e);
}

enum err_code show_draw(struct show *s, struct err *e)
{
	const struct answer *w = s->answer;
	struct shown_block *blocks = ARENA_ARRAY(s->page->arena, w->blocks.n, struct shown_block);
	if (!blocks)
		return arena_fail(s->page->arena, e);
	for (size_t i = 0; i < w->blocks.n; i++)
		TRY(draw(s, &w->blocks.p[i], &blocks[i], e));
	s->blocks = blocks;
	s->n = w->blocks.n;
	return ERR_OK;
}

enum err_code show_make(const struct site_page *page, const struct evaluation_view *v, const struct answer *w,
    struct show *ret, struct err *e)
{
	struct show s = {.page = page, .view = v, .answer = w, .root = STR(""), .prefix = STR(""), .drawing_css = STR("")};
	TRY(show_draw(&s, e));
	*ret = s;
	return ERR_OK;
}
