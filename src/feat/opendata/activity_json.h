#pragma once
/* One activity with all its parts as JSON, with the field names of the lists. */
#include "codec/json.h"
#include "feat/register/register.h"

void opendata_activity_json(struct json_writer *w, const struct activity *x);
