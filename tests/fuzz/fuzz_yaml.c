/* YAML: the tree keeps its limits and its places lie within the text. */
#include "base/utf8.h"
#include "codec/yaml.h"
#include "fuzz.h"

struct step {
	const struct yaml *node;
	size_t i;
};

static uint32_t lines_of(str s)
{
	uint32_t n = 1; /* a carriage return, NEL, LS and PS end lines too: every byte might */
	return n + (uint32_t)s.n;
}

static void check_node(const struct yaml *y, str text)
{
	FUZZ_CHECK(y->line >= 1 && y->col >= 1 && y->line <= lines_of(text));
	FUZZ_CHECK(y->kind != YAML_SCALAR || utf8_valid(y->text, NULL));
	for (size_t i = 0; y->kind == YAML_MAP && i < y->n; i++) {
		FUZZ_CHECK(y->keys[i].kind == YAML_SCALAR);
		FUZZ_CHECK(i > 50 || y->keys[i].text.n == 0 ||
		           memchr(y->keys[i].text.p, 0, y->keys[i].text.n) ||
		           yaml_get(y, y->keys[i].text.p) == &y->items[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e;
	const struct yaml *y;
	struct step stack[YAML_DEPTH + 1];
	size_t depth = 0;
	const struct yaml_limits limits = {.max_bytes = 1 << 20, .max_nodes = 2000};
	AUTO_ARENA a = arena_new(64 << 20);
	str text = {(const char *)data, n};
	enum err_code code = yaml_read(text, NULL, &limits, a, &y, &e);
	if (code != ERR_OK) {
		FUZZ_CHECK(code == ERR_INVALID || code == ERR_LIMIT);
		FUZZ_CHECK(code != ERR_INVALID || (e.line >= 1 && e.col >= 1));
		return 0;
	}
	stack[depth++] = (struct step){y, 0};
	check_node(y, text);
	while (depth) {
		struct step *s = &stack[depth - 1];
		if (s->i == s->node->n) {
			depth--;
			continue;
		}
		const struct yaml *next = &s->node->items[s->i++];
		check_node(next, text);
		FUZZ_CHECK(depth <= YAML_DEPTH);
		stack[depth++] = (struct step){next, 0};
	}
	return 0;
}
