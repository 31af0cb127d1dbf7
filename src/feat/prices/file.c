/* Reading a question and its offers. Each reader takes a value and says what it expected there. */
#include "feat/prices/file.h"

#include "base/decimal.h"
#include "base/money.h"
#include "codec/json.h"

enum { WEEKEND = 0x60, PERCENT = 10000 };

const char *const prices_pay_ins[] = {"bank", "ideal", "debit card", "credit card", "cash", "wallet", NULL};
const char *const prices_payouts[] = {"bank", "cash", "mobile wallet", "card", "home delivery", "airtime", NULL};
const char *const prices_fee_models[] = {"unknown", "on top", "deducted", NULL};
const char *const prices_margins[] = {"unknown", "measured", "same currency", NULL};
const char *const prices_methods[] = {"feed", "api", "tariff", "public quote", "mystery shop", "user report", NULL};
const char *const prices_presets[] = {"most received", "soonest", "arrive by", "least to pay", "nearest", "my language",
    "most dependable", NULL};

struct reader {
	const char *file;
	struct arena *a;
	struct prices_case *c;
	struct compare_tier *tiers; /* c's, while they are made */
	struct err *e;
};

static enum err_code wrong(const struct reader *r, const struct json *at, const char *field, const char *expected)
{
	(void)fail(r->e, ERR_INVALID, "prices.file", "%s: %s was expected", field, expected);
	(void)err_field(r->e, field);
	return err_at(r->e, r->file, at ? at->line : 0, at ? at->col : 0);
}

static enum err_code need(const struct reader *r, const struct json *o, const char *key, const struct json **ret_v)
{
	const struct json *v = json_get(o, key);
	if (!v)
		return wrong(r, o, key, "a value, which is missing,");
	*ret_v = v;
	return ERR_OK;
}

/* A number or its text; STR_NONE for anything else. */
static str digits_of(const struct json *v)
{
	return v && (v->kind == JSON_IS_NUMBER || v->kind == JSON_IS_STRING) ? v->text : STR_NONE;
}

static enum err_code text_of(const struct reader *r, const struct json *o, const char *key, str *ret_text)
{
	const struct json *v;
	TRY(need(r, o, key, &v));
	if (v->kind != JSON_IS_STRING || v->text.n == 0)
		return wrong(r, v, key, "a text");
	*ret_text = v->text;
	return ERR_OK;
}

/* An amount of that currency that has no more digits than the currency; absent gives `usual`. */
static enum err_code amount_of(const struct reader *r, const struct json *o, const char *key, str currency, int64_t usual,
    int64_t most, int64_t *ret_minor)
{
	const struct json *v = json_get(o, key);
	money m;
	bool rounded = false;
	*ret_minor = usual;
	if (!v)
		return ERR_OK;
	if (!money_parse(digits_of(v), currency, &m, &rounded) || rounded || m.minor < 0 || m.minor > most)
		return wrong(r, v, key, "an amount such as 4.90, with no more digits than the currency and within the limit,");
	*ret_minor = m.minor;
	return ERR_OK;
}

static enum err_code small_amount_of(const struct reader *r, const struct json *o, const char *key, str currency,
    int32_t *ret_minor)
{
	int64_t v;
	TRY(amount_of(r, o, key, currency, 0, INT32_MAX, &v));
	*ret_minor = (int32_t)v;
	return ERR_OK;
}

/* "1.25" percent as 12,500 millionths. */
static enum err_code percent_of(const struct reader *r, const struct json *o, const char *key, int32_t usual, int32_t *ret_ppm)
{
	const struct json *v = json_get(o, key);
	decimal d;
	int64_t ppm;
	*ret_ppm = usual; /* 1 percent is 10^4 millionths */
	if (!v)
		return ERR_OK;
	if (!decimal_parse(digits_of(v), &d) || !decimal_mul(d, decimal_scaled(PERCENT, 0), &d) || !decimal_to_i64(d, &ppm) || ppm < 0 || ppm > COMPARE_PPM)
		return wrong(r, v, key, "a percentage from 0 to 100 with at most four digits behind the point");
	*ret_ppm = (int32_t)ppm;
	return ERR_OK;
}

