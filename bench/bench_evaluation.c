/* The whole evaluation: of the pack in a database (bench_evaluation DB), and of a synthetic portfolio with ten results for each activity
 * (bench_evaluation DB ACTIVITIES [FOLDER]), whose rows are written to FOLDER as CSV for the peers. Prints rows of a Markdown table. */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "base/buf.h"
#include "feat/evaluation/parts.h"
#include "feat/rules/rules.h"

enum { ROUNDS = 21, RESULTS = 10, VALUES = 5, ARENA_MB = 4000, JSON_MAX = 1 << 30 };

static double now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long peak_mb(void)
{
	struct rusage r;
	return getrusage(RUSAGE_SELF, &r) == 0 ? r.ru_maxrss / 1024 : 0;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int told(const struct err *e)
{
	(void)fprintf(stderr, "bench_evaluation: %s\n", e->detail);
	return 4;
}

static enum err_code load(const char *location, struct arena *a, const struct evaluation_view **ret, struct err *e)
{
	struct db_pool *pool = NULL;
	const struct programme_view *p;
	const struct register_view *r;
	const struct decisions_view *d;
	TRY(db_pool_open(str_of(location), &(struct db_options){0}, &pool, e));
	enum err_code code;
	{
		AUTO_DB c = NULL;
		code = db_pool_reader(pool, &c, e);
		if (code == ERR_OK)
			code = programme_view_load(c, a, &p, e);
		if (code == ERR_OK)
			code = register_view_load(c, p->programme, a, &r, e);
		if (code == ERR_OK)
			code = decisions_view_load(c, p->programme, a, &d, e);
		if (code == ERR_OK)
			code = evaluation_view_load(c, p, r, d, a, ret, e);
	}
	db_pool_close(pool);
	return code;
}

/* Facts, and each part made; then told and, with json, written as JSON in memory of its own, as pages are. ms: of facts first, then of each
 * part made and told; told_ms: what telling took of it. */
static enum err_code evaluate(const struct evaluation_view *v, bool json, double ms[EVALUATION_PARTS_MAX + 1], double *told_ms, size_t *ret_bytes, struct err *e)
{
	AUTO_ARENA a = arena_new((size_t)ARENA_MB << 20);
	AUTO_BUF out = BUF_INIT(JSON_MAX);
	struct evaluation_scope scope = {.as_of = DATE_NONE};
	struct facts f;
	double begin = now_ms();
	if (!a)
		return fail(e, ERR_NOMEM, "bench", "no memory");
	TRY(facts_make(v, &scope, a, &f, e));
	ms[0] = now_ms() - begin;
	*told_ms = 0;
	for (size_t i = 0; evaluation_parts[i]; i++) {
		AUTO_ARENA page = arena_new((size_t)ARENA_MB << 20);
		const struct evaluation_part *p = evaluation_parts[i];
		struct answer w;
		struct told t = {.part = p, .answer = &w};
		struct json_writer j;
		if (!page)
			return fail(e, ERR_NOMEM, "bench", "no memory");
		begin = now_ms();
		TRY(p->make(&f, a, &t.made, e));
		double made = now_ms();
		answer_begin(&w, page, LANG_EN, &f, p->question, p->slug, i18n_text(LANG_EN, p->title));
		TRY(p->tell(t.made, &w, e));
		TRY(answer_end(&w, e));
		if (json) {
			jw_begin_buf(&j, &out);
			told_json(&j, &t);
			TRY(jw_finish(&j, e));
		}
		ms[i + 1] = now_ms() - begin;
		*told_ms += now_ms() - made;
	}
	*ret_bytes = out.n;
	return ERR_OK;
}

static enum err_code measure_real(const struct evaluation_view *v, struct err *e)
{
	double all[EVALUATION_PARTS_MAX + 1][ROUNDS], sums[ROUNDS], ms[EVALUATION_PARTS_MAX + 1], told_ms;
	size_t bytes = 0, parts = 0;
	while (evaluation_parts[parts])
		parts++;
	for (int round = 0; round < ROUNDS; round++) {
		sums[round] = 0;
		TRY(evaluate(v, true, ms, &told_ms, &bytes, e));
		for (size_t i = 0; i <= parts; i++) {
			all[i][round] = ms[i];
			sums[round] += ms[i];
		}
	}
	qsort(sums, ROUNDS, sizeof *sums, by_time);
	printf("| the whole evaluation, JSON of %zu bytes | %.1f ms (target 50) |\n", bytes, sums[ROUNDS / 2]);
	for (size_t i = 0; i <= parts; i++) {
		qsort(all[i], ROUNDS, sizeof *all[i], by_time);
		printf("| … %s | %.2f ms |\n", i ? evaluation_parts[i - 1]->slug : "facts", all[i][ROUNDS / 2]);
	}
	return ERR_OK;
}

/* ---- the synthetic portfolio ---- */

static uint32_t below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((*seed >> 33) % n);
}

