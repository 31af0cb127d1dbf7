/* Which of the inputs that were not given could still change the outcome. The engine names one input for want of which an
 * outcome cannot be told; others may decide it just as well. It is given one value after another, and whatever is then wanted is given in turn, in a search
 * through what the missing inputs can be; where the search is too wide, ways through it are drawn. */
#include "engine/dmn/pool.h"

enum {
	VALUES_MOST = 16,    /* of one input */
	SEARCH_RUNS = 1200,  /* decisions made for the search, */
	DRAWN_RUNS = 1200,   /* and for the ways that are drawn */
	STEPS_MOST = 200000, /* of each */
	SCRATCH_BYTES = 64 << 20,
};

struct wanted {
	int32_t input;
	fval values[VALUES_MOST];
	size_t n;
	size_t at;     /* value it has now; n: none yet */
	bool given;    /* has a value now */
	bool relevant;
};

struct asking {
	struct pool pool;
	struct dmn_run *run;
	struct arena *a, *scratch;
	const struct dmn_given *base;
	struct dmn_given *given; /* base, and what the wanted ones are now */
	size_t n_base;
	struct dmn_options options;
	struct wanted *wanted;
	size_t *path;  /* the wanted ones that have a value, in the order in which they were asked for */
	size_t left_out; /* place in the path of one that is taken for not given; SIZE_MAX: none */
	size_t n_wanted, n_path, n_relevant, runs, runs_most;
	uint64_t drawn;
};

/* ---- what an input can be ---- */

static bool add_value(struct wanted *w, fval v)
{
	if (w->n < VALUES_MOST)
		w->values[w->n++] = v;
	return w->n < VALUES_MOST;
}

/* Things with parts: the first with the first value of each part, the second with the second … */
static enum err_code things(struct asking *k, const struct feel_type *type, int32_t input, struct wanted *w, struct err *e)
{
	struct pool_values *parts = ARENA_ARRAY(k->a, type->n_fields + 1, struct pool_values);
	size_t most = 1;
	if (!parts)
		return arena_fail(k->a, e);
	for (size_t f = 0; f < type->n_fields; f++) {
		const struct pool_place place = {input, type->fields[f].name, type->fields[f].type};
		TRY(pool_values_of(&k->pool, &place, &parts[f], e));
		most = parts[f].v.n > most ? parts[f].v.n : most;
	}
	for (size_t i = 0; i < most && w->n < VALUES_MOST; i++) {
		struct feel_entry *entries = ARENA_ARRAY(k->a, type->n_fields + 1, struct feel_entry);
		if (!entries)
			return arena_fail(k->a, e);
		for (size_t f = 0; f < type->n_fields; f++)
			entries[f] = (struct feel_entry){type->fields[f].name,
			    parts[f].v.n ? parts[f].v.p[i % parts[f].v.n] : feel_string(STR("…"))};
		(void)add_value(w, feel_context_of(k->a, entries, type->n_fields));
	}
	return ERR_OK;
}

static enum err_code values_of(struct asking *k, struct wanted *w, struct err *e)
{
	const struct feel_type *type = k->pool.s->nodes[w->input].type;
	bool list = type && type->kind == FEEL_TYPE_LIST;
	const struct feel_type *one = list ? type->element : type;
	struct pool_values values = {0};
	if (one && one->kind == FEEL_TYPE_CONTEXT && one->n_fields) {
		TRY(things(k, one, w->input, w, e));
		for (size_t i = 0; list && i < w->n; i++) {
			fval *item = ARENA_NEW(k->a, fval);
			if (!item)
				return arena_fail(k->a, e);
			*item = w->values[i];
			w->values[i] = feel_list_of(k->a, item, 1);
		}
		if (list)
			w->values[w->n < VALUES_MOST ? w->n++ : 0] = feel_list_of(k->a, NULL, 0);
		return ERR_OK;
	}
	TRY(pool_values_of(&k->pool, &(struct pool_place){w->input, STR(""), type}, &values, e));
	bool text = !one || (one->kind == FEEL_TYPE_PLAIN && one->plain == FEEL_STRING && !one->allowed);
	if (text)
		(void)add_value(w, feel_string(STR("…"))); /* one that nothing names */
	for (size_t i = 0; i < values.v.n && add_value(w, values.v.p[i]); i++)
		;
	return ERR_OK;
}

