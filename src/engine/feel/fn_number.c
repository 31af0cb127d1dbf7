#include "engine/feel/fn.h"
#include "engine/feel/time.h"

static fval out_of_range(struct feel_vm *vm)
{
	return feel_vm_error(vm, "feel.range", "the result is outside the range of numbers");
}

static bool valid_separator(fval v, const char *allowed, char *ret)
{
	*ret = '\0';
	if (v.kind == FEEL_NULL)
		return true;
	if (v.kind != FEEL_STRING || v.string.n != 1 || !strchr(allowed, v.string.p[0]))
		return false;
	*ret = v.string.p[0];
	return true;
}

fval fn_number(struct feel_vm *vm, const fval *args, size_t n)
{
	char group = '\0', point = '\0';
	if (fn_single(args[0]).kind == FEEL_NUMBER && n == 1)
		return fn_single(args[0]);
	FN_ARG(from, 0, FEEL_STRING, "a string");
	if ((n > 1 && !valid_separator(args[1], " ,.", &group)) || (n > 2 && !valid_separator(args[2], ".,", &point)) ||
	    (group && group == point))
		return feel_vm_error(vm, "feel.arguments", "separators are \" \", \",\" or \".\", and differ");
	AUTO_BUF b = BUF_INIT(2000);
	for (size_t i = 0; i < from.string.n; i++) {
		char c = from.string.p[i];
		if (group && c == group)
			continue;
		if (point && c == point)
			c = '.';
		else if (point && c == '.')
			c = '?';
		buf_addc(&b, c);
	}
	decimal d;
	str text = buf_str(&b);
	if (b.failed || !text.n || text.p[0] == '+' || !decimal_parse(text, &d))
		return feel_vm_error(vm, "feel.number", "\"%.*s\" is not a number", STR_ARG(str_sub(from.string, 0, 60)));
	return feel_number(d);
}

enum { SCALE_LEAST = -6111, SCALE_MOST = 6176 };

static fval round_to(struct feel_vm *vm, const fval *args, size_t n, enum decimal_round mode)
{
	int64_t scale = 0;
	decimal d;
	FN_ARG(v, 0, FEEL_NUMBER, "a number");
	if (n > 1 && !fn_whole(args[1], &scale))
		return feel_vm_wrong(vm, args[1], "a number of places");
	if (scale < SCALE_LEAST || scale > SCALE_MOST)
		return feel_vm_error(vm, "feel.range", "the number of places is from %d to %d", SCALE_LEAST, SCALE_MOST);
	return decimal_round(v.number, (int32_t)scale, mode, &d) ? feel_number(d) : out_of_range(vm);
}

fval fn_decimal(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_HALF_EVEN);
}

fval fn_floor(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_FLOOR);
}

fval fn_ceiling(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_CEILING);
}

fval fn_round_up(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_UP);
}

fval fn_round_down(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_DOWN);
}

fval fn_round_half_up(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_HALF_UP);
}

fval fn_round_half_down(struct feel_vm *vm, const fval *args, size_t n)
{
	return round_to(vm, args, n, DECIMAL_HALF_DOWN);
}

fval fn_abs(struct feel_vm *vm, const fval *args, size_t n)
{
	fval v = fn_single(args[0]);
	(void)n;
	if (v.kind == FEEL_NUMBER) {
		v.number.neg = 0;
		return v;
	}
	if (v.kind == FEEL_MONTHS)
		return feel_months(v.months < 0 ? -v.months : v.months);
	if (v.kind == FEEL_DAYS)
		return v.seconds < 0 ? feel_days(-v.seconds, -v.fraction) : v;
	return feel_vm_wrong(vm, args[0], "a number or duration");
}

fval fn_modulo(struct feel_vm *vm, const fval *args, size_t n)
{
	decimal d;
	(void)n;
	FN_ARG(a, 0, FEEL_NUMBER, "a number");
	FN_ARG(b, 1, FEEL_NUMBER, "a number");
	if (!decimal_modulo(a.number, b.number, &d))
		return feel_vm_error(vm, "feel.zero", "division by zero");
	return feel_number(d);
}

static fval function_of(struct feel_vm *vm, const fval *args, bool (*fn)(decimal d, decimal *ret), const char *wanted)
{
	decimal d;
	FN_ARG(v, 0, FEEL_NUMBER, "a number");
	if (!fn(v.number, &d))
		return feel_vm_error(vm, "feel.range", "%s was expected", wanted);
	return feel_number(d);
}

fval fn_sqrt(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	return function_of(vm, args, decimal_sqrt, "a number that is not negative");
}

fval fn_log(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	return function_of(vm, args, decimal_log, "a positive number");
}

fval fn_exp(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	return function_of(vm, args, decimal_exp, "a smaller number");
}

static fval parity(struct feel_vm *vm, const fval *args, bool odd)
{
	decimal d;
	FN_ARG(v, 0, FEEL_NUMBER, "a number");
	if (!decimal_is_whole(v.number))
		return feel_bool(false);
	if (!decimal_modulo(v.number, decimal_of(2), &d))
		return out_of_range(vm);
	return feel_bool(decimal_is_zero(d) != odd);
}

fval fn_odd(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	return parity(vm, args, true);
}

fval fn_even(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	return parity(vm, args, false);
}

fval fn_not(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(v, 0, FEEL_BOOL, "true or false");
	return feel_bool(!v.truth);
}
