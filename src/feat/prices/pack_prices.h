#pragma once
/* The prices of a programme pack (docs/packs.md): files of the folder prices, in the forms of grutto import. Checked by grutto check,
 * stored by grutto init. */
#include "feat/programme/programme.h"

/* Each file by itself, and that offers and the rest name providers of the pack. A pack_also_fn. */
enum err_code prices_pack_check(const struct pack *p, struct arena *a, pack_fault_fn on_fault, void *ctx, struct err *e) WARN_UNUSED;
/* Import all files. ERR_INVALID: a row is refused or would be held back. */
enum err_code prices_pack_store(const struct pack_store *s, struct err *e) WARN_UNUSED;
