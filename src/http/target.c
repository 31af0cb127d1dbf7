#include "http/target.h"

#include "codec/url.h"

/* Path and query of the origin form, or of the absolute form that a proxy may send (RFC 9112, 3.2).
 */
static enum err_code find_origin(str raw, str *ret_origin, struct err *e)
{
	if (raw.n > HTTP_TARGET_MAX_BYTES)
		return fail(e, ERR_LIMIT, "target.bytes", "the address is longer than %d bytes",
		    HTTP_TARGET_MAX_BYTES);
	if (raw.n && raw.p[0] == '/') {
		*ret_origin = raw;
		return ERR_OK;
	}
	str scheme = STR("http://");
	str tls = STR("https://");
	size_t skip = 0;
	if (raw.n >= tls.n && str_eq_nocase(str_sub(raw, 0, tls.n), tls))
		skip = tls.n;
	else if (raw.n >= scheme.n && str_eq_nocase(str_sub(raw, 0, scheme.n), scheme))
		skip = scheme.n;
	str rest = str_sub(raw, skip, raw.n);
	ptrdiff_t slash = str_find_char(rest, '/');
	if (!skip || slash <= 0)
		return fail(e, ERR_INVALID, "target.form", "the address must begin with a slash");
	*ret_origin = str_sub(rest, (size_t)slash, rest.n);
	return ERR_OK;
}

/* Only visible ASCII may stand in a target; all else comes percent-encoded (RFC 3986). */
static enum err_code check_bytes(str s, struct err *e)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c >= 0x7F || c == '#' || c == '\\')
			return fail(e, ERR_INVALID, "target.byte",
			    "byte %zu of the address (0x%02X) must be percent-encoded", i + 1, c);
	}
	return ERR_OK;
}

static enum err_code decode_segment(str raw, struct arena *a, str *ret_segment, struct err *e)
{
	str s;
	TRY(url_decode(raw, false, a, &s, e));
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '/' || c == '\\')
			return fail(e, ERR_INVALID, "target.slash",
			    "the address contains an encoded slash");
		if (c < 0x20 || c == 0x7F)
			return fail(e, ERR_INVALID, "target.control",
			    "the address contains a control character");
	}
	if (str_is(s, ".") || str_is(s, ".."))
		return fail(e, ERR_INVALID, "target.dots", "the address contains a \"%.*s\" part",
		    STR_ARG(s));
	*ret_segment = s;
	return ERR_OK;
}

static enum err_code split_path(str path, struct arena *a, struct http_target *t, struct err *e)
{
	struct str_split it = str_split_on(str_sub(path, 1, path.n), '/');
	str part;
	while (str_next(&it, &part)) {
		if (part.n == 0) {
			if (it.done)
				break; /* the slash at the end */
			return fail(e, ERR_NOT_FOUND, "target.empty",
			    "the address contains two slashes in a row");
		}
		if (t->n_segments == HTTP_SEGMENTS_MAX)
			return fail(e, ERR_NOT_FOUND, "target.depth",
			    "the address has more than %d parts", HTTP_SEGMENTS_MAX);
		TRY(decode_segment(part, a, &t->segments[t->n_segments], e));
		t->n_segments++;
	}
	t->slash_at_end = path.p[path.n - 1] == '/';
	return ERR_OK;
}

static enum err_code join_path(struct arena *a, struct http_target *t, struct err *e)
{
	size_t n = 1;
	for (size_t i = 0; i < t->n_segments; i++)
		n += t->segments[i].n + 1;
	char *p = arena_alloc(a, n + 1);
	if (!p)
		return arena_fail(a, e);
	size_t at = 0;
	for (size_t i = 0; i < t->n_segments; i++) {
		p[at++] = '/';
		memcpy(p + at, t->segments[i].p, t->segments[i].n);
		t->segments[i].p = p + at;
		at += t->segments[i].n;
	}
	if (t->slash_at_end)
		p[at++] = '/';
	t->path = (str){p, at};
	return ERR_OK;
}

enum err_code http_target_parse(
    str raw, struct arena *a, struct http_target *ret_target, struct err *e)
{
	str origin;
	TRY(find_origin(raw, &origin, e));
	TRY(check_bytes(origin, e));
	struct http_target t = {.query = STR("")};
	ptrdiff_t mark = str_find_char(origin, '?');
	str path = origin;
	if (mark >= 0) {
		path = str_sub(origin, 0, (size_t)mark);
		t.query = str_sub(origin, (size_t)mark + 1, origin.n);
	}
	TRY(split_path(path, a, &t, e));
	TRY(join_path(a, &t, e));
	*ret_target = t;
	return ERR_OK;
}
