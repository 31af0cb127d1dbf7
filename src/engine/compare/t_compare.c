/* The comparison: worked examples of the method, brute force over small tariffs, properties of the order. */
#include "base/env.h"
#include "base/test.h"
#include "engine/compare/inner.h"

enum { SCHEDULES = 1000000, SMALL = 60, BANK = 1 };

static struct compare_rate rate(const char *text)
{
	struct compare_rate r = {0};
	struct err e = {0};
	assert_ok(compare_rate_parse(str_of(text), &r, &e), &e);
	return r;
}

static struct compare_offer offer(enum compare_fee_model model, const char *r)
{
	struct compare_rate applied = rate(r);
	return (struct compare_offer){.rate = applied.digits, .rate_scale = applied.scale, .fee_model = (uint8_t)model,
	    .margin = COMPARE_MARGIN_MEASURED, .n_tiers = 1, .soonest = 0, .latest = 60, .flags = COMPARE_LICENSED,
	    .pay_in = BANK, .payout = BANK, .dependable_ppm = -1, .distance_m = -1};
}

static const struct compare_tier fee490 = {COMPARE_AMOUNT_MAX, 490, 0, 0, 0}, free_of_charge = {COMPARE_AMOUNT_MAX, 0, 0, 0, 0};

/* The reference rate of 2026-04-13: 70.356 PHP for one euro. */
static struct compare_pair euro_peso(void)
{
	return (struct compare_pair){2, 2, true, rate("70.356")};
}

static void figures_are(const struct compare_offer *o, const struct compare_quote *q, int64_t margin, int64_t rpw,
    int64_t effective, int64_t cost)
{
	struct compare_pair pair = euro_peso();
	struct compare_figures f = compare_figures(o, &pair, q);
	assert_true(f.known);
	assert_int_equal(f.margin_ppm, margin);
	assert_int_equal(f.rpw_ppm, rpw);
	assert_int_equal(f.effective_ppm, effective);
	assert_int_equal(f.cost, cost);
}

/* Three offers on one basis: who seems to give most on "send 140" does not on the same outlay. */
static void test_one_basis(void **state)
{
	(void)state;
	struct compare_pair pair = euro_peso();
	struct compare_offer a = offer(COMPARE_FEE_ON_TOP, "69.30"), b = offer(COMPARE_FEE_ON_TOP, "67.20"),
			     c = offer(COMPARE_FEE_DEDUCTED, "70.356");
	struct compare_tier fee187 = {COMPARE_AMOUNT_MAX, 187, 0, 0, 0};
	struct compare_quote q;
	assert_int_equal(compare_send(&a, &fee490, &pair, 14490, &q), COMPARE_OK);
	assert_int_equal(q.principal, 14000);
	assert_int_equal(q.gets, 970200);
	figures_are(&a, &q, 15009, 50009, 48318, 700);
	assert_int_equal(compare_send(&a, &fee490, &pair, 14000, &q), COMPARE_OK);
	assert_int_equal(q.principal, 13510);
	assert_int_equal(q.gets, 936243);
	figures_are(&a, &q, 15009, 51279, 49484, 693);
	assert_int_equal(compare_send(&b, &free_of_charge, &pair, 14000, &q), COMPARE_OK);
	assert_int_equal(q.gets, 940800);
	figures_are(&b, &q, 44858, 44858, 44858, 628);
	assert_int_equal(compare_send(&c, &fee187, &pair, 14000, &q), COMPARE_OK);
	assert_int_equal(q.principal, 13813);
	assert_int_equal(q.gets, 971827);
	figures_are(&c, &q, 0, 13538, 13358, 187);
}

/* TZA-KEN 2011 Q1, MoneyGram, cash: 295,000 shillings, fee 20,650, rate 0.000651 against 0.00066. */
static void test_rpw_row(void **state)
{
	(void)state;
	struct compare_offer o = offer(COMPARE_FEE_ON_TOP, "0.000651");
	struct compare_tier t = {COMPARE_AMOUNT_MAX, 2065000, 0, 0, 0};
	struct compare_pair pair = {2, 2, true, rate("0.00066")};
	int64_t total;
	assert_true(compare_rpw(&o, &t, &pair, 29500000, &total));
	assert_int_equal(total, 83636);
}

