{{include "feat/decisions/editor.h"}}

{{template editor_told(const struct editing *ed)}}
{{if ed->problem.n}}<div class="gr-errors" role="alert" tabindex="-1"><h2>{{_ "This was refused"}}</h2><p lang="en">{{ed->problem}}</p></div>{{end}}
{{if ed->done}}<div class="gr-note gr-note-info" role="status"><p>{{tr(ed->done)}}</p></div>{{end}}
{{end}}

{{template editor_state(const struct rules_version *v)}}
{{if v->state == RULES_DRAFT}}{{_ "draft"}}{{elif v->state == RULES_PUBLISHED}}{{_ "published"}}{{else}}{{_ "withdrawn"}}{{end}}
{{end}}

{{template editor_period(const struct rules_version *v)}}
{{range(pdate_of(v->valid_from), pdate_of(v->valid_to))}}
{{end}}

{{template editor_finding(const struct rules_finding *f)}}
<strong>{{if f->error}}{{_ "Error"}}{{else}}{{_ "Warning"}}{{end}}</strong> <span lang="en">{{f->text}}</span> <span class="gr-muted">({{_ "line {0}, column {1}" f->line f->col}})</span>
{{end}}

{{template editor_draft_fields(str valid_from, str valid_to, str legal_basis, str author, str note)}}
<div class="gr-field"><label for="valid_from">{{_ "In force from"}}</label><input class="utrecht-textbox" type="date" id="valid_from" name="valid_from" value="{{valid_from}}"></div>
<div class="gr-field"><label for="valid_to">{{_ "Up to and including (may be empty)"}}</label><input class="utrecht-textbox" type="date" id="valid_to" name="valid_to" value="{{valid_to}}"></div>
<div class="gr-field"><label for="legal_basis">{{_ "Legal basis"}}</label><input class="utrecht-textbox" id="legal_basis" name="legal_basis" maxlength="1000" value="{{legal_basis}}"></div>
<div class="gr-field"><label for="author">{{_ "Who writes this"}}</label><input class="utrecht-textbox" id="author" name="author" maxlength="120" value="{{author}}" autocomplete="off"></div>
<div class="gr-field"><label for="note">{{_ "What changes, and why"}}</label><input class="utrecht-textbox" id="note" name="note" maxlength="1000" value="{{note}}"></div>
{{end}}

{{template editor_list_page(const struct site_page *page, const struct editor_list *x)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{call editor_told(x->ed)}}
<p class="gr-lead">{{_ "Decision models and their versions. What is published stays as it is; a change is a new draft, and a second person publishes it."}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "Versions"}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Model"}}</th><th scope="col">{{_ "Version"}}</th><th scope="col">{{_ "State"}}</th><th scope="col">{{_ "In force"}}</th><th scope="col">{{_ "Author"}}</th><th scope="col">{{_ "Note"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < x->registry->n; i++}}{{let const struct rules_version *v = &x->registry->versions[i]}}<tr><th scope="row"><a href="{{site_url_of(page, "/editor/models/", str_of(v->hex))}}">{{v->key}}<span class="gr-hidden"> {{_ "Version {0}" num(v->number)}}</span></a></th><td>{{num(v->number)}}</td><td>{{call editor_state(v)}}</td><td>{{call editor_period(v)}}</td><td>{{v->author}}</td><td>{{v->note}}</td></tr>
{{end}}</tbody></table></div>
<h2 class="utrecht-heading-2">{{_ "A new model"}}</h2>
<form class="gr-form" method="post" action="{{site_url(page, "/editor/new")}}">
<input type="hidden" name="csrf" value="{{x->ed->token}}">
<div class="gr-field"><label for="key">{{_ "Key: small letters, digits and hyphens"}}</label><input class="utrecht-textbox" id="key" name="key" maxlength="80" autocomplete="off"></div>
{{call editor_draft_fields(STR(""), STR(""), STR(""), STR(""), STR(""))}}
<div class="gr-field"><label for="text">{{_ "The model as DMN (XML)"}}</label><textarea class="utrecht-textarea gr-wide" id="text" name="text" rows="12" spellcheck="false">{{x->text}}</textarea></div>
<p><button class="gr-button" type="submit">{{_ "Store as a draft"}}</button></p>
</form>
{{call site_end(page)}}
{{end}}

{{template editor_differences(const struct editor_version *x)}}
<h2 class="utrecht-heading-2">{{_ "Stored cases that would come out differently"}}</h2>
<p role="status">{{_ "{0} stored cases looked at, {1} decided again, {2} with another outcome." num((int64_t)x->totals.seen) num((int64_t)x->totals.run) num((int64_t)x->totals.different)}}</p>
{{if x->n_differences}}
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "Stored cases that would come out differently"}}">
<table class="utrecht-table gr-table"><thead><tr><th scope="col">{{_ "Case"}}</th><th scope="col">{{_ "Decision"}}</th><th scope="col">{{_ "Outcome then"}}</th><th scope="col">{{_ "Outcome with this version"}}</th></tr></thead><tbody>
{{for size_t i = 0; i < x->n_differences; i++}}{{let const struct difference *d = &x->differences[i]}}<tr><th scope="row">{{d->case_ref}}</th><td>{{d->decision}}</td><td><code class="gr-code">{{d->before}}</code></td><td>{{if d->why.n}}<span lang="en">{{d->why}}</span>{{else}}<code class="gr-code">{{d->after}}</code>{{end}}</td></tr>
{{end}}</tbody></table></div>
{{end}}
{{end}}

