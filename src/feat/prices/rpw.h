#pragma once
/* Inside of the slice: the rows of the World Bank's Remittance Prices Worldwide (RPW), from its workbook (.xlsx, streamed) or from
 * the same table as CSV. Pure: no database, no clock. Sources: the columns of both generations of the sheet (up to Q1 2016, and from
 * Q2 2016) and the method are described in docs/rpw.md.
 *
 * A row is a service of a provider in a corridor and quarter, with two amounts (the equivalents of about USD 200 and USD 500). Its key is
 * period and id; ids mean nothing beyond their quarter. Columns are found by their names, without regard to case, blanks and
 * order, so that both generations and extracts of them are read alike.
 *
 * Taken as the source has them, because they are known: numbers stored as text, dates as text (24/Jan/2011) or as dates, "..",
 * "N/A" and "Not available" for nothing, labels that differ in case and blanks, KSV for Kosovo, formulas with a stored
 * result. Refused, with row, column and reason: what a figure needs and does not have, and what cannot be read; nothing is
 * guessed. Kept but held back with reasons (enum rpw_held): what can be read and is not to be believed without a look. */
#include "base/arena.h"
#include "base/hash.h"
#include "codec/io.h"
#include "codec/xlsx_read.h"
#include "engine/compare/compare.h"

enum {
	RPW_COLUMNS_MAX = 64,	/* of a table */
	RPW_HEADER_WITHIN = 20, /* rows of a sheet in which the header may stand */
	RPW_TEXT_MAX = 2000,	/* bytes of a label or note; a longer one is refused */
	RPW_ROW_BYTES = 1 << 20,
	RPW_AMOUNTS = 2,
};

/* What makes a row doubtful: bits of rpw_row.held. The thresholds are ours (the method page, data quality). */
enum rpw_held {
	RPW_HELD_INTERBANK = 1,		/* the interbank rate is 0 or missing: there is no margin */
	RPW_HELD_RATE = 2,		/* the applied rate is 0 or missing although the service is said to be transparent */
	RPW_HELD_AMOUNT = 4,		/* one of the two amounts is 0 or missing */
	RPW_HELD_MARGIN_DIFFERS = 8,	/* the margin is off what the rates give by more than 0.1 percentage point */
	RPW_HELD_TOTAL_DIFFERS = 16,	/* the total is off fee and margin by more than 0.1 percentage point */
	RPW_HELD_MARGIN_NEGATIVE = 32,	/* a margin below -0.5 %: a rate better than the banks' */
	RPW_HELD_TOTAL_NEGATIVE = 64,	/* a total below 0: money is given away, a promotion perhaps */
	RPW_HELD_FEE_LARGE = 128,	/* a fee over 50 % of the amount */
	RPW_HELD_MARGIN_LARGE = 256,	/* a margin over 50 %: another rate than the banks', or a currency in free fall */
	RPW_HELD_FREE = 512,		/* no fee and no margin, across currencies */
	RPW_HELD_ZERO_MARGIN = 1024,	/* margin 0 across currencies after 2021_4Q: since then the source does not say any more whose
					   rate is not disclosed, and stores those as 0 too */
	RPW_HELD_DATE = 2048,		/* the day of collection is more than a year off the quarter */
	RPW_HELD_CORRIDOR = 4096,	/* the corridor is another than that of the two countries */
};
enum { RPW_HELD_KINDS = 13 };
/* One English sentence for bit i (0 to RPW_HELD_KINDS - 1). */
const char *rpw_held_reason(int i);

/* Classes of coverage: the first five until Q1 2016, then the other three. There is no rule that turns one kind into the other. */
enum rpw_coverage {
	RPW_COVERAGE_UNKNOWN,
	RPW_NATIONWIDE,
	RPW_MAJOR_CITIES,
	RPW_MAIN_CITY,
	RPW_URBAN_ONLY,
	RPW_RURAL_ONLY,
	RPW_HIGH,
	RPW_MEDIUM,
	RPW_LOW,
};

