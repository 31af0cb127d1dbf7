{{include "feat/evaluation/page.h"}}
{{include "feat/evaluation/answer.tpl.h"}}
{{include "feat/programme/programme.h"}}

{{template evaluation_scope_form(const struct site_page *page, const struct evaluation_page *x)}}
<details class="gr-more gr-no-print"{{if evaluation_scoped(x)}} open{{end}}><summary>{{_ "Choose priority, activity, period and day"}}</summary>
<form class="gr-scope" method="get" action="{{evaluation_action(page, x)}}">
<div class="gr-field"><label class="utrecht-form-label" for="priority">{{_ "Priority"}}</label><select class="utrecht-select" id="priority" name="priority"><option value="">{{_ "all"}}</option>{{for size_t i = 0; i < x->view->programme->n_priorities; i++}}{{let const struct priority *p = &x->view->programme->priorities[i]}}<option value="{{p->code}}"{{if p->code == x->scope.priority}} selected{{end}}>{{p->code}}. {{text3_in(&p->short_name, page->lang)}}</option>{{end}}</select></div>
<div class="gr-field"><label class="utrecht-form-label" for="activity">{{_ "Activity number"}}</label><input class="utrecht-textbox" id="activity" name="activity" maxlength="100" list="activities" value="{{x->asked}}" autocomplete="off"><datalist id="activities">{{for size_t i = 0; i < x->view->activities->own.n && i < 500; i++}}{{let const struct activity_row *r = &x->view->activities->own.rows[i]}}<option value="{{r->key}}">{{r->title}}</option>{{end}}</datalist></div>
<div class="gr-field"><label class="utrecht-form-label" for="from">{{_ "From year"}}</label><input class="utrecht-textbox gr-year" type="number" id="from" name="from" min="1900" max="2199"{{if x->scope.year_from}} value="{{x->scope.year_from}}"{{end}}></div>
<div class="gr-field"><label class="utrecht-form-label" for="to">{{_ "To year"}}</label><input class="utrecht-textbox gr-year" type="number" id="to" name="to" min="1900" max="2199"{{if x->scope.year_to}} value="{{x->scope.year_to}}"{{end}}></div>
<div class="gr-field"><label class="utrecht-form-label" for="as-of">{{_ "As known on this day"}}</label><input class="utrecht-textbox" type="date" id="as-of" name="as_of" min="1990-01-01" max="2100-12-31" value="{{iso_date(x->scope.as_of)}}"></div>
{{if x->part == &part_case_selection}}<div class="gr-field"><label class="utrecht-form-label" for="cases">{{_ "Number of case studies"}}</label><input class="utrecht-textbox gr-year" type="number" id="cases" name="cases" min="1" max="50"{{if x->scope.cases}} value="{{x->scope.cases}}"{{end}}></div>
{{end}}<div class="gr-field"><button class="gr-button" type="submit">{{_ "Show"}}</button>{{if evaluation_scoped(x)}} <a href="{{evaluation_action(page, x)}}">{{_ "The whole programme"}}</a>{{end}}</div>
</form></details>
{{end}}

{{template evaluation_scope_told(const struct site_page *page, const struct evaluation_page *x)}}
{{let const struct evaluation_scope *s = &x->facts->scope}}
<p class="gr-facts-line"><strong>{{if s->activity}}<a href="{{site_url_of(page, "/activities/", s->activity->key)}}" lang="en">{{s->activity->title}}</a>{{elif s->priority}}{{evaluation_priority(page, x)}}{{else}}{{_ "The whole programme"}}{{end}}</strong>{{if s->year_from && s->year_to}}, {{_ "{0} to {1}" s->year_from s->year_to}}{{elif s->year_from}}, {{_ "from {0}" s->year_from}}{{elif s->year_to}}, {{_ "until {0}" s->year_to}}{{end}}. {{_ "As known on {0}." s->as_of}} {{n "{0} activity." "{0} activities." x->facts->n}}</p>
{{end}}

{{template evaluation_nothing(const struct site_page *page, const struct evaluation_page *x)}}
<div class="gr-note" role="note"><p><strong>{{evaluation_problem_text(page, x)}}</strong></p>
<p lang="en">{{evaluation_problem_detail(x)}}</p></div>
<p>{{_ "What is known: {0} activities, which ran from {1} to {2}." num((int64_t)x->view->activities->own.n) x->view->activities->own.first_year x->view->activities->own.last_year}}{{if date_is(page->view->facts_as_of)}} {{_ "Facts as known on {0}." page->view->facts_as_of}}{{end}}</p>
<ul class="utrecht-unordered-list gr-list"><li><a href="{{site_url(page, "/evaluation")}}">{{_ "The evaluation of the whole programme"}}</a></li>
<li><a href="{{site_url(page, "/activities")}}">{{_ "All activities, with search"}}</a></li></ul>
{{end}}

