/* What a form sends: the table of the editor, and the answers to questions made from a model. A form that has no fault gives
 * values, and the same ones when it is filled a second time. */
#include "codec/url.h"
#include "feat/decisions/edit.h"
#include "feat/programme/programme.h"
#include "fuzz.h"

enum { MEMORY = 64 << 20, TEXT_MOST = 20000, PAIRS_MOST = 2000 };

#define ASKED(name, type) "<inputData id='" name "' name='" name "'><variable name='" name "' typeRef='" type "'/></inputData>"
#define NEEDED(name) "<informationRequirement><requiredInput href='#" name "'/></informationRequirement>"
static const char model[] =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' namespace='t' name='t'>"
    "<itemDefinition name='tWord'><typeRef>string</typeRef><allowedValues><text>\"red\", \"green\"</text></allowedValues></itemDefinition>"
    "<itemDefinition name='tWords' isCollection='true'><typeRef>tWord</typeRef></itemDefinition>"
    "<itemDefinition name='tThing'><itemComponent name='days'><typeRef>days and time duration</typeRef></itemComponent>"
    "<itemComponent name='on'><typeRef>date</typeRef></itemComponent></itemDefinition>"
    "<itemDefinition name='tThings' isCollection='true'><typeRef>tThing</typeRef></itemDefinition>"
    ASKED("w", "tWord") ASKED("m", "tWords") ASKED("t", "tThing") ASKED("l", "tThings") ASKED("n", "number") ASKED("b", "boolean")
    ASKED("d", "date") ASKED("s", "string")
    "<decision id='x' name='x'>" NEEDED("w") NEEDED("m") NEEDED("t") NEEDED("l") NEEDED("n") NEEDED("b") NEEDED("d") NEEDED("s")
    "<literalExpression><text>1</text></literalExpression></decision></definitions>";

static void answer(const struct form_sent *sent, enum lang l, struct arena *a)
{
	static const struct programme_view programme = {0};
	const struct decision_source source = {.key = STR("t"), .number = 1, .valid_from = {0}, .valid_to = DATE_NONE,
	    .xml = STR(model)};
	const struct words w = {&programme, STR("t"), l, a};
	const struct decisions_view *v;
	struct form f;
	struct dmn_given *given, *again;
	size_t n, n_again;
	struct err e;
	FUZZ_CHECK(decisions_view_make(&source, 1, NULL, a, &v, &e) == ERR_OK && v->versions[0].set);
	int32_t decision = dmn_find(v->versions[0].set, v->versions[0].model, STR("x"));
	FUZZ_CHECK(decision >= 0 && form_make(&w, v, &v->versions[0], &decision, 1, &f, &e) == ERR_OK);
	form_fill(&f, &w, sent);
	if (f.n_faults || form_values(&f, l, a, &given, &n, &e) != ERR_OK)
		return;
	form_fill(&f, &w, sent);
	FUZZ_CHECK(!f.n_faults && form_values(&f, l, a, &again, &n_again, &e) == ERR_OK && n == n_again);
	for (size_t i = 0; i < n; i++) {
		AUTO_BUF x = BUF_INIT(1 << 20);
		AUTO_BUF y = BUF_INIT(1 << 20);
		feel_write_json(&x, NULL, given[i].value);
		feel_write_json(&y, NULL, again[i].value);
		FUZZ_CHECK(str_eq(buf_str(&x), buf_str(&y)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct url_query q;
	struct err e;
	struct edit_table t;
	bool done;
	AUTO_ARENA a = arena_new(MEMORY);
	if (!a || size > TEXT_MOST || url_form_parse((str){(const char *)data, size}, TEXT_MOST, PAIRS_MOST, a, &q, &e) != ERR_OK)
		return 0;
	struct form_pair *pairs = ARENA_ARRAY(a, q.n, struct form_pair);
	if (!pairs)
		return 0;
	for (size_t i = 0; i < q.n; i++)
		pairs[i] = (struct form_pair){q.params[i].name, q.params[i].value};
	const struct form_sent sent = {.p = pairs, .n = q.n};
	str act = form_sent_get(&sent, "do");
	if (edit_from_form(&sent, a, &t, &e) == ERR_OK && act.n && edit_act(&t, act, a, &done, &e) != ERR_OK)
		return 0;
	answer(&sent, (enum lang)(size % LANG_COUNT), a);
	return 0;
}
