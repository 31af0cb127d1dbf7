/* The sandbox: what it takes away from every thread, tried in a child. */
#include "base/test.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/http.h"

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

static void shuts_every_thread(void **state)
{
	(void)state;
	(void)fflush(stdout);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(tried_in_child());
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(shuts_every_thread)};
	return test_run(tests);
}
