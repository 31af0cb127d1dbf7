#include "base/decimal.h"
#include "base/test.h"

static decimal num(const char *z)
{
	decimal d;
	if (!decimal_parse(str_of(z), &d))
		fail_msg("not a number: %s", z);
	return d;
}

static void assert_dec(decimal d, const char *want)
{
	AUTO_BUF b = BUF_INIT(200);
	buf_add_decimal(&b, d);
	assert_str(buf_str(&b), want);
}

static void reads_and_writes(void **state)
{
	(void)state;
	static const char *const same[] = {"0", "1", "-1", "12.50", "0.001", "-0.05", "9223372036854775808",
	    "1234567890123456789012345678901234", "0.1234567890123456789012345678901234", "0.00"};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_dec(num(same[i]), same[i]);
	assert_dec(num(".5"), "0.5");
	assert_dec(num("+7"), "7");
	assert_dec(num("1.2e-3"), "0.0012");
	assert_dec(num("12E3"), "12000");
	assert_dec(num("1e100"), "1E+100");
	assert_dec(num("-1.5e-100"), "-1.5E-100");
	/* 35 digits: half to even */
	assert_dec(num("10000000000000000000000000000000005"), "10000000000000000000000000000000000");
	assert_dec(num("10000000000000000000000000000000015"), "10000000000000000000000000000000020");
	assert_dec(num("10000000000000000000000000000000005.1"), "10000000000000000000000000000000010");
	static const char *const bad[] = {"", "-", ".", "1.", "1e", "1e+", "1,5", " 1", "1 ", "0x1", "1e7000",
	    "--1", "1.2.3", "NaN"};
	decimal d;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (decimal_parse(str_of(bad[i]), &d))
			fail_msg("accepted %s", bad[i]);
	assert_true(decimal_is_zero(num("1e-7000")));
}

struct sum {
	const char *a, *b, *add, *sub, *mul, *div, *modulo; /* "" stands for: no result */
};

typedef bool (*operation)(decimal a, decimal b, decimal *ret);

static void check(operation op, const struct sum *s, const char *want)
{
	decimal d;
	bool ok = op(num(s->a), num(s->b), &d);
	assert_int_equal(ok, want[0] != '\0');
	if (ok)
		assert_dec(d, want);
}

/* Expected values: Python 3.11's decimal with prec=34, ROUND_HALF_EVEN (modulo: a - b * floor(a / b) exactly). */
static void computes(void **state)
{
	(void)state;
	static const struct sum sums[] = {
#include "base/t_decimal_sums.h"
	};
	for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
		check(decimal_add, &sums[i], sums[i].add);
		check(decimal_sub, &sums[i], sums[i].sub);
		check(decimal_mul, &sums[i], sums[i].mul);
		check(decimal_div, &sums[i], sums[i].div);
		check(decimal_modulo, &sums[i], sums[i].modulo);
	}
}

static void compares(void **state)
{
	(void)state;
	static const char *const rising[] = {"-1e6000", "-2", "-1.5", "-1e-6000", "0", "1e-6000", "0.1",
	    "0.11", "1", "1.000000000000000000000000000000001", "9", "10", "1e33", "1e34", "1e6000"};
	size_t n = sizeof rising / sizeof *rising;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			assert_int_equal(decimal_cmp(num(rising[i]), num(rising[j])), (i > j) - (i < j));
	assert_int_equal(decimal_cmp(num("1.50"), num("1.5")), 0);
	assert_int_equal(decimal_cmp(num("0e10"), num("-0.0")), 0);
	int64_t v;
	assert_true(decimal_to_i64(num("-9223372036854775808"), &v) && v == INT64_MIN);
	assert_true(decimal_to_i64(num("1.50e2"), &v) && v == 150);
	assert_false(decimal_to_i64(num("9223372036854775808"), &v));
	assert_false(decimal_to_i64(num("1.5"), &v));
}

static void rounds(void **state)
{
	(void)state;
	static const char *const in[] = {"5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5"};
	/* the table of the IEEE 754 rounding modes */
	static const char *const want[][10] = {
	    [DECIMAL_HALF_EVEN] = {"6", "2", "2", "1", "1", "-1", "-1", "-2", "-2", "-6"},
	    [DECIMAL_HALF_UP] = {"6", "3", "2", "1", "1", "-1", "-1", "-2", "-3", "-6"},
	    [DECIMAL_HALF_DOWN] = {"5", "2", "2", "1", "1", "-1", "-1", "-2", "-2", "-5"},
	    [DECIMAL_UP] = {"6", "3", "2", "2", "1", "-1", "-2", "-2", "-3", "-6"},
	    [DECIMAL_DOWN] = {"5", "2", "1", "1", "1", "-1", "-1", "-1", "-2", "-5"},
	    [DECIMAL_FLOOR] = {"5", "2", "1", "1", "1", "-1", "-2", "-2", "-3", "-6"},
	    [DECIMAL_CEILING] = {"6", "3", "2", "2", "1", "-1", "-1", "-1", "-2", "-5"},
	};
	decimal d;
	for (int mode = 0; mode <= DECIMAL_CEILING; mode++)
		for (int i = 0; i < 10; i++) {
			assert_true(decimal_round(num(in[i]), 0, (enum decimal_round)mode, &d));
			assert_dec(d, want[mode][i]);
		}
	assert_true(decimal_round(num("1234.567"), -2, DECIMAL_HALF_EVEN, &d));
	assert_dec(d, "1200");
	assert_true(decimal_round(num("0.1"), -6000, DECIMAL_UP, &d));
	assert_dec(d, "1E+6000");
	assert_true(decimal_round(num("1.005"), 2, DECIMAL_HALF_UP, &d));
	assert_dec(d, "1.01");
	assert_true(decimal_round(num("1.5"), 6, DECIMAL_HALF_UP, &d));
	assert_dec(d, "1.5");
}

struct value {
	const char *a, *b, *want;
};

/* Expected values: Python 3.11's decimal with prec=34. */
static void takes_powers(void **state)
{
	(void)state;
	static const struct value powers[] = {
#include "base/t_decimal_powers.h"
	};
	for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
		const struct value *v = &powers[i];
		decimal d, want;
		bool ok = false;
		if (str_is(str_of(v->b), "sqrt"))
			ok = decimal_sqrt(num(v->a), &d);
		else if (str_is(str_of(v->b), "exp"))
			ok = decimal_exp(num(v->a), &d);
		else if (str_is(str_of(v->b), "ln"))
			ok = decimal_log(num(v->a), &d);
		else
			ok = decimal_pow(num(v->a), num(v->b), &d);
		assert_int_equal(ok, v->want[0] != '\0');
		if (!ok)
			continue;
		want = num(v->want);
		if (decimal_cmp(d, want) != 0) {
			AUTO_BUF b = BUF_INIT(200);
			buf_add_decimal(&b, d);
			fail_msg("%s %s: got %.*s, want %s", v->a, v->b, STR_ARG(buf_str(&b)), v->want);
		}
	}
	decimal d;
	assert_false(decimal_sqrt(num("-1"), &d));
	assert_false(decimal_log(num("0"), &d));
	assert_false(decimal_pow(num("-8"), num("0.5"), &d));
	assert_false(decimal_pow(num("0"), num("-1"), &d));
	assert_false(decimal_exp(num("1e10"), &d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_and_writes),
	    cmocka_unit_test(computes),
	    cmocka_unit_test(compares),
	    cmocka_unit_test(rounds),
	    cmocka_unit_test(takes_powers),
	};
	return test_run(tests);
}
