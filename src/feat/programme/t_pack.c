/* A pack with one fault each: file, line and column are what an editor shows for the place that was
 * changed by hand here; the pack itself comes from the environment (GRUTTO_PACK). */
#include "base/test.h"

#include "base/env.h"
#include "codec/io.h"
#include "feat/programme/programme.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FAULTS_MAX = 64, PATH_BYTES = 512 };

static const char *const files[] = {"programme.yaml", "data/activities.csv",
    "data/activity_countries.csv", "data/activity_interventions.csv", "data/activity_partners.csv",
    "data/activity_priorities.csv", "data/budget.csv", "data/commitments.csv", "data/comparison.csv",
    "data/decision_labels.csv", "data/events.csv", "data/evidence.csv",
    "data/geldnaarhuis.csv", "data/inconsistencies.csv", "data/indicators.csv", "data/inconsistency_subjects.csv",
    "data/interventions.csv", "data/organisations.csv", "data/outcomes.csv", "data/policy_line.csv", "data/priorities.csv",
    "data/questions.csv", "data/recommendation_records.csv", "data/recommendations.csv", "data/rejected_proposals.csv",
    "data/rejection_grounds.csv", "data/scheme_rules.csv", "data/targets_results.csv",
    "data/theory.csv", "data/unit_costs.csv", "data/words.csv"};
enum { FILES = sizeof files / sizeof files[0] };

/* ---- a copy of the pack in a folder of its own ---- */

struct copy {
	char dir[PATH_BYTES];
};

static const char *pack_dir(void)
{
	const char *dir = getenv("GRUTTO_PACK");
	return dir ? dir : "programmes/migration-development-2008";
}

static void write_file(const char *dir, const char *file, str text)
{
	char path[PATH_BYTES * 2];
	(void)snprintf(path, sizeof path, "%s/%s", dir, file);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_true(write(fd, text.p, text.n) == (ssize_t)text.n);
	assert_int_equal(close(fd), 0);
}

static void read_from(const char *dir, const char *file, struct buf *b)
{
	struct err e;
	char path[PATH_BYTES * 2];
	(void)snprintf(path, sizeof path, "%s/%s", dir, file);
	assert_ok(file_read(path, b, &e), &e);
}

static void copy_pack(struct copy *c)
{
	char data[PATH_BYTES + 8];
	(void)snprintf(c->dir, sizeof c->dir, "%s/grutto-pack-XXXXXX",
	    getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(c->dir));
	(void)snprintf(data, sizeof data, "%s/data", c->dir);
	assert_int_equal(mkdir(data, 0700), 0);
	for (size_t i = 0; i < FILES; i++) {
		AUTO_BUF text = BUF_INIT(1 << 20);
		read_from(pack_dir(), files[i], &text);
		write_file(c->dir, files[i], buf_str(&text));
	}
}

