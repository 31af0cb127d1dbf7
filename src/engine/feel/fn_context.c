#include "engine/feel/fn.h"

fval fn_get_value(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	if (args[0].kind != FEEL_CONTEXT)
		return feel_vm_wrong(vm, args[0], "a context");
	FN_ARG(key, 1, FEEL_STRING, "a string");
	const fval *e = feel_context_get(args[0].context, key.string);
	return e ? *e : feel_vm_error(vm, "feel.path", "there is no entry \"%.*s\"", STR_ARG(key.string));
}

fval fn_get_entries(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	FN_ARG(m, 0, FEEL_CONTEXT, "a context");
	const struct feel_context *c = m.context;
	fval *items = ARENA_ARRAY(vm->arena, c->n, fval);
	struct feel_entry *e = ARENA_ARRAY(vm->arena, c->n * 2, struct feel_entry);
	if (!items || !e)
		return fn_no_memory(vm);
	for (size_t i = 0; i < c->n; i++) {
		e[2 * i] = (struct feel_entry){STR("key"), feel_string(c->entries[i].key)};
		e[2 * i + 1] = (struct feel_entry){STR("value"), c->entries[i].value};
		items[i] = feel_context_of(vm->arena, e + 2 * i, 2);
	}
	return feel_list_of(vm->arena, items, c->n);
}

fval fn_context(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items;
	(void)n;
	if (!fn_list(&args[0], &items))
		return feel_vm_wrong(vm, args[0], "a list of entries");
	struct feel_entry *e = ARENA_ARRAY(vm->arena, items.n, struct feel_entry);
	if (!e)
		return fn_no_memory(vm);
	for (size_t i = 0; i < items.n; i++) {
		const struct feel_context *c = items.p[i].kind == FEEL_CONTEXT ? items.p[i].context : NULL;
		const fval *key = c ? feel_context_get(c, STR("key")) : NULL;
		const fval *value = c ? feel_context_get(c, STR("value")) : NULL;
		if (!key || !value || key->kind != FEEL_STRING)
			return feel_vm_error(vm, "feel.type", "an entry has a \"key\", which is a string, and a \"value\"");
		e[i] = (struct feel_entry){key->string, *value};
	}
	fval made = feel_context_of(vm->arena, e, items.n);
	if (made.kind == FEEL_CONTEXT && made.context->n != items.n)
		return feel_vm_error(vm, "feel.arguments", "a key occurs twice");
	return made;
}

static fval with_entry(struct feel_vm *vm, const struct feel_context *c, str key, fval value)
{
	size_t n = c ? c->n : 0;
	struct feel_entry *e = ARENA_ARRAY(vm->arena, n + 1, struct feel_entry);
	if (!e)
		return fn_no_memory(vm);
	if (n)
		memcpy(e, c->entries, n * sizeof *e);
	e[n] = (struct feel_entry){key, value};
	return feel_context_of(vm->arena, e, n + 1);
}

/* Put value at the end of a path of keys; the contexts on the way are made anew. */
static fval put_path(struct feel_vm *vm, fval whole, const struct feel_list *keys, fval value)
{
	fval on_way[FEEL_NESTING_MOST];
	if (keys->n == 0 || keys->n >= FEEL_NESTING_MOST)
		return feel_vm_error(vm, "feel.arguments", "from 1 to %d keys were expected", FEEL_NESTING_MOST - 1);
	fval at = whole;
	for (size_t i = 0; i < keys->n; i++) {
		if (keys->items[i].kind != FEEL_STRING)
			return feel_vm_wrong(vm, keys->items[i], "a string");
		if (at.kind != FEEL_CONTEXT)
			return feel_vm_wrong(vm, at, "a context");
		on_way[i] = at;
		const fval *e = feel_context_get(at.context, keys->items[i].string);
		at = e ? *e : FEEL_NULL_VALUE;
	}
	for (size_t i = keys->n; i-- > 0;) {
		value = with_entry(vm, on_way[i].context, keys->items[i].string, value);
		if (value.kind != FEEL_CONTEXT)
			return value;
	}
	return value;
}

fval fn_context_put(struct feel_vm *vm, const fval *args, size_t n)
{
	(void)n;
	if (args[0].kind != FEEL_CONTEXT)
		return feel_vm_wrong(vm, args[0], "a context");
	if (args[1].kind == FEEL_STRING)
		return with_entry(vm, args[0].context, args[1].string, args[2]);
	if (args[1].kind == FEEL_LIST)
		return put_path(vm, args[0], args[1].list, args[2]);
	return feel_vm_wrong(vm, args[1], "a key");
}

fval fn_context_merge(struct feel_vm *vm, const fval *args, size_t n)
{
	struct fn_items items = fn_items(args, n);
	size_t total = 0;
	for (size_t i = 0; i < items.n; i++) {
		if (items.p[i].kind != FEEL_CONTEXT)
			return feel_vm_wrong(vm, items.p[i], "a context");
		total += items.p[i].context->n;
	}
	struct feel_entry *e = ARENA_ARRAY(vm->arena, total, struct feel_entry);
	if (!e)
		return fn_no_memory(vm);
	size_t at = 0;
	for (size_t i = 0; i < items.n; i++)
		for (size_t k = 0; k < items.p[i].context->n; k++)
			e[at++] = items.p[i].context->entries[k];
	return feel_context_of(vm->arena, e, total);
}
