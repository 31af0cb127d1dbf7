/* The process: giving up privileges, waiting for signals. */
#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef OWN_ARCHITECTURE
/* Has the process one thread only? Unknown counts as no. */
static bool alone(void)
{
	struct stat tasks;
	return stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink == 2 + 1; /* the folder itself, its parent, one thread */
}

/* Calls that a web server never makes, and that a break-in would begin with: other programs, other processes,
 * the kernel, the machine. Refused with EPERM, in all threads, for good. */
static enum err_code refuse_calls(struct err *e)
{
	static const uint32_t refused_calls[] = {
	    SYS_execve, SYS_execveat,
#ifndef __SANITIZE_ADDRESS__ /* its leak check looks at the threads */
	    SYS_ptrace,
#endif
	    SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot,
	    SYS_setns, SYS_unshare, SYS_bpf, SYS_perf_event_open, SYS_kexec_load, SYS_init_module,
	    SYS_finit_module, SYS_delete_module, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_add_key,
	    SYS_request_key, SYS_keyctl, SYS_userfaultfd, SYS_acct, SYS_settimeofday, SYS_clock_settime,
	    SYS_sethostname, SYS_setdomainname, SYS_personality, SYS_quotactl, SYS_open_by_handle_at,
	};
	enum { CALLS = sizeof refused_calls / sizeof refused_calls[0], HEAD = 4, ALL = HEAD + CALLS + 2 };
	struct sock_filter f[ALL] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	};
	for (int i = 0; i < CALLS; i++) /* a hit jumps to the last line */
		f[HEAD + i] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, refused_calls[i], (uint8_t)(CALLS - i), 0);
	f[ALL - 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	f[ALL - 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	const struct sock_fprog program = {.len = ALL, .filter = f};
	long rc = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
	if (rc == 0)
		return ERR_OK;
	int refusal = errno;
	if (rc > 0)
		return fail(e, ERR_IO, "sandbox.refused", "the system refuses to filter system calls: a thread has a filter of its own");
	/* A filter around us, such as systemd's @system-service, can refuse seccomp() and allow prctl(). That one sets the
	 * filter for the calling thread only: enough while there is no other. */
	if (alone() && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
		return ERR_OK;
	errno = refusal;
	return refused("filter system calls", e);
}
#else
static enum err_code refuse_calls(struct err *e)
{
	(void)e; /* the filter is written for the architectures above */
	return ERR_OK;
}
#endif

enum err_code http_sandbox(const char *user, struct err *e)
{
	const struct rlimit none = {0, 0};
	if (user && geteuid() == 0)
		TRY(become(user, e));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return refused("forbid new privileges", e);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
		return refused("forbid core files", e);
	return refuse_calls(e);
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
