#include "base/hash.h"

#include <nettle/sha2.h>
#include <sodium.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct sha256_state), "state fits");

static struct sha256_ctx *context(struct sha256_state *s)
{
	return (struct sha256_ctx *)(void *)s->opaque;
}

sha256 sha256_of(str s)
{
	struct sha256_state state;
	sha256_begin(&state);
	sha256_add(&state, s);
	return sha256_end(&state);
}

void sha256_begin(struct sha256_state *s)
{
	sha256_init(context(s));
}

void sha256_add(struct sha256_state *s, str bytes)
{
	if (bytes.n)
		sha256_update(context(s), bytes.n, (const uint8_t *)bytes.p);
}

sha256 sha256_end(struct sha256_state *s)
{
	sha256 h;
	sha256_digest(context(s), sizeof h.b, h.b);
	return h;
}

void sha256_hex(sha256 h, char dst[65])
{
	sodium_bin2hex(dst, 65, h.b, sizeof h.b);
}

bool sha256_parse(str s, sha256 *ret_h)
{
	size_t n = 0;
	sha256 h;
	if (s.n != 64 || sodium_hex2bin(h.b, sizeof h.b, s.p, s.n, NULL, &n, NULL) || n != 32)
		return false;
	*ret_h = h;
	return true;
}

bool sha256_eq(sha256 a, sha256 b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 r = (unsigned __int128)a * b;
	return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static uint64_t tail(const char *p, size_t n)
{
	uint64_t v = 0;
	memcpy(&v, p, n);
	return v;
}

/* Multiply-and-fold over 8-byte words, in the manner of wyhash. */
uint64_t hash_bytes(str s, uint64_t seed)
{
	const uint64_t k1 = 0xa0761d6478bd642fULL, k2 = 0xe7037ed1a0b428dbULL;
	uint64_t h = seed ^ k1;
	size_t i = 0;
	for (; s.n - i >= 8; i += 8)
		h = mix(h ^ tail(s.p + i, 8), k2);
	if (i < s.n)
		h = mix(h ^ tail(s.p + i, s.n - i), k2);
	return mix(h ^ s.n, k1);
}
