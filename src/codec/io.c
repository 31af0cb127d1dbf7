#include "codec/io.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum err_code read_str(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	(void)e;
	str *rest = ctx;
	size_t n = rest->n < cap ? rest->n : cap;
	if (n) {
		memcpy(dst, rest->p, n);
		*rest = str_sub(*rest, n, rest->n);
	}
	*ret_n = n;
	return ERR_OK;
}

struct source source_str(str *rest)
{
	return (struct source){read_str, rest};
}

static enum err_code read_fd(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	for (;;) {
		ssize_t n = read(*(int *)ctx, dst, cap);
		if (n >= 0) {
			*ret_n = (size_t)n;
			return ERR_OK;
		}
		if (errno != EINTR)
			return fail(e, ERR_IO, "io.read", "reading failed: %s", strerror(errno));
	}
}

struct source source_fd(int *fd)
{
	return (struct source){read_fd, fd};
}

enum err_code file_open_read(const char *path, int *ret_fd, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		*ret_fd = fd;
		return ERR_OK;
	}
	if (errno == ENOENT || errno == ENOTDIR)
		(void)fail(e, ERR_NOT_FOUND, "io.missing", "there is no such file");
	else if (errno == EACCES)
		(void)fail(e, ERR_FORBIDDEN, "io.access", "the file may not be read");
	else
		(void)fail(e, ERR_IO, "io.open", "opening failed: %s", strerror(errno));
	return err_at(e, path, 0, 0);
}

enum err_code file_read(const char *path, struct buf *b, struct err *e)
{
	int fd = -1;
	TRY(file_open_read(path, &fd, e));
	enum err_code code = ERR_OK;
	size_t n = 1;
	while (n && code == ERR_OK) {
		/* At the maximum one byte more is asked for: if it is there, the file is too long.
		 */
		size_t left = b->max - b->n, want = left < IO_CHUNK ? left : IO_CHUNK;
		char extra, *to = want ? buf_reserve(b, want) : &extra;
		if (!to)
			break;
		code = read_fd(&fd, to, want ? want : 1, &n, e);
		if (code == ERR_OK && want == 0 && n)
			b->failed = ERR_LIMIT;
		if (code == ERR_OK && want) {
			b->n += n;
			b->p[b->n] = '\0';
		}
		if (want == 0)
			break;
	}
	(void)close(fd);
	if (code == ERR_OK)
		code = buf_check(b, e);
	return code == ERR_OK ? ERR_OK : err_at(e, path, 0, 0);
}

static enum err_code write_buf(void *ctx, str bytes, struct err *e)
{
	buf_add(ctx, bytes);
	return buf_check(ctx, e);
}

struct sink sink_buf(struct buf *b)
{
	return (struct sink){write_buf, b};
}

static enum err_code write_fd(void *ctx, str bytes, struct err *e)
{
	while (bytes.n) {
		ssize_t n = write(*(int *)ctx, bytes.p, bytes.n);
		if (n >= 0)
			bytes = str_sub(bytes, (size_t)n, bytes.n);
		else if (errno != EINTR)
			return fail(e, ERR_IO, "io.write", "writing failed: %s", strerror(errno));
	}
	return ERR_OK;
}

struct sink sink_fd(int *fd)
{
	return (struct sink){write_fd, fd};
}

void out_to_buf(struct out *o, struct buf *b)
{
	*o = (struct out){.to = b};
}

void out_to_sink(struct out *o, struct sink s)
{
	*o = (struct out){.own = BUF_INIT(SIZE_MAX / 2), .sink = s};
	o->to = &o->own;
}

static void pass_on(struct out *o)
{
	if (o->err.code == ERR_OK && buf_check(&o->own, &o->err) == ERR_OK && o->own.n)
		(void)o->sink.write(o->sink.ctx, buf_str(&o->own), &o->err);
	buf_clear(&o->own);
}

void out_step(struct out *o)
{
	if (o->to == &o->own && o->own.n >= OUT_FLUSH_BYTES)
		pass_on(o);
}

enum err_code out_fail(struct out *o, enum err_code code, const char *id, const char *detail)
{
	return o->err.code ? o->err.code : fail(&o->err, code, id, "%s", detail);
}

enum err_code out_finish(struct out *o, struct err *e)
{
	if (o->to == &o->own)
		pass_on(o);
	buf_free(&o->own);
	if (o->err.code == ERR_OK && o->to != &o->own)
		return buf_check(o->to, e);
	if (o->err.code && e)
		*e = o->err;
	return o->err.code;
}
