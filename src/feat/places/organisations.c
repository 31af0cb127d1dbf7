/* The pages of organisations: who does what in the activities, with the amounts as they are stated. */
#include <stdlib.h>

#include "feat/places/organisations.tpl.h"
#include "feat/places/parts.h"

static bool carries_out(const struct activity *x, const struct organisation *o)
{
	return x->implementer && uid_eq(x->implementer->id, o->id);
}

static void count_amount(struct org_total *t, money amount)
{
	if (!money_is(amount) || !money_add(&t->sum, amount))
		t->n_unknown++;
}

static enum err_code add_part(struct org_view *v, struct arena *a, const struct part_row *row, struct err *e)
{
	struct part_row *added = VEC_ADD(&v->parts, a);
	if (!added)
		return arena_fail(a, e);
	*added = *row;
	count_amount(row->leads ? &v->leads : &v->roles[row->role], row->amount);
	return ERR_OK;
}

/* The implementer stands in the activity itself; its line among the participants says where it is named. */
static enum err_code add_lead(struct org_view *v, const struct activity *x, struct arena *a, struct err *e)
{
	struct part_row row = {x, ORG_ROLE_IMPLEMENTER, true, x->contribution, x->source_line, STR_NONE};
	for (size_t i = 0; i < x->n_orgs; i++) {
		const struct participating_org *p = &x->orgs[i];
		if (p->role == ORG_ROLE_IMPLEMENTER && uid_eq(p->org->id, v->org->id)) {
			row.source_line = p->source_line;
			row.note = p->note;
		}
	}
	v->leads.activities++;
	return add_part(v, a, &row, e);
}

static enum err_code gather_activity(struct org_view *v, const struct activity *x, struct arena *a, struct err *e)
{
	bool leads = carries_out(x, v->org), has[PLACE_ORG_ROLES] = {0};
	if (leads) {
		has[ORG_ROLE_IMPLEMENTER] = true;
		TRY(add_lead(v, x, a, e));
	}
	for (size_t i = 0; i < x->n_orgs; i++) {
		const struct participating_org *p = &x->orgs[i];
		if (!uid_eq(p->org->id, v->org->id) || (leads && p->role == ORG_ROLE_IMPLEMENTER))
			continue;
		has[p->role] = true;
		struct part_row row = {x, p->role, false, p->amount, p->source_line, p->note};
		TRY(add_part(v, a, &row, e));
	}
	bool any = false;
	for (size_t role = 0; role < PLACE_ORG_ROLES; role++) {
		v->roles[role].activities += has[role];
		any |= has[role];
	}
	v->activities += any;
	return ERR_OK;
}

enum err_code org_gather(const struct register_view *r, struct arena *a, struct org_view *v, struct err *e)
{
	for (size_t i = 0; i < r->own.n; i++)
		TRY(gather_activity(v, r->activities[i], a, e));
	return ERR_OK;
}

static int by_common(const void *a, const void *b)
{
	const struct org_peer *x = a, *y = b;
	if (x->activities != y->activities)
		return x->activities < y->activities ? 1 : -1;
	return i18n_compare(x->org->name, y->org->name);
}

static enum err_code count_peer(struct org_view *v, const struct organisation *o, struct arena *a, struct err *e)
{
	vec_each(peer, &v->peers)
		if (uid_eq(peer->org->id, o->id)) {
			peer->activities++;
			return ERR_OK;
		}
	struct org_peer *added = VEC_ADD(&v->peers, a);
	if (!added)
		return arena_fail(a, e);
	*added = (struct org_peer){o, 1};
	return ERR_OK;
}

/* Is the organisation of part i among the implementer and the parts in front of it? */
static bool counted(const struct activity *x, size_t i)
{
	const struct organisation *o = x->orgs[i].org;
	bool before = carries_out(x, o);
	for (size_t k = 0; k < i; k++)
		before |= uid_eq(x->orgs[k].org->id, o->id);
	return before;
}

enum err_code org_gather_peers(struct arena *a, struct org_view *v, struct err *e)
{
	const struct activity *last = NULL; /* parts of one activity stand together */
	vec_each(part, &v->parts) {
		const struct activity *x = part->x;
		if (x == last)
			continue;
		last = x;
		if (x->implementer && !carries_out(x, v->org))
			TRY(count_peer(v, x->implementer, a, e));
		for (size_t i = 0; i < x->n_orgs; i++)
			if (!uid_eq(x->orgs[i].org->id, v->org->id) && !counted(x, i))
				TRY(count_peer(v, x->orgs[i].org, a, e));
	}
	if (v->peers.n)
		qsort(v->peers.p, v->peers.n, sizeof *v->peers.p, by_common);
	return ERR_OK;
}

enum err_code page_organisations(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct register_view *r = public_view_of(req)->activities;
	struct org_view *rows = ARENA_ARRAY(req->arena, r->n_orgs, struct org_view);
	if (!rows)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < r->n_orgs; i++) {
		rows[i].org = &r->orgs[i];
		TRY(org_gather(r, req->arena, &rows[i], e));
	}
	site_page_open(req, SITE_ORGANISATIONS, i18n_text((enum lang)req->lang, MSG("Organisations")), STR_NONE, &page);
	struct tpl_out o = site_out(&page, res);
	organisations_page(&o, &page, rows, r->n_orgs);
	return site_done(res, e);
}

enum err_code page_organisation(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	enum lang l = (enum lang)req->lang;
	const struct register_view *r = public_view_of(req)->activities;
	struct org_view v = {.org = register_org(r, http_param(req, 0)->text)};
	if (!v.org)
		return fail(e, ERR_NOT_FOUND, "organisation", "there is no such organisation");
	TRY(org_gather(r, req->arena, &v, e));
	TRY(org_gather_peers(req->arena, &v, e));
	site_page_open(req, SITE_ORGANISATIONS, v.org->name, STR_NONE, &page);
	page.title_lang = "en";
	site_page_crumb(&page, i18n_text(l, MSG("Organisations")), STR("/organisations"));
	struct tpl_out o = site_out(&page, res);
	organisation_page(&o, &page, &v);
	return site_done(res, e);
}
