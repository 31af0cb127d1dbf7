#include "http/answer.h"

#include <errno.h>
#include <unistd.h>

#include "base/hash.h"
#include "codec/compress.h"
#include "codec/url.h"
#include "http/puller.h"

enum {
	COMPRESS_MIN_BYTES = 512,      /* below that it does not pay */
	GZIP_CAREFUL_MAX = 256 * 1024, /* longer content is gzipped at the fastest level */
	ETAG_HEX = 32,
	MINUTE_MS = 60000,
};

#define HTML_TYPE "text/html; charset=utf-8"
#define CSP                                                                                        \
	"default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "                \
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* On every answer. */
static const struct http_answer_header security_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

void http_answer_free(struct http_answer *a)
{
	buf_free(&a->owned);
	if (a->fd >= 0)
		(void)close(a->fd);
	a->fd = -1;
	http_puller_free(a->puller);
	a->puller = NULL;
}

static void add(struct http_answer *a, const char *name, const char *value)
{
	if (a->n_headers < HTTP_ANSWER_HEADERS_MAX)
		a->headers[a->n_headers++] = (struct http_answer_header){name, value};
}

static enum err_code add_text(
    struct http_answer *a, const char *name, struct arena *arena, str value, struct err *e)
{
	char *z = arena_cstr(arena, value);
	if (!z)
		return arena_fail(arena, e);
	add(a, name, z);
	return ERR_OK;
}

static enum err_code add_date(
    struct http_answer *a, const char *name, struct arena *arena, int64_t ms, struct err *e)
{
	AUTO_BUF b = BUF_INIT(64);
	buf_add_http_date(&b, ms);
	return add_text(a, name, arena, buf_str(&b), e);
}

bool http_type_compressible(str type)
{
	ptrdiff_t semi = str_find_char(type, ';');
	str t = str_trim(semi >= 0 ? str_sub(type, 0, (size_t)semi) : type);
	return str_starts(t, STR("text/")) || str_ends(t, STR("json")) || str_ends(t, STR("xml")) ||
	       str_ends(t, STR("javascript")) || str_ends(t, STR("yaml"));
}

bool http_is_api(const struct http_core *core, str path)
{
	for (const char *const *p = core->config.api_prefixes; *p; p++)
		if (str_starts(path, str_of(*p)))
			return true;
	return false;
}

const char *http_status_text(int status)
{
	static const struct {
		int status;
		const char *text;
	} names[] = {{200, "OK"}, {204, "No Content"}, {302, "Found"}, {303, "See Other"},
	    {304, "Not Modified"}, {308, "Permanent Redirect"}, {400, "Bad Request"},
	    {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
	    {405, "Method Not Allowed"}, {409, "Conflict"}, {413, "Content Too Large"},
	    {414, "URI Too Long"}, {415, "Unsupported Media Type"},
	    {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"},
	    {503, "Service Unavailable"}};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].status == status)
			return names[i].text;
	return "Error";
}

static const char *cache_control(enum http_cache c)
{
	switch (c) {
	case HTTP_CACHE_SNAPSHOT:
	case HTTP_CACHE_MINUTE:
	case HTTP_CACHE_VALIDATE:
		return "public, no-cache";
	case HTTP_CACHE_IMMUTABLE:
		return "public, max-age=31536000, immutable";
	case HTTP_CACHE_PRIVATE:
		return "private, no-cache";
	case HTTP_CACHE_NEVER:
		break;
	}
	return "no-store";
}

