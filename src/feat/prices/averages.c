/* Averages of corridors: Remittance Prices Worldwide, series ATCR.CORR of the DataBank. */
#include "feat/prices/averages.h"

#include "base/decimal.h"
#include "codec/csv.h"
#include "feat/prices/feed_inside.h"

enum { DATABANK_FIRST = 6, SEND_CODE = 1, SERIES = 3, RECEIVE_CODE = 5, YEAR_FIRST = 1990, MEAN_MAX = 1000 };
#define SERIES_CODE "ATCR.CORR"

/* ISO 3166-1 with the codes that the World Bank uses besides: three letters and their two. */
static const char alpha3s[] =
    "ABWAWAFGAFAGOAOAIAAIALAAXALBALANDADANTANAREAEARGARARMAMASMASATAAQATFTFATGAGAUSAUAUTATAZEAZBDIBIBELBEBENBJBESBQ"
    "BFABFBGDBDBGRBGBHRBHBHSBSBIHBABLMBLBLRBYBLZBZBMUBMBOLBOBRABRBRBBBBRNBNBTNBTBVTBVBWABWCAFCFCANCACCKCCCHECHCHLCL"
    "CHNCNCIVCICMRCMCODCDCOGCGCOKCKCOLCOCOMKMCPVCVCRICRCUBCUCUWCWCXRCXCYMKYCYPCYCZECZDEUDEDJIDJDMADMDNKDKDOMDODZADZ"
    "ECUECEGYEGERIERESHEHESPESESTEEETHETFINFIFJIFJFLKFKFRAFRFROFOFSMFMGABGAGBRGBGEOGEGGYGGGHAGHGIBGIGINGNGLPGPGMBGM"
    "GNBGWGNQGQGRCGRGRDGDGRLGLGTMGTGUFGFGUMGUGUYGYHKGHKHMDHMHNDHNHRVHRHTIHTHUNHUIDNIDIMNIMINDINIOTIOIRLIEIRNIRIRQIQ"
    "ISLISISRILITAITJAMJMJEYJEJORJOJPNJPKAZKZKENKEKGZKGKHMKHKIRKIKNAKNKORKRKSVXKKWTKWLAOLALBNLBLBRLRLBYLYLCALCLIELI"
    "LKALKLSOLSLTULTLUXLULVALVMACMOMAFMFMARMAMCOMCMDAMDMDGMGMDVMVMEXMXMHLMHMKDMKMLIMLMLTMTMMRMMMNEMEMNGMNMNPMPMOZMZ"
    "MRTMRMSRMSMTQMQMUSMUMWIMWMYSMYMYTYTNAMNANCLNCNERNENFKNFNGANGNICNINIUNUNLDNLNORNONPLNPNRUNRNZLNZOMNOMPAKPKPANPA"
    "PCNPNPERPEPHLPHPLWPWPNGPGPOLPLPRIPRPRKKPPRTPTPRYPYPSEPSPYFPFQATQAREUREROMROROURORUSRURWARWSAUSASDNSDSENSNSGPSG"
    "SGSGSSHNSHSJMSJSLBSBSLESLSLVSVSMRSMSOMSOSPMPMSRBRSSSDSSSTPSTSURSRSVKSKSVNSISWESESWZSZSXMSXSYCSCSYRSYTCATCTCDTD"
    "TGOTGTHATHTJKTJTKLTKTKMTMTLSTLTMPTLTONTOTTOTTTUNTNTURTRTUVTVTWNTWTZATZUGAUGUKRUAUMIUMURYUYUSAUSUZBUZVATVAVCTVC"
    "VENVEVGBVGVIRVIVNMVNVUTVUWBGPSWLFWFWSMWSXKXXKYEMYEZAFZAZARCDZMBZMZWEZW";

str country_of_alpha3(str alpha3)
{
	for (size_t i = 0; alpha3.n == 3 && i + 5 < sizeof alpha3s; i += 5)
		if (memcmp(alpha3s + i, alpha3.p, 3) == 0)
			return (str){alpha3s + i + 3, 2};
	return STR_NONE;
}

struct reading {
	const struct feed_reading *r;
	average_fn on_row;
	enum averages_kind kind;
	struct {
		int32_t year, quarter;
	} periods[AVERAGES_PERIODS_MAX]; /* of the columns from DATABANK_FIRST on */
	size_t n_periods;
};

static enum err_code refuse(const struct reading *x, const struct csv_field *f, const char *expected, struct err *e)
{
	struct err why = {0};
	(void)fail(&why, ERR_INVALID, "averages.cell", "%s was expected, not \"%.*s\"", expected, (int)(f->text.n > 60 ? 60 : f->text.n),
	    f->text.n ? f->text.p : "");
	(void)err_at(&why, x->r->file, f->line, f->col);
	return x->r->on_refused(x->r->ctx, &why, e);
}

/* "2011Q1 [YR2011Q1]" or "2011_1Q". */
static bool period(str s, int32_t *ret_year, int32_t *ret_quarter)
{
	int64_t year;
	if (s.n < 6 || !str_to_i64(str_sub(s, 0, 4), &year) || year < YEAR_FIRST)
		return false;
	char digit = s.p[4] == 'Q' ? s.p[5] : s.p[4] == '_' && s.n == 7 && s.p[6] == 'Q' ? s.p[5] : '0';
	if (digit < '1' || digit > '4' || (s.p[4] == 'Q' && s.n > 6 && s.p[6] != ' '))
		return false;
	*ret_year = (int32_t)year;
	*ret_quarter = digit - '0';
	return true;
}