/* ---- trying ---- */

/* Decide with what the wanted ones are now; more: one that has no value, tried with a value. *ret_tried false: enough. */
static enum err_code decide(struct asking *k, const struct wanted *more, fval value, struct dmn_outcome *ret, bool *ret_tried,
    struct err *e)
{
	size_t n = k->n_base;
	*ret_tried = k->runs < k->runs_most;
	if (!*ret_tried)
		return ERR_OK;
	k->runs++;
	arena_reset(k->scratch);
	if (n)
		memcpy(k->given, k->base, n * sizeof *k->given);
	for (size_t i = 0; i <= k->n_path; i++) {
		const struct wanted *w = i < k->n_path ? &k->wanted[k->path[i]] : more;
		fval was;
		if (w && i != k->left_out)
			(void)pool_put(&k->pool, &(struct pool_place){.input = w->input, .component = STR("")},
			    w == more ? value : w->values[w->at], k->given, &n, k->scratch, &was);
	}
	return dmn_decide(k->run, k->scratch, k->pool.element, k->given, n, &k->options, ret, e);
}

static void mark(struct asking *k, struct wanted *w)
{
	k->n_relevant += !w->relevant;
	w->relevant = true;
}

/* It is decided: which of those asked for could it not have done without? */
static enum err_code see_who_mattered(struct asking *k, const struct wanted *more, fval value, struct err *e)
{
	enum err_code code = ERR_OK;
	for (size_t i = 0; i < k->n_path && code == ERR_OK; i++) {
		struct dmn_outcome out;
		bool tried;
		if (k->wanted[k->path[i]].relevant)
			continue;
		k->left_out = i;
		code = decide(k, more, value, &out, &tried, e);
		if (code == ERR_OK && tried && out.undetermined)
			mark(k, &k->wanted[k->path[i]]);
	}
	k->left_out = SIZE_MAX;
	return code;
}

/* Does some value of one of the others decide it, for want of what it lacks or not? */
static enum err_code try_to_help(struct asking *k, struct err *e)
{
	for (size_t i = 0; i < k->n_wanted; i++) {
		struct wanted *w = &k->wanted[i];
		for (size_t v = 0; v < w->n && !w->given && !w->relevant; v++) {
			struct dmn_outcome out;
			bool tried;
			TRY(decide(k, w, w->values[v], &out, &tried, e));
			if (!tried || out.undetermined)
				continue;
			mark(k, w);
			TRY(see_who_mattered(k, w, w->values[v], e));
		}
	}
	return ERR_OK;
}

/* The outcome as things are. *ret_next: the wanted one that it lacks; NULL: it is decided, or nothing more can be asked. */
static enum err_code ask(struct asking *k, struct wanted **ret_next, struct err *e)
{
	struct dmn_outcome out;
	bool tried;
	*ret_next = NULL;
	TRY(decide(k, NULL, FEEL_NULL_VALUE, &out, &tried, e));
	if (!tried)
		return ERR_OK;
	if (!out.undetermined)
		return see_who_mattered(k, NULL, FEEL_NULL_VALUE, e);
	for (size_t i = 0; i < k->n_wanted; i++)
		if (k->wanted[i].input == out.lacking && !k->wanted[i].given)
			*ret_next = &k->wanted[i];
	return try_to_help(k, e);
}

static void give(struct asking *k, struct wanted *w, size_t at)
{
	if (!w->given)
		k->path[k->n_path++] = (size_t)(w - k->wanted);
	w->given = true;
	w->at = at;
}

/* The next value of the one asked for last; of the one before it when there is none. False: all have been tried. */
static bool next_way(struct asking *k)
{
	while (k->n_path) {
		struct wanted *w = &k->wanted[k->path[k->n_path - 1]];
		if (w->at + 1 < w->n) {
			w->at++;
			return true;
		}
		w->given = false;
		k->n_path--;
	}
	return false;
}

