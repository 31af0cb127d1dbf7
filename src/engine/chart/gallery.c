/* A page with every kind of chart on standard output, to be looked at while their looks are worked
 * on. The figures are those of the programme where there are such; the price history and the costs
 * are made up and say so. */
#include "engine/chart/chart.h"

enum { PAGE_MAX_BYTES = 8 * 1024 * 1024 };

static str msg(const void *ctx, enum chart_msg m)
{
	(void)ctx;
	return chart_msg_en(m);
}

static void percent(const void *ctx, struct buf *b, double ratio)
{
	(void)ctx;
	buf_addf(b, "%.0f %%", ratio * 100);
}

static void when(const void *ctx, struct buf *b, pdate d)
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June",
	    "July", "August", "September", "October", "November", "December"};
	struct civil c = date_to_civil(pdate_first(d));
	(void)ctx;
	if (d.precision >= DATE_PRECISION_DAY)
		buf_addf(b, "%d ", c.day);
	if (d.precision >= DATE_PRECISION_MONTH)
		buf_addf(b, "%s ", months[c.month - 1]);
	buf_addf(b, "%d", c.year);
}

static void grouped(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	int64_t n = (int64_t)llround(v);
	(void)ctx;
	(void)use;
	if (n < 0) {
		buf_addc(b, '-');
		n = -n;
	}
	if (n >= 1000000)
		buf_addf(b, "%lld,%03lld,%03lld", (long long)(n / 1000000),
		    (long long)(n / 1000 % 1000), (long long)(n % 1000));
	else if (n >= 1000)
		buf_addf(b, "%lld,%03lld", (long long)(n / 1000), (long long)(n % 1000));
	else
		buf_add_i64(b, n);
}

static void million(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	(void)ctx;
	buf_addf(b, use == CHART_NUMBER_TICK && v == floor(v) ? "%.0f" : "%.1f", v);
}

static void price(const void *ctx, struct buf *b, double v, enum chart_number use)
{
	(void)ctx;
	buf_addf(b, use == CHART_NUMBER_TICK ? "%.0f %%" : "%.1f %%", v);
}

static const struct chart_lang en = {false, msg, percent, when, NULL},
                               rtl = {true, msg, percent, when, NULL};
static const struct chart_format number_format = {grouped, NULL}, million_format = {million, NULL},
                                 price_format = {price, NULL};

static void show(struct buf *out, const struct chart *c)
{
	struct err e = {0};
	buf_addz(out, "<figure><figcaption>");
	buf_add(out, c->title);
	buf_addz(out, "</figcaption>");
	if (chart_html(c, out, &e) != ERR_OK)
		buf_addf(out, "<p>%s</p>", e.detail);
	buf_addz(out, "<p class=\"summary\">");
	if (chart_summary(c, out, &e) != ERR_OK)
		buf_addf(out, "%s", e.detail);
	buf_addz(out, "</p></figure>\n");
}

#define M CHART_MISSING

static void spending(struct buf *out, const struct chart_lang *lang)
{
	static const double p1[] = {.2, 1, .05}, p2[] = {2.3, .2, 2.1}, p3[] = {1.1, .7, 1.4},
	                    p4[] = {1.2, .6, .3}, p5[] = {.1, M, .35}, p6[] = {4.1, 3.3, 4.5};
	const struct chart_series s[] = {{STR("1 Dialogue"), p1},
	    {STR("2 Migration management"), p2}, {STR("3 Circular migration"), p3},
	    {STR("4 Migrant organisations"), p4}, {STR("5 Remittances"), p5},
	    {STR("6 Return"), p6}};
	const str years[] = {STR("2009"), STR("2010"), STR("2011")};
	struct chart c = {.kind = CHART_COLUMNS,
	    .id = lang->rtl ? STR("spending-rtl") : STR("spending"),
	    .title = STR("Spending per year and priority"),
	    .row_head = STR("Year"),
	    .value_head = STR("Expenditure, million euro"),
	    .lang = lang,
	    .format = &million_format,
	    .columns = {years, 3, s, 6, false}};
	show(out, &c);
	c.id = lang->rtl ? STR("stacked-rtl") : STR("stacked");
	c.columns.stacked = true;
	show(out, &c);
}