static void remove_copy(struct copy *c)
{
	char path[PATH_BYTES * 2];
	for (size_t i = 0; i < FILES; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", c->dir, files[i]);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof path, "%s/data", c->dir);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(c->dir), 0);
}

/* ---- what is found ---- */

struct found {
	struct pack_fault p[FAULTS_MAX];
	size_t n;
};

static void collect(void *ctx, const struct pack_fault *f)
{
	struct found *x = ctx;
	if (x->n < FAULTS_MAX)
		x->p[x->n] = *f;
	x->n++;
}

static void read_pack(const char *dir, struct found *x, enum err_code want)
{
	struct err e = {0};
	const struct pack *p = NULL;
	AUTO_ARENA a = arena_new(256 << 20);
	assert_non_null(a);
	x->n = 0;
	enum err_code code = pack_read(dir, a, collect, x, &p, &e);
	if (code != want)
		for (size_t i = 0; i < x->n && i < FAULTS_MAX; i++)
			print_error("%s:%u:%u %s %s\n", x->p[i].at.file, x->p[i].at.line,
			    x->p[i].at.col, x->p[i].at.id, x->p[i].at.detail);
	assert_int_equal(code, want);
	assert_true((p != NULL) == (want == ERR_OK)); /* nothing comes out of a faulty pack */
}

/* ---- one change, one fault ---- */

struct want {
	const char *id;
	uint32_t line, col;
};

struct change {
	const char *what;
	const char *file, *from,
	    *to; /* the first place of from is replaced; to NULL: the file is removed */
	struct want want[4];
	size_t n;
};

static void apply(const char *dir, const struct change *c)
{
	char path[PATH_BYTES * 2];
	if (!c->to) {
		(void)snprintf(path, sizeof path, "%s/%s", dir, c->file);
		assert_int_equal(unlink(path), 0);
		return;
	}
	AUTO_BUF text = BUF_INIT(1 << 20);
	AUTO_BUF changed = BUF_INIT(1 << 20);
	read_from(dir, c->file, &text);
	ptrdiff_t at = str_find(buf_str(&text), str_of(c->from));
	if (at < 0)
		fail_msg("%s: \"%s\" is not in %s", c->what, c->from, c->file);
	buf_add(&changed, str_sub(buf_str(&text), 0, (size_t)at));
	buf_addz(&changed, c->to);
	buf_add(&changed, str_sub(buf_str(&text), (size_t)at + strlen(c->from), text.n));
	write_file(dir, c->file, buf_str(&changed));
}

static bool check_found(const struct change *c, const struct found *x, const char *dir)
{
	char path[PATH_BYTES * 2];
	(void)snprintf(path, sizeof path, "%s/%s", dir, c->file);
	bool good = x->n == c->n;
	for (size_t i = 0; good && i < c->n; i++)
		good = strcmp(x->p[i].at.id, c->want[i].id) == 0 &&
		       x->p[i].at.line == c->want[i].line && x->p[i].at.col == c->want[i].col &&
		       strcmp(x->p[i].at.file, path) == 0 && x->p[i].at.detail[0] &&
		       x->p[i].cure[0];
	if (good)
		return true;
	print_error("%s: %zu faults, want %zu\n", c->what, x->n, c->n);
	for (size_t i = 0; i < x->n && i < FAULTS_MAX; i++)
		print_error("  got  %s:%u:%u %s: %s\n", x->p[i].at.file, x->p[i].at.line,
		    x->p[i].at.col, x->p[i].at.id, x->p[i].at.detail);
	for (size_t i = 0; i < c->n; i++)
		print_error(
		    "  want %s:%u:%u %s\n", path, c->want[i].line, c->want[i].col, c->want[i].id);
	return false;
}

#define TEN "xxxxxxxxxx"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define UNIT_COST_2 "\"Cash contribution, adult\",per person,1750,18596,2008-10-01,2010-12-31"

static const struct change changes[] = {
    {"missing file", "data/questions.csv", "", NULL, {{"pack.missing_file", 0, 0}}, 1},
    {"missing and unknown column", "data/rejection_grounds.csv", "ground_en", "ground_fr",
        {{"pack.unknown_column", 1, 11}, {"pack.missing_column", 1, 1}}, 2},
    {"column twice", "data/rejection_grounds.csv", "ground_id,ground_en,source_line",
        "ground_id,ground_en,source_line,ground_en", {{"pack.twice_column", 1, 33}}, 1},
    {"cell missing in a row", "data/recommendations.csv", "R10,", "", {{"pack.cells", 11, 1}}, 1},
    {"missing reference", "data/activity_priorities.csv", "18249,2,yes", "99999,2,yes",
        {{"pack.reference", 2, 1}}, 1},
    {"reference by kind", "data/theory.csv", "T001,intervention,global-dialogue",
        "T001,intervention,global-monologue", {{"pack.reference", 2, 19}}, 1},
    {"date that does not exist", "data/events.csv", ",2008-08-13,rule_change",
        ",2008-02-30,rule_change", {{"pack.date", 4, 2}}, 1},
    {"end before start", "data/unit_costs.csv", UNIT_COST_2,
        "\"Cash contribution, adult\",per person,1750,18596,2008-10-01,2007-12-31",
        {{"pack.order", 2, 61}}, 1},
    {"dimension of a main indicator", "data/indicators.csv", "18261,placements,output,higher,yes,total", "18261,placements,output,higher,yes,sum",
        {{"pack.indicator_dimension", 44, 36}}, 1},
    {"background as a main indicator", "data/indicators.csv", "18264,returnees given legal aid,output", "18264,returnees given legal aid,context",
        {{"pack.indicator_main", 3, 33}}, 1},
    {"negative amount", "data/budget.csv", "2009,1,0.2,", "2009,1,-0.2,", {{"pack.negative", 2, 8}},
        1},
    {"amount with too many decimals", "data/unit_costs.csv", "98610.31", "98610.314",
        {{"pack.amount", 20, 58}}, 1},
    {"not a number", "data/unit_costs.csv", "person,1750,18596", "person,1750x,18596",
        {{"pack.number", 2, 39}}, 1},
    {"unknown country", "data/activity_countries.csv", "18264,GE,beneficiary",
        "18264,QQ,beneficiary", {{"pack.country", 2, 7}}, 1},
    {"unknown country in a list", "data/rejected_proposals.csv", "SO;KE;GH", "SO;KX;GH",
        {{"pack.country", 3, 87}}, 1},
    {"unknown country in a dimension", "data/targets_results.csv",
        "18777,irregular migrants returned voluntarily,country=CI",
        "18777,irregular migrants returned voluntarily,country=CX;x=UK", {{NULL, 0, 0}}, 0},
    {"Kosovo is known", "data/activity_countries.csv", "18264,GE,beneficiary",
        "18264,XK,beneficiary", {{NULL, 0, 0}}, 0},
    {"duplicate key", "data/rejected_proposals.csv", "RP3,", "RP2,", {{"pack.duplicate", 4, 1}}, 1},
    {"wrong sum of a year and of a priority", "data/budget.csv", "2009,2,2.3,", "2009,2,2.4,",
        {{"pack.sum", 8, 10}, {"pack.sum", 24, 13}}, 2},
    {"wrong total of table 7.1", "data/targets_results.csv",
        "18261,placements,total,placements,,300,319", "18261,placements,total,placements,,300,318",
        {{"pack.sum", 46, 40}, {"pack.sum", 90, 72}}, 2},
    {"wrong sector of table 7.2", "data/targets_results.csv",
        "country=AF;sector=education,placements,,,37",
        "country=AF;sector=education,placements,,,38", {{"pack.sum", 47, 44}}, 1},
    {"contribution above the budget", "data/activities.csv", "completed,994789,80000,",
        "completed,79999,80000,",
        {{"pack.above", 2, 170}, {"pack.sum", 2, 164}, {"pack.sum", 2, 164}}, 3},
    {"not UTF-8", "data/recommendations.csv", "R10,coherence", "R10,coheren\xff\x65",
        {{"csv.utf8", 11, 12}}, 1},
    {"wrong word", "data/organisations.csv", "Danish Refugee Council (DRC),ngo,",
        "Danish Refugee Council (DRC),ngoo,", {{"pack.word", 22, 37}}, 1},
    {"empty cell", "data/organisations.csv", "drc-dk,Danish Refugee Council (DRC),", "drc-dk,,",
        {{"pack.required", 22, 8}}, 1},
    {"too long", "data/rejection_grounds.csv", "RG3,", "RG3," HUNDRED HUNDRED HUNDRED,
        {{"pack.long", 4, 5}}, 1},
    {"white space", "data/rejection_grounds.csv", "RG3,Weak", "RG3, Weak", {{"pack.spaces", 4, 5}},
        1},
    {"line beyond the source", "data/rejection_grounds.csv", "2552", "10898",
        {{"pack.source_line", 4, 42}}, 1},
    {"circle of activities", "data/activities.csv", "9969;9971,,report", "9969;9971,23081,report",
        {{"pack.circle", 14, 188}, {"pack.circle", 15, 211}}, 2},
    {"circle in the theory", "data/theory.csv",
        "T027,outcome,institutional-capacity,outcome,migrant-protection",
        "T027,outcome,irregular-migration,outcome,institutional-capacity",
        {{"pack.circle", 27, 45}, {"pack.circle", 28, 42}}, 2},
    {"two main types", "data/activity_interventions.csv",
        "18249,intergovernmental-cooperation,secondary", "18249,intergovernmental-cooperation,main",
        {{"pack.once", 3, 37}}, 1},
    {"running with an end", "data/activities.csv", "2009-01,,2011-03,completed",
        "2009-01,,2011-03,running", {{"pack.empty_if", 2, 146}}, 1},
    {"both intervention and topic", "data/evidence.csv", "E001,global-dialogue,,",
        "E001,global-dialogue,remittances,", {{"pack.one_of", 2, 6}}, 1},
    {"words for something unknown", "data/words.csv", "ground,RG3,", "ground,RG9,",
        {{"pack.reference", 37, 8}}, 1},
    {"sectors of something unknown", "data/comparison.csv", "sector,global-dialogue,",
        "sector,global-monologue,", {{"pack.reference", 25, 8}}, 1},
    {"words in two languages only", "data/words.csv", "unit,weeks,weeks,weken,semaines",
        "unit,weeks,weeks,weken,", {{"pack.required", 75, 24}}, 1},
    {"note on something unknown", "data/inconsistency_subjects.csv",
        "1,budget,2010:all:expenditure,", "1,budget,2010:all:income,", {{"pack.reference", 2, 10}},
        1},
    {"year backwards", "data/budget.csv", "2009/2011,1,", "2012/2011,1,",
        {{"pack.order", 23, 1}, {"pack.sum", 29, 15}, {"pack.sum", 23, 13}, {"pack.sum", 2, 8}}, 4},
    {"unknown key", "programme.yaml", "slug: migration", "slugg: x\nslug: migration",
        {{"pack.unknown_key", 5, 1}}, 1},
    {"missing language", "programme.yaml", "  fr: Migration et développement 2008–2012\n", "",
        {{"pack.missing_key", 12, 3}}, 1},
    {"date of the time line", "programme.yaml", "date: 2008-08-13", "date: 2008-13-13",
        {{"pack.date", 452, 11}}, 1},
    {"name differs", "data/priorities.csv", "6,Encouraging", "6,Encouragin",
        {{"pack.differs", 7, 3}}, 1},
    {"broken YAML", "programme.yaml", "currency: EUR", "currency: [EUR", {{"yaml.syntax", 8, 12}},
        0},
};

static void test_one_fault_each(void **state)
{
	(void)state;
	size_t bad = 0;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		const struct change *c = &changes[i];
		struct copy copy;
		struct found *x = calloc(1, sizeof *x);
		assert_non_null(x);
		copy_pack(&copy);
		apply(copy.dir, c);
		if (strcmp(c->what, "broken YAML") ==
		    0) { /* everything that the rest needs is missing then: the first fault counts
			  */
			read_pack(copy.dir, x, ERR_INVALID);
			assert_string_equal(x->p[0].at.id, "yaml.syntax");
			assert_true(x->p[0].at.line >= 8 && x->p[0].at.line <= 9);
		} else if (strcmp(c->what, "unknown country in a dimension") == 0) {
			read_pack(
			    copy.dir, x, ERR_OK); /* CX is Christmas Island; x=UK is no country */
		} else {
			read_pack(copy.dir, x, c->n ? ERR_INVALID : ERR_OK);
			bad += !check_found(c, x, copy.dir);
		}
		remove_copy(&copy);
		free(x);
	}
	assert_int_equal(bad, 0);
}

