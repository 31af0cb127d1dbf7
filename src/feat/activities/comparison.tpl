{{include "feat/activities/comparison.h"}}
{{include "feat/activities/parts.h"}}

{{template comparison_text(const struct activity *x, str text)}}
<span{{if x->lang.n}} lang="{{x->lang}}"{{end}}>{{text}}</span>
{{end}}

{{template comparison_amount(const struct comparison_sum *s)}}
{{if money_is(s->sum)}}{{s->sum}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}{{if s->n_without && money_is(s->sum)}} <span class="gr-small gr-muted">({{n "{0} without amount" "{0} without amount" s->n_without}})</span>{{end}}
{{end}}

{{template comparison_identity(const struct activity *x)}}
<dl class="gr-defs">
<dt>{{_ "Identifier"}}</dt><dd><span class="gr-code">{{x->key}}</span></dd>
{{if x->reporting}}<dt>{{_ "Reported by"}}</dt><dd><span lang="en">{{x->reporting->name}}</span> {{if x->reporting->key.n}}<span class="gr-muted">{{x->reporting->key}}</span>{{end}}</dd>{{end}}
{{if x->status}}<dt>{{_ "Status"}}</dt><dd>{{tr(activity_status_label(x->status))}}</dd>{{end}}
<dt>{{_ "Period"}}</dt><dd>{{if activity_start(x).precision || activity_end(x).precision}}{{range(activity_start(x), activity_end(x))}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</dd>
<dt>{{_ "Contribution"}}</dt><dd>{{if money_is(x->contribution)}}{{x->contribution}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</dd>
</dl>
{{if x->n_orgs}}<h2 class="utrecht-heading-2">{{_ "Organisations"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_orgs; i++}}<li><span lang="en">{{x->orgs[i].org->name}}</span> <span class="gr-muted">{{tr(org_role_label(x->orgs[i].role))}}</span></li>
{{end}}</ul>{{end}}
{{if x->n_countries}}<h2 class="utrecht-heading-2">{{_ "Countries"}}</h2>
<ul class="gr-plain gr-columns">
{{for size_t i = 0; i < x->n_countries; i++}}{{if x->countries[i].transaction_seq == 0}}<li>{{country(x->countries[i].country)}} {{if x->countries[i].percentage.n}}<span class="gr-muted">{{x->countries[i].percentage}} %</span>{{end}}</li>
{{end}}{{end}}</ul>{{end}}
{{if x->n_sectors}}<h2 class="utrecht-heading-2">{{_ "Sectors"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_sectors; i++}}{{let const struct activity_sector *s = &x->sectors[i]}}{{if s->transaction_seq == 0}}<li><span lang="en">{{codelist_name("Sector", s->code, "en")}}</span> <span class="gr-muted">{{s->code}}{{if s->percentage.n}}, {{s->percentage}} %{{end}}</span></li>
{{end}}{{end}}</ul>{{end}}
{{end}}

{{template comparison_budgets(const struct comparison_view *v)}}
{{let const struct activity *x = v->x}}
{{if x->n_budgets}}<h2 class="utrecht-heading-2" id="budgets">{{_ "Budgets"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->budgets.n; i++}}{{let const struct comparison_sum *s = &v->budgets.p[i]}}<li>{{if s->type == 2}}{{_ "Revised budgets together:"}}{{else}}{{_ "Original budgets together:"}}{{end}} <strong>{{call comparison_amount(s)}}</strong></li>
{{end}}{{for size_t i = 0; i < v->disbursements.n; i++}}<li>{{_ "Planned payments together:"}} <strong>{{call comparison_amount(&v->disbursements.p[i])}}</strong></li>
{{end}}</ul>
<p class="gr-small gr-muted">{{_ "Original and revised budgets are about the same money and must not be added up."}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="budgets"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Period"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col" class="gr-num">{{_ "Amount"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < x->n_budgets && i < COMPARISON_ROWS_MAX; i++}}{{let const struct activity_budget *b = &x->budgets[i]}}<tr><td>{{range(pdate_of(b->period_start), pdate_of(b->period_end))}}</td><td>{{if b->planned_disbursement}}{{_ "Planned payment"}}{{else}}{{tr(comparison_budget(b->type, b->status))}}{{end}}</td><td class="gr-num">{{if money_is(b->value)}}{{b->value}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td></tr>
{{end}}</tbody></table></div>
{{if x->n_budgets > COMPARISON_ROWS_MAX}}<p class="gr-muted">{{_ "The first {0} of {1}." num(COMPARISON_ROWS_MAX) num((int64_t)x->n_budgets)}}</p>{{end}}{{end}}
{{end}}

{{template comparison_type(const struct site_page *page, int type)}}
{{let const char *label = comparison_transaction(type)}}
{{if label}}{{tr(label)}}{{else}}<span lang="en">{{comparison_code(page, "TransactionType", type)}}</span>{{end}}
{{end}}

{{template comparison_money(const struct site_page *page, const struct comparison_view *v)}}
{{let const struct activity *x = v->x}}
{{if x->n_transactions}}<h2 class="utrecht-heading-2" id="money">{{_ "Transactions"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="money"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Type"}}</th><th scope="col">{{_ "Currency"}}</th><th scope="col" class="gr-num">{{_ "Number"}}</th><th scope="col" class="gr-num">{{_ "Sum"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < v->transactions.n; i++}}{{let const struct comparison_sum *s = &v->transactions.p[i]}}<tr><th scope="row">{{call comparison_type(page, s->type)}}</th><td>{{if money_is(s->sum)}}{{s->sum.currency}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td class="gr-num">{{num((int64_t)s->n)}}</td><td class="gr-num">{{call comparison_amount(s)}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-small gr-muted">{{_ "Sums are per type and currency. Commitments and the payments that follow from them are the same money and must not be added up."}}</p>
<details class="gr-more"><summary>{{_ "Each transaction"}}</summary>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "Each transaction"}}"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Date"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col">{{_ "From and to"}}</th><th scope="col" class="gr-num">{{_ "Amount"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < x->n_transactions && i < COMPARISON_ROWS_MAX; i++}}{{let const struct activity_transaction *t = &x->transactions[i]}}<tr><td>{{t->day}}</td><td>{{call comparison_type(page, t->type)}}{{if t->description.n}}<div class="gr-small gr-muted">{{call comparison_text(x, t->description)}}</div>{{end}}</td><td lang="en">{{if t->provider}}{{t->provider->name}}{{end}}{{if t->provider && t->receiver}} → {{end}}{{if t->receiver}}{{t->receiver->name}}{{end}}</td><td class="gr-num">{{if money_is(t->value)}}{{t->value}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td></tr>
{{end}}</tbody></table></div>
{{if x->n_transactions > COMPARISON_ROWS_MAX}}<p class="gr-muted">{{_ "The first {0} of {1}." num(COMPARISON_ROWS_MAX) num((int64_t)x->n_transactions)}}</p>{{end}}
</details>{{end}}
{{end}}

{{template comparison_value(decimal d, str as_written)}}
{{if !decimal_is_none(d)}}{{dec(d, 4)}}{{elif as_written.n}}{{as_written}}{{else}}<span class="gr-missing">–</span><span class="gr-hidden">{{_ "not known"}}</span>{{end}}
{{end}}

{{template comparison_results(const struct comparison_view *v)}}
{{let const struct activity *x = v->x}}
{{if x->n_indicators}}<h2 class="utrecht-heading-2" id="results">{{_ "Targets and results"}}</h2>
<p>{{call site_targets(v->targets.met, target_tally_both(&v->targets), v->targets.no_result)}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="results"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Result and indicator"}}</th><th scope="col">{{_ "Period"}}</th><th scope="col" class="gr-num">{{_ "Baseline"}}</th><th scope="col" class="gr-num">{{_ "Target"}}</th><th scope="col" class="gr-num">{{_ "Result"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < x->n_indicators; i++}}{{let const struct indicator *in = &x->indicators[i]}}
{{if !in->n_values}}<tr><th scope="row">{{call comparison_indicator(x, in)}}</th><td colspan="4"><span class="gr-missing">{{_ "no figures given"}}</span></td></tr>{{end}}
{{for size_t k = 0; k < in->n_values; k++}}{{let const struct indicator_value *f = &in->values[k]}}<tr><th scope="row">{{call comparison_indicator(x, in)}}{{if f->dimension.n}}<div class="gr-small gr-muted">{{call comparison_text(x, f->dimension)}}</div>{{end}}</th><td>{{if date_is(f->period_start) || date_is(f->period_end)}}{{range(pdate_of(f->period_start), pdate_of(f->period_end))}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td class="gr-num">{{call comparison_value(f->baseline_num, f->baseline)}}</td><td class="gr-num">{{call comparison_value(f->target_num, f->target)}}</td><td class="gr-num">{{call comparison_value(f->actual_num, f->actual)}}{{if in->unit.n}} <span class="gr-small gr-muted">{{in->unit}}</span>{{end}}</td></tr>
{{end}}{{end}}</tbody></table></div>{{end}}
{{end}}

{{template comparison_indicator(const struct activity *x, const struct indicator *in)}}
{{call comparison_text(x, in->title)}}<div class="gr-small gr-muted">{{tr(comparison_result(in->result_type))}}{{if in->result_title.n && !str_eq(in->result_title, in->title)}}: {{call comparison_text(x, in->result_title)}}{{end}}</div>
{{end}}

{{template comparison_links(const struct site_page *page, const struct comparison_view *v)}}
{{if v->n_links}}<h2 class="utrecht-heading-2">{{_ "Related activities"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < v->n_links; i++}}{{let const struct comparison_link *l = &v->links[i]}}<li>{{tr(comparison_relation(l->related->type))}}: {{if l->row}}{{let str lang = list_lang(l->row, false)}}<a{{if lang.n}} lang="{{lang}}"{{end}} href="{{site_url_of(page, "/comparison/", l->row->key)}}">{{l->row->title}}</a> <span class="gr-small gr-muted">{{l->row->key}}</span>{{else}}<span class="gr-code">{{l->related->ref}}</span> <span class="gr-small gr-muted">({{_ "not imported here"}})</span>{{end}}</li>
{{end}}</ul>
{{if v->x->n_related > v->n_links}}<p class="gr-muted">{{_ "The first {0} of {1}." num((int64_t)v->n_links) num((int64_t)v->x->n_related)}}</p>{{end}}{{end}}
{{end}}

{{template comparison_page(const struct site_page *page, const struct comparison_view *v)}}
{{let const struct activity *x = v->x}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1"{{if page->title_lang}} lang="{{page->title_lang}}"{{end}}>{{page->title}}</h1>
<div class="gr-note gr-note-info"><p><strong>{{_ "Not of this programme."}}</strong> {{_ "Imported for comparison from the dataset {0}." comparison_dataset(x->dataset)}}</p></div>
{{if x->description.n}}<p class="gr-lead">{{call comparison_text(x, x->description)}}</p>{{end}}
{{call comparison_identity(x)}}
{{call comparison_budgets(v)}}
{{call comparison_money(page, v)}}
{{call comparison_results(v)}}
{{call comparison_links(page, v)}}
{{if x->n_documents}}<h2 class="utrecht-heading-2">{{_ "Documents"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_documents; i++}}<li><a rel="nofollow noopener" href="{{url_external(x->documents[i].url)}}">{{if x->documents[i].title.n}}{{x->documents[i].title}}{{else}}{{x->documents[i].url}}{{end}}</a></li>
{{end}}</ul>{{end}}
{{call site_end(page)}}
{{end}}
