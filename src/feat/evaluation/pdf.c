/* Running the program that sets PDFs: once for a command, or by a helper process that takes jobs over a socket. Documents go
 * through files in memory, so no disk can be full and nothing half-made can lie about. */
#include "feat/evaluation/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	STATUS_ABSENT = 127,
	STATUS_UNABLE = 126,
	WORDS_BYTES = 400, /* of the program's last words in a message */
	TICK_MS = 10,
	FILES_MOST = 128,
	HELPER_PATIENCE_MS = (PDF_SECONDS + 10) * 1000,
};

static enum err_code fault(const char *what, struct err *e)
{
	return fail(e, ERR_IO, "pdf.system", "the PDF could not be made: %s: %s", what, strerror(errno));
}

/* ---- files in memory ---- */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}
#define AUTO_FD __attribute__((cleanup(close_fd))) int

static enum err_code memory_file(const char *name, int *ret_fd, struct err *e)
{
	int fd = memfd_create(name, MFD_CLOEXEC);
	if (fd < 0)
		return fault("no file in memory", e);
	*ret_fd = fd;
	return ERR_OK;
}

static enum err_code fill(int fd, str text, struct err *e)
{
	for (size_t at = 0; at < text.n;) {
		ssize_t n = write(fd, text.p + at, text.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fault("the document cannot be written", e);
		at += (size_t)n;
	}
	return lseek(fd, 0, SEEK_SET) == 0 ? ERR_OK : fault("the document cannot be read back", e);
}

/* The whole of the file, if it is a PDF; nothing is appended on failure. */
static enum err_code take(int fd, struct buf *out, struct err *e)
{
	off_t n = lseek(fd, 0, SEEK_END);
	char head[5];
	if (n < (off_t)sizeof head || n > PDF_BYTES || pread(fd, head, sizeof head, 0) != (ssize_t)sizeof head ||
	    memcmp(head, "%PDF-", sizeof head) != 0)
		return fail(e, ERR_IO, "pdf.result", "the PDF could not be made: what came out is no PDF, or too large");
	size_t before = out->n;
	char *p = buf_reserve(out, (size_t)n);
	if (!p)
		return buf_check(out, e);
	for (off_t at = 0; at < n;) {
		ssize_t k = pread(fd, p + at, (size_t)(n - at), at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return fault("it cannot be read back", e);
		at += k;
	}
	out->n = before + (size_t)n;
	return ERR_OK;
}

/* ---- the program ---- */

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* No sockets but those within the machine: the document needs nothing from a network. */
static bool refuse_network(void)
{
#ifdef OWN_ARCHITECTURE
	static const struct sock_filter filter[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_filter copy[sizeof filter / sizeof *filter];
	memcpy(copy, filter, sizeof filter);
	const struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = copy};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#endif
}

static bool limit(int what, rlim_t most)
{
	struct rlimit r = {most, most};
	return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

static bool set_limits(void)
{
	return limit(RLIMIT_CPU, PDF_SECONDS) && limit(RLIMIT_FSIZE, PDF_BYTES) && limit(RLIMIT_NOFILE, FILES_MOST) &&
	    limit(RLIMIT_CORE, 0) && limit(RLIMIT_AS, PDF_MEMORY_BYTES);
}

/* In the child: become the program, or end. */
static _Noreturn void become(const char *program, int html, int pdf, int words)
{
	char path[4096];
	sigset_t none;
	const char *p = getenv("PATH");
	int n = snprintf(path, sizeof path, "PATH=%s", p ? p : "/usr/local/bin:/usr/bin:/bin");
	char *const env[] = {path, (char[]){"LANG=C.UTF-8"}, (char[]){"HOME=/nonexistent"}, NULL};
	char name[256];
	int m = snprintf(name, sizeof name, "%s", program);
	char *const args[] = {name, (char[]){"--quiet"}, (char[]){"--encoding"}, (char[]){"utf-8"}, (char[]){"--pdf-variant"},
	    (char[]){"pdf/ua-1"}, (char[]){"-"}, (char[]){"-"}, NULL};
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	bool ready = n > 0 && (size_t)n < sizeof path && m > 0 && (size_t)m < sizeof name &&
	    prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && setpgid(0, 0) == 0 && dup2(html, 0) == 0 && dup2(pdf, 1) == 1 &&
	    dup2(words, 2) == 2 && set_limits() && refuse_network();
	if (ready)
		(void)execvpe(name, args, env);
	_exit(ready && errno == ENOENT ? STATUS_ABSENT : STATUS_UNABLE);
}

/* Until it ends, or its time is over. False: it was stopped for that. */
static bool wait_for(pid_t pid, int *ret_status)
{
	const struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};
	for (int waited = 0; waited < PDF_SECONDS * 1000; waited += TICK_MS) {
		pid_t got = waitpid(pid, ret_status, WNOHANG);
		if (got == pid)
			return true;
		if (got < 0 && errno != EINTR)
			break;
		(void)nanosleep(&tick, NULL);
	}
	(void)kill(-pid, SIGKILL);
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, ret_status, 0) < 0 && errno == EINTR)
		;
	return false;
}

