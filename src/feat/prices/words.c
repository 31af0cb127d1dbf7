/* How the pages name what the formats name. */
#include "feat/prices/pages.h"

const char *prices_method_name(int method)
{
	static const char *const names[COMPARE_METHODS] = {
	    [COMPARE_FEED] = MSG("sent by the provider"),
	    [COMPARE_API] = MSG("fetched from the provider by program"),
	    [COMPARE_TARIFF] = MSG("published tariff"),
	    [COMPARE_PUBLIC_QUOTE] = MSG("public quote"),
	    [COMPARE_MYSTERY_SHOP] = MSG("test by a buyer unknown to the provider"),
	    [COMPARE_USER_REPORT] = MSG("reported by a user"),
	};
	return names[method];
}

const char *prices_pay_in_name(size_t i)
{
	static const char *const names[] = {MSG("bank account"), MSG("iDEAL"), MSG("debit card"), MSG("credit card"), MSG("cash"),
	    MSG("wallet on the telephone")};
	return names[i];
}

const char *prices_payout_name(size_t i)
{
	static const char *const names[] = {MSG("bank account"), MSG("cash"), MSG("wallet on the telephone"), MSG("bank card"),
	    MSG("brought to the home"), MSG("call credit")};
	return names[i];
}

const char *const prices_pay_in_slugs[] = {"bank", "ideal", "debit-card", "credit-card", "cash", "wallet", NULL};
const char *const prices_payout_slugs[] = {"bank", "cash", "mobile-wallet", "card", "home-delivery", "airtime", NULL};
const char *const prices_preset_slugs[] = {"most-received", "soonest", "arrive-by", "least-to-pay", "nearest",
    "my-language", "most-dependable", NULL};

const char *prices_preset_name(int preset)
{
	static const char *const names[COMPARE_PRESETS] = {
	    [COMPARE_MOST_RECEIVED] = MSG("most arrives"),
	    [COMPARE_SOONEST] = MSG("arrives soonest"),
	    [COMPARE_ARRIVE_BY] = MSG("must arrive by a day"),
	    [COMPARE_LEAST_TO_PAY] = MSG("least to pay"),
	    [COMPARE_NEAREST] = MSG("nearest place to collect"),
	    [COMPARE_MY_LANGUAGE] = MSG("helps in my language"),
	    [COMPARE_MOST_DEPENDABLE] = MSG("most dependable"),
	};
	return names[preset];
}

const char *prices_verdict_name(enum compare_verdict v)
{
	static const char *const names[COMPARE_VERDICTS] = {
	    [COMPARE_OK] = MSG("has a place"),
	    [COMPARE_UNDISCLOSED_RATE] = MSG("the exchange rate is told only after payment"),
	    [COMPARE_UNDISCLOSED_FEE] = MSG("it is not told whether the fee comes on top"),
	    [COMPARE_UNDISCLOSED_RECEIVE_FEE] = MSG("the cost at the other end is not told"),
	    [COMPARE_TOO_LITTLE] = MSG("does not take so small an amount"),
	    [COMPARE_TOO_MUCH] = MSG("does not take so large an amount"),
	    [COMPARE_FILTERED] = MSG("not what you asked for"),
	    [COMPARE_OFF_LIST] = MSG("no current price"),
	};
	return names[v];
}

money prices_money(int64_t minor, str currency)
{
	money m = {.minor = minor};
	if (currency.n == sizeof m.currency - 1)
		memcpy(m.currency, currency.p, currency.n);
	return m;
}

decimal prices_ratio(int64_t ppm)
{
	return decimal_scaled(ppm, -6);
}

decimal prices_rate_of(struct compare_rate rate)
{
	return decimal_scaled(rate.digits, -(int32_t)rate.scale);
}

const char *prices_kind_name(str kind)
{
	static const struct {
		const char *word, *name;
	} kinds[] = {{"bank", MSG("a bank")}, {"money transfer operator", MSG("a money transfer company")},
	    {"mobile operator", MSG("a telephone company")}, {"post office", MSG("a post office")}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(kind, kinds[i].word))
			return kinds[i].name;
	return MSG("another kind of company");
}

str prices_span_words(const struct site_page *page, int64_t minutes)
{
	uint64_t n = minutes > 1 ? (uint64_t)minutes : 1;
	struct msg_plural unit = MSGN("{0} minute", "{0} minutes");
	if (n >= 48 * 60) {
		unit = MSGN("{0} day", "{0} days");
		n = (n + 1439) / 1440;
	} else if (n >= 60) {
		unit = MSGN("{0} hour", "{0} hours");
		n = (n + 59) / 60;
	}
	AUTO_BUF digits = BUF_INIT(64);
	AUTO_BUF b = BUF_INIT(400);
	i18n_add_num(&digits, page->lang, (int64_t)n);
	str arg = buf_str(&digits);
	i18n_add_filled(&b, i18n_plural(page->lang, unit, n), &arg, 1);
	return arena_str(page->arena, buf_str(&b));
}

str prices_ways(const struct site_page *page, uint16_t bits, bool payout)
{
	AUTO_BUF b = BUF_INIT(1000);
	for (size_t i = 0; prices_pay_in_slugs[i]; i++) {
		if (!(bits >> i & 1))
			continue;
		if (b.n)
			buf_addz(&b, page->lang == LANG_AR ? "، " : ", ");
		buf_add(&b, i18n_text(page->lang, payout ? prices_payout_name(i) : prices_pay_in_name(i)));
	}
	return arena_str(page->arena, buf_str(&b));
}

str prices_holiday_name(const struct site_page *page, const struct prices_holiday *h)
{
	struct str_split it = str_split_on(h->names, ';');
	str part, lang = str_of(lang_code(page->lang));
	while (str_next(&it, &part))
		if (str_starts(part, lang) && part.n > lang.n && part.p[lang.n] == '=')
			return str_sub(part, lang.n + 1, part.n);
	return h->name;
}

str prices_language_name(str code)
{
	static const char *const names[][2] = {{"nl", "Nederlands"}, {"en", "English"}, {"fr", "Français"}, {"tr", "Türkçe"},
	    {"ar", "العربية"}, {"es", "Español"}, {"id", "Bahasa Indonesia"}, {"so", "Soomaali"}, {"ha", "Hausa"},
	    {"yo", "Yorùbá"}, {"ig", "Igbo"}, {"tw", "Twi"}, {"pap", "Papiamentu"}, {"srn", "Sranantongo"},
	    {"zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ"}, {"de", "Deutsch"}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(code, names[i][0]))
			return str_of(names[i][1]);
	return code;
}
