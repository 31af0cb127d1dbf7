#pragma once
/* PDF by a program beside ours (weasyprint), which may do little: no network, limited time, memory and output. A server
 * cannot start programs once it has shut itself in, so it keeps a helper process that was there before. */
#include "base/buf.h"

enum {
	PDF_SECONDS = 90,	       /* of one document, by the clock and by the processor */
	PDF_MEMORY_BYTES = 1536 << 20, /* address space of the program */
	PDF_BYTES = 64 << 20,	       /* of the document */
	PDF_HTML_BYTES = 64 << 20,
};

/* Make a PDF of html. ERR_IO: "pdf.absent" (the program is not installed: detail says what to install), "pdf.time", "pdf.failed"
 * (with the program's own last words), "pdf.result" (what it made is no PDF, or more than PDF_BYTES), "pdf.system". Nothing is
 * appended to out unless all of it is there. Starts a process: for commands. */
enum err_code pdf_make(str html, struct buf *out, struct err *e) WARN_UNUSED;
/* The same with another program than weasyprint, for tests. */
enum err_code pdf_make_with(const char *program, str html, struct buf *out, struct err *e) WARN_UNUSED;

/* The helper: a child that makes PDFs, one after the other. Start it before there is a second thread; it ends when the helper is
 * stopped or its parent ends. */
struct pdf_helper;
enum err_code pdf_helper_start(const char *program, struct pdf_helper **ret_helper, struct err *e) WARN_UNUSED;
/* As pdf_make, by the helper; one call at a time. ERR_IO "pdf.helper": the helper is gone. */
enum err_code pdf_helper_make(struct pdf_helper *h, str html, struct buf *out, struct err *e) WARN_UNUSED;
int pdf_helper_pid(const struct pdf_helper *h);
/* Have it end, also in the middle of a document; from any thread. pdf_helper_make then fails. */
void pdf_helper_end(struct pdf_helper *h);
/* End it and wait until it is gone; free h. NULL is allowed. */
void pdf_helper_stop(struct pdf_helper *h);

#define PDF_PROGRAM "weasyprint"
