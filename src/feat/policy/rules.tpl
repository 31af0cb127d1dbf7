{{include "feat/policy/parts.h"}}

{{template rules_choices(const char *name, const struct rule_choice *choices, size_t n, str chosen)}}
<select class="utrecht-select" id="{{name}}" name="{{name}}">
<option value="">{{_ "All"}}</option>
{{for size_t i = 0; i < n; i++}}<option value="{{choices[i].value}}"{{if str_eq(choices[i].value, chosen)}} selected{{end}}>{{choices[i].name}}</option>
{{end}}</select>
{{end}}

{{template rules_group(const struct site_page *page, const struct rule_group *group, size_t number)}}
<h2 class="utrecht-heading-2" id="scheme-{{number}}">{{call programme_word_text(page, "scheme", group->scheme)}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="scheme-{{number}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Kind"}}</th><th scope="col">{{_ "Rule"}}</th><th scope="col">{{_ "Value"}}</th><th scope="col">{{_ "Period"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < group->n; i++}}{{let const struct scheme_rule *r = group->rules[i]}}<tr id="{{r->rule_id}}"><td>{{tr(policy_rule_type(r->rule_type))}}</td><th scope="row"><span lang="en">{{r->description}}</span>{{if r->country.n}} · <a href="{{site_url_of(page, "/countries/", r->country)}}">{{country(r->country)}}</a>{{end}}{{if r->activity_key.n}} · <a href="{{site_url_of(page, "/activities/", r->activity_key)}}">{{_ "activity {0}" r->activity_key}}</a>{{end}}</th><td class="gr-nowrap">{{if r->value.n}}{{call programme_rule_value(page, r)}}{{end}}</td><td>{{if r->valid_from.precision || r->valid_to.precision}}{{range(r->valid_from, r->valid_to)}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{call site_source(r->source_line)}}</td></tr>
{{end}}</tbody></table></div>
<div class="gr-notes">{{for size_t i = 0; i < group->n; i++}}{{for const struct inconsistency *note = policy_rule_note(page, group->rules[i], NULL); note; note = policy_rule_note(page, group->rules[i], note)}}{{if policy_note_is_new(page, group, i, note)}}{{call policy_note(page, note)}}{{end}}{{end}}{{end}}</div>
{{end}}

