{{include "feat/evaluation/whatif_page.h"}}

{{template whatif_choose(const struct site_page *page, const struct whatif_view *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Choose a table, change a rule or a threshold in it, and see which judgements would come out differently, and why. It happens in a copy: nothing is stored, and the rules stay as they are."}}</p>
{{for size_t i = 0; i < x->n_choices; i++}}{{let const struct whatif_choice *c = &x->choices[i]}}<h2 class="utrecht-heading-2">{{c->title}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t k = 0; k < c->n; k++}}<li><a href="{{whatif_link(page, c->v->source.key, c->tables[k].name)}}">{{c->tables[k].title}}</a></li>
{{end}}</ul>
{{end}}
{{if !x->n_choices}}<p>{{_ "The programme has no rules that the evaluation judges by."}}</p>{{end}}
{{call site_end(page)}}
{{end}}

{{template whatif_title(const struct site_page *page, const struct change *k)}}{{if k->link.n}}<a href="{{whatif_about(page, k)}}">{{call whatif_words(k)}}</a>{{else}}{{call whatif_words(k)}}{{end}}{{end}}

{{template whatif_words(const struct change *k)}}{{if k->title_lang.n}}<span lang="{{k->title_lang}}">{{k->title}}</span>{{else}}{{k->title}}{{end}}{{end}}

{{template whatif_changes(const struct site_page *page, const struct whatif_view *x)}}
{{let const struct changes *c = &x->changes}}
<h2 class="utrecht-heading-2" id="changes">{{_ "What would change"}}</h2>
<p role="status"><strong>{{if !x->trial->n_changed}}{{_ "Nothing was changed in the table."}} {{end}}{{n "{1} of {0} judgement comes out differently." "{1} of {0} judgements come out differently." c->judged num((int64_t)c->n)}}</strong></p>
{{if c->n}}<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="changes"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "What is judged"}}</th><th scope="col">{{_ "By the rule as it is"}}</th><th scope="col">{{_ "By your copy"}}</th><th scope="col">{{_ "Why"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < c->n; i++}}{{let const struct change *k = &c->p[i]}}<tr><th scope="row">{{call whatif_title(page, k)}}{{if k->part.n}}<br><span class="gr-small">{{k->part}}</span>{{end}}</th><td>{{k->before}}</td><td><strong>{{k->after}}</strong></td><td>{{k->why}}{{if k->was.n}} <span class="gr-small gr-muted">{{_ "Until now: {0}" k->was}}</span>{{end}}{{if whatif_rule(page, x, k).s.n}} <a class="gr-small" href="{{whatif_rule(page, x, k)}}">{{_ "Rule"}}<span class="gr-hidden">: {{k->rule_anchor}}</span></a>{{end}}</td></tr>
{{end}}</tbody></table></div>{{end}}
{{end}}

{{template whatif_table(const struct site_page *page, const struct whatif_view *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{_ "What if: {0}" page->title}}</h1>
<p class="gr-lead">{{_ "Change cells and try. Nothing is stored."}} <a href="{{site_url_of(page, "/rules/decisions/", x->v->source.key)}}">{{_ "The rule as it is: {0}" x->model_title}}</a></p>
{{if x->problem.n}}<div class="gr-errors" role="alert"><h2>{{_ "What was sent cannot be read. The table is shown as it is."}}</h2><p lang="en">{{x->problem}}</p></div>{{end}}
{{if x->unjudged.n}}<div class="gr-errors" role="alert"><h2>{{_ "Nothing can be judged by this copy."}}</h2><p lang="en">{{x->unjudged}}</p></div>{{end}}
{{if x->tried}}{{call whatif_changes(page, x)}}{{elif x->trial->n_errors}}<p role="status"><strong>{{_ "The copy cannot be tried: mend what is marked."}}</strong></p>{{end}}
<h2 class="utrecht-heading-2" id="table">{{page->title}}</h2>
<p class="gr-small gr-muted">{{_ "A dash means anything. Limits are written as < 1, >= 1.1 or [0.8..1); words stand between double quotation marks."}}</p>
<form class="gr-trial" method="post" action="{{whatif_link(page, x->v->source.key, x->table)}}">
<button class="gr-hidden" type="submit" name="do" value="try" tabindex="-1" aria-hidden="true">{{_ "Try"}}</button>
{{html x->form}}
<div class="gr-actions"><button class="gr-button" type="submit" name="do" value="try">{{_ "Try"}}</button> <a href="{{whatif_link(page, x->v->source.key, x->table)}}">{{_ "The table as it is"}}</a> · <a href="{{whatif_link(page, STR(""), STR(""))}}">{{_ "Another table"}}</a></div>
</form>
{{call site_end(page)}}
{{end}}
