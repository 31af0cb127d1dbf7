/* IATI import: any bytes give activities and notes, never a failure; what is kept holds what the store relies on. */
#include "base/utf8.h"
#include "feat/iati/parse.h"
#include "fuzz.h"

struct seen {
	struct parse_out out;
	size_t activities, notes, file_notes;
};

static void check_text(str s)
{
	FUZZ_CHECK(!s.p || utf8_valid(s, NULL));
}

static enum err_code on_activity(void *ctx, struct ia_activity *a, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	s->activities++;
	FUZZ_CHECK(a->key.n > 0 && a->title.n > 0 && a->reporting.ref.n > 0);
	FUZZ_CHECK(a->status >= 1 && a->status <= 6);
	check_text(a->key);
	check_text(a->title);
	check_text(a->description);
	for (size_t i = 0; i < a->transactions.n; i++)
		FUZZ_CHECK(a->transactions.p[i].type >= 1);
	for (size_t i = 0; i < a->sectors.n; i++)
		FUZZ_CHECK(a->sectors.p[i].code.n > 0 && a->sectors.p[i].tx <= a->transactions.n);
	for (size_t i = 0; i < a->countries.n; i++)
		FUZZ_CHECK(a->countries.p[i].code.n > 0 && a->countries.p[i].tx <= a->transactions.n);
	for (size_t i = 0; i < a->regions.n; i++)
		FUZZ_CHECK(a->regions.p[i].code.n > 0 && a->regions.p[i].tx <= a->transactions.n);
	for (size_t i = 0; i < a->values.n; i++)
		FUZZ_CHECK(a->values.p[i].indicator_no >= 1 && a->values.p[i].indicator_no <= a->indicators.n);
	for (size_t i = 0; i < a->indicators.n; i++)
		FUZZ_CHECK(a->indicators.p[i].result_no >= 1 && a->indicators.p[i].result_no <= a->results);
	for (size_t i = 0; i < a->texts.n; i++)
		check_text(a->texts.p[i].text);
	return ERR_OK;
}

static enum err_code on_note(void *ctx, const struct ia_note *n, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	s->notes++;
	s->file_notes += n->level == IATI_FILE;
	FUZZ_CHECK(n->detail.n > 0 && n->id && n->done);
	return ERR_OK;
}

static enum err_code on_step(void *ctx, struct err *e)
{
	(void)ctx, (void)e;
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct seen s = {0};
	struct parse_result result;
	struct err e = {0};
	str rest = {(const char *)data, size};
	AUTO_ARENA arena = arena_new(64 << 20);
	AUTO_ARENA notes = arena_new(64 << 20);
	s.out = (struct parse_out){
	    .arena = arena, .notes = notes, .activity = on_activity, .note = on_note, .step = on_step, .ctx = &s};
	enum err_code code = iati_parse(source_str(&rest), "fuzz", &s.out, &result, &e);
	FUZZ_CHECK(code == ERR_OK || code == ERR_LIMIT);
	if (code != ERR_OK)
		return 0;
	FUZZ_CHECK(s.activities + result.bad <= result.read);
	FUZZ_CHECK(result.whole == (s.file_notes == 0));
	return 0;
}