static enum err_code whole_of(const struct reader *r, const struct json *o, const char *key, int32_t usual, int32_t *ret_v)
{
	const struct json *v = json_get(o, key);
	int64_t n;
	*ret_v = usual;
	if (!v || v->kind == JSON_IS_NULL)
		return ERR_OK;
	if (!json_to_i64(v, &n) || n < 0 || n > INT32_MAX)
		return wrong(r, v, key, "a whole number, not negative,");
	*ret_v = (int32_t)n;
	return ERR_OK;
}

static enum err_code flag_of(const struct reader *r, const struct json *o, const char *key, bool *ret_flag)
{
	const struct json *v = json_get(o, key);
	*ret_flag = v && v->boolean;
	return !v || v->kind == JSON_IS_BOOL ? ERR_OK : wrong(r, v, key, "true or false");
}

static enum err_code instant_of(const struct reader *r, const struct json *o, const char *key, int64_t *ret_minute)
{
	const struct json *v;
	int64_t ms;
	TRY(need(r, o, key, &v));
	if (!instant_parse(json_text(v), &ms))
		return wrong(r, v, key, "a time such as 2026-04-13T12:00:00Z");
	*ret_minute = ms / 60000;
	return ERR_OK;
}

static enum err_code rate_of(const struct reader *r, const struct json *o, const char *key, struct compare_rate *ret_rate)
{
	const struct json *v;
	TRY(need(r, o, key, &v));
	if (compare_rate_parse(digits_of(v), ret_rate, r->e) != ERR_OK)
		return err_at(r->e, r->file, v->line, v->col);
	return ERR_OK;
}

static int word_at(str word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (str_is(word, words[i]))
			return i;
	return -1;
}

static enum err_code not_a_word(const struct reader *r, const struct json *v, const char *field, const char *const *words)
{
	AUTO_BUF b = BUF_INIT(400);
	for (size_t i = 0; words[i]; i++)
		buf_addf(&b, "%s\"%s\"", i ? ", " : "one of ", words[i]);
	str expected = arena_fmt(r->a, "%.*s", STR_ARG(buf_str(&b)));
	return wrong(r, v, field, expected.p ? expected.p : "another word");
}

/* One of the words; absent gives `usual`, or an error when that is negative. */
static enum err_code word_of(const struct reader *r, const struct json *o, const char *key, const char *const *words, int usual,
    uint8_t *ret_word)
{
	const struct json *v = json_get(o, key);
	if (!v && usual < 0)
		return not_a_word(r, o, key, words);
	int at = v ? word_at(json_text(v), words) : usual;
	if (at < 0)
		return not_a_word(r, v, key, words);
	*ret_word = (uint8_t)at;
	return ERR_OK;
}

/* A list of words as bits; absent gives none. */
static enum err_code words_of(const struct reader *r, const struct json *o, const char *key, const char *const *words,
    uint16_t *ret_bits)
{
	const struct json *v = json_get(o, key);
	uint16_t bits = 0;
	if (v && v->kind != JSON_IS_ARRAY)
		return wrong(r, v, key, "a list of words");
	for (size_t i = 0; v && i < v->n; i++) {
		int at = word_at(json_text(&v->items[i]), words);
		if (at < 0)
			return not_a_word(r, &v->items[i], key, words);
		bits |= (uint16_t)(1u << at);
	}
	*ret_bits = bits;
	return ERR_OK;
}

static enum err_code languages_of(const struct reader *r, const struct json *o, uint32_t *ret_bits)
{
	struct prices_case *c = r->c;
	const struct json *v = json_get(o, "languages");
	uint32_t bits = 0;
	if (v && v->kind != JSON_IS_ARRAY)
		return wrong(r, v, "languages", "a list of language codes");
	for (size_t i = 0; v && i < v->n; i++) {
		str code = json_text(&v->items[i]);
		size_t at = 0;
		while (at < c->n_languages && !str_eq(c->languages[at], code))
			at++;
		if (code.n == 0 || at == PRICES_WORDS_MAX)
			return wrong(r, &v->items[i], "languages", "a language code, and at most 32 different ones in a file,");
		if (at == c->n_languages)
			c->languages[c->n_languages++] = code;
		bits |= 1u << at;
	}
	*ret_bits = bits;
	return ERR_OK;
}

