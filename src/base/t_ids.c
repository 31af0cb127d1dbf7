#include "base/hash.h"
#include "base/test.h"
#include "base/uid.h"

static void sorts_by_time_of_making(void **state)
{
	(void)state;
	int64_t now = 1000000000000;
	uint64_t seed = 7;
	struct uid_maker m = {.clock = clock_fixed(&now), .rng = rng_seeded(&seed)};
	uid last = uid_new(&m);
	for (int i = 0; i < 20000; i++) {
		uid u = uid_new(&m);
		assert_true(memcmp(u.b, last.b, sizeof u.b) > 0);
		assert_int_equal(u.b[6] >> 4, 7);
		assert_int_equal(u.b[8] >> 6, 2);
		last = u;
	}
}

static void reads_what_it_writes(void **state)
{
	(void)state;
	uid u = uid_of_name(UID_NONE, STR("activity 18261")), back;
	AUTO_BUF b = BUF_INIT(100);
	buf_add_uid(&b, u);
	assert_true(uid_parse(buf_str(&b), &back));
	assert_true(uid_eq(u, back));
	assert_false(uid_parse(STR("not a uid"), &back));
	assert_false(uid_eq(u, uid_of_name(u, STR("activity 18261"))));
}

static void hashes_as_published(void **state)
{
	(void)state;
	char hex[65]; /* FIPS 180-4 example "abc" */
	sha256_hex(sha256_of(STR("abc")), hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	struct sha256_state s;
	sha256_begin(&s);
	sha256_add(&s, STR("a"));
	sha256_add(&s, STR(""));
	sha256_add(&s, STR("bc"));
	sha256 back;
	assert_true(sha256_parse(str_of(hex), &back));
	assert_true(sha256_eq(sha256_end(&s), back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sorts_by_time_of_making),
	    cmocka_unit_test(reads_what_it_writes),
	    cmocka_unit_test(hashes_as_published),
	};
	return test_run(tests);
}
