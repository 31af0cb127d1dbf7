#pragma once
/* DMN files, versions 1.1 to 1.5, into the structures of engine/dmn. */
#include "engine/dmn/dmn.h"
#include "feat/rules/tree.h"

/* The model in file path, in arena. ERR_INVALID with line for what is not a DMN model. */
enum err_code dmn_xml_read(const char *path, struct arena *a, const struct dmn_model **ret_model, struct err *e) WARN_UNUSED;
/* The same from memory; file is for messages. */
enum err_code dmn_xml_parse(str text, const char *file, struct arena *a, const struct dmn_model **ret_model,
    struct err *e) WARN_UNUSED;
