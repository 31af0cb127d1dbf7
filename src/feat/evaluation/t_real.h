#pragma once
/* For tests: the real pack in a database, and its views. The pack comes from the environment (GRUTTO_PACK). */
#include "db/testdb.h"

#include "feat/decisions/decisions.h"
#include "feat/evaluation/parts.h"
#include "feat/site/env.h"

#include <fcntl.h>

enum { REAL_BYTES = 256 << 20 };

struct real {
	struct testdb db;
	struct arena *a;
	const struct evaluation_view *view;
	struct err e;
};

/* The views, read anew from the database. */
static inline void real_load(struct real *t)
{
	AUTO_DB c = NULL;
	const struct programme_view *p;
	const struct register_view *r;
	const struct decisions_view *d;
	assert_ok(db_pool_reader(t->db.pool, &c, &t->e), &t->e);
	assert_ok(programme_view_load(c, t->a, &p, &t->e), &t->e);
	assert_ok(register_view_load(c, p->programme, t->a, &r, &t->e), &t->e);
	assert_ok(decisions_view_load(c, p->programme, t->a, &d, &t->e), &t->e);
	assert_ok(evaluation_view_load(c, p, r, d, t->a, &t->view, &t->e), &t->e);
}

/* Run a command with its messages thrown away; the exit status. */
static inline int real_run(int (*command)(struct app_env *env, int argc, char **argv), int argc, char **argv)
{
	int64_t now = 1338508800000; /* 1 June 2012 */
	uint64_t seed = 1;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	assert_true(null >= 0);
	struct app_env env = {.clock = clock_fixed(&now), .rng = rng_seeded(&seed), .log = {.fd = null}, .out_fd = null, .err_fd = null};
	int status = command(&env, argc, argv);
	assert_int_equal(close(null), 0);
	return status;
}

static inline void real_open(struct real *t)
{
	static char fallback[] = "programmes/migration-development-2008", option[] = "--pack";
	char *pack = getenv("GRUTTO_PACK");
	char *argv[] = {t->db.location, option, pack ? pack : fallback, NULL};
	*t = (struct real){.a = arena_new(REAL_BYTES)};
	assert_non_null(t->a);
	testdb_place(&t->db, DB_SQLITE);
	assert_int_equal(real_run(register_cmd_init, 3, argv), 0);
	assert_ok(db_pool_open(str_of(t->db.location), &(struct db_options){0}, &t->db.pool, &t->e), &t->e);
	real_load(t);
}

/* A test on a fixture `struct real t` that main opened: *state points at it. */
#define REAL_TEST(f) cmocka_unit_test_prestate(f, &t)

static inline void real_close(struct real *t)
{
	arena_free(t->a);
	testdb_drop(&t->db);
}

/* What was known on a day (ISO; NULL: on the day of the facts). */
static inline struct facts real_facts(struct real *t, const char *day, int priority, const char *activity)
{
	struct evaluation_scope s = {.as_of = DATE_NONE, .priority = priority};
	struct facts f;
	if (day)
		assert_true(date_parse(str_of(day), &s.as_of));
	if (activity) {
		s.activity = register_activity(t->view->activities, str_of(activity));
		assert_non_null(s.activity);
	}
	assert_ok(facts_make(t->view, &s, t->a, &f, &t->e), &t->e);
	return f;
}

/* A part told in a language, and its JSON as text when json is given. Facts and answer in the fixture's arena. */
static inline struct answer *real_tell(struct real *t, const struct evaluation_part *p, const struct facts *f, enum lang l, struct buf *json)
{
	struct answer *w = ARENA_NEW(t->a, struct answer);
	const void *made;
	struct json_writer j;
	assert_non_null(w);
	assert_ok(p->make(f, t->a, &made, &t->e), &t->e);
	answer_begin(w, t->a, l, f, p->question, p->slug, i18n_text(l, p->title));
	assert_ok(p->tell(made, w, &t->e), &t->e);
	assert_ok(answer_end(w, &t->e), &t->e);
	if (json) {
		jw_begin_buf(&j, json);
		answer_json(&j, w);
		if (p->json)
			p->json(&j, made, l);
		jw_object_end(&j);
		assert_ok(jw_finish(&j, &t->e), &t->e);
	}
	return w;
}

/* The facts with their activities in reverse order. */
static inline struct facts real_reversed(struct real *t, const struct facts *f)
{
	struct facts r = *f;
	r.activities = ARENA_ARRAY(t->a, f->n, const struct activity *);
	assert_non_null(r.activities);
	for (size_t i = 0; i < f->n; i++)
		r.activities[i] = f->activities[f->n - 1 - i];
	return r;
}
