/* The process: giving up privileges, waiting for signals. */
#include <errno.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "http/http.h"

static enum err_code refused(const char *what, struct err *e)
{
	return fail(
	    e, ERR_IO, "sandbox.refused", "the system refuses to %s: %s", what, strerror(errno));
}

static enum err_code become(const char *user, struct err *e)
{
	char text[1024];
	struct passwd entry;
	struct passwd *found = NULL;
	int rc = getpwnam_r(user, &entry, text, sizeof text, &found);
	if (rc != 0 || !found)
		return fail(
		    e, ERR_NOT_FOUND, "sandbox.user", "there is no user %s on this system", user);
	if (setgroups(1, &found->pw_gid) != 0 ||
	    setresgid(found->pw_gid, found->pw_gid, found->pw_gid) != 0 ||
	    setresuid(found->pw_uid, found->pw_uid, found->pw_uid) != 0)
		return refused("change the user", e);
	if (found->pw_uid != 0 && setuid(0) == 0) /* it must be for good */
		return fail(e, ERR_BUG, "sandbox.back", "privileges could be taken back");
	return ERR_OK;
}

enum err_code http_sandbox(const char *user, struct err *e)
{
	const struct rlimit none = {0, 0};
	if (user && geteuid() == 0)
		TRY(become(user, e));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return refused("forbid new privileges", e);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
		return refused("forbid core files", e);
	return ERR_OK;
}

void http_signals_block(void)
{
	sigset_t set;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

int http_signals_wait(void)
{
	sigset_t set;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	int got = 0;
	while (sigwait(&set, &got) != 0) {
	}
	return got;
}
