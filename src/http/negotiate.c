#include "http/negotiate.h"

enum { LIST_MAX = 64 }; /* items of a list header that count */

const char *http_coding_name(enum http_coding c)
{
	static const char *const names[HTTP_CODINGS] = {NULL, "gzip", "zstd", "br"};
	return names[c];
}

/* Weight in thousandths of ";q=0.123" (RFC 9110, 12.4.2); 1000 without one, -1 when malformed. */
static int parse_weight(str params)
{
	str s = str_trim(params);
	if (s.n == 0)
		return 1000;
	if (s.n < 3 || (s.p[0] != 'q' && s.p[0] != 'Q') || s.p[1] != '=' || s.n > 7)
		return -1;
	int whole = s.p[2] - '0';
	if (whole != 0 && whole != 1)
		return -1;
	int thousandths = 0;
	int unit = 100;
	if (s.n > 3 && s.p[3] != '.')
		return -1;
	for (size_t i = 4; i < s.n; i++, unit /= 10) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		thousandths += (s.p[i] - '0') * unit;
	}
	int weight = whole * 1000 + thousandths;
	return weight > 1000 ? -1 : weight;
}

/* The next "name;q=…" of a list header. False at its end. */
static bool next_item(struct str_split *it, str *ret_name, int *ret_weight)
{
	str part;
	while (str_next(it, &part)) {
		part = str_trim(part);
		if (part.n == 0)
			continue;
		ptrdiff_t semi = str_find_char(part, ';');
		*ret_weight = 1000;
		*ret_name = part;
		if (semi >= 0) {
			*ret_name = str_trim(str_sub(part, 0, (size_t)semi));
			*ret_weight = parse_weight(str_sub(part, (size_t)semi + 1, part.n));
		}
		return true;
	}
	return false;
}

static int coding_of(str name)
{
	for (int c = HTTP_GZIP; c < HTTP_CODINGS; c++)
		if (str_eq_nocase(name, str_of(http_coding_name((enum http_coding)c))))
			return c;
	if (str_eq_nocase(name, STR("x-gzip")))
		return HTTP_GZIP;
	return str_eq_nocase(name, STR("identity")) ? HTTP_IDENTITY : -1;
}

enum http_coding http_coding_choose(str accept_encoding, uint32_t offered)
{
	int weight[HTTP_CODINGS] = {-1, -1, -1, -1};
	int any = -1;
	struct str_split it = str_split_on(accept_encoding, ',');
	str name;
	int w;
	for (size_t i = 0; next_item(&it, &name, &w); i++) {
		if (w < 0 || i == LIST_MAX)
			return HTTP_IDENTITY;
		int c = coding_of(name);
		if (c >= 0)
			weight[c] = w;
		else if (str_is(name, "*"))
			any = w;
	}
	enum http_coding best = HTTP_IDENTITY;
	/* identity is acceptable unless it is excluded, and then we send it all the same rather
	 * than 406 */
	int best_weight = weight[HTTP_IDENTITY] > 0 ? weight[HTTP_IDENTITY] : 0;
	for (int c = HTTP_GZIP; c < HTTP_CODINGS; c++) {
		int mine = weight[c] >= 0 ? weight[c] : any;
		if ((offered & (1U << c)) && mine > 0 && mine >= best_weight) {
			best = (enum http_coding)c;
			best_weight = mine;
		}
	}
	return best;
}

bool http_etag_listed(str if_none_match, str etag)
{
	str list = str_trim(if_none_match);
	if (str_is(list, "*"))
		return true;
	/* an ETag holds no comma of ours, so a plain split is exact for the tags that could match
	 */
	struct str_split it = str_split_on(list, ',');
	str part;
	for (size_t i = 0; i < LIST_MAX && str_next(&it, &part); i++) {
		part = str_trim(part);
		if (str_starts(part, STR("W/")))
			part = str_sub(part, 2, part.n);
		if (part.n >= 2 && part.p[0] == '"' && part.p[part.n - 1] == '"' &&
		    str_eq(str_sub(part, 1, part.n - 1), etag))
			return true;
	}
	return false;
}

bool http_not_modified(str if_none_match, str if_modified_since, str etag, int64_t modified_ms)
{
	if (if_none_match.p)
		return etag.p && http_etag_listed(if_none_match, etag);
	int64_t since;
	if (!if_modified_since.p || !modified_ms || !http_date_parse(if_modified_since, &since))
		return false;
	return modified_ms / 1000 <= since / 1000;
}

int http_language_choose(str accept_language, const char *const *codes, size_t n)
{
	int best = 0;
	int best_weight = 0;
	struct str_split it = str_split_on(accept_language, ',');
	str name;
	int w;
	for (size_t i = 0; i < LIST_MAX && next_item(&it, &name, &w); i++) {
		ptrdiff_t dash = str_find_char(name, '-');
		str primary = dash >= 0 ? str_sub(name, 0, (size_t)dash) : name;
		for (int c = 0; (size_t)c < n && codes[c]; c++)
			if (w > best_weight && str_eq_nocase(primary, str_of(codes[c]))) {
				best = c;
				best_weight = w;
			}
	}
	return best;
}
