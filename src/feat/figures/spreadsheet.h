#pragma once
/* A published table as a spreadsheet. */
#include "feat/figures/figures.h"

/* A file without a name, opened for reading at its start; the caller closes it. */
enum err_code figure_write_xlsx(const struct figure_table *t, str source, int64_t made_ms, int *ret_fd, struct err *e)
    WARN_UNUSED;
