{{include "feat/site/site.h"}}

{{template site_about(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Grutto is the open programme office for migration and development: it keeps a subsidy programme in one place, from policy to evaluation, and shows the public part of it here."}}</p>
<h2 class="utrecht-heading-2">{{_ "The name"}}</h2>
<p>{{_ "The black-tailed godwit, grutto in Dutch, breeds in the Netherlands, winters in West Africa and comes back every year."}}</p>
<h2 class="utrecht-heading-2">{{_ "Where the facts come from"}}</h2>
<p>{{_ "Every figure of the programme names the line of the report that it was taken from. Where the report contradicts itself, a note beside the figure says so and tells which value is used. What the report does not say is shown as missing, never as zero."}}</p>
<p>{{_ "Titles and descriptions are shown in the language of the source, most often English."}}</p>
<h2 class="utrecht-heading-2">{{_ "Reuse"}}</h2>
<p>{{_ "The data may be used by anyone for any purpose. The program is open source under the European Union Public Licence 1.2."}}</p>
{{call site_end(page)}}
{{end}}

{{template site_accessibility(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "This site should work for everybody: with a keyboard, a screen reader, at 400 % zoom, on a small phone, on paper, and without scripts."}}</p>
<p>{{_ "Each page is tested automatically against the rules of WCAG 2.2, levels A and AA, in every language. An audit by people with disabilities has not taken place yet."}}</p>
<ul class="utrecht-unordered-list gr-list">
<li>{{_ "Every chart has a description in words and a table with the same figures."}}</li>
<li>{{_ "Nothing relies on colour alone."}}</li>
<li>{{_ "The site contains no scripts that it needs."}}</li>
</ul>
{{call site_end(page)}}
{{end}}

{{template site_privacy(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "This site sets no cookies, loads nothing from other sites and does not follow you."}}</p>
<p>{{_ "For the safety of the service, the time, the page and a shortened network address of each request are logged. What you search for is not logged."}}</p>
<p>{{_ "The public register holds facts on organisations and activities. It holds no personal data of participants."}}</p>
{{call site_end(page)}}
{{end}}
