/* The pages of organisations: who does what in the activities, with the amounts as they are stated. */
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
	site_page_open(req, SITE_ORGANISATIONS, v.org->name, STR_NONE, &page);
	site_page_crumb(&page, i18n_text(l, MSG("Organisations")), STR("/organisations"));
	struct tpl_out o = site_out(&page, res);
	organisation_page(&o, &page, &v);
	return site_done(res, e);
}
