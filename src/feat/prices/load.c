/* The view: providers, places, promotions, and the offers with what stands beside them. */
#include "feat/prices/load.h"

#include "base/money.h"
#include "feat/prices/session.h"

enum { LOAD_SCRATCH_BYTES = 512 << 20, MINUTE_MS = 60000 };

struct loaded_file {
	str kind, name;
	sha256 hash;
	int64_t received_ms;
	bool example;
	uint32_t index; /* in the view, + 1; 0: nothing refers to it yet */
};

struct loaded_tiers {
	uint32_t first;
	uint8_t n;
};

static str uid_key(const uid *u)
{
	return (str){(const char *)u->b, sizeof u->b};
}

/* A copy in the arena; "" for what is absent. */
static enum err_code keep(struct arena *a, str from, str *to, struct err *e)
{
	*to = from.n ? arena_str(a, from) : STR("");
	return to->p ? ERR_OK : arena_fail(a, e);
}

static void *mark(size_t index)
{
	return (void *)(uintptr_t)(index + 1);
}

uint32_t load_provider_of(const struct loading *l, str key)
{
	const void *p = map_get(l->providers, key);
	return p ? (uint32_t)((uintptr_t)p - 1) : UINT32_MAX;
}

static enum err_code load_files(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(price_view_files_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_files_row r;
		bool more;
		TRY(price_view_files_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		struct loaded_file *f = ARENA_NEW(l->scratch, struct loaded_file);
		str key = arena_str(l->scratch, uid_key(&r.id));
		if (!f || !key.p || !map_set(l->files, key, f, NULL))
			return arena_fail(l->scratch, e);
		*f = (struct loaded_file){.received_ms = r.received_ms, .example = r.example};
		if (r.sha256.n == sizeof f->hash.b)
			memcpy(f->hash.b, r.sha256.p, sizeof f->hash.b);
		TRY(keep(l->scratch, r.kind, &f->kind, e));
		TRY(keep(l->scratch, r.name, &f->name, e));
	}
}

/* Only files that something current comes from are in the view. */
static enum err_code source_of(struct loading *l, const uid *file, uint32_t *ret, struct err *e)
{
	struct loaded_file *f = map_get(l->files, uid_key(file));
	*ret = 0;
	if (!f)
		return fail(e, ERR_BUG, "prices.file", "a price refers to a file that is not there");
	if (!f->index) {
		struct prices_source *s = VEC_ADD(&l->sources, l->a);
		if (!s)
			return arena_fail(l->a, e);
		*s = (struct prices_source){.hash = f->hash, .received_ms = f->received_ms, .example = f->example};
		TRY(keep(l->a, f->kind, &s->kind, e));
		TRY(keep(l->a, f->name, &s->name, e));
		f->index = (uint32_t)l->sources.n;
	}
	*ret = f->index - 1;
	return ERR_OK;
}

static enum err_code load_providers(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_provider) list = {0};
	TRY(price_view_providers_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_providers_row r;
		bool more;
		TRY(price_view_providers_next(rows, &r, &more, e));
		if (!more)
			break;
		struct prices_provider *p = VEC_ADD(&list, l->a);
		if (!p)
			return arena_fail(l->a, e);
		*p = (struct prices_provider){.licensed = r.licensed, .example = r.example};
		const struct {
			str from, *to;
		} texts[] = {{r.key, &p->key}, {r.name, &p->name}, {r.legal_name, &p->legal_name}, {r.kind, &p->kind}, {r.country, &p->country},
		    {r.supervisor, &p->supervisor}, {r.register_number, &p->register_number}, {r.founded, &p->founded},
		    {r.complaints, &p->complaints}, {r.languages, &p->languages}, {r.website, &p->website}, {r.owners, &p->owners}, {r.note, &p->note}};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			TRY(keep(l->a, texts[i].from, texts[i].to, e));
		l->v->example = l->v->example || r.example;
		if (!map_set(l->providers, p->key, mark(list.n - 1), NULL))
			return arena_fail(l->scratch, e);
	}
	l->provider_list = list.p;
	l->v->providers = list.p;
	l->v->n_providers = list.n;
	return ERR_OK;
}

