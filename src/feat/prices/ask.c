/* From a request to ranked offers. */
#include "feat/prices/pages.h"

#include <math.h>

enum {
	USUAL_UNITS = 200,
	DAY = 1440,	/* minutes */
	AMOUNT_CHARS = 30,
};

static const char *const asked[] = {"send", "receive", NULL};

const struct http_field prices_ask_fields[] = {
    {"from", HTTP_COUNTRY, .summary = "Sending country, ISO 3166-1 [the first there is]"},
    {"to", HTTP_COUNTRY, .summary = "Receiving country, ISO 3166-1"},
    {"amount", HTTP_TEXT, .max = AMOUNT_CHARS, .summary = "Amount in units, such as 200 or 200.50 [200]"},
    {"what", HTTP_CHOICE, .choices = asked, .summary = "The amount leaves the pocket (send) or must arrive (receive) [send]"},
    {"pay", HTTP_CHOICE, .choices = prices_pay_in_slugs, .summary = "How it is paid [any]"},
    {"payout", HTTP_CHOICE, .choices = prices_payout_slugs, .summary = "How it is received [any]"},
    {"order", HTTP_CHOICE, .choices = prices_preset_slugs, .summary = "Order [most-received]"},
    {"by", HTTP_DATE, .summary = "Day by which it must arrive, with order arrive-by"},
    {"near", HTTP_TEXT, .max = 100, .summary = "Town where it is collected, with order nearest"},
    {"language", HTTP_TEXT, .max = 10, .summary = "Language, ISO 639-1, with order my-language"},
    {"first", HTTP_BOOL, .summary = "Count promotions for a first transfer [no]"},
    {0},
};

/* ---- the amount ---- */

static bool is_sign(char c)
{
	return c == '.' || c == ',';
}

/* The digits with the decimal sign as a point; what groups thousands is left out. A single sign with three digits behind it groups
 * thousands, as nobody pays in thousandths. False: something else stands there. */
static bool plain_digits(str text, struct buf *out)
{
	size_t last = text.n, signs = 0;
	for (size_t i = 0; i < text.n; i++)
		if (is_sign(text.p[i])) {
			last = i;
			signs++;
		}
	bool decimal_sign = signs == 1 ? text.n - last != 4 : signs > 1 && text.n - last != 4;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c >= '0' && c <= '9')
			buf_addc(out, c);
		else if (is_sign(c) && i == last && decimal_sign)
			buf_addc(out, '.');
		else if (!is_sign(c) && c != ' ' && c != '\'')
			return false;
	}
	return out->n > 0;
}

static str without_sign(str text)
{
	static const char *const marks[] = {"€", "EUR", "eur"};
	text = str_trim(text);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		str mark = str_of(marks[i]);
		if (str_starts(text, mark))
			text = str_trim(str_sub(text, mark.n, text.n));
		if (str_ends(text, mark))
			text = str_trim(str_sub(text, 0, text.n - mark.n));
	}
	return text;
}

enum prices_amount prices_amount_read(str text, int digits, int64_t most, int64_t *ret_minor)
{
	AUTO_BUF plain = BUF_INIT(4 * AMOUNT_CHARS + 8);
	decimal d, unit = decimal_of(1), ten = decimal_of(10);
	if (!plain_digits(without_sign(text), &plain) || plain.failed || !decimal_parse(buf_str(&plain), &d))
		return PRICES_AMOUNT_NONE;
	for (int i = 0; i < digits; i++)
		if (!decimal_mul(unit, ten, &unit))
			return PRICES_AMOUNT_NONE;
	if (!decimal_mul(d, unit, &d))
		return PRICES_AMOUNT_TOO_MUCH;
	if (decimal_cmp(d, decimal_of(most)) > 0)
		return PRICES_AMOUNT_TOO_MUCH;
	if (decimal_cmp(d, decimal_of(1)) < 0)
		return PRICES_AMOUNT_TOO_LITTLE;
	return decimal_to_i64(d, ret_minor) ? PRICES_AMOUNT_OK : PRICES_AMOUNT_NONE;
}

/* ---- the nearest place ---- */

static double radians(int32_t e6)
{
	return e6 / 1e6 * M_PI / 180;
}

/* Metres over a sphere (haversine). */
static double metres(const struct prices_location *l, double lat, double lon)
{
	const double earth = 6371008.8; /* mean radius */
	double dlat = sin((radians(l->latitude_e6) - lat) / 2), dlon = sin((radians(l->longitude_e6) - lon) / 2);
	double h = dlat * dlat + cos(lat) * cos(radians(l->latitude_e6)) * dlon * dlon;
	return 2 * earth * asin(sqrt(h < 1 ? h : 1));
}

