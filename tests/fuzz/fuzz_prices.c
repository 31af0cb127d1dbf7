/* Questions about offers: read, ranked, written; what is written is JSON. */
#include "feat/prices/file.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_ARENA a = arena_new(64 << 20);
	AUTO_BUF out = BUF_INIT(16 << 20);
	struct prices_case c;
	struct json_writer w;
	struct err e;
	const struct json *back;
	const struct json_limits limits = {.max_bytes = 16 << 20};
	struct prices_answer answer;
	if (!a || prices_case_read((str){(const char *)data, n}, "fuzz", a, &c, &e) != ERR_OK ||
	    prices_case_rank(&c, a, &answer, &e) != ERR_OK)
		return 0;
	jw_begin_buf(&w, &out);
	prices_case_write(&w, &c, &answer);
	FUZZ_CHECK(jw_finish(&w, &e) == ERR_OK && json_read(buf_str(&out), "written", &limits, a, &back, &e) == ERR_OK);
	return 0;
}