static bool enough(const struct asking *k)
{
	return k->n_relevant == k->n_wanted || k->runs >= k->runs_most;
}

static enum err_code search(struct asking *k, bool *ret_complete, struct err *e)
{
	bool more = true;
	k->runs_most = SEARCH_RUNS;
	while (more && !enough(k)) {
		struct wanted *next;
		TRY(ask(k, &next, e));
		if (next && next->n)
			give(k, next, 0);
		else
			more = next_way(k);
	}
	*ret_complete = !more;
	return ERR_OK;
}

/* One that has no value yet, drawn; NULL: none, or the one drawn can have none. */
static struct wanted *draw_one(struct asking *k)
{
	size_t left = k->n_wanted - k->n_path, i = 0;
	k->drawn = k->drawn * 6364136223846793005u + 1442695040888963407u;
	for (size_t skip = left ? (size_t)(k->drawn >> 33) % left : 0; left; i++)
		if (!k->wanted[i].given && skip-- == 0)
			break;
	return left && k->wanted[i].n ? &k->wanted[i] : NULL;
}

/* Ways through the missing inputs in any order, given or not: now what is lacking, now another. */
static enum err_code draw(struct asking *k, struct err *e)
{
	k->runs = 0;
	k->runs_most = DRAWN_RUNS;
	while (!enough(k)) {
		struct wanted *next = NULL;
		for (; k->n_path; k->n_path--)
			k->wanted[k->path[k->n_path - 1]].given = false;
		do {
			TRY(ask(k, &next, e));
			struct wanted *other = draw_one(k);
			next = next && k->drawn >> 62 ? next : next ? other : NULL;
			if (next && next->n)
				give(k, next, (size_t)(k->drawn >> 20) % next->n);
		} while (next && next->n && !enough(k));
	}
	return ERR_OK;
}

static enum err_code begin(struct asking *k, const struct dmn_outcome *out, struct err *e)
{
	k->run = dmn_run_new(k->a, k->pool.s);
	k->given = ARENA_ARRAY(k->a, k->n_base + out->n_missing + 1, struct dmn_given);
	k->wanted = ARENA_ARRAY(k->a, out->n_missing, struct wanted);
	k->path = ARENA_ARRAY(k->a, out->n_missing, size_t);
	if (!k->scratch || !k->run || !k->given || !k->wanted || !k->path)
		return fail(e, ERR_NOMEM, "dmn.memory", "there is no memory to see what is missing");
	for (size_t i = 0; i < out->n_missing; i++) {
		struct wanted *w = &k->wanted[k->n_wanted++];
		w->input = out->missing[i];
		TRY(values_of(k, w, e));
	}
	return ERR_OK;
}

enum err_code dmn_missing(const struct dmn_set *s, struct arena *a, int32_t element, const struct dmn_given *given, size_t n,
    const struct dmn_options *options, struct dmn_outcome *out, struct err *e)
{
	AUTO_ARENA scratch = arena_new(SCRATCH_BYTES);
	struct asking k = {.a = a, .scratch = scratch, .base = given, .n_base = n, .options = *options, .drawn = 20101101, .left_out = SIZE_MAX};
	bool complete = false;
	size_t kept = 0;
	if (options->mode == DMN_LENIENT) /* there a null says that something was missing */
		return ERR_OK;
	if (!out->undetermined)
		out->n_missing = 0;
	if (!out->n_missing || s->nodes[element].element->kind != DMN_DECISION)
		return ERR_OK;
	k.options.explain = false;
	k.options.steps_most = STEPS_MOST;
	TRY(pool_make(s, element, given, n, a, &k.pool, e));
	TRY(begin(&k, out, e));
	TRY(search(&k, &complete, e));
	if (!complete)
		TRY(draw(&k, e));
	int32_t *missing = ARENA_ARRAY(a, k.n_relevant, int32_t);
	if (!missing)
		return arena_fail(a, e);
	for (size_t i = 0; i < k.n_wanted; i++)
		if (k.wanted[i].relevant)
			missing[kept++] = k.wanted[i].input;
	out->missing = missing;
	out->n_missing = kept;
	return ERR_OK;
}
