#pragma once
/* A small HTTP client over raw sockets for the tests: it sends exactly what it is given and reads
 * answers strictly. Included by tests only. */
#include "base/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

enum { CLIENT_TIMEOUT_MS = 20000, CLIENT_MAX = 64 << 20 };

struct client {
	int fd;
	struct buf in; /* received, not yet used */
};

struct reply {
	int status;
	struct buf head, body; /* head: all header lines */
	bool chunked, complete;
};

static inline struct client client_open(const char *address)
{
	struct client c = {
	    .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), .in = BUF_INIT(CLIENT_MAX)};
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const char *colon = strrchr(address, ':');
	int64_t port = 0;
	assert_true(colon && str_to_i64(str_of(colon + 1), &port));
	to.sin_port = htons((uint16_t)port);
	assert_int_equal(connect(c.fd, (struct sockaddr *)&to, sizeof to), 0);
	return c;
}

static inline void client_close(struct client *c)
{
	(void)close(c->fd);
	buf_free(&c->in);
}

static inline void client_send(struct client *c, str text)
{
	while (text.n) {
		ssize_t n = send(c->fd, text.p, text.n, MSG_NOSIGNAL);
		if (n <= 0)
			return; /* the server may close early: the answer tells */
		text = str_sub(text, (size_t)n, text.n);
	}
}

/* False at the end of the stream, or after the time limit. */
static inline bool client_more(struct client *c, int timeout_ms)
{
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	if (poll(&p, 1, timeout_ms) <= 0)
		return false;
	char *to = buf_reserve(&c->in, 65536);
	assert_non_null(to);
	ssize_t n = recv(c->fd, to, 65536, 0);
	if (n <= 0)
		return false;
	c->in.n += (size_t)n;
	return true;
}

static inline void client_use(struct client *c, size_t n)
{
	memmove(c->in.p, c->in.p + n, c->in.n - n);
	c->in.n -= n;
}

static inline bool client_need(struct client *c, size_t n)
{
	while (c->in.n < n)
		if (!client_more(c, CLIENT_TIMEOUT_MS))
			return false;
	return true;
}

/* Position behind the next CRLF from `from`, reading on as needed; 0 when the stream ends first. */
static inline size_t client_line(struct client *c, size_t from)
{
	for (;;) {
		str rest = str_sub(buf_str(&c->in), from, c->in.n);
		ptrdiff_t at = str_find(rest, STR("\r\n"));
		if (at >= 0)
			return from + (size_t)at + 2;
		if (!client_more(c, CLIENT_TIMEOUT_MS))
			return 0;
	}
}

static inline str reply_header(const struct reply *r, const char *name)
{
	str rest = buf_str(&r->head);
	size_t n = strlen(name);
	while (rest.n) {
		ptrdiff_t end = str_find(rest, STR("\r\n"));
		str line = str_sub(rest, 0, (size_t)end);
		if (line.n > n && line.p[n] == ':' && strncasecmp(line.p, name, n) == 0)
			return str_trim(str_sub(line, n + 1, line.n));
		rest = str_sub(rest, (size_t)end + 2, rest.n);
	}
	return STR_NONE;
}

static inline void reply_free(struct reply *r)
{
	buf_free(&r->head);
	buf_free(&r->body);
}

#define AUTO_REPLY __attribute__((cleanup(reply_free))) struct reply

static inline bool client_chunks(struct client *c, struct reply *r)
{
	for (;;) {
		size_t end = client_line(c, 0);
		if (!end)
			return false;
		size_t n = strtoul(c->in.p, NULL, 16);
		client_use(c, end);
		if (!client_need(c, n + 2))
			return false;
		buf_add(&r->body, str_sub(buf_str(&c->in), 0, n));
		assert_memory_equal(c->in.p + n, "\r\n", 2);
		client_use(c, n + 2);
		if (n == 0)
			return true;
	}
}

/* Read one answer; status 0 when the connection ended before one. no_body: it answers HEAD. */
static inline struct reply client_read(struct client *c, bool no_body)
{
	struct reply r = {.head = BUF_INIT(65536), .body = BUF_INIT(CLIENT_MAX)};
	size_t at = client_line(c, 0);
	if (!at)
		return r;
	assert_true(c->in.n > 12 && memcmp(c->in.p, "HTTP/1.", 7) == 0);
	r.status = (int)strtol(c->in.p + 9, NULL, 10);
	for (size_t next; (next = client_line(c, at)) != at + 2; at = next) {
		assert_true(next > 0);
		buf_add(&r.head, str_sub(buf_str(&c->in), at, next));
	}
	client_use(c, at + 2);
	r.chunked = str_is(reply_header(&r, "Transfer-Encoding"), "chunked");
	str length = reply_header(&r, "Content-Length");
	int64_t n = 0;
	if (no_body || r.status == 304 || r.status == 204) {
		r.complete = true;
	} else if (r.chunked) {
		r.complete = client_chunks(c, &r);
	} else if (length.p) {
		assert_true(str_to_i64(length, &n));
		r.complete = client_need(c, (size_t)n);
		buf_add(&r.body, str_sub(buf_str(&c->in), 0, (size_t)n));
		client_use(c, (size_t)n < c->in.n ? (size_t)n : c->in.n);
	} else {
		while (client_more(c, CLIENT_TIMEOUT_MS)) {
		}
		buf_add(&r.body, buf_str(&c->in));
		c->in.n = 0;
		r.complete = true;
	}
	return r;
}

/* True when the server has closed: the next read gives the end. */
static inline bool client_ended(struct client *c, int timeout_ms)
{
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	char byte;
	return poll(&p, 1, timeout_ms) > 0 && recv(c->fd, &byte, 1, MSG_PEEK) <= 0;
}

/* One request on a connection of its own. lines: more header lines, each with CRLF. */
static inline struct reply client_ask(
    const char *address, const char *method, const char *target, const char *lines, str body)
{
	struct client c = client_open(address);
	struct buf b = BUF_INIT(CLIENT_MAX);
	buf_addf(&b, "%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%s\r\n", method, target,
	    lines);
	buf_add(&b, body);
	client_send(&c, buf_str(&b));
	buf_free(&b);
	struct reply r = client_read(&c, strcmp(method, "HEAD") == 0);
	client_close(&c);
	return r;
}

static inline struct reply client_get(const char *address, const char *target, const char *lines)
{
	return client_ask(address, "GET", target, lines, STR(""));
}
