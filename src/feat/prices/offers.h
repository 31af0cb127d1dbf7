#pragma once
/* Shared by the files that import offers: offers that are known, and prices on their way in. */
#include "feat/prices/quality.h"
#include "feat/prices/session.h"

struct known_offer {
	uid series, id; /* id: of the last revision of its terms */
	int64_t revision;
	bool example;
	const struct feed_offer *terms; /* what was seen in it does not count */
	/* the last price that counts */
	bool has_last;
	int64_t last_collected;
	struct compare_rate last_rate;
	uint8_t last_margin;
	const struct feed_row *newest; /* of this file */
};

/* A price that will be stored. */
struct pending {
	const struct feed_row *row;
	struct known_offer *known;
	str subject;
	bool new_terms, new_offer;
	int64_t terms_revision; /* of new terms */
	uid terms;		/* the revision of the offer's terms that it was made under */
	int64_t revision;	/* of the observation */
	const char *held; /* why it waits; NULL: it counts */
};

struct pendings {
	struct pending *p;
	size_t n, cap;
};

/* Find which of the prices look wrong. */
enum err_code offers_judge(struct session *s, struct pendings *v, struct err *e) WARN_UNUSED;
/* Store terms, tiers and observations. */
enum err_code offers_write(struct session *s, struct pendings *v, struct err *e) WARN_UNUSED;
