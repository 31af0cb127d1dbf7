#pragma once
/* Inside of the slice: prices that look wrong are kept but held back until a person lets them count. Pure. The rules are those of
 * the method page, section on data quality; a price that repeats one that counts is not judged again. */
#include "feat/prices/prices.h"

enum { QUALITY_PAST_MAX = 200, QUALITY_REASON = 200 };

/* What another offer of the corridor would give now. */
struct quality_peer {
	uint32_t provider;  /* any number, equal for one provider */
	int64_t implied;    /* received per million minor units handed over; 0: not known */
	struct compare_rate rate;
	uint64_t tariff;    /* hash of its steps and fee model */
	bool measured;
};

struct quality_case {
	const struct compare_offer *offer;
	const struct compare_tier *tiers; /* of the offer: index 0 is its first */
	const struct compare_pair *pair;  /* benchmark on the day of the price */
	bool promotion;			  /* the fee, the rate or the whole is one */
	int64_t asked, fee, gets;	  /* as quoted, -1: not told */
	int64_t usual;			  /* minor units of about USD 200 */
	/* the last price of the offer that counts */
	bool has_before;
	struct compare_rate before, benchmark_before; /* benchmark_before.digits 0: not known */
	const int64_t *margins; /* ppm, of the last 30 days */
	size_t n_margins;
	const struct quality_peer *self;
	const struct quality_peer *peers; /* of the corridor, those of a provider beside each other; self may be among them */
	size_t n_peers;
};

/* True when it must be held back; reason is one sentence of less than QUALITY_REASON bytes. */
bool quality_hold(const struct quality_case *c, char reason[QUALITY_REASON]);

/* What is received for each million minor units handed over, about `usual` of them; 0 when it cannot be said. */
int64_t quality_implied(const struct compare_offer *o, const struct compare_tier *tiers, const struct compare_pair *pair, int64_t usual);
uint64_t quality_tariff_hash(const struct compare_offer *o, const struct compare_tier *tiers);
/* (M - R) / M in ppm, half away from zero. */
int64_t quality_margin(struct compare_rate applied, struct compare_rate benchmark);
