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
	if (!a || prices_case_read((str){(const char *)data, n}, "fuzz", a, &c, &e) != ERR_OK)
		return 0;
	jw_begin_buf(&w, &out);
	enum err_code code = prices_case_write(&w, &c, a, &e);
	enum err_code closed = jw_finish(&w, &e);
	if (code == ERR_OK)
		FUZZ_CHECK(closed == ERR_OK && json_read(buf_str(&out), "written", &limits, a, &back, &e) == ERR_OK);
	return 0;
}
