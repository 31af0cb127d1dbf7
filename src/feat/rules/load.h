#pragma once
/* A model with what it imports, compiled. */
#include "engine/dmn/dmn.h"
#include "base/arena.h"

enum { LOAD_MODELS_MOST = 200, LOAD_FILES_MOST = 2000 };

struct rules_loaded {
	const struct dmn_model *model; /* the one asked for */
	struct dmn_set *set;
	struct feel_zones *zones;
};

/* Read path, and from its folder the models that it imports (by namespace), and compile them. In arena. */
enum err_code rules_load(const char *path, struct arena *a, struct rules_loaded *ret, struct err *e) WARN_UNUSED;
/* The first diagnosis that makes the model unusable, as an error; ERR_OK when there is none. */
enum err_code rules_first_fault(const struct rules_loaded *l, struct err *e) WARN_UNUSED;
