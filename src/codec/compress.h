#pragma once
/* gzip (RFC 1952, zlib) and Zstandard (RFC 8878): of a text at once, and of a stream. */
#include "codec/io.h"

enum compress_kind { COMPRESS_GZIP, COMPRESS_ZSTD };

enum {
	COMPRESS_GZIP_LEVEL = 6, /* good defaults: see docs/performance.md */
	COMPRESS_ZSTD_LEVEL = 3,
	COMPRESS_WINDOW_LOG = 23 /* largest Zstandard window taken: 8 MB, as RFC 8878 advises */
};

/* Append the compressed form of in to out. level 0: the default of the kind. ERR_LIMIT, ERR_NOMEM.
 */
enum err_code compress_str(
    enum compress_kind kind, int level, str in, struct buf *out, struct err *e) WARN_UNUSED;
/* Append what in was before; out's maximum guards against bombs. ERR_INVALID "compress.data"
 * (damaged or cut off, or other bytes behind the end), ERR_LIMIT. */
enum err_code decompress_str(
    enum compress_kind kind, str in, struct buf *out, struct err *e) WARN_UNUSED;

struct compressor;

/* What is written to the compressor goes compressed to the sink (borrowed). level 0: the default of
 * the kind. */
enum err_code compressor_new(enum compress_kind kind, int level, struct sink to,
    struct compressor **ret_compressor, struct err *e) WARN_UNUSED;
enum err_code compressor_write(struct compressor *c, str bytes, struct err *e) WARN_UNUSED;
/* Pass on all that was written so far, so that a reader at the other end can see it. */
enum err_code compressor_flush(struct compressor *c, struct err *e) WARN_UNUSED;
/* Write the end. Nothing may be written after it. */
enum err_code compressor_finish(struct compressor *c, struct err *e) WARN_UNUSED;
void compressor_free(struct compressor *c);
/* The compressor as a sink (borrows it). */
struct sink compressor_sink(struct compressor *c);

struct decompressor;

/* A source that gives what `from` (borrowed) holds compressed. ERR_INVALID "compress.data" from
 * reading it. */
enum err_code decompressor_new(enum compress_kind kind, struct source from,
    struct decompressor **ret_decompressor, struct err *e) WARN_UNUSED;
void decompressor_free(struct decompressor *d);
struct source decompressor_source(struct decompressor *d);
