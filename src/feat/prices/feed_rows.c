/* What each column of a feed may hold, and rows of cells into values. */
#include "base/decimal.h"
#include "base/money.h"
#include "engine/i18n/i18n.h"
#include "feat/prices/experience.h"
#include "feat/prices/feed_inside.h"
#include "feat/prices/currencies.h"

#include <inttypes.h>
#include <stdio.h>

enum { YEAR_MIN = 1990, YEAR_MAX = 2200, MINUTES_MAX = 90 * 24 * 60, RECEIVE_FEE_MAX = INT32_MAX };

#define NEED(nm) {nm, true}
#define MAY(nm) {nm, false}
#define TAIL(nm) nm##_CORRECTION, nm##_EXAMPLE, nm##_COLUMNS
#define TAIL_COLUMNS MAY("correction"), MAY("example")

enum { P_PROVIDER, P_NAME, P_LEGAL, P_KIND, P_COUNTRY, P_SUPERVISOR, P_NUMBER, P_LICENSED, P_FOUNDED, P_COMPLAINTS, P_LANGUAGES, P_WEBSITE,
       P_OWNERS, P_RELATION, P_NOTE, TAIL(P) };
static const struct feed_column provider_columns[] = {NEED("provider"), NEED("name"), MAY("legal_name"), NEED("type"), MAY("country"),
    MAY("supervisor"), MAY("register_number"), NEED("licensed"), MAY("founded"), MAY("complaints"), MAY("languages"), MAY("website"),
    MAY("owners"), NEED("relation"), MAY("note"), TAIL_COLUMNS};

enum { O_PROVIDER, O_OFFER, O_SEND_COUNTRY, O_SEND_CURRENCY, O_RECEIVE_COUNTRY, O_RECEIVE_CURRENCY, O_PRODUCT, O_PAY_IN, O_PAYOUT, O_ACCESS,
       O_FEE_MODEL, O_TARIFF, O_LEAST, O_MOST, O_RECEIVE_FEE, O_SOONEST, O_LATEST, O_BUSINESS, O_DOWN, O_FIRST, O_TRACKING, O_LANGUAGES,
       O_IDENTIFICATION, O_REFUNDS, O_MARGIN, O_RATE, O_COLLECTED, O_QUOTED, O_UPDATED, O_VALID, O_METHOD, O_AVAILABILITY, O_ASKED, O_FEE,
       O_GETS, O_FEE_CURRENCY, O_PROMO_FEE, O_PROMO_RATE, O_URL, O_PAYLOAD, O_COLLECTOR, TAIL(O) };
static const struct feed_column offer_columns[] = {NEED("provider"), NEED("offer"), NEED("send_country"), NEED("send_currency"),
    NEED("receive_country"), NEED("receive_currency"), MAY("product"), NEED("pay_in"), NEED("payout"), MAY("access_point"),
    NEED("fee_model"), NEED("tariff"), MAY("least"), MAY("most"), MAY("receive_fee"), MAY("soonest_minutes"), MAY("latest_minutes"),
    MAY("business_days"), MAY("round_down"), MAY("first_transfer"), MAY("tracking"), MAY("languages"), MAY("identification"),
    MAY("refunds"), NEED("margin"), MAY("rate"), NEED("collected_at"), MAY("quoted_at"), MAY("updated_at"), MAY("valid_until"),
    NEED("method"), MAY("availability"), MAY("asked"), MAY("fee"), MAY("gets"), MAY("fee_currency"), MAY("promotional_fee"),
    MAY("promotional_rate"), MAY("url"), MAY("payload_sha256"), MAY("collector"), TAIL_COLUMNS};

enum { L_PROVIDER, L_LOCATION, L_COUNTRY, L_PLACE, L_ADDRESS, L_LATITUDE, L_LONGITUDE, L_HOURS, L_SERVICES, L_LIMIT, L_CURRENCY, L_WHEELCHAIR,
       L_LANGUAGES, L_CONFIRMED, L_CLOSED, TAIL(L) };
