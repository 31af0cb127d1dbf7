/* Values in the words of a language. */
#include "feat/evaluation/told.h"

static str keep(const struct saying *t, const struct buf *b)
{
	str s = b->failed ? STR_NONE : arena_str(t->a, buf_str(b));
	return s.p ? s : STR("");
}

str told_num(const struct saying *t, int64_t v)
{
	AUTO_BUF b = BUF_INIT(TOLD_BYTES);
	i18n_add_num(&b, t->l, v);
	return keep(t, &b);
}

str told_decimal(const struct saying *t, decimal d, int scale)
{
	AUTO_BUF b = BUF_INIT(TOLD_BYTES);
	if (decimal_is_none(d))
		return STR("–");
	i18n_add_decimal(&b, t->l, d, 0, scale);
	return keep(t, &b);
}

str told_percent(const struct saying *t, decimal ratio)
{
	AUTO_BUF b = BUF_INIT(TOLD_BYTES);
	if (decimal_is_none(ratio))
		return STR("–");
	i18n_add_percent(&b, t->l, ratio, 0);
	return keep(t, &b);
}

str told_money(const struct saying *t, int64_t minor, const char *currency)
{
	AUTO_BUF b = BUF_INIT(TOLD_BYTES);
	money m = {.minor = minor};
	memcpy(m.currency, currency, sizeof m.currency - 1);
	i18n_add_money(&b, t->l, m);
	return keep(t, &b);
}

str told_date(const struct saying *t, date d)
{
	return told_pdate(t, pdate_of(d));
}

str told_pdate(const struct saying *t, pdate d)
{
	AUTO_BUF b = BUF_INIT(TOLD_BYTES);
	i18n_add_pdate(&b, t->l, d);
	return keep(t, &b);
}

str told_text(const struct saying *t, const char *msg, const str *parts, size_t n)
{
	AUTO_BUF b = BUF_INIT(TOLD_BYTES);
	i18n_add_filled(&b, i18n_text(t->l, msg), parts, n);
	return keep(t, &b);
}

str told_join(const struct saying *t, str a, const char *between, str b)
{
	if (!a.n || !b.n)
		return a.n ? a : b;
	str s = arena_fmt(t->a, "%.*s%s%.*s", STR_ARG(a), between, STR_ARG(b));
	return s.p ? s : STR("");
}