static void bars(struct buf *out, const struct chart_lang *lang)
{
	const struct chart_bar rows[] = {
	    {STR("International Organization for Migration"), 15, STR("#iom")},
	    {STR("Ministry"), 4, STR("#m")},
	    {STR("Local and international civil society organisations that work "
	         "with migrants in the Netherlands"),
	        22, STR("#cso")},
	    {STR("United Nations"), 7, STR("#un")}, {STR("Private sector"), M, STR("#p")}};
	struct chart c = {.kind = CHART_BARS,
	    .id = lang->rtl ? STR("bars-rtl") : STR("bars"),
	    .title = STR("Activities by type of organisation"),
	    .row_head = STR("Type"),
	    .value_head = STR("Number of activities"),
	    .lang = lang,
	    .format = &number_format,
	    .bars = {rows, 5}};
	show(out, &c);
}

static void targets(struct buf *out, const struct chart_lang *lang)
{
	const struct chart_target rows[] = {
	    {STR("Returnees given legal aid"), M, 50, 29, STR("people"), STR_NONE},
	    {STR("People who returned with a cash contribution"), M, 590, 2058, STR("people"),
	        STR_NONE},
	    {STR("Temporary postings of experts"), M, 300, 319, STR("postings"), STR_NONE},
	    {STR("Return to Iraq"), M, 500, 2, STR("people"), STR_NONE},
	    {STR("Refugees repatriated voluntarily"), M, 25000, M, STR("people"), STR_NONE},
	    {STR("Registered users of the platform"), M, M, 464, STR("people"), STR_NONE},
	    {STR("Officials trained, of whom women"), M, M, M, STR("people"), STR_NONE},
	    {STR("Families helped in Morocco"), 200, 570, 592, STR("people"), STR_NONE}};
	struct chart c = {.kind = CHART_TARGETS,
	    .id = lang->rtl ? STR("targets-rtl") : STR("targets"),
	    .title = STR("Results against targets"),
	    .row_head = STR("Indicator"),
	    .value_head = STR("People"),
	    .lang = lang,
	    .format = &number_format,
	    .targets = {rows, 8}};
	show(out, &c);
}

static void shares(struct buf *out, const struct chart_lang *lang)
{
	const struct chart_part parts[] = {{STR("Dutch contribution"), 350000, STR_NONE},
	    {STR("European Commission"), 410000, STR_NONE},
	    {STR("Own funds of the implementing organisation"), 120000, STR_NONE},
	    {STR("Other donors"), M, STR_NONE}};
	struct chart c = {.kind = CHART_SHARE,
	    .id = lang->rtl ? STR("share-rtl") : STR("share"),
	    .title = STR("Who pays for the activity"),
	    .row_head = STR("Source"),
	    .value_head = STR("Amount, euro"),
	    .lang = lang,
	    .format = &number_format,
	    .share = {parts, 4}};
	show(out, &c);
}

static pdate day(const char *s)
{
	pdate d = PDATE_NONE;
	(void)pdate_parse(str_of(s), &d);
	return d;
}

static void timelines(struct buf *out, const struct chart_lang *lang)
{
	const struct chart_period periods[] = {
	    {CHART_PERIOD_PLANNED, STR("Planned"), day("2009-01"), day("2009-12-31")},
	    {CHART_PERIOD_EXTENSION, STR("Extension without cost"), day("2010-01-01"),
	        day("2010-12-31")},
	    {CHART_PERIOD_ACTUAL, STR("Carried out"), day("2009-01"), day("2011-03")}};
	const struct chart_event events[] = {{STR("Proposal received"), day("2008-09-30")},
	    {STR("Approved"), day("2008-11-18")}, {STR("First instalment paid"), day("2008-12-02")},
	    {STR("Evaluation by the implementer"), day("2010")},
	    {STR("Progress report"), day("2010-03-19")},
	    {STR("End of the activity and hand-over of the platform to the partner states"),
	        day("2011-03")},
	    {STR("Final report"), day("2011-09-14")}};
	struct chart c = {.kind = CHART_TIMELINE,
	    .id = lang->rtl ? STR("time-rtl") : STR("time"),
	    .title = STR("Period and events of the activity"),
	    .row_head = STR("What"),
	    .value_head = STR("Date"),
	    .lang = lang,
	    .format = &number_format,
	    .timeline = {periods, 3, events, 7}};
	show(out, &c);
}