/* An amount with its price. All of it is as the source says, but for the two figures that are computed. */
struct rpw_amount {
	bool given;		  /* false: no amount or no fee, the rest is nothing */
	int32_t usd;		  /* what it stands for: 200, 500; 0 when the source does not say */
	str currency;		  /* ISO 4217, of the sending country ("lcu code") */
	int64_t amount_minor;	  /* rounded half up to the currency's minor unit */
	int64_t fee_minor;	  /* the same; may be negative (a bonus) */
	str rate_text;		  /* applied rate as plain digits: units received for one sent; STR_NONE: not disclosed, or 0 */
	struct compare_rate rate; /* .digits 0: none */
	bool has_margin, has_total;
	int64_t margin_ppm, total_ppm; /* of the amount, millionths, as the source has them, half up; from unlisted rows: 0 margin says nothing */
	/* By the method's formulas: margin = (interbank - rate) / interbank, total = fee / amount + margin. Only
	 * when the margin state is not UNKNOWN. */
	bool computed;
	int64_t computed_margin_ppm, computed_total_ppm;
};

struct rpw_row {
	/* where it stands */
	str sheet;     /* "" in CSV */
	uint32_t line; /* row of the sheet, line of the CSV file */
	/* key */
	str id;
	int32_t year, quarter; /* 2011, 1 */
	/* corridor: ISO 3166-1 alpha-3, XKX for Kosovo; names as given */
	str source, source_name, destination, destination_name;
	/* service. Labels trimmed, runs of blanks made one, otherwise as given; "" when not told */
	str firm, firm_type, product, payment_instrument, access_point, pickup_method, pickup_location, coverage_label, speed_label, note,
	    note2;
	str firm_key;		    /* firm, folded: equal for names that differ in case, marks and blanks */
	uint16_t pay_in, payout;    /* bits as prices_pay_ins and prices_payouts; labels without a counterpart set none */
	enum compare_speed speed;   /* UNKNOWN: not told, or another label */
	enum rpw_coverage coverage;
	date collected;		    /* DATE_NONE: not told */
	/* price */
	bool transparent;	    /* the provider tells its rate before payment. World Bank averages leave the others out */
	enum compare_margin margin; /* UNKNOWN: not transparent (stored as rate 1, margin 0), or no rate; SAME_CURRENCY: both rates are 1 */
	str interbank_text;	    /* as plain digits; STR_NONE: not told, or 0, or not transparent */
	struct compare_rate interbank;
	struct rpw_amount amounts[RPW_AMOUNTS]; /* cc1, cc2 */
	uint32_t held;		    /* enum rpw_held; 0: nothing is doubtful */
	/* SHA-256 of all cells but id, trimmed: equal rows under another id are surplus copies, which the importer is to refuse. */
	sha256 content;
};

/* A good row, held back or not; borrowed until the return. An error ends the reading. */
typedef enum err_code (*rpw_row_fn)(void *ctx, const struct rpw_row *row, struct err *e);
/* A refused row: why has id, field (the column's name), detail, file, line (row) and col (column, from 1), in a workbook the detail begins with the sheet
 * and cell. Ids: "rpw.missing", "rpw.number", "rpw.period", "rpw.date", "rpw.country", "rpw.currency", "rpw.word", "rpw.error" (an error
 * value, or a formula without result), "rpw.length", "rpw.amount" (neither amount can be used); of CSV "csv.…". */
typedef enum err_code (*rpw_refused_fn)(void *ctx, const struct err *why, struct err *e);

struct rpw_reading {
	const char *file; /* for reports; NULL: none */
	rpw_row_fn on_row;
	rpw_refused_fn on_refused;
	void *ctx;
};

struct rpw_totals {
	uint32_t tables;	/* sheets with the layout */
	uint32_t skipped;	/* sheets without: terms of use, legend … */
	uint64_t rows, held, refused; /* rows that were given, how many of them are held back, and how many were refused */
};

/* Do the names of a header hold the layout? Enough of the columns that no other feed has. */
bool rpw_is_header(const str *names, size_t n);

/* Read all sheets that have the layout, in memory that does not grow with them. ERR_INVALID "rpw.layout": no sheet has it; "rpw.header": a
 * column is missing or there twice; errors of the workbook (xlsx_read.h) and of the callbacks. Rows given before an error stay
 * given. ret_totals is filled also on failure. */
enum err_code rpw_read_book(struct xlsx_book *book, const struct rpw_reading *r, struct rpw_totals *ret_totals, struct err *e)
    WARN_UNUSED;
/* The same from CSV; the first record is the header. */
enum err_code rpw_read_csv(struct source from, const struct rpw_reading *r, struct rpw_totals *ret_totals, struct err *e) WARN_UNUSED;
