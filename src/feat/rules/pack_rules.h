#pragma once
/* The decision models of a programme pack (docs/packs.md): checked by grutto check, stored by grutto init. */
#include "feat/programme/programme.h"

/* Each model as grutto check MODEL.dmn does it, and its test cases. A pack_also_fn. */
enum err_code rules_pack_check(const struct pack *p, struct arena *a, pack_fault_fn on_fault, void *ctx,
    struct err *e) WARN_UNUSED;
/* Store all models of a checked pack as published versions. */
enum err_code rules_pack_store(const struct pack_store *s, struct err *e) WARN_UNUSED;
