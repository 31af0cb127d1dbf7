#pragma once
/* Validation against an XML Schema 1.0 (libxml2), streaming. */
#include "base/arena.h"
#include "codec/io.h"

struct xsd;

struct xsd_fault {
	uint32_t line; /* from 1; 0 when unknown */
	str message;   /* English, one line, in arena */
};

struct xsd_result {
	const struct xsd_fault *faults; /* in arena, in the order found */
	size_t n;
	size_t total; /* all faults, also those beyond max_faults */
};

/* Compile the schema in the file path; files it includes are found beside it, never on the network.
 * *ret_xsd is freed by xsd_free and may be used by one thread at a time. ERR_NOT_FOUND
 * "io.missing", ERR_INVALID "xsd.schema" with file and line. */
enum err_code xsd_load(const char *path, struct xsd **ret_xsd, struct err *e) WARN_UNUSED;
void xsd_free(struct xsd *x);
/* Validate a document. Not valid is no error: ret_result->total tells. Not well-formed, or a
 * document type: ERR_INVALID as xml_read. file is for error reports, may be NULL. */
enum err_code xsd_check(struct xsd *x, struct source from, const char *file, struct arena *a,
    size_t max_faults, struct xsd_result *ret_result, struct err *e) WARN_UNUSED;
