#pragma once
/* What the built-in functions share. */
#include "engine/feel/builtin.h"
#include "engine/feel/vm.h"

/* A list of one item stands for the item where no list is wanted. */
static inline fval fn_single(fval v)
{
	return v.kind == FEEL_LIST && v.list->n == 1 ? v.list->items[0] : v;
}

static inline bool fn_is(fval v, enum feel_kind kind, fval *ret)
{
	*ret = v.kind == kind ? v : fn_single(v);
	return ret->kind == kind;
}

/* Return the error unless args[i] is of the kind; name gets it. */
#define FN_ARG(name, i, wanted_kind, wanted)                                                       \
	fval name;                                                                                 \
	if (!fn_is(args[i], wanted_kind, &name))                                                   \
	return feel_vm_wrong(vm, args[i], wanted)

struct fn_items {
	const fval *p;
	size_t n;
};

/* The items of one list given, or the arguments themselves. */
static inline struct fn_items fn_items(const fval *args, size_t n)
{
	if (n == 1 && args[0].kind == FEEL_LIST)
		return (struct fn_items){args[0].list->items, args[0].list->n};
	return (struct fn_items){args, n};
}

/* A value where a list is wanted: itself, or a list of one. Null stays null. */
static inline bool fn_list(const fval *arg, struct fn_items *ret)
{
	if (arg->kind == FEEL_NULL)
		return false;
	*ret = arg->kind == FEEL_LIST ? (struct fn_items){arg->list->items, arg->list->n} : (struct fn_items){arg, 1};
	return true;
}

fval fn_no_memory(struct feel_vm *vm);
/* A whole number argument. False when it is none. */
bool fn_whole(fval v, int64_t *ret);
