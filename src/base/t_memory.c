#include "base/map.h"
#include "base/mem.h"
#include "base/test.h"
#include "base/vec.h"

static void count_up(void *arg)
{
	(*(int *)arg)++;
}

static void stops_at_its_limit(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1000);
	assert_non_null(arena_alloc(a, 900));
	assert_null(arena_alloc(a, 200));
	assert_int_equal(arena_fail(a, &e), ERR_LIMIT);
	assert_null(arena_array(a, SIZE_MAX / 2, 16));
	assert_null(arena_alloc(a, SIZE_MAX - 3));
}

static void runs_cleanups_newest_first(void **state)
{
	(void)state;
	int calls = 0;
	struct arena *a = arena_new(ARENA_NO_LIMIT);
	assert_true(arena_cleanup(a, count_up, &calls));
	arena_reset(a);
	assert_int_equal(calls, 1);
	arena_free(a);
	assert_int_equal(calls, 1);
	arena_free(NULL);
}

static void grows_and_keeps(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	VEC(uint32_t) v = {0};
	for (uint32_t i = 0; i < 10000; i++) {
		*VEC_ADD(&v, a) = i;
		if (i % 100 == 0)
			assert_non_null(arena_alloc(a, 3));
	}
	for (uint32_t i = 0; i < 10000; i++)
		assert_int_equal(v.p[i], i);
}

static void maps_what_was_set(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	struct map *m = map_new(a, 42);
	assert_null(map_get(m, STR("nothing")));
	for (uintptr_t i = 1; i <= 5000; i++)
		assert_true(map_set(m, arena_fmt(a, "key %zu", (size_t)i), (void *)i, NULL));
	void *old = NULL;
	assert_true(map_set(m, STR("key 17"), (void *)99, &old));
	assert_ptr_equal(old, (void *)17);
	assert_int_equal(map_count(m), 5000);
	assert_ptr_equal(map_get(m, STR("key 17")), (void *)99);
	assert_ptr_equal(map_get(m, STR("key 4999")), (void *)4999);
	assert_null(map_get(m, STR("key 0")));
}

static void survives_failing_allocations(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 20; i++) {
		mem_fail_after(i);
		struct arena *a = arena_new(ARENA_NO_LIMIT);
		if (a) {
			VEC(uint64_t) v = {0};
			for (int k = 0; k < 4000; k++)
				if (!VEC_ADD(&v, a))
					break;
		}
		mem_fail_after(-1);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(stops_at_its_limit),
	    cmocka_unit_test(runs_cleanups_newest_first),
	    cmocka_unit_test(grows_and_keeps),
	    cmocka_unit_test(maps_what_was_set),
	    cmocka_unit_test(survives_failing_allocations),
	};
	return test_run(tests);
}
