/* What can be wrong with a file. */
#include "db/testdb.h"

#include "db/backend.h"
#include "db/chain.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { PROGRAMME = 1, NOBODY = 65534 };

static void add_event(struct db *c, int64_t n, enum err_code *ret_code, struct err *e)
{
	AUTO_TX tx = {0};
	char after[2000];
	const struct chain_event ev = {.id = {{1, (uint8_t)(n >> 8), (uint8_t)n}},
	    .at_ms = n,
	    .actor = STR("test"),
	    .kind = STR("test.kill"),
	    .after = {after, sizeof after}};
	memset(after, 'a', sizeof after);
	*ret_code = db_begin(c, &tx, e);
	if (*ret_code == ERR_OK)
		*ret_code = chain_add(c, PROGRAMME, &ev, e);
	if (*ret_code == ERR_OK)
		*ret_code = db_commit(&tx, e);
}

static void fill(struct testdb *t, int64_t n)
{
	struct err e = {0};
	enum err_code code = ERR_OK;
	AUTO_DB c = NULL;
	assert_ok(db_pool_writer(t->pool, &c, &e), &e);
	for (int64_t i = 1; i <= n; i++) {
		add_event(c, i, &code, &e);
		assert_ok(code, &e);
	}
}

static int64_t verified(const char *location)
{
	struct err e = {0};
	const struct db_options o = {0};
	struct chain_report r = {0};
	AUTO_POOL p = NULL;
	AUTO_DB c = NULL;
	assert_ok(db_pool_open(str_of(location), &o, &p, &e), &e);
	assert_ok(db_pool_writer(p, &c, &e), &e);
	assert_ok(db_sqlite_verify(c, &e), &e);
	assert_ok(chain_verify(c, &r, &e), &e);
	if (!r.whole)
		fail_msg("%s", r.what);
	return r.events;
}

static void write_bytes(const char *path, off_t at, size_t n, char c)
{
	char bytes[8192];
	assert_true(n <= sizeof bytes);
	memset(bytes, c, n);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, n, at), n);
	assert_int_equal(close(fd), 0);
}

static void expect_open(
    const char *location, const struct db_options *o, enum err_code code, const char *id)
{
	struct err e = {0};
	AUTO_POOL p = NULL;
	assert_int_equal(db_pool_open(str_of(location), o, &p, &e), code);
	assert_string_equal(e.id, id);
	assert_null(p);
	assert_true(
	    str_find(str_of(e.detail), str_of(location)) >= 0); /* the sentence names the file */
}

static void names_what_cannot_be_opened(void **state)
{
	(void)state;
	struct testdb t;
	const struct db_options plain = {0}, create = {.create = true};
	char path[600];
	testdb_place(&t, DB_SQLITE);
	expect_open(t.location, &plain, ERR_NOT_FOUND, "db.missing");
	expect_open(t.folder, &create, ERR_INVALID, "db.not_a_file");
	(void)snprintf(path, sizeof path, "%s/no/such/folder.db", t.folder);
	expect_open(path, &create, ERR_IO, "db.open");
	write_bytes(t.location, 0, 5000, 'x');
	expect_open(t.location, &plain, ERR_INVALID, "db.not_a_database");
	expect_open(t.location, &create, ERR_INVALID, "db.not_a_database");
	testdb_drop(&t);
}

static void notices_damage(void **state)
{
	(void)state;
	struct testdb t;
	struct err e = {0};
	const struct db_options o = {.read_only = true};
	testdb_make(&t, DB_SQLITE);
	fill(&t, 200);
	db_pool_close(t.pool);
	t.pool = NULL;
	struct stat st;
	assert_int_equal(stat(t.location, &st), 0);
	assert_true(st.st_size > 300000);
	write_bytes(t.location, st.st_size / 2 / 4096 * 4096, 8192, 'x');
	AUTO_POOL p = NULL;
	assert_ok(db_pool_open(str_of(t.location), &o, &p, &e), &e);
	struct db *c = NULL;
	struct chain_report r = {.whole = true};
	assert_ok(db_pool_reader(p, &c, &e), &e);
	assert_int_equal(db_sqlite_verify(c, &e), ERR_IO);
	assert_string_equal(e.id, "db.corrupt");
	enum err_code code = chain_verify(c, &r, &e);
	assert_true(code == ERR_IO || !r.whole);
	db_return(c);
	testdb_drop(&t);
}

/* In a process of its own: as somebody else, or with a limit. fn returns 0 when all is as it should
 * be. */
static void in_child(int (*fn)(const struct testdb *t), const struct testdb *t)
{
	int status = 0;
	(void)fflush(NULL);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(fn(t));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("the child ended with status %d", status);
}

