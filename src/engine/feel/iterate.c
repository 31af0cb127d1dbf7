#include "engine/feel/time.h"
#include "engine/feel/vm.h"

enum iterator_kind { ITERATE_LIST, ITERATE_NUMBERS, ITERATE_DATES, ITERATE_NOTHING };

struct iterator {
	enum iterator_kind kind;
	const fval *items;
	size_t n, i;
	int64_t at, left; /* the next number or day; how many are left */
	int64_t step;
	fval error;
	fval first;
};

struct builder {
	fval *items;
	size_t n, cap;
	uint32_t tag;
};

enum { BUILDER_TAG = 0x6275696c, ITERATE_MOST = FEEL_LIST_MOST };

static fval internal(void *p)
{
	return (fval){.kind = FEEL_INTERNAL, .internal = p};
}

static fval broken(struct feel_vm *vm, fval error)
{
	struct iterator *it = ARENA_NEW(vm->arena, struct iterator);
	if (!it)
		return FEEL_NULL_VALUE;
	*it = (struct iterator){.kind = ITERATE_NOTHING, .error = error};
	return internal(it);
}

static fval iterate_span(struct feel_vm *vm, enum iterator_kind kind, int64_t from, int64_t to)
{
	struct iterator *it = ARENA_NEW(vm->arena, struct iterator);
	uint64_t left = from <= to ? (uint64_t)to - (uint64_t)from : (uint64_t)from - (uint64_t)to;
	if (left >= ITERATE_MOST)
		return broken(vm, feel_vm_error(vm, "feel.limit", "at most %d steps can be counted", ITERATE_MOST));
	if (!it)
		return FEEL_NULL_VALUE;
	*it = (struct iterator){.kind = kind, .at = from, .left = (int64_t)left + 1, .step = from <= to ? 1 : -1};
	return internal(it);
}

fval feel_iterator_to(struct feel_vm *vm, fval low, fval high)
{
	int64_t from, to;
	if (low.kind == FEEL_DATE && high.kind == FEEL_DATE)
		return iterate_span(vm, ITERATE_DATES, low.day, high.day);
	if (low.kind != FEEL_NUMBER || high.kind != FEEL_NUMBER)
		return broken(vm, feel_vm_wrong(vm, low.kind == FEEL_NUMBER ? high : low, "a number"));
	if (!decimal_to_i64(low.number, &from) || !decimal_to_i64(high.number, &to))
		return broken(vm, feel_vm_error(vm, "feel.type", "whole numbers were expected"));
	return iterate_span(vm, ITERATE_NUMBERS, from, to);
}

static fval iterate_range(struct feel_vm *vm, const struct feel_range *r)
{
	if (!r->has_low || !r->has_high)
		return broken(vm, feel_vm_error(vm, "feel.type", "a range without an end cannot be counted"));
	fval it = feel_iterator_to(vm, r->low, r->high);
	struct iterator *p = it.kind == FEEL_INTERNAL ? it.internal : NULL;
	if (!p || p->kind == ITERATE_NOTHING)
		return it;
	if (!r->low_closed) {
		p->at += p->step;
		p->left--;
	}
	if (!r->high_closed)
		p->left--;
	return it;
}

fval feel_iterator(struct feel_vm *vm, fval domain)
{
	if (domain.kind == FEEL_NULL)
		return broken(vm, feel_vm_wrong(vm, domain, "a list"));
	if (domain.kind == FEEL_RANGE)
		return iterate_range(vm, domain.range);
	struct iterator *it = ARENA_NEW(vm->arena, struct iterator);
	if (!it)
		return FEEL_NULL_VALUE;
	it->kind = ITERATE_LIST;
	it->first = domain;
	it->items = domain.kind == FEEL_LIST ? domain.list->items : &it->first;
	it->n = domain.kind == FEEL_LIST ? domain.list->n : 1;
	return internal(it);
}

bool feel_iterator_next(struct feel_vm *vm, fval iterator, fval *ret_item, fval *ret_error)
{
	struct iterator *it = iterator.kind == FEEL_INTERNAL ? iterator.internal : NULL;
	if (!it) {
		*ret_error = feel_vm_error(vm, "feel.limit", "this needs more memory than one evaluation may use");
		return false;
	}
	switch (it->kind) {
	case ITERATE_LIST:
		if (it->i >= it->n)
			return false;
		*ret_item = it->items[it->i++];
		return true;
	case ITERATE_NUMBERS:
	case ITERATE_DATES:
		if (it->left <= 0)
			return false;
		*ret_item = it->kind == ITERATE_NUMBERS ? feel_int(it->at)
							: (fval){.kind = FEEL_DATE, .day = it->at};
		it->at += it->step;
		it->left--;
		return true;
	case ITERATE_NOTHING:
		break;
	}
	*ret_error = it->error;
	return false;
}

fval feel_builder(struct feel_vm *vm)
{
	struct builder *b = ARENA_NEW(vm->arena, struct builder);
	if (!b)
		return FEEL_NULL_VALUE;
	b->tag = BUILDER_TAG;
	return internal(b);
}

bool feel_is_builder(fval v)
{
	return v.kind == FEEL_INTERNAL;
}

void feel_builder_add(struct feel_vm *vm, fval builder, fval item)
{
	struct builder *b = builder.internal;
	if (b->n == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 8;
		fval *items = b->n < FEEL_LIST_MOST ? ARENA_ARRAY(vm->arena, cap, fval) : NULL;
		if (!items) {
			vm->broken = true;
			vm->broken_cause = feel_vm_error(vm, "feel.limit",
			    "a list of more than %d items, or more memory than one evaluation may use", FEEL_LIST_MOST);
			return;
		}
		if (b->n)
			memcpy(items, b->items, b->n * sizeof *items);
		b->items = items;
		b->cap = cap;
	}
	b->items[b->n++] = item;
}

fval feel_builder_list(struct feel_vm *vm, fval builder)
{
	const struct builder *b = builder.internal;
	return feel_list_of(vm->arena, b->items, b->n);
}