static const struct feed_column location_columns[] = {NEED("provider"), NEED("location"), NEED("country"), NEED("place"), MAY("address"),
    MAY("latitude"), MAY("longitude"), MAY("hours"), MAY("services"), MAY("cash_limit"), MAY("currency"), MAY("wheelchair"),
    MAY("languages"), NEED("confirmed"), MAY("closed"), TAIL_COLUMNS};

enum { S_PROVIDER, S_SEND, S_RECEIVE, S_YEAR, S_SHARE, S_SOURCE, TAIL(S) };
static const struct feed_column share_columns[] = {NEED("provider"), NEED("send_country"), NEED("receive_country"), NEED("year"),
    NEED("share_percent"), NEED("source"), TAIL_COLUMNS};

enum { R_PROVIDER, R_PROMOTION, R_OFFER, R_TEXT, R_CODE, R_STARTS, R_ENDS, R_SOURCE, R_APPROVED, TAIL(R) };
static const struct feed_column promotion_columns[] = {NEED("provider"), NEED("promotion"), MAY("offer"), NEED("text"), MAY("code"),
    NEED("starts"), MAY("ends"), NEED("source"), NEED("approved_by"), TAIL_COLUMNS};

enum { C_COUNTRY, C_WEEKEND, C_FIRST, C_LAST, C_SOURCE, TAIL(C) };
static const struct feed_column calendar_columns[] = {NEED("country"), NEED("weekend"), NEED("first_year"), NEED("last_year"),
    NEED("source"), TAIL_COLUMNS};

enum { H_COUNTRY, H_DATE, H_NAME, H_NAMES, H_EXPECTED, H_WORKS, TAIL(H) };
static const struct feed_column holiday_columns[] = {NEED("country"), NEED("date"), NEED("name"), MAY("names"), MAY("expected"),
    MAY("works"), TAIL_COLUMNS};

enum { E_PROVIDER, E_EXPERIENCE, E_COUNTRY, E_DAY, E_ARRIVED, E_SPEED, E_PRICE, E_HELP, E_TEXT, E_LANGUAGE, E_VERIFICATION, E_REPLY, E_RELEASED,
       E_WITHDRAWN, TAIL(E) };
static const struct feed_column experience_columns[] = {NEED("provider"), NEED("experience"), MAY("country"), NEED("day"), NEED("arrived"),
    MAY("speed"), MAY("price"), MAY("help"), MAY("text"), NEED("language"), NEED("verification"), MAY("reply"), NEED("released_by"),
    MAY("withdrawn"), TAIL_COLUMNS};

#define TABLE(c) {c, sizeof(c) / sizeof *(c)}
const struct feed_table feed_tables[FEED_KINDS] = {
    [FEED_PROVIDERS] = TABLE(provider_columns),
    [FEED_OFFERS] = TABLE(offer_columns),
    [FEED_LOCATIONS] = TABLE(location_columns),
    [FEED_SHARES] = TABLE(share_columns),
    [FEED_PROMOTIONS] = TABLE(promotion_columns),
    [FEED_CALENDARS] = TABLE(calendar_columns),
    [FEED_HOLIDAYS] = TABLE(holiday_columns),
    [FEED_EXPERIENCES] = TABLE(experience_columns),
};
_Static_assert(sizeof offer_columns / sizeof *offer_columns == O_COLUMNS, "columns and their numbers");
_Static_assert(sizeof offer_columns / sizeof *offer_columns <= FEED_COLUMNS_MAX, "room for all columns");
_Static_assert(sizeof provider_columns / sizeof *provider_columns == P_COLUMNS, "columns and their numbers");
_Static_assert(sizeof location_columns / sizeof *location_columns == L_COLUMNS, "columns and their numbers");
_Static_assert(sizeof share_columns / sizeof *share_columns == S_COLUMNS, "columns and their numbers");
_Static_assert(sizeof promotion_columns / sizeof *promotion_columns == R_COLUMNS, "columns and their numbers");
_Static_assert(sizeof calendar_columns / sizeof *calendar_columns == C_COLUMNS, "columns and their numbers");
_Static_assert(sizeof experience_columns / sizeof *experience_columns == E_COLUMNS, "columns and their numbers");
_Static_assert(sizeof holiday_columns / sizeof *holiday_columns == H_COLUMNS, "columns and their numbers");

