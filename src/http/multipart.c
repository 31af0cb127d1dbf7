#include "http/multipart.h"

#include "base/utf8.h"
#include "base/vec.h"

static const char form_type[] = "multipart/form-data";

/* ---- header fields ---- */

/* The next parameter ("; name=value" or "; name=\"value\""). False at the end; *ret_bad when it is none. */
static bool next_param(str *rest, str *ret_name, str *ret_value, bool *ret_bad)
{
	*rest = str_trim(*rest);
	if (!rest->n)
		return false;
	ptrdiff_t eq = str_find_char(*rest, '=');
	*ret_bad = rest->p[0] != ';' || eq < 0;
	if (*ret_bad)
		return false;
	*ret_name = str_trim(str_sub(*rest, 1, (size_t)eq));
	str value = str_trim(str_sub(*rest, (size_t)eq + 1, rest->n));
	if (value.n && value.p[0] == '"') {
		size_t end = 1;
		while (end < value.n && value.p[end] != '"')
			end += value.p[end] == '\\' && end + 1 < value.n && value.p[end + 1] == '"' ? 2 : 1;
		*ret_bad = end >= value.n;
		*ret_value = str_sub(value, 1, end);
		*rest = str_sub(value, end + 1, value.n);
		return !*ret_bad;
	}
	ptrdiff_t semi = str_find_char(value, ';');
	size_t end = semi < 0 ? value.n : (size_t)semi;
	*ret_value = str_trim(str_sub(value, 0, end));
	*rest = str_sub(value, end, value.n);
	return true;
}

static str main_value(str s, str *ret_params)
{
	ptrdiff_t semi = str_find_char(s, ';');
	*ret_params = semi < 0 ? STR("") : str_sub(s, (size_t)semi, s.n);
	return str_trim(semi < 0 ? s : str_sub(s, 0, (size_t)semi));
}

bool http_is_multipart(str content_type)
{
	str params;
	return content_type.p && str_eq_nocase(main_value(content_type, &params), str_of(form_type));
}

static enum err_code boundary_of(str content_type, str *ret, struct err *e)
{
	str params, name, value;
	bool bad = false, found = false;
	(void)main_value(content_type, &params);
	while (next_param(&params, &name, &value, &bad))
		if (str_eq_nocase(name, STR("boundary")) && !found) {
			*ret = value;
			found = true;
		}
	for (size_t i = 0; found && i < ret->n; i++)
		bad = bad || (unsigned char)ret->p[i] <= ' ' || (unsigned char)ret->p[i] > '~';
	if (bad || !found || !ret->n || ret->n > HTTP_BOUNDARY_MAX)
		return fail(e, ERR_INVALID, "multipart.boundary", "the content type names no boundary of 1 to %d characters", HTTP_BOUNDARY_MAX);
	return ERR_OK;
}

/* Browsers write a quote as %22 and a line break as %0D%0A, older ones a quote as \": nothing else is an escape. */
static enum err_code unescaped(str s, struct arena *a, str *ret, struct err *e)
{
	static const struct {
		const char *escape;
		char c;
	} all[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}, {"\\\"", '"'}};
	if (!utf8_valid(s, NULL) || memchr(s.p, '\0', s.n))
		return fail(e, ERR_INVALID, "multipart.encoding", "a name in the form is not UTF-8");
	if (str_find_char(s, '%') < 0 && str_find_char(s, '\\') < 0) {
		*ret = s;
		return ERR_OK;
	}
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;
	if (!p)
		return arena_fail(a, e);
	for (size_t i = 0; i < s.n;) {
		size_t took = 0;
		for (size_t k = 0; k < sizeof all / sizeof *all && !took; k++) {
			str escape = str_of(all[k].escape);
			if (str_eq(str_sub(s, i, i + escape.n), escape)) {
				p[n++] = all[k].c;
				took = escape.n;
			}
		}
		if (!took)
			p[n++] = s.p[i];
		i += took ? took : 1;
	}
	*ret = (str){p, n};
	return ERR_OK;
}

static enum err_code bad_header(struct err *e)
{
	return fail(e, ERR_INVALID, "multipart.header", "a part of the form has no proper header");
}

static enum err_code read_disposition(str value, struct arena *a, struct http_part *part, struct err *e)
{
	str params, name, text;
	bool bad = false;
	if (!str_eq_nocase(main_value(value, &params), STR("form-data")))
		return bad_header(e);
	while (next_param(&params, &name, &text, &bad)) {
		if (str_eq_nocase(name, STR("name")))
			TRY(unescaped(text, a, &part->name, e));
		else if (str_eq_nocase(name, STR("filename")))
			TRY(unescaped(text, a, &part->file_name, e));
	}
	return bad ? bad_header(e) : ERR_OK;
}

