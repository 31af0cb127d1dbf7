#pragma once
/* One decision of a loaded model: from JSON to JSON. */
#include "feat/rules/load.h"

#include "codec/json.h"

enum { DECIDE_JSON_MOST = 64 << 20 };

struct explain_words;

struct decide_job {
	const struct rules_loaded *loaded;
	struct arena *a;
	int32_t element;
	struct dmn_given *given;
	size_t n_given;
	struct dmn_options options;
	struct dmn_outcome outcome;
	const struct explain_words *words; /* of the sentences; NULL: the model's own */
};

/* The decision, service or function called name (or with that id); NULL: the only decision. ERR_NOT_FOUND names the
 * decisions that there are. */
enum err_code decide_find(struct decide_job *j, const char *name, struct err *e) WARN_UNUSED;
/* Inputs from a JSON object with a member for each; file names their source in the explanation. */
enum err_code decide_input(struct decide_job *j, const struct json *root, const char *file, struct err *e) WARN_UNUSED;
/* The same from text. */
enum err_code decide_input_text(struct decide_job *j, str text, const char *file, struct err *e) WARN_UNUSED;
/* What now() and today() see. */
void decide_at(struct decide_job *j, int64_t utc_ms);
enum err_code decide_run(struct decide_job *j, struct err *e) WARN_UNUSED;
/* {"status","value","cause","missing"}: its members, into an object that is open. */
void decide_write(struct json_writer *w, const struct decide_job *j);
/* The outcome alone, as one stable object for comparing: {"status","value","cause","missing"}, the cause without its place
 * in the text. In the job's arena. */
enum err_code decide_outcome(const struct decide_job *j, str *ret, struct err *e) WARN_UNUSED;
/* The members "explanation" and "sentences". */
enum err_code decide_write_explanation(struct json_writer *w, const struct decide_job *j, struct err *e) WARN_UNUSED;
