{{include "feat/prices/pages.h"}}

{{template prices_option(const char *value, const char *label, bool chosen)}}
<option value="{{value}}"{{if chosen}} selected{{end}}>{{tr(label)}}</option>
{{end}}

{{template prices_example_note(bool example)}}
{{if example}}<div class="gr-note gr-doubt" role="note"><p><strong>{{_ "Invented example."}}</strong> {{_ "The providers and prices here are invented, to show how it works. Nobody can send money with them."}}</p></div>{{end}}
{{end}}

{{template prices_form(const struct site_page *page, const struct prices_compare_view *v)}}
{{let const struct prices_result *r = v->r}}{{let bool receive = r->corridor && r->c.question.receive}}{{let const char *bad = r->fault.text ? r->fault.field : ""}}
<form class="gr-card gr-send" method="get" action="{{site_url(page, "/prices")}}" aria-label="{{_ "What do you want to send?"}}">
<div class="gr-field"><label class="utrecht-form-label" for="to">{{_ "To which country?"}}</label>
<select class="utrecht-select" id="to" name="to"{{if r->fault.text && !strcmp(bad, "to")}} aria-invalid="true" aria-describedby="fault"{{end}}>{{for size_t i = 0; i < v->n_countries; i++}}<option value="{{v->countries[i].code}}"{{if str_eq(v->countries[i].code, r->country)}} selected{{end}}>{{v->countries[i].name}}</option>{{end}}</select></div>
<div class="gr-field"><label class="utrecht-form-label" for="amount">{{_ "Amount"}}</label>
<input class="utrecht-textbox" id="amount" name="amount" inputmode="decimal" autocomplete="off" maxlength="30" dir="ltr" value="{{r->amount}}"{{if r->fault.text && !strcmp(bad, "amount")}} aria-invalid="true" aria-describedby="fault"{{end}}></div>
<fieldset class="gr-question"><legend>{{_ "This amount"}}</legend>
<label class="gr-check"><input type="radio" name="what" value="send"{{if !receive}} checked{{end}}><span>{{_ "leaves my pocket, in euros"}}</span></label>
<label class="gr-check"><input type="radio" name="what" value="receive"{{if receive}} checked{{end}}><span>{{_ "must arrive, in the money of that country"}}</span></label></fieldset>
<div class="gr-field"><label class="utrecht-form-label" for="order">{{_ "What matters most?"}}</label>
<select class="utrecht-select" id="order" name="order">{{for int i = 0; i < COMPARE_PRESETS; i++}}{{call prices_option(prices_preset_slugs[i], prices_preset_name(i), r->corridor && (int)r->c.question.preset == i)}}{{end}}</select></div>
<details class="gr-more"{{if r->pay_in >= 0 || r->payout >= 0 || date_is(r->by) || r->near.n || r->language.n || r->c.question.first_transfer || (r->fault.text && strcmp(bad, "amount") && strcmp(bad, "to"))}} open{{end}}><summary>{{_ "More wishes"}}</summary>
<div class="gr-wishes">
<div class="gr-field"><label class="utrecht-form-label" for="pay">{{_ "How do you pay?"}}</label>
<select class="utrecht-select" id="pay" name="pay"><option value="">{{_ "any way"}}</option>{{for int i = 0; prices_pay_in_slugs[i]; i++}}{{call prices_option(prices_pay_in_slugs[i], prices_pay_in_name((size_t)i), r->pay_in == i)}}{{end}}</select></div>
<div class="gr-field"><label class="utrecht-form-label" for="payout">{{_ "How is it received?"}}</label>
<select class="utrecht-select" id="payout" name="payout"><option value="">{{_ "any way"}}</option>{{for int i = 0; prices_payout_slugs[i]; i++}}{{call prices_option(prices_payout_slugs[i], prices_payout_name((size_t)i), r->payout == i)}}{{end}}</select></div>
<div class="gr-field"><label class="utrecht-form-label" for="by">{{_ "It must arrive by"}}</label>
<input class="utrecht-textbox" id="by" name="by" type="date" value="{{iso_date(r->by)}}"{{if r->fault.text && !strcmp(bad, "by")}} aria-invalid="true" aria-describedby="fault"{{end}}></div>
{{if v->n_places}}<div class="gr-field"><label class="utrecht-form-label" for="near">{{_ "It is collected in or near"}}</label>
<select class="utrecht-select" id="near" name="near"{{if r->fault.text && !strcmp(bad, "near")}} aria-invalid="true" aria-describedby="fault"{{end}}><option value="">{{_ "choose a town"}}</option>{{for size_t i = 0; i < v->n_places; i++}}<option{{if str_eq(v->places[i].name, r->near)}} selected{{end}}>{{v->places[i].name}}</option>{{end}}</select></div>{{end}}
{{if r->view->n_languages}}<div class="gr-field"><label class="utrecht-form-label" for="language">{{_ "Help in this language"}}</label>
<select class="utrecht-select" id="language" name="language"{{if r->fault.text && !strcmp(bad, "language")}} aria-invalid="true" aria-describedby="fault"{{end}}><option value="">{{_ "any language"}}</option>{{for size_t i = 0; i < r->view->n_languages; i++}}<option value="{{r->view->languages[i]}}"{{if str_eq(r->view->languages[i], r->language)}} selected{{end}} lang="{{r->view->languages[i]}}">{{prices_language_name(r->view->languages[i])}}</option>{{end}}</select></div>{{end}}
</div>
<label class="gr-check"><input type="checkbox" name="first" value="1"{{if r->c.question.first_transfer}} checked{{end}}><span>{{_ "It is my first transfer: count promotions for it"}}</span></label>
</details>
<div class="gr-actions"><button class="gr-button" type="submit">{{_ "Compare"}}</button></div>
</form>
{{end}}