static void test_faultless(void **state)
{
	(void)state;
	struct found x = {.n = 0};
	struct err e = {0};
	const struct pack *p = NULL;
	AUTO_ARENA a = arena_new(256 << 20);
	if (pack_read(pack_dir(), a, collect, &x, &p, &e) != ERR_OK || x.n)
		fail_msg("%s: %s", x.n ? x.p[0].at.file : "", x.n ? x.p[0].at.detail : e.detail);
	/* the counts of the data's own README */
	assert_int_equal(pack_row_count(p, "activities.csv"), 43);
	assert_int_equal(pack_row_count(p, "targets_results.csv"), 243);
	assert_int_equal(pack_row_count(p, "evidence.csv"), 513);
	assert_int_equal(pack_row_count(p, "scheme_rules.csv"), 129);
	assert_int_equal(pack_row_count(p, "inconsistencies.csv"), 63);
	assert_str(pack_slug(p), "migration-development-2008");
}

/* Three faults in three files: all of them in one run. */
static void test_all_in_one_run(void **state)
{
	(void)state;
	struct copy copy;
	struct found x;
	copy_pack(&copy);
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
		if (strcmp(changes[i].what, "missing reference") == 0 ||
		    strcmp(changes[i].what, "negative amount") == 0 ||
		    strcmp(changes[i].what, "wrong word") == 0)
			apply(copy.dir, &changes[i]);
	read_pack(copy.dir, &x, ERR_INVALID);
	assert_int_equal(x.n, 3);
	remove_copy(&copy);
}