const char *const prices_weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};
static const char *const provider_kinds[] = {"bank", "money transfer operator", "mobile operator", "post office", "other", NULL};
const char *const prices_availabilities[] = {"observed", "no service", "blocked", "unobservable", "error", NULL};

typedef const struct feed_record *record;

static str cell(record x, int c)
{
	return x->cells[c].text;
}

static enum err_code wrong(record x, int c, const char *expected)
{
	const char *name = feed_tables[x->kind].columns[c].name;
	str v = cell(x, c);
	(void)fail(x->e, ERR_INVALID, "feed.cell", "%s: %s was expected, not \"%.*s\"", name, expected, (int)(v.n > 60 ? 60 : v.n),
	    v.n ? v.p : "");
	(void)err_field(x->e, name);
	return err_at(x->e, x->r->file, x->cells[c].line, x->cells[c].col);
}

static enum err_code text(record x, int c, size_t max, str *ret)
{
	str v = cell(x, c);
	if (feed_tables[x->kind].columns[c].required && v.n == 0)
		return wrong(x, c, "a text");
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] < ' ')
			return wrong(x, c, "a text of one line");
	if (v.n > max)
		return wrong(x, c, max == FEED_KEY_MAX ? "a text of at most 80 bytes" : "a text of at most 400 bytes");
	*ret = v;
	return ERR_OK;
}

static enum err_code key(record x, int c, str *ret)
{
	str v = cell(x, c);
	bool good = v.n > 0 && v.n <= FEED_KEY_MAX;
	for (size_t i = 0; good && i < v.n; i++) {
		char k = v.p[i];
		good = (k >= 'a' && k <= 'z') || (k >= '0' && k <= '9') || (i && (k == '-' || k == '.' || k == '_'));
	}
	if (!good)
		return wrong(x, c, "a key of at most 80 lower-case letters, digits, hyphens, points and underscores");
	*ret = v;
	return ERR_OK;
}

static enum err_code nation(record x, int c, str *ret)
{
	str v = cell(x, c);
	if (!(v.n == 0 && !feed_tables[x->kind].columns[c].required) && !i18n_country_known(v))
		return wrong(x, c, "a country as two capital letters of ISO 3166-1");
	*ret = v;
	return ERR_OK;
}

static enum err_code currency(record x, int c, date on, str *ret)
{
	str v = cell(x, c);
	if (!currency_valid(v))
		return wrong(x, c, "a currency as three capital letters of ISO 4217");
	if (!currency_in_use(v, on))
		return wrong(x, c, "a currency that was in use on that day");
	*ret = v;
	return ERR_OK;
}

static enum err_code flag(record x, int c, bool *ret)
{
	str v = cell(x, c);
	*ret = str_is(v, "yes");
	if ((v.n == 0 && !feed_tables[x->kind].columns[c].required) || *ret || str_is(v, "no"))
		return ERR_OK;
	return wrong(x, c, "yes or no");
}

static enum err_code maybe_flag(record x, int c, int8_t *ret)
{
	bool on = false;
	TRY(flag(x, c, &on));
	*ret = cell(x, c).n == 0 ? -1 : on;
	return ERR_OK;
}

/* -1 when the cell is empty. */
static enum err_code amount(record x, int c, str code, int64_t most, int64_t *ret)
{
	str v = cell(x, c);
	money m;
	bool rounded = false;
	*ret = -1;
	if (v.n == 0)
		return ERR_OK;
	if (v.p[0] == '-')
		return wrong(x, c, "an amount that is not negative");
	if (!feed_is_plain(v))
		return wrong(x, c, "an amount in digits such as 1250.50");
	if (!money_parse(v, code, &m, &rounded) || rounded || m.minor > most)
		return wrong(x, c, "an amount within the limit, with no more digits than the currency has");
	*ret = m.minor;
	return ERR_OK;
}

