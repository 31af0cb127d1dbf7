/* The printed report: every part with its drawings and tables, folded out, in one file. */
#include "feat/evaluation/report.h"

#include "base/embed.h"
#include "feat/evaluation/evaluation_files.h"
#include "feat/evaluation/report.tpl.h"
#include "feat/evaluation/report_parts.h"
#include "feat/programme/programme.h"

enum { STYLE_BYTES = 1 << 16, TITLE_BYTES = 4000, WIDTH_MOST = 100 };

static str file_text(const char *path)
{
	const struct embed_file *f = embed_find(evaluation_files, evaluation_files_n, str_of(path));
	return f ? f->bytes : STR("");
}

static enum err_code keep(struct arena *a, const struct buf *b, str *ret, struct err *e)
{
	TRY(buf_check(b, e));
	str s = arena_str(a, buf_str(b));
	if (!s.p)
		return arena_fail(a, e);
	*ret = s;
	return ERR_OK;
}

/* Our own sheet, as an element: it holds no markup. With the widths of columns, ".w12 {width: 12%}". */
static enum err_code make_style(struct report_view *r, struct err *e)
{
	AUTO_BUF b = BUF_INIT(STYLE_BYTES);
	buf_addz(&b, "<style>");
	buf_add(&b, file_text("report.css"));
	for (int i = 1; i <= WIDTH_MOST; i++)
		buf_addf(&b, ".w%d{width:%d%%}", i, i);
	buf_addz(&b, "</style>");
	return keep(r->page.arena, &b, &r->style.s, e);
}

static void add_period(struct buf *b, enum lang l, const struct evaluation_scope *s)
{
	if (!s->year_from && !s->year_to)
		return;
	buf_addz(b, ", ");
	pdate from = PDATE_NONE, to = PDATE_NONE;
	date d;
	if (s->year_from && date_from_civil(s->year_from, 1, 1, &d))
		from = (pdate){d.day, DATE_PRECISION_YEAR};
	if (s->year_to && date_from_civil(s->year_to, 1, 1, &d))
		to = (pdate){d.day, DATE_PRECISION_YEAR};
	i18n_add_range(b, l, from, to);
}

/* "The whole programme", "6. Return, 2009 to 2010", an activity's title. */
static enum err_code make_about(struct report_view *r, struct err *e)
{
	AUTO_BUF b = BUF_INIT(TITLE_BYTES);
	const struct evaluation_scope *s = &r->facts->scope;
	const struct priority *p = s->priority ? programme_priority(r->facts->view->programme, s->priority) : NULL;
	if (s->activity) {
		buf_add(&b, s->activity->key);
		buf_addz(&b, ", ");
		buf_add(&b, s->activity->title);
	} else if (p) {
		buf_addf(&b, "%d. ", p->code);
		buf_add(&b, text3_in(&p->short_name, r->page.lang));
	} else {
		buf_add(&b, i18n_text(r->page.lang, MSG("The whole programme")));
	}
	add_period(&b, r->page.lang, s);
	return keep(r->page.arena, &b, &r->about, e);
}

static enum err_code make_front(struct report_view *r, struct err *e)
{
	AUTO_BUF b = BUF_INIT(TITLE_BYTES);
	const struct programme_view *p = r->facts->view->programme;
	enum lang l = r->page.lang;
	buf_add(&b, i18n_text(l, MSG("Evaluation")));
	buf_addz(&b, ": ");
	buf_add(&b, text3_in(&p->name, l));
	TRY(keep(r->page.arena, &b, &r->title, e));
	r->source = text3_in(&p->source, l);
	r->owner = text3_in(&p->owner, l);
	TRY(make_about(r, e));
	return make_style(r, e);
}

/* Where links lead: "https://example.org/nl"; nowhere without a base. */
static enum err_code make_root(struct report_view *r, str base_url, str *ret, struct err *e)
{
	while (base_url.n && base_url.p[base_url.n - 1] == '/')
		base_url.n--;
	*ret = base_url.n ? arena_fmt(r->page.arena, "%.*s/%s", STR_ARG(base_url), lang_code(r->page.lang)) : STR("");
	return ret->p ? ERR_OK : arena_fail(r->page.arena, e);
}

static enum err_code make_part(const struct report_view *r, const struct evaluation_part *part, str root,
    struct report_part_view *ret, struct err *e)
{
	struct told t;
	struct err why;
	*ret = (struct report_part_view){.slug = part->slug, .question = part->question, .title = i18n_text(r->page.lang, part->title),
	    .question_text = STR(""), .why = STR("")};
	enum err_code code = evaluation_tell(part, r->facts, r->page.lang, r->page.arena, &t, &why);
	if (code == ERR_NOT_FOUND) {
		ret->why = arena_str(r->page.arena, str_of(why.detail));
		return ret->why.p ? ERR_OK : arena_fail(r->page.arena, e);
	}
	if (code != ERR_OK) {
		*e = why;
		return code;
	}
	ret->question_text = t.answer->question_text;
	struct show s = {.page = &r->page, .view = r->facts->view, .answer = t.answer, .paper = true, .root = root, .deeper = 1,
	    .prefix = str_of(part->slug), .drawing_css = file_text("drawing.css")};
	TRY(show_draw(&s, e));
	ret->show = s;
	return ERR_OK;
}

bool report_is_section(const struct block *b)
{
	return b->kind == BLOCK_HEADING && b->level <= 2;
}

bool report_sections(const struct report_part_view *p)
{
	for (size_t i = 0; i < p->show.n; i++)
		if (report_is_section(p->show.blocks[i].b))
			return true;
	return false;
}

enum err_code report_html(const struct report_wanted *w, struct arena *a, struct buf *out, struct err *e)
{
	struct report_view *r = ARENA_NEW(a, struct report_view);
	struct report_part_view *parts = ARENA_ARRAY(a, EVALUATION_PARTS_MAX, struct report_part_view);
	str root = STR("");
	if (!r || !parts)
		return arena_fail(a, e);
	*r = (struct report_view){.page = {.arena = a, .lang = w->lang}, .facts = w->facts, .made_ms = w->made_ms, .parts = parts};
	TRY(make_front(r, e));
	TRY(make_root(r, w->base_url, &root, e));
	for (size_t i = 0; evaluation_parts[i] && r->n < EVALUATION_PARTS_MAX; i++)
		if (!w->only || w->only == evaluation_parts[i])
			TRY(make_part(r, evaluation_parts[i], root, &parts[r->n++], e));
	struct tpl_out o = {.b = out, .lang = w->lang};
	report_document(&o, r);
	return buf_check(out, e);
}