static void prices(struct buf *out, const struct chart_lang *lang)
{
	static struct chart_point morocco[10], turkey[10], ghana[10];
	for (int i = 0; i < 10; i++) {
		morocco[i] = (struct chart_point){2011 + i, 9.5 - .35 * i + .6 * sin(i)};
		turkey[i] = (struct chart_point){2011 + i, i == 4 ? M : 7.2 - .3 * i + .4 * cos(i)};
		ghana[i] = (struct chart_point){2011 + i, 11.3 - .6 * i + .5 * sin(2 * i)};
	}
	const struct chart_line lines[] = {
	    {STR("Morocco"), morocco, 10}, {STR("Turkey"), turkey, 10}, {STR("Ghana"), ghana, 10}};
	const struct chart_reference refs[] = {
	    {STR("Goal 10.c: 3 % on average"), 3}, {STR("No corridor above 5 %"), 5}};
	struct chart c = {.kind = CHART_LINES,
	    .id = lang->rtl ? STR("lines-rtl") : STR("lines"),
	    .title = STR("Cost of sending 200 dollars (made-up figures)"),
	    .row_head = STR("Year"),
	    .value_head = STR("Cost, per cent of the amount sent"),
	    .lang = lang,
	    .format = &price_format,
	    .lines = {lines, 3, refs, 2, CHART_X_YEAR, true}};
	show(out, &c);
}

static void dots(struct buf *out, const struct chart_lang *lang)
{
	static double a[] = {1200, 1750, 2100, 2400, 2450, 3000, 3900, 5200, M},
	              b[] = {300, 340, 420, 900}, n[] = {M};
	const struct chart_dots_row rows[] = {{STR("Return with a cash contribution"), a, 9, 2450},
	    {STR("Training, per participant"), b, 4, M}, {STR("Postings"), n, 1, M}};
	struct chart c = {.kind = CHART_DOTS,
	    .id = lang->rtl ? STR("dots-rtl") : STR("dots"),
	    .title = STR("Cost per result (made-up figures)"),
	    .row_head = STR("Intervention"),
	    .value_head = STR("Euro per result"),
	    .lang = lang,
	    .format = &number_format,
	    .dots = {rows, 3, false}};
	show(out, &c);
	c.id = lang->rtl ? STR("dotslog-rtl") : STR("dotslog");
	c.dots.log_scale = true;
	show(out, &c);
}

static void maps(struct buf *out, const struct chart_lang *lang)
{
	const struct chart_place places[] = {{STR("MA"), STR("Morocco"), 7, STR("#ma")},
	    {STR("GH"), STR("Ghana"), 6, STR("#gh")}, {STR("SR"), STR("Suriname"), 2, STR("#sr")},
	    {STR("AF"), STR("Afghanistan"), 4, STR("#af")},
	    {STR("GE"), STR("Georgia"), 4, STR("#ge")}, {STR("XK"), STR("Kosovo"), 1, STR("#xk")},
	    {STR("CV"), STR("Cape Verde"), 3, STR("#cv")},
	    {STR("BI"), STR("Burundi"), 1, STR("#bi")}, {STR("TZ"), STR("Tanzania"), 1, STR("#tz")},
	    {STR("IQ"), STR("Iraq"), 3, STR("#iq")}, {STR("ET"), STR("Ethiopia"), 5, STR("#et")},
	    {STR("SO"), STR("Somalia"), 2, STR("#so")}, {STR("AO"), STR("Angola"), 2, STR("#ao")},
	    {STR("CD"), STR("Congo"), M, STR("#cd")},
	    {STR("SL"), STR("Sierra Leone"), 2, STR("#sl")},
	    {STR("ID"), STR("Indonesia"), 1, STR("#id")}, {STR("CN"), STR("China"), 1, STR("#cn")},
	    {STR("AM"), STR("Armenia"), 2, STR("#am")},
	    {STR("BA"), STR("Bosnia and Herzegovina"), 2, STR("#ba")},
	    {STR("NG"), STR("Nigeria"), 2, STR("#ng")}, {STR("TR"), STR("Turkey"), 3, STR("#tr")},
	    {STR("RW"), STR("Rwanda"), 1, STR("#rw")}};
	static const double bounds[] = {1, 2, 3, 5};
	struct chart c = {.kind = CHART_MAP,
	    .id = lang->rtl ? STR("map-rtl") : STR("map"),
	    .title = STR("Countries with activities"),
	    .row_head = STR("Country"),
	    .value_head = STR("Number of activities"),
	    .lang = lang,
	    .format = &number_format,
	    .map = {places, sizeof places / sizeof *places, bounds, 4, false, true}};
	show(out, &c);
	c.id = lang->rtl ? STR("map2-rtl") : STR("map2");
	c.title = STR("Burundi and Tanzania");
	c.map = (struct chart_map){places + 7, 2, NULL, 0, false, true};
	show(out, &c);
	c.id = lang->rtl ? STR("map3-rtl") : STR("map3");
	c.title = STR("Kosovo and Bosnia");
	const struct chart_place balkan[] = {
	    {STR("XK"), STR("Kosovo"), 1, STR_NONE}, {STR("BA"), STR("Bosnia"), 1, STR_NONE}};
	c.map = (struct chart_map){balkan, 2, NULL, 0, false, true};
	show(out, &c);
}

