#include "base/uid.h"

#include "base/hash.h"

enum { COUNTER_MAX = 0xFFF };

uid uid_new(struct uid_maker *m)
{
	uid u;
	int64_t now = clock_now_ms(&m->clock);
	m->rng.fill(m->rng.ctx, u.b, sizeof u.b);
	if (now > m->last_ms) {
		m->last_ms = now;
		m->counter = (uint16_t)((u.b[6] << 8 | u.b[7]) & (COUNTER_MAX >> 1));
	} else if (m->counter++ == COUNTER_MAX) {
		m->last_ms++; /* the clock stands still: borrow from the next millisecond */
		m->counter = 0;
	}
	for (int i = 0; i < 6; i++)
		u.b[i] = (uint8_t)((uint64_t)m->last_ms >> (40 - 8 * i));
	u.b[6] = (uint8_t)(0x70 | m->counter >> 8);
	u.b[7] = (uint8_t)m->counter;
	u.b[8] = (uint8_t)((u.b[8] & 0x3F) | 0x80);
	return u;
}

uid uid_of_name(uid space, str name)
{
	struct sha256_state s;
	sha256_begin(&s);
	sha256_add(&s, (str){(const char *)space.b, sizeof space.b});
	sha256_add(&s, name);
	sha256 h = sha256_end(&s);
	uid u;
	memcpy(u.b, h.b, sizeof u.b);
	u.b[6] = (uint8_t)((u.b[6] & 0x0F) | 0x80);
	u.b[8] = (uint8_t)((u.b[8] & 0x3F) | 0x80);
	return u;
}

void buf_add_uid(struct buf *b, uid u)
{
	static const char hex[] = "0123456789abcdef";
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			buf_addc(b, '-');
		buf_addc(b, hex[u.b[i] >> 4]);
		buf_addc(b, hex[u.b[i] & 15]);
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool uid_parse(str s, uid *ret_u)
{
	uid u;
	if (s.n != 36)
		return false;
	size_t at = 0;
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			if (s.p[at++] != '-')
				return false;
		int hi = hex_value(s.p[at]), lo = hex_value(s.p[at + 1]);
		if (hi < 0 || lo < 0)
			return false;
		u.b[i] = (uint8_t)(hi << 4 | lo);
		at += 2;
	}
	*ret_u = u;
	return true;
}
