{{include "feat/site/site.h"}}
{{include "feat/site/parts.h"}}

{{template site_mark()}}
<svg viewBox="0 0 66 48" aria-hidden="true" focusable="false"><circle cx="25" cy="22" r="21" fill="#f0a36b"/><path fill="#fff" d="M3 31l10-6c5-5 14-7 21-4 3-6 5-10 9-11s6 1 6 4l15-4-15 7c-2 4-5 7-7 11-4 7-15 10-29 3zM25 35h2v10h-2zm6-1h2v11h-2z"/></svg>
{{end}}

{{template site_begin(const struct site_page *page)}}
<!DOCTYPE html>
<html lang="{{lang_code(page->lang)}}"{{if lang_info(page->lang)->rtl}} dir="rtl"{{end}} class="grutto-theme">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{page->title}} – {{if page->lang < LANG_SITE}}{{page->view->name[page->lang]}}{{else}}Grutto{{end}}</title>
{{if page->description.n}}<meta name="description" content="{{page->description}}">{{end}}
<link rel="stylesheet" href="{{site_asset(page, "grutto.css")}}">
{{if page->style}}<link rel="stylesheet" href="{{site_asset(page, page->style)}}">{{end}}
<link rel="icon" type="image/svg+xml" href="{{site_asset(page, "mark.svg")}}">
{{for int l = 0; l < page->langs; l++}}<link rel="alternate" hreflang="{{lang_code((enum lang)l)}}" href="{{site_url_in(page, (enum lang)l)}}">
{{end}}<link rel="alternate" hreflang="x-default" href="{{site_url_in(page, LANG_EN)}}">
</head>
<body class="grutto-theme utrecht-document">
<a class="gr-skip" href="#main">{{_ "Skip to content"}}</a>
<header class="gr-header">
<div class="gr-wrap gr-header-row">
<a class="gr-brand" href="{{site_url(page, site_home(page))}}">{{call site_mark()}}<span><span class="gr-brand-name">Grutto</span><span class="gr-brand-sub"{{if page->lang >= LANG_SITE}} lang="en"{{end}}>{{page->view->name[page->lang]}}</span></span></a>
{{if page->lang < LANG_SITE}}<form class="gr-search" action="{{site_url(page, "/activities")}}" method="get" role="search">
<label class="gr-hidden" for="site-q">{{_ "Search activities"}}</label>
<input class="utrecht-textbox" id="site-q" name="q" type="search" placeholder="{{_ "Search activities"}}" maxlength="200">
<button type="submit">{{_ "Search"}}</button>
</form>{{end}}
<nav aria-label="{{_ "Language"}}"><ul class="gr-langs">
{{for int l = 0; l < page->langs; l++}}<li>{{if (enum lang)l == page->lang}}<strong lang="{{lang_code((enum lang)l)}}" aria-current="true"><span aria-hidden="true">{{site_lang_short((enum lang)l)}}</span><span class="gr-hidden">{{lang_info((enum lang)l)->name}}</span></strong>{{else}}<a lang="{{lang_code((enum lang)l)}}" hreflang="{{lang_code((enum lang)l)}}" href="{{site_url_in(page, (enum lang)l)}}"><span aria-hidden="true">{{site_lang_short((enum lang)l)}}</span><span class="gr-hidden">{{lang_info((enum lang)l)->name}}</span></a>{{end}}</li>
{{end}}</ul></nav>
</div>
<nav class="gr-nav" aria-label="{{_ "Main navigation"}}"><div class="gr-wrap"><ul>
{{for int s = 0; s < SITE_SECTIONS; s++}}{{if site_section_in(page, (enum site_section)s)}}<li><a href="{{site_url(page, site_section_path((enum site_section)s))}}"{{if (enum site_section)s == page->section}} aria-current="{{if site_is_section_page(page)}}page{{else}}true{{end}}"{{end}}>{{tr(site_section_name((enum site_section)s))}}</a></li>
{{end}}{{end}}</ul></div></nav>
</header>
{{if page->section != SITE_HOME}}
<nav class="gr-crumbs gr-wrap" aria-label="{{_ "You are here"}}"><ol>
{{if page->lang < LANG_SITE}}<li><a href="{{site_url(page, "/")}}">{{_ "Home"}}</a></li>
{{end}}{{for size_t i = 0; i < page->n_crumbs; i++}}<li><a href="{{site_url_str(page, page->crumbs[i].path)}}">{{page->crumbs[i].label}}</a></li>
{{end}}<li aria-current="page"{{if page->title_lang}} lang="{{page->title_lang}}"{{end}}>{{page->title}}</li>
</ol></nav>
{{end}}
<main id="main" tabindex="-1" class="gr-main{{if !page->wide_main}} gr-wrap{{end}}">
{{end}}

