#include "engine/feel/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"

struct regex {
	pcre2_general_context *general;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	size_t groups;
	bool literal;
};

static void *allocate(size_t n, void *arg)
{
	(void)arg;
	return mem_alloc(n);
}

static void release(void *p, void *arg)
{
	(void)arg;
	mem_free(p);
}

void regex_free(struct regex *r)
{
	if (!r)
		return;
	pcre2_match_data_free(r->data);
	pcre2_match_context_free(r->limits);
	pcre2_code_free(r->code);
	pcre2_general_context_free(r->general);
	mem_free(r);
}

void regex_autofree(struct regex **r)
{
	regex_free(*r);
}

struct flags {
	bool s, m, i, x, q;
};

static bool read_flags(str text, struct flags *f)
{
	*f = (struct flags){0};
	for (size_t i = 0; i < text.n; i++) {
		bool *flag = text.p[i] == 's' ? &f->s
		    : text.p[i] == 'm'	      ? &f->m
		    : text.p[i] == 'i'	      ? &f->i
		    : text.p[i] == 'x'	      ? &f->x
		    : text.p[i] == 'q'	      ? &f->q
					      : NULL;
		if (!flag)
			return false;
		*flag = true;
	}
	return true;
}

static enum err_code compile(struct regex *r, str pattern, const struct flags *f, struct err *e)
{
	int code = 0;
	PCRE2_SIZE at = 0;
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
	options |= (f->i ? PCRE2_CASELESS : 0) | (f->m ? PCRE2_MULTILINE : 0) | (f->s ? PCRE2_DOTALL : 0) |
	    (f->q ? PCRE2_LITERAL : 0);
	if (f->q)
		options &= PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_CASELESS | PCRE2_LITERAL;
	pcre2_compile_context *c = pcre2_compile_context_create(r->general);
	if (!c)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	(void)pcre2_set_newline(c, PCRE2_NEWLINE_LF);
	(void)pcre2_set_parens_nest_limit(c, 100);
	r->code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, &code, &at, c);
	pcre2_compile_context_free(c);
	if (!r->code) {
		PCRE2_UCHAR text[120];
		(void)pcre2_get_error_message(code, text, sizeof text);
		return fail(e, ERR_INVALID, "regex.pattern", "the pattern is wrong: %s", (const char *)text);
	}
	return ERR_OK;
}

static enum err_code prepare(struct regex *r, struct err *e)
{
	uint32_t groups = 0;
	(void)pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	r->groups = groups;
	if (groups >= REGEX_GROUPS_MOST)
		return fail(e, ERR_LIMIT, "regex.groups", "a pattern has at most %d groups", REGEX_GROUPS_MOST - 1);
	r->data = pcre2_match_data_create_from_pattern(r->code, r->general);
	r->limits = pcre2_match_context_create(r->general);
	if (!r->data || !r->limits)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	(void)pcre2_set_match_limit(r->limits, REGEX_WORK_MOST);
	(void)pcre2_set_depth_limit(r->limits, REGEX_WORK_MOST);
	(void)pcre2_set_heap_limit(r->limits, REGEX_HEAP_KIB_MOST);
	return ERR_OK;
}

/* Flag x: white space outside of classes does not count, wherever it stands. */
static void drop_blanks(str pattern, struct buf *out)
{
	size_t deep = 0;
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];
		if (!deep && (c == ' ' || c == '\t' || c == '\n' || c == '\r'))
			continue;
		buf_addc(out, c);
		if (c == '\\' && i + 1 < pattern.n && deep)
			buf_addc(out, pattern.p[++i]);
		else if (c == '[' && !(i && pattern.p[i - 1] == '\\'))
			deep++;
		else if (c == ']' && deep)
			deep--;
	}
}

enum err_code regex_new(str pattern, str flags, struct regex **ret_r, struct err *e)
{
	struct flags f;
	AUTO_BUF text = BUF_INIT(REGEX_PATTERN_MOST * 40);
	if (!read_flags(flags, &f))
		return fail(e, ERR_INVALID, "regex.flags", "flags are made of s, m, i, x and q");
	if (pattern.n > REGEX_PATTERN_MOST)
		return fail(e, ERR_LIMIT, "regex.length", "a pattern has at most %d bytes", REGEX_PATTERN_MOST);
	AUTO_BUF dense = BUF_INIT(REGEX_PATTERN_MOST + 1);
	if (f.x && !f.q)
		drop_blanks(pattern, &dense);
	if (f.q)
		buf_add(&text, pattern);
	else
		TRY(regex_translate(f.x ? buf_str(&dense) : pattern, f.s, &text, e));
	TRY(buf_check(&text, e));
	AUTO_REGEX r = mem_alloc(sizeof *r);
	if (!r)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*r = (struct regex){.literal = f.q};
	r->general = pcre2_general_context_create(allocate, release, NULL);
	if (!r->general)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(compile(r, buf_str(&text), &f, e));
	TRY(prepare(r, e));
	*ret_r = r;
	r = NULL;
	return ERR_OK;
}

size_t regex_groups(const struct regex *r)
{
	return r->groups;
}

bool regex_is_literal(const struct regex *r)
{
	return r->literal;
}

enum err_code regex_match(struct regex *r, str s, size_t from, bool *ret_found,
    size_t ret_groups[2 * REGEX_GROUPS_MOST], struct err *e)
{
	int n = pcre2_match(r->code, (PCRE2_SPTR)(s.p ? s.p : ""), s.n, from, PCRE2_NO_UTF_CHECK, r->data, r->limits);
	if (n == PCRE2_ERROR_NOMATCH) {
		*ret_found = false;
		return ERR_OK;
	}
	if (n < 0)
		return fail(e, ERR_LIMIT, "regex.work", "the pattern needs too much work on this text");
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(r->data);
	for (size_t i = 0; i <= r->groups; i++) {
		bool took_part = i < (size_t)n && at[2 * i] != PCRE2_UNSET;
		ret_groups[2 * i] = took_part ? at[2 * i] : SIZE_MAX;
		ret_groups[2 * i + 1] = took_part ? at[2 * i + 1] : SIZE_MAX;
	}
	*ret_found = true;
	return ERR_OK;
}
