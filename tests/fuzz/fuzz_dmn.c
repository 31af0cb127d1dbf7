/* DMN files: read, compiled together with themselves, checked, and every decision made in both modes, explained, with what is
 * missing. */
#include "base/arena.h"
#include "engine/dmn/check.h"
#include "feat/rules/dmn_xml.h"
#include "fuzz.h"

enum { MEMORY = 64 << 20, TEXT_MOST = 20000, STEPS_MOST = 20000, ASKED_MOST = 2 };

static void decide_all(struct dmn_set *set, struct arena *a)
{
	struct err e;
	struct dmn_run *run = dmn_run_new(a, set);
	for (size_t i = 0; run && i < dmn_count(set); i++)
		for (int mode = DMN_LENIENT; mode <= DMN_STRICT; mode++) {
			struct dmn_outcome out;
			const struct dmn_given given = {.name = {"Age", 3}, .value = feel_int(18)};
			const struct dmn_options options = {.mode = (enum dmn_mode)mode, .explain = true, .steps_most = STEPS_MOST};
			if (dmn_decide(run, a, (int32_t)i, &given, 1, &options, &out, &e) != ERR_OK)
				continue;
			bool asks = mode == DMN_STRICT && out.n_missing && i < ASKED_MOST;
			for (size_t d = 0; d < out.n_decisions; d++)
				for (const struct dmn_table_trace *t = out.decisions[d].tables; t; t = t->next) {
					const struct dmn_near *near;
					size_t n;
					if (dmn_near_misses(t, a, &near, &n, &e) != ERR_OK)
						return;
				}
			if (asks && dmn_missing(set, a, (int32_t)i, &given, 1, &options, &out, &e) != ERR_OK)
				return;
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct dmn_model *m;
	struct dmn_set *set;
	struct err e;
	AUTO_ARENA a = arena_new(MEMORY);
	if (!a || size > TEXT_MOST || dmn_xml_parse((str){(const char *)data, size}, "model", a, &m, &e) != ERR_OK)
		return 0;
	const struct dmn_finding *f;
	size_t n;
	if (dmn_compile(a, NULL, &m, 1, &set, &e) != ERR_OK || dmn_check(set, a, &f, &n, &e) != ERR_OK)
		return 0;
	decide_all(set, a);
	return 0;
}
