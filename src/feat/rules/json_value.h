#pragma once
/* JSON as values of FEEL, guided by the type that is expected. */
#include "codec/json.h"
#include "engine/feel/type.h"

/* Numbers become decimals as written; strings become dates, times or durations where type (may be NULL) says so, and
 * stay strings when they are none, which the engine then reports. In arena. */
fval json_value(const struct json *j, const struct feel_type *type, const struct feel_zones *zones, struct arena *a);