static enum err_code read_header(str line, struct arena *a, struct http_part *part, struct err *e)
{
	ptrdiff_t colon = str_find_char(line, ':');
	if (colon <= 0)
		return bad_header(e);
	str name = str_sub(line, 0, (size_t)colon), value = str_trim(str_sub(line, (size_t)colon + 1, line.n));
	if (str_eq_nocase(name, STR("Content-Disposition")))
		return read_disposition(value, a, part, e);
	if (str_eq_nocase(name, STR("Content-Type")))
		part->type = value;
	bool plain = str_eq_nocase(value, STR("7bit")) || str_eq_nocase(value, STR("8bit")) || str_eq_nocase(value, STR("binary"));
	if (str_eq_nocase(name, STR("Content-Transfer-Encoding")) && !plain)
		return fail(e, ERR_INVALID, "multipart.encoding", "a part of the form is encoded for transfer, which no browser does");
	return ERR_OK;
}

/* ---- the frame ---- */

static enum err_code cut_off(struct err *e)
{
	return fail(e, ERR_INVALID, "multipart.frame", "the form was not sent whole: send it again");
}

/* The header lines in front of the content; *rest moves behind the empty line. */
static enum err_code read_headers(str *rest, struct arena *a, struct http_part *part, struct err *e)
{
	size_t bytes = 0;
	*part = (struct http_part){.file_name = STR_NONE, .type = STR("")};
	for (;;) {
		ptrdiff_t end = str_find(str_sub(*rest, 0, HTTP_PART_HEADER_BYTES), STR("\r\n"));
		if (end < 0)
			return rest->n < HTTP_PART_HEADER_BYTES ? cut_off(e) : bad_header(e);
		str line = str_sub(*rest, 0, (size_t)end);
		*rest = str_sub(*rest, (size_t)end + 2, rest->n);
		bytes += line.n + 2;
		if (!line.n)
			return part->name.p ? ERR_OK : bad_header(e);
		if (bytes > HTTP_PART_HEADER_BYTES)
			return bad_header(e);
		TRY(read_header(line, a, part, e));
	}
}

/* What follows a delimiter: blanks and a line break, or -- at the end of all. */
static bool after_delimiter(str *rest, bool *ret_last)
{
	*ret_last = str_starts(*rest, STR("--"));
	if (*ret_last)
		return true;
	size_t i = 0;
	while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t'))
		i++;
	if (!str_eq(str_sub(*rest, i, i + 2), STR("\r\n")))
		return false;
	*rest = str_sub(*rest, i + 2, rest->n);
	return true;
}

/* Up to the next delimiter that is one; *rest moves behind it. */
static enum err_code read_content(str *rest, str delimiter, str *ret_body, bool *ret_last, struct err *e)
{
	str from = *rest;
	size_t at = 0;
	for (;;) {
		const char *hit = memmem(from.p + at, from.n - at, delimiter.p, delimiter.n);
		if (!hit)
			return cut_off(e);
		size_t begin = (size_t)(hit - from.p);
		str behind = str_sub(from, begin + delimiter.n, from.n);
		if (after_delimiter(&behind, ret_last)) {
			*ret_body = str_sub(from, 0, begin);
			*rest = behind;
			return ERR_OK;
		}
		at = begin + 1;
	}
}

static enum err_code read_parts(str rest, str delimiter, size_t parts_max, struct arena *a, struct http_parts *ret, struct err *e)
{
	VEC(struct http_part) list = {0};
	bool last = false;
	str skipped;
	/* The first delimiter may stand at the very beginning, without its line break. */
	str bare = str_sub(delimiter, 2, delimiter.n), first = str_sub(rest, bare.n, rest.n);
	if (str_starts(rest, bare) && after_delimiter(&first, &last))
		rest = first;
	else
		TRY(read_content(&rest, delimiter, &skipped, &last, e));
	while (!last) {
		struct http_part part;
		if (list.n == parts_max)
			return fail(e, ERR_LIMIT, "multipart.parts", "the form has more than %zu fields", parts_max);
		TRY(read_headers(&rest, a, &part, e));
		/* An empty content has its delimiter right behind the header: the header's line break is the delimiter's too. */
		str content = {rest.p - 2, rest.n + 2}, body;
		TRY(read_content(&content, delimiter, &body, &last, e));
		rest = content;
		body = str_sub(body, 2, body.n);
		part.body = body;
		if (!part.file_name.p && (!utf8_valid(body, NULL) || memchr(body.p, '\0', body.n)))
			return fail(e, ERR_INVALID, "multipart.encoding", "field \"%.*s\" is not UTF-8", STR_ARG(utf8_head(part.name, 40)));
		struct http_part *slot = VEC_ADD(&list, a);
		if (!slot)
			return arena_fail(a, e);
		*slot = part;
	}
	*ret = (struct http_parts){list.p, list.n};
	return ERR_OK;
}

enum err_code http_multipart_parse(str content_type, str body, size_t parts_max, struct arena *a, struct http_parts *ret_parts, struct err *e)
{
	str boundary = STR("");
	char delimiter[4 + HTTP_BOUNDARY_MAX] = "\r\n--";
	TRY(boundary_of(content_type, &boundary, e));
	memcpy(delimiter + 4, boundary.p, boundary.n);
	return read_parts(body, (str){delimiter, 4 + boundary.n}, parts_max, a, ret_parts, e);
}
