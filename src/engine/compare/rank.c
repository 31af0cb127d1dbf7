/* The order of offers. Hard filters first, then a total order: the preset's key, its second key, provider, offer. */
#include "engine/compare/inner.h"

enum { HOUR = 60, DAY = 1440, RUN = 8 };

const struct compare_ages compare_ages_usual[COMPARE_METHODS] = {
    [COMPARE_FEED] = {24 * HOUR, 72 * HOUR},
    [COMPARE_API] = {24 * HOUR, 72 * HOUR},
    [COMPARE_TARIFF] = {72 * HOUR, 14 * DAY},
    [COMPARE_PUBLIC_QUOTE] = {72 * HOUR, 14 * DAY},
    [COMPARE_MYSTERY_SHOP] = {90 * DAY, 180 * DAY},
    [COMPARE_USER_REPORT] = {90 * DAY, 180 * DAY},
};

struct key {
	int64_t first, second;
	uint32_t provider, id, row;
};

static bool before(const struct key *a, const struct key *b)
{
	if (a->first != b->first)
		return a->first < b->first;
	if (a->second != b->second)
		return a->second < b->second;
	if (a->provider != b->provider)
		return a->provider < b->provider;
	return a->id < b->id;
}

static void sort_run(struct key *k, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct key x = k[i];
		size_t at = i;
		for (; at > 0 && before(&x, &k[at - 1]); at--)
			k[at] = k[at - 1];
		k[at] = x;
	}
}

static void merge(const struct key *a, size_t na, const struct key *b, size_t nb, struct key *dst)
{
	size_t i = 0, j = 0;
	while (i < na || j < nb)
		if (j == nb || (i < na && !before(&b[j], &a[i])))
			*dst++ = a[i++];
		else
			*dst++ = b[j++];
}

/* Merge sort in place of qsort(3): a call for each comparison would be most of the time of a question. */
static struct key *sort(struct key *k, struct key *other, size_t n)
{
	for (size_t i = 0; i < n; i += RUN)
		sort_run(k + i, n - i < RUN ? n - i : RUN);
	for (size_t width = RUN; width < n; width *= 2) {
		for (size_t i = 0; i < n; i += 2 * width) {
			size_t left = n - i < width ? n - i : width, rest = n - i - left;
			merge(k + i, left, k + i + left, rest < width ? rest : width, other + i);
		}
		struct key *swap = k;
		k = other;
		other = swap;
	}
	return k;
}

static bool wanted(const struct compare_offer *o, const struct compare_question *q)
{
	if (!(o->flags & COMPARE_LICENSED) || ((o->flags & COMPARE_FIRST_TRANSFER) && !q->first_transfer))
		return false;
	if ((q->pay_in && !(o->pay_in & q->pay_in)) || (q->payout && !(o->payout & q->payout)))
		return false;
	return q->preset != COMPARE_MY_LANGUAGE || (o->languages & q->languages);
}

static void judge(const struct compare_offer *o, const struct compare_tier *tiers, const struct compare_pair *pair,
    const struct compare_question *q, struct compare_row *row)
{
	const struct compare_ages *ages = &q->ages[o->method];
	int64_t age = q->now - o->collected;
	row->stale = age > ages->stale;
	row->arrives = compare_arrival(q->now, o->latest, o->flags & COMPARE_BUSINESS_DAYS, q->from, q->to);
	bool late = q->preset == COMPARE_ARRIVE_BY && (row->arrives < 0 || row->arrives > q->arrive_by);
	if (late || !wanted(o, q))
		row->verdict = COMPARE_FILTERED;
	else if (age > ages->off_list)
		row->verdict = COMPARE_OFF_LIST;
	else
		row->verdict = q->receive ? compare_receive(o, tiers + o->tiers, pair, q->amount, &row->quote)
					  : compare_send(o, tiers + o->tiers, pair, q->amount, &row->quote);
}

static int64_t unknown_last(int64_t v)
{
	return v < 0 ? INT64_MAX : v;
}

static struct key key_of(const struct compare_offer *o, const struct compare_question *q, const struct compare_row *row,
    uint32_t at)
{
	int64_t worth = q->receive ? row->quote.outlay : -row->quote.gets, time = unknown_last(row->arrives);
	struct key k = {worth, time, o->provider, o->id, at};
	switch (q->preset) {
	case COMPARE_SOONEST:
		k.first = time, k.second = worth;
		break;
	case COMPARE_LEAST_TO_PAY:
		k.first = row->quote.outlay, k.second = q->receive ? time : worth;
		break;
	case COMPARE_NEAREST:
		k.first = unknown_last(o->distance_m), k.second = worth;
		break;
	case COMPARE_MOST_DEPENDABLE:
		k.first = o->dependable_ppm < 0 ? INT64_MAX : -(int64_t)o->dependable_ppm, k.second = worth;
		break;
	case COMPARE_MOST_RECEIVED:
	case COMPARE_ARRIVE_BY:
	case COMPARE_MY_LANGUAGE:
	case COMPARE_PRESETS:
		break;
	}
	return k;
}

