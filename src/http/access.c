#include "http/access.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <unistd.h>

#include "base/mem.h"

enum { GATHER_BYTES = 32 * 1024, LINE_TARGET_MAX = 512, BUF_MAX = 4 * GATHER_BYTES };

struct http_access {
	pthread_mutex_t lock;
	struct buf gathered;
	struct buf instant; /* the text of this second */
	int64_t second;
	int fd;
	bool with_query;
};

struct http_access *http_access_new(int fd, bool with_query)
{
	struct http_access *a = mem_alloc(sizeof *a);
	if (!a)
		return NULL;
	*a = (struct http_access){.fd = fd,
	    .with_query = with_query,
	    .gathered = BUF_INIT(BUF_MAX),
	    .instant = BUF_INIT(64)};
	(void)pthread_mutex_init(&a->lock, NULL);
	return a;
}

static void add_ipv4(struct buf *b, const uint8_t p[4])
{
	for (int i = 0; i < 3; i++) {
		buf_add_i64(b, p[i]);
		buf_addc(b, '.');
	}
	buf_addz(b, "0/24");
}

void http_access_add_network(struct buf *b, const struct sockaddr *address)
{
	static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
	if (address && address->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof in);
		uint8_t p[4];
		memcpy(p, &in.sin_addr, sizeof p);
		add_ipv4(b, p);
		return;
	}
	if (!address || address->sa_family != AF_INET6) {
		buf_addc(b, '-');
		return;
	}
	struct sockaddr_in6 in6;
	memcpy(&in6, address, sizeof in6);
	uint8_t *p = in6.sin6_addr.s6_addr;
	if (memcmp(p, mapped, sizeof mapped) == 0) {
		add_ipv4(b, p + 12);
		return;
	}
	memset(p + 6, 0, 10);
	char text[INET6_ADDRSTRLEN];
	buf_addf(b, "%s/48", inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof text) ? text : "-");
}

static void add_target(struct buf *b, str target, bool with_query)
{
	ptrdiff_t mark = str_find_char(target, '?');
	size_t n = mark >= 0 && !with_query ? (size_t)mark : target.n;
	size_t plain = 0; /* bytes before i that are not written yet */
	for (size_t i = 0; i < n && i < LINE_TARGET_MAX; i++) {
		unsigned char c = (unsigned char)target.p[i];
		plain++;
		if (c > 0x20 && c < 0x7F)
			continue;
		buf_add(b, (str){target.p + i + 1 - plain, plain - 1});
		buf_addf(b, "\\x%02X", c);
		plain = 0;
	}
	size_t end = n < LINE_TARGET_MAX ? n : LINE_TARGET_MAX;
	buf_add(b, (str){target.p + end - plain, plain});
	if (n > LINE_TARGET_MAX)
		buf_addz(b, "...");
	else if (mark >= 0 && !with_query)
		buf_addz(b, "?");
}

/* "0.000214" and the line's end. No printf here: the log is written for every cached page. */
static void add_seconds(struct buf *b, int64_t us)
{
	char digits[8] = {'.', 0, 0, 0, 0, 0, 0, '\n'};
	int64_t rest = us % 1000000;
	for (int i = 6; i > 0; i--, rest /= 10)
		digits[i] = (char)('0' + rest % 10);
	buf_add_i64(b, us / 1000000);
	buf_add(b, (str){digits, sizeof digits});
}

static void add_instant(struct http_access *a, int64_t utc_ms)
{
	if (!a->instant.n || utc_ms / 1000 != a->second) {
		a->second = utc_ms / 1000;
		buf_clear(&a->instant);
		buf_add_instant(&a->instant, utc_ms);
		buf_addc(&a->instant, ' ');
	}
	buf_add(&a->gathered, buf_str(&a->instant));
}

static void write_out(struct http_access *a)
{
	size_t at = 0;
	while (at < a->gathered.n) {
		ssize_t n = write(a->fd, a->gathered.p + at, a->gathered.n - at);
		if (n <= 0)
			break; /* a full disk must not stop the site */
		at += (size_t)n;
	}
	buf_clear(&a->gathered);
}

void http_access_add(struct http_access *a, const struct http_access_line *line)
{
	(void)pthread_mutex_lock(&a->lock);
	struct buf *b = &a->gathered;
	add_instant(a, line->begin_ms);
	http_access_add_network(b, line->address);
	buf_addc(b, ' ');
	add_target(b, str_sub(str_of(line->method), 0, 16), true);
	buf_addc(b, ' ');
	add_target(b, line->target, a->with_query);
	buf_addc(b, ' ');
	buf_add_i64(b, line->status);
	buf_addc(b, ' ');
	buf_add_i64(b, (int64_t)line->bytes);
	buf_addc(b, ' ');
	add_seconds(b, line->duration_us);
	if (b->n >= GATHER_BYTES || b->failed)
		write_out(a);
	(void)pthread_mutex_unlock(&a->lock);
}

void http_access_flush(struct http_access *a)
{
	(void)pthread_mutex_lock(&a->lock);
	write_out(a);
	(void)pthread_mutex_unlock(&a->lock);
}

void http_access_free(struct http_access *a)
{
	if (!a)
		return;
	http_access_flush(a);
	buf_free(&a->gathered);
	buf_free(&a->instant);
	(void)pthread_mutex_destroy(&a->lock);
	mem_free(a);
}
