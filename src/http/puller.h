#pragma once
/* A streamed body on its way: pieces are made one at a time, compressed if asked, and taken in
 * parts. */
#include "codec/compress.h"
#include "http/negotiate.h"

struct http_puller;

/* Takes the stream (closes it in the end, also when this fails). coding: identity, gzip or zstd. */
enum err_code http_puller_new(const struct http_stream *stream, enum http_coding coding,
    struct http_puller **ret_puller, struct err *e) WARN_UNUSED;
/* Make the next piece; may be called when nothing is left to take and the end is not reached. */
enum err_code http_puller_fill(struct http_puller *p, struct err *e) WARN_UNUSED;
/* Move up to cap bytes of the piece to dst; their number, 0: fill again or done. */
size_t http_puller_take(struct http_puller *p, char *dst, size_t cap);
/* What is left of the piece; borrowed until the next fill. */
str http_puller_ready(const struct http_puller *p);
/* True when the last piece was made. */
bool http_puller_done(const struct http_puller *p);
void http_puller_free(struct http_puller *p);
