#include <utf8proc.h>

#include "base/utf8.h"
#include "engine/feel/fn.h"

static fval copy(struct feel_vm *vm, const struct buf *b)
{
	if (b->failed)
		return feel_vm_error(vm, "feel.limit", "a string has at most %d bytes", FEEL_STRING_MOST);
	str s = arena_str(vm->arena, buf_str(b));
	return s.p ? feel_string(s) : fn_no_memory(vm);
}

fval fn_string(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	if (args[0].kind == FEEL_NULL || args[0].kind == FEEL_STRING)
		return args[0];
	AUTO_BUF b = BUF_INIT(FEEL_STRING_MOST);
	feel_write(&b, vm->zones, args[0]);
	return copy(vm, &b);
}

static bool ascii_only(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Byte offset of code point number i (0-based), at most the length. */
static size_t offset_of(str s, size_t i, bool ascii)
{
	if (ascii)
		return i < s.n ? i : s.n;
	size_t at = 0;
	for (; i && at < s.n; i--)
		(void)utf8_next(s, &at);
	return at;
}

fval fn_substring(struct feel_vm *vm, const fval *args, size_t n)
{
	int64_t start, length = INT64_MAX;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	if (!fn_whole(args[1], &start) || start == 0)
		return feel_vm_wrong(vm, args[1], "a position other than 0");
	if (n > 2 && args[2].kind != FEEL_NULL && (!fn_whole(args[2], &length) || length < 1))
		return feel_vm_wrong(vm, args[2], "a length of at least 1");
	bool ascii = ascii_only(s.string);
	int64_t all = (int64_t)(ascii ? s.string.n : utf8_length(s.string));
	int64_t from = start > 0 ? start - 1 : all + start;
	if (from < 0 || from >= all)
		return start < 0 ? feel_vm_error(vm, "feel.index", "the string has only %lld characters", (long long)all)
				 : feel_string(STR(""));
	int64_t to = length > all - from ? all : from + length;
	size_t a = offset_of(s.string, (size_t)from, ascii);
	size_t b = a + offset_of(str_sub(s.string, a, s.string.n), (size_t)(to - from), ascii);
	return feel_string(str_sub(s.string, a, b));
}

fval fn_string_length(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	return feel_int((int64_t)utf8_length(s.string));
}

static fval change_case(struct feel_vm *vm, str s, bool upper)
{
	AUTO_BUF b = BUF_INIT(FEEL_STRING_MOST);
	for (size_t at = 0; at < s.n;) {
		int32_t c = utf8_next(s, &at);
		if (c < 0)
			continue;
		if (upper && c == 0xdf)
			buf_addz(&b, "SS"); /* the only letter of our languages whose capital has two */
		else
			buf_add_utf8(&b, (uint32_t)(upper ? utf8proc_toupper(c) : utf8proc_tolower(c)));
	}
	return copy(vm, &b);
}

fval fn_upper(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	return change_case(vm, s.string, true);
}

fval fn_lower(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	return change_case(vm, s.string, false);
}

fval fn_before_match(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	FN_ARG(m, 1, FEEL_STRING, "a string");
	ptrdiff_t at = str_find(s.string, m.string);
	return feel_string(at < 0 ? STR("") : str_sub(s.string, 0, (size_t)at));
}

fval fn_after_match(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	FN_ARG(m, 1, FEEL_STRING, "a string");
	ptrdiff_t at = str_find(s.string, m.string);
	return feel_string(at < 0 ? STR("") : str_sub(s.string, (size_t)at + m.string.n, s.string.n));
}

fval fn_contains(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	FN_ARG(m, 1, FEEL_STRING, "a string");
	return feel_bool(str_find(s.string, m.string) >= 0);
}

fval fn_starts_with(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	FN_ARG(m, 1, FEEL_STRING, "a string");
	return feel_bool(str_starts(s.string, m.string));
}

fval fn_ends_with(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(s, 0, FEEL_STRING, "a string");
	FN_ARG(m, 1, FEEL_STRING, "a string");
	return feel_bool(str_ends(s.string, m.string));
}

static bool optional_string(fval v, str *ret)
{
	*ret = v.kind == FEEL_STRING ? v.string : STR("");
	return v.kind == FEEL_STRING || v.kind == FEEL_NULL;
}

fval fn_string_join(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	str delimiter = STR("");
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list of strings");
	if (n > 1 && !optional_string(args[1], &delimiter))
		return feel_vm_wrong(vm, args[1], "a string");
	AUTO_BUF b = BUF_INIT(FEEL_STRING_MOST);
	bool any = false;
	for (size_t i = 0; i < items.n; i++) {
		if (items.p[i].kind == FEEL_NULL)
			continue;
		if (items.p[i].kind != FEEL_STRING)
			return feel_vm_wrong(vm, items.p[i], "a string");
		if (any)
			buf_add(&b, delimiter);
		buf_add(&b, items.p[i].string);
		any = true;
	}
	return copy(vm, &b);
}

/* An outcome that the author of the rule says cannot be told: a null whose cause is the reason given. */
fval fn_undetermined(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(reason, 0, FEEL_STRING, "a string");
	return feel_vm_error(vm, "feel.undetermined", "%.*s", STR_ARG(reason.string));
}