/* The last line that the program wrote on its error output, in one line without control characters. */
static void last_words(int fd, char *dst, size_t cap)
{
	char text[WORDS_BYTES];
	off_t end = lseek(fd, 0, SEEK_END);
	off_t from = end > (off_t)sizeof text ? end - (off_t)sizeof text : 0;
	ssize_t n = end > 0 ? pread(fd, text, sizeof text, from) : 0;
	str s = str_trim((str){text, n > 0 ? (size_t)n : 0});
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '\n') {
			s = str_sub(s, i, s.n);
			break;
		}
	size_t k = 0;
	for (size_t i = 0; i < s.n && k + 1 < cap; i++)
		if ((unsigned char)s.p[i] >= 0x20 && (unsigned char)s.p[i] < 0x7F)
			dst[k++] = s.p[i];
	dst[k] = '\0';
}

static enum err_code judge(const char *program, int status, int words, struct err *e)
{
	char said[WORDS_BYTES];
	last_words(words, said, sizeof said);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return ERR_OK;
	if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_ABSENT)
		return fail(e, ERR_IO, "pdf.absent",
		    "PDF needs the program %s, which is not installed: apt-get install weasyprint", program);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return fail(e, ERR_IO, "pdf.time", "the PDF could not be made in %d seconds", PDF_SECONDS);
	if (WIFSIGNALED(status))
		return fail(e, ERR_IO, "pdf.failed", "the PDF could not be made: %s was ended by signal %d%s%s", program, WTERMSIG(status),
		    said[0] ? ": " : "", said);
	return fail(e, ERR_IO, "pdf.failed", "the PDF could not be made: %s failed (%d)%s%s", program, WEXITSTATUS(status),
	    said[0] ? ": " : "", said);
}

static enum err_code run(const char *program, int html, int pdf, struct err *e)
{
	AUTO_FD words = -1;
	int status = 0;
	TRY(memory_file("grutto-pdf-words", &words, e));
	pid_t pid = fork();
	if (pid < 0)
		return fault("no process", e);
	if (pid == 0)
		become(program, html, pdf, words);
	if (!wait_for(pid, &status))
		return fail(e, ERR_IO, "pdf.time", "the PDF could not be made in %d seconds", PDF_SECONDS);
	return judge(program, status, words, e);
}

static enum err_code open_files(str html, int *html_fd, int *pdf_fd, struct err *e)
{
	if (html.n > PDF_HTML_BYTES)
		return fail(e, ERR_LIMIT, "pdf.html", "the document has more than %d bytes", PDF_HTML_BYTES);
	TRY(memory_file("grutto-html", html_fd, e));
	TRY(memory_file("grutto-pdf", pdf_fd, e));
	return fill(*html_fd, html, e);
}

enum err_code pdf_make_with(const char *program, str html, struct buf *out, struct err *e)
{
	AUTO_FD html_fd = -1;
	AUTO_FD pdf_fd = -1;
	TRY(open_files(html, &html_fd, &pdf_fd, e));
	TRY(run(program, html_fd, pdf_fd, e));
	return take(pdf_fd, out, e);
}

enum err_code pdf_make(str html, struct buf *out, struct err *e)
{
	return pdf_make_with(PDF_PROGRAM, html, out, e);
}

/* ---- the helper ---- */

struct pdf_helper {
	int fd;
	pid_t pid;
};