{{template site_end(const struct site_page *page)}}
</main>
<footer class="gr-footer">
<div class="gr-wrap gr-footer-row">
<div>
<h2>Grutto</h2>
<p>{{_ "The open programme office for migration and development."}}</p>
<p{{if page->lang >= LANG_SITE}} lang="en"{{end}}>{{page->view->owner[page->lang]}}</p>
</div>
{{if page->lang < LANG_SITE}}<div>
<h2>{{_ "The figures"}}</h2>
<p>{{_ "Source: {0}" page->view->source[page->lang]}}</p>
{{if date_is(page->view->facts_as_of)}}<p>{{_ "Facts as known on {0}." page->view->facts_as_of}}</p>{{end}}
<p>{{_ "Page made on {0}." instant(page->view->made_ms)}}</p>
</div>{{end}}
<nav aria-label="{{_ "About this site"}}">
<h2>{{_ "About this site"}}</h2>
<ul>
{{if page->lang < LANG_SITE}}<li><a href="{{site_url(page, "/about")}}">{{_ "About Grutto"}}</a></li>
<li><a href="{{site_url(page, "/data")}}">{{_ "Open data and API"}}</a></li>
<li><a href="{{site_url(page, "/comparison")}}">{{_ "Comparison activities"}}</a></li>
<li><a href="{{site_url(page, "/accessibility")}}">{{_ "Accessibility"}}</a></li>
<li><a href="{{site_url(page, "/privacy")}}">{{_ "Privacy"}}</a></li>
{{else}}{{for int l = 0; l < LANG_SITE; l++}}<li><a lang="{{lang_code((enum lang)l)}}" hreflang="{{lang_code((enum lang)l)}}" dir="ltr" href="{{site_home_in(page, (enum lang)l)}}">{{lang_info((enum lang)l)->name}}: {{page->view->name[l]}}</a></li>
{{end}}{{end}}</ul>
</nav>
</div>
</footer>
{{for size_t i = 0; i < 2 && page->scripts[i]; i++}}<script src="{{site_asset(page, page->scripts[i])}}"></script>
{{end}}</body>
</html>
{{end}}

{{template site_source(str lines)}}
{{if lines.n}}<span class="gr-source">{{n "report, line" "report, lines" site_line_count(lines)}} {{call site_lines(lines)}}</span>{{end}}
{{end}}

{{template site_lines(str lines)}}
{{let struct site_line_run run}}{{let bool first = true}}
{{for ; site_line_run(&lines, &run); first = false}}{{if !first}}, {{end}}{{if run.text.n}}{{run.text}}{{elif run.to > run.from}}{{run.from}}–{{run.to}}{{else}}{{run.from}}{{end}}{{end}}
{{end}}

{{template site_targets(size_t met, size_t both, size_t no_result)}}
{{if both}}{{n "{1} of {0} target reached" "{1} of {0} targets reached" both num((int64_t)met)}}{{if no_result}}, {{end}}{{end}}{{if no_result}}{{n "{0} without result" "{0} without result" no_result}}{{end}}{{if !both && !no_result}}<span class="gr-missing">{{_ "no target in figures"}}</span>{{end}}
{{end}}

{{template site_table_cells(const struct chart_table *t)}}
<thead><tr>{{for size_t c = 0; c < t->n_columns; c++}}<th scope="col"{{if t->numeric[c]}} class="gr-num"{{end}}>{{t->head[c]}}</th>{{end}}</tr></thead>
<tbody>
{{for size_t r = 0; r < t->n_rows; r++}}<tr>{{for size_t c = 0; c < t->n_columns; c++}}{{let const struct chart_cell *cell = &t->cell[r * t->n_columns + c]}}{{if c == 0}}<th scope="row"{{if t->row_lang.n}} lang="{{t->row_lang}}"{{end}}>{{if cell->href.n}}<a href="{{url_local(cell->href)}}">{{cell->text}}</a>{{else}}{{cell->text}}{{end}}</th>{{else}}<td{{if t->numeric[c]}} class="gr-num"{{end}}>{{if cell->missing}}<span class="gr-missing">{{cell->text}}</span>{{else}}{{cell->text}}{{end}}</td>{{end}}{{end}}</tr>
{{end}}</tbody>
{{end}}

{{template site_chart(const struct site_page *page, const struct site_chart_view *f)}}
<figure class="gr-figure" id="figure-{{f->id}}" aria-labelledby="figure-{{f->id}}-title">
<figcaption>{{if f->level == 3}}<h3 class="utrecht-heading-3" id="figure-{{f->id}}-title">{{f->title}}</h3>{{else}}<h2 class="utrecht-heading-2" id="figure-{{f->id}}-title">{{f->title}}</h2>{{end}}
{{if f->about.n}}<p>{{f->about}}</p>{{end}}</figcaption>
{{html f->svg}}
{{if f->summary.n}}<p class="gr-small gr-muted">{{f->summary}}</p>{{end}}
{{if f->note.n}}<div class="gr-note"><p>{{f->note}}</p></div>{{end}}
<details><summary>{{_ "Show as a table"}}</summary>
<div class="gr-scroll" tabindex="0" role="region" aria-label="{{f->title}}"><table class="utrecht-table gr-table"><caption class="gr-hidden">{{f->title}}</caption>
{{call site_table_cells(f->table)}}
</table></div></details>
{{if f->data}}<div class="gr-figure-foot"><p>{{_ "Data:"}} <a href="{{site_data_url(page, f->data, "csv")}}">CSV</a> · <a href="{{site_data_url(page, f->data, "xlsx")}}">XLSX</a> · <a href="{{site_data_url(page, f->data, "json")}}">JSON</a></p></div>{{end}}
</figure>
{{end}}