static enum err_code whole(record x, int c, int64_t least, int64_t most, int32_t usual, int32_t *ret)
{
	str v = cell(x, c);
	int64_t n = 0;
	*ret = usual;
	if (v.n == 0 && !feed_tables[x->kind].columns[c].required)
		return ERR_OK;
	if (!feed_is_plain(v) || !str_to_i64(v, &n) || n < least || n > most)
		return wrong(x, c, "a whole number within reason");
	*ret = (int32_t)n;
	return ERR_OK;
}

static int word_at(str word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (str_is(word, words[i]))
			return i;
	return -1;
}

static enum err_code not_a_word(record x, int c, const char *const *words)
{
	char expected[256];
	size_t n = 0;
	for (size_t i = 0; words[i] && n < sizeof expected - 1; i++)
		n += (size_t)snprintf(expected + n, sizeof expected - n, "%s\"%s\"", i ? ", " : "one of ", words[i]);
	return wrong(x, c, expected);
}

static enum err_code word(record x, int c, const char *const *words, uint8_t *ret)
{
	int at = word_at(cell(x, c), words);
	if (cell(x, c).n == 0 && !feed_tables[x->kind].columns[c].required)
		at = 0;
	if (at < 0)
		return not_a_word(x, c, words);
	*ret = (uint8_t)at;
	return ERR_OK;
}

static enum err_code words(record x, int c, const char *const *list, uint16_t *ret)
{
	struct str_split it = str_split_on(cell(x, c), ';');
	str part;
	*ret = 0;
	while (str_next(&it, &part)) {
		int at = word_at(str_trim(part), list);
		if (at < 0)
			return not_a_word(x, c, list);
		*ret |= (uint16_t)(1u << at);
	}
	return *ret ? ERR_OK : not_a_word(x, c, list);
}

static enum err_code languages(record x, int c, str *ret)
{
	struct str_split it = str_split_on(cell(x, c), ';');
	str part;
	while (str_next(&it, &part)) {
		part = str_trim(part);
		if (part.n != 2 || part.p[0] < 'a' || part.p[0] > 'z' || part.p[1] < 'a' || part.p[1] > 'z')
			return wrong(x, c, "languages as two lower-case letters of ISO 639-1, ; between,");
	}
	return text(x, c, FEED_TEXT_MAX, ret);
}

static enum err_code web(record x, int c, str *ret)
{
	TRY(text(x, c, FEED_TEXT_MAX, ret));
	if (ret->n && ((!str_starts(*ret, STR("https://")) && !str_starts(*ret, STR("http://"))) || str_find_char(*ret, ' ') >= 0))
		return wrong(x, c, "an address that begins with https://");
	return ERR_OK;
}

static enum err_code moment(record x, int c, bool may_be_later, int64_t *ret)
{
	str v = cell(x, c);
	*ret = PRICES_UNKNOWN;
	if (v.n == 0 && !feed_tables[x->kind].columns[c].required)
		return ERR_OK;
	if (!instant_parse(v, ret))
		return wrong(x, c, "a time such as 2026-04-13T12:00:00Z");
	if (!may_be_later && *ret > x->r->now_ms + FEED_FUTURE_MS)
		return wrong(x, c, "a time that is not in the future");
	return ERR_OK;
}

static enum err_code day(record x, int c, bool may_be_later, date *ret)
{
	*ret = DATE_NONE;
	if (cell(x, c).n == 0 && !feed_tables[x->kind].columns[c].required)
		return ERR_OK;
	if (!date_parse(cell(x, c), ret))
		return wrong(x, c, "a date such as 2026-04-13");
	if (!may_be_later && ret->day > date_of_instant(x->r->now_ms).day)
		return wrong(x, c, "a day that is not in the future");
	return ERR_OK;
}

/* ---- kinds ---- */

