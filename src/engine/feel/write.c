#include "base/arena.h"
#include "base/utf8.h"
#include "engine/feel/time.h"
#include "engine/feel/value.h"

/* Text of values, with an explicit stack: nesting is bounded by FEEL_NESTING_MOST. */
struct level {
	fval v;
	size_t i;
};

static void quote_json(struct buf *b, str s)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_addf(b, "\\%c", c);
		else if (c == '\n')
			buf_addz(b, "\\n");
		else if (c == '\t')
			buf_addz(b, "\\t");
		else if (c == '\r')
			buf_addz(b, "\\r");
		else if (c < 0x20)
			buf_addf(b, "\\u%04x", c);
		else
			buf_addc(b, (char)c);
	}
	buf_addc(b, '"');
}

static void write_plain(struct buf *b, const struct feel_zones *zones, fval v)
{
	switch ((enum feel_kind)v.kind) {
	case FEEL_NULL:
		buf_addz(b, "null");
		break;
	case FEEL_BOOL:
		buf_addz(b, v.truth ? "true" : "false");
		break;
	case FEEL_NUMBER:
		buf_add_decimal(b, v.number);
		break;
	case FEEL_STRING:
		buf_add(b, v.string);
		break;
	case FEEL_DATE:
	case FEEL_TIME:
	case FEEL_DATE_TIME:
	case FEEL_DAYS:
	case FEEL_MONTHS:
		feel_time_write(b, zones, v);
		break;
	case FEEL_FUNCTION:
		buf_addz(b, "function");
		break;
	case FEEL_LIST:
	case FEEL_CONTEXT:
	case FEEL_RANGE:
	case FEEL_INTERNAL:
		break;
	}
}

static void write_end(struct buf *b, const struct feel_zones *zones, fval v)
{
	if (v.kind == FEEL_STRING)
		quote_json(b, v.string);
	else
		write_plain(b, zones, v);
}

static void write_range(struct buf *b, const struct feel_zones *zones, const struct feel_range *r)
{
	if (r->equal || r->negated) {
		buf_addz(b, r->negated ? "!=" : "=");
		write_end(b, zones, r->low);
	} else if (r->has_low && r->has_high) {
		buf_addc(b, r->low_closed ? '[' : '(');
		write_end(b, zones, r->low);
		buf_addz(b, "..");
		write_end(b, zones, r->high);
		buf_addc(b, r->high_closed ? ']' : ')');
	} else if (r->has_low) {
		buf_addz(b, r->low_closed ? ">=" : ">");
		write_end(b, zones, r->low);
	} else {
		buf_addz(b, r->high_closed ? "<=" : "<");
		write_end(b, zones, r->high);
	}
}

static void write_key(struct buf *b, str key, bool json)
{
	bool plain = !json && key.n > 0;
	for (size_t i = 0; i < key.n; i++)
		if ((unsigned char)key.p[i] < 0x80 && strchr("{}:,\"\\", key.p[i]))
			plain = false;
	if (plain)
		buf_add(b, key);
	else
		quote_json(b, key);
	buf_addz(b, json ? ":" : ": ");
}

static void write_leaf(struct buf *b, const struct feel_zones *zones, fval v, bool json)
{
	if (v.kind == FEEL_STRING) {
		quote_json(b, v.string);
	} else if (v.kind == FEEL_RANGE && json) {
		AUTO_BUF text = BUF_INIT(b->max);
		write_range(&text, zones, v.range);
		quote_json(b, buf_str(&text));
	} else if (v.kind == FEEL_RANGE) {
		write_range(b, zones, v.range);
	} else if (json && v.kind >= FEEL_DATE && v.kind != FEEL_LIST && v.kind != FEEL_CONTEXT) {
		buf_addc(b, '"');
		write_plain(b, zones, v);
		buf_addc(b, '"');
	} else {
		write_plain(b, zones, v);
	}
}

/* One more part of the value on top; false when it is done. */
static bool write_part(struct buf *b, struct level *l, bool json, fval *ret_part)
{
	size_t i = l->i++;
	bool list = l->v.kind == FEEL_LIST;
	size_t n = list ? l->v.list->n : l->v.context->n;
	if (i == n) {
		buf_addc(b, list ? ']' : '}');
		return false;
	}
	if (i)
		buf_addz(b, json ? "," : ", ");
	if (list) {
		*ret_part = l->v.list->items[i];
	} else {
		write_key(b, l->v.context->entries[i].key, json);
		*ret_part = l->v.context->entries[i].value;
	}
	return true;
}

static void write_nested(struct buf *b, const struct feel_zones *zones, fval v, bool json)
{
	struct level stack[FEEL_NESTING_MOST + 2];
	size_t n = 0;
	fval part = v;
	for (;;) {
		if (part.kind == FEEL_LIST || part.kind == FEEL_CONTEXT) {
			buf_addc(b, part.kind == FEEL_LIST ? '[' : '{');
			stack[n++] = (struct level){part, 0};
		} else {
			write_leaf(b, zones, part, json);
		}
		while (n && !write_part(b, &stack[n - 1], json, &part))
			n--;
		if (!n || b->failed)
			return;
	}
}

void feel_write(struct buf *b, const struct feel_zones *zones, fval v)
{
	if (v.kind == FEEL_STRING)
		buf_add(b, v.string);
	else
		write_nested(b, zones, v, false);
}

void feel_write_json(struct buf *b, const struct feel_zones *zones, fval v)
{
	write_nested(b, zones, v, true);
}
