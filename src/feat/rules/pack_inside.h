#pragma once
/* Shared by the files that check the decision models of a pack. */
#include "feat/rules/pack_rules.h"
#include "feat/rules/registry_inside.h"

/* Where faults go. */
struct pack_judge {
	const struct pack *pack;
	struct arena *a;
	pack_fault_fn on_fault;
	void *ctx;
};

/* Report e, whose place is in it. */
void pack_judge_fault(const struct pack_judge *k, const struct err *e, bool warning, const char *cure);

/* Run the test cases of a row. ERR_OK also when some fail: they are reported. */
enum err_code rules_run_cases(const struct pack_judge *k, size_t row, const struct rules_loaded *l, date valid_from,
    struct err *e) WARN_UNUSED;
/* Report every text of a row's model that decision_labels.csv does not say in the languages of the site. */
enum err_code rules_check_texts(const struct pack_judge *k, size_t row, const struct dmn_model *m, struct err *e) WARN_UNUSED;