/* Round numbers in francs without minor units, and dinars with three digits. */
static void test_minor_units(void **state)
{
	(void)state;
	struct compare_pair franc = {2, 0, true, rate("655.957")}, dinar = {2, 3, true, rate("3.4")};
	struct compare_offer f = offer(COMPARE_FEE_ON_TOP, "655.957"), d = offer(COMPARE_FEE_ON_TOP, "3.35");
	struct compare_quote q;
	assert_int_equal(compare_send(&f, &free_of_charge, &franc, 10000, &q), COMPARE_OK);
	assert_int_equal(q.gets, 65596); /* 65,595.7 */
	f.flags |= COMPARE_FLOOR;
	assert_int_equal(compare_send(&f, &free_of_charge, &franc, 10000, &q), COMPARE_OK);
	assert_int_equal(q.gets, 65595);
	assert_int_equal(compare_send(&d, &free_of_charge, &dinar, 10001, &q), COMPARE_OK);
	assert_int_equal(q.gets, 335034); /* 100.01 × 3.35 = 335.0335 */
}

static void test_rates(void **state)
{
	(void)state;
	struct err e = {0};
	struct compare_rate r;
	assert_int_equal(rate("1234567890.123").digits, INT64_C(1234567890));
	assert_int_equal(rate("0.00000000012345").scale, 14);
	assert_int_equal(rate("2.99999999999").digits, INT64_C(3000000000));
	const char *wrong[] = {"", "-1", "0", "0.000", "1,5", "1.2.3", "NaN", "1e3", " 1", ".", "1.00000000000000000x"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(compare_rate_parse(str_of(wrong[i]), &r, &e), ERR_INVALID);
	assert_int_equal(compare_rate_parse(STR("99999999999999999999"), &r, &e), ERR_LIMIT);
}

/* 69.30 when 70.356 was the mid rate, carried to 70.088: 69.036. */
static void test_carried_forward(void **state)
{
	(void)state;
	struct err e = {0};
	struct compare_rate r;
	assert_ok(compare_carry(rate("69.30"), rate("70.356"), rate("70.088"), &r, &e), &e);
	double value = (double)r.digits;
	for (int i = 0; i < r.scale; i++)
		value /= 10;
	assert_true(value > 69.0359 && value < 69.0361); /* 69.03602… */
}

static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static int32_t below(uint64_t *seed, uint32_t n)
{
	return (int32_t)(next(seed) % n);
}

struct tariff {
	struct compare_offer o;
	struct compare_tier t[4];
	struct compare_pair pair;
};

/* Amounts of a few cents with shares up to all of it: every rounding, jumps both ways, bounds on fee and amount. */
static struct tariff random_tariff(uint64_t *seed)
{
	struct tariff x = {.pair = {2, 2, false, {0}}};
	x.o = (struct compare_offer){.rate = 1 + below(seed, 3000), .rate_scale = (uint8_t)below(seed, 4),
	    .fee_model = (uint8_t)(1 + below(seed, 2)), .margin = COMPARE_MARGIN_MEASURED, .n_tiers = (uint8_t)(1 + below(seed, 4)),
	    .flags = below(seed, 2) ? COMPARE_FLOOR : 0, .receive_fee = below(seed, 3) ? 0 : below(seed, 20), .latest = -1, .soonest = -1};
	x.pair.receive_digits = (uint8_t)(below(seed, 3) + 1);
	int64_t upto = 0;
	for (size_t i = 0; i < x.o.n_tiers; i++) {
		upto += 1 + below(seed, SMALL / 3);
		x.t[i] = (struct compare_tier){upto, below(seed, 6), below(seed, 3) ? below(seed, 200000) : below(seed, 1000001), below(seed, 3) ? 0 : below(seed, 5), 0};
		x.t[i].most = below(seed, 3) ? 0 : x.t[i].least + below(seed, 9);
	}
	x.o.least = below(seed, 3) ? 0 : below(seed, 10);
	x.o.most = below(seed, 3) ? 0 : x.o.least + 1 + below(seed, SMALL);
	return x;
}

/* The definitions, written down a second time and without shortcuts. -1: the amount is not taken. */
static int64_t plain_fee(const struct tariff *x, int64_t amount)
{
	if (amount < 1 || amount < x->o.least || (x->o.most && amount > x->o.most))
		return -1;
	for (size_t i = 0; i < x->o.n_tiers; i++)
		if (amount <= x->t[i].upto) {
			const struct compare_tier *t = &x->t[i];
			int64_t fee = t->fixed + (2 * amount * t->share_ppm + COMPARE_PPM) / (2 * COMPARE_PPM);
			fee = t->most && fee > t->most ? t->most : fee;
			return fee < t->least ? t->least : fee;
		}
	return -1;
}

static int64_t plain_gets(const struct tariff *x, int64_t principal)
{
	wide num = (wide)principal * x->o.rate, den = 1;
	for (int i = 0; i < x->o.rate_scale + x->pair.send_digits; i++)
		den *= 10;
	for (int i = 0; i < x->pair.receive_digits; i++)
		num *= 10;
	wide gets = x->o.flags & COMPARE_FLOOR ? num / den : (2 * num + den) / (2 * den);
	return (int64_t)gets - x->o.receive_fee;
}

static bool on_top(const struct tariff *x)
{
	return x->o.fee_model == COMPARE_FEE_ON_TOP;
}

/* The most that arrives for exactly that outlay (deducted) or at most that outlay (on top); 0: nothing. */
static int64_t plain_send(const struct tariff *x, int64_t outlay)
{
	int64_t best = 0;
	for (int64_t amount = on_top(x) ? 1 : outlay; amount <= outlay; amount++) {
		int64_t fee = plain_fee(x, amount), principal = on_top(x) ? amount : amount - fee;
		if (fee < 0 || principal < 1 || (on_top(x) && amount + fee > outlay))
			continue;
		int64_t gets = plain_gets(x, principal);
		best = gets > best ? gets : best;
	}
	return best;
}

static int64_t plain_receive(const struct tariff *x, int64_t receipt)
{
	int64_t least = 0;
	for (int64_t amount = 1; amount <= 4 * SMALL; amount++) {
		int64_t fee = plain_fee(x, amount), principal = on_top(x) ? amount : amount - fee;
		if (fee < 0 || principal < 1 || plain_gets(x, principal) < receipt)
			continue;
		int64_t outlay = on_top(x) ? amount + fee : amount;
		least = least == 0 || outlay < least ? outlay : least;
	}
	return least;
}

static void check_send(const struct tariff *x, int64_t outlay, uint64_t seed)
{
	struct compare_quote q;
	enum compare_verdict v = compare_send(&x->o, x->t, &x->pair, outlay, &q);
	int64_t want = plain_send(x, outlay);
	if (v == COMPARE_TOO_MUCH) /* above the tariff: what could arrive would leave money unused */
		assert_true(plain_fee(x, outlay) < 0 || on_top(x));
	else if (v != COMPARE_OK)
		assert_int_equal(want, 0);
	else if (q.gets != want || q.outlay + q.remainder != outlay || q.principal + q.fee != q.outlay)
		fail_msg("seed %llu outlay %lld: gets %lld, want %lld", (unsigned long long)seed, (long long)outlay,
		    (long long)q.gets, (long long)want);
	else if (q.better && plain_send(x, q.better) <= q.gets)
		fail_msg("seed %llu: %lld is not better", (unsigned long long)seed, (long long)q.better);
}

static void check_receive(const struct tariff *x, int64_t receipt, uint64_t seed)
{
	struct compare_quote q;
	enum compare_verdict v = compare_receive(&x->o, x->t, &x->pair, receipt, &q);
	int64_t want = plain_receive(x, receipt);
	if (v == COMPARE_OK ? q.outlay != want || q.gets < receipt : want != 0)
		fail_msg("seed %llu receipt %lld: outlay %lld, want %lld", (unsigned long long)seed, (long long)receipt,
		    v == COMPARE_OK ? (long long)q.outlay : 0LL, (long long)want);
}

static void test_against_brute_force(void **state)
{
	(void)state;
	uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);
	for (int i = 0; i < SCHEDULES; i++) {
		uint64_t at = seed;
		struct tariff x = random_tariff(&seed);
		struct err e = {0};
		assert_ok(compare_offer_check(&x.o, x.t, &e), &e);
		check_send(&x, 1 + below(&seed, 2 * SMALL), at);
		check_receive(&x, 1 + below(&seed, 200), at);
	}
}

