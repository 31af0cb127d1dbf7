{{include "feat/prices/pages.h"}}

{{template prices_know(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "What a transfer costs, what your rights are, and how to keep more of it for your family."}}</p>
<h2 class="utrecht-heading-2">{{_ "What you pay"}}</h2>
<p>{{_ "A transfer costs you twice: the fee, and the exchange rate. A service without a fee can be expensive, because it gives less foreign money for each euro than the market does. So compare what arrives, not the fee."}}</p>
<p>{{_ "Sending a larger amount less often usually costs less than sending small amounts often."}}</p>
<h2 class="utrecht-heading-2">{{_ "What you must be told"}}</h2>
<p>{{_ "Before you pay, the service must tell you the total price, the exchange rate, how much will arrive and when. If you do not see it, ask for it."}}</p>
<p>{{_ "You have the right to a receipt. Keep it until the money has arrived."}}</p>
<p>{{_ "In the Netherlands a service needs a licence of De Nederlandsche Bank, or of another country of the European Union. You can look it up in the public register of that bank."}}</p>
<p>{{_ "Did something go wrong? Complain to the service first: it must answer within 15 working days. After that you can go to the complaints body that the service names, in the Netherlands often Kifid."}}</p>
<h2 class="utrecht-heading-2">{{_ "Ways to send"}}</h2>
<dl class="gr-defs">
<dt>{{_ "From account to account"}}</dt><dd>{{_ "Often cheap. Count every charge: of your bank, of banks in between and of the bank that receives."}}</dd>
<dt>{{_ "Cash"}}</dt><dd>{{_ "Quick, and your family needs no account. Count the journey to the counter, at both ends."}}</dd>
<dt>{{_ "Mobile money"}}</dt><dd>{{_ "The money arrives on a telephone and can be spent, or taken out in cash near home. Ask what taking it out costs."}}</dd>
<dt>{{_ "A second bank card"}}</dt><dd>{{_ "Some banks give a second card for your family to use at a cash machine. Each withdrawal has a fee and a rate: ask for both. Never give anyone your own card or its code."}}</dd>
<dt>{{_ "Sending together"}}</dt><dd>{{_ "An association that sends money for a shared project pays the fee once. Agree beforehand who decides and who keeps the accounts."}}</dd>
</dl>
<h2 class="utrecht-heading-2">{{_ "Send safely"}}</h2>
<p>{{_ "Send money to people you know. Do not pay in advance for a prize, a loan or a job. Nobody honest asks for your password or code."}}</p>
<p><a href="{{site_url(page, "/prices")}}">{{_ "Compare what arrives"}}</a> · <a href="{{site_url(page, "/prices/method")}}">{{_ "How this comparison works"}}</a></p>
{{call site_end(page)}}
{{end}}

{{template prices_limits(const char *method, int32_t stale, int32_t off)}}
<tr><th scope="row">{{tr(method)}}</th><td>{{n "{0} hour" "{0} hours" (stale / 60)}}</td><td>{{n "{0} day" "{0} days" (off / 1440)}}</td></tr>
{{end}}

{{template prices_method(const struct site_page *page)}}
{{call site_begin(page)}}
<h1 class="utrecht-heading-1">{{page->title}}</h1>
<p class="gr-lead">{{_ "Which offers are shown, in what order, and who decides about it."}}</p>
<h2 class="utrecht-heading-2" id="order">{{_ "The order"}}</h2>
<p>{{_ "Offers are ordered by what arrives for the money that leaves your pocket, fees included. If a fixed amount must arrive, they are ordered by what you have to pay. You can ask for another order. Equal offers share a place."}}</p>
<p>{{_ "No place can be bought. Whether a provider advertises, or is a partner of anyone, plays no part: the program that makes the order does not know it."}}</p>
<h2 class="utrecht-heading-2" id="apart">{{_ "What stands apart"}}</h2>
<p>{{_ "An offer whose exchange rate is told only after payment has no known cost, and stands apart. A promotion for a first transfer counts only if you ask for it. A price that is too old is listed as no current price; it does not silently disappear."}}</p>
<h2 class="utrecht-heading-2" id="cost">{{_ "The cost"}}</h2>
<p>{{_ "The cost is the fee plus what is lost on the exchange rate, measured against a public middle rate. The source and the day of that rate stand beside every percentage. Amounts are calculated in whole cents and rounded once, at the end."}}</p>
<p>{{_ "For statistics the World Bank adds fee and exchange margin as percentages of the amount sent. That figure is shown too, but the order does not follow it: it favours services that add the fee on top."}}</p>
<h2 class="utrecht-heading-2" id="age">{{_ "How old a price may be"}}</h2>
<div class="gr-scroll" tabindex="0" role="region" aria-labelledby="age"><table class="utrecht-table gr-table">
<thead><tr><th scope="col">{{_ "How it was obtained"}}</th><th scope="col">{{_ "Counts as old after"}}</th><th scope="col">{{_ "Leaves the list after"}}</th></tr></thead>
<tbody>{{for int m = 0; m < COMPARE_METHODS; m++}}{{call prices_limits(prices_method_name(m), compare_ages_usual[m].stale, compare_ages_usual[m].off_list)}}
{{end}}</tbody></table></div>
<h2 class="utrecht-heading-2" id="independence">{{_ "Independence"}}</h2>
<ul class="utrecht-unordered-list gr-list">
<li>{{_ "No advertising, and no links that earn money."}}</li>
<li>{{_ "No payment, commission or gift from providers, neither for being listed nor for a place."}}</li>
<li>{{_ "Who collects prices does not work for a provider. Prices that providers send themselves are marked so, and are checked by test transfers."}}</li>
<li>{{_ "The method, the program and the data are public. Anyone can make the same list from them."}}</li>
<li>{{_ "You are not followed: no cookies, no other sites in the page, and nothing is kept that says who asked what."}}</li>
</ul>
<h2 class="utrecht-heading-2" id="mistakes">{{_ "Mistakes"}}</h2>
<p>{{_ "Is a price wrong? Say so, also if you are the provider. A corrected price takes the place of the wrong one, and the wrong one stays on record with the reason."}}</p>
{{call site_end(page)}}
{{end}}
