{{include "feat/front/parts.h"}}

{{template home_page(const struct site_page *page, const struct home_page *h)}}
{{call site_begin(page)}}
<div class="gr-hero"><div class="gr-wrap">
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{text3_in(&h->programme->description, page->lang)}}</p>
<dl class="gr-keys">
<div><dt>{{_ "spent, {0} to {1}" h->first_year h->last_year}}</dt><dd>{{compact(h->spent)}}</dd></div>
{{if money_is(h->budget)}}<div><dt>{{_ "available in those years"}}</dt><dd>{{compact(h->budget)}}</dd></div>{{end}}
<div><dt>{{_ "activities, of which {0} running" num((int64_t)h->running)}}</dt><dd>{{num((int64_t)h->activities)}}</dd></div>
<div><dt>{{_ "countries"}}</dt><dd>{{num((int64_t)h->countries)}}</dd></div>
<div><dt>{{_ "organisations"}}</dt><dd>{{num((int64_t)h->organisations)}}</dd></div>
<div><dt>{{_ "of {0} figures with target and result reached the target" num((int64_t)target_tally_both(&h->targets))}}</dt><dd>{{num((int64_t)h->targets.met)}}</dd></div>
</dl>
</div></div>
<div class="gr-wrap">
<h2 class="utrecht-heading-2">{{_ "The six priorities" }}</h2>
<ul class="gr-ways">
{{for size_t i = 0; i < h->programme->n_priorities; i++}}{{let const struct priority *p = &h->programme->priorities[i]}}<li class="gr-card"><h3 class="utrecht-heading-3"><a href="{{site_url(page, "/priorities")}}/{{p->code}}">{{p->code}}. {{text3_in(&p->short_name, page->lang)}}</a></h3><p class="gr-small gr-muted">{{text3_in(&p->name, page->lang)}}</p></li>
{{end}}</ul>
{{call site_chart(page, &h->spending)}}
<div class="gr-notes">{{call home_notes(page, STR("home"))}}{{call home_notes(page, STR("figures/spending"))}}</div>
{{call site_chart(page, &h->map)}}
<details class="gr-more"><summary>{{_ "All countries as a list"}}</summary>
<ul class="gr-plain gr-columns">
{{for size_t i = 0; i < h->countries; i++}}<li><a href="{{site_url_of(page, "/countries/", h->country_list[i].code)}}">{{h->country_list[i].name}}</a> <span class="gr-muted">{{num((int64_t)h->country_list[i].activities)}}</span></li>
{{end}}</ul></details>
<div class="gr-two">
<section aria-labelledby="latest">
<h2 class="utrecht-heading-2" id="latest">{{_ "Latest events"}}</h2>
<ol class="gr-events">
{{for size_t i = 0; i < h->n_events; i++}}{{let const struct home_event *x = &h->events[i]}}<li><span class="gr-when">{{x->event->day}}</span><div><p lang="en">{{x->event->detail}}</p>{{if !x->activity->is_programme}}<p class="gr-small"><a lang="en" href="{{site_url_of(page, "/activities/", x->activity->key)}}">{{x->activity->title}}</a></p>{{end}}</div></li>
{{end}}</ol>
</section>
<section aria-labelledby="ways">
<h2 class="utrecht-heading-2" id="ways">{{_ "Ways in"}}</h2>
<ul class="utrecht-unordered-list gr-list">
<li><a href="{{site_url(page, "/activities")}}">{{_ "All activities, with search"}}</a></li>
<li><a href="{{site_url(page, "/organisations")}}">{{_ "Who carried them out, and with whom"}}</a></li>
<li><a href="{{site_url(page, "/figures")}}">{{_ "The published tables, with charts and data"}}</a></li>
<li><a href="{{site_url(page, "/rules")}}">{{_ "Which rules applied on a given day"}}</a></li>
<li><a href="{{site_url(page, "/refused")}}">{{_ "What was refused, and on what grounds"}}</a></li>
<li><a href="{{site_url(page, "/data")}}">{{_ "The data to take away: CSV, XLSX, JSON, IATI"}}</a></li>
</ul>
</section>
</div>
</div>
{{call site_end(page)}}
{{end}}

{{template home_notes(const struct site_page *page, str subject)}}
{{for const struct inconsistency *note = programme_note_next(page->view->programme, STR("page"), subject, STR(""), NULL); note; note = programme_note_next(page->view->programme, STR("page"), subject, STR(""), note)}}<div class="gr-note"><p><strong>{{_ "The source contradicts itself."}}</strong> {{text3_in(&note->text, page->lang)}} {{call site_source(note->lines)}}</p></div>
{{end}}
{{end}}
