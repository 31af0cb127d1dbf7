/* What a view knows of how transfers went. */
#include "feat/prices/experience.h"
#include "feat/prices/experience_list.sql.h"
#include "feat/prices/load.h"
#include "feat/prices/session.h"

const char *const prices_verifications[] = {"none", "office", "mystery shop", NULL};

static enum err_code keep(struct arena *a, str from, str *to, struct err *e)
{
	*to = from.n ? arena_str(a, from) : STR("");
	return to->p ? ERR_OK : arena_fail(a, e);
}

static uint8_t stars(struct opt_i64 v)
{
	return (uint8_t)(v.has ? v.v : 0);
}

bool prices_as_promised(const struct prices_experience *x)
{
	const uint8_t *s = x->stars;
	return s[PRICES_ARRIVED] >= PRICES_PROMISED && (!s[PRICES_SPEED] || s[PRICES_SPEED] >= PRICES_PROMISED) &&
	    (!s[PRICES_PRICE] || s[PRICES_PRICE] >= PRICES_PROMISED);
}

static void count(struct prices_said *said, const struct prices_experience *x)
{
	said->n++;
	said->promised += prices_as_promised(x);
	for (size_t i = 0; i < PRICES_ASPECTS; i++)
		if (x->stars[i])
			said->counts[i][x->stars[i] - 1]++;
}

/* The share that went as promised, for the order "most dependable". */
static void give_to_offers(struct loading *l)
{
	for (size_t i = 0; i < l->v->n_providers; i++) {
		const struct prices_said *said = &l->provider_list[i].said;
		l->provider_list[i].dependable_ppm = said->n ? compare_wilson(said->promised, said->n) : -1;
	}
	for (size_t i = 0; i < l->v->n_offers; i++)
		l->offers[i].dependable_ppm = l->provider_list[l->offers[i].provider].dependable_ppm;
}

enum err_code load_experiences(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct prices_experience) list = {0};
	TRY(price_view_experiences_open(l->db, l->programme, &rows, e));
	for (;;) {
		struct price_view_experiences_row r;
		bool more;
		TRY(price_view_experiences_next(rows, &r, &more, e));
		if (!more)
			break;
		struct prices_experience *x = VEC_ADD(&list, l->a);
		if (!x)
			return arena_fail(l->a, e);
		*x = (struct prices_experience){.provider = load_provider_of(l, r.provider), .day = r.day, .example = r.example,
		    .verification = (uint8_t)word_index(r.verification, prices_verifications),
		    .stars = {(uint8_t)r.arrived, stars(r.speed), stars(r.price), stars(r.help)}};
		if (x->provider == UINT32_MAX)
			return fail(e, ERR_BUG, "prices.provider", "an experience has no provider");
		const struct {
			str from, *to;
		} texts[] = {{r.country, &x->country}, {r.text, &x->text}, {r.lang, &x->lang}, {r.reply, &x->reply}};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			TRY(keep(l->a, texts[i].from, texts[i].to, e));
		struct prices_said *said = &l->provider_list[x->provider].said;
		if (!said->n)
			said->first = list.n - 1;
		count(said, x);
	}
	l->v->experiences = list.p;
	l->v->n_experiences = list.n;
	give_to_offers(l);
	return ERR_OK;
}
