#pragma once
/* The open connections, each with the time at which it is cut if it has not moved on: slow clients
 * are dropped by total time, not only by silence. A thread of its own looks at them, and flushes
 * the access log. */
#include "http/access.h"

struct http_conn;
struct http_conns;

/* access (NULL: none) is borrowed. */
enum err_code http_conns_start(
    struct http_access *access, struct http_conns **ret_conns, struct err *e) WARN_UNUSED;
/* A connection by its socket, which stays open until it is removed. NULL without memory: then it is
 * not watched. */
struct http_conn *http_conns_add(struct http_conns *c, int fd, uint32_t deadline_s);
void http_conns_remove(struct http_conns *c, struct http_conn *k);
/* Cut it so many seconds from now. NULL is allowed. */
void http_conn_deadline(struct http_conn *k, uint32_t seconds);
size_t http_conns_count(struct http_conns *c);
/* End the thread; NULL is allowed. No connection is left then. */
void http_conns_stop(struct http_conns *c);