{{template evaluation_menu(const struct site_page *page, const struct evaluation_page *x)}}
<nav aria-label="{{_ "Evaluation"}}"><ul class="gr-toc">
<li><a href="{{evaluation_link(page, "")}}"{{if !x->part}} aria-current="page"{{end}}>{{_ "Overview"}}</a></li>
{{for size_t i = 0; evaluation_parts[i]; i++}}{{let const struct evaluation_part *p = evaluation_parts[i]}}<li><a href="{{evaluation_link(page, p->slug)}}"{{if p == x->part}} aria-current="page"{{end}}>{{if p->question}}{{p->question}}. {{end}}{{tr(p->title)}}</a></li>
{{end}}</ul></nav>
{{end}}

{{template evaluation_line(const struct site_page *page, const struct overview_line *line)}}
<h2 class="utrecht-heading-2"><a href="{{evaluation_link(page, line->part->slug)}}">{{if line->part->question}}{{line->part->question}}. {{end}}{{tr(line->part->title)}}</a></h2>
{{if line->question.n}}<p class="gr-muted">{{line->question}}</p>{{end}}
{{if line->headline}}<div class="gr-say gr-say-{{say_class(line->headline->kind)}}"><p class="gr-say-kind">{{call say_icon(line->headline->kind)}} {{tr(show_kind(line->headline->kind))}}</p><p class="gr-say-text"{{if line->headline->text_lang.n}} lang="{{line->headline->text_lang}}"{{end}}>{{line->headline->text}}</p>{{if line->headline->missing.n}}<p class="gr-small"><strong>{{_ "What is missing:"}}</strong> {{line->headline->missing}}</p>{{end}}</div>{{elif line->why.n}}<p>{{_ "This part cannot be answered now."}} <span lang="en">{{line->why}}</span></p>{{end}}
{{end}}

{{template evaluation_overview(const struct site_page *page, const struct evaluation_page *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "What an evaluation asks, answered from the records on any day. Everything that can be computed is; what cannot be known is said as plainly."}}</p>
{{call evaluation_scope_form(page, x)}}
{{if !x->facts}}{{call evaluation_nothing(page, x)}}
{{else}}
{{call evaluation_scope_told(page, x)}}
{{for size_t i = 0; i < x->n_lines; i++}}{{if x->lines[i].part->question}}{{call evaluation_line(page, &x->lines[i])}}{{end}}{{end}}
<h2 class="utrecht-heading-2">{{_ "Beside the questions"}}</h2>
<ul class="gr-ways">
{{for size_t i = 0; i < x->n_lines; i++}}{{if !x->lines[i].part->question}}<li class="gr-card"><h3 class="utrecht-heading-3"><a href="{{evaluation_link(page, x->lines[i].part->slug)}}">{{tr(x->lines[i].part->title)}}</a></h3>{{if x->lines[i].headline}}<p{{if x->lines[i].headline->text_lang.n}} lang="{{x->lines[i].headline->text_lang}}"{{end}}>{{x->lines[i].headline->text}}</p>{{end}}</li>
{{end}}{{end}}</ul>
<h2 class="utrecht-heading-2">{{_ "How to read the answers"}}</h2>
<p>{{_ "Each statement is one of four kinds, marked with its word, its sign and its border."}}</p>
{{call say_legend()}}
<p><a href="{{site_url(page, "/evaluation/what-if")}}">{{_ "What if a rule were another?"}}</a> {{_ "Try it in a copy and see which judgements change."}}</p>
<p>{{_ "The whole evaluation to take away:"}} <a href="{{evaluation_file(page, "pdf")}}">PDF</a> · <a href="{{evaluation_file(page, "html")}}">HTML</a></p>
{{end}}
{{call site_end(page)}}
{{end}}

{{template evaluation_part_page(const struct site_page *page, const struct evaluation_page *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{if x->part->question}}{{x->part->question}}. {{end}}{{page->title}}</h1>
{{if x->facts && x->told.answer->question_text.n}}<p class="gr-lead">{{x->told.answer->question_text}}</p>{{end}}
{{call evaluation_menu(page, x)}}
{{call evaluation_scope_form(page, x)}}
{{if !x->facts}}{{call evaluation_nothing(page, x)}}
{{else}}
{{call evaluation_scope_told(page, x)}}
{{call say_answer(&x->show)}}
<p class="gr-figure-foot">{{_ "This page as data:"}} <a href="{{show_data(&x->show)}}">JSON</a></p>
{{end}}
{{call site_end(page)}}
{{end}}
