{{include "feat/programme/words.h"}}

{{template programme_word_text(const struct site_page *page, const char *kind, str word)}}{{let const struct text3 *known = programme_word(page->view->programme, kind, word)}}{{if known}}{{text3_in(known, page->lang)}}{{else}}<span lang="en">{{word}}</span>{{end}}{{end}}

{{template programme_words_text(const struct site_page *page, const char *kind, str words)}}{{let struct str_split it = str_split_on(words, ';')}}{{let str word}}{{let bool first = true}}{{for ; str_next(&it, &word); first = false}}{{if !first}}, {{end}}{{call programme_word_text(page, kind, word)}}{{end}}{{end}}

{{template programme_rule_value(const struct site_page *page, const struct scheme_rule *r)}}{{let decimal number}}{{let money amount = programme_rule_amount(r)}}{{if money_is(amount)}}{{amount}}{{elif decimal_parse(r->value, &number)}}{{dec(number, 4)}} {{programme_unit_of(page, r->value, r->unit)}}{{else}}<span lang="en">{{r->value}}</span> {{programme_unit(page, r->unit)}}{{end}}{{end}}
