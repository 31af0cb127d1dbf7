{{include "feat/evaluation/page.h"}}

{{template evaluation_waiting(const struct site_page *page, const struct err *why, int seconds)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{if why}}<p class="gr-lead">{{if str_is(str_of(why->id), "pdf.absent")}}{{_ "The program that sets PDFs is not installed here."}}{{else}}{{_ "Something went wrong while it was made. Please try again in a minute."}}{{end}}</p>
<p lang="en"><code class="gr-code">{{str_of(why->detail)}}</code></p>
{{else}}<p class="gr-lead" role="status">{{_ "Setting the whole evaluation takes some ten seconds. This page comes back by itself, every {0} seconds, until the file is there." seconds}}</p>{{end}}
<ul class="utrecht-unordered-list gr-list">
{{if !why}}<li><a href="{{evaluation_file(page, "pdf")}}">{{_ "Look now"}}</a></li>{{end}}
<li><a href="{{evaluation_file(page, "html")}}">{{_ "The whole evaluation as HTML, at once"}}</a></li>
<li><a href="{{site_url(page, "/evaluation")}}">{{_ "Back to the evaluation"}}</a></li>
</ul>
{{call site_end(page)}}
{{end}}
