/* The page of one imported activity, read from the database. */
#include "feat/activities/comparison.h"

#include "db/db.h"
#include "feat/activities/comparison.tpl.h"
#include "feat/programme/programme.h"

enum err_code page_comparison_activity(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	const struct activity *x;
	AUTO_DB c = NULL;
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	TRY(activity_load(c, public_view_of(req)->programme->programme, false, http_param(req, 0)->text, req->arena,
	    &x, e));
	site_page_open(req, SITE_OTHER, x->title.n ? x->title : x->key, STR_NONE, &page);
	site_page_crumb(&page, i18n_text((enum lang)req->lang, MSG("Comparison activities")), STR("/comparison"));
	struct tpl_out o = site_out(&page, res);
	comparison_page(&o, &page, x);
	return site_done(res, e);
}