static void test_no_folder(void **state)
{
	(void)state;
	struct err e = {0};
	struct found x = {.n = 0};
	const struct pack *p = NULL;
	AUTO_ARENA a = arena_new(1 << 20);
	assert_int_equal(pack_read("/nonexistent/pack", a, collect, &x, &p, &e), ERR_NOT_FOUND);
	assert_int_equal(x.n, 0);
}

/* Property: whatever byte of whatever file is changed, reading ends, says where when it complains,
 * and gives a pack exactly when it does not. The seed is printed. */
static void test_random_bytes(void **state)
{
	(void)state;
	enum { ROUNDS = 60 };
	const char *given = getenv("GRUTTO_SEED");
	int64_t number = 20081113;
	if (given)
		assert_true(str_to_i64(str_of(given), &number));
	uint64_t seed = (uint64_t)number;
	print_message("# seed %lld\n", (long long)number);
	struct rng rng = rng_seeded(&seed);
	struct copy copy;
	copy_pack(&copy);
	for (int i = 0; i < ROUNDS; i++) {
		const char *file = files[rng_next_u64(&rng) % FILES];
		AUTO_BUF text = BUF_INIT(1 << 20);
		AUTO_BUF old = BUF_INIT(1 << 20);
		read_from(copy.dir, file, &text);
		buf_add(&old, buf_str(&text));
		text.p[rng_next_u64(&rng) % text.n] = (char)rng_next_u64(&rng);
		write_file(copy.dir, file, buf_str(&text));
		struct found *x = calloc(1, sizeof *x);
		struct err e = {0};
		const struct pack *p = NULL;
		AUTO_ARENA a = arena_new(256 << 20);
		enum err_code code = pack_read(copy.dir, a, collect, x, &p, &e);
		assert_true(code == ERR_OK || code == ERR_INVALID);
		assert_true((code == ERR_OK) == (x->n == 0) && (p != NULL) == (x->n == 0));
		for (size_t k = 0; k < x->n && k < FAULTS_MAX; k++)
			assert_true(x->p[k].at.file[0] && x->p[k].at.detail[0] && x->p[k].cure[0]);
		free(x);
		write_file(copy.dir, file, buf_str(&old));
	}
	remove_copy(&copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_faultless),
	    cmocka_unit_test(test_one_fault_each),
	    cmocka_unit_test(test_all_in_one_run),
	    cmocka_unit_test(test_no_folder),
	    cmocka_unit_test(test_random_bytes),
	};
	return test_run(tests);
}