{{template prices_split(const struct prices_result *r, const struct prices_card *x)}}
{{let const struct compare_quote *q = &x->row->quote}}{{let str send = r->c.send_currency}}{{let str get = r->c.receive_currency}}
<dl class="gr-defs">
<dt>{{_ "You pay"}}</dt><dd><bdi>{{prices_money(q->outlay, send)}}</bdi></dd>
<dt>{{_ "Fee"}}</dt><dd><bdi>{{prices_money(q->fee, send)}}</bdi></dd>
<dt>{{_ "Is exchanged"}}</dt><dd><bdi>{{prices_money(q->principal, send)}}</bdi></dd>
<dt>{{_ "Exchange rate"}}</dt><dd><bdi>1 {{send}} = {{dec(prices_rate_of((struct compare_rate){x->offer->rate, x->offer->rate_scale}), 6)}} {{get}}</bdi></dd>
{{if r->c.pair.has_benchmark}}<dt>{{_ "Middle rate"}}</dt><dd><bdi>1 {{send}} = {{dec(prices_rate_of(r->c.pair.benchmark), 6)}} {{get}}</bdi>{{if r->c.benchmark_source.n}} ({{r->c.benchmark_source}}{{if date_is(r->c.benchmark_date)}}, {{r->c.benchmark_date}}{{end}}){{end}}</dd>{{end}}
{{if x->figures.known}}<dt>{{_ "Lost on the rate"}}</dt><dd><bdi>{{percent(prices_ratio(x->figures.margin_ppm), 2)}}</bdi></dd>{{end}}
{{if x->offer->receive_fee > 0}}<dt>{{_ "Taken at the other end"}}</dt><dd><bdi>{{prices_money(x->offer->receive_fee, get)}}</bdi></dd>{{end}}
<dt>{{_ "Arrives"}}</dt><dd><bdi>{{prices_money(q->gets, get)}}</bdi></dd>
{{if x->figures.known}}<dt>{{_ "Total cost"}}</dt><dd><bdi>{{prices_money(x->figures.cost, send)}}</bdi>, <bdi>{{percent(prices_ratio(x->figures.effective_ppm), 2)}}</bdi></dd>
<dt>{{_ "The World Bank’s way"}}</dt><dd><bdi>{{percent(prices_ratio(x->figures.rpw_ppm), 2)}}</bdi></dd>{{end}}
{{if q->remainder > 0}}<dt>{{_ "Left in your pocket"}}</dt><dd><bdi>{{prices_money(q->remainder, send)}}</bdi>: {{_ "the tariff has no price for exactly this amount"}}</dd>{{end}}
</dl>
{{if q->better > 0}}<p>{{_ "Pay {0} and more arrives: a step of the tariff lies in between." prices_money(q->better, send)}}</p>{{end}}
{{if x->detail->promotional_fee || x->detail->promotional_rate}}<p>{{_ "This is a promotion for a first transfer."}}</p>{{end}}
{{end}}

