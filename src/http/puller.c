#include "http/puller.h"

#include "base/mem.h"

enum { PIECES_EMPTY_MAX = 1000 }; /* empty pieces in a row: a stream that does not come on */

struct http_puller {
	struct http_stream stream;
	struct compressor *compressor; /* NULL: none */
	struct buf piece;              /* as the stream makes it */
	struct buf packed;             /* as it is sent, when compressed */
	size_t taken;
	bool done;
};

static struct buf *outgoing(struct http_puller *p)
{
	return p->compressor ? &p->packed : &p->piece;
}

enum err_code http_puller_new(const struct http_stream *stream, enum http_coding coding,
    struct http_puller **ret_puller, struct err *e)
{
	struct http_puller *p = mem_alloc(sizeof *p);
	if (!p) {
		if (stream->close)
			stream->close(stream->ctx);
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	}
	*p = (struct http_puller){
	    .stream = *stream,
	    .piece = BUF_INIT(HTTP_STREAM_PIECE_BYTES),
	    .packed = BUF_INIT(2 * HTTP_STREAM_PIECE_BYTES),
	};
	if (coding != HTTP_IDENTITY) {
		enum compress_kind kind = coding == HTTP_ZSTD ? COMPRESS_ZSTD : COMPRESS_GZIP;
		/* gzip at its fastest: a stream is long, and level 6 would cost five times as much
		 */
		int level = coding == HTTP_ZSTD ? COMPRESS_ZSTD_LEVEL : 1;
		enum err_code code =
		    compressor_new(kind, level, sink_buf(&p->packed), &p->compressor, e);
		if (code != ERR_OK) {
			http_puller_free(p);
			return code;
		}
	}
	*ret_puller = p;
	return ERR_OK;
}

static enum err_code fill_once(struct http_puller *p, struct err *e)
{
	bool done = false;
	buf_clear(&p->piece);
	TRY(p->stream.next(p->stream.ctx, &p->piece, &done, e));
	TRY(buf_check(&p->piece, e));
	if (p->compressor) {
		TRY(compressor_write(p->compressor, buf_str(&p->piece), e));
		if (done)
			TRY(compressor_finish(p->compressor, e));
	}
	p->done = done;
	return ERR_OK;
}

enum err_code http_puller_fill(struct http_puller *p, struct err *e)
{
	struct buf *out = outgoing(p);
	buf_clear(out);
	p->taken = 0;
	/* a compressor may keep a small piece back: go on until there is something to send */
	for (int i = 0; i < PIECES_EMPTY_MAX; i++) {
		TRY(fill_once(p, e));
		if (p->done || out->n)
			return ERR_OK;
	}
	return fail(
	    e, ERR_BUG, "stream.empty", "a stream gave %d empty pieces in a row", PIECES_EMPTY_MAX);
}

str http_puller_ready(const struct http_puller *p)
{
	const struct buf *out = p->compressor ? &p->packed : &p->piece;
	return str_sub(buf_str(out), p->taken, out->n);
}

size_t http_puller_take(struct http_puller *p, char *dst, size_t cap)
{
	str ready = http_puller_ready(p);
	size_t n = ready.n < cap ? ready.n : cap;
	if (n)
		memcpy(dst, ready.p, n);
	p->taken += n;
	return n;
}

bool http_puller_done(const struct http_puller *p)
{
	return p->done;
}

void http_puller_free(struct http_puller *p)
{
	if (!p)
		return;
	if (p->stream.close)
		p->stream.close(p->stream.ctx);
	compressor_free(p->compressor);
	buf_free(&p->piece);
	buf_free(&p->packed);
	mem_free(p);
}