{{template site_pages(const struct site_page *page, const struct site_pager *p)}}
{{if p->pages > 1}}
<nav class="gr-pages" aria-label="{{_ "Pages"}}"><ul>
{{if p->page > 1}}<li><a rel="prev" href="{{site_url(page, p->path)}}?{{p->query(p->ctx, page, p->page - 1)}}">{{_ "Previous"}}</a></li>{{end}}
{{for size_t i = 1; i <= p->pages; i++}}{{if site_pager_shows(p, i)}}<li>{{if i == p->page}}<strong aria-current="page"><span class="gr-hidden">{{_ "Page"}} </span>{{i}}</strong>{{else}}<a href="{{site_url(page, p->path)}}?{{p->query(p->ctx, page, i)}}"><span class="gr-hidden">{{_ "Page"}} </span>{{i}}</a>{{end}}</li>
{{elif site_pager_gap(p, i)}}<li><span aria-hidden="true">…</span></li>
{{end}}{{end}}
{{if p->page < p->pages}}<li><a rel="next" href="{{site_url(page, p->path)}}?{{p->query(p->ctx, page, p->page + 1)}}">{{_ "Next"}}</a></li>{{end}}
</ul></nav>
{{end}}
{{end}}

{{template site_facet(const struct site_facet *f)}}
{{if f->n}}
<details{{if f->open}} open{{end}}><summary>{{f->title}}</summary>
<fieldset><legend class="gr-hidden">{{f->title}}</legend>
{{for size_t i = 0; i < f->n; i++}}<label class="gr-check"><input type="checkbox" class="utrecht-checkbox" name="{{f->name}}" value="{{f->values[i].value}}"{{if f->values[i].chosen}} checked{{end}}><span{{if f->lang}} lang="{{f->lang}}"{{end}}>{{f->values[i].label}}</span><span class="gr-check-count"><span class="gr-hidden">{{_ "number:"}} </span>{{num((int64_t)f->values[i].count)}}</span></label>
{{end}}</fieldset></details>
{{end}}
{{end}}

{{template site_note(str text)}}
<div class="gr-note" role="note"><p><strong>{{_ "Note."}}</strong> {{text}}</p></div>
{{end}}

{{template site_error(const struct site_page *page, int status, const struct err *e)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{if status == 404}}{{_ "There is nothing at this address. It may have been mistyped, or the page has moved."}}{{elif status == 400}}{{_ "The address asks for something that cannot be read."}}{{elif status == 405}}{{_ "What is at this address can be read, but not changed."}}{{elif status == 413 || status == 414 || status == 431}}{{_ "The site takes less than was sent."}}{{elif status == 503}}{{_ "The site is busy, or its data cannot be reached. Please try again in a minute."}}{{else}}{{_ "The page could not be made. It has been noted."}}{{end}}</p>
{{let str field = str_of(e->field)}}{{let str id = str_of(e->id)}}{{let str detail = site_error_detail(e)}}
{{if str_is(id, "field.unknown")}}<p>{{_ "This page has no parameter {0}." field}}</p>{{elif str_is(id, "field.repeated")}}<p>{{_ "The parameter {0} may be given only once." field}}</p>{{elif str_is(id, "field.missing")}}<p>{{_ "The parameter {0} must be given." field}}</p>{{elif field.n}}<p>{{_ "The parameter {0} has a value that it does not take." field}}</p>{{end}}
{{if detail.n}}<p lang="en"><code class="gr-code">{{detail}}</code></p>{{end}}
<h2 class="utrecht-heading-2">{{_ "Where to go from here"}}</h2>
<ul class="utrecht-unordered-list gr-list">
{{if page->lang < LANG_SITE}}<li><a href="{{site_url(page, "/activities")}}">{{_ "All activities, with search"}}</a></li>
<li><a href="{{site_url(page, "/countries")}}">{{_ "Countries"}}</a></li>
<li><a href="{{site_url(page, "/figures")}}">{{_ "Figures"}}</a></li>
{{end}}<li><a href="{{site_url(page, site_home(page))}}">{{_ "Home"}}</a></li>
</ul>
{{call site_end(page)}}
{{end}}
