/* The answer to a question as JSON: every figure that led to the order, amounts with the digits of their currency. */
#include "feat/prices/file.h"

#include "base/decimal.h"
#include "base/money.h"

enum { PERCENT = 10000 }; /* millionths */

static const char *const verdicts[COMPARE_VERDICTS] = {
    [COMPARE_OK] = "ok",
    [COMPARE_UNDISCLOSED_RATE] = "rate not disclosed",
    [COMPARE_UNDISCLOSED_FEE] = "fee model not disclosed",
    [COMPARE_UNDISCLOSED_RECEIVE_FEE] = "fee at the other end not disclosed",
    [COMPARE_TOO_LITTLE] = "amount too low",
    [COMPARE_TOO_MUCH] = "amount too high",
    [COMPARE_FILTERED] = "not what was asked for",
    [COMPARE_OFF_LIST] = "no current price",
};

static const char *const speeds[] = {
    [COMPARE_SPEED_UNKNOWN] = "not told",
    [COMPARE_SPEED_HOUR] = "less than one hour",
    [COMPARE_SPEED_SAME_DAY] = "same day",
    [COMPARE_SPEED_NEXT_DAY] = "next day",
    [COMPARE_SPEED_2_DAYS] = "2 days",
    [COMPARE_SPEED_3_TO_5] = "3-5 days",
    [COMPARE_SPEED_6_OR_MORE] = "6 days or more",
};

static void write_text(struct json_writer *w, const char *key, str text)
{
	jw_key(w, key);
	jw_str(w, text);
}

static void write_amount(struct json_writer *w, const char *key, int64_t minor, str currency)
{
	money m = {.minor = minor};
	memcpy(m.currency, currency.p, sizeof m.currency - 1);
	jw_key(w, key);
	jw_money(w, m);
}

/* Millionths as percent, "4.8318"; whole numbers all the way. */
static void write_percent(struct json_writer *w, const char *key, int64_t ppm)
{
	char digits[32];
	uint64_t v = ppm < 0 ? -(uint64_t)ppm : (uint64_t)ppm;
	int n = snprintf(digits, sizeof digits, "%s%llu.%04llu", ppm < 0 ? "-" : "", (unsigned long long)(v / PERCENT),
	    (unsigned long long)(v % PERCENT));
	jw_key(w, key);
	jw_decimal(w, (str){digits, (size_t)n});
}

static void write_rate(struct json_writer *w, const char *key, struct compare_rate rate)
{
	AUTO_BUF b = BUF_INIT(64);
	buf_add_decimal(&b, decimal_scaled(rate.digits, -(int32_t)rate.scale));
	jw_key(w, key);
	jw_decimal(w, buf_str(&b));
}

static void write_figures(struct json_writer *w, const struct prices_case *c, const struct compare_offer *o,
    const struct compare_quote *q)
{
	struct compare_figures f = compare_figures(o, &c->pair, q);
	if (!f.known) {
		jw_key(w, "cost");
		jw_null(w);
		return;
	}
	write_amount(w, "cost", f.cost, c->send_currency);
	write_percent(w, "fee_percent", f.fee_ppm);
	write_percent(w, "margin_percent", f.margin_ppm);
	write_percent(w, "rpw_percent", f.rpw_ppm);
	write_percent(w, "effective_percent", f.effective_ppm);
}

static void write_quote(struct json_writer *w, const struct prices_case *c, const struct compare_offer *o,
    const struct compare_row *row)
{
	const struct compare_quote *q = &row->quote;
	jw_key(w, "rank");
	if (row->rank)
		jw_i64(w, row->rank);
	else
		jw_null(w);
	jw_key(w, "tied");
	jw_bool(w, row->tied);
	write_amount(w, "outlay", q->outlay, c->send_currency);
	write_amount(w, "principal", q->principal, c->send_currency);
	write_amount(w, "fee", q->fee, c->send_currency);
	write_amount(w, "gets", q->gets, c->receive_currency);
	write_amount(w, "remainder", q->remainder, c->send_currency);
	if (q->better) /* a jump of the tariff: less money out, more arrives */
		write_amount(w, "outlay_that_gives_more", q->better, c->send_currency);
	write_rate(w, "rate", (struct compare_rate){o->rate, o->rate_scale});
	write_figures(w, c, o, q);
}

static void write_delays(struct json_writer *w, const struct prices_case *c, const struct compare_row *row)
{
	struct prices_delay delays[PRICES_DELAYS_MAX];
	size_t n = prices_delays(c, row, delays);
	jw_key(w, "later_because_of");
	jw_array(w);
	for (size_t i = 0; i < n; i++) {
		jw_object(w);
		write_text(w, "country", delays[i].country ? c->receive_country : c->send_country);
		jw_key(w, "date");
		jw_date(w, delays[i].day);
		write_text(w, "holiday", delays[i].told ? delays[i].told->name : STR_NONE);
		jw_key(w, "expected");
		jw_bool(w, delays[i].told && delays[i].told->expected);
		jw_object_end(w);
	}
	jw_array_end(w);
}