static bool is_mean(str s)
{
	decimal d;
	str digits = s.n && s.p[0] == '-' ? str_sub(s, 1, s.n) : s;
	return feed_is_plain(digits) && digits.n <= 40 && decimal_parse(digits, &d) && decimal_cmp(d, decimal_of(MEAN_MAX)) < 0;
}

static enum err_code give(const struct reading *x, const struct csv_field *send, const struct csv_field *receive, int32_t year,
    int32_t quarter, const struct csv_field *mean, struct err *e)
{
	struct average_row row = {.send_country = country_of_alpha3(str_trim(send->text)), .receive_country = country_of_alpha3(str_trim(receive->text)),
	    .year = year, .quarter = quarter, .mean = str_trim(mean->text), .line = mean->line, .col = mean->col};
	if (!row.send_country.p)
		return refuse(x, send, "a country as three letters of ISO 3166-1", e);
	if (!row.receive_country.p)
		return refuse(x, receive, "a country as three letters of ISO 3166-1", e);
	if (!is_mean(row.mean))
		return refuse(x, mean, "a percentage in digits such as 7.657", e);
	/* the period is over before its average is published */
	if (year > date_to_civil(date_of_instant(x->r->now_ms)).year)
		return refuse(x, mean, "an average of a quarter that is not in the future", e);
	return x->on_row(x->r->ctx, &row, e);
}

/* ---- the export: names, codes, series, then a column for each quarter ---- */

static enum err_code databank_header(struct reading *x, const struct csv_record *h, struct err *e)
{
	if (h->n <= DATABANK_FIRST || h->n - DATABANK_FIRST > AVERAGES_PERIODS_MAX)
		return fail(e, ERR_INVALID, "averages.header", "the export has %zu columns, which is not the form that is known", h->n);
	x->n_periods = h->n - DATABANK_FIRST;
	for (size_t i = 0; i < x->n_periods; i++) {
		const struct csv_field *f = &h->fields[DATABANK_FIRST + i];
		if (!period(str_trim(f->text), &x->periods[i].year, &x->periods[i].quarter)) {
			(void)fail(e, ERR_INVALID, "averages.header", "\"%.*s\" is not a quarter such as 2011Q1 [YR2011Q1]",
			    (int)(f->text.n > 60 ? 60 : f->text.n), f->text.n ? f->text.p : "");
			return err_at(e, x->r->file, f->line, f->col);
		}
	}
	return ERR_OK;
}

static enum err_code databank_row(const struct reading *x, const struct csv_record *rec, struct err *e)
{
	const struct csv_field *f = rec->fields;
	size_t filled = 0;
	for (size_t i = 0; i < rec->n; i++)
		filled += str_trim(f[i].text).n > 0;
	if (filled <= 1) /* blank lines and the lines on the database below the table */
		return ERR_OK;
	if (rec->n != x->n_periods + DATABANK_FIRST)
		return refuse(x, &f[0], "as many cells as the first line has", e);
	if (!str_is(str_trim(f[SERIES].text), SERIES_CODE))
		return refuse(x, &f[SERIES], "the series " SERIES_CODE, e);
	for (size_t i = 0; i < x->n_periods; i++) {
		const struct csv_field *mean = &f[DATABANK_FIRST + i];
		str v = str_trim(mean->text);
		if (v.n && !str_is(v, ".."))
			TRY(give(x, &f[SEND_CODE], &f[RECEIVE_CODE], x->periods[i].year, x->periods[i].quarter, mean, e));
	}
	return ERR_OK;
}

/* ---- the list ---- */

static enum err_code list_row(const struct reading *x, const struct csv_record *rec, struct err *e)
{
	const struct csv_field *f = rec->fields;
	int32_t year, quarter;
	if (rec->n != 4)
		return refuse(x, &f[0], "a row of four cells", e);
	if (!period(str_trim(f[2].text), &year, &quarter))
		return refuse(x, &f[2], "a quarter such as 2011_1Q", e);
	return give(x, &f[0], &f[1], year, quarter, &f[3], e);
}

static enum err_code rows(struct reading *x, struct csv_reader *csv, struct err *e)
{
	bool header = false;
	for (;;) {
		struct csv_record rec;
		bool more = false;
		struct err why = {0};
		enum err_code code = csv_next(csv, &rec, &more, &why);
		if (code == ERR_INVALID && header) {
			TRY(x->r->on_refused(x->r->ctx, &why, e));
			continue;
		}
		if (code != ERR_OK) {
			*e = why;
			return code;
		}
		if (!more)
			return ERR_OK;
		if (header)
			TRY(x->kind == AVERAGES_DATABANK ? databank_row(x, &rec, e) : list_row(x, &rec, e));
		else if (x->kind == AVERAGES_DATABANK)
			TRY(databank_header(x, &rec, e));
		header = true;
	}
}

enum err_code averages_read(str text, enum averages_kind kind, const struct feed_reading *r, average_fn on_row, struct err *e)
{
	struct reading x = {.r = r, .on_row = on_row, .kind = kind};
	struct csv_reader *csv = NULL;
	const struct csv_options options = {.file = r->file};
	str rest = text;
	TRY(csv_open(source_str(&rest), &options, &csv, e));
	enum err_code code = rows(&x, csv, e);
	csv_close(csv);
	return code;
}

enum averages_kind averages_kind_of(str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	if (str_starts(text, STR("Sending Countries Name,")))
		return AVERAGES_DATABANK;
	return str_starts(text, STR("source,destination,period,avg_total_cost_pct_usd200")) ? AVERAGES_LIST : AVERAGES_NONE;
}
