{{include "feat/prices/pages.h"}}

{{template prices_wrong(const struct site_page *page, const struct prices_wrong_view *v)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
{{if v->sent}}<div class="gr-note gr-note-info" role="status"><p>{{_ "Thank you. Your report has been kept and somebody will look at it."}}</p></div>{{end}}
{{if v->why}}<div class="gr-errors" role="alert" id="fault"><p>{{tr(v->why)}}</p></div>{{end}}
<p class="gr-lead">{{_ "Is a price, a rate or a place wrong? Say which one, and what it should be."}}</p>
<p>{{_ "Do not write who you are: nobody answers, and nothing is kept but what you write here and the day."}}</p>
<form class="gr-form" method="post" action="{{site_url(page, "/prices/report")}}">
<div class="gr-field"><label class="utrecht-form-label" for="country">{{_ "To which country?"}}</label>
<select class="utrecht-select" id="country" name="country"><option value="">{{_ "not about one country"}}</option>{{for size_t i = 0; i < v->n_countries; i++}}<option value="{{v->countries[i].code}}"{{if str_eq(v->countries[i].code, v->country)}} selected{{end}}>{{v->countries[i].name}}</option>{{end}}</select></div>
<div class="gr-field"><label class="utrecht-form-label" for="provider">{{_ "Which provider?"}}</label>
<select class="utrecht-select" id="provider" name="provider"><option value="">{{_ "not about one provider"}}</option>{{for size_t i = 0; i < v->view->n_providers; i++}}<option value="{{v->view->providers[i].key}}"{{if str_eq(v->view->providers[i].key, v->provider)}} selected{{end}}>{{v->view->providers[i].name}}</option>{{end}}</select></div>
<div class="gr-field"><label class="utrecht-form-label" for="text">{{_ "What is wrong, and what should it be?"}}</label>
<input class="utrecht-textbox" id="text" name="text" maxlength="500" autocomplete="off" value="{{v->text}}"{{if v->why}} aria-invalid="true" aria-describedby="fault"{{end}}></div>
<div class="gr-actions"><button class="gr-button" type="submit">{{_ "Send"}}</button></div>
</form>
{{call site_end(page)}}
{{end}}
