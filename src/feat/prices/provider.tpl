{{include "feat/prices/pages.h"}}
{{include "feat/prices/compare.tpl.h"}}

{{template prices_providers(const struct site_page *page, const struct prices_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{call prices_example_note(v->example)}}
{{if !v->n_providers}}<p>{{_ "No providers are known yet."}}</p>{{else}}
<p>{{_ "In the order of their names."}}</p>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{page->title}}"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Name"}}</th><th scope="col">{{_ "Licence"}}</th><th scope="col" class="gr-num">{{_ "Offers"}}</th></tr></thead>
<tbody>{{for size_t i = 0; i < v->n_providers; i++}}{{let const struct prices_provider *p = &v->providers[i]}}<tr><th scope="row"><a href="{{site_url_of(page, "/prices/providers/", p->key)}}"><bdi>{{p->name}}</bdi></a>{{if p->example}} ({{_ "invented"}}){{end}}</th><td>{{if p->licensed}}{{_ "yes"}}{{else}}{{_ "no, or not known"}}{{end}}</td><td class="gr-num">{{num((int64_t)p->n_offers)}}</td></tr>
{{end}}</tbody></table></div>
{{end}}
{{call site_end(page)}}
{{end}}

{{template prices_fact(const char *label, str text)}}
{{if text.n}}<dt>{{tr(label)}}</dt><dd><bdi>{{text}}</bdi></dd>{{end}}
{{end}}

{{template prices_provider_page(const struct site_page *page, const struct prices_provider_view *v)}}
{{let const struct prices_provider *p = v->p}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1"><bdi>{{p->name}}</bdi></h1>
{{call prices_example_note(p->example)}}
<dl class="gr-defs">
{{call prices_fact(MSG("Legal name"), p->legal_name)}}{{if p->kind.n}}<dt>{{_ "Kind"}}</dt><dd>{{tr(prices_kind_name(p->kind))}}</dd>{{end}}
{{if p->country.n}}<dt>{{_ "Seat"}}</dt><dd>{{country(p->country)}}</dd>{{end}}
<dt>{{_ "Licence"}}</dt><dd>{{if p->licensed}}{{_ "yes"}}{{else}}{{_ "no, or not known"}}{{end}}</dd>
{{call prices_fact(MSG("Supervisor"), p->supervisor)}}{{call prices_fact(MSG("Number in the register"), p->register_number)}}
{{call prices_fact(MSG("Founded"), p->founded)}}{{call prices_fact(MSG("Complaints go to"), p->complaints)}}{{call prices_fact(MSG("Owners"), p->owners)}}
<dt>{{_ "Commercial relation with this site"}}</dt><dd>{{_ "none"}}</dd>
</dl>
<h2 class="utrecht-heading-2" id="offers">{{_ "Offers"}}</h2>
{{if !p->n_offers}}<p>{{_ "No prices are known yet."}}</p>{{else}}
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="offers"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Country"}}</th><th scope="col">{{_ "How it is paid"}}</th><th scope="col">{{_ "How it is received"}}</th><th scope="col">{{_ "How it was obtained"}}</th><th scope="col">{{_ "Age"}}</th></tr></thead>
<tbody>{{for size_t i = 0; i < v->view->n_corridors; i++}}{{let const struct prices_corridor *c = &v->view->corridors[i]}}{{for size_t k = c->first_offer; k < c->first_offer + c->n_offers; k++}}{{let const struct compare_offer *o = &v->view->offers[k]}}{{if o->provider == v->index}}<tr><th scope="row"><a href="{{site_url_of(page, "/prices/to/", c->receive_country)}}">{{country(c->receive_country)}}</a> <bdi>{{c->receive_currency}}</bdi></th><td>{{prices_ways(page, o->pay_in, false)}}</td><td>{{prices_ways(page, o->payout, true)}}</td><td>{{tr(prices_method_name(o->method))}}</td><td>{{prices_span_words(page, prices_corridor_now(c, v->now) - o->collected)}}</td></tr>
{{end}}{{end}}{{end}}</tbody></table></div>
{{end}}
{{if p->said.n}}<h2 class="utrecht-heading-2" id="experiences">{{_ "How transfers went"}}</h2>
<p>{{_ "{0} of {1} transfers went as promised: at least four of five stars for arriving, speed and price." p->said.promised p->said.n}}</p>
<ul class="utrecht-unordered-list gr-list">{{for size_t i = p->said.first; i < p->said.first + p->said.n; i++}}{{let const struct prices_experience *x = &v->view->experiences[i]}}<li>{{x->day}}{{if x->country.n}}, {{country(x->country)}}{{end}}{{if x->example}} ({{_ "invented"}}){{end}}: {{if prices_as_promised(x)}}{{_ "as promised"}}{{else}}{{_ "not as promised"}}{{end}}. {{if x->verification == PRICES_NOT_VERIFIED}}{{_ "Nobody has checked that the service was used."}}{{else}}{{_ "It was checked that the service was used."}}{{end}}{{if x->text.n}} <bdi lang="{{x->lang}}">{{x->text}}</bdi>{{end}}{{if x->reply.n}} {{_ "The provider’s reply:"}} <bdi>{{x->reply}}</bdi>{{end}}</li>
{{end}}</ul>{{end}}
{{if v->n_locations}}<h2 class="utrecht-heading-2" id="places">{{_ "Places"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="places"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "Country"}}</th><th scope="col">{{_ "Place"}}</th><th scope="col">{{_ "Address"}}</th><th scope="col">{{_ "Open"}}</th><th scope="col">{{_ "Last confirmed"}}</th></tr></thead>
<tbody>{{for size_t i = 0; i < v->view->n_locations; i++}}{{let const struct prices_location *x = &v->view->locations[i]}}{{if x->provider == v->index}}<tr><th scope="row">{{country(x->country)}}</th><td><bdi>{{x->place}}</bdi></td><td><bdi>{{x->address}}</bdi></td><td><bdi>{{x->hours}}</bdi></td><td>{{if date_is(x->confirmed)}}{{x->confirmed}}{{else}}<span class="gr-missing">{{_ "not known"}}</span>{{end}}</td></tr>
{{end}}{{end}}</tbody></table></div>{{end}}
{{call site_end(page)}}
{{end}}
