#include "codec/compress.h"

#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"

enum { OUT_BYTES = 32 * 1024, GZIP_WINDOW = 15 + 16 /* + 16: with gzip's header */ };

static enum err_code no_memory(struct err *e)
{
	return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
}

struct compressor {
	enum compress_kind kind;
	struct sink to;
	z_stream gzip;
	ZSTD_CCtx *zstd;
	char out[OUT_BYTES];
};

static bool begin_gzip(struct compressor *c, int level)
{
	return deflateInit2(&c->gzip, level ? level : COMPRESS_GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW,
	           8, Z_DEFAULT_STRATEGY) == Z_OK;
}

static bool begin_zstd(struct compressor *c, int level)
{
	c->zstd = ZSTD_createCCtx();
	return c->zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_compressionLevel,
	                      level ? level : COMPRESS_ZSTD_LEVEL));
}

enum err_code compressor_new(enum compress_kind kind, int level, struct sink to,
    struct compressor **ret_compressor, struct err *e)
{
	struct compressor *c = mem_alloc(sizeof *c);
	if (!c)
		return no_memory(e);
	c->kind = kind;
	c->to = to;
	c->gzip = (z_stream){0};
	c->zstd = NULL;
	if (kind == COMPRESS_GZIP ? !begin_gzip(c, level) : !begin_zstd(c, level)) {
		compressor_free(c);
		return no_memory(e);
	}
	*ret_compressor = c;
	return ERR_OK;
}

void compressor_free(struct compressor *c)
{
	if (!c)
		return;
	(void)deflateEnd(&c->gzip);
	(void)ZSTD_freeCCtx(c->zstd);
	mem_free(c);
}

static enum err_code pass_on(struct compressor *c, size_t n, struct err *e)
{
	return n ? c->to.write(c->to.ctx, (str){c->out, n}, e) : ERR_OK;
}

/* The library counts in unsigned int: larger texts go in pieces. */
enum { GZIP_PIECE = 1 << 30 };

static enum err_code step_gzip(struct compressor *c, str bytes, int mode, struct err *e)
{
	do {
		size_t n = bytes.n < GZIP_PIECE ? bytes.n : GZIP_PIECE;
		c->gzip.next_in = (Bytef *)(uintptr_t)bytes.p;
		c->gzip.avail_in = (uInt)n;
		bytes = str_sub(bytes, n, bytes.n);
		do {
			c->gzip.next_out = (Bytef *)c->out;
			c->gzip.avail_out = OUT_BYTES;
			if (deflate(&c->gzip, bytes.n ? Z_NO_FLUSH : mode) == Z_STREAM_ERROR)
				return fail(
				    e, ERR_BUG, "compress.use", "the gzip stream was ended before");
			TRY(pass_on(c, OUT_BYTES - c->gzip.avail_out, e));
		} while (c->gzip.avail_out == 0);
	} while (bytes.n);
	return ERR_OK;
}

static enum err_code step_zstd(
    struct compressor *c, str bytes, ZSTD_EndDirective mode, struct err *e)
{
	ZSTD_inBuffer in = {bytes.p, bytes.n, 0};
	for (;;) {
		ZSTD_outBuffer out = {c->out, OUT_BYTES, 0};
		size_t left = ZSTD_compressStream2(c->zstd, &out, &in, mode);
		if (ZSTD_isError(left))
			return fail(e, ERR_NOMEM, "compress.zstd", "compression failed: %s",
			    ZSTD_getErrorName(left));
		TRY(pass_on(c, out.pos, e));
		if (mode == ZSTD_e_continue ? in.pos == in.size : left == 0)
			return ERR_OK;
	}
}

enum err_code compressor_write(struct compressor *c, str bytes, struct err *e)
{
	if (bytes.n == 0)
		return ERR_OK;
	return c->kind == COMPRESS_GZIP ? step_gzip(c, bytes, Z_NO_FLUSH, e)
	                                : step_zstd(c, bytes, ZSTD_e_continue, e);
}

enum err_code compressor_flush(struct compressor *c, struct err *e)
{
	return c->kind == COMPRESS_GZIP ? step_gzip(c, STR(""), Z_SYNC_FLUSH, e)
	                                : step_zstd(c, STR(""), ZSTD_e_flush, e);
}

enum err_code compressor_finish(struct compressor *c, struct err *e)
{
	return c->kind == COMPRESS_GZIP ? step_gzip(c, STR(""), Z_FINISH, e)
	                                : step_zstd(c, STR(""), ZSTD_e_end, e);
}

static enum err_code sink_write(void *ctx, str bytes, struct err *e)
{
	return compressor_write(ctx, bytes, e);
}

struct sink compressor_sink(struct compressor *c)
{
	return (struct sink){sink_write, c};
}

enum err_code compress_str(
    enum compress_kind kind, int level, str in, struct buf *out, struct err *e)
{
	struct compressor *c;
	TRY(compressor_new(kind, level, sink_buf(out), &c, e));
	if (kind == COMPRESS_ZSTD) /* a known size lets it choose smaller tables */
		(void)ZSTD_CCtx_setPledgedSrcSize(c->zstd, in.n);
	enum err_code code = compressor_write(c, in, e);
	if (code == ERR_OK)
		code = compressor_finish(c, e);
	compressor_free(c);
	return code;
}

