/* Euro reference rates as the European Central Bank publishes them: CSV (one day, or all since 1999) and XML. */
#include "codec/xml.h"
#include "feat/prices/currencies.h"
#include "feat/prices/feed_inside.h"
#include "feat/prices/rates.h"

#define NS_ECB "http://www.ecb.int/vocabulary/2002-08-01/eurofxref"

static const str ecb_sources[] = {{RATES_ECB, sizeof RATES_ECB - 1}};

struct ecb {
	const struct feed_reading *r;
	str currencies[RATES_COLUMNS_MAX];
	int32_t from[RATES_COLUMNS_MAX], to[RATES_COLUMNS_MAX]; /* when each is in use */
	size_t n_currencies;
	int32_t today;
	VEC(struct rate_row) rows;
};

static enum err_code refuse(const struct ecb *x, uint32_t line, uint32_t col, str given, const char *what, struct err *e)
{
	struct err why;
	(void)fail(&why, ERR_INVALID, "rates.ecb", "\"%.*s\" %s", (int)(given.n > 40 ? 40 : given.n), given.n ? given.p : "", what);
	(void)err_at(&why, x->r->file, line, col);
	return x->r->on_refused(x->r->ctx, &why, e);
}

/* "2026-04-13", or "13 April 2026" as the file of one day has it. */
static bool ecb_date(str s, date *ret)
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};
	if (date_parse(s, ret))
		return true;
	str part[4] = {{0}}, word;
	struct str_split it = str_split_on(s, ' ');
	size_t n = 0;
	while (n < 4 && str_next(&it, &word))
		part[n++] = word;
	int64_t day, year;
	if (n != 3 || !feed_is_plain(part[0]) || !feed_is_plain(part[2]) || !str_to_i64(part[0], &day) || !str_to_i64(part[2], &year))
		return false;
	for (int m = 0; m < 12; m++)
		if (str_is(part[1], months[m]))
			return day <= 31 && year <= 9999 && date_from_civil((int32_t)year, m + 1, (int32_t)day, ret);
	return false;
}

/* Plain digits that are not all zeros. */
static bool is_rate(str s)
{
	bool positive = false, point = false;
	if (s.n == 0 || s.n > RATES_DIGITS_MAX || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '.' && !point)
			point = true;
		else if (c >= '0' && c <= '9')
			positive |= c != '0';
		else
			return false;
	}
	return positive;
}

static enum err_code add(struct ecb *x, size_t column, int32_t day, str value, uint32_t line, uint32_t col, struct err *e)
{
	if (!is_rate(value))
		return refuse(x, line, col, value, "is no rate: a number above 0 such as 1.1684 was expected", e);
	if (day < x->from[column] || day > x->to[column])
		return refuse(x, line, col, value, "is a rate of a currency that was not in use on that day", e);
	struct rate_row *row = x->rows.n < x->rows.cap ? &x->rows.p[x->rows.n++] : VEC_ADD(&x->rows, x->r->a);
	if (!row)
		return arena_fail(x->r->a, e);
	*row = (struct rate_row){.p = value.p, .n = (uint8_t)value.n, .day = day, .line = line, .col = (uint16_t)(col < UINT16_MAX ? col : UINT16_MAX),
	    .currency = (uint16_t)column};
	return ERR_OK;
}

static enum err_code add_currency(struct ecb *x, str code, uint32_t line, uint32_t col, struct err *e)
{
	if (code.n != 3 || x->n_currencies == RATES_COLUMNS_MAX) {
		(void)fail(e, ERR_INVALID, "rates.header", "\"%.*s\" is not the code of a currency", (int)(code.n > 40 ? 40 : code.n),
		    code.n ? code.p : "");
		return err_at(e, x->r->file, line, col);
	}
	for (int i = 0; i < 3; i++)
		if (code.p[i] < 'A' || code.p[i] > 'Z')
			return fail(e, ERR_INVALID, "rates.header", "\"%.*s\" is not the code of a currency", STR_ARG(code));
	for (size_t i = 0; i < x->n_currencies; i++)
		if (str_eq(x->currencies[i], code))
			return fail(e, ERR_INVALID, "rates.header", "%.*s is there twice in the first line", STR_ARG(code));
	x->currencies[x->n_currencies] = code;
	currency_time(code, &x->from[x->n_currencies], &x->to[x->n_currencies]);
	x->n_currencies++;
	return ERR_OK;
}

static enum err_code finish(struct ecb *x, struct rate_rows *ret, struct err *e)
{
	str *currencies = ARENA_ARRAY(x->r->a, x->n_currencies + 1, str);
	if (!currencies)
		return arena_fail(x->r->a, e);
	memcpy(currencies, x->currencies, x->n_currencies * sizeof *currencies);
	*ret = (struct rate_rows){.rows = x->rows.p, .n = x->rows.n, .currencies = currencies, .n_currencies = x->n_currencies,
	    .sources = ecb_sources, .n_sources = 1, .by_source = true};
	return ERR_OK;
}

/* ---- CSV: no quotes, N/A for what is missing, a comma at the end of each line ---- */