static enum err_code read_side(const struct reader *r, const struct json *root, const char *key, str *ret_country,
    str *ret_currency, uint8_t *ret_digits)
{
	const struct json *side;
	TRY(need(r, root, key, &side));
	TRY(text_of(r, side, "country", ret_country));
	TRY(text_of(r, side, "currency", ret_currency));
	if (!currency_valid(*ret_currency))
		return wrong(r, json_get(side, "currency"), "currency", "a code of ISO 4217 such as EUR");
	*ret_digits = (uint8_t)money_exponent(*ret_currency);
	return ERR_OK;
}

static enum err_code read_benchmark(const struct reader *r, const struct json *root)
{
	struct prices_case *c = r->c;
	const struct json *b = json_get(root, "benchmark");
	if (!b)
		return ERR_OK;
	TRY(rate_of(r, b, "rate", &c->pair.benchmark));
	TRY(text_of(r, b, "source", &c->benchmark_source));
	if (!date_parse(json_text(json_get(b, "date")), &c->benchmark_date))
		return wrong(r, b, "date", "a date such as 2026-04-13");
	c->pair.has_benchmark = true;
	return ERR_OK;
}

/* "weekends": {"SO": ["fri"]}; absent: Saturday and Sunday. */
static enum err_code read_weekend(const struct reader *r, const struct json *root, str country, uint8_t *ret)
{
	const struct json *all = json_get(root, "weekends");
	*ret = WEEKEND;
	for (size_t i = 0; all && i < all->n && all->kind == JSON_IS_OBJECT; i++) {
		if (!str_eq(all->keys[i], country))
			continue;
		if (all->items[i].kind != JSON_IS_ARRAY)
			return wrong(r, &all->items[i], "weekends", "a list of days such as \"fri\"");
		*ret = 0;
		for (size_t k = 0; k < all->items[i].n; k++) {
			int day = word_at(json_text(&all->items[i].items[k]), prices_weekdays);
			if (day < 0)
				return not_a_word(r, &all->items[i].items[k], "weekends", prices_weekdays);
			*ret |= (uint8_t)(1u << day);
		}
	}
	return ERR_OK;
}

static enum err_code read_calendar(const struct reader *r, const struct json *root, str country, struct compare_calendar *dst)
{
	const struct json *all = json_get(root, "holidays"), *days = NULL;
	for (size_t i = 0; all && i < all->n && all->kind == JSON_IS_OBJECT; i++)
		if (str_eq(all->keys[i], country))
			days = &all->items[i];
	*dst = (struct compare_calendar){0};
	TRY(read_weekend(r, root, country, &dst->weekend));
	if (!days)
		return ERR_OK;
	int32_t *list = ARENA_ARRAY(r->a, days->n + 1, int32_t);
	if (!list)
		return arena_fail(r->a, r->e);
	for (size_t i = 0; i < days->n; i++) {
		date d;
		if (!date_parse(json_text(&days->items[i]), &d) || (i && d.day <= list[i - 1]))
			return wrong(r, &days->items[i], "holidays", "a date such as 2026-04-27, later than the one before it,");
		list[i] = d.day;
	}
	dst->holidays = list;
	dst->n = days->n;
	return ERR_OK;
}

static enum err_code read_question(const struct reader *r, const struct json *root)
{
	struct prices_case *c = r->c;
	struct compare_question *q = &c->question;
	const struct json *o;
	uint8_t preset;
	TRY(need(r, root, "question", &o));
	q->receive = json_get(o, "receive") != NULL;
	if (q->receive == (json_get(o, "send") != NULL))
		return wrong(r, o, "question", "either \"send\" or \"receive\" with an amount");
	TRY(q->receive ? amount_of(r, o, "receive", c->receive_currency, 0, COMPARE_RECEIPT_MAX, &q->amount)
		       : amount_of(r, o, "send", c->send_currency, 0, COMPARE_AMOUNT_MAX, &q->amount));
	TRY(word_of(r, o, "preset", prices_presets, COMPARE_MOST_RECEIVED, &preset));
	q->preset = (enum compare_preset)preset;
	TRY(words_of(r, o, "pay_in", prices_pay_ins, &q->pay_in));
	TRY(words_of(r, o, "payout", prices_payouts, &q->payout));
	TRY(languages_of(r, o, &q->languages));
	TRY(flag_of(r, o, "first_transfer", &q->first_transfer));
	TRY(instant_of(r, o, "at", &q->now));
	if (q->preset == COMPARE_ARRIVE_BY)
		TRY(instant_of(r, o, "arrive_by", &q->arrive_by));
	TRY(read_calendar(r, root, c->send_country, &c->calendars[0]));
	TRY(read_calendar(r, root, c->receive_country, &c->calendars[1]));
	q->from = &c->calendars[0];
	q->to = &c->calendars[1];
	q->ages = compare_ages_usual;
	return ERR_OK;
}

