#pragma once
/* Hashes: SHA-256 (FIPS 180-4) for chains, ETags and content ids, by nettle, which uses the processor's instructions
 * for it (four times libsodium's speed); a fast keyed hash for tables. */
#include "base/str.h"

typedef struct sha256 {
	uint8_t b[32];
} sha256;

sha256 sha256_of(str s);

/* Several pieces, one hash. */
struct sha256_state {
	_Alignas(16) unsigned char opaque[128];
};
void sha256_begin(struct sha256_state *s);
void sha256_add(struct sha256_state *s, str bytes);
sha256 sha256_end(struct sha256_state *s);

/* 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(sha256 h, char dst[65]);
/* False unless s is 64 hexadecimal digits. */
bool sha256_parse(str s, sha256 *ret_h);
bool sha256_eq(sha256 a, sha256 b);

/* For hash tables only. */
uint64_t hash_bytes(str s, uint64_t seed);