static str take_line(str *rest)
{
	const char *end = memchr(rest->p, '\n', rest->n);
	size_t n = end ? (size_t)(end - rest->p) : rest->n;
	str line = {rest->p, n};
	*rest = str_sub(*rest, end ? n + 1 : n, rest->n);
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

/* Cells are short: a loop beats memchr. */
static str take_field(str *line)
{
	size_t n = 0;
	while (n < line->n && line->p[n] != ',')
		n++;
	size_t more = n < line->n;
	str field = {line->p, n};
	line->p += n + more;
	line->n -= n + more;
	while (field.n && (field.p[0] == ' ' || field.p[0] == '\t')) {
		field.p++;
		field.n--;
	}
	while (field.n && (field.p[field.n - 1] == ' ' || field.p[field.n - 1] == '\t'))
		field.n--;
	return field;
}

static enum err_code csv_header(struct ecb *x, str line, struct err *e)
{
	(void)take_field(&line);
	while (line.n) {
		str code = take_field(&line);
		if (code.n == 0 && line.n == 0)
			break;
		TRY(add_currency(x, code, 1, 1, e));
	}
	return ERR_OK;
}

static enum err_code csv_line(struct ecb *x, str line, uint32_t number, struct err *e)
{
	const char *begin = line.p;
	str first = take_field(&line);
	date day;
	if (!ecb_date(first, &day))
		return refuse(x, number, 1, first, "is no date such as 2026-04-13: the line is left out", e);
	if (day.day > x->today)
		return refuse(x, number, 1, first, "lies in the future: the line is left out", e);
	size_t column = 0;
	for (; line.n; column++) {
		uint32_t col = (uint32_t)(line.p - begin) + 1;
		str value = take_field(&line);
		if (value.n == 0 || (value.n == 3 && memcmp(value.p, "N/A", 3) == 0))
			continue;
		if (column >= x->n_currencies)
			return refuse(x, number, col, value, "stands behind the last currency", e);
		TRY(add(x, column, day.day, value, number, col, e));
	}
	if (column < x->n_currencies)
		return refuse(x, number, 1, first, "has fewer values than there are currencies: what is there was kept", e);
	return ERR_OK;
}

/* How many cells begin with a digit. */
static size_t count_values(str text)
{
	size_t n = 0;
	for (const char *p = memchr(text.p, ',', text.n), *end = text.p + text.n; p; p = memchr(p + 1, ',', (size_t)(end - p - 1)))
		n += p + 1 < end && p[1] >= '0' && p[1] <= '9';
	return n;
}

enum err_code rates_read_ecb_csv(str text, const struct feed_reading *r, struct rate_rows *ret, struct err *e)
{
	struct ecb x = {.r = r, .today = date_of_instant(r->now_ms).day};
	str rest = str_starts(text, STR("\xef\xbb\xbf")) ? str_sub(text, 3, text.n) : text;
	TRY(csv_header(&x, take_line(&rest), e));
	/* room for all at once; the list grows if blanks stand before values */
	size_t room = count_values(rest);
	x.rows.p = ARENA_ARRAY(r->a, room, struct rate_row);
	if (!x.rows.p)
		return arena_fail(r->a, e);
	x.rows.cap = room;
	for (uint32_t number = 2; rest.n; number++) {
		str line = take_line(&rest);
		if (line.n)
			TRY(csv_line(&x, line, number, e));
	}
	return finish(&x, ret, e);
}

/* ---- XML: Envelope/Cube/Cube[@time]/Cube[@currency, @rate] ---- */

struct ecb_xml {
	struct ecb x;
	date day; /* of the Cube that is open; DATE_NONE when it is left out */
	bool any; /* a Cube with a time was there */
};

static size_t column_of(struct ecb *x, str code)
{
	size_t i = 0;
	while (i < x->n_currencies && !str_eq(x->currencies[i], code))
		i++;
	return i;
}

static enum err_code xml_rate(struct ecb_xml *m, const struct xml_element *el, struct err *e)
{
	struct ecb *x = &m->x;
	str code = xml_attribute(el, "currency"), value = xml_attribute(el, "rate");
	if (!date_is(m->day))
		return m->any ? ERR_OK : refuse(x, el->line, el->col, code, "stands outside of a day", e);
	size_t column = column_of(x, code);
	if (column == x->n_currencies) {
		struct err why = {0};
		str kept = arena_str(x->r->a, code);
		if (!kept.p)
			return arena_fail(x->r->a, e);
		if (add_currency(x, kept, el->line, el->col, &why) != ERR_OK)
			return refuse(x, el->line, el->col, code, "is not the code of a currency", e);
	}
	str digits = arena_str(x->r->a, str_trim(value));
	if (!digits.p)
		return arena_fail(x->r->a, e);
	return add(x, column, m->day.day, digits, el->line, el->col, e);
}

static enum err_code xml_start(void *ctx, const struct xml_element *el, struct err *e)
{
	struct ecb_xml *m = ctx;
	if (!str_is(el->name, "Cube") || !str_is(el->ns, NS_ECB))
		return ERR_OK;
	if (xml_attribute(el, "currency").p)
		return xml_rate(m, el, e);
	str time = xml_attribute(el, "time");
	if (!time.p)
		return ERR_OK;
	m->any = true;
	if (!date_parse(time, &m->day)) {
		m->day = DATE_NONE;
		return refuse(&m->x, el->line, el->col, time, "is no date such as 2026-04-13: the day is left out", e);
	}
	if (m->day.day > m->x.today) {
		m->day = DATE_NONE;
		return refuse(&m->x, el->line, el->col, time, "lies in the future: the day is left out", e);
	}
	return ERR_OK;
}

enum err_code rates_read_ecb_xml(str text, const struct feed_reading *r, struct rate_rows *ret, struct err *e)
{
	struct ecb_xml m = {.x = {.r = r, .today = date_of_instant(r->now_ms).day}, .day = DATE_NONE};
	const struct xml_handler handler = {.start = xml_start, .ctx = &m};
	const struct xml_options options = {.file = r->file, .skip_blank = true};
	str rest = text;
	TRY(xml_read(source_str(&rest), &options, &handler, e));
	if (!m.any)
		return fail(e, ERR_INVALID, "rates.xml", "the file has no <Cube time=\"…\"> of the ECB's vocabulary");
	return finish(&m.x, ret, e);
}