struct making {
	struct arena *a;
	uint64_t seed;
	FILE *activities, *results; /* NULL: not written */
};

static enum err_code number(struct making *m, uint32_t v, str *ret_text, decimal *ret, struct err *e)
{
	*ret_text = arena_fmt(m->a, "%u", v);
	*ret = decimal_of(v);
	return ret_text->p ? ERR_OK : arena_fail(m->a, e);
}

/* Two indicators of five values: the whole and four parts. A tenth has no target, a tenth no result. */
static enum err_code make_results(struct making *m, struct activity *x, struct err *e)
{
	static const str parts[VALUES] = {{"total", 5}, {"part=1", 6}, {"part=2", 6}, {"part=3", 6}, {"part=4", 6}};
	struct indicator *in = ARENA_ARRAY(m->a, RESULTS / VALUES, struct indicator);
	struct indicator_value *v = ARENA_ARRAY(m->a, RESULTS, struct indicator_value);
	if (!in || !v)
		return arena_fail(m->a, e);
	for (uint32_t i = 0; i < RESULTS; i++) {
		struct indicator *to = &in[i / VALUES];
		uint32_t target = 1 + below(&m->seed, 1000), actual = below(&m->seed, 1200);
		if (i % VALUES == 0)
			*to = (struct indicator){.no = i / VALUES + 1, .result_no = 1, .result_type = (int)(1 + i / VALUES), .title = STR("people reached"),
			    .unit = STR("people"), .ascending = 1, .values = v + i, .n_values = VALUES};
		v[i] = (struct indicator_value){.dimension = parts[i % VALUES], .baseline_num = DECIMAL_NONE, .target_num = DECIMAL_NONE,
		    .actual_num = DECIMAL_NONE, .period_start = DATE_NONE, .period_end = DATE_NONE, .as_of = x->actual_start, .source_line = STR("1"), .note = STR("")};
		if (below(&m->seed, 10))
			TRY(number(m, target, &v[i].target, &v[i].target_num, e));
		if (below(&m->seed, 10))
			TRY(number(m, actual, &v[i].actual, &v[i].actual_num, e));
		if (m->results)
			(void)fprintf(m->results, "%.*s,%u,%.*s,%.*s,%.*s\n", STR_ARG(x->key), i / VALUES + 1, STR_ARG(parts[i % VALUES]), STR_ARG(v[i].target), STR_ARG(v[i].actual));
	}
	x->indicators = in;
	x->n_indicators = RESULTS / VALUES;
	return ERR_OK;
}

static enum err_code make_activity(struct making *m, const struct activity *like, size_t i, struct activity **ret, struct err *e)
{
	struct activity *x = ARENA_NEW(m->a, struct activity);
	if (!x)
		return arena_fail(m->a, e);
	*x = *like;
	x->key = arena_fmt(m->a, "S%06zu", i);
	if (!x->key.p)
		return arena_fail(m->a, e);
	x->contribution = below(&m->seed, 10) ? MONEY((int64_t)(1 + below(&m->seed, 2000000)) * 100, "EUR") : MONEY_NONE;
	x->total_budget = money_is(x->contribution) ? MONEY(x->contribution.minor * (1 + below(&m->seed, 4)), "EUR") : MONEY_NONE;
	TRY(make_results(m, x, e));
	if (m->activities)
		(void)fprintf(m->activities, "%.*s,%d,%d,%lld,%lld,%.*s\n", STR_ARG(x->key), activity_primary_priority(x), (int)x->status,
		    (long long)x->contribution.minor, (long long)x->total_budget.minor, STR_ARG(x->n_interventions ? x->interventions[0].intervention_id : STR("")));
	*ret = x;
	return ERR_OK;
}