/* More money out never means less arrives, unless the tariff says so, and then the quote says it. */
static void test_more_is_not_less(void **state)
{
	(void)state;
	uint64_t seed = 20121231;
	for (int i = 0; i < 20000; i++) {
		struct tariff x = random_tariff(&seed);
		int64_t before = 0;
		for (int64_t outlay = 1; outlay <= SMALL; outlay++) {
			struct compare_quote q;
			if (compare_send(&x.o, x.t, &x.pair, outlay, &q) != COMPARE_OK)
				continue;
			assert_true(q.gets >= before || (q.better > 0 && !on_top(&x)));
			before = q.gets > before ? q.gets : before;
		}
	}
}

static void test_jump_is_said(void **state)
{
	(void)state;
	struct compare_offer o = offer(COMPARE_FEE_DEDUCTED, "1");
	o.n_tiers = 2;
	struct compare_tier t[] = {{10000, 200, 0, 0, 0}, {50000, 900, 0, 0, 0}};
	struct compare_pair pair = {2, 2, true, rate("1")};
	struct compare_quote q;
	assert_int_equal(compare_send(&o, t, &pair, 10100, &q), COMPARE_OK);
	assert_int_equal(q.gets, 9200);
	assert_int_equal(q.better, 10000); /* 98.00 arrive of 100.00 */
	o.fee_model = COMPARE_FEE_ON_TOP;
	assert_int_equal(compare_send(&o, t, &pair, 10500, &q), COMPARE_OK); /* 100.01 would cost 109.01 */
	assert_int_equal(q.principal, 10000);
	assert_int_equal(q.remainder, 300);
	assert_int_equal(compare_send(&o, t, &pair, 60000, &q), COMPARE_TOO_MUCH);
	o.least = 5000;
	assert_int_equal(compare_send(&o, t, &pair, 5199, &q), COMPARE_TOO_LITTLE);
	assert_int_equal(compare_send(&o, t, &pair, 5200, &q), COMPARE_OK);
}

