#pragma once
/* Inside of the reader of RPW: the layout (rpw_read.c) and one row of it (rpw.c). */
#include "feat/prices/rpw.h"

/* The columns that are used, in the order of rpw_columns. */
enum rpw_column {
	RPW_ID,
	RPW_PERIOD,
	RPW_SOURCE_CODE,
	RPW_SOURCE_NAME,
	RPW_DESTINATION_CODE,
	RPW_DESTINATION_NAME,
	RPW_FIRM,
	RPW_FIRM_TYPE,
	RPW_PRODUCT,
	RPW_PAYMENT,
	RPW_ACCESS,
	RPW_SPEED,
	RPW_AMOUNT,	  /* of cc1; those of cc2 follow in the same order */
	RPW_DENOMINATION,
	RPW_CURRENCY,
	RPW_FEE,
	RPW_RATE,
	RPW_MARGIN,
	RPW_TOTAL,
	RPW_AMOUNT_2,
	RPW_DENOMINATION_2,
	RPW_CURRENCY_2,
	RPW_FEE_2,
	RPW_RATE_2,
	RPW_MARGIN_2,
	RPW_TOTAL_2,
	RPW_INTERBANK,
	RPW_TRANSPARENT,
	RPW_COVERAGE,
	RPW_PICKUP_LOCATION,
	RPW_PICKUP_METHOD,
	RPW_DATE,
	RPW_CORRIDOR,
	RPW_NOTE,
	RPW_NOTE2,
	RPW_COLUMNS
};
enum { RPW_OF_AMOUNT = RPW_AMOUNT_2 - RPW_AMOUNT };

/* Where the columns stand. */
struct rpw_layout {
	int16_t at[RPW_COLUMNS]; /* index of the cell, or -1 */
	str names[RPW_COLUMNS];	 /* as the source writes them */
	size_t n;		 /* columns of the table */
};

/* Columns of a header of n names. False: not enough of them for the layout to be this one. names are borrowed. */
bool rpw_layout_of(const str *names, size_t n, struct rpw_layout *ret);
/* ERR_INVALID "rpw.header" when a needed column is missing or one is there twice. */
enum err_code rpw_layout_check(const str *names, size_t n, const struct rpw_layout *l, struct err *e) WARN_UNUSED;

/* One row of n cells, into *ret; texts in arena. sheet and line are set by the caller. ERR_INVALID is a refusal: field and col say where. */
enum err_code rpw_row_parse(const struct rpw_layout *l, const struct xlsx_cell *cells, size_t n, struct arena *a, struct rpw_row *ret,
    struct err *e) WARN_UNUSED;
