#pragma once
/* 128-bit identifiers that sort by time of making (UUID version 7, RFC 9562), made by the program,
 * so that no database hands out numbers. Facts of a programme pack get an identifier derived from
 * their name (version 8), so that the same pack gives the same identifiers everywhere. */
#include "base/buf.h"
#include "base/env.h"

typedef struct uid {
	uint8_t b[16];
} uid;

#define UID_NONE ((uid){{0}})

static inline bool uid_eq(uid a, uid b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

static inline bool uid_is(uid u)
{
	return !uid_eq(u, UID_NONE);
}

/* Makes strictly increasing identifiers, also within one millisecond. One per thread. */
struct uid_maker {
	struct clock clock;
	struct rng rng;
	int64_t last_ms;
	uint16_t counter;
};

uid uid_new(struct uid_maker *m);
/* The identifier of name within space, always the same. */
uid uid_of_name(uid space, str name);
/* 8-4-4-4-12 lower-case hexadecimal digits. */
void buf_add_uid(struct buf *b, uid u);
bool uid_parse(str s, uid *ret_u);