/* effective = (phi + m) / (1 + phi) for a fee on top, within the rounding of what arrives. */
static void test_identity(void **state)
{
	(void)state;
	uint64_t seed = 42;
	struct compare_pair pair = euro_peso();
	for (int i = 0; i < 1000; i++) {
		struct compare_offer o = offer(COMPARE_FEE_ON_TOP, "69.30");
		o.rate = 6000 + below(&seed, 1200);
		struct compare_tier t = {COMPARE_AMOUNT_MAX, below(&seed, 1000), below(&seed, 50000), 0, 0};
		struct compare_quote q;
		if (compare_send(&o, &t, &pair, 10000 + below(&seed, 100000), &q) != COMPARE_OK)
			continue;
		struct compare_figures f = compare_figures(&o, &pair, &q);
		double phi = (double)q.fee / (double)q.principal, m = 1 - (double)o.rate / 7035.6,
		       want = (phi + m) / (1 + phi) * 1e6;
		assert_true(want - (double)f.effective_ppm < 2 && (double)f.effective_ppm - want < 2);
		/* deducted: 1 - (1 - f/B)(1 - m), and the cost in money is that share of the outlay */
		o.fee_model = COMPARE_FEE_DEDUCTED;
		if (compare_send(&o, &t, &pair, q.outlay, &q) != COMPARE_OK)
			continue;
		f = compare_figures(&o, &pair, &q);
		want = (1 - (1 - (double)q.fee / (double)q.outlay) * (1 - m)) * 1e6;
		assert_true(want - (double)f.effective_ppm < 2 && (double)f.effective_ppm - want < 2);
		want = want * (double)q.outlay / 1e6;
		assert_true(want - (double)f.cost <= 1 && (double)f.cost - want <= 1);
	}
}

/* The three least of different providers; a service that does not tell its rate never counts. */
static void test_corridor(void **state)
{
	(void)state;
	struct compare_service s[] = {{1, true, true, 83600}, {1, true, true, 90000}, {2, true, true, 110300}, {3, true, true, 116100},
	    {4, false, true, 0}, {5, true, false, 10000}, {6, true, true, 500000}};
	int64_t mean;
	size_t n;
	assert_true(compare_three_cheapest(s, 7, &mean, &n));
	assert_int_equal(mean, 103333); /* (8.36 + 11.03 + 11.61) / 3 = 10.3333 */
	assert_false(compare_three_cheapest(s, 3, &mean, &n));
	assert_int_equal(n, 2);
	assert_true(compare_mean(s, 5, &mean, &n));
	assert_int_equal(n, 4);
	assert_int_equal(mean, 100000);
	assert_false(compare_mean(&s[4], 1, &mean, &n));
	int64_t means[] = {80000, INT64_MIN, 50000}, weights[] = {1, 100, 3};
	assert_true(compare_weighted(means, weights, 3, &mean));
	assert_int_equal(mean, 57500);
	weights[0] = weights[2] = -1;
	assert_false(compare_weighted(means, weights, 3, &mean));
}

