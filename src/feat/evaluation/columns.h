#pragma once
/* How wide the columns of a printed table are. The program that sets the PDF divides a fixed table evenly, and a column of
 * sentences as narrow as one of figures takes whole pages; letting it measure every cell itself takes as long as all the rest. */
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { COLUMNS_MOST = 40 };

/* The text of a cell; row 0 is the head. */
typedef str (*columns_cell)(const void *table, size_t row, size_t column);

/* Percentages that together are 100 at most, one for each of n columns, by the longest word and the usual length of their
 * texts in rows 0 to n_rows. More than COLUMNS_MOST columns: all the same. */
void columns_widths(const void *table, columns_cell cell, size_t n, size_t n_rows, uint8_t *ret_percent);
