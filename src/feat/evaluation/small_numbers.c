/* Shares of counts, told so that few cases look like few cases. */
#include "engine/stats/stats.h"
#include "feat/evaluation/parts.h"

str answer_share(struct answer *w, uint64_t k, uint64_t n)
{
	AUTO_BUF counted = BUF_INIT(64), all = BUF_INIT(64), percent = BUF_INIT(64);
	decimal ratio;
	i18n_add_num(&counted, w->lang, (int64_t)k);
	i18n_add_num(&all, w->lang, (int64_t)n);
	if (n < SMALL_NUMBER || !decimal_div(decimal_of((int64_t)k), decimal_of((int64_t)n), &ratio))
		return answer_words(w, MSG("{0} of {1}"), (str[]){buf_str(&counted), buf_str(&all)}, 2);
	i18n_add_percent(&percent, w->lang, ratio, 0);
	return answer_words(w, MSG("{0} of {1} ({2})"), (str[]){buf_str(&counted), buf_str(&all), buf_str(&percent)}, 3);
}

enum err_code figure_share(struct figure *f, uint64_t k, uint64_t n, struct arena *a, struct err *e)
{
	struct figure_input *in = ARENA_ARRAY(a, 2, struct figure_input);
	struct stats_share s;
	if (!in)
		return arena_fail(a, e);
	in[0] = (struct figure_input){STR("counted"), decimal_of((int64_t)k), STR("")};
	in[1] = (struct figure_input){STR("all"), decimal_of((int64_t)n), STR("")};
	f->type = FIGURE_SHARE;
	f->inputs = in;
	f->n_inputs = 2;
	f->value = DECIMAL_NONE;
	f->low = f->high = (double)NAN;
	f->known = stats_share(k, n, &s) && decimal_div(in[0].value, in[1].value, &f->value);
	if (f->known) {
		f->low = s.lo;
		f->high = s.hi;
	}
	return ERR_OK;
}