enum { FRIDAY_17H = 29 * 1440 + 17 * 60 }; /* 1970-01-30 was a Friday */

static void test_speed(void **state)
{
	(void)state;
	const int32_t minutes[] = {-1, 59, 60, 1439, 1440, 2880, 4320, 7200, 7201};
	const enum compare_speed classes[] = {COMPARE_SPEED_UNKNOWN, COMPARE_SPEED_HOUR, COMPARE_SPEED_SAME_DAY,
	    COMPARE_SPEED_SAME_DAY, COMPARE_SPEED_NEXT_DAY, COMPARE_SPEED_2_DAYS, COMPARE_SPEED_3_TO_5, COMPARE_SPEED_3_TO_5,
	    COMPARE_SPEED_6_OR_MORE};
	for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++)
		assert_int_equal(compare_speed_class(minutes[i]), classes[i]);
	const int32_t monday[] = {32};
	struct compare_calendar here = {0x60, NULL, 0}, there = {0x60, monday, 1}, friday_rests = {0x18, NULL, 0}, never = {0x7f, NULL, 0};
	assert_int_equal(compare_arrival(FRIDAY_17H, 1440, false, &here, &there), FRIDAY_17H + 1440);
	assert_int_equal(compare_arrival(FRIDAY_17H, 1440, true, &here, &here), FRIDAY_17H + 3 * 1440);
	assert_int_equal(compare_arrival(FRIDAY_17H, 1440, true, &here, &there), FRIDAY_17H + 4 * 1440);
	assert_int_equal(compare_arrival(FRIDAY_17H + 1440, 60, true, &here, &here), 32 * 1440 + 60);
	assert_int_equal(compare_arrival(FRIDAY_17H, 8 * 60, true, &here, &here), 32 * 1440 + 60);
	assert_int_equal(compare_arrival(FRIDAY_17H, 0, true, &here, &friday_rests), 32 * 1440);
	assert_int_equal(compare_arrival(FRIDAY_17H, 0, true, &here, &never), -1);
	assert_int_equal(compare_arrival(FRIDAY_17H, -1, true, &here, &here), -1);
}

/* Published tables of Wilson's interval at 95 %: 10 of 10 from 72.2 %, 8 of 10 from 49.0 %, 1 of 1 from 20.7 %. */
static void test_dependable(void **state)
{
	(void)state;
	assert_int_equal(compare_wilson(10, 10) / 1000, 722);
	assert_int_equal(compare_wilson(8, 10) / 1000, 490);
	assert_int_equal(compare_wilson(1, 1) / 1000, 206);
	assert_int_equal(compare_wilson(0, 10), 0);
	assert_int_equal(compare_wilson(0, 0), -1);
	assert_int_equal(compare_wilson(2, 1), -1);
	assert_true(compare_wilson(99, 100) > compare_wilson(10, 10));
}

/* A corridor of offers that are all in order. */
static size_t random_offers(uint64_t *seed, struct compare_offer *o, struct compare_tier *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		o[i] = offer(below(seed, 2) ? COMPARE_FEE_ON_TOP : COMPARE_FEE_DEDUCTED, "69.30");
		o[i].rate = 6800 + below(seed, 40) * 5;
		o[i].id = (uint32_t)i;
		o[i].provider = (uint32_t)below(seed, 12);
		o[i].tiers = (uint32_t)i;
		o[i].latest = below(seed, 4) ? below(seed, 6000) : -1;
		o[i].soonest = -1;
		o[i].margin = below(seed, 10) ? COMPARE_MARGIN_MEASURED : COMPARE_MARGIN_UNKNOWN;
		o[i].pay_in = (uint16_t)(1 + below(seed, 3));
		o[i].collected = 1000000 - below(seed, 20000);
		o[i].distance_m = below(seed, 3) ? below(seed, 5) * 100 : -1;
		o[i].dependable_ppm = below(seed, 3) ? 900000 + below(seed, 5) * 1000 : -1;
		o[i].languages = 1u << below(seed, 4);
		o[i].flags |= below(seed, 9) ? 0 : COMPARE_FIRST_TRANSFER;
		t[i] = (struct compare_tier){COMPARE_AMOUNT_MAX, below(seed, 8) * 100, 0, 0, 0};
	}
	return n;
}

