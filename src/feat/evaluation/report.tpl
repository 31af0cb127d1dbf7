{{include "feat/evaluation/report_parts.h"}}
{{include "feat/evaluation/answer.tpl.h"}}

{{template report_front(const struct report_view *r)}}
<h1 id="title">{{r->title}}</h1>
<p class="lead">{{_ "What an evaluation asks, answered from the records on any day. Everything that can be computed is; what cannot be known is said as plainly."}}</p>
<p><strong>{{r->about}}</strong></p>
<p>{{_ "As known on {0}." r->facts->scope.as_of}} {{n "{0} activity." "{0} activities." r->facts->n}}</p>
{{if r->source.n}}<p>{{_ "Source: {0}" r->source}}</p>{{end}}
<p class="gr-muted">{{_ "Made on {0}." instant(r->made_ms)}}</p>
<p>{{_ "Each statement is one of four kinds, marked with its word, its sign and its border."}}</p>
{{call say_legend()}}
<h2 class="contents-title" id="contents">{{_ "Contents"}}</h2>
<ul class="contents">
{{for size_t i = 0; i < r->n; i++}}<li><a href="#{{r->parts[i].slug}}">{{if r->parts[i].question}}{{r->parts[i].question}}. {{end}}{{r->parts[i].title}}</a></li>
{{end}}</ul>
{{end}}

{{template report_part(const struct report_part_view *p)}}
<h2 id="{{p->slug}}">{{if p->question}}{{p->question}}. {{end}}{{p->title}}</h2>
{{if p->question_text.n}}<p class="lead">{{p->question_text}}</p>{{end}}
{{if p->why.n}}<p>{{_ "This part cannot be answered now."}} <span lang="en">{{p->why}}</span></p>{{else}}{{call say_answer(&p->show)}}{{end}}
{{end}}

{{template report_document(const struct report_view *r)}}
<!DOCTYPE html>
<html lang="{{lang_code(r->page.lang)}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{r->title}}</title>
<meta name="description" content="{{r->about}}">
<meta name="author" content="{{r->owner}}">
{{html r->style}}
</head>
<body>
<main>
{{call report_front(r)}}
{{for size_t i = 0; i < r->n; i++}}{{call report_part(&r->parts[i])}}
{{end}}
</main>
</body>
</html>
{{end}}
