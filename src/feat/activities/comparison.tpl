{{include "feat/activities/comparison.h"}}

{{template comparison_page(const struct site_page *page, const struct activity *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<div class="gr-note gr-note-info"><p><strong>{{_ "Not of this programme."}}</strong> {{_ "Imported for comparison from the dataset {0}." x->dataset}}</p></div>
{{if x->description.n}}<p class="gr-lead">{{x->description}}</p>{{end}}
<dl class="gr-defs">
<dt>{{_ "Identifier"}}</dt><dd><span class="gr-code">{{x->key}}</span></dd>
{{if x->reporting}}<dt>{{_ "Reported by"}}</dt><dd>{{x->reporting->name}} {{if x->reporting->key.n}}<span class="gr-muted">{{x->reporting->key}}</span>{{end}}</dd>{{end}}
{{if x->status}}<dt>{{_ "Status"}}</dt><dd>{{tr(activity_status_label(x->status))}}</dd>{{end}}
<dt>{{_ "Period"}}</dt><dd>{{range(activity_start(x), activity_end(x))}}</dd>
<dt>{{_ "Contribution"}}</dt><dd>{{if money_is(x->contribution)}}{{x->contribution}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</dd>
</dl>
{{if x->n_orgs}}<h2 class="utrecht-heading-2">{{_ "Organisations"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_orgs; i++}}<li>{{x->orgs[i].org->name}} <span class="gr-muted">{{tr(org_role_label(x->orgs[i].role))}}</span></li>
{{end}}</ul>{{end}}
{{if x->n_countries}}<h2 class="utrecht-heading-2">{{_ "Countries"}}</h2>
<ul class="gr-plain gr-columns">
{{for size_t i = 0; i < x->n_countries; i++}}{{if x->countries[i].transaction_seq == 0}}<li>{{country(x->countries[i].country)}} {{if x->countries[i].percentage.n}}<span class="gr-muted">{{x->countries[i].percentage}} %</span>{{end}}</li>
{{end}}{{end}}</ul>{{end}}
{{if x->n_sectors}}<h2 class="utrecht-heading-2">{{_ "Sectors"}}</h2>
<ul class="gr-list">
{{for size_t i = 0; i < x->n_sectors; i++}}{{let const struct activity_sector *s = &x->sectors[i]}}{{if s->transaction_seq == 0}}<li><span lang="en">{{codelist_name("Sector", s->code, "en")}}</span> <span class="gr-muted">{{s->code}}{{if s->percentage.n}}, {{s->percentage}} %{{end}}</span></li>
{{end}}{{end}}</ul>{{end}}
{{if x->n_transactions}}<h2 class="utrecht-heading-2" id="money">{{_ "Transactions"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="money"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Date"}}</th><th scope="col">{{_ "Type"}}</th><th scope="col" class="gr-num">{{_ "Amount"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < x->n_transactions && i < 200; i++}}{{let const struct activity_transaction *t = &x->transactions[i]}}<tr><td>{{t->day}}</td><td lang="en">{{codelist_name("TransactionType", arena_fmt(page->arena, "%d", t->type), "en")}}</td><td class="gr-num">{{t->value}}</td></tr>
{{end}}</tbody></table></div>
{{if x->n_transactions > 200}}<p class="gr-muted">{{_ "The first {0} of {1}." num(200) num((int64_t)x->n_transactions)}}</p>{{end}}{{end}}
{{if x->n_indicators}}<h2 class="utrecht-heading-2" id="results">{{_ "Targets and results"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="results"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Indicator"}}</th><th scope="col" class="gr-num">{{_ "Baseline"}}</th><th scope="col" class="gr-num">{{_ "Target"}}</th><th scope="col" class="gr-num">{{_ "Result"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < x->n_indicators; i++}}{{for size_t k = 0; k < x->indicators[i].n_values; k++}}{{let const struct indicator_value *v = &x->indicators[i].values[k]}}<tr><th scope="row">{{x->indicators[i].title}}</th><td class="gr-num">{{v->baseline}}</td><td class="gr-num">{{v->target}}</td><td class="gr-num">{{v->actual}}</td></tr>
{{end}}{{end}}</tbody></table></div>{{end}}
{{if x->n_documents}}<h2 class="utrecht-heading-2">{{_ "Documents"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_documents; i++}}<li><a rel="nofollow noopener" href="{{url_external(x->documents[i].url)}}">{{if x->documents[i].title.n}}{{x->documents[i].title}}{{else}}{{x->documents[i].url}}{{end}}</a></li>
{{end}}</ul>{{end}}
{{call site_end(page)}}
{{end}}
