#pragma once
/* PDFs made in the background and kept: one for each language, of one state of the data. Safe for any number of threads. */
#include "feat/evaluation/evaluation.h"
#include "feat/evaluation/pdf.h"

enum printing {
	PRINT_WANTED, /* hand over the document with printer_give */
	PRINT_MAKING,
	PRINT_READY,
	PRINT_FAILED, /* and not tried again for PRINT_REST_MS */
};

enum { PRINT_REST_MS = 60000 };

/* What there is of that state of the data (version, not 0). READY: appended to out, whose failure is its own; FAILED: *ret_why. */
enum printing printer_look(struct evaluation_printer *p, enum lang l, int64_t version, int64_t now_ms, struct buf *out,
    struct err *ret_why);
/* Have it made. html is taken over: empty afterwards. */
void printer_give(struct evaluation_printer *p, enum lang l, int64_t version, int64_t now_ms, struct buf *html);
/* With another program than weasyprint, for tests. */
enum err_code printer_new_with(const char *program, struct evaluation_printer **ret_printer, struct err *e) WARN_UNUSED;
