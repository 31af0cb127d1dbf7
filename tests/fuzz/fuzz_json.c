/* JSON: what was read and written is read as the same again; faults have a place. */
#include "base/utf8.h"
#include "codec/json.h"
#include "fuzz.h"

enum { JOB_BYTES = 64 << 20 };

struct step {
	const struct json *node;
	size_t i;
};

static void write_scalar(struct json_writer *w, const struct json *j)
{
	switch (j->kind) {
	case JSON_IS_NULL:
		jw_null(w);
		return;
	case JSON_IS_BOOL:
		jw_bool(w, j->boolean);
		return;
	case JSON_IS_NUMBER:
		jw_decimal(w, j->text);
		return;
	default:
		FUZZ_CHECK(utf8_valid(j->text, NULL));
		jw_str(w, j->text);
	}
}

static bool begin(struct json_writer *w, const struct json *j)
{
	FUZZ_CHECK(j->line >= 1 && j->col >= 1);
	if (j->kind == JSON_IS_OBJECT)
		jw_object(w);
	else if (j->kind == JSON_IS_ARRAY)
		jw_array(w);
	else
		write_scalar(w, j);
	return j->kind >= JSON_IS_ARRAY;
}

static void write_tree(const struct json *root, struct buf *out)
{
	struct err e;
	struct json_writer w;
	struct step stack[JSON_DEPTH + 1];
	size_t depth = 0;
	jw_begin_buf(&w, out);
	if (begin(&w, root))
		stack[depth++] = (struct step){root, 0};
	while (depth) {
		struct step *s = &stack[depth - 1];
		bool object = s->node->kind == JSON_IS_OBJECT;
		if (s->i == s->node->n) {
			if (object)
				jw_object_end(&w);
			else
				jw_array_end(&w);
			depth--;
			continue;
		}
		if (object)
			jw_key_str(&w, s->node->keys[s->i]);
		const struct json *next = &s->node->items[s->i++];
		if (begin(&w, next)) {
			FUZZ_CHECK(depth < JSON_DEPTH);
			stack[depth++] = (struct step){next, 0};
		}
	}
	if (jw_finish(&w, &e) != ERR_OK)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e;
	const struct json *j;
	const struct json_limits limits = {.max_bytes = 1 << 20};
	AUTO_ARENA a = arena_new(JOB_BYTES);
	AUTO_BUF once = BUF_INIT(JOB_BYTES);
	AUTO_BUF twice = BUF_INIT(JOB_BYTES);
	enum err_code code = json_read((str){(const char *)data, n}, NULL, &limits, a, &j, &e);
	if (code != ERR_OK) {
		FUZZ_CHECK(code == ERR_INVALID || code == ERR_LIMIT);
		FUZZ_CHECK(code != ERR_INVALID || (e.line >= 1 && e.col >= 1));
		return 0;
	}
	write_tree(j, &once);
	const struct json_limits wide = {.max_bytes = JOB_BYTES};
	FUZZ_CHECK(json_read(buf_str(&once), NULL, &wide, a, &j, &e) == ERR_OK);
	write_tree(j, &twice);
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&twice)));
	return 0;
}
