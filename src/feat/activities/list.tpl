{{include "feat/activities/parts.h"}}

{{template list_facts(const struct list_row *r)}}
<ul class="gr-facts">
{{if r->row->status}}<li><span class="gr-badge gr-badge-{{activity_status_slug((enum activity_status)r->row->status)}}">{{tr(activity_status_label((enum activity_status)r->row->status))}}</span></li>{{end}}
{{if r->implementer.n}}<li lang="en">{{r->implementer}}</li>{{end}}
{{if r->row->first_year}}<li>{{r->row->first_year}}{{if r->row->last_year != r->row->first_year && r->row->last_year}}–{{r->row->last_year}}{{end}}</li>{{end}}
<li>{{if r->row->contribution_minor != ROW_AMOUNT_NONE}}<strong>{{list_amount(r->row)}}</strong>{{else}}{{_ "contribution not stated"}}{{end}}</li>
{{if r->row->primary_priority}}<li>{{_ "Priority {0}" r->row->primary_priority}}</li>{{end}}
</ul>
{{end}}

{{template list_order(const struct list_view *v)}}
<div class="gr-field"><label class="utrecht-form-label" for="sort">{{_ "Order by"}}</label>
<select class="utrecht-select" id="sort" name="sort">
{{if v->f->q.n}}<option value="">{{_ "Best match first"}}</option>
<option value="title"{{if v->f->sort == ACTIVITY_SORT_TITLE}} selected{{end}}>{{_ "Title, A to Z"}}</option>
{{else}}<option value="">{{_ "Title, A to Z"}}</option>
{{end}}<option value="start"{{if v->f->sort == ACTIVITY_SORT_START}} selected{{end}}>{{_ "Latest start first"}}</option>
<option value="contribution"{{if v->f->sort == ACTIVITY_SORT_CONTRIBUTION}} selected{{end}}>{{_ "Largest contribution first"}}</option>
</select></div>
{{end}}

{{template activities_list(const struct site_page *page, const struct list_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{if v->own}}<p class="gr-lead">{{_ "Every activity that the programme paid for or that belongs to its story."}}</p>{{else}}<div class="gr-note gr-note-info"><p><strong>{{_ "Not of this programme."}}</strong> {{_ "These activities were imported from IATI files of other publishers, for comparison only. They are in no figure of the programme."}}</p></div>{{end}}
<div class="gr-browse">
<form class="gr-facets" method="get" action="{{site_url(page, v->path)}}" aria-label="{{_ "Filter"}}">
<div class="gr-field"><label class="utrecht-form-label" for="q">{{_ "Words in title and description"}}</label><input class="utrecht-textbox" type="search" id="q" name="q" maxlength="200" value="{{v->f->q}}"></div>
{{call list_order(v)}}
{{for size_t i = 0; i < v->n_facets; i++}}{{call site_facet(&v->facets[i])}}{{end}}
<div class="gr-actions"><button class="gr-button" type="submit">{{_ "Apply"}}</button>{{if v->n_chosen}}<a href="{{site_url(page, v->path)}}">{{_ "Clear all"}}</a>{{end}}</div>
</form>
<section aria-labelledby="found">
{{if v->n_chosen}}<ul class="gr-chosen" aria-label="{{_ "Chosen"}}">
{{for size_t i = 0; i < v->n_chosen; i++}}<li><a href="{{site_url(page, v->path)}}?{{v->chosen[i].without}}"><span class="gr-hidden">{{_ "Remove:"}} </span>{{v->chosen[i].label}}</a></li>
{{end}}</ul>{{end}}
<div class="gr-summary"><h2 class="utrecht-heading-2" id="found">{{n "{0} activity" "{0} activities" v->s->total}}</h2>{{if money_is(v->s->contribution)}}<p>{{_ "Contribution together: {0}" v->s->contribution}}{{if v->s->n_without_amount}} <span class="gr-muted">({{if v->own}}{{n "{0} without amount" "{0} without amount" v->s->n_without_amount}}{{else}}{{n "{0} without an amount in euros" "{0} without an amount in euros" v->s->n_without_amount}}{{end}})</span>{{end}}</p>{{end}}</div>
{{if v->s->total == 0}}<p>{{_ "Nothing fits all of this. Remove a choice above, or try fewer or shorter words."}}</p>{{end}}
<ol class="gr-results">
{{for size_t i = 0; i < v->s->n; i++}}{{let const struct list_row *r = &v->rows[i]}}{{let str lang = list_lang(r->row, v->own)}}<li><h3 class="utrecht-heading-3"><a{{if lang.n}} lang="{{lang}}"{{end}} href="{{site_url_of(page, (v->own ? "/activities/" : "/comparison/"), r->row->key)}}">{{html r->title}}</a></h3>
{{if r->excerpt.s.n}}<p{{if lang.n}} lang="{{lang}}"{{end}}>{{html r->excerpt}}</p>{{end}}
{{call list_facts(r)}}
</li>
{{end}}</ol>
{{call site_pages(page, &v->pager)}}
{{if v->s->total}}<p class="gr-figure-foot">{{_ "Download this selection:"}} {{if v->own}}<a href="{{site_data_link("/data/activities.csv")}}?{{v->query}}">CSV</a> · <a href="{{site_data_link("/data/activities.xlsx")}}?{{v->query}}">XLSX</a> · <a href="{{site_data_link("/data/activities.json")}}?{{v->query}}">JSON</a> · <a href="{{site_data_link("/data/iati.xml")}}?{{v->query}}">IATI</a>{{else}}<a href="{{site_data_link("/data/comparison.csv")}}?{{v->query}}">CSV</a> · <a href="{{site_data_link("/data/comparison.xlsx")}}?{{v->query}}">XLSX</a> · <a href="{{site_data_link("/data/comparison.json")}}?{{v->query}}">JSON</a> · <a href="{{site_data_link("/data/comparison.xml")}}?{{v->query}}">IATI</a>{{end}}</p>{{end}}
</section>
</div>
{{call site_end(page)}}
{{end}}