static enum err_code text_of(struct loading *l, str text, uint32_t *ret, struct err *e)
{
	const void *known = text.n ? map_get(l->texts, text) : mark(0);
	str *kept;
	if (known) {
		*ret = (uint32_t)((uintptr_t)known - 1);
		return ERR_OK;
	}
	kept = VEC_ADD(&l->text_list, l->a);
	if (!kept)
		return arena_fail(l->a, e);
	TRY(keep(l->a, text, kept, e));
	*ret = (uint32_t)l->text_list.n - 1;
	return map_set(l->texts, *kept, mark(*ret), NULL) ? ERR_OK : arena_fail(l->scratch, e);
}

/* "nl;en" as bits of the view's list. More than 32 languages: the others are not asked for. */
static enum err_code languages_of(struct loading *l, str text, uint32_t *ret, struct err *e)
{
	struct str_split it = str_split_on(text, ';');
	str code;
	*ret = 0;
	while (str_next(&it, &code)) {
		size_t i = 0;
		code = str_trim(code);
		while (i < l->v->n_languages && !str_eq(l->v->languages[i], code))
			i++;
		if (i == PRICES_LANGUAGES_MAX)
			continue;
		if (i == l->v->n_languages) {
			TRY(keep(l->a, code, &l->v->languages[i], e));
			l->v->n_languages++;
		}
		*ret |= 1u << i;
	}
	return ERR_OK;
}

static enum err_code load_tiers(struct loading *l, struct err *e)
{
	VEC(struct compare_tier) list = {0}; /* how many there are is known at the end */
	AUTO_ROWS rows = NULL;
	struct loaded_tiers *now = NULL;
	uid last = UID_NONE;
	TRY(price_view_tiers_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_tiers_row r;
		bool more;
		TRY(price_view_tiers_next(rows, &r, &more, e));
		if (!more)
			break;
		if (!now || !uid_eq(r.offer, last)) {
			str key = arena_str(l->scratch, uid_key(&r.offer));
			now = ARENA_NEW(l->scratch, struct loaded_tiers);
			if (!now || !key.p || !map_set(l->tiers, key, now, NULL))
				return arena_fail(l->scratch, e);
			now->first = (uint32_t)list.n;
			last = r.offer;
		}
		struct compare_tier *t = VEC_ADD(&list, l->scratch);
		if (!t)
			return arena_fail(l->scratch, e);
		now->n++;
		*t = (struct compare_tier){.upto = r.upto_minor.has ? r.upto_minor.v : COMPARE_AMOUNT_MAX, .fixed = (int32_t)r.fixed_minor,
		    .share_ppm = (int32_t)r.share_ppm, .least = (int32_t)r.least_minor, .most = (int32_t)r.most_minor};
	}
	struct compare_tier *tiers = ARENA_ARRAY(l->a, list.n, struct compare_tier);
	if (!tiers)
		return arena_fail(l->a, e);
	if (list.n)
		memcpy(tiers, list.p, list.n * sizeof *tiers);
	l->v->tiers = tiers;
	l->v->n_tiers = list.n;
	return ERR_OK;
}

static int64_t minutes(struct opt_i64 ms)
{
	return ms.has ? ms.v / MINUTE_MS : PRICES_UNKNOWN;
}

