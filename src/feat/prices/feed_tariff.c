/* The tariff of an offer as one cell of a spreadsheet. */
#include "base/decimal.h"
#include "base/money.h"
#include "feat/prices/feed_inside.h"

enum { PERCENT = 10000 }; /* millionths */

struct tariff {
	str currency;
	size_t step; /* from 1 */
	struct err *e;
};

bool feed_is_plain(str s)
{
	bool point = false;
	if (s.n == 0 || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && !point)
			point = true;
		else if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return true;
}

static enum err_code bad(const struct tariff *t, str word, const char *expected)
{
	return fail(t->e, ERR_INVALID, "feed.tariff", "step %zu of the tariff: \"%.*s\" was given, %s was expected, as in \"to 500: 4.90; 2.50 + 1.2%% min 5 max 20\"",
	    t->step, (int)(word.n > 40 ? 40 : word.n), word.n ? word.p : "", expected);
}

static enum err_code amount(const struct tariff *t, str word, int64_t most, int64_t *ret)
{
	money m;
	bool rounded = false;
	if (!feed_is_plain(word) || !money_parse(word, t->currency, &m, &rounded) || rounded || m.minor > most)
		return bad(t, word, "an amount with no more digits than the currency has");
	*ret = m.minor;
	return ERR_OK;
}

static enum err_code fee_amount(const struct tariff *t, str word, int32_t *ret)
{
	int64_t v;
	TRY(amount(t, word, INT32_MAX, &v));
	*ret = (int32_t)v;
	return ERR_OK;
}

static enum err_code percent(const struct tariff *t, str word, int32_t *ret)
{
	decimal d;
	int64_t ppm;
	str digits = str_sub(word, 0, word.n - 1);
	if (!feed_is_plain(digits) || !decimal_parse(digits, &d) || !decimal_mul(d, decimal_scaled(PERCENT, 0), &d) ||
	    !decimal_to_i64(d, &ppm) || ppm > COMPARE_PPM)
		return bad(t, word, "a percentage up to 100% with at most four digits behind the point");
	*ret = (int32_t)ppm;
	return ERR_OK;
}

/* The next word, parted by blanks; empty at the end. */
static str word_of(str *rest)
{
	*rest = str_trim(*rest);
	size_t n = 0;
	while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
		n++;
	str word = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return word;
}

static enum err_code upto(const struct tariff *t, str *rest, int64_t *ret)
{
	ptrdiff_t colon = str_find_char(*rest, ':');
	*ret = COMPARE_AMOUNT_MAX;
	if (!str_starts(*rest, STR("to ")))
		return colon < 0 ? ERR_OK : bad(t, *rest, "\"to\" and an amount before the colon");
	if (colon < 0)
		return bad(t, *rest, "a colon behind the amount");
	str word = str_trim(str_sub(*rest, 3, (size_t)colon));
	*rest = str_sub(*rest, (size_t)colon + 1, rest->n);
	return amount(t, word, COMPARE_AMOUNT_MAX, ret);
}

static bool is_percent(str word)
{
	return word.n > 1 && word.p[word.n - 1] == '%';
}

static enum err_code fee(const struct tariff *t, str rest, struct compare_tier *ret)
{
	str word = word_of(&rest);
	if (is_percent(word)) {
		TRY(percent(t, word, &ret->share_ppm));
	} else {
		TRY(fee_amount(t, word, &ret->fixed));
		str after = rest, plus = word_of(&after);
		if (str_is(plus, "+")) {
			str share = word_of(&after);
			if (!is_percent(share))
				return bad(t, share, "a percentage behind the +");
			TRY(percent(t, share, &ret->share_ppm));
			rest = after;
		}
	}
	bool least = false, most = false;
	for (word = word_of(&rest); word.n; word = word_of(&rest)) {
		bool is_least = str_is(word, "min");
		if ((!is_least && !str_is(word, "max")) || (is_least ? least : most))
			return bad(t, word, "\"min\" or \"max\", each once,");
		*(is_least ? &least : &most) = true;
		TRY(fee_amount(t, word_of(&rest), is_least ? &ret->least : &ret->most));
	}
	return ERR_OK;
}

enum err_code feed_tariff(str text, str currency, struct arena *a, const struct compare_tier **ret_tiers, uint8_t *ret_n,
    struct err *e)
{
	struct tariff t = {.currency = currency, .e = e};
	struct compare_tier read[COMPARE_TIERS_MAX] = {{0}};
	struct str_split it = str_split_on(text, ';');
	str step;
	while (str_next(&it, &step)) {
		step = str_trim(step);
		if (t.step++ == COMPARE_TIERS_MAX)
			return fail(e, ERR_INVALID, "feed.tariff", "the tariff has more than %d steps", COMPARE_TIERS_MAX);
		TRY(upto(&t, &step, &read[t.step - 1].upto));
		TRY(fee(&t, str_trim(step), &read[t.step - 1]));
	}
	if (t.step == 0)
		return bad(&t, STR(""), "a tariff");
	struct compare_tier *tiers = ARENA_ARRAY(a, t.step, struct compare_tier);
	if (!tiers)
		return arena_fail(a, e);
	memcpy(tiers, read, t.step * sizeof *tiers);
	*ret_tiers = tiers;
	*ret_n = (uint8_t)t.step;
	return ERR_OK;
}