static bool has_point(const struct prices_location *l)
{
	return l->latitude_e6 != INT32_MIN && l->longitude_e6 != INT32_MIN;
}

/* The middle of a town: of its places that are known. */
static bool middle(const struct prices_view *v, str country, str place, double *ret_lat, double *ret_lon)
{
	double lat = 0, lon = 0;
	size_t n = 0;
	for (size_t i = 0; i < v->n_locations; i++) {
		const struct prices_location *l = &v->locations[i];
		if (!has_point(l) || !str_eq(l->country, country) || !str_eq(l->place, place))
			continue;
		lat += radians(l->latitude_e6);
		lon += radians(l->longitude_e6);
		n++;
	}
	if (!n)
		return false;
	*ret_lat = lat / (double)n;
	*ret_lon = lon / (double)n;
	return true;
}

/* Each offer's distance from the town to its provider's nearest place. */
static bool measure(struct prices_result *r)
{
	double lat, lon;
	const struct prices_view *v = r->view;
	if (!middle(v, r->country, r->near, &lat, &lon))
		return false;
	for (size_t i = 0; i < r->c.n; i++) {
		double least = INFINITY;
		for (size_t k = 0; k < v->n_locations; k++) {
			const struct prices_location *l = &v->locations[k];
			if (l->provider == r->c.offers[i].provider && has_point(l) && str_eq(l->country, r->country))
				least = fmin(least, metres(l, lat, lon));
		}
		r->c.offers[i].distance_m = isfinite(least) ? (int32_t)lround(least) : -1;
	}
	return true;
}

/* ---- the question ---- */

static void fault(struct prices_result *r, const char *field, const char *text)
{
	if (!r->fault.text)
		r->fault = (struct prices_fault){field, text};
}

static int choice(const struct http_request *req, const char *name, int otherwise)
{
	return (int)http_int(req, name, otherwise);
}

static int64_t unit_of(int digits)
{
	int64_t unit = 1;
	for (int i = 0; i < digits; i++)
		unit *= 10;
	return unit;
}

static void take_amount(const struct http_request *req, struct prices_result *r)
{
	struct prices_case *c = &r->c;
	struct compare_question *q = &c->question;
	q->receive = choice(req, "what", 0) == 1;
	int digits = q->receive ? c->pair.receive_digits : c->pair.send_digits;
	int64_t unit = unit_of(digits);
	if (!http_has(req, "amount")) {
		q->amount = USUAL_UNITS * unit;
		return;
	}
	r->amount = http_text(req, "amount");
	int64_t most = q->receive ? COMPARE_RECEIPT_MAX : PRICES_SEND_MAX * unit;
	switch (prices_amount_read(r->amount, digits, most, &q->amount)) {
	case PRICES_AMOUNT_NONE:
		fault(r, "amount", MSG("This is not an amount. Write it in digits, for instance 200 or 200.50."));
		break;
	case PRICES_AMOUNT_TOO_LITTLE:
		fault(r, "amount", MSG("The amount must be more than zero."));
		break;
	case PRICES_AMOUNT_TOO_MUCH:
		fault(r, "amount", MSG("The comparison goes up to 100,000 euros. Ask your bank about larger amounts."));
		break;
	case PRICES_AMOUNT_OK:
		break;
	}
}

static void take_language(const struct http_request *req, struct prices_result *r)
{
	r->language = http_text(req, "language");
	for (size_t i = 0; i < r->c.n_languages; i++)
		if (str_eq(r->language, r->c.languages[i]))
			r->c.question.languages = 1U << i;
	if (r->c.question.preset == COMPARE_MY_LANGUAGE && !r->c.question.languages)
		fault(r, "language", MSG("Choose the language in which you want to be helped."));
}

static void take_order(const struct http_request *req, struct prices_result *r)
{
	struct compare_question *q = &r->c.question;
	q->preset = (enum compare_preset)choice(req, "order", COMPARE_MOST_RECEIVED);
	r->by = http_date(req, "by");
	r->near = http_text(req, "near");
	if (date_is(r->by))
		q->arrive_by = (int64_t)r->by.day * DAY + DAY - 1;
	if (q->preset == COMPARE_ARRIVE_BY && !date_is(r->by))
		fault(r, "by", MSG("Choose the day by which the money must arrive."));
	if (q->preset == COMPARE_NEAREST && (!r->near.p || !measure(r)))
		fault(r, "near", MSG("Choose the town where the money is collected."));
	take_language(req, r);
	r->pay_in = choice(req, "pay", -1);
	r->payout = choice(req, "payout", -1);
	q->pay_in = (uint16_t)(r->pay_in < 0 ? 0 : 1U << r->pay_in);
	q->payout = (uint16_t)(r->payout < 0 ? 0 : 1U << r->payout);
	q->first_transfer = http_bool(req, "first", false);
}