{{template prices_age(const struct site_page *page, const struct prices_result *r, const struct prices_card *x)}}
{{_ "Price of {0} ago, {1}." prices_span_words(page, r->c.question.now - x->offer->collected) tr(prices_method_name(x->offer->method))}}{{if x->row->stale}} <strong class="gr-old">{{_ "Old: check it before you pay."}}</strong>{{end}}
{{end}}

{{template prices_arrival(const struct site_page *page, const struct prices_result *r, const struct prices_card *x)}}
{{if x->offer->flags & COMPARE_BUSINESS_DAYS && x->row->arrives >= 0}}
{{let struct prices_delay later[PRICES_DELAYS_MAX]}}{{let size_t n = prices_delays(&r->c, x->row, later)}}
<p class="gr-small">{{_ "Sent now, it arrives on {0} at the latest." date_of_instant(x->row->arrives * 60000)}}{{for size_t i = 0; i < n; i++}} {{_ "{0}, {1}, is a day of rest in {2} and makes it later." prices_holiday_name(page, later[i].told) later[i].day country(later[i].country ? r->c.receive_country : r->c.send_country)}}{{if later[i].told->expected}} {{_ "The day follows the moon and may still move."}}{{end}}{{end}}</p>
{{for size_t i = 0; i < 2; i++}}{{if !prices_calendar_told(&r->c, x->row, i)}}<p class="gr-small gr-doubt">{{_ "The holidays of {0} are not known for these days, so they are not counted." country(i ? r->c.receive_country : r->c.send_country)}}</p>{{end}}{{end}}
{{end}}
{{end}}

{{template prices_offer(const struct site_page *page, const struct prices_result *r, struct prices_card x)}}
<li class="gr-card gr-offer{{if x.row->stale}} gr-offer-old{{end}}">
<h3 class="gr-offer-name"><span class="gr-offer-rank"><span class="gr-hidden">{{_ "Place"}} </span>{{num((int64_t)x.row->rank)}}{{if x.row->tied}}<span class="gr-hidden"> {{_ "(shared)"}}</span>={{end}}</span> <a href="{{site_url_of(page, "/prices/providers/", x.provider->key)}}"><bdi>{{x.provider->name}}</bdi></a>{{if x.detail->example}} <span class="gr-badge">{{_ "invented"}}</span>{{end}}</h3>
<p class="gr-offer-gets">{{if r->c.question.receive}}{{_ "You pay"}} <strong><bdi>{{prices_money(x.row->quote.outlay, r->c.send_currency)}}</bdi></strong>{{else}}{{_ "Arrives"}} <strong><bdi>{{prices_money(x.row->quote.gets, r->c.receive_currency)}}</bdi></strong>{{end}}</p>
<p>{{if x.figures.known}}{{_ "Costs {0}, {1} of what you pay." prices_money(x.figures.cost, r->c.send_currency) percent(prices_ratio(x.figures.effective_ppm), 1)}}{{else}}{{_ "The cost cannot be told: there is no middle rate to measure it by."}}{{end}}</p>
<p>{{prices_ways(page, x.offer->pay_in, false)}} <span aria-hidden="true">→</span><span class="gr-hidden">{{_ "to"}}</span> {{prices_ways(page, x.offer->payout, true)}} · {{if x.offer->latest < 0}}{{_ "not told when it arrives"}}{{elif x.offer->flags & COMPARE_BUSINESS_DAYS}}{{n "within {0} working day" "within {0} working days" ((uint64_t)(x.offer->latest + 1439) / 1440)}}{{else}}{{_ "within {0}" prices_span_words(page, x.offer->latest)}}{{end}}{{if r->c.question.preset == COMPARE_NEAREST && x.offer->distance_m >= 0}} · {{_ "{0} km away" dec(decimal_scaled(x.offer->distance_m, -3), 1)}}{{end}}</p>
{{if r->c.question.preset == COMPARE_MOST_DEPENDABLE}}<p class="gr-small">{{if x.provider->said.n}}{{_ "{0} of {1} transfers went as promised: at least four of five stars for arriving, speed and price." x.provider->said.promised x.provider->said.n}}{{else}}{{_ "Nobody has told yet how transfers went, so it comes last."}}{{end}}</p>{{end}}
{{call prices_arrival(page, r, &x)}}
<p class="gr-small gr-muted">{{call prices_age(page, r, &x)}}</p>
<details><summary>{{_ "How this comes about"}}</summary>
{{call prices_split(r, &x)}}
<ul class="gr-list">{{for size_t i = 0; i < r->answer.ranked; i++}}{{if !r->answer.rows[i].rank}}{{let struct prices_card o = prices_card_of(r, i)}}{{if o.provider == x.provider}}<li>{{_ "Also:"}} {{prices_ways(page, o.offer->pay_in, false)}} <span aria-hidden="true">→</span> {{prices_ways(page, o.offer->payout, true)}}: <bdi>{{if r->c.question.receive}}{{prices_money(o.row->quote.outlay, r->c.send_currency)}}{{else}}{{prices_money(o.row->quote.gets, r->c.receive_currency)}}{{end}}</bdi></li>{{end}}{{end}}{{end}}</ul>
</details></li>
{{end}}