{{template rules_page(const struct site_page *page, const struct rules_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Who was eligible, for what, and when. Every rule has its period and the lines of the report that state it."}}</p>
<ul class="gr-ways">
<li class="gr-card"><h2><a href="{{site_url(page, "/rules/check")}}">{{_ "Check your situation"}}</a></h2><p>{{_ "Fill in a situation and see what the rules say about it, and why. Nothing you fill in is kept."}}</p></li>
<li class="gr-card"><h2><a href="{{site_url(page, "/rules/decisions")}}">{{_ "Decision tables"}}</a></h2><p>{{_ "The rules as tables that a computer runs exactly as you read them here. Each row has its source."}}</p></li>
</ul>
<form class="gr-filter" method="get" action="{{site_url(page, "/rules")}}" aria-label="{{_ "Filter"}}">
<div class="gr-field"><label class="utrecht-form-label" for="on">{{_ "What applied on this day?"}}</label><input class="utrecht-textbox" type="date" id="on" name="on" min="1990-01-01" max="2100-12-31" value="{{iso_date(v->f.on)}}"></div>
<div class="gr-field"><label class="utrecht-form-label" for="scheme">{{_ "Scheme"}}</label>
{{call rules_choices("scheme", v->schemes, v->n_schemes, v->f.scheme)}}</div>
<div class="gr-field"><label class="utrecht-form-label" for="country">{{_ "Country"}}</label>
{{call rules_choices("country", v->countries, v->n_countries, v->f.country)}}</div>
<div class="gr-actions"><button class="gr-button" type="submit">{{_ "Show"}}</button>
{{if date_is(v->f.on) || v->f.scheme.n || v->f.country.n}}<a class="gr-button gr-button-plain" href="{{site_url(page, "/rules")}}">{{_ "All rules"}}</a>{{end}}</div>
</form>
<p role="status">{{if date_is(v->f.on)}}{{n "{0} rule applied on {1}." "{0} rules applied on {1}." v->n_rules v->f.on}} {{_ "A date known only as a year or month counts as the whole of it; a rule without a beginning counts as always in force."}}{{else}}{{n "{0} rule." "{0} rules." v->n_rules}}{{end}}{{if v->f.country.n}} {{_ "Shown are rules that name {0}, and rules that name no country and so apply to it too." country(v->f.country)}}{{end}}</p>
{{for size_t g = 0; g < v->n_groups; g++}}{{if v->groups[g].n}}{{call rules_group(page, &v->groups[g], g)}}{{end}}{{end}}
<h2 class="utrecht-heading-2">{{_ "Country lists"}}</h2>
{{if v->n_lists == 0}}<p>{{if v->f.country.n}}{{_ "The country stands on no list that fits."}}{{else}}{{_ "No country list was in force on that day."}}{{end}}</p>{{end}}
{{for size_t i = 0; i < v->n_lists; i++}}{{let const struct country_list *list = v->lists[i]}}<h3 class="utrecht-heading-3">{{text3_in(&list->name, page->lang)}}</h3>
<p class="gr-muted">{{range(list->valid_from, list->valid_to)}} · {{n "{0} country" "{0} countries" list->n_entries}}</p>
<ul class="gr-plain gr-columns">
{{for size_t k = 0; k < list->n_entries; k++}}<li><a href="{{site_url_of(page, "/countries/", list->entries[k].country)}}">{{country(list->entries[k].country)}}</a>{{if str_is(list->entries[k].partner_country, "yes")}} <span class="gr-small gr-muted">({{_ "partner country"}})</span>{{end}}</li>
{{end}}</ul>
{{end}}
{{call site_chart(page, &v->timeline)}}
<ol class="gr-events">
{{for size_t i = 0; i < v->programme->n_timeline; i++}}{{let const struct timeline_item *t = &v->programme->timeline[i]}}<li><span class="gr-when">{{t->day}}</span><div><p><strong>{{text3_in(&t->title, page->lang)}}</strong></p>{{if t->text.en.n}}<p>{{text3_in(&t->text, page->lang)}}</p>{{end}}<p class="gr-small">{{call site_source(t->source_line)}}</p>{{call policy_marks(page, "timeline", t->code)}}</div></li>
{{end}}</ol>
<h2 class="utrecht-heading-2">{{_ "Legal bases"}}</h2>
<dl class="gr-defs">
{{for size_t i = 0; i < v->programme->n_legal_bases; i++}}{{let const struct legal_basis *b = &v->programme->legal_bases[i]}}<dt>{{text3_in(&b->name, page->lang)}}{{if b->in_force.precision}}<br>{{_ "in force since {0}" b->in_force}}{{end}}</dt><dd>{{text3_in(&b->text, page->lang)}} {{call site_source(b->source_line)}}</dd>
{{end}}</dl>
{{call site_end(page)}}
{{end}}

{{template refused_page(const struct site_page *page, const struct programme_view *p)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Proposals that were refused from 2010 to 2012, as far as their files were available."}}</p>
<div class="gr-note gr-note-info"><p><strong>{{_ "What the report does not say."}}</strong> {{_ "It names the grounds that were used, but not which ground applied to which proposal. No appraisal memorandum was written for a refusal."}}</p></div>
<h2 class="utrecht-heading-2">{{_ "Grounds used"}}</h2>
<ol class="utrecht-ordered-list gr-list">
{{for size_t i = 0; i < p->n_grounds; i++}}<li>{{text3_in(&p->grounds[i].description, page->lang)}} {{call site_source(p->grounds[i].source_line)}}</li>
{{end}}</ol>
<h2 class="utrecht-heading-2">{{_ "Proposals"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{_ "Proposals"}}">
<table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Subject"}}</th><th scope="col">{{_ "Countries"}}</th><th scope="col">{{_ "Themes"}}</th><th scope="col">{{_ "Source"}}</th></tr></thead>
<tbody>
{{for size_t i = 0; i < p->n_rejected; i++}}{{let const struct rejected_proposal *r = &p->rejected[i]}}<tr><th scope="row" lang="en">{{r->subject}}</th><td>{{if r->countries.n}}{{call policy_countries(page, r->countries)}}{{else}}<span class="gr-missing">{{_ "not stated"}}</span>{{end}}</td><td>{{call programme_words_text(page, "theme", r->themes)}}</td><td>{{call site_source(r->source_line)}}</td></tr>
{{end}}</tbody></table></div>
<p class="gr-figure-foot">{{_ "Data:"}} <a href="{{site_data_link("/data/refused.csv")}}">CSV</a> · <a href="{{site_data_link("/data/refused.xlsx")}}">XLSX</a> · <a href="{{site_data_link("/data/refused.json")}}">JSON</a></p>
{{call site_end(page)}}
{{end}}

{{template policy_countries(const struct site_page *page, str codes)}}
{{let struct str_split it = str_split_on(codes, ';')}}{{let str code}}{{let bool first = true}}
{{for ; str_next(&it, &code); first = false}}{{if !first}}, {{end}}<a href="{{site_url_of(page, "/countries/", code)}}">{{country(code)}}</a>{{end}}
{{end}}

{{template policy_note(const struct site_page *page, const struct inconsistency *note)}}
<div class="gr-note"><p><strong>{{_ "The source contradicts itself."}}</strong> {{text3_in(&note->text, page->lang)}} {{call site_source(note->lines)}}</p></div>
{{end}}

{{template policy_marks(const struct site_page *page, const char *kind, str subject)}}
{{for const struct inconsistency *note = programme_note_next(page->view->programme, str_of(kind), subject, STR(""), NULL); note; note = programme_note_next(page->view->programme, str_of(kind), subject, STR(""), note)}}{{call policy_note(page, note)}}
{{end}}
{{end}}
