/* One row of RPW. */
#include "feat/prices/rpw_inside.h"

#include "base/decimal.h"
#include "base/money.h"
#include "base/utf8.h"

enum {
	PPM_OF_PERCENT = 10000,
	DIFFERS_PPM = 1000,	   /* 0.1 percentage point: both figures are rounded to 0.01 */
	MARGIN_NEGATIVE_PPM = -5000,
	LARGE_PPM = 500000,
	SILENT_FROM = 2022 * 4,	   /* quarter since which undisclosed rates are not marked: 2022_1Q */
	DAYS_OFF = 366,
	NUMBER_CHARS = 60,
};

static const char *const reasons[RPW_HELD_KINDS] = {
    "the interbank rate is 0 or missing",
    "the applied rate is 0 or missing although the service is said to be transparent",
    "one of the two amounts, or its fee, is 0 or missing",
    "the margin is off what the two rates give by more than 0.1 percentage point",
    "the total is off fee and margin by more than 0.1 percentage point",
    "the margin is below -0.5 %",
    "the total cost is negative",
    "the fee is more than half of the amount",
    "the margin is more than 50 %",
    "neither fee nor margin across currencies",
    "a margin of 0 across currencies, and since 2022 the source does not say whether the rate was disclosed",
    "the day of collection is more than a year off the quarter",
    "the corridor is not that of the two countries",
};

const char *rpw_held_reason(int i)
{
	return reasons[i];
}

/* A row while it is read. */
struct reading {
	const struct rpw_layout *l;
	const struct xlsx_cell *cells;
	size_t n;
	struct arena *a;
	struct rpw_row *x;
	struct err *e;
};

static const struct xlsx_cell nothing = {.type = XLSX_CELL_EMPTY, .text = {"", 0}};

static const struct xlsx_cell *cell_of(const struct reading *r, enum rpw_column c)
{
	int at = r->l->at[c];
	return at >= 0 && (size_t)at < r->n ? &r->cells[at] : &nothing;
}

static enum err_code refuse(struct reading *r, enum rpw_column c, const char *id, const char *why, str value)
{
	char name[sizeof r->e->field];
	str given = r->l->names[c];
	(void)snprintf(name, sizeof name, "%.*s", STR_ARG(given.n < sizeof name ? given : utf8_head(given, sizeof name / 4 - 1)));
	if (value.p)
		(void)fail(r->e, ERR_INVALID, id, "%s: \"%.*s\" %s", name, STR_ARG(utf8_head(value, NUMBER_CHARS)), why);
	else
		(void)fail(r->e, ERR_INVALID, id, "%s: %s", name, why);
	(void)err_field(r->e, name);
	r->e->col = (uint32_t)(r->l->at[c] + 1);
	return ERR_INVALID;
}

/* The ways in which the source says nothing. */
static bool is_absent(str s)
{
	return s.n == 0 || str_is(s, "..") || str_eq_nocase(s, STR("n/a")) || str_eq_nocase(s, STR("not available"));
}

/* The value of a cell that a figure needs; "" when there is none. An error value is no value that could be left out. */
static enum err_code value_of(struct reading *r, enum rpw_column c, str *ret)
{
	const struct xlsx_cell *cell = cell_of(r, c);
	str s = str_trim(cell->text);
	if (cell->type == XLSX_CELL_ERROR && !str_is(s, "#N/A"))
		return refuse(r, c, "rpw.error", "is an error, not a value", s);
	if (cell->type == XLSX_CELL_EMPTY && cell->formula)
		return refuse(r, c, "rpw.error", "a formula whose result was not stored: open and save the workbook", STR_NONE);
	*ret = is_absent(s) || cell->type == XLSX_CELL_ERROR ? STR("") : s;
	return ERR_OK;
}

static enum err_code needed(struct reading *r, enum rpw_column c, str *ret)
{
	TRY(value_of(r, c, ret));
	return ret->n ? ERR_OK : refuse(r, c, "rpw.missing", "it is needed, and empty", STR_NONE);
}

