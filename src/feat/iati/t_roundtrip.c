/* Out and in again: the own portfolio as IATI, imported into another database as comparison activities and written from there,
 * is the same file, whatever field of the pack's real data one looks at. */
#include "base/test.h"
#include "db/testdb.h"
#include "feat/iati/iati.h"
#include "feat/register/register.h"
#include "feat/site/env.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { FILE_BYTES = 16 << 20, ACTIVITIES = 35 };

static int64_t fixed_ms(void *ctx)
{
	(void)ctx;
	return 1795478400000; /* 2026-11-24 */
}

struct place {
	struct testdb t;
	struct app_env env;
	uint64_t seed;
};

static void make_place(struct place *p, enum db_engine engine)
{
	char *argv[] = {p->t.location, (char *)(uintptr_t)"--pack", (char *)(uintptr_t)PACK};
	struct err e = {0};
	p->seed = 7;
	testdb_place(&p->t, engine);
	p->env = (struct app_env){.clock = {fixed_ms, NULL}, .rng = rng_seeded(&p->seed), .out_fd = open("/dev/null", O_WRONLY)};
	p->env.err_fd = p->env.out_fd;
	p->env.log = (struct log){.fd = p->env.out_fd, .level = LOG_ERROR, .clock = p->env.clock};
	assert_int_equal(register_cmd_init(&p->env, 3, argv), 0);
	struct db_options o = {.readers = 1};
	assert_ok(db_pool_open(str_of(p->t.location), &o, &p->t.pool, &e), &e);
}

static void drop_place(struct place *p)
{
	(void)close(p->env.out_fd);
	testdb_drop(&p->t);
}

static void write_file(struct place *p, const char *path, bool own, struct buf *text)
{
	struct err e = {0};
	struct db *db;
	uint64_t n;
	struct iati_selection s = {.own = own};
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_ok(db_pool_reader(p->t.pool, &db, &e), &e);
	assert_ok(iati_export(db, 1, &s, &p->env.clock, sink_fd(&fd), &n, &e), &e);
	db_return(db);
	assert_int_equal(close(fd), 0);
	assert_int_equal(n, ACTIVITIES);
	assert_ok(file_read(path, text, &e), &e);
}

/* The next line that is not a comment; false at the end. */
static bool next_line(struct str_split *it, str *ret_line)
{
	while (str_next(it, ret_line))
		if (!str_starts(str_trim(*ret_line), STR("<!--")))
			return true;
	return false;
}

static void same_file(void **state)
{
	if (!testdb_has(TESTDB_ENGINE(state)))
		skip();
	struct place from = {0}, to = {0};
	char first[] = "/tmp/t_round_XXXXXX", second[] = "/tmp/t_round_XXXXXX";
	const char *files[] = {first};
	struct err e = {0};
	struct iati_import_result r;
	struct iati_import_options strict = {.strict = true};
	AUTO_BUF a = BUF_INIT(FILE_BYTES);
	AUTO_BUF b = BUF_INIT(FILE_BYTES);
	assert_int_equal(close(mkstemp(first)), 0);
	assert_int_equal(close(mkstemp(second)), 0);
	make_place(&from, TESTDB_ENGINE(state));
	make_place(&to, TESTDB_ENGINE(state));
	write_file(&from, first, true, &a);
	assert_ok(iati_import(to.t.pool, 1, to.env.clock, to.env.rng, files, 1, &strict, &r, &e), &e);
	assert_true(r.stored);
	assert_int_equal(r.added, ACTIVITIES);
	write_file(&to, second, false, &b);
	struct str_split left = str_split_on(buf_str(&a), '\n'), right = str_split_on(buf_str(&b), '\n');
	str x, y;
	size_t lines = 0;
	bool more_x = next_line(&left, &x), more_y = next_line(&right, &y);
	for (; more_x && more_y; more_x = next_line(&left, &x), more_y = next_line(&right, &y)) {
		lines++;
		if (!str_eq(x, y))
			fail_msg("line %zu: written %.*s, read and written again %.*s", lines, STR_ARG(x), STR_ARG(y));
	}
	assert_int_equal(more_x, more_y);
	assert_true(lines > 2000);
	drop_place(&from);
	drop_place(&to);
	(void)unlink(first);
	(void)unlink(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(same_file)};
	return test_run(tests);
}
