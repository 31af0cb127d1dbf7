/* The sandbox: what it takes away from every thread, tried in a child. */
#include "base/test.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/http.h"

/* A filter that refuses seccomp() with EPERM and allows the rest: what systemd's SystemCallFilter=@system-service with
 * SystemCallErrorNumber=EPERM does (systemd 252 has the call in no group). */
static bool refuse_seccomp(void)
{
	struct sock_filter f[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {.len = sizeof f / sizeof f[0], .filter = f};
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

struct older {
	atomic_int go;
	int exec_errno, mount_errno, no_new_privs;
};

/* A thread that was there before the sandbox. */
static void *older_thread(void *arg)
{
	struct older *o = arg;
	char name[] = "true";
	char *argv[] = {name, NULL};
	char *env[] = {NULL};
	while (!atomic_load(&o->go))
		(void)usleep(1000);
	(void)execve("/bin/true", argv, env);
	o->exec_errno = errno;
	(void)mount("none", "/", "tmpfs", MS_REMOUNT | MS_RDONLY, NULL);
	o->mount_errno = errno;
	o->no_new_privs = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
	return NULL;
}

static int tried_in_child(void)
{
	struct err e = {0};
	struct older o = {0};
	pthread_t t;
	if (pthread_create(&t, NULL, older_thread, &o) != 0)
		return 10;
	if (http_sandbox(NULL, &e) != ERR_OK)
		return 11;
	atomic_store(&o.go, 1);
	(void)pthread_join(t, NULL);
	if (o.exec_errno != EPERM)
		return 12;
	if (o.mount_errno != EPERM)
		return 13;
	if (o.no_new_privs != 1)
		return 14;
	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 15;
}

static void *younger_thread(void *arg)
{
	struct older *o = arg;
	(void)mount("none", "/", "tmpfs", MS_REMOUNT | MS_RDONLY, NULL);
	o->mount_errno = errno;
	return NULL;
}

/* Where seccomp() is refused, one thread alone is shut as well, and the threads that it starts. */
static int tried_without_seccomp(void)
{
	struct err e = {0};
	struct older o = {0};
	char name[] = "true";
	char *argv[] = {name, NULL};
	char *env[] = {NULL};
	pthread_t t;
	if (!refuse_seccomp())
		return 20;
	if (http_sandbox(NULL, &e) != ERR_OK)
		return 21;
	(void)execve("/bin/true", argv, env);
	if (errno != EPERM)
		return 22;
	if (pthread_create(&t, NULL, younger_thread, &o) != 0 || pthread_join(t, NULL) != 0)
		return 23;
	return o.mount_errno == EPERM ? 0 : 24;
}

/* With a thread that cannot be shut this way it says so. */
static int tried_too_late(void)
{
	struct err e = {0};
	struct older o = {0};
	pthread_t t;
	if (!refuse_seccomp() || pthread_create(&t, NULL, older_thread, &o) != 0)
		return 30;
	enum err_code code = http_sandbox(NULL, &e);
	return code == ERR_IO && str_find(str_of(e.detail), STR("filter system calls")) >= 0 ? 0 : 31;
}

static void in_child(int (*tried)(void))
{
	(void)fflush(stdout);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(tried());
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void shuts_every_thread(void **state)
{
	(void)state;
	in_child(tried_in_child);
}

static void shuts_without_seccomp(void **state)
{
	(void)state;
	in_child(tried_without_seccomp);
}

static void says_what_it_cannot_shut(void **state)
{
	(void)state;
	in_child(tried_too_late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(shuts_every_thread), cmocka_unit_test(shuts_without_seccomp),
	    cmocka_unit_test(says_what_it_cannot_shut)};
	return test_run(tests);
}