static void add_security(const struct http_core *core, struct http_answer *a, bool open, const char *csp)
{
	add(a, "Content-Security-Policy", csp ? csp : CSP);
	for (size_t i = 0; i < sizeof security_headers / sizeof security_headers[0]; i++)
		add(a, security_headers[i].name, security_headers[i].value);
	add(a, "Cross-Origin-Resource-Policy", open ? "cross-origin" : "same-origin");
	if (open)
		add(a, "Access-Control-Allow-Origin", "*");
	if (core->config.secure)
		add(a, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

/* Compress content of known length in place of the original; left alone when that does not help. */
static enum err_code compress_content(
    struct http_answer *a, enum http_coding coding, bool *ret_coded, struct err *e)
{
	struct buf packed = BUF_INIT(a->bytes.n);
	enum err_code code =
	    coding == HTTP_ZSTD
	        ? compress_str(COMPRESS_ZSTD, COMPRESS_ZSTD_LEVEL, a->bytes, &packed, e)
	        : compress_str(COMPRESS_GZIP,
	              a->bytes.n > GZIP_CAREFUL_MAX ? 1 : COMPRESS_GZIP_LEVEL, a->bytes, &packed,
	              e);
	if (code == ERR_LIMIT) { /* it would be longer */
		buf_free(&packed);
		return ERR_OK;
	}
	if (code != ERR_OK) {
		buf_free(&packed);
		return code;
	}
	buf_free(&a->owned);
	a->owned = packed;
	a->bytes = buf_str(&a->owned);
	*ret_coded = true;
	return ERR_OK;
}

/* Strong and of its own for each coding (RFC 9110, 8.8.3.3). */
static void make_etag(struct http_answer *a, str given, str content, enum http_coding coding)
{
	static const char *const ends[HTTP_CODINGS] = {"", "-g", "-z", "-b"};
	char hex[65];
	if (!given.p) {
		sha256_hex(sha256_of(content), hex);
		given = (str){hex, ETAG_HEX};
	}
	(void)snprintf(a->etag, sizeof a->etag, "%.*s%s",
	    given.n < HTTP_ETAG_MAX - 4 ? (int)given.n : HTTP_ETAG_MAX - 4, given.p, ends[coding]);
}

static enum err_code add_validators(struct http_answer *a, struct arena *arena, struct err *e)
{
	if (a->etag[0]) {
		str quoted = arena_fmt(arena, "\"%s\"", a->etag);
		if (!quoted.p)
			return arena_fail(arena, e);
		add(a, "ETag", quoted.p);
	}
	if (a->modified_ms)
		TRY(add_date(a, "Last-Modified", arena, a->modified_ms, e));
	return ERR_OK;
}

/* A name for both old and new clients (RFC 6266): quoted ASCII, and UTF-8 percent-encoded. */
static enum err_code add_disposition(
    struct http_answer *a, struct arena *arena, str name, struct err *e)
{
	AUTO_BUF b = BUF_INIT(2048);
	buf_addz(&b, "attachment; filename=\"");
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool plain = c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '/';
		buf_addc(&b, plain ? (char)c : '_');
	}
	buf_addz(&b, "\"; filename*=UTF-8''");
	url_encode(&b, name);
	TRY(buf_check(&b, e));
	return add_text(a, "Content-Disposition", arena, buf_str(&b), e);
}

static enum err_code add_handler_headers(const struct http_request *req,
    const struct http_response *res, struct http_answer *a, struct err *e)
{
	if (res->location.p)
		TRY(add_text(a, "Location", req->arena, res->location, e));
	if (res->file_name.p)
		TRY(add_disposition(a, req->arena, res->file_name, e));
	for (size_t i = 0; i < res->n_extra; i++)
		TRY(add_text(a, res->extra[i].name, req->arena, res->extra[i].value, e));
	return ERR_OK;
}

/* The first piece of a stream is made before the status goes out: a fault in it is an honest 500,
 * and a stream that ends with it is plain content, with a length and an ETag. */
static enum err_code take_stream(struct http_response *res, enum http_coding coding,
    struct http_answer *a, bool *ret_coded, struct err *e)
{
	struct http_stream stream = res->stream;
	res->stream.next = NULL;
	bool coded =
	    coding != HTTP_IDENTITY && (!stream.bytes || stream.bytes >= COMPRESS_MIN_BYTES);
	TRY(http_puller_new(&stream, coded ? coding : HTTP_IDENTITY, &a->puller, e));
	TRY(http_puller_fill(a->puller, e));
	*ret_coded = coded;
	a->stream_bytes = coded ? 0 : stream.bytes;
	if (!http_puller_done(a->puller))
		return ERR_OK;
	a->owned = BUF_INIT(SIZE_MAX / 2);
	buf_add(&a->owned, http_puller_ready(a->puller));
	http_puller_free(a->puller);
	a->puller = NULL;
	a->bytes = buf_str(&a->owned);
	return buf_check(&a->owned, e);
}

/* A file that is to be coded is read as a stream. */
static enum err_code next_of_file(void *ctx, struct buf *out, bool *ret_done, struct err *e)
{
	const int *fd = ctx;
	char *to = buf_reserve(out, HTTP_STREAM_PIECE_BYTES);
	if (!to)
		return buf_check(out, e);
	ssize_t n;
	do
		n = read(*fd, to, HTTP_STREAM_PIECE_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fail(e, ERR_IO, "answer.file", "the file cannot be read: %s", strerror(errno));
	out->n += (size_t)n;
	*ret_done = n == 0;
	return ERR_OK;
}

static void close_file(void *ctx)
{
	const int *fd = ctx;
	(void)close(*fd);
}

static enum err_code stream_file(struct http_response *res, struct arena *arena, struct err *e)
{
	int *fd = ARENA_NEW(arena, int);
	if (!fd)
		return arena_fail(arena, e);
	*fd = res->fd;
	res->fd = -1;
	res->stream = (struct http_stream){
	    .next = next_of_file, .close = close_file, .ctx = fd, .bytes = res->fd_bytes};
	return ERR_OK;
}

static enum err_code take_content(struct http_response *res, enum http_coding coding,
    struct http_answer *a, bool *ret_coded, struct err *e)
{
	if (res->stream.next)
		return take_stream(res, coding, a, ret_coded, e);
	if (res->fd >= 0) {
		a->fd = res->fd;
		a->fd_bytes = res->fd_bytes;
		res->fd = -1;
		return ERR_OK;
	}
	TRY(buf_check(&res->body, e));
	a->owned = res->body;
	res->body = BUF_INIT(0);
	a->bytes = res->bytes.p ? res->bytes : buf_str(&a->owned);
	return ERR_OK;
}

static enum err_code fill_answer(const struct http_core *core, const struct http_request *req,
    struct http_response *res, enum http_coding coding, int64_t default_modified_ms,
    struct http_answer *a, struct err *e)
{
	const char *type = res->type ? res->type : HTML_TYPE;
	bool compressible = http_type_compressible(str_of(type));
	enum http_coding wanted = compressible ? coding : HTTP_IDENTITY;
	bool coded = false;
	bool plain = !res->stream.next && res->fd < 0;
	if (res->fd >= 0 && wanted != HTTP_IDENTITY && res->fd_bytes >= COMPRESS_MIN_BYTES)
		TRY(stream_file(res, req->arena, e));
	TRY(take_content(res, wanted, a, &coded, e));
	bool validate = a->status == 200 && res->cache != HTTP_CACHE_NEVER;
	str content = a->bytes;
	bool hashable = !a->puller && a->fd < 0;
	if (validate &&
	    (hashable || res->etag.p)) /* of the content before coding: the same on every node */
		make_etag(a, res->etag, content, HTTP_IDENTITY);
	if (plain && wanted != HTTP_IDENTITY && a->bytes.n >= COMPRESS_MIN_BYTES)
		TRY(compress_content(a, wanted, &coded, e));
	if (coded && a->etag[0]) {
		char base[HTTP_ETAG_MAX];
		memcpy(base, a->etag, sizeof base);
		make_etag(a, str_of(base), STR(""), wanted);
	}
	if (validate)
		a->modified_ms = res->modified_ms ? res->modified_ms : default_modified_ms;
	if (validate && res->cache == HTTP_CACHE_MINUTE) {
		int64_t minute_ms = req->now_ms - req->now_ms % MINUTE_MS;
		a->until_ms = minute_ms + MINUTE_MS;
		a->modified_ms = minute_ms > a->modified_ms ? minute_ms : a->modified_ms;
	}
	add(a, "Content-Type", type);
	if (coded)
		add(a, "Content-Encoding", http_coding_name(wanted));
	TRY(add_validators(a, req->arena, e));
	add(a, "Cache-Control", cache_control(res->cache));
	if (compressible)
		add(a, "Vary", "Accept-Encoding");
	if (res->vary)
		add(a, "Vary", res->vary);
	TRY(add_handler_headers(req, res, a, e));
	a->keep = validate && hashable && !res->vary &&
	          (res->cache == HTTP_CACHE_SNAPSHOT || res->cache == HTTP_CACHE_MINUTE);
	if (validate)
		a->not_modified = http_not_modified(http_header(req, "If-None-Match"),
		    http_header(req, "If-Modified-Since"), a->etag[0] ? str_of(a->etag) : STR_NONE,
		    a->modified_ms);
	add_security(core, a, req->method == HTTP_GET && http_is_api(core, req->path), res->csp);
	return ERR_OK;
}

enum err_code http_answer_make(const struct http_core *core, const struct http_request *req,
    struct http_response *res, enum http_coding coding, int64_t default_modified_ms, bool close,
    struct http_answer *ret_answer, struct err *e)
{
	struct http_answer a = {.status = res->status ? res->status : 200, .fd = -1};
	enum err_code code = fill_answer(core, req, res, coding, default_modified_ms, &a, e);
	http_response_drop(res);
	if (code != ERR_OK) {
		http_answer_free(&a);
		return code;
	}
	if (close) {
		add(&a, "Connection", "close");
		a.keep = false;
	}
	/* a.bytes may point into a.owned's memory, which does not move with the struct */
	*ret_answer = a;
	return ERR_OK;
}

enum err_code http_answer_asset(const struct http_core *core, const struct http_assets *mount,
    const struct embed_file *asset, enum http_coding coding, struct arena *arena,
    struct http_answer *ret_answer, struct err *e)
{
	struct http_answer a = {.status = 200, .fd = -1, .bytes = asset->bytes};
	if (coding == HTTP_BROTLI)
		a.bytes = asset->br;
	if (coding == HTTP_GZIP)
		a.bytes = asset->gz;
	str quoted = str_of(asset->etag);
	make_etag(&a, str_sub(quoted, 1, quoted.n - 1), STR(""), coding);
	add(&a, "Content-Type", asset->type);
	if (coding != HTTP_IDENTITY)
		add(&a, "Content-Encoding", http_coding_name(coding));
	TRY(add_validators(&a, arena, e));
	add(&a, "Cache-Control",
	    cache_control(mount->immutable ? HTTP_CACHE_IMMUTABLE : HTTP_CACHE_VALIDATE));
	if (asset->br.p || asset->gz.p)
		add(&a, "Vary", "Accept-Encoding");
	add_security(core, &a, false, NULL);
	*ret_answer = a;
	return ERR_OK;
}

void http_response_drop(struct http_response *res)
{
	buf_free(&res->body);
	if (res->fd >= 0)
		(void)close(res->fd);
	res->fd = -1;
	if (res->stream.next && res->stream.close)
		res->stream.close(res->stream.ctx);
	res->stream.next = NULL;
}
