#include "http/problem.h"

#include "codec/json.h"
#include "http/answer.h"

int http_problem_status(const struct err *e)
{
	static const struct {
		const char *id;
		int status;
	} ids[] = {
	    {"target.bytes", 414},
	    {"header.bytes", 431},
	    {"header.count", 431},
	    {"route.method", 405},
	    {"body.bytes", 413},
	    {"body.type", 415},
	    {"server.busy", 503},
	    {"server.stopping", 503},
	    {"arena.limit", 503},
	    {"buf.limit", 503},
	    {"url.bytes", 414},
	    {"url.params", 400},
	    {"field.count", 400},
	};
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		if (str_eq(str_of(e->id), str_of(ids[i].id)))
			return ids[i].status;
	return err_http_status(e->code);
}

str http_problem_detail(const struct err *e, int status)
{
	if (status < 500)
		return str_of(e->detail);
	if (status == 503)
		return STR("The service cannot answer this just now. Please try again in a moment.");
	return STR("Something went wrong on our side. It has been noted.");
}

void http_problem_json(const struct http_request *req, const struct err *e, int status, struct buf *out)
{
	struct json_writer w;
	json_begin_buf(&w, out);
	json_object(&w);
	json_key(&w, "type");
	json_str(&w, STR("about:blank"));
	json_key(&w, "title");
	json_str(&w, str_of(http_status_text(status)));
	json_key(&w, "status");
	json_i64(&w, status);
	json_key(&w, "detail");
	json_str(&w, http_problem_detail(e, status));
	if (req->path.n) {
		json_key(&w, "instance");
		json_str(&w, req->path);
	}
	if (status < 500) {
		json_key(&w, "code");
		json_str(&w, str_of(e->id));
	}
	if (e->field[0]) {
		json_key(&w, "parameter");
		json_str(&w, str_of(e->field));
	}
	json_object_end(&w);
	struct err ignored;
	(void)!json_finish(&w, &ignored); /* a failure is kept in out */
	buf_addc(out, '\n');
}

static void add_escaped(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '<':
			buf_addz(out, "&lt;");
			break;
		case '>':
			buf_addz(out, "&gt;");
			break;
		case '&':
			buf_addz(out, "&amp;");
			break;
		case '"':
			buf_addz(out, "&quot;");
			break;
		default:
			buf_addc(out, s.p[i]);
		}
	}
}

void http_problem_page(const struct err *e, int status, struct buf *out)
{
	const char *title = http_status_text(status);
	buf_addf(out,
	    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title></head>"
	    "<body><main><h1>%s</h1><p>",
	    title, title);
	add_escaped(out, http_problem_detail(e, status));
	buf_addz(out, "</p></main></body></html>\n");
}
