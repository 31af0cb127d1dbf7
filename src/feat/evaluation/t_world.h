#pragma once
/* For tests of this slice: the real pack in a database, loaded once. The pack comes from the environment (GRUTTO_PACK). */
#include "db/testdb.h"

#include "feat/evaluation/parts.h"
#include "feat/site/env.h"

#include <fcntl.h>
#include <unistd.h>

struct world {
	struct testdb db;
	struct arena *a;
	const struct evaluation_view *v;
};

static inline void world_load(struct world *w)
{
	static char option[] = "--pack", fallback[] = "programmes/migration-development-2008";
	struct err e;
	int64_t now = 0;
	uint64_t seed = 1;
	char *dir = getenv("GRUTTO_PACK");
	const struct programme_view *p;
	const struct register_view *r;
	const struct decisions_view *d;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	assert_true(null >= 0);
	testdb_place(&w->db, DB_SQLITE);
	struct app_env env = {.clock = clock_fixed(&now), .rng = rng_seeded(&seed), .log = {.fd = null}, .out_fd = null, .err_fd = null};
	char *argv[] = {w->db.location, option, dir ? dir : fallback};
	assert_int_equal(register_cmd_init(&env, 3, argv), 0);
	assert_int_equal(close(null), 0);
	assert_ok(db_pool_open(str_of(w->db.location), &(struct db_options){0}, &w->db.pool, &e), &e);
	AUTO_DB c = NULL;
	w->a = arena_new(512 << 20);
	assert_ok(db_pool_reader(w->db.pool, &c, &e), &e);
	assert_ok(programme_view_load(c, w->a, &p, &e), &e);
	assert_ok(register_own_load(c, p->programme, w->a, &r, &e), &e);
	assert_ok(decisions_view_load(c, p->programme, w->a, &d, &e), &e);
	assert_ok(evaluation_view_load(c, p, r, d, w->a, &w->v, &e), &e);
}

static inline void world_drop(struct world *w)
{
	arena_free(w->a);
	testdb_drop(&w->db);
}

static inline date world_day(const char *s)
{
	date d;
	assert_true(date_parse(str_of(s), &d));
	return d;
}

/* Facts of the whole programme; day NULL: the day of the facts. */
static inline struct facts world_facts(const struct evaluation_view *v, const char *day, struct arena *a)
{
	struct err e;
	struct facts f;
	const struct evaluation_scope scope = {.as_of = day ? world_day(day) : DATE_NONE};
	assert_ok(facts_make(v, &scope, a, &f, &e), &e);
	return f;
}

/* The same view with these activities in place of the portfolio. */
static inline const struct evaluation_view *world_with(const struct evaluation_view *v, const struct activity *const *activities, size_t n,
    struct arena *a)
{
	struct evaluation_view *x = ARENA_NEW(a, struct evaluation_view);
	struct register_view *r = ARENA_NEW(a, struct register_view);
	assert_non_null(x);
	assert_non_null(r);
	*x = *v;
	*r = *v->activities;
	r->activities = ARENA_ARRAY(a, n, const struct activity *);
	assert_non_null(r->activities);
	memcpy(r->activities, activities, n * sizeof *activities);
	r->own.n = n;
	x->activities = r;
	return x;
}

/* The JSON of a part of these facts, in a language. */
static inline str world_json(const struct evaluation_part *part, const struct facts *f, enum lang l, struct arena *a)
{
	struct err e;
	const void *made;
	struct answer w;
	struct json_writer j;
	AUTO_BUF b = BUF_INIT(64 << 20);
	assert_ok(part->make(f, a, &made, &e), &e);
	answer_begin(&w, a, l, f, part->question, part->slug, i18n_text(l, part->title));
	assert_ok(part->tell(made, &w, &e), &e);
	assert_ok(answer_end(&w, &e), &e);
	jw_begin_buf(&j, &b);
	answer_json(&j, &w);
	if (part->json)
		part->json(&j, made, l);
	jw_object_end(&j);
	assert_ok(jw_finish(&j, &e), &e);
	return arena_str(a, buf_str(&b));
}

static inline const struct json *world_tree(str text, struct arena *a)
{
	struct err e;
	const struct json *j;
	const struct json_limits limits = {.max_bytes = 64 << 20};
	assert_ok(json_read(text, "answer", &limits, a, &j, &e), &e);
	return j;
}

static inline double world_number(const struct json *j)
{
	assert_non_null(j);
	assert_int_equal(j->kind, JSON_IS_NUMBER);
	decimal d;
	assert_true(decimal_parse(j->text, &d));
	return decimal_to_double(d);
}