/* What is known of the days of rest: null when nobody told of the country's. */
static void write_calendars(struct json_writer *w, const struct prices_case *c)
{
	jw_key(w, "calendars");
	jw_object(w);
	for (size_t i = 0; i < 2; i++) {
		const struct prices_calendar *t = c->told[i];
		if (i && str_eq(c->send_country, c->receive_country))
			break;
		jw_key_str(w, i ? c->receive_country : c->send_country);
		if (!t) {
			jw_null(w);
			continue;
		}
		jw_object(w);
		jw_key(w, "weekend");
		jw_array(w);
		for (size_t d = 0; prices_weekdays[d]; d++)
			if (t->rest.weekend >> d & 1)
				jw_str(w, str_of(prices_weekdays[d]));
		jw_array_end(w);
		jw_key(w, "holidays_from");
		jw_date(w, (date){t->first_day});
		jw_key(w, "holidays_to");
		jw_date(w, (date){t->last_day});
		write_text(w, "source", t->source);
		jw_object_end(w);
	}
	jw_object_end(w);
}

static void write_times(struct json_writer *w, const struct prices_case *c, const struct compare_offer *o, const struct compare_row *row)
{
	AUTO_BUF b = BUF_INIT(64);
	write_text(w, "speed", str_of(speeds[compare_speed_class(o->latest)]));
	if (row->arrives >= 0)
		buf_add_instant(&b, row->arrives * 60000);
	write_text(w, "arrives_by", row->arrives >= 0 ? buf_str(&b) : STR_NONE);
	write_delays(w, c, row);
	jw_key(w, "age_minutes");
	jw_i64(w, c->question.now - o->collected);
	jw_key(w, "stale");
	jw_bool(w, row->stale);
	write_text(w, "method", str_of(prices_methods[o->method]));
}

static void write_row(struct json_writer *w, const struct prices_case *c, const struct compare_row *row)
{
	const struct compare_offer *o = &c->offers[row->offer];
	const struct prices_label *l = &c->labels[row->offer];
	jw_object(w);
	write_text(w, "id", l->id);
	write_text(w, "provider", l->provider);
	jw_key(w, "example");
	jw_bool(w, l->example);
	write_text(w, "verdict", str_of(verdicts[row->verdict]));
	if (row->verdict == COMPARE_OK)
		write_quote(w, c, o, row);
	write_text(w, "margin", str_of(prices_margins[o->margin]));
	write_times(w, c, o, row);
	jw_object_end(w);
}

static void write_question(struct json_writer *w, const struct prices_case *c)
{
	const struct compare_question *q = &c->question;
	jw_key(w, "question");
	jw_object(w);
	write_text(w, "from", c->send_country);
	write_text(w, "to", c->receive_country);
	write_amount(w, q->receive ? "receive" : "send", q->amount, q->receive ? c->receive_currency : c->send_currency);
	write_text(w, "preset", str_of(prices_presets[q->preset]));
	jw_object_end(w);
	jw_key(w, "benchmark");
	if (!c->pair.has_benchmark) {
		jw_null(w);
		return;
	}
	jw_object(w);
	write_rate(w, "rate", c->pair.benchmark);
	write_text(w, "source", c->benchmark_source);
	jw_key(w, "date");
	jw_date(w, c->benchmark_date);
	jw_object_end(w);
}

enum err_code prices_case_rank(const struct prices_case *c, struct arena *a, struct prices_answer *ret_answer, struct err *e)
{
	struct prices_answer answer = {.rows = ARENA_ARRAY(a, c->n, struct compare_row), .n = c->n};
	if (!answer.rows)
		return arena_fail(a, e);
	TRY(compare_rank(c->offers, c->n, c->tiers, &c->pair, &c->question, a, answer.rows, &answer.ranked, e));
	*ret_answer = answer;
	return ERR_OK;
}

void prices_case_write(struct json_writer *w, const struct prices_case *c, const struct prices_answer *answer)
{
	jw_object(w);
	write_question(w, c);
	if (!c->from_file)
		write_calendars(w, c);
	jw_key(w, "ranked");
	jw_array(w);
	for (size_t i = 0; i < answer->ranked; i++)
		write_row(w, c, &answer->rows[i]);
	jw_array_end(w);
	jw_key(w, "not_ranked");
	jw_array(w);
	for (size_t i = answer->ranked; i < answer->n; i++)
		write_row(w, c, &answer->rows[i]);
	jw_array_end(w);
	jw_object_end(w);
}