static enum err_code read_tiers(const struct reader *r, const struct json *o, struct compare_offer *x, size_t *n_tiers)
{
	struct prices_case *c = r->c;
	const struct json *list;
	TRY(need(r, o, "tiers", &list));
	if (list->kind != JSON_IS_ARRAY || list->n == 0 || list->n > COMPARE_TIERS_MAX)
		return wrong(r, list, "tiers", "a list of 1 to 64 steps");
	x->tiers = (uint32_t)*n_tiers;
	x->n_tiers = (uint8_t)list->n;
	for (size_t i = 0; i < list->n; i++) {
		const struct json *t = &list->items[i];
		struct compare_tier *dst = &r->tiers[(*n_tiers)++];
		TRY(amount_of(r, t, "upto", c->send_currency, COMPARE_AMOUNT_MAX, COMPARE_AMOUNT_MAX, &dst->upto));
		TRY(small_amount_of(r, t, "fixed", c->send_currency, &dst->fixed));
		TRY(small_amount_of(r, t, "least", c->send_currency, &dst->least));
		TRY(small_amount_of(r, t, "most", c->send_currency, &dst->most));
		TRY(percent_of(r, t, "percent", 0, &dst->share_ppm));
	}
	return ERR_OK;
}

static enum err_code read_flags(const struct reader *r, const struct json *o, struct compare_offer *x, struct prices_label *l)
{
	static const struct {
		const char *key;
		uint8_t flag;
	} flags[] = {{"round_down", COMPARE_FLOOR}, {"business_days", COMPARE_BUSINESS_DAYS},
	    {"first_transfer", COMPARE_FIRST_TRANSFER}, {"licensed", COMPARE_LICENSED}};
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		bool on;
		TRY(flag_of(r, o, flags[i].key, &on));
		x->flags |= on ? flags[i].flag : 0;
	}
	return flag_of(r, o, "example", &l->example);
}

/* The figures of an offer that do not come from its tariff. */
static enum err_code read_terms(const struct reader *r, const struct json *o, struct compare_offer *x)
{
	struct prices_case *c = r->c;
	struct compare_rate rate = {0};
	TRY(word_of(r, o, "fee_model", prices_fee_models, -1, &x->fee_model));
	TRY(word_of(r, o, "margin", prices_margins, -1, &x->margin));
	TRY(word_of(r, o, "method", prices_methods, -1, &x->method));
	if (x->margin != COMPARE_MARGIN_UNKNOWN)
		TRY(rate_of(r, o, "rate", &rate));
	x->rate = rate.digits;
	x->rate_scale = rate.scale;
	const struct json *fee = json_get(o, "receive_fee");
	if (fee && fee->kind != JSON_IS_NULL)
		TRY(small_amount_of(r, o, "receive_fee", c->receive_currency, &x->receive_fee));
	else
		x->receive_fee = -1;
	TRY(amount_of(r, o, "least", c->send_currency, 0, COMPARE_AMOUNT_MAX, &x->least));
	TRY(amount_of(r, o, "most", c->send_currency, 0, COMPARE_AMOUNT_MAX, &x->most));
	TRY(words_of(r, o, "pay_in", prices_pay_ins, &x->pay_in));
	TRY(words_of(r, o, "payout", prices_payouts, &x->payout));
	TRY(languages_of(r, o, &x->languages));
	TRY(whole_of(r, o, "soonest_minutes", -1, &x->soonest));
	TRY(whole_of(r, o, "latest_minutes", -1, &x->latest));
	TRY(whole_of(r, o, "distance_m", -1, &x->distance_m));
	TRY(percent_of(r, o, "dependable_percent", -1, &x->dependable_ppm));
	return instant_of(r, o, "collected_at", &x->collected);
}