static struct compare_question question(enum compare_preset preset)
{
	return (struct compare_question){.amount = 14000, .preset = preset, .now = 1000000, .arrive_by = 1000000 + 3000, .languages = 3,
	    .ages = compare_ages_usual};
}

enum { N = 75 };

/* Shuffling the offers changes nothing but where they came from. */
static void test_order_of_input_does_not_matter(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	uint64_t seed = 7;
	struct compare_offer o[N], shuffled[N];
	struct compare_tier t[N];
	struct compare_row rows[N], again[N];
	struct compare_pair pair = euro_peso();
	struct err e = {0};
	for (int round = 0; round < 140; round++) {
		size_t n = random_offers(&seed, o, t, N), ranked, ranked_again;
		struct compare_question q = question((enum compare_preset)(round % COMPARE_PRESETS));
		q.receive = round % 2;
		q.amount = q.receive ? 900000 : 14000;
		memcpy(shuffled, o, sizeof o);
		for (size_t i = n - 1; i > 0; i--) {
			size_t k = (size_t)below(&seed, (uint32_t)i + 1);
			struct compare_offer swap = shuffled[i];
			shuffled[i] = shuffled[k];
			shuffled[k] = swap;
		}
		assert_ok(compare_rank(o, n, t, &pair, &q, a, rows, &ranked, &e), &e);
		assert_ok(compare_rank(shuffled, n, t, &pair, &q, a, again, &ranked_again, &e), &e);
		assert_int_equal(ranked, ranked_again);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(o[rows[i].offer].id, shuffled[again[i].offer].id);
			assert_int_equal(rows[i].rank, again[i].rank);
			assert_int_equal(rows[i].verdict, again[i].verdict);
		}
	}
}

/* What must hold of every ranking: filters kept, keys in order, one rank a provider, what is not disclosed stands apart. */
static void test_ranking(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	uint64_t seed = 99;
	struct compare_offer o[N];
	struct compare_tier t[N];
	struct compare_row rows[N];
	struct compare_pair pair = euro_peso();
	struct err e = {0};
	for (int round = 0; round < 200; round++) {
		size_t n = random_offers(&seed, o, t, N), ranked;
		struct compare_question q = question(round % 2 ? COMPARE_MOST_RECEIVED : COMPARE_ARRIVE_BY);
		q.pay_in = BANK;
		assert_ok(compare_rank(o, n, t, &pair, &q, a, rows, &ranked, &e), &e);
		uint32_t providers = 0;
		for (size_t i = 0; i < n; i++) {
			const struct compare_offer *x = &o[rows[i].offer];
			assert_true((i < ranked) == (rows[i].verdict == COMPARE_OK));
			if (i >= ranked)
				continue;
			assert_true(x->pay_in & BANK && x->margin == COMPARE_MARGIN_MEASURED && !(x->flags & COMPARE_FIRST_TRANSFER));
			assert_true(q.preset != COMPARE_ARRIVE_BY || (x->latest >= 0 && x->latest <= 3000));
			assert_true(q.now - x->collected <= 72 * 60);
			assert_true(i == 0 || rows[i - 1].quote.gets >= rows[i].quote.gets);
			if (rows[i].rank) {
				assert_false(providers >> x->provider & 1);
				providers |= 1u << x->provider;
			} else {
				assert_true(providers >> x->provider & 1);
			}
		}
	}
}

/* A rate that is not told never has a place, whatever is asked, not even where the margin of 0 that files give it would win; and what
 * is told stands in the order of what arrives or is paid. */
