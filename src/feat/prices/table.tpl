{{include "feat/prices/pages.h"}}

{{template prices_table(const struct site_page *page, const struct prices_result *r)}}
<!DOCTYPE html>
<html lang="{{lang_code(page->lang)}}"{{if lang_info(page->lang)->rtl}} dir="rtl"{{end}} class="grutto-theme">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{page->title}}</title>
<link rel="stylesheet" href="{{site_asset(page, "grutto.css")}}">
{{for int l = 0; l < page->langs; l++}}<link rel="alternate" hreflang="{{lang_code((enum lang)l)}}" href="{{site_url_in(page, (enum lang)l)}}">
{{end}}<link rel="alternate" hreflang="x-default" href="{{site_url_in(page, LANG_EN)}}">
</head>
<body class="grutto-theme utrecht-document gr-embedded">
<main>
<h1 class="utrecht-heading-3">{{page->title}}</h1>
{{if r->corridor && r->corridor->example}}<p><strong>{{_ "Invented example."}}</strong> {{_ "The providers and prices here are invented, to show how it works. Nobody can send money with them."}}</p>{{end}}
{{if r->fault.text}}<p>{{tr(r->fault.text)}}</p>{{elif !r->answer.ranked}}<p>{{_ "No offer does what you ask"}}</p>{{else}}
<table class="utrecht-table gr-table"><caption>{{_ "Ordered for {0} that leaves your pocket." prices_money(r->c.question.amount, r->c.send_currency)}}</caption>
<thead><tr><th scope="col">{{_ "Name"}}</th><th scope="col" class="gr-num">{{_ "Arrives"}}</th><th scope="col" class="gr-num">{{_ "Total cost"}}</th><th scope="col">{{_ "Age"}}</th></tr></thead>
<tbody>{{for size_t i = 0; i < r->answer.ranked; i++}}{{if r->answer.rows[i].rank}}{{let struct prices_card x = prices_card_of(r, i)}}<tr><th scope="row"><bdi>{{x.provider->name}}</bdi>{{if x.detail->example}} ({{_ "invented"}}){{end}}</th><td class="gr-num"><bdi>{{prices_money(x.row->quote.gets, r->c.receive_currency)}}</bdi></td><td class="gr-num">{{if x.figures.known}}<bdi>{{prices_money(x.figures.cost, r->c.send_currency)}}</bdi>{{else}}<span class="gr-missing">{{_ "not known"}}</span>{{end}}</td><td>{{prices_span_words(page, r->c.question.now - x.offer->collected)}}{{if x.row->stale}}: {{_ "Old: check it before you pay."}}{{end}}</td></tr>
{{end}}{{end}}</tbody></table>{{end}}
<p><a target="_top" href="{{site_url(page, "/prices")}}?to={{r->country}}">{{_ "Compare any amount, without advertising"}}</a></p>
</main>
</body>
</html>
{{end}}