struct decompressor {
	enum compress_kind kind;
	struct source from;
	z_stream gzip;
	ZSTD_DCtx *zstd;
	bool ended;    /* the source is exhausted */
	bool complete; /* at the end of a gzip member or zstd frame */
	bool started;
	size_t at, n;
	char in[OUT_BYTES];
};

enum err_code decompressor_new(enum compress_kind kind, struct source from,
    struct decompressor **ret_decompressor, struct err *e)
{
	struct decompressor *d = mem_alloc(sizeof *d);
	if (!d)
		return no_memory(e);
	d->kind = kind;
	d->from = from;
	d->gzip = (z_stream){0};
	d->zstd = kind == COMPRESS_ZSTD ? ZSTD_createDCtx() : NULL;
	d->ended = d->started = d->complete = false;
	d->at = d->n = 0;
	bool ok = kind == COMPRESS_GZIP ? inflateInit2(&d->gzip, GZIP_WINDOW) == Z_OK
	                                : d->zstd && !ZSTD_isError(ZSTD_DCtx_setParameter(d->zstd,
	                                                 ZSTD_d_windowLogMax, COMPRESS_WINDOW_LOG));
	if (!ok) {
		decompressor_free(d);
		return no_memory(e);
	}
	*ret_decompressor = d;
	return ERR_OK;
}

void decompressor_free(struct decompressor *d)
{
	if (!d)
		return;
	(void)inflateEnd(&d->gzip);
	(void)ZSTD_freeDCtx(d->zstd);
	mem_free(d);
}

static enum err_code damaged(struct err *e, const char *why)
{
	return fail(e, ERR_INVALID, "compress.data", "the compressed data are damaged: %s", why);
}

/* One step of the library: from d->in into dst; *ret_n bytes came out. */
static enum err_code step_inflate(
    struct decompressor *d, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	if (d->complete && d->started && d->at < d->n && inflateReset(&d->gzip) != Z_OK)
		return damaged(e, "a member cannot begin");
	uInt room = cap < GZIP_PIECE ? (uInt)cap : GZIP_PIECE;
	d->gzip.next_in = (Bytef *)d->in + d->at;
	d->gzip.avail_in = (uInt)(d->n - d->at);
	d->gzip.next_out = (Bytef *)dst;
	d->gzip.avail_out = room;
	int code = inflate(&d->gzip, Z_NO_FLUSH);
	d->at = d->n - d->gzip.avail_in;
	*ret_n = room - d->gzip.avail_out;
	d->complete = code == Z_STREAM_END;
	if (code == Z_MEM_ERROR)
		return no_memory(e);
	if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
		return damaged(e, d->gzip.msg ? d->gzip.msg : "not gzip");
	return ERR_OK;
}

static enum err_code step_unzstd(
    struct decompressor *d, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	ZSTD_inBuffer in = {d->in, d->n, d->at};
	ZSTD_outBuffer out = {dst, cap, 0};
	size_t left = ZSTD_decompressStream(d->zstd, &out, &in);
	if (ZSTD_isError(left))
		return damaged(e, ZSTD_getErrorName(left));
	d->at = in.pos;
	d->complete = left == 0;
	*ret_n = out.pos;
	return ERR_OK;
}

static enum err_code read_decompressed(
    void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct decompressor *d = ctx;
	size_t n = 0;
	while (n == 0) {
		if (d->at == d->n && !d->ended) {
			d->at = d->n = 0;
			TRY(d->from.read(d->from.ctx, d->in, OUT_BYTES, &d->n, e));
			d->ended = d->n == 0;
		}
		if (d->ended && !d->started)
			return damaged(e, "there are none");
		if (d->ended && d->complete)
			break;
		bool last = d->ended;
		TRY(d->kind == COMPRESS_GZIP ? step_inflate(d, dst, cap, &n, e)
		                             : step_unzstd(d, dst, cap, &n, e));
		d->started = true;
		if (last && n == 0 && !d->complete)
			return damaged(e, "they are cut off");
	}
	*ret_n = n;
	return ERR_OK;
}

struct source decompressor_source(struct decompressor *d)
{
	return (struct source){read_decompressed, d};
}

enum err_code decompress_str(enum compress_kind kind, str in, struct buf *out, struct err *e)
{
	struct decompressor *d;
	str rest = in;
	TRY(decompressor_new(kind, source_str(&rest), &d, e));
	char *piece = mem_alloc(OUT_BYTES);
	enum err_code code = piece ? ERR_OK : no_memory(e);
	size_t n = 1;
	while (code == ERR_OK && n) {
		code = read_decompressed(d, piece, OUT_BYTES, &n, e);
		if (code == ERR_OK) {
			buf_add(out, (str){piece, n});
			code = buf_check(out, e);
		}
	}
	mem_free(piece);
	decompressor_free(d);
	return code;
}