enum { JOB_FDS = 2 };

union ancillary {
	struct cmsghdr head;
	char room[CMSG_SPACE(JOB_FDS * sizeof(int))];
};

/* The next job's files; false when there will be none. */
static bool receive_job(int fd, int fds[JOB_FDS])
{
	char byte;
	union ancillary control;
	struct iovec v = {&byte, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
	ssize_t n;
	do
		n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	const struct cmsghdr *c = n == 1 ? CMSG_FIRSTHDR(&m) : NULL;
	if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(JOB_FDS * sizeof(int)))
		return false;
	memcpy(fds, CMSG_DATA(c), JOB_FDS * sizeof(int));
	return true;
}

static _Noreturn void help(const char *program, int fd)
{
	int fds[JOB_FDS];
	(void)signal(SIGINT, SIG_IGN); /* the keyboard ends the server, and that ends us */
	while (receive_job(fd, fds)) {
		struct err e;
		err_clear(&e);
		e.code = run(program, fds[0], fds[1], &e);
		(void)close(fds[0]);
		(void)close(fds[1]);
		if (send(fd, &e, sizeof e, MSG_NOSIGNAL) != (ssize_t)sizeof e)
			break;
	}
	_exit(0);
}

/* In the helper: nothing of the parent's but the socket (as fd 3) and the three standard files. */
static _Noreturn void begin_help(const char *program, int fd)
{
	sigset_t none;
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || prctl(PR_SET_NAME, "grutto-pdf") != 0 || dup2(fd, 3) != 3 ||
	    close_range(4, ~0U, 0) != 0 || fcntl(3, F_SETFD, FD_CLOEXEC) != 0)
		_exit(1);
	help(program, 3);
}

enum err_code pdf_helper_start(const char *program, struct pdf_helper **ret_helper, struct err *e)
{
	int pair[2];
	struct pdf_helper *h = mem_alloc(sizeof *h);
	if (!h)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
		mem_free(h);
		return fault("no socket for the helper", e);
	}
	h->pid = fork();
	if (h->pid == 0)
		begin_help(program, pair[1]);
	(void)close(pair[1]);
	if (h->pid < 0) {
		(void)close(pair[0]);
		mem_free(h);
		return fault("no process for the helper", e);
	}
	h->fd = pair[0];
	*ret_helper = h;
	return ERR_OK;
}

int pdf_helper_pid(const struct pdf_helper *h)
{
	return (int)h->pid;
}

static enum err_code gone(struct err *e)
{
	return fail(e, ERR_IO, "pdf.helper", "the process that makes PDFs has ended; it starts again with the service");
}

static bool send_job(int fd, const int fds[JOB_FDS])
{
	char byte = 'p';
	union ancillary control = {0};
	struct iovec v = {&byte, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(JOB_FDS * sizeof(int));
	memcpy(CMSG_DATA(c), fds, JOB_FDS * sizeof(int));
	return sendmsg(fd, &m, MSG_NOSIGNAL) == 1;
}

enum err_code pdf_helper_make(struct pdf_helper *h, str html, struct buf *out, struct err *e)
{
	AUTO_FD html_fd = -1;
	AUTO_FD pdf_fd = -1;
	struct err told;
	TRY(open_files(html, &html_fd, &pdf_fd, e));
	if (!send_job(h->fd, (const int[]){html_fd, pdf_fd}))
		return gone(e);
	struct pollfd p = {.fd = h->fd, .events = POLLIN};
	int ready;
	do
		ready = poll(&p, 1, HELPER_PATIENCE_MS);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0 || recv(h->fd, &told, sizeof told, 0) != (ssize_t)sizeof told) {
		close_fd(&h->fd); /* a late answer must not be taken for the next one's */
		return gone(e);
	}
	if (told.code != ERR_OK) {
		*e = told;
		return told.code;
	}
	return take(pdf_fd, out, e);
}

void pdf_helper_end(struct pdf_helper *h)
{
	(void)kill(h->pid, SIGTERM);
}

void pdf_helper_stop(struct pdf_helper *h)
{
	if (!h)
		return;
	close_fd(&h->fd);
	(void)kill(h->pid, SIGTERM); /* it may be in the middle of a document */
	while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
		;
	mem_free(h);
}