static enum err_code to_provider(record x, struct feed_provider *p)
{
	uint8_t kind;
	TRY(key(x, P_PROVIDER, &p->key));
	TRY(text(x, P_NAME, FEED_KEY_MAX, &p->name));
	TRY(word(x, P_KIND, provider_kinds, &kind));
	p->kind = str_of(provider_kinds[kind]);
	TRY(nation(x, P_COUNTRY, &p->country));
	TRY(flag(x, P_LICENSED, &p->licensed));
	TRY(languages(x, P_LANGUAGES, &p->languages));
	TRY(web(x, P_WEBSITE, &p->website));
	if (!str_is(cell(x, P_RELATION), "none"))
		return wrong(x, P_RELATION, "\"none\", for nobody who pays or owns us is compared,");
	const struct {
		int column;
		str *to;
	} texts[] = {{P_LEGAL, &p->legal_name}, {P_SUPERVISOR, &p->supervisor}, {P_NUMBER, &p->register_number}, {P_FOUNDED, &p->founded},
	    {P_COMPLAINTS, &p->complaints}, {P_OWNERS, &p->owners}, {P_NOTE, &p->note}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		TRY(text(x, texts[i].column, FEED_TEXT_MAX, texts[i].to));
	return ERR_OK;
}

static enum err_code terms(record x, struct feed_offer *o)
{
	date on = date_of_instant(o->collected);
	TRY(key(x, O_PROVIDER, &o->provider));
	TRY(key(x, O_OFFER, &o->key));
	TRY(nation(x, O_SEND_COUNTRY, &o->send_country));
	TRY(nation(x, O_RECEIVE_COUNTRY, &o->receive_country));
	TRY(currency(x, O_SEND_CURRENCY, on, &o->send_currency));
	TRY(currency(x, O_RECEIVE_CURRENCY, on, &o->receive_currency));
	if (cell(x, O_FEE_CURRENCY).n && !str_eq(cell(x, O_FEE_CURRENCY), o->send_currency))
		return wrong(x, O_FEE_CURRENCY, "the currency that is sent (a fee in another one has no place here)");
	TRY(words(x, O_PAY_IN, prices_pay_ins, &o->pay_in));
	TRY(words(x, O_PAYOUT, prices_payouts, &o->payout));
	TRY(word(x, O_FEE_MODEL, prices_fee_models, &o->fee_model));
	TRY(amount(x, O_LEAST, o->send_currency, COMPARE_AMOUNT_MAX, &o->least));
	TRY(amount(x, O_MOST, o->send_currency, COMPARE_AMOUNT_MAX, &o->most));
	TRY(amount(x, O_RECEIVE_FEE, o->receive_currency, RECEIVE_FEE_MAX, &o->receive_fee));
	TRY(whole(x, O_SOONEST, 0, MINUTES_MAX, -1, &o->soonest));
	TRY(whole(x, O_LATEST, 0, MINUTES_MAX, -1, &o->latest));
	TRY(flag(x, O_BUSINESS, &o->business_days));
	TRY(flag(x, O_DOWN, &o->round_down));
	TRY(flag(x, O_FIRST, &o->first_transfer));
	TRY(maybe_flag(x, O_TRACKING, &o->tracking));
	TRY(languages(x, O_LANGUAGES, &o->languages));
	TRY(text(x, O_PRODUCT, FEED_TEXT_MAX, &o->product));
	TRY(text(x, O_ACCESS, FEED_TEXT_MAX, &o->access_point));
	TRY(text(x, O_IDENTIFICATION, FEED_TEXT_MAX, &o->identification));
	TRY(text(x, O_REFUNDS, FEED_TEXT_MAX, &o->refunds));
	if (feed_tariff(cell(x, O_TARIFF), o->send_currency, x->r->a, &o->tiers, &o->n_tiers, x->e) == ERR_OK)
		return ERR_OK;
	(void)err_field(x->e, "tariff");
	return err_at(x->e, x->r->file, x->cells[O_TARIFF].line, x->cells[O_TARIFF].col);
}

static enum err_code rate(record x, struct feed_offer *o)
{
	str v = cell(x, O_RATE);
	bool same = str_eq(o->send_currency, o->receive_currency);
	TRY(word(x, O_MARGIN, prices_margins, &o->margin));
	if (o->margin == COMPARE_MARGIN_UNKNOWN)
		return v.n == 0 ? ERR_OK : wrong(x, O_RATE, "nothing, since the margin is said to be unknown,");
	if (same != (o->margin == COMPARE_MARGIN_SAME_CURRENCY))
		return wrong(x, O_MARGIN, same ? "\"same currency\" or \"unknown\"" : "\"measured\" or \"unknown\", as the currencies differ,");
	if (v.n == 0)
		return wrong(x, O_RATE, "the rate that is applied");
	if (v.p[0] == '-' || !feed_is_plain(v) || compare_rate_parse(v, &o->rate, NULL) != ERR_OK)
		return wrong(x, O_RATE, "a rate above 0 in digits such as 69.30");
	if (same && (o->rate.digits != 1 || o->rate.scale))
		return wrong(x, O_RATE, "1, as the currency is the same,");
	o->rate_text = v;
	return ERR_OK;
}

static enum err_code seen(record x, struct feed_offer *o)
{
	TRY(moment(x, O_QUOTED, false, &o->quoted));
	TRY(moment(x, O_UPDATED, false, &o->updated));
	TRY(moment(x, O_VALID, true, &o->valid_until));
	TRY(word(x, O_METHOD, prices_methods, &o->method));
	TRY(word(x, O_AVAILABILITY, prices_availabilities, &o->availability));
	TRY(amount(x, O_ASKED, o->send_currency, COMPARE_AMOUNT_MAX, &o->asked));
	TRY(amount(x, O_FEE, o->send_currency, COMPARE_AMOUNT_MAX, &o->fee));
	TRY(amount(x, O_GETS, o->receive_currency, COMPARE_RECEIPT_MAX, &o->gets));
	TRY(flag(x, O_PROMO_FEE, &o->promotional_fee));
	TRY(flag(x, O_PROMO_RATE, &o->promotional_rate));
	TRY(web(x, O_URL, &o->url));
	TRY(text(x, O_COLLECTOR, FEED_TEXT_MAX, &o->collector));
	if (o->asked == 0)
		return wrong(x, O_ASKED, "an amount above 0");
	if (o->gets >= 0 && o->asked < 0)
		return wrong(x, O_ASKED, "the amount for which so much was said to arrive");
	if (cell(x, O_PAYLOAD).n && !sha256_parse(cell(x, O_PAYLOAD), &o->payload))
		return wrong(x, O_PAYLOAD, "a SHA-256 as 64 hexadecimal digits");
	return ERR_OK;
}

/* What the comparison asks of an offer. */
static enum err_code usable(record x, const struct feed_offer *o)
{
	const struct compare_offer c = {.rate = o->rate.digits, .rate_scale = o->rate.scale, .least = o->least < 0 ? 0 : o->least,
	    .most = o->most < 0 ? 0 : o->most, .soonest = o->soonest, .latest = o->latest, .n_tiers = o->n_tiers, .margin = o->margin};
	if (compare_offer_check(&c, o->tiers, x->e) == ERR_OK)
		return ERR_OK;
	return err_at(x->e, x->r->file, x->line, x->col);
}

static enum err_code to_offer(record x, struct feed_offer *o)
{
	o->rate_text = STR_NONE;
	TRY(moment(x, O_COLLECTED, false, &o->collected));
	TRY(terms(x, o));
	TRY(rate(x, o));
	TRY(seen(x, o));
	return usable(x, o);
}

/* "52.3702" within a range of degrees; kept as written. */
static enum err_code degrees(record x, int c, int64_t most, str *ret)
{
	str v = cell(x, c), digits = v.n && v.p[0] == '-' ? str_sub(v, 1, v.n) : v;
	decimal d;
	*ret = v;
	if (v.n && (!feed_is_plain(digits) || v.n > 16 || !decimal_parse(digits, &d) || decimal_cmp(d, decimal_of(most)) > 0))
		return wrong(x, c, "degrees such as 52.3702");
	return ERR_OK;
}

static enum err_code to_location(record x, struct feed_location *l)
{
	TRY(key(x, L_PROVIDER, &l->provider));
	TRY(key(x, L_LOCATION, &l->key));
	TRY(nation(x, L_COUNTRY, &l->country));
	TRY(text(x, L_PLACE, FEED_TEXT_MAX, &l->place));
	TRY(degrees(x, L_LATITUDE, 90, &l->latitude));
	TRY(degrees(x, L_LONGITUDE, 180, &l->longitude));
	if ((l->latitude.n == 0) != (l->longitude.n == 0))
		return wrong(x, l->latitude.n ? L_LONGITUDE : L_LATITUDE, "the other half of the place");
	TRY(day(x, L_CONFIRMED, false, &l->confirmed));
	if (cell(x, L_LIMIT).n || cell(x, L_CURRENCY).n)
		TRY(currency(x, L_CURRENCY, l->confirmed, &l->currency));
	TRY(amount(x, L_LIMIT, l->currency, COMPARE_RECEIPT_MAX, &l->cash_limit));
	TRY(maybe_flag(x, L_WHEELCHAIR, &l->wheelchair));
	TRY(flag(x, L_CLOSED, &l->closed));
	TRY(languages(x, L_LANGUAGES, &l->languages));
	TRY(text(x, L_ADDRESS, FEED_TEXT_MAX, &l->address));
	TRY(text(x, L_HOURS, FEED_TEXT_MAX, &l->hours));
	return text(x, L_SERVICES, FEED_TEXT_MAX, &l->services);
}

static enum err_code to_share(record x, struct feed_share *s)
{
	decimal d;
	int64_t ppm = 0;
	str v = cell(x, S_SHARE);
	TRY(key(x, S_PROVIDER, &s->provider));
	TRY(nation(x, S_SEND, &s->send_country));
	TRY(nation(x, S_RECEIVE, &s->receive_country));
	TRY(whole(x, S_YEAR, YEAR_MIN, date_to_civil(date_of_instant(x->r->now_ms)).year, 0, &s->year));
	TRY(text(x, S_SOURCE, FEED_TEXT_MAX, &s->source));
	if (!feed_is_plain(v) || !decimal_parse(v, &d) || !decimal_mul(d, decimal_of(10000), &d) || !decimal_to_i64(d, &ppm) || ppm > COMPARE_PPM)
		return wrong(x, S_SHARE, "a percentage from 0 to 100 with at most four digits behind the point");
	s->share_ppm = (int32_t)ppm;
	return ERR_OK;
}

static enum err_code to_promotion(record x, struct feed_promotion *p)
{
	TRY(key(x, R_PROVIDER, &p->provider));
	TRY(key(x, R_PROMOTION, &p->key));
	if (cell(x, R_OFFER).n)
		TRY(key(x, R_OFFER, &p->offer));
	TRY(text(x, R_TEXT, FEED_TEXT_MAX, &p->text));
	TRY(text(x, R_CODE, FEED_KEY_MAX, &p->code));
	TRY(day(x, R_STARTS, true, &p->starts));
	TRY(day(x, R_ENDS, true, &p->ends));
	if (date_is(p->ends) && p->ends.day < p->starts.day)
		return wrong(x, R_ENDS, "a day that is not before the first");
	TRY(text(x, R_SOURCE, FEED_TEXT_MAX, &p->source));
	return text(x, R_APPROVED, FEED_TEXT_MAX, &p->approved_by);
}

/* Nobody invents the days on which a country rests. */
static enum err_code not_invented(record x, int c)
{
	return str_is(cell(x, c), "yes") ? wrong(x, c, "nothing, or no: a calendar is not an example,") : ERR_OK;
}

static enum err_code to_calendar(record x, struct feed_calendar *c)
{
	uint16_t weekend = 0;
	TRY(not_invented(x, C_EXAMPLE));
	TRY(nation(x, C_COUNTRY, &c->country));
	TRY(words(x, C_WEEKEND, prices_weekdays, &weekend));
	TRY(whole(x, C_FIRST, YEAR_MIN, YEAR_MAX, 0, &c->first_year));
	TRY(whole(x, C_LAST, c->first_year, YEAR_MAX, 0, &c->last_year));
	c->weekend = (uint8_t)weekend;
	return text(x, C_SOURCE, FEED_TEXT_MAX, &c->source);
}

/* "nl=Koningsdag;fr=Fête du Roi" */
static enum err_code names(record x, int c, str *ret)
{
	struct str_split it = str_split_on(cell(x, c), ';');
	str part;
	while (str_next(&it, &part))
		if (part.n < 4 || part.p[2] != '=' || part.p[0] < 'a' || part.p[0] > 'z' || part.p[1] < 'a' || part.p[1] > 'z')
			return wrong(x, c, "names as nl=Koningsdag, with the language by ISO 639-1, ; between,");
	return text(x, c, FEED_TEXT_MAX, ret);
}

static enum err_code to_holiday(record x, struct feed_holiday *h)
{
	TRY(not_invented(x, H_EXAMPLE));
	TRY(nation(x, H_COUNTRY, &h->country));
	TRY(day(x, H_DATE, true, &h->day));
	TRY(text(x, H_NAME, FEED_TEXT_MAX, &h->name));
	TRY(names(x, H_NAMES, &h->names));
	TRY(flag(x, H_EXPECTED, &h->expected));
	TRY(flag(x, H_WORKS, &h->works));
	if (h->works && cell(x, H_CORRECTION).n == 0)
		return wrong(x, H_WORKS, "no, unless the row corrects a holiday that was told,");
	return ERR_OK;
}

/* What is published says nothing by which somebody can be found. */
static enum err_code harmless(record x, int c, str *ret)
{
	if (prices_private_in(cell(x, c)) != PRICES_PRIVATE_NOTHING)
		return wrong(x, c, "a text without telephone numbers, e-mail addresses and bank accounts");
	return text(x, c, FEED_TEXT_MAX, ret);
}

static enum err_code to_experience(record x, struct feed_experience *r)
{
	static const int columns[PRICES_ASPECTS] = {E_ARRIVED, E_SPEED, E_PRICE, E_HELP};
	TRY(key(x, E_PROVIDER, &r->provider));
	TRY(key(x, E_EXPERIENCE, &r->key));
	TRY(nation(x, E_COUNTRY, &r->country));
	TRY(day(x, E_DAY, false, &r->day));
	for (size_t i = 0; i < PRICES_ASPECTS; i++) {
		int32_t n;
		TRY(whole(x, columns[i], 1, PRICES_STARS_MAX, 0, &n));
		r->stars[i] = (uint8_t)n;
	}
	TRY(harmless(x, E_TEXT, &r->text));
	TRY(harmless(x, E_REPLY, &r->reply));
	TRY(languages(x, E_LANGUAGE, &r->lang));
	TRY(word(x, E_VERIFICATION, prices_verifications, &r->verification));
	TRY(text(x, E_RELEASED, FEED_KEY_MAX, &r->released_by));
	TRY(flag(x, E_WITHDRAWN, &r->withdrawn));
	if (r->withdrawn && cell(x, E_CORRECTION).n == 0)
		return wrong(x, E_WITHDRAWN, "no, unless the row corrects an experience that was told,");
	return ERR_OK;
}

enum err_code feed_convert(record x, struct feed_row *ret_row)
{
	int n = (int)feed_tables[x->kind].n;
	*ret_row = (struct feed_row){.kind = x->kind, .line = x->line, .col = x->col};
	TRY(text(x, n - FEED_FROM_END_CORRECTION, FEED_TEXT_MAX, &ret_row->correction));
	TRY(flag(x, n - FEED_FROM_END_EXAMPLE, &ret_row->example));
	switch (x->kind) {
	case FEED_PROVIDERS:
		return to_provider(x, &ret_row->provider);
	case FEED_OFFERS:
		return to_offer(x, &ret_row->offer);
	case FEED_LOCATIONS:
		return to_location(x, &ret_row->location);
	case FEED_SHARES:
		return to_share(x, &ret_row->share);
	case FEED_PROMOTIONS:
		return to_promotion(x, &ret_row->promotion);
	case FEED_CALENDARS:
		return to_calendar(x, &ret_row->calendar);
	case FEED_HOLIDAYS:
		return to_holiday(x, &ret_row->holiday);
	case FEED_EXPERIENCES:
		return to_experience(x, &ret_row->experience);
	case FEED_KINDS:
		break;
	}
	return fail(x->e, ERR_BUG, "feed.kind", "there is no such kind of row");
}