/* ---- offers of a corridor as a case for engine/compare ---- */

static enum err_code fill_case(const struct http_request *req, struct prices_result *r, struct err *e)
{
	const struct prices_view *v = r->view;
	const struct prices_corridor *c = r->corridor;
	struct prices_case *x = &r->c;
	*x = (struct prices_case){.send_country = c->send_country, .receive_country = c->receive_country,
	    .send_currency = c->send_currency, .receive_currency = c->receive_currency, .pair = c->pair, .n = c->n_offers,
	    .tiers = v->tiers, .n_languages = v->n_languages,
	    .told = {prices_calendar_of(v, c->send_country), prices_calendar_of(v, c->receive_country)}};
	for (size_t i = 0; i < 2; i++) /* of a country that is not known no day is guessed: none counts as one of rest */
		x->calendars[i] = x->told[i] ? x->told[i]->rest : (struct compare_calendar){0};
	memcpy(x->languages, v->languages, sizeof x->languages);
	if (c->n_benchmarks) {
		x->benchmark_source = c->benchmarks[0].source;
		x->benchmark_date = c->benchmarks[0].day;
	}
	x->question = (struct compare_question){.now = prices_corridor_now(c, req->now_ms / 60000),
	    .from = &x->calendars[0], .to = &x->calendars[1], .ages = compare_ages_usual};
	TRY(prices_corridor_offers(v, c, x->question.now, req->arena, &x->offers, e));
	struct prices_label *labels = ARENA_ARRAY(req->arena, x->n, struct prices_label);
	if (!labels)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < x->n; i++) {
		const struct prices_detail *d = &v->details[c->first_offer + i];
		labels[i] = (struct prices_label){d->key, v->providers[x->offers[i].provider].name, d->example};
	}
	x->labels = labels;
	return ERR_OK;
}

/* The first corridor with offers stands in for a country that is not asked for. */
static const struct prices_corridor *corridor_asked(const struct http_request *req, const struct prices_result *r)
{
	str from = r->own ? STR_NONE : http_text(req, "from");
	for (size_t i = 0; i < r->view->n_corridors; i++) {
		const struct prices_corridor *c = &r->view->corridors[i];
		bool fits = (!from.p || str_eq(from, c->send_country)) && (!r->country.p || str_eq(r->country, c->receive_country));
		if (fits && c->n_offers)
			return c;
	}
	return NULL;
}

static enum err_code answer(const struct http_request *req, struct prices_result *r, struct err *e)
{
	r->corridor = corridor_asked(req, r);
	if (!r->corridor) {
		fault(r, "to", MSG("No prices are known for this country yet. Choose another country; the page of prices and their age says what is being collected."));
		return ERR_OK;
	}
	r->country = r->corridor->receive_country;
	TRY(fill_case(req, r, e));
	if (r->own) {
		r->c.question.amount = USUAL_UNITS * unit_of(r->c.pair.send_digits);
	} else {
		take_amount(req, r);
		take_order(req, r);
	}
	return r->fault.text ? ERR_OK : prices_case_rank(&r->c, req->arena, &r->answer, e);
}

static struct prices_result nothing_asked(const struct http_request *req)
{
	return (struct prices_result){
	    .view = public_view_of(req)->prices, .pay_in = -1, .payout = -1, .amount = STR("200")};
}

enum err_code prices_ask(const struct http_request *req, struct prices_result *ret, struct err *e)
{
	*ret = nothing_asked(req);
	ret->country = http_text(req, "to");
	return answer(req, ret, e);
}

enum err_code prices_ask_for(const struct http_request *req, str country, struct prices_result *ret, struct err *e)
{
	*ret = nothing_asked(req);
	ret->own = true;
	ret->country = country;
	return answer(req, ret, e);
}

size_t prices_places(const struct prices_result *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->answer.ranked; i++)
		n += r->answer.rows[i].rank > 0;
	return n;
}

struct prices_card prices_card_of(const struct prices_result *r, size_t row)
{
	const struct compare_row *x = &r->answer.rows[row];
	const struct compare_offer *o = &r->c.offers[x->offer];
	struct prices_card card = {.row = x, .offer = o,
	    .detail = &r->view->details[r->corridor->first_offer + x->offer], .provider = &r->view->providers[o->provider]};
	if (x->verdict == COMPARE_OK)
		card.figures = compare_figures(o, &r->c.pair, &x->quote);
	return card;
}