static enum err_code number_of(struct reading *r, enum rpw_column c, decimal *ret, bool *ret_has)
{
	str s;
	const struct xlsx_cell *cell = cell_of(r, c);
	TRY(value_of(r, c, &s));
	*ret_has = s.n > 0;
	if (!s.n)
		return ERR_OK;
	if ((cell->type != XLSX_CELL_NUMBER && cell->type != XLSX_CELL_TEXT) || s.n > NUMBER_CHARS || !decimal_parse(s, ret))
		return refuse(r, c, "rpw.number", "is no number (such as 1234.5, without separators of thousands)", s);
	return ERR_OK;
}

/* A label without blanks around it, and with one for a run of them. Errors are no labels. */
static enum err_code label_of(struct reading *r, enum rpw_column c, str *ret)
{
	const struct xlsx_cell *cell = cell_of(r, c);
	str s = cell->type == XLSX_CELL_ERROR ? STR("") : cell->text;
	if (s.n > RPW_TEXT_MAX)
		return refuse(r, c, "rpw.length", "the text is longer than 2,000 bytes", STR_NONE);
	char *p = arena_alloc(r->a, s.n + 1);
	size_t n = 0;
	if (!p)
		return arena_fail(r->a, r->e);
	for (size_t i = 0; i < s.n; i++) {
		bool wide = s.p[i] == '\xC2' && i + 1 < s.n && s.p[i + 1] == '\xA0'; /* no-break space */
		bool blank = wide || (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F;
		i += wide;
		if (!blank)
			p[n++] = s.p[i];
		else if (n && p[n - 1] != ' ')
			p[n++] = ' ';
	}
	n -= n && p[n - 1] == ' ';
	*ret = is_absent((str){p, n}) ? STR("") : (str){p, n};
	return ERR_OK;
}

/* ---- words ---- */

struct word {
	const char *text;
	int value;
};

static int word_value(const struct word *words, str s)
{
	for (; words->text; words++)
		if (str_eq_nocase(s, str_of(words->text)))
			return words->value;
	return 0;
}

static const struct word speeds[] = {{"less than one hour", COMPARE_SPEED_HOUR}, {"same day", COMPARE_SPEED_SAME_DAY},
    {"next day", COMPARE_SPEED_NEXT_DAY}, {"2 days", COMPARE_SPEED_2_DAYS}, {"3-5 days", COMPARE_SPEED_3_TO_5},
    {"6 days or more", COMPARE_SPEED_6_OR_MORE}, {NULL, 0}};

static const struct word coverages[] = {{"nationwide", RPW_NATIONWIDE}, {"major cities", RPW_MAJOR_CITIES}, {"main city", RPW_MAIN_CITY},
    {"urban only", RPW_URBAN_ONLY}, {"rural only", RPW_RURAL_ONLY}, {"high", RPW_HIGH}, {"medium", RPW_MEDIUM}, {"low", RPW_LOW}, {NULL, 0}};

/* Bits in the order of prices_pay_ins and prices_payouts. */
static const struct word pay_ins[] = {{"bank account transfer", 1}, {"bank account", 1}, {"bank transfer", 1}, {"debit card", 4},
    {"credit card", 8}, {"debit/credit card", 12}, {"cash", 16}, {"mobile money", 32}, {"mobile wallet", 32}, {NULL, 0}};
static const struct word payouts[] = {{"bank account", 1}, {"own/partner bank account", 1}, {"other bank account", 1},
    {"bank account transfer", 1}, {"cash", 2}, {"mobile wallet", 4}, {"mobile money", 4}, {"card", 8}, {"debit card", 8},
    {"prepaid card", 8}, {"home delivery", 16}, {"airtime", 32}, {"airtime top-up", 32}, {NULL, 0}};

static uint16_t bits_of(const struct word *words, str list)
{
	unsigned bits = 0;
	str part;
	struct str_split it = str_split_on(list, ',');
	while (str_next(&it, &part))
		bits |= (unsigned)word_value(words, str_trim(part));
	return (uint16_t)bits;
}

static enum err_code folded(struct reading *r, str s, str *ret)
{
	AUTO_BUF b = BUF_INIT(4 * RPW_TEXT_MAX);
	buf_add_folded(&b, s);
	TRY(buf_check(&b, r->e));
	*ret = arena_str(r->a, buf_str(&b));
	return ret->p ? ERR_OK : arena_fail(r->a, r->e);
}

static enum err_code read_labels(struct reading *r)
{
	struct rpw_row *x = r->x;
	TRY(label_of(r, RPW_SOURCE_NAME, &x->source_name));
	TRY(label_of(r, RPW_DESTINATION_NAME, &x->destination_name));
	TRY(label_of(r, RPW_FIRM, &x->firm));
	if (!x->firm.n)
		return refuse(r, RPW_FIRM, "rpw.missing", "it is needed, and empty", STR_NONE);
	TRY(folded(r, x->firm, &x->firm_key));
	TRY(label_of(r, RPW_FIRM_TYPE, &x->firm_type));
	TRY(label_of(r, RPW_PRODUCT, &x->product));
	TRY(label_of(r, RPW_PAYMENT, &x->payment_instrument));
	TRY(label_of(r, RPW_ACCESS, &x->access_point));
	TRY(label_of(r, RPW_PICKUP_METHOD, &x->pickup_method));
	TRY(label_of(r, RPW_PICKUP_LOCATION, &x->pickup_location));
	TRY(label_of(r, RPW_COVERAGE, &x->coverage_label));
	TRY(label_of(r, RPW_SPEED, &x->speed_label));
	TRY(label_of(r, RPW_NOTE, &x->note));
	TRY(label_of(r, RPW_NOTE2, &x->note2));
	x->pay_in = bits_of(pay_ins, x->payment_instrument);
	x->payout = bits_of(payouts, x->pickup_method);
	x->speed = (enum compare_speed)word_value(speeds, x->speed_label);
	x->coverage = (enum rpw_coverage)word_value(coverages, x->coverage_label);
	return ERR_OK;
}

/* ---- key, countries, day ---- */

static enum err_code letters_of(struct reading *r, enum rpw_column c, str s, const char *id, const char *why, str *ret)
{
	char *p = arena_alloc(r->a, 4);
	if (!p)
		return arena_fail(r->a, r->e);
	for (size_t i = 0; i < 3 && i < s.n; i++)
		p[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i];
	*ret = (str){p, 3};
	return s.n == 3 && currency_valid(*ret) ? ERR_OK : refuse(r, c, id, why, s);
}

static enum err_code country_of(struct reading *r, enum rpw_column c, str *ret)
{
	str s;
	TRY(needed(r, c, &s));
	TRY(letters_of(r, c, s, "rpw.country", "is no country code of three letters", ret));
	if (str_is(*ret, "KSV"))
		*ret = STR("XKX");
	return ERR_OK;
}

static enum err_code period_of(struct reading *r)
{
	str s;
	int64_t year, quarter;
	TRY(needed(r, RPW_PERIOD, &s));
	if (s.n != 7 || s.p[4] != '_' || (s.p[6] | 0x20) != 'q' || !str_to_i64(str_sub(s, 0, 4), &year) ||
	    !str_to_i64(str_sub(s, 5, 6), &quarter) || year < 2000 || year > 2999 || quarter < 1 || quarter > 4)
		return refuse(r, RPW_PERIOD, "rpw.period", "is no quarter such as 2011_1Q", s);
	r->x->year = (int32_t)year;
	r->x->quarter = (int32_t)quarter;
	return ERR_OK;
}

/* "24/Jan/2011" */
static bool day_in_words(str s, date *ret)
{
	static const struct word months[] = {{"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4}, {"may", 5}, {"jun", 6}, {"jul", 7}, {"aug", 8},
	    {"sep", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12}, {NULL, 0}};
	struct str_split it = str_split_on(s, '/');
	str day, month, year, more;
	int64_t d, y;
	if (!str_next(&it, &day) || !str_next(&it, &month) || !str_next(&it, &year) || str_next(&it, &more))
		return false;
	int m = word_value(months, month);
	return m && day.n <= 2 && year.n == 4 && str_to_i64(day, &d) && str_to_i64(year, &y) &&
	       date_from_civil((int32_t)y, m, (int32_t)d, ret);
}

static enum err_code day_of(struct reading *r)
{
	str s;
	const struct xlsx_cell *cell = cell_of(r, RPW_DATE);
	struct rpw_row *x = r->x;
	date first;
	x->collected = DATE_NONE;
	TRY(value_of(r, RPW_DATE, &s));
	if (!s.n)
		return ERR_OK;
	if (cell->type == XLSX_CELL_DATE)
		x->collected = cell->day;
	else if (cell->type != XLSX_CELL_TEXT || !(day_in_words(s, &x->collected) || date_parse(s, &x->collected)))
		return refuse(r, RPW_DATE, "rpw.date", "is no date such as 24/Jan/2011 or 2011-01-24", s);
	if (!date_from_civil(x->year, 3 * x->quarter - 2, 1, &first) || x->collected.day < first.day - DAYS_OFF ||
	    x->collected.day > first.day + 92 + DAYS_OFF)
		x->held |= RPW_HELD_DATE;
	return ERR_OK;
}

static enum err_code read_key(struct reading *r)
{
	str s, from, to;
	struct rpw_row *x = r->x;
	TRY(needed(r, RPW_ID, &s));
	if (s.n > RPW_TEXT_MAX)
		return refuse(r, RPW_ID, "rpw.length", "the text is longer than 2,000 bytes", STR_NONE);
	x->id = arena_str(r->a, s);
	if (!x->id.p)
		return arena_fail(r->a, r->e);
	TRY(period_of(r));
	TRY(country_of(r, RPW_SOURCE_CODE, &x->source));
	TRY(country_of(r, RPW_DESTINATION_CODE, &x->destination));
	TRY(day_of(r));
	TRY(label_of(r, RPW_CORRIDOR, &s));
	TRY(value_of(r, RPW_SOURCE_CODE, &from));
	TRY(value_of(r, RPW_DESTINATION_CODE, &to));
	bool ours = str_eq_nocase(str_sub(s, 0, 3), x->source) && str_eq_nocase(str_sub(s, 3, s.n), x->destination);
	bool given = str_eq_nocase(str_sub(s, 0, from.n), from) && str_eq_nocase(str_sub(s, from.n, s.n), to);
	if (s.n && !ours && !given)
		x->held |= RPW_HELD_CORRIDOR;
	return ERR_OK;
}

/* ---- figures ---- */

static bool scaled(decimal d, int32_t scale, int64_t *ret)
{
	decimal whole;
	return decimal_mul(d, decimal_scaled(1, scale), &d) && decimal_round(d, 0, DECIMAL_HALF_UP, &whole) && decimal_to_i64(whole, ret);
}

static enum err_code ppm_of(struct reading *r, enum rpw_column c, int64_t *ret, bool *ret_has)
{
	decimal d;
	TRY(number_of(r, c, &d, ret_has));
	if (*ret_has && !scaled(d, 4, ret))
		return refuse(r, c, "rpw.number", "is too large", cell_of(r, c)->text);
	return ERR_OK;
}

/* A rate as plain digits, and as the engine has it; none when it is absent or 0. */
static enum err_code rate_of(struct reading *r, enum rpw_column c, str *ret_text, struct compare_rate *ret, decimal *ret_d)
{
	decimal d;
	bool has;
	struct err why;
	TRY(number_of(r, c, &d, &has));
	*ret_text = STR_NONE;
	*ret = (struct compare_rate){0, 0};
	*ret_d = DECIMAL_ZERO;
	if (!has || decimal_is_zero(d))
		return ERR_OK;
	AUTO_BUF b = BUF_INIT(200);
	buf_add_decimal(&b, decimal_trim(d));
	TRY(buf_check(&b, r->e));
	if (d.neg || compare_rate_parse(buf_str(&b), ret, &why) != ERR_OK)
		return refuse(r, c, "rpw.number", "cannot be a rate", cell_of(r, c)->text);
	*ret_text = arena_str(r->a, buf_str(&b));
	*ret_d = d;
	return ret_text->p ? ERR_OK : arena_fail(r->a, r->e);
}

/* What a cell's amount is in minor units. */
static enum err_code minor_of(struct reading *r, enum rpw_column c, str currency, decimal d, int64_t *ret)
{
	return scaled(d, money_exponent(currency), ret) ? ERR_OK : refuse(r, c, "rpw.number", "is too large", cell_of(r, c)->text);
}

static void compute(struct rpw_amount *x, decimal amount, decimal fee, decimal rate, decimal interbank)
{
	decimal share, margin, total;
	x->computed = decimal_div(fee, amount, &share) && decimal_sub(interbank, rate, &margin) && decimal_div(margin, interbank, &margin) &&
		      decimal_add(share, margin, &total) && scaled(margin, 6, &x->computed_margin_ppm) &&
		      scaled(total, 6, &x->computed_total_ppm);
}

static bool apart(int64_t a, int64_t b)
{
	int64_t d;
	return __builtin_sub_overflow(a, b, &d) || d > DIFFERS_PPM || d < -DIFFERS_PPM;
}

/* What is doubtful about an amount whose fee is so large a share. */
static uint32_t doubts(const struct rpw_row *row, const struct rpw_amount *x, int64_t share_ppm)
{
	uint32_t held = 0;
	int64_t margin = x->has_margin ? x->margin_ppm : x->computed ? x->computed_margin_ppm : 0, expected;
	bool measured = row->margin == COMPARE_MARGIN_MEASURED;
	if (x->computed && x->has_margin && apart(x->margin_ppm, x->computed_margin_ppm))
		held |= RPW_HELD_MARGIN_DIFFERS;
	if (x->has_total && (__builtin_add_overflow(share_ppm, margin, &expected) || apart(x->total_ppm, expected)))
		held |= RPW_HELD_TOTAL_DIFFERS;
	if (margin < MARGIN_NEGATIVE_PPM)
		held |= RPW_HELD_MARGIN_NEGATIVE;
	if (x->has_total && x->total_ppm < 0)
		held |= RPW_HELD_TOTAL_NEGATIVE;
	if (share_ppm > LARGE_PPM)
		held |= RPW_HELD_FEE_LARGE;
	if (margin > LARGE_PPM)
		held |= RPW_HELD_MARGIN_LARGE;
	if (measured && margin == 0 && x->fee_minor == 0)
		held |= RPW_HELD_FREE;
	if (measured && margin == 0 && row->year * 4 + row->quarter - 1 >= SILENT_FROM)
		held |= RPW_HELD_ZERO_MARGIN;
	return held;
}

/* An amount's figures as they are given. *ret_share: fee / amount. */
struct figures {
	decimal amount, fee, rate;
};

static enum err_code read_amount(struct reading *r, int i, struct figures *f)
{
	struct rpw_row *row = r->x;
	struct rpw_amount *x = &row->amounts[i];
	int first = RPW_AMOUNT + i * RPW_OF_AMOUNT, off = first - RPW_AMOUNT;
	bool has_amount, has_fee, has_usd;
	decimal usd;
	str code;
	*x = (struct rpw_amount){.currency = STR(""), .rate_text = STR_NONE};
	TRY(number_of(r, (enum rpw_column)first, &f->amount, &has_amount));
	TRY(number_of(r, (enum rpw_column)(RPW_FEE + off), &f->fee, &has_fee));
	if (has_amount && f->amount.neg)
		return refuse(r, (enum rpw_column)first, "rpw.number", "is negative: an amount cannot be", cell_of(r, (enum rpw_column)first)->text);
	if (!has_amount || !has_fee || decimal_is_zero(f->amount)) {
		row->held |= RPW_HELD_AMOUNT;
		return ERR_OK;
	}
	TRY(value_of(r, (enum rpw_column)(RPW_CURRENCY + off), &code));
	if (!code.n && i && row->amounts[0].given)
		x->currency = row->amounts[0].currency;
	else
		TRY(letters_of(r, (enum rpw_column)(RPW_CURRENCY + off), code, "rpw.currency", "is no currency code of three letters", &x->currency));
	TRY(minor_of(r, (enum rpw_column)first, x->currency, f->amount, &x->amount_minor));
	TRY(minor_of(r, (enum rpw_column)(RPW_FEE + off), x->currency, f->fee, &x->fee_minor));
	TRY(rate_of(r, (enum rpw_column)(RPW_RATE + off), &x->rate_text, &x->rate, &f->rate));
	TRY(ppm_of(r, (enum rpw_column)(RPW_MARGIN + off), &x->margin_ppm, &x->has_margin));
	TRY(ppm_of(r, (enum rpw_column)(RPW_TOTAL + off), &x->total_ppm, &x->has_total));
	TRY(number_of(r, (enum rpw_column)(RPW_DENOMINATION + off), &usd, &has_usd));
	int64_t dollars;
	x->usd = has_usd && decimal_to_i64(usd, &dollars) && dollars > 0 && dollars < 1000000 ? (int32_t)dollars : 0;
	x->given = true;
	return ERR_OK;
}

static enum err_code transparent_of(struct reading *r)
{
	str s;
	TRY(needed(r, RPW_TRANSPARENT, &s));
	r->x->transparent = str_eq_nocase(s, STR("yes"));
	if (!r->x->transparent && !str_eq_nocase(s, STR("no")))
		return refuse(r, RPW_TRANSPARENT, "rpw.word", "is neither yes nor no", s);
	return ERR_OK;
}

static bool is_one(struct compare_rate rate)
{
	return rate.digits == 1 && rate.scale == 0;
}

/* The margin state of the row; rates that say nothing are taken away. */
static void settle_margin(struct rpw_row *x, const struct figures *f)
{
	bool rates = true, ones = is_one(x->interbank);
	for (int i = 0; i < RPW_AMOUNTS; i++) {
		rates = rates && (!x->amounts[i].given || !decimal_is_zero(f[i].rate));
		ones = ones && (!x->amounts[i].given || is_one(x->amounts[i].rate));
	}
	if (x->transparent && !rates)
		x->held |= RPW_HELD_RATE;
	if (x->transparent && !x->interbank_text.p)
		x->held |= RPW_HELD_INTERBANK;
	x->margin = !x->transparent || !rates || !x->interbank_text.p ? COMPARE_MARGIN_UNKNOWN
		    : ones						? COMPARE_MARGIN_SAME_CURRENCY
									: COMPARE_MARGIN_MEASURED;
	if (x->transparent)
		return;
	x->interbank_text = STR_NONE;
	x->interbank = (struct compare_rate){0, 0};
	for (int i = 0; i < RPW_AMOUNTS; i++) {
		x->amounts[i].rate_text = STR_NONE;
		x->amounts[i].rate = (struct compare_rate){0, 0};
	}
}

static enum err_code read_price(struct reading *r)
{
	struct figures f[RPW_AMOUNTS];
	struct rpw_row *x = r->x;
	decimal interbank;
	TRY(transparent_of(r));
	TRY(rate_of(r, RPW_INTERBANK, &x->interbank_text, &x->interbank, &interbank));
	for (int i = 0; i < RPW_AMOUNTS; i++)
		TRY(read_amount(r, i, &f[i]));
	if (!x->amounts[0].given && !x->amounts[1].given)
		return refuse(r, RPW_AMOUNT, "rpw.amount", "neither of the two amounts has an amount over 0 and a fee", STR_NONE);
	settle_margin(x, f);
	for (int i = 0; i < RPW_AMOUNTS; i++) {
		struct rpw_amount *amount = &x->amounts[i];
		decimal share;
		int64_t share_ppm;
		if (!amount->given)
			continue;
		if (!decimal_div(f[i].fee, f[i].amount, &share) || !scaled(share, 6, &share_ppm))
			return refuse(r, RPW_FEE, "rpw.number", "the fee is too large beside its amount", STR_NONE);
		if (x->margin != COMPARE_MARGIN_UNKNOWN)
			compute(amount, f[i].amount, f[i].fee, f[i].rate, interbank);
		x->held |= doubts(x, amount, share_ppm);
	}
	return ERR_OK;
}

static void hash_cells(struct reading *r)
{
	struct sha256_state s;
	sha256_begin(&s);
	for (size_t i = 0; i < r->n && i < r->l->n; i++) {
		if ((int)i != r->l->at[RPW_ID])
			sha256_add(&s, str_trim(r->cells[i].text));
		sha256_add(&s, STR("\x1F"));
	}
	r->x->content = sha256_end(&s);
}

enum err_code rpw_row_parse(const struct rpw_layout *l, const struct xlsx_cell *cells, size_t n, struct arena *a, struct rpw_row *ret,
    struct err *e)
{
	struct rpw_row x = {.sheet = STR("")};
	struct reading r = {l, cells, n, a, &x, e};
	TRY(read_key(&r));
	TRY(read_labels(&r));
	TRY(read_price(&r));
	hash_cells(&r);
	*ret = x;
	return ERR_OK;
}
