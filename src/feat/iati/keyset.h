#pragma once
/* The identifiers seen in a file: 16 bytes of keyed hash for each, so that millions take little memory. */
#include "base/env.h"
#include "base/str.h"

struct keyset;

/* NULL without memory. rng seeds the hash, so that input cannot choose collisions. */
struct keyset *keyset_new(const struct rng *rng, size_t max);
void keyset_free(struct keyset *s); /* NULL is allowed */
/* *ret_new is false when key was there before. ERR_LIMIT beyond max keys. */
enum err_code keyset_add(struct keyset *s, str key, bool *ret_new, struct err *e) WARN_UNUSED;
bool keyset_has(const struct keyset *s, str key);
