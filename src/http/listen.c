#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static enum err_code bad_address(str where, struct err *e)
{
	return fail(e, ERR_INVALID, "listen.address",
	    "\"%.*s\" is no address to listen on: write ADDRESS:PORT, such as 127.0.0.1:8080 or "
	    "[::1]:8080",
	    STR_ARG(where));
}

static enum err_code split_address(str where, char host[64], char port[8], struct err *e)
{
	ptrdiff_t colon = -1;
	for (size_t i = 0; i < where.n; i++)
		if (where.p[i] == ':')
			colon = (ptrdiff_t)i;
	if (colon < 0)
		return bad_address(where, e);
	str h = str_sub(where, 0, (size_t)colon);
	str p = str_sub(where, (size_t)colon + 1, where.n);
	uint32_t number;
	if (!str_to_u32(p, &number) || number > 65535)
		return bad_address(where, e);
	if (h.n > 2 && h.p[0] == '[' && h.p[h.n - 1] == ']')
		h = str_sub(h, 1, h.n - 1);
	else if (str_find_char(h, ':') >= 0)
		return bad_address(where, e);
	if (str_is(h, "localhost"))
		h = STR("127.0.0.1");
	if (h.n == 0 || h.n >= 64)
		return bad_address(where, e);
	(void)snprintf(host, 64, "%.*s", STR_ARG(h));
	(void)snprintf(port, 8, "%u", number);
	return ERR_OK;
}

static enum err_code socket_fault(str where, struct err *e)
{
	if (errno == EADDRINUSE)
		return fail(e, ERR_IO, "listen.used",
		    "%.*s is in use by another program: stop that one or choose another port with "
		    "--listen",
		    STR_ARG(where));
	if (errno == EACCES)
		return fail(e, ERR_IO, "listen.denied",
		    "the system does not let this user listen on %.*s: choose a port above 1023",
		    STR_ARG(where));
	return fail(e, ERR_IO, "listen.failed", "cannot listen on %.*s: %s", STR_ARG(where),
	    strerror(errno));
}

static enum err_code name_socket(int fd, char *address, struct err *e)
{
	struct sockaddr_storage own = {0};
	socklen_t n = sizeof own;
	char host[64];
	char port[8];
	if (getsockname(fd, (struct sockaddr *)&own, &n) != 0 ||
	    getnameinfo((const struct sockaddr *)&own, n, host, sizeof host, port, sizeof port,
	        NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return fail(e, ERR_IO, "listen.failed", "the listening socket has no name");
	(void)snprintf(
	    address, HTTP_ADDRESS_MAX, own.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
	return ERR_OK;
}

static enum err_code listen_on(const struct addrinfo *to, str where, int *ret_fd, struct err *e)
{
	const int on = 1;
	int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return socket_fault(where, e);
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, to->ai_addr, to->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		enum err_code code = socket_fault(where, e);
		(void)close(fd);
		return code;
	}
	*ret_fd = fd;
	return ERR_OK;
}

enum err_code http_listen(str where, int *ret_fd, char *address, struct err *e)
{
	char host[64];
	char port[8];
	TRY(split_address(where, host, port, e));
	const struct addrinfo hints = {
	    .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *found = NULL;
	if (getaddrinfo(host, port, &hints, &found) != 0)
		return bad_address(where, e);
	int fd = -1;
	enum err_code code = listen_on(found, where, &fd, e);
	freeaddrinfo(found);
	TRY(code);
	code = name_socket(fd, address, e);
	if (code != ERR_OK) {
		(void)close(fd);
		return code;
	}
	*ret_fd = fd;
	return ERR_OK;
}
