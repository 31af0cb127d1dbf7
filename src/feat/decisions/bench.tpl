{{include "feat/decisions/bench.h"}}
{{include "feat/decisions/editor.tpl.h"}}

{{template editor_bench_page(const struct site_page *page, const struct bench_page *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{call editor_told(x->ed)}}
<p><a href="{{editor_url(x->ed, "")}}">{{_ "Back to the version"}}</a></p>
<p role="status">{{_ "{0} of {1} cases come out as expected with this version." num((int64_t)x->passed) num((int64_t)x->n)}}</p>
{{for size_t i = 0; i < x->n; i++}}{{let const struct bench_result *r = &x->results[i]}}
<section class="gr-outcome{{if !r->passed}} gr-outcome-open{{end}}">
<h2 class="utrecht-heading-3">{{if r->passed}}{{_ "Passed"}}{{else}}{{_ "Failed"}}{{end}}: {{r->c->name}}</h2>
<dl class="gr-defs">
<dt>{{_ "Decision"}}</dt><dd>{{r->c->decision}}, {{r->c->as_of}}</dd>
<dt>{{_ "Expected"}}</dt><dd><code class="gr-code">{{r->c->expected}}</code></dd>
<dt>{{_ "What came out"}}</dt><dd>{{if r->problem.n}}<span lang="en">{{r->problem}}</span>{{else}}<code class="gr-code">{{r->actual}}</code>{{end}}</dd>
<dt>{{_ "Answers"}}</dt><dd><code class="gr-code">{{r->c->input}}</code></dd>
</dl>
{{if r->n_sentences}}<details class="gr-more"{{if !r->passed}} open{{end}}><summary>{{_ "Why"}}<span class="gr-hidden">: {{r->c->name}}</span></summary>
{{for size_t k = 0; k < r->n_sentences; k++}}<p>{{r->sentences[k]}}</p>
{{end}}</details>{{end}}
<form method="post" action="{{editor_url(x->ed, "/cases")}}"><input type="hidden" name="csrf" value="{{x->ed->token}}"><input type="hidden" name="remove" value="{{bench_id(x, r->c->id)}}"><button class="gr-button gr-button-plain" type="submit">{{_ "Delete this case"}}<span class="gr-hidden">: {{r->c->name}}</span></button></form>
</section>
{{end}}
<h2 class="utrecht-heading-2">{{_ "Save a case"}}</h2>
<form class="gr-form" method="post" action="{{editor_url(x->ed, "/cases")}}">
<input type="hidden" name="csrf" value="{{x->ed->token}}">
<div class="gr-field"><label for="name">{{_ "Name"}}</label><input class="utrecht-textbox" id="name" name="name" maxlength="200" value="{{x->name}}"></div>
<div class="gr-field"><label for="decision">{{_ "Decision"}}</label><select class="utrecht-select" id="decision" name="decision">
{{for size_t i = 0; x->ed->model && i < x->ed->model->n_elements; i++}}{{let const struct dmn_element *d = &x->ed->model->elements[i]}}{{if d->kind == DMN_DECISION}}<option value="{{d->name}}"{{if str_eq(d->name, x->decision)}} selected{{end}}>{{d->name}}</option>
{{end}}{{end}}</select></div>
<div class="gr-field"><label for="as_of">{{_ "Day"}}</label><input class="utrecht-textbox" type="date" id="as_of" name="as_of" value="{{x->as_of}}"></div>
<div class="gr-field"><label for="input">{{_ "Answers, as a JSON object with a member for each input"}}</label><textarea class="utrecht-textarea gr-wide" id="input" name="input" rows="6" spellcheck="false">{{x->input}}</textarea></div>
<div class="gr-field"><label for="expected">{{_ "Expected outcome as JSON, or the word undetermined"}}</label><input class="utrecht-textbox" id="expected" name="expected" value="{{x->expected}}" spellcheck="false"></div>
<div class="gr-field"><label for="author">{{_ "Who writes this"}}</label><input class="utrecht-textbox" id="author" name="author" maxlength="120" value="{{x->author}}" autocomplete="off"></div>
<p><button class="gr-button" type="submit">{{_ "Save a case"}}</button></p>
</form>
{{call site_end(page)}}
{{end}}
