{{include "feat/evaluation/report_parts.h"}}
{{include "feat/evaluation/answer.tpl.h"}}

{{template report_front(const struct report_view *r)}}
<h1 id="title">{{r->title}}</h1>
<p class="cover-about">{{r->about}}</p>
<p class="lead">{{_ "What an evaluation asks, answered from the records on any day. Everything that can be computed is; what cannot be known is said as plainly."}}</p>
<div class="cover-facts">
{{if r->owner.n}}<p>{{r->owner}}</p>{{end}}
<p>{{_ "As known on {0}." r->facts->scope.as_of}} {{n "{0} activity." "{0} activities." r->facts->n}}</p>
{{if r->source.n}}<p>{{_ "Source: {0}" r->source}}</p>{{end}}
<p>{{_ "Made on {0}." instant(r->made_ms)}}</p>
</div>
<h2 id="contents">{{_ "Contents"}}</h2>
<ul class="contents">
{{for size_t i = 0; i < r->n; i++}}{{let const struct report_part_view *p = &r->parts[i]}}<li><a class="contents-part" href="#{{p->slug}}">{{if p->question}}{{p->question}}. {{end}}{{p->title}}</a>{{if report_sections(p)}}
<ul class="contents">{{for size_t k = 0; k < p->show.n; k++}}{{let const struct block *b = p->show.blocks[k].b}}{{if report_is_section(b)}}<li><a href="#{{show_anchor(&p->show, b->id)}}">{{b->text}}</a></li>
{{end}}{{end}}</ul>{{end}}</li>
{{end}}</ul>
<h2 id="reading">{{_ "How to read this report"}}</h2>
<p>{{_ "Each statement is one of four kinds, marked with its word, its sign and its border."}}</p>
<dl class="gr-say-legend">
{{for int k = 0; k < STATEMENT_KINDS; k++}}<div class="gr-say gr-say-{{say_class((enum statement_kind)k)}}"><dt class="gr-say-kind gr-sign-{{say_class((enum statement_kind)k)}}">{{tr(show_kind((enum statement_kind)k))}}</dt><dd>{{tr(show_kind_means((enum statement_kind)k))}}</dd></div>
{{end}}</dl>
<p>{{_ "Long tables are cut short here; the site and the data files have every row, and the rows behind every figure."}}</p>
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
