/* Who may use the editor. There are no accounts yet, so that it is for whoever sits at the machine: it answers only under
 * a name of the loopback interface (a foreign name that was made to lead here is refused), and takes only forms that this
 * run has made and that a page of this very site sends. */
#include "base/hash.h"
#include "feat/decisions/bench.h"
#include "feat/site/public.h"
#include "http/multipart.h"

enum { NONCE_HEX = 16, HASH_HEX = 64 };

void decisions_editor_start(struct decisions_editor *ed, struct rng *rng)
{
	rng->fill(rng->ctx, ed->secret, sizeof ed->secret);
}

bool decisions_editor_host(str s)
{
	static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i]);
		uint32_t port;
		if (!str_eq_nocase(str_sub(s, 0, n), str_of(names[i])))
			continue;
		if (s.n == n || (s.p[n] == ':' && str_to_u32(str_sub(s, n + 1, s.n), &port) && port < 65536))
			return true;
	}
	return false;
}

static void hash_of(const struct decisions_editor *ed, str nonce, char dst[HASH_HEX + 1])
{
	struct sha256_state s;
	sha256_begin(&s);
	sha256_add(&s, (str){(const char *)ed->secret, sizeof ed->secret});
	sha256_add(&s, nonce);
	sha256_hex(sha256_end(&s), dst);
}

/* Another one for every page, so that compression gives nothing away. */
str editor_token(const struct decisions_editor *ed, struct arena *a)
{
	char hash[HASH_HEX + 1];
	uint64_t bits = 0;
	struct rng rng = rng_system();
	rng.fill(rng.ctx, &bits, sizeof bits);
	str nonce = arena_fmt(a, "%016llx", (unsigned long long)bits);
	if (!nonce.p)
		return STR("");
	hash_of(ed, nonce, hash);
	str token = arena_fmt(a, "%.*s%s", STR_ARG(nonce), hash);
	return token.p ? token : STR("");
}

bool editor_token_ok(const struct decisions_editor *ed, str token)
{
	char hash[HASH_HEX + 1];
	unsigned char different = 0;
	if (token.n != NONCE_HEX + HASH_HEX)
		return false;
	hash_of(ed, str_sub(token, 0, NONCE_HEX), hash);
	for (size_t i = 0; i < HASH_HEX; i++) /* in the same time wherever they differ */
		different |= (unsigned char)(hash[i] ^ token.p[NONCE_HEX + i]);
	return different == 0;
}

/* The field csrf of the content: hexadecimal, so that it stands there as it is. Our forms have it in front of all that people write. */
static str token_in(str body, bool parts)
{
	static const char *const begins[] = {"csrf=", "&csrf=", "name=\"csrf\"\r\n\r\n"};
	for (size_t i = parts ? 2 : 0; i < (parts ? 3 : 2); i++) {
		str begin = str_of(begins[i]);
		ptrdiff_t at = i ? str_find(body, begin) : str_starts(body, begin) ? 0 : -1;
		if (at >= 0)
			return str_sub(body, (size_t)at + begin.n, (size_t)at + begin.n + NONCE_HEX + HASH_HEX);
	}
	return STR_NONE;
}

static bool from_here(const struct http_request *req, str host)
{
	str origin = http_header(req, "Origin"), site = http_header(req, "Sec-Fetch-Site");
	str own = STR("http://");
	if (origin.p)
		return str_starts(origin, own) && str_eq_nocase(str_sub(origin, own.n, origin.n), host);
	return site.p && str_is(site, "same-origin");
}

enum err_code decisions_editor_authorize(struct http_request *req, uint32_t role, struct err *e)
{
	const struct decisions_editor *ed = site_app_of(req)->editor;
	str host = http_header(req, "Host");
	if (role != DECISIONS_ROLE_EDITOR || !ed || !decisions_editor_host(host))
		return fail(e, ERR_FORBIDDEN, "editor.host", "the editor answers on this machine only");
	if (req->method == HTTP_GET)
		return ERR_OK;
	if (!from_here(req, host))
		return fail(e, ERR_FORBIDDEN, "editor.origin", "the form does not come from a page of this site");
	if (!editor_token_ok(ed, token_in(req->body, http_is_multipart(http_header(req, "Content-Type")))))
		return fail(e, ERR_FORBIDDEN, "editor.token", "the form is from an earlier run: open the page again");
	return ERR_OK;
}

/* ---- routes ---- */

static const struct http_field version_fields[] = {{.name = "done", .type = HTTP_BOOL}, {0}};

#define PAGE(path, fn)                                                                             \
	{                                                                                          \
		HTTP_GET, path, fn, .localized = true, .lane = HTTP_SLOW, .role = DECISIONS_ROLE_EDITOR, \
		    .fields = version_fields                                                       \
	}
#define FORM(path, fn, bytes)                                                                      \
	{                                                                                          \
		HTTP_POST, path, fn, .localized = true, .lane = HTTP_SLOW, .role = DECISIONS_ROLE_EDITOR, \
		    .body_bytes = (bytes)                                                          \
	}
enum { SMALL_FORM = 16 * 1024, BENCH_FORM = 512 * 1024 };

static const struct http_route routes[] = {
    PAGE("/editor", editor_page_list),
    FORM("/editor/new", editor_page_new, EDIT_FORM_BYTES),
    PAGE("/editor/models/{hash}", editor_page_version),
    FORM("/editor/models/{hash}/publish", editor_page_publish, SMALL_FORM),
    FORM("/editor/models/{hash}/withdraw", editor_page_withdraw, SMALL_FORM),
    PAGE("/editor/models/{hash}/drawing", editor_page_drawing),
    FORM("/editor/models/{hash}/drawing", editor_page_drawn, EDIT_FORM_BYTES),
    PAGE("/editor/models/{hash}/cases", editor_page_cases),
    FORM("/editor/models/{hash}/cases", editor_page_case_change, BENCH_FORM),
    PAGE("/editor/models/{hash}/tables/{table}", editor_page_table),
    FORM("/editor/models/{hash}/tables/{table}", editor_page_table_change, EDIT_UPLOAD_BYTES),
    PAGE("/editor/models/{hash}/tables/{table}.csv", editor_data_csv),
    PAGE("/editor/models/{hash}/tables/{table}.xlsx", editor_data_xlsx),
};

struct http_routes decisions_editor_routes(void)
{
	return HTTP_ROUTES(routes);
}