{{template editor_version_page(const struct site_page *page, const struct editor_version *x)}}
{{let const struct rules_version *v = x->ed->v}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{call editor_told(x->ed)}}
<dl class="gr-defs">
<dt>{{_ "Key"}}</dt><dd>{{v->key}}</dd>
<dt>{{_ "Version"}}</dt><dd>{{num(v->number)}} · {{call editor_state(v)}}</dd>
<dt>{{_ "In force"}}</dt><dd>{{call editor_period(v)}}</dd>
<dt>{{_ "Legal basis"}}</dt><dd>{{v->legal_basis}}</dd>
<dt>{{_ "Author"}}</dt><dd>{{v->author}}{{if v->approver.n}} · {{_ "approved by {0}" v->approver}}{{end}}</dd>
<dt>{{_ "Note"}}</dt><dd>{{v->note}}</dd>
<dt>{{_ "Fingerprint"}}</dt><dd><code class="gr-code">{{v->hex}}</code></dd>
</dl>
{{if x->ed->why.n}}<div class="gr-errors" role="alert"><h2>{{_ "This model cannot be run."}}</h2><p lang="en">{{x->ed->why}}</p></div>{{end}}
<h2 class="utrecht-heading-2">{{_ "Change it"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_tables; i++}}<li><a href="{{editor_table_url(x->ed, x->tables[i].name, "")}}">{{_ "Table: {0}" x->tables[i].name}}</a> · <a href="{{editor_table_url(x->ed, x->tables[i].name, ".csv")}}">CSV<span class="gr-hidden">: {{x->tables[i].name}}</span></a> · <a href="{{editor_table_url(x->ed, x->tables[i].name, ".xlsx")}}">XLSX<span class="gr-hidden">: {{x->tables[i].name}}</span></a></li>
{{end}}<li><a href="{{editor_url(x->ed, "/drawing")}}">{{_ "The whole model on a drawing board (needs script)"}}</a></li>
<li><a href="{{editor_url(x->ed, "/cases")}}">{{_ "Test bench: saved cases"}}</a></li>
</ul>
<h2 class="utrecht-heading-2">{{_ "What the check found"}}</h2>
{{if x->n_findings == 0 && !x->ed->why.n}}<p>{{_ "Nothing."}}</p>{{end}}
<ul class="utrecht-unordered-list gr-list">
{{for size_t i = 0; i < x->n_findings; i++}}<li>{{call editor_finding(&x->findings[i])}}</li>
{{end}}</ul>
{{if x->compared}}{{call editor_differences(x)}}{{end}}
{{if v->state == RULES_DRAFT}}
<h2 class="utrecht-heading-2">{{_ "Publish"}}</h2>
<form class="gr-form" method="post" action="{{editor_url(x->ed, "/publish")}}">
<input type="hidden" name="csrf" value="{{x->ed->token}}">
<p>{{_ "Somebody else than {0} must publish it." v->author}}</p>
{{if x->totals.different}}<label class="gr-check" for="confirm"><input type="checkbox" class="utrecht-checkbox" id="confirm" name="confirm" value="1"><span>{{_ "I have seen which stored cases would come out differently"}}</span></label>{{end}}
<div class="gr-field"><label for="approver">{{_ "Who publishes this"}}</label><input class="utrecht-textbox" id="approver" name="approver" maxlength="120" autocomplete="off"></div>
<p><button class="gr-button" type="submit">{{_ "Publish this version"}}</button></p>
</form>
<h2 class="utrecht-heading-2">{{_ "Give up"}}</h2>
<form class="gr-form" method="post" action="{{editor_url(x->ed, "/withdraw")}}">
<input type="hidden" name="csrf" value="{{x->ed->token}}">
<div class="gr-field"><label for="reason">{{_ "Why the draft is given up"}}</label><input class="utrecht-textbox" id="reason" name="reason" maxlength="1000"></div>
<p><button class="gr-button gr-button-plain" type="submit">{{_ "Give up this draft"}}</button></p>
</form>
{{end}}
{{call site_end(page)}}
{{end}}

{{template editor_drawing_page(const struct site_page *page, const struct editor_version *x)}}
{{let const struct rules_version *v = x->ed->v}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{call editor_told(x->ed)}}
<p class="gr-small gr-muted">{{_ "The drawing board needs script. The tables can be changed without it."}}</p>
<p><a href="{{editor_url(x->ed, "")}}">{{_ "Back to the version"}}</a></p>
<div class="gr-actions" id="dmn-views" role="group" aria-label="{{_ "Views"}}"></div>
<div class="gr-drawing" id="dmn-canvas" tabindex="0" role="region" aria-label="{{_ "Drawing board"}}"></div>
<p id="dmn-problem" role="alert"></p>
<form class="gr-form" method="post" action="{{editor_url(x->ed, "/drawing")}}" id="dmn-form">
<input type="hidden" name="csrf" value="{{x->ed->token}}">
{{call editor_draft_fields(x->valid_from, x->valid_to, v->legal_basis, STR(""), STR(""))}}
<details class="gr-more"><summary>{{_ "The model as DMN (XML)"}}</summary><label class="gr-hidden" for="dmn-text">{{_ "The model as DMN (XML)"}}</label><textarea class="utrecht-textarea gr-wide" id="dmn-text" name="text" rows="12" spellcheck="false">{{x->ed->xml}}</textarea></details>
<p><button class="gr-button" type="submit">{{_ "Store as a draft"}}</button></p>
</form>
{{call site_end(page)}}
{{end}}