static void test_undisclosed_has_no_place(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	uint64_t seed = 20110331;
	struct compare_offer o[N];
	struct compare_tier t[N];
	struct compare_row rows[N];
	struct compare_pair pair = euro_peso();
	struct err e = {0};
	size_t untold = 0;
	for (int round = 0; round < 40 * COMPARE_PRESETS; round++) {
		size_t n = random_offers(&seed, o, t, N), ranked;
		struct compare_question q = question((enum compare_preset)(round % COMPARE_PRESETS));
		q.receive = round / COMPARE_PRESETS % 2;
		q.amount = q.receive ? 900000 : 14000;
		q.first_transfer = round / COMPARE_PRESETS % 4 > 1;
		for (size_t i = 0; i < n; i++)
			if (o[i].margin == COMPARE_MARGIN_UNKNOWN) {
				o[i].rate = 7035600; /* the best there can be */
				o[i].rate_scale = 5;
				t[i] = free_of_charge;
			}
		assert_ok(compare_rank(o, n, t, &pair, &q, a, rows, &ranked, &e), &e);
		for (size_t i = 0; i < n; i++) {
			bool told = o[rows[i].offer].margin != COMPARE_MARGIN_UNKNOWN;
			untold += !told;
			assert_true(told || (i >= ranked && !rows[i].rank && rows[i].verdict != COMPARE_OK));
		}
		for (size_t i = 1; i < ranked; i++) {
			const struct compare_quote *x = &rows[i - 1].quote, *y = &rows[i].quote;
			if (q.preset == COMPARE_LEAST_TO_PAY || (q.preset == COMPARE_MOST_RECEIVED && q.receive))
				assert_true(x->outlay <= y->outlay);
			else if (q.preset == COMPARE_MOST_RECEIVED)
				assert_true(x->gets >= y->gets);
		}
	}
	assert_true(untold > 1000);
}

static void test_ties_share_a_rank(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(1 << 16);
	struct compare_offer o[4];
	struct compare_tier t[] = {free_of_charge};
	struct compare_row rows[4];
	struct compare_pair pair = euro_peso();
	struct err e = {0};
	size_t ranked;
	const char *rates[] = {"69.30", "70", "70", "68"};
	for (uint32_t i = 0; i < 4; i++) {
		o[i] = offer(COMPARE_FEE_ON_TOP, rates[i]);
		o[i].id = o[i].provider = i;
		o[i].collected = 1000000;
	}
	o[1].latest = 600;
	struct compare_question q = question(COMPARE_MOST_RECEIVED);
	assert_ok(compare_rank(o, 4, t, &pair, &q, a, rows, &ranked, &e), &e);
	const uint32_t want_offer[] = {2, 1, 0, 3}, want_rank[] = {1, 1, 3, 4}; /* 2 is sooner than 1 */
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(rows[i].offer, want_offer[i]);
		assert_int_equal(rows[i].rank, want_rank[i]);
		assert_int_equal(rows[i].tied, i < 2);
	}
	q.amount = 0;
	assert_int_equal(compare_rank(o, 4, t, &pair, &q, a, rows, &ranked, &e), ERR_INVALID);
	assert_string_equal(e.field, "amount");
}

/* Each refusal names the step at fault. */
static void test_tariffs_refused(void **state)
{
	(void)state;
	struct err e = {0};
	struct compare_offer o = offer(COMPARE_FEE_ON_TOP, "69.30");
	o.n_tiers = 2;
	const struct compare_tier wrong[][2] = {{{100, 0, 0, 0, 0}, {100, 0, 0, 0, 0}}, {{100, -1, 0, 0, 0}, {200, 0, 0, 0, 0}},
	    {{100, 0, 1000001, 0, 0}, {200, 0, 0, 0, 0}}, {{100, 0, 0, 5, 4}, {200, 0, 0, 0, 0}}, {{0, 0, 0, 0, 0}, {200, 0, 0, 0, 0}}};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(compare_offer_check(&o, wrong[i], &e), ERR_INVALID);
	struct compare_tier right[] = {{100, 0, 0, 0, 0}, {200, 0, 0, 0, 0}};
	o.rate = 0;
	assert_int_equal(compare_offer_check(&o, right, &e), ERR_INVALID);
	o.margin = COMPARE_MARGIN_UNKNOWN;
	assert_ok(compare_offer_check(&o, right, &e), &e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_one_basis), cmocka_unit_test(test_rpw_row),
	    cmocka_unit_test(test_minor_units), cmocka_unit_test(test_rates), cmocka_unit_test(test_carried_forward),
	    cmocka_unit_test(test_against_brute_force), cmocka_unit_test(test_more_is_not_less), cmocka_unit_test(test_jump_is_said),
	    cmocka_unit_test(test_identity), cmocka_unit_test(test_corridor), cmocka_unit_test(test_speed),
	    cmocka_unit_test(test_order_of_input_does_not_matter), cmocka_unit_test(test_ranking),
	    cmocka_unit_test(test_undisclosed_has_no_place),
	    cmocka_unit_test(test_ties_share_a_rank), cmocka_unit_test(test_tariffs_refused), cmocka_unit_test(test_dependable)};
	return test_run(tests);
}
