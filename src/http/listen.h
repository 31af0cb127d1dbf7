#pragma once
/* The listening socket. */
#include "http/http.h"

enum { HTTP_ADDRESS_MAX = 128 };

/* Listen on "127.0.0.1:8080" or "[::1]:8080"; port 0 takes a free one. *ret_fd is the caller's;
 * address (HTTP_ADDRESS_MAX bytes) gets what it listens on. ERR_INVALID "listen.address"; ERR_IO
 * "listen.used" (port in use), "listen.denied", "listen.failed". */
enum err_code http_listen(str where, int *ret_fd, char *address, struct err *e) WARN_UNUSED;