/* Ranks of the best offer of each provider; equals in the first key share one. `seen` has a bit for each provider. */
static void number(const struct key *k, size_t n, uint8_t *seen, struct compare_row *rows)
{
	uint32_t place = 0, rank = 0;
	struct compare_row *last = NULL;
	int64_t last_key = 0;
	for (size_t i = 0; i < n; i++) {
		uint8_t bit = (uint8_t)(1u << (k[i].provider & 7));
		if (seen[k[i].provider >> 3] & bit)
			continue;
		seen[k[i].provider >> 3] |= bit;
		place++;
		bool equal = last && k[i].first == last_key;
		rank = equal ? rank : place;
		rows[i].rank = rank;
		rows[i].tied = equal;
		if (equal)
			last->tied = true;
		last = &rows[i];
		last_key = k[i].first;
	}
}

static enum err_code check(const struct compare_offer *offers, size_t n, const struct compare_pair *pair,
    const struct compare_question *q, struct err *e)
{
	if (q->amount <= 0 || q->amount > (q->receive ? COMPARE_RECEIPT_MAX : COMPARE_AMOUNT_MAX)) {
		(void)fail(e, ERR_INVALID, "compare.amount", "the amount is above 0 and at most %lld minor units",
		    (long long)(q->receive ? COMPARE_RECEIPT_MAX : COMPARE_AMOUNT_MAX));
		return err_field(e, "amount");
	}
	if ((unsigned)q->preset >= COMPARE_PRESETS || (q->preset == COMPARE_MY_LANGUAGE && !q->languages))
		return fail(e, ERR_INVALID, "compare.preset", "choose one of the orders, with a language for 'my language'");
	if (pair->send_digits > COMPARE_DIGITS_MAX || pair->receive_digits > COMPARE_DIGITS_MAX)
		return fail(e, ERR_INVALID, "compare.currency", "a currency has at most %d digits", COMPARE_DIGITS_MAX);
	for (size_t i = 0; i < n; i++)
		if (offers[i].method >= COMPARE_METHODS)
			return fail(e, ERR_INVALID, "compare.method", "offer %u has an unknown method", offers[i].id);
	return ERR_OK;
}

enum err_code compare_rank(const struct compare_offer *offers, size_t n, const struct compare_tier *tiers,
    const struct compare_pair *pair, const struct compare_question *q, struct arena *a, struct compare_row *rows,
    size_t *ret_ranked, struct err *e)
{
	TRY(check(offers, n, pair, q, e));
	uint32_t providers = 0;
	for (size_t i = 0; i < n; i++)
		providers = offers[i].provider > providers ? offers[i].provider : providers;
	struct key *keys = ARENA_ARRAY(a, 2 * n + 1, struct key);
	struct compare_row *judged = ARENA_ARRAY(a, n + 1, struct compare_row);
	uint8_t *seen = ARENA_ARRAY(a, providers / 8 + 1, uint8_t);
	if (!keys || !judged || !seen)
		return arena_fail(a, e);
	memset(seen, 0, providers / 8 + 1);
	size_t ok = 0, others = n;
	for (uint32_t i = 0; i < n; i++) {
		judged[i] = (struct compare_row){.offer = i};
		judge(&offers[i], tiers, pair, q, &judged[i]);
		if (judged[i].verdict == COMPARE_OK)
			keys[ok++] = key_of(&offers[i], q, &judged[i], i);
		else
			keys[--others] = (struct key){0, 0, offers[i].provider, offers[i].id, i};
	}
	/* the two parts meet in the middle and are sorted apart */
	const struct key *sorted = sort(keys, keys + n, ok);
	for (size_t i = 0; i < ok; i++)
		rows[i] = judged[sorted[i].row];
	number(sorted, ok, seen, rows);
	struct key *rest = keys + ok;
	memmove(keys + n, rest, (n - ok) * sizeof *rest);
	sorted = sort(keys + n, keys, n - ok);
	for (size_t i = ok; i < n; i++)
		rows[i] = judged[sorted[i - ok].row];
	*ret_ranked = ok;
	return ERR_OK;
}
