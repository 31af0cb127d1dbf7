/* Totals against the truth that the generator of the shared data writes beside its files: exact, with and without
 * the hierarchy. */
#include "base/map.h"
#include "base/test.h"
#include "db/testdb.h"
#include "feat/iati/iati.h"
#include "feat/register/register.h"
#include "feat/site/env.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CURRENCIES = 64, FILES = 200 };

struct sums {
	struct {
		char currency[4];
		int64_t minor;
	} p[CURRENCIES];
	size_t n;
};

static void add(struct sums *s, str currency, int64_t minor)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(currency, s->p[i].currency)) {
			s->p[i].minor += minor;
			return;
		}
	assert_true(s->n < CURRENCIES && currency.n == 3);
	memcpy(s->p[s->n].currency, currency.p, 3);
	s->p[s->n++].minor = minor;
}

static void generate(const char *shared, const char *folder)
{
	char script[512];
	snprintf(script, sizeof script, "%s/data/iati/generate.py", shared);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		execlp("python3", "python3", script, folder, "--seed", "11", "--acts", "700", (char *)NULL);
		_exit(127);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

struct line {
	str file, id, parent, amounts;
};

static bool next_line(struct str_split *it, struct line *l)
{
	str line, c[7];
	if (!str_next(it, &line) || !line.n)
		return false;
	struct str_split parts = str_split_on(line, '\t');
	for (size_t i = 0; i < 7; i++)
		assert_true(str_next(&parts, &c[i]));
	*l = (struct line){c[0], c[1], c[2], c[5]};
	return true;
}

/* "EUR:1250;USD:99": cents; '-' or '?' amounts count in no currency. */
static void add_amounts(struct sums *s, str amounts)
{
	struct str_split it = str_split_on(amounts, ';');
	for (str part; str_next(&it, &part);) {
		int64_t minor;
		if (part.n < 5 || part.p[3] != ':')
			continue;
		assert_true(str_to_i64(str_sub(part, 4, part.n), &minor));
		add(s, str_sub(part, 0, 3), minor);
	}
}

static void same(const struct sums *want, const struct iati_total *t, size_t n)
{
	struct sums got = {0};
	for (size_t i = 0; i < n; i++)
		if (t[i].type >= 2 && t[i].type <= 4)
			add(&got, str_of(t[i].sum.currency), t[i].sum.minor);
	for (size_t i = 0; i < want->n; i++) {
		int64_t minor = INT64_MIN;
		for (size_t k = 0; k < got.n; k++)
			if (strcmp(got.p[k].currency, want->p[i].currency) == 0)
				minor = got.p[k].minor;
		if (minor != want->p[i].minor)
			fail_msg("%s: got %" PRId64 ", want %" PRId64, want->p[i].currency, minor, want->p[i].minor);
	}
	assert_int_equal(got.n, want->n);
}

/* What the manifest says, and the files it names. */
struct truth {
	struct sums all, leaves;
	const char *files[FILES];
	size_t n_files, activities;
};

static void read_truth(const char *folder, str manifest, struct arena *a, struct truth *t)
{
	struct line l;
	str line;
	struct map *parents = map_new(a, 1), *files = map_new(a, 2);
	struct str_split it = str_split_on(manifest, '\n');
	assert_true(str_next(&it, &line));
	while (next_line(&it, &l)) {
		t->activities++;
		assert_true(map_set(parents, l.parent, t, NULL));
		if (map_get(files, l.file))
			continue;
		assert_true(t->n_files < FILES && map_set(files, l.file, t, NULL));
		t->files[t->n_files++] = arena_fmt(a, "%s/%.*s", folder, STR_ARG(l.file)).p;
	}
	it = str_split_on(manifest, '\n');
	assert_true(str_next(&it, &line));
	while (next_line(&it, &l)) {
		add_amounts(&t->all, l.amounts);
		if (!map_get(parents, l.id))
			add_amounts(&t->leaves, l.amounts);
	}
}

static void exact_sums(void **state)
{
	const char *shared = getenv("GRUTTO_SHARED");
	char path[512], folder[] = "/tmp/t_totals_XXXXXX";
	shared = shared ? shared : "../shared";
	snprintf(path, sizeof path, "%s/data/iati/generate.py", shared);
	if (access(path, R_OK) != 0 || !testdb_has(TESTDB_ENGINE(state))) {
		print_message("# skipped: %s or the database is not there\n", path);
		skip();
	}
	struct err e = {0};
	struct testdb t;
	uint64_t seed = 3;
	char *argv[] = {t.location, (char *)(uintptr_t)"--pack", (char *)(uintptr_t)PACK};
	testdb_place(&t, TESTDB_ENGINE(state));
	int null = open("/dev/null", O_WRONLY);
	struct app_env env = {.clock = clock_system(), .rng = rng_seeded(&seed), .out_fd = null, .err_fd = null, .log = {.fd = null}};
	env.log.clock = env.clock;
	assert_int_equal(register_cmd_init(&env, 3, argv), 0);
	struct db_options o = {.readers = 1};
	assert_ok(db_pool_open(str_of(t.location), &o, &t.pool, &e), &e);
	assert_non_null(mkdtemp(folder));
	generate(shared, folder);

	AUTO_ARENA a = arena_new(16 << 20);
	AUTO_BUF text = BUF_INIT(4 << 20);
	struct truth truth = {0};
	snprintf(path, sizeof path, "%s/manifest.tsv", folder);
	assert_ok(file_read(path, &text, &e), &e);
	read_truth(folder, buf_str(&text), a, &truth);
	struct iati_import_result r;
	assert_ok(iati_import(t.pool, 1, env.clock, env.rng, truth.files, truth.n_files, NULL, &r, &e), &e);
	assert_int_equal(r.added, truth.activities);
	struct db *db;
	const struct iati_total *totals;
	size_t n;
	assert_ok(db_pool_reader(t.pool, &db, &e), &e);
	assert_ok(iati_totals(db, 1, false, a, &totals, &n, &e), &e);
	same(&truth.all, totals, n);
	assert_ok(iati_totals(db, 1, true, a, &totals, &n, &e), &e);
	same(&truth.leaves, totals, n);
	db_return(db);
	for (size_t i = 0; i < truth.n_files; i++) {
		(void)unlink(truth.files[i]);
		char *dir = arena_cstr(a, str_of(truth.files[i]));
		*strrchr(dir, '/') = '\0';
		(void)rmdir(dir);
	}
	(void)unlink(path);
	(void)rmdir(folder);
	(void)close(null);
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(exact_sums)};
	return test_run(tests);
}