static enum err_code detail_of(struct loading *l, const struct price_view_offers_row *r, struct prices_detail *d, struct err *e)
{
	*d = (struct prices_detail){.quoted = minutes(r->quoted_ms), .updated = minutes(r->updated_ms), .valid_until = minutes(r->valid_until_ms),
	    .asked = or_unknown(r->asked_minor), .fee = or_unknown(r->fee_minor), .gets = or_unknown(r->gets_minor), .line = (uint32_t)r->line,
	    .availability = (uint8_t)word_index(r->availability, prices_availabilities), .tracking = (int8_t)or_unknown(r->tracking),
	    .example = r->example, .promotional_fee = r->promotional_fee, .promotional_rate = r->promotional_rate};
	if (r->payload_sha256.n == sizeof d->payload.b)
		memcpy(d->payload.b, r->payload_sha256.p, sizeof d->payload.b);
	const struct {
		str from;
		uint32_t *to;
	} texts[] = {{r->product, &d->product}, {r->access_point, &d->access_point}, {r->url, &d->url}, {r->collector, &d->collector},
	    {r->identification, &d->identification}, {r->refunds, &d->refunds}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		TRY(text_of(l, texts[i].from, texts[i].to, e));
	TRY(source_of(l, &r->file, &d->source, e));
	return keep(l->a, r->key, &d->key, e);
}

static int64_t limit(struct opt_i64 v)
{
	return v.has ? v.v : 0;
}

static enum err_code offer_of(struct loading *l, const struct price_view_offers_row *r, uint32_t provider, struct compare_offer *o, struct err *e)
{
	const struct loaded_tiers *t = map_get(l->tiers, uid_key(&r->offer));
	struct compare_rate rate = {0};
	if (!t)
		return fail(e, ERR_BUG, "prices.tiers", "an offer has no tariff");
	if (r->rate.p)
		TRY(compare_rate_parse(r->rate, &rate, e));
	*o = (struct compare_offer){.rate = rate.digits, .rate_scale = rate.scale, .least = limit(r->least_minor), .most = limit(r->most_minor),
	    .collected = r->collected_ms / MINUTE_MS, .id = (uint32_t)l->v->n_offers, .provider = provider, .tiers = t->first, .n_tiers = t->n,
	    .soonest = (int32_t)or_unknown(r->soonest_minutes), .latest = (int32_t)or_unknown(r->latest_minutes),
	    .receive_fee = (int32_t)or_unknown(r->receive_fee_minor), .dependable_ppm = -1, .distance_m = -1, .pay_in = (uint16_t)r->pay_in,
	    .payout = (uint16_t)r->payout, .fee_model = (uint8_t)word_index(r->fee_model, prices_fee_models),
	    .margin = (uint8_t)word_index(r->margin, prices_margins), .method = (uint8_t)word_index(r->method, prices_methods),
	    .flags = (uint8_t)((r->round_down ? COMPARE_FLOOR : 0) | (r->business_days ? COMPARE_BUSINESS_DAYS : 0) |
		(r->first_transfer ? COMPARE_FIRST_TRANSFER : 0) | (l->provider_list[provider].licensed ? COMPARE_LICENSED : 0))};
	return languages_of(l, r->languages, &o->languages, e);
}

/* The corridor that the offer belongs to; they come sorted. */
static enum err_code into_corridor(struct loading *l, const struct price_view_offers_row *r, struct err *e)
{
	struct prices_corridor *c = l->corridors.n ? &l->corridors.p[l->corridors.n - 1] : NULL;
	if (!c || !str_eq(c->send_country, r->send_country) || !str_eq(c->send_currency, r->send_currency) ||
	    !str_eq(c->receive_country, r->receive_country) || !str_eq(c->receive_currency, r->receive_currency)) {
		c = VEC_ADD(&l->corridors, l->a);
		if (!c)
			return arena_fail(l->a, e);
		c->first_offer = l->v->n_offers;
		c->example_at = r->example ? r->collected_ms / MINUTE_MS : PRICES_UNKNOWN;
		c->pair.send_digits = (uint8_t)money_exponent(r->send_currency);
		c->pair.receive_digits = (uint8_t)money_exponent(r->receive_currency);
		TRY(keep(l->a, r->send_country, &c->send_country, e));
		TRY(keep(l->a, r->send_currency, &c->send_currency, e));
		TRY(keep(l->a, r->receive_country, &c->receive_country, e));
		TRY(keep(l->a, r->receive_currency, &c->receive_currency, e));
		c->averages_of = STR("");
	}
	c->n_offers++;
	c->example |= r->example;
	if (!r->example)
		c->example_at = PRICES_UNKNOWN;
	else if (c->example_at != PRICES_UNKNOWN && r->collected_ms / MINUTE_MS > c->example_at)
		c->example_at = r->collected_ms / MINUTE_MS;
	return ERR_OK;
}

enum err_code load_offers(struct loading *l, struct err *e)
{
	struct price_view_count_row count;
	AUTO_ROWS rows = NULL;
	TRY(load_tiers(l, e));
	TRY(price_view_count(l->db, l->programme, l->scratch, &count, e));
	if (count.offers > PRICES_VIEW_OFFERS_MAX)
		return fail(e, ERR_LIMIT, "prices.offers", "there are more than %d offers", PRICES_VIEW_OFFERS_MAX);
	l->offers = ARENA_ARRAY(l->a, (size_t)count.offers, struct compare_offer);
	l->details = ARENA_ARRAY(l->a, (size_t)count.offers, struct prices_detail);
	if (!l->offers || !l->details)
		return arena_fail(l->a, e);
	TRY(price_view_offers_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_offers_row r;
		bool more;
		TRY(price_view_offers_next(rows, &r, &more, e));
		if (!more || l->v->n_offers == (size_t)count.offers)
			break;
		uint32_t provider = load_provider_of(l, r.provider);
		if (provider == UINT32_MAX)
			return fail(e, ERR_BUG, "prices.provider", "an offer has no provider");
		TRY(offer_of(l, &r, provider, &l->offers[l->v->n_offers], e));
		TRY(detail_of(l, &r, &l->details[l->v->n_offers], e));
		TRY(into_corridor(l, &r, e));
		l->provider_list[provider].n_offers++;
		l->v->n_offers++;
	}
	l->v->offers = l->offers;
	l->v->details = l->details;
	return ERR_OK;
}

static enum err_code load_promotions(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_promotion) list = {0};
	TRY(price_view_promotions_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_promotions_row r;
		bool more;
		TRY(price_view_promotions_next(rows, &r, &more, e));
		if (!more)
			break;
		struct prices_promotion *p = VEC_ADD(&list, l->a);
		if (!p)
			return arena_fail(l->a, e);
		*p = (struct prices_promotion){.provider = load_provider_of(l, r.provider), .starts = r.starts_day, .ends = r.ends_day, .example = r.example};
		const struct {
			str from, *to;
		} texts[] = {{r.key, &p->key}, {r.offer, &p->offer}, {r.text, &p->text}, {r.code, &p->code}, {r.source, &p->source},
		    {r.approved_by, &p->approved_by}};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			TRY(keep(l->a, texts[i].from, texts[i].to, e));
	}
	l->v->promotions = list.p;
	l->v->n_promotions = list.n;
	return ERR_OK;
}

