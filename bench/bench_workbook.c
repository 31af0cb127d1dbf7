/* A workbook read row by row:   bench_workbook cells FILE | rpw FILE
 * cells: every cell of every sheet, counted. rpw: rows of Remittance Prices Worldwide, parsed and checked, counted. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "codec/io.h"
#include "feat/prices/rpw.h"

struct counts {
	uint64_t rows, cells, refused;
};

static enum err_code on_cells(void *ctx, const struct xlsx_row *row, struct err *e)
{
	struct counts *c = ctx;
	(void)e;
	c->rows++;
	for (size_t i = 0; i < row->n; i++)
		c->cells += row->cells[i].type != XLSX_CELL_EMPTY;
	return ERR_OK;
}

static enum err_code on_row(void *ctx, const struct rpw_row *row, struct err *e)
{
	struct counts *c = ctx;
	(void)e;
	c->rows++;
	c->cells += row->held != 0;
	return ERR_OK;
}

static enum err_code on_refused(void *ctx, const struct err *why, struct err *e)
{
	struct counts *c = ctx;
	(void)why, (void)e;
	c->refused++;
	return ERR_OK;
}

static enum err_code read_book(const char *mode, struct xlsx_book *b, struct counts *c, struct err *e)
{
	struct rpw_totals t;
	const struct rpw_reading r = {.on_row = on_row, .on_refused = on_refused, .ctx = c};
	if (strcmp(mode, "rpw") == 0)
		return rpw_read_book(b, &r, &t, e);
	for (size_t i = 0; i < xlsx_book_sheets(b); i++)
		TRY(xlsx_book_rows(b, i, on_cells, c, e));
	return ERR_OK;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct xlsx_book *b = NULL;
	struct counts c = {0};
	int fd = -1;
	if (argc != 3)
		return 2;
	enum err_code code = file_open_read(argv[2], &fd, &e);
	if (code == ERR_OK)
		code = xlsx_book_open_fd(fd, NULL, &b, &e);
	if (code == ERR_OK)
		code = read_book(argv[1], b, &c, &e);
	xlsx_book_close(b);
	if (fd >= 0)
		(void)close(fd);
	if (code != ERR_OK) {
		(void)fprintf(stderr, "%s\n", e.detail);
		return 3;
	}
	(void)printf("%llu rows, %llu %s, %llu refused\n", (unsigned long long)c.rows, (unsigned long long)c.cells,
	    strcmp(argv[1], "rpw") == 0 ? "held back" : "cells", (unsigned long long)c.refused);
	return 0;
}