static enum err_code read_offer(const struct reader *r, const struct json *o, size_t i, size_t *n_tiers)
{
	struct prices_case *c = r->c;
	struct compare_offer *x = &c->offers[i];
	*x = (struct compare_offer){.id = (uint32_t)i};
	c->labels[i] = (struct prices_label){0};
	TRY(text_of(r, o, "id", &c->labels[i].id));
	TRY(text_of(r, o, "provider", &c->labels[i].provider));
	TRY(read_terms(r, o, x));
	TRY(read_flags(r, o, x, &c->labels[i]));
	TRY(read_tiers(r, o, x, n_tiers));
	if (x->collected > c->question.now)
		return wrong(r, json_get(o, "collected_at"), "collected_at", "a time before that of the question");
	if (compare_offer_check(x, c->tiers + x->tiers, r->e) != ERR_OK)
		return err_at(r->e, r->file, o->line, o->col);
	return ERR_OK;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* Providers are numbered in the order of the bytes of their names, so that the order of the file does not matter; ids likewise. */
static enum err_code number_texts(const struct reader *r)
{
	struct prices_case *c = r->c;
	str *names = ARENA_ARRAY(r->a, c->n + 1, str), *ids = ARENA_ARRAY(r->a, c->n + 1, str);
	if (!names || !ids)
		return arena_fail(r->a, r->e);
	for (size_t i = 0; i < c->n; i++) {
		names[i] = c->labels[i].provider;
		ids[i] = c->labels[i].id;
	}
	qsort(names, c->n, sizeof *names, by_text);
	qsort(ids, c->n, sizeof *ids, by_text);
	for (size_t i = 1; i < c->n; i++)
		if (str_eq(ids[i], ids[i - 1])) {
			(void)fail(r->e, ERR_INVALID, "prices.file", "two offers have the id %.*s", STR_ARG(ids[i]));
			return err_at(r->e, r->file, 0, 0);
		}
	for (size_t i = 0; i < c->n; i++) {
		const str *name = bsearch(&c->labels[i].provider, names, c->n, sizeof *names, by_text);
		const str *id = bsearch(&c->labels[i].id, ids, c->n, sizeof *ids, by_text);
		while (name > names && str_eq(name[-1], *name))
			name--;
		c->offers[i].provider = (uint32_t)(name - names);
		c->offers[i].id = (uint32_t)(id - ids);
	}
	return ERR_OK;
}

static enum err_code read_offers(struct reader *r, const struct json *root)
{
	struct prices_case *c = r->c;
	const struct json *list;
	size_t tiers = 0, n_tiers = 0;
	TRY(need(r, root, "offers", &list));
	if (list->kind != JSON_IS_ARRAY || list->n == 0 || list->n > PRICES_OFFERS_MAX)
		return wrong(r, list, "offers", "a list of 1 to 10,000 offers");
	for (size_t i = 0; i < list->n; i++) {
		const struct json *t = json_get(&list->items[i], "tiers");
		tiers += t ? t->n : 0;
	}
	c->n = list->n;
	c->offers = ARENA_ARRAY(r->a, c->n, struct compare_offer);
	c->labels = ARENA_ARRAY(r->a, c->n, struct prices_label);
	c->tiers = r->tiers = ARENA_ARRAY(r->a, tiers + 1, struct compare_tier);
	if (!c->offers || !c->labels || !c->tiers)
		return arena_fail(r->a, r->e);
	for (size_t i = 0; i < c->n; i++)
		TRY(read_offer(r, &list->items[i], i, &n_tiers));
	return number_texts(r);
}

enum err_code prices_case_read(str text, const char *name, struct arena *a, struct prices_case *ret_case, struct err *e)
{
	const struct json *root;
	const struct json_limits limits = {.max_bytes = PRICES_FILE_BYTES};
	struct prices_case *c = ret_case;
	struct reader r = {name, a, c, NULL, e};
	*c = (struct prices_case){.benchmark_date = DATE_NONE, .from_file = true};
	TRY(json_read(text, name, &limits, a, &root, e));
	if (root->kind != JSON_IS_OBJECT)
		return wrong(&r, root, "file", "an object with send, receive, question and offers");
	TRY(read_side(&r, root, "send", &c->send_country, &c->send_currency, &c->pair.send_digits));
	TRY(read_side(&r, root, "receive", &c->receive_country, &c->receive_currency, &c->pair.receive_digits));
	TRY(read_benchmark(&r, root));
	TRY(read_question(&r, root));
	return read_offers(&r, root);
}