static void matrices(struct buf *out, const struct chart_lang *lang)
{
	static const double v[] = {31, 4, 0, 18, 9, 2, 0, 7, 12, 40, 3, M, 6, 5, 22};
	const str rows[] = {STR("Afghanistan"), STR("Bosnia and Herzegovina"), STR("Ghana"),
	    STR("Sierra Leone"), STR("Sudan")};
	const str columns[] = {
	    STR("Health care"), STR("Education"), STR("Law and public administration")};
	struct chart c = {.kind = CHART_MATRIX,
	    .id = lang->rtl ? STR("matrix-rtl") : STR("matrix"),
	    .title = STR("Postings per country and sector (made-up figures)"),
	    .row_head = STR("Country"),
	    .value_head = STR("Number of postings"),
	    .lang = lang,
	    .format = &number_format,
	    .matrix = {rows, 5, columns, 3, v}};
	show(out, &c);
}

static void bubbles(struct buf *out, const struct chart_lang *lang)
{
	const str rows[] = {STR("Capacity of host organisations"), STR("Transfer of knowledge"), STR("Poverty")},
	          columns[] = {STR("Training of officers"), STR("Posting of experts"), STR("Price comparison of money transfers")},
	          kinds[] = {STR("strength not stated"), STR("limited"), STR("moderate"), STR("strong")},
	          notes[] = {STR("1.2 million"), STR("3.8 million"), STR("not known")};
	const struct chart_bubble b[] = {{0, 0, 3, 1, STR("#x")}, {0, 1, 12, 2, STR("#x")}, {1, 1, 7, 0, STR("#x")}, {2, 2, 1, 3, STR_NONE}};
	struct chart c = {.kind = CHART_BUBBLES,
	    .id = lang->rtl ? STR("bubbles-rtl") : STR("bubbles"),
	    .title = STR("Studies of what works (made-up figures)"),
	    .row_head = STR("Outcome"),
	    .value_head = STR("Number of studies"),
	    .lang = lang,
	    .format = &number_format,
	    .bubbles = {rows, 3, columns, 3, b, 4, kinds, 4, notes, STR("Money")}};
	show(out, &c);
}

int main(void)
{
	AUTO_BUF out = BUF_INIT(PAGE_MAX_BYTES);
	buf_addz(&out,
	    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
	    "content=\"width=device-width\"><title>Charts</title><link rel=\"stylesheet\" "
	    "href=\"chart.css\">"
	    "<link rel=\"stylesheet\" href=\"gallery.css\"><main>");
	for (int i = 0; i < 2; i++) {
		const struct chart_lang *lang = i ? &rtl : &en;
		buf_addz(&out, i ? "<h2>Right to left</h2>" : "<h1>Charts</h1>");
		spending(&out, lang);
		bars(&out, lang);
		targets(&out, lang);
		shares(&out, lang);
		timelines(&out, lang);
		prices(&out, lang);
		dots(&out, lang);
		maps(&out, lang);
		matrices(&out, lang);
		bubbles(&out, lang);
	}
	buf_addz(&out, "</main></html>\n");
	(void)fwrite(out.p, 1, out.n, stdout);
	return buf_check(&out, NULL) == ERR_OK ? 0 : 4;
}