{{template prices_apart(const struct site_page *page, const struct prices_result *r)}}
{{if r->answer.n > r->answer.ranked}}
<h2 class="utrecht-heading-2">{{_ "Not in the order"}}</h2>
<ul class="utrecht-unordered-list gr-list">{{for size_t i = r->answer.ranked; i < r->answer.n; i++}}{{let struct prices_card x = prices_card_of(r, i)}}<li><a href="{{site_url_of(page, "/prices/providers/", x.provider->key)}}"><bdi>{{x.provider->name}}</bdi></a>{{if x.detail->example}} ({{_ "invented"}}){{end}}, {{prices_ways(page, x.offer->pay_in, false)}} <span aria-hidden="true">→</span> {{prices_ways(page, x.offer->payout, true)}}: {{tr(prices_verdict_name(x.row->verdict))}}.</li>
{{end}}</ul>
{{end}}
{{end}}

{{template prices_results(const struct site_page *page, const struct prices_result *r)}}
<h2 class="utrecht-heading-2" id="results">{{if r->answer.ranked}}{{n "{0} provider can be compared" "{0} providers can be compared" prices_places(r)}}{{else}}{{_ "No offer does what you ask"}}{{end}}</h2>
{{if !r->answer.ranked}}<p>{{_ "Ask for another amount, or leave out how it is paid and received. What there is stands below, with the reason."}}</p>{{end}}
<p class="gr-small">{{if r->c.question.receive}}{{_ "Ordered by what you pay so that {0} arrives." prices_money(r->c.question.amount, r->c.receive_currency)}}{{else}}{{_ "Ordered for {0} that leaves your pocket." prices_money(r->c.question.amount, r->c.send_currency)}}{{end}} {{_ "Order:"}} {{tr(prices_preset_name((int)r->c.question.preset))}}. <a href="{{site_url(page, "/prices/method")}}">{{_ "How this comparison works"}}</a></p>
{{if r->answer.ranked}}<ol class="gr-offers">{{for size_t i = 0; i < r->answer.ranked; i++}}{{if r->answer.rows[i].rank}}{{call prices_offer(page, r, prices_card_of(r, i))}}{{end}}{{end}}</ol>{{end}}
{{call prices_apart(page, r)}}
{{end}}

{{template prices_compare(const struct site_page *page, const struct prices_compare_view *v)}}
{{let const struct prices_result *r = v->r}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Which service gives your family most of the money that you send? No advertising, nothing kept."}}</p>
{{call prices_example_note(r->corridor && r->corridor->example)}}
{{if r->fault.text}}<div class="gr-errors" role="alert" id="fault"><p>{{tr(r->fault.text)}}</p></div>{{end}}
{{call prices_form(page, v)}}
{{if r->corridor && !r->fault.text}}{{call prices_results(page, r)}}{{end}}
<h2 class="utrecht-heading-2">{{_ "More about sending money"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{if r->corridor}}<li><a href="{{site_url_of(page, "/prices/to/", r->country)}}">{{_ "What it costs to send money to {0}, since 2011" country(r->country)}}</a></li>{{end}}
<li><a href="{{site_url(page, "/prices/before-you-send")}}">{{_ "Before you send money"}}</a></li>
<li><a href="{{site_url(page, "/prices/providers")}}">{{_ "All providers"}}</a></li>
<li><a href="{{site_url(page, "/prices/quality")}}">{{_ "Prices, their age, and what is missing"}}</a></li>
<li><a href="{{site_url(page, "/prices/report")}}">{{_ "Report a wrong price"}}</a></li>
</ul>
{{call site_end(page)}}
{{end}}