/* "-55.2038" degrees as millionths. */
static int32_t degrees(str text)
{
	struct compare_rate r;
	bool negative = text.n && text.p[0] == '-';
	str digits = negative ? str_sub(text, 1, text.n) : text;
	if (compare_rate_parse(digits, &r, NULL) != ERR_OK)
		return digits.n ? 0 : INT32_MIN; /* 0 is no rate, but a place */
	int64_t v = r.digits;
	for (int scale = r.scale; scale < 6; scale++)
		v *= 10;
	for (int scale = r.scale; scale > 6; scale--)
		v /= 10;
	return (int32_t)(negative ? -v : v);
}

static enum err_code load_locations(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_location) list = {0};
	TRY(price_view_locations_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_locations_row r;
		bool more;
		TRY(price_view_locations_next(rows, &r, &more, e));
		if (!more)
			break;
		struct prices_location *p = VEC_ADD(&list, l->a);
		if (!p)
			return arena_fail(l->a, e);
		*p = (struct prices_location){.provider = load_provider_of(l, r.provider), .latitude_e6 = degrees(r.latitude),
		    .longitude_e6 = degrees(r.longitude), .cash_limit = or_unknown(r.cash_limit_minor), .wheelchair = (int8_t)or_unknown(r.wheelchair),
		    .confirmed = r.confirmed_day, .example = r.example};
		const struct {
			str from, *to;
		} texts[] = {{r.key, &p->key}, {r.country, &p->country}, {r.place, &p->place}, {r.address, &p->address}, {r.hours, &p->hours},
		    {r.services, &p->services}, {r.languages, &p->languages}, {r.currency, &p->currency}};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			TRY(keep(l->a, texts[i].from, texts[i].to, e));
	}
	l->v->locations = list.p;
	l->v->n_locations = list.n;
	return ERR_OK;
}

enum err_code prices_view_load(struct db *c, int64_t programme, struct arena *a, const struct prices_view **ret_view, struct err *e)
{
	AUTO_ARENA scratch = arena_new(LOAD_SCRATCH_BYTES);
	struct prices_view *v = ARENA_NEW(a, struct prices_view);
	if (!v)
		return arena_fail(a, e);
	if (!scratch)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	struct loading l = {.db = c, .programme = programme, .a = a, .scratch = scratch, .v = v, .providers = map_new(scratch, 1),
	    .files = map_new(scratch, 2), .tiers = map_new(scratch, 3), .texts = map_new(scratch, 4)};
	str *none = VEC_ADD(&l.text_list, a);
	if (!l.providers || !l.files || !l.tiers || !l.texts || !none)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*none = STR("");
	TRY(load_files(&l, e));
	TRY(load_providers(&l, e));
	TRY(load_offers(&l, e));
	TRY(load_experiences(&l, e));
	TRY(load_corridors(&l, e));
	TRY(load_calendars(&l, e));
	TRY(load_promotions(&l, e));
	TRY(load_locations(&l, e));
	v->sources = l.sources.p;
	v->n_sources = l.sources.n;
	v->texts = l.text_list.p;
	v->n_texts = l.text_list.n;
	*ret_view = v;
	return ERR_OK;
}