/* The view with n activities, each like one of the pack's in all but key, amounts and results. */
static enum err_code make_view(const struct evaluation_view *v, size_t n, struct making *m, const struct evaluation_view **ret, struct err *e)
{
	struct evaluation_view *copy = ARENA_NEW(m->a, struct evaluation_view);
	struct register_view *r = ARENA_NEW(m->a, struct register_view);
	const struct activity **all = ARENA_ARRAY(m->a, n, const struct activity *);
	struct activity_row *rows = ARENA_ARRAY(m->a, n, struct activity_row);
	if (!copy || !r || !all || !rows)
		return arena_fail(m->a, e);
	*copy = *v;
	*r = *v->activities;
	for (size_t i = 0; i < n; i++) {
		struct activity *x = NULL;
		size_t k = i % v->activities->own.n;
		TRY(make_activity(m, v->activities->activities[k], i, &x, e));
		if (!x)
			return ERR_BUG;
		all[i] = x;
		rows[i] = v->activities->own.rows[k];
		rows[i].key = x->key;
	}
	r->activities = all;
	r->own.rows = rows;
	r->own.n = n;
	copy->activities = r;
	copy->whole = NULL;
	*ret = copy;
	return ERR_OK;
}

/* What the peers are held against: rows by what became of the target, and the money. */
static void print_tally(const struct evaluation_view *v)
{
	struct target_tally t = {0};
	int64_t contribution = 0;
	for (size_t i = 0; i < v->activities->own.n; i++) {
		target_tally_activity(&t, v->activities->activities[i]);
		contribution += v->activities->activities[i]->contribution.minor;
	}
	(void)fprintf(stderr, "%zu %zu %zu %zu %lld\n", t.met, t.not_met, t.no_result, t.no_target, (long long)contribution);
}

static FILE *open_csv(const char *folder, const char *name, const char *header)
{
	char path[1024];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	if (f)
		(void)fprintf(f, "%s\n", header);
	return f;
}

static int measure_synthetic(const struct evaluation_view *v, size_t n, const char *folder, struct arena *a)
{
	struct err e = {0};
	struct making m = {.a = a, .seed = 2012};
	double ms[EVALUATION_PARTS_MAX + 1], told_ms = 0;
	size_t bytes = 0;
	const struct evaluation_view *large = NULL;
	if (folder) {
		m.activities = open_csv(folder, "activities.csv", "id,priority,status,contribution,total,intervention");
		m.results = open_csv(folder, "results.csv", "activity,indicator,part,target,actual");
	}
	if (make_view(v, n, &m, &large, &e) != ERR_OK || !large)
		return told(&e);
	if (m.activities && m.results && (fclose(m.activities) != 0 || fclose(m.results) != 0))
		return 4;
	print_tally(large);
	long before = peak_mb();
	double begin = now_ms(), cpu = cpu_ms();
	if (evaluate(large, false, ms, &told_ms, &bytes, &e) != ERR_OK)
		return told(&e);
	printf("| the whole evaluation of %zu activities, %zu results, of which telling every page | %.2f s, %.2f s of CPU (target 5); %.2f s |\n", n, n * RESULTS,
	    (now_ms() - begin) / 1000, (cpu_ms() - cpu) / 1000, told_ms / 1000);
	for (size_t i = 0; i == 0 || evaluation_parts[i - 1]; i++)
		printf("| … %s | %.0f ms |\n", i ? evaluation_parts[i - 1]->slug : "facts", ms[i]);
	printf("| memory, of which the records | %ld MB (target 1,000), %ld MB |\n", peak_mb(), before);
	return 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	AUTO_ARENA a = arena_new((size_t)ARENA_MB << 20);
	const struct evaluation_view *v = NULL;
	if (argc < 2 || !a)
		return 2;
	if (load(argv[1], a, &v, &e) != ERR_OK)
		return told(&e);
	if (argc > 2)
		return measure_synthetic(v, strtoul(argv[2], NULL, 10), argc > 3 ? argv[3] : NULL, a);
	return measure_real(v, &e) == ERR_OK ? 0 : told(&e);
}
