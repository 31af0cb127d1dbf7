#pragma once
/* The access log: one line per request, gathered and written in pieces. No personal data: of an
 * address only the network is kept (/24 of IPv4, /48 of IPv6), the query string is left out. */
#include <sys/socket.h>

#include "http/http.h"

struct http_access;

struct http_access_line {
	int64_t begin_ms; /* UTC */
	const struct sockaddr *address;
	const char *method;
	str target; /* as sent */
	int status;
	uint64_t bytes;
	int64_t duration_us;
};

/* Lines go to fd (borrowed). NULL without memory. */
struct http_access *http_access_new(int fd, bool with_query);
/* "2026-11-24T08:14:00Z 192.0.2.0/24 GET /en/activities 200 5123 0.000214": time, network, method,
 * target, status, bytes of content, seconds. What is no visible ASCII is written as \xNN. */
void http_access_add(struct http_access *a, const struct http_access_line *line);
/* Write what is gathered. */
void http_access_flush(struct http_access *a);
/* Flush and free; NULL is allowed. */
void http_access_free(struct http_access *a);

/* "192.0.2.0/24", "2001:db8:1::/48", "-" for others; also for IPv4 addresses mapped into IPv6. */
void http_access_add_network(struct buf *b, const struct sockaddr *address);
