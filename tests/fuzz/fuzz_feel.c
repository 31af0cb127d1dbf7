/* FEEL text: compiled as an expression and as unary tests, run with limits, and its value written. */
#include "base/arena.h"
#include "base/utf8.h"
#include "engine/feel/feel.h"
#include "fuzz.h"

enum { MEMORY = 64 << 20, TEXT_MOST = 4000 };

static const struct feel_input inputs[] = {
    {{"loan amount", 11}, {.kind = FEEL_NUMBER, .number = {.lo = 5000}}},
    {{"name", 4}, {.kind = FEEL_STRING, .string = {"Amsterdam", 9}}},
    {{"day", 3}, {.kind = FEEL_DATE, .day = 14000}},
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size};
	struct err e;
	struct feel_expression *x;
	const struct feel_env env = {.now = {.kind = FEEL_DATE_TIME, .day = 15000, .zone = 0}};
	AUTO_ARENA a = arena_new(MEMORY);
	AUTO_BUF b = BUF_INIT(MEMORY);
	if (!a || size > TEXT_MOST || !utf8_valid(text, NULL))
		return 0;
	if (feel_compile(a, NULL, text, inputs, INPUTS, &x, &e) == ERR_OK) {
		fval v = feel_eval(x, &env, a, inputs, INPUTS);
		feel_write(&b, NULL, v);
		feel_write_json(&b, NULL, v);
	}
	if (feel_compile_tests(a, NULL, text, inputs, INPUTS, &x, &e) == ERR_OK) {
		feel_write(&b, NULL, feel_eval_tests(x, &env, a, inputs[0].value, inputs, INPUTS));
		feel_write(&b, NULL, feel_eval_tests(x, &env, a, FEEL_NULL_VALUE, inputs, INPUTS));
	}
	return 0;
}
