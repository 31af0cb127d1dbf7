#include "engine/feel/names.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

struct entry {
	struct entry *next; /* longer names first */
	str name;
	int32_t number;
};

struct bucket {
	struct entry *first;
	size_t n;
};

struct feel_names {
	struct arena *arena;
	struct map *by_word;
};

struct feel_names *feel_names_new(struct arena *a)
{
	struct feel_names *ns = ARENA_NEW(a, struct feel_names);
	if (!ns)
		return NULL;
	*ns = (struct feel_names){.arena = a, .by_word = map_new(a, 0x6e616d65)};
	return ns->by_word ? ns : NULL;
}

static bool is_blank_point(int32_t c)
{
	return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 || c == 0x180e ||
	    (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	    c == 0x3000 || c == 0xfeff;
}

size_t feel_skip_blanks(str s, size_t at)
{
	while (at < s.n) {
		size_t next = at;
		if ((unsigned char)s.p[at] < 0x80) {
			if (s.p[at] != ' ' && (s.p[at] < 9 || s.p[at] > 13))
				return at;
			at++;
			continue;
		}
		if (!is_blank_point(utf8_next(s, &next)))
			return at;
		at = next;
	}
	return at;
}

/* The standard's name start and name part characters. */
bool feel_is_name_char(int32_t c, bool first)
{
	static const struct {
		int32_t from, to;
	} starts[] = {{'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x2ff},
	    {0x370, 0x37d}, {0x37f, 0x1fff}, {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
	    {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff}};
	if (is_blank_point(c))
		return false;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (c >= starts[i].from && c <= starts[i].to)
			return true;
	return !first && ((c >= '0' && c <= '9') || c == 0xb7 || (c >= 0x300 && c <= 0x36f) ||
			     (c >= 0x203f && c <= 0x2040));
}

size_t feel_word_end(str s, size_t at)
{
	bool first = true;
	for (;;) {
		size_t next = at;
		int32_t c = utf8_next(s, &next);
		if (c < 0 || !feel_is_name_char(c, first))
			return at;
		at = next;
		first = false;
	}
}

static bool is_symbol(char c)
{
	return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*';
}

size_t feel_name_at(str s, size_t at, str name)
{
	size_t i = 0;
	while (i < name.n) {
		char c = name.p[i];
		if (c == ' ') {
			size_t next = feel_skip_blanks(s, at);
			if (next == at && !(i && is_symbol(name.p[i - 1])) && !is_symbol(name.p[i + 1]))
				return 0;
			at = next;
			i++;
			continue;
		}
		if (is_symbol(c) || (i && is_symbol(name.p[i - 1])))
			at = feel_skip_blanks(s, at);
		if (at >= s.n || s.p[at] != c)
			return 0;
		at++;
		i++;
	}
	size_t next = at;
	int32_t c = utf8_next(s, &next);
	if (c >= 0 && feel_is_name_char(c, false) && name.n && !is_symbol(name.p[name.n - 1]))
		return 0;
	return at;
}

str feel_name_normal(struct arena *a, str name)
{
	char *p = arena_alloc(a, name.n + 1);
	size_t n = 0, at = feel_skip_blanks(name, 0);
	if (!p)
		return STR_NONE;
	while (at < name.n) {
		size_t next = feel_skip_blanks(name, at);
		if (next != at) {
			if (next < name.n)
				p[n++] = ' ';
			at = next;
		} else {
			p[n++] = name.p[at++];
		}
	}
	return (str){p, n};
}

bool feel_names_add(struct feel_names *ns, str name, int32_t number)
{
	str normal = feel_name_normal(ns->arena, name);
	if (!normal.n || normal.n > FEEL_NAME_MOST)
		return false;
	str word = str_sub(normal, 0, feel_word_end(normal, 0));
	struct bucket *b = map_get(ns->by_word, word);
	if (!b) {
		b = ARENA_NEW(ns->arena, struct bucket);
		if (!b || !map_set(ns->by_word, word, b, NULL))
			return false;
	}
	struct entry **at = &b->first;
	for (; *at && (*at)->name.n >= normal.n; at = &(*at)->next)
		if (str_eq((*at)->name, normal)) {
			(*at)->number = number;
			return true;
		}
	struct entry *e = ARENA_NEW(ns->arena, struct entry);
	if (!e || b->n++ >= FEEL_SAME_WORD_MOST)
		return false;
	*e = (struct entry){.next = *at, .name = normal, .number = number};
	*at = e;
	return true;
}

size_t feel_names_longest(const struct feel_names *ns, str s, size_t at, str *ret_name, int32_t *ret_number)
{
	struct bucket *b = map_get(ns->by_word, str_sub(s, at, feel_word_end(s, at)));
	for (struct entry *e = b ? b->first : NULL; e; e = e->next) {
		size_t end = feel_name_at(s, at, e->name);
		if (end) {
			*ret_name = e->name;
			*ret_number = e->number;
			return end;
		}
	}
	return 0;
}
