#pragma once
/* Imported activities that those of the programme are compared with. */
#include "feat/evaluation/evaluation.h"

/* Fill the members of v on comparison from the database; v->programme and v->activities are set. In arena. ERR_LIMIT: more than
 * COMPARISON_SECTORS_MAX sectors in the pack's rules. */
enum err_code comparison_load(struct db *db, struct evaluation_view *v, struct arena *a, struct err *e) WARN_UNUSED;