static int reads_but_does_not_write(const struct testdb *t)
{
	struct err e = {0};
	struct chain_report r;
	struct db_pool *p = NULL;
	struct db *c = NULL;
	const struct db_options reading = {.read_only = true}, writing = {0};
	if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
		return 1;
	if (db_pool_open(str_of(t->location), &writing, &p, &e) != ERR_IO)
		return 2;
	if (strcmp(e.id, "db.read_only") != 0 && strcmp(e.id, "db.open") != 0)
		return 3;
	if (db_pool_open(str_of(t->location), &reading, &p, &e) != ERR_OK) {
		print_error("%s\n", e.detail);
		return 4;
	}
	if (db_pool_reader(p, &c, &e) != ERR_OK || chain_verify(c, &r, &e) != ERR_OK)
		return 5;
	if (!r.whole || r.events != 3 || db_pool_writer(p, &c, &e) != ERR_BUG)
		return 6;
	db_return(c);
	db_pool_close(p);
	return 0;
}

static void opens_a_read_only_file(void **state)
{
	(void)state;
	struct testdb t;
	testdb_make(&t, DB_SQLITE);
	fill(&t, 3);
	db_pool_close(t.pool);
	t.pool = NULL;
	assert_int_equal(chmod(t.location, 0444), 0);
	assert_int_equal(chmod(t.folder, 0555), 0);
	in_child(reads_but_does_not_write, &t);
	assert_int_equal(chmod(t.folder, 0755), 0);
	testdb_drop(&t);
}

static int fills_the_disk(const struct testdb *t)
{
	struct err e = {0};
	struct db_pool *p = NULL;
	struct db *c = NULL;
	const struct db_options o = {0};
	const struct rlimit little = {400000, RLIM_INFINITY},
	                    plenty = {RLIM_INFINITY, RLIM_INFINITY};
	enum err_code code = ERR_OK;
	int64_t n = 0;
	if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR ||
	    db_pool_open(str_of(t->location), &o, &p, &e) != ERR_OK ||
	    db_pool_writer(p, &c, &e) != ERR_OK || setrlimit(RLIMIT_FSIZE, &little) != 0)
		return 1;
	while (code == ERR_OK && n < 100000)
		add_event(c, ++n, &code, &e);
	if (code != ERR_IO || strcmp(e.id, "db.full") != 0 || db_in_tx(c))
		return 2;
	if (setrlimit(RLIMIT_FSIZE, &plenty) != 0)
		return 3;
	add_event(c, n, &code, &e); /* there is room again */
	if (code != ERR_OK)
		return 4;
	db_return(c);
	db_pool_close(p);
	return verified(t->location) == n ? 0 : 5;
}

static void survives_a_full_disk(void **state)
{
	(void)state;
	struct testdb t;
	testdb_make(&t, DB_SQLITE);
	db_pool_close(t.pool);
	t.pool = NULL;
	in_child(fills_the_disk, &t);
	testdb_drop(&t);
}

/* Adds events for ever; each number is written to fd once its transaction was acknowledged. */
static _Noreturn void write_until_killed(const char *location, int64_t from, int fd)
{
	struct err e = {0};
	struct db_pool *p = NULL;
	struct db *c = NULL;
	const struct db_options o = {0};
	enum err_code code = db_pool_open(str_of(location), &o, &p, &e);
	if (code == ERR_OK)
		code = db_pool_writer(p, &c, &e);
	for (int64_t n = from + 1; code == ERR_OK; n++) {
		add_event(c, n, &code, &e);
		if (code == ERR_OK && write(fd, &n, sizeof n) != sizeof n)
			break;
	}
	_exit(1);
}

static void keeps_what_it_acknowledged_when_killed(void **state)
{
	(void)state;
	enum { ROUNDS = 15 };
	struct testdb t;
	uint64_t seed = 20081;
	struct rng rng = rng_seeded(&seed);
	int64_t there = 0;
	testdb_make(&t, DB_SQLITE);
	db_pool_close(t.pool);
	t.pool = NULL;
	print_message("# seed 20081\n");
	for (int round = 0; round < ROUNDS; round++) {
		int ends[2];
		int64_t n, acknowledged = there;
		assert_int_equal(pipe(ends), 0);
		(void)fflush(NULL);
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			write_until_killed(t.location, there, ends[1]);
		(void)close(ends[1]);
		assert_int_equal(read(ends[0], &n, sizeof n), sizeof n);
		(void)usleep((useconds_t)(rng_next_u64(&rng) % 20000));
		assert_int_equal(kill(pid, SIGKILL), 0);
		do
			acknowledged = n;
		while (read(ends[0], &n, sizeof n) == sizeof n);
		(void)close(ends[0]);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		there = verified(t.location);
		/* all that was acknowledged, and at most the one that was on its way */
		assert_true(there == acknowledged || there == acknowledged + 1);
	}
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_what_cannot_be_opened),
	    cmocka_unit_test(notices_damage),
	    cmocka_unit_test(opens_a_read_only_file),
	    cmocka_unit_test(survives_a_full_disk),
	    cmocka_unit_test(keeps_what_it_acknowledged_when_killed),
	};
	return test_run(tests);
}
