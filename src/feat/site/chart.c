/* Figures: a chart with its words, its table and its data; and how each language writes charts. */
#include "feat/site/site.h"

#include <math.h>

enum { FIGURE_BYTES_MAX = 4 << 20 };

static str chart_words(const void *ctx, enum chart_msg m)
{
	const struct site_page *page = ctx;
	return i18n_text(page->lang, chart_msg_en(m).p);
}

static void chart_percent(const void *ctx, struct buf *b, double ratio)
{
	const struct site_page *page = ctx;
	AUTO_BUF digits = BUF_INIT(64);
	decimal d;
	buf_addf(&digits, "%.6f", ratio);
	if (decimal_parse(buf_str(&digits), &d))
		i18n_add_percent(b, page->lang, d, ratio < 0.1 && ratio > 0 ? 1 : 0);
}

static void chart_when(const void *ctx, struct buf *b, pdate d)
{
	const struct site_page *page = ctx;
	i18n_add_pdate(b, page->lang, d);
}

const struct chart_lang *site_chart_lang(const struct site_page *page)
{
	struct chart_lang *l = ARENA_NEW(page->arena, struct chart_lang);
	if (l)
		*l = (struct chart_lang){.rtl = lang_info(page->lang)->rtl, .msg = chart_words,
		    .percent = chart_percent, .when = chart_when, .ctx = page};
	return l;
}

static void euros(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	const struct site_page *page = ctx;
	if (use == CHART_NUMBER_TABLE)
		i18n_add_money(b, page->lang, MONEY((int64_t)llround(v * 100), "EUR"));
	else
		i18n_add_double(b, page->lang, v / 1e6, 0, 2);
}

/* Amounts that are too small for millions. */
static void whole_euros(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	if (use == CHART_NUMBER_TABLE) {
		euros(ctx, b, v, use);
		return;
	}
	const struct site_page *page = ctx;
	i18n_add_double(b, page->lang, v, 0, 0);
}

static void counts(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	const struct site_page *page = ctx;
	(void)use;
	i18n_add_double(b, page->lang, v, 0, 2);
}

static const struct chart_format *format_of(const struct site_page *page,
    void (*number)(const void *ctx, struct buf *b, double v, enum chart_number use))
{
	struct chart_format *f = ARENA_NEW(page->arena, struct chart_format);
	if (f)
		*f = (struct chart_format){.number = number, .ctx = page};
	return f;
}

const struct chart_format *site_chart_euros(const struct site_page *page)
{
	return format_of(page, euros);
}

const struct chart_format *site_chart_whole_euros(const struct site_page *page)
{
	return format_of(page, whole_euros);
}

const struct chart_format *site_chart_counts(const struct site_page *page)
{
	return format_of(page, counts);
}

static enum err_code keep(const struct site_page *page, const struct buf *b, str *ret_s, struct err *e)
{
	TRY(buf_check(b, e));
	str s = arena_str(page->arena, buf_str(b));
	if (!s.p)
		return arena_fail(page->arena, e);
	*ret_s = s;
	return ERR_OK;
}

enum err_code site_chart_make(const struct site_page *page, const struct site_chart *f,
    struct site_chart_view *ret_v, struct err *e)
{
	AUTO_BUF svg = BUF_INIT(FIGURE_BYTES_MAX), summary = BUF_INIT(65536);
	struct chart_table *table = ARENA_NEW(page->arena, struct chart_table);
	struct site_chart_view v = {.title = f->chart->title, .about = f->about, .note = f->note,
	    .id = f->chart->id, .data = f->data, .level = f->level, .table = table};
	if (!table || !f->chart->lang || !f->chart->format)
		return arena_fail(page->arena, e);
	TRY(chart_html(f->chart, &svg, e));
	TRY(chart_summary(f->chart, &summary, e));
	TRY(chart_table(f->chart, page->arena, table, e));
	TRY(keep(page, &svg, &v.svg.s, e));
	TRY(keep(page, &summary, &v.summary, e));
	*ret_v = v;
	return ERR_OK;
}
