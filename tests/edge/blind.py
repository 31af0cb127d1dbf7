#!/usr/bin/env python3
"""The order of offers knows nothing but prices: two databases hold the same offers, the second in another order of rows and with all
that a provider could buy or be turned about; the answers are the same. Prices age by method: fresh, old, off the list. An empty
comparison says so. TAP. Usage: blind.py GRUTTO PACK"""
import csv
import io
import json
import random
import subprocess
import sys
import time

from harness import Site, Tap

NOW = int(time.time())
METHODS = {  # seconds after which a price is old, and after which it leaves the list: proposals of the method, section 9
    'feed': (24 * 3600, 72 * 3600), 'api': (24 * 3600, 72 * 3600), 'tariff': (72 * 3600, 14 * 86400),
    'public quote': (72 * 3600, 14 * 86400), 'mystery shop': (90 * 86400, 180 * 86400), 'user report': (90 * 86400, 180 * 86400)}
SLACK = 600  # the test itself takes time


def at(age):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(NOW - age))


def feed(rows):
    out = io.StringIO()
    w = csv.DictWriter(out, list(rows[0]), lineterminator='\n')
    w.writeheader()
    w.writerows(rows)
    return out.getvalue()


def offer(provider, key, **more):
    return dict(dict(provider=provider, offer=key, send_country='NL', send_currency='EUR', receive_country='PH', receive_currency='PHP',
                     pay_in='bank', payout='bank', fee_model='on top', tariff='4.90', receive_fee='0', margin='measured', rate='69.30',
                     collected_at=at(600), method='feed', latest_minutes='60', languages='', first_transfer='', promotional_fee='',
                     example='no'), **more)


def offers(r):
    rows = []
    for p in range(12):
        for k in range(4):
            rows.append(offer('b-%02d' % p, 'o%d' % k, rate='%.2f' % (66 + r.randrange(16) / 4), fee_model=r.choice(['on top', 'deducted']),
                              tariff=r.choice(['4.90', '0', '1%', 'to 100: 2; 1.5% min 3 max 9']), pay_in=r.choice(['bank', 'ideal', 'cash']),
                              payout=r.choice(['bank', 'cash']), latest_minutes=str(r.choice([30, 60, 1440])), languages=r.choice(['', 'nl', 'tl']),
                              first_transfer=r.choice(['', '', '', 'yes'])))
    rows.append(offer('b-00', 'secret', margin='unknown', rate=''))  # its rate is told after payment
    return rows


def providers(r, turned):
    """Everything that is no price: what a provider is, says of itself and could offer us."""
    kinds = ['bank', 'money transfer operator', 'mobile operator', 'post office', 'other']
    return [dict(provider='b-%02d' % p, name='Blind %02d' % p, legal_name='Blind %d B.V.' % (99 - p if turned else p), type=kinds[(p * 3 + 2 if turned else p) % 5],
                 country='BE' if turned else 'NL', supervisor='NBB' if turned else 'DNB', register_number=str(r.randrange(9999)), licensed='yes',
                 founded=str(2020 - p if turned else 1990 + p), owners='the owner of this site' if turned else 'somebody', relation='none',
                 website='https://partner.example/?ref=grutto' if turned else '', note='Pays for the first place.' if turned else '',
                 example='yes' if turned and p % 2 else 'no') for p in range(12)]


def fill(site, turned):
    r = random.Random(5)
    rows, who = offers(r), providers(random.Random(8 if turned else 9), turned)
    if turned:
        random.Random(3).shuffle(rows)
        random.Random(4).shuffle(who)
        flagged = {p['provider'] for p in who if p['example'] == 'yes'}
        for row in rows:
            row['example'] = 'yes' if row['provider'] in flagged else 'no'
    run = lambda *a: subprocess.run([site.grutto, *a], capture_output=True, text=True)
    run('prices', 'remove-example', site.db)
    files = {'rates': 'source,date,currency,rate\nTest bank,%s,PHP,70.356\n' % at(86400)[:10], 'who': feed(who), 'offers': feed(rows)}
    if turned:
        files['promotions'] = feed([dict(provider=p['provider'], promotion='p1', text='Free now', code='FREE', starts=at(86400)[:10], source='the provider',
                                         approved_by='nobody', example=p['example']) for p in who])
        files['shares'] = feed([dict(provider=p['provider'], send_country='NL', receive_country='PH', year='2025', share_percent='8', source='test',
                                     example=p['example']) for p in who])
    said = []
    for name, text in files.items():
        path = '%s/%s.csv' % (site.folder, name)
        with open(path, 'w') as f:
            f.write(text)
        done = run('import', 'rates' if name == 'rates' else 'prices', site.db, path)
        if done.returncode:
            said.append('%s: %d %s%s' % (name, done.returncode, done.stdout[:2000], done.stderr))
    return said


def serve(site):
    site.stop()
    site.start()


def ask(site, query):
    return json.loads(site.get('/api/v1/prices/compare?from=NL&to=PH&' + query).text())


def bare(answer):
    """Without the flag that says what is invented."""
    for row in answer.get('ranked', []) + answer.get('not_ranked', []):
        row.pop('example', None)
        row.pop('age_minutes', None)  # of two questions, a minute apart
        row.pop('arrives_by', None)
    return answer


def orders(amount):
    yield 'amount=%s' % amount
    yield 'amount=%s&first=1' % amount
    yield 'amount=%s&order=soonest' % amount
    yield 'amount=%s&order=my-language&language=tl' % amount
    yield 'amount=%s&order=most-dependable&pay=bank' % amount
    yield 'amount=%s&what=receive&order=least-to-pay' % amount
    yield 'amount=%s&order=arrive-by&by=%s&payout=cash' % (amount, at(-30 * 86400)[:10])


def blind(tap, one, two):
    tap.equal(fill(one, False), [], 'offers are imported')
    tap.equal(fill(two, True), [], 'the same, in another order, under providers who are something else')
    serve(one)
    serve(two)
    other, above, seen = [], [], 0
    for amount in ('40', '200', '5000'):
        for query in orders(amount):
            a, b = bare(ask(one, query)), bare(ask(two, query))
            seen += len(a.get('ranked', []))
            if a != b or not a.get('ranked'):
                other.append('%s: %s' % (query, [x['id'] + x['provider'] for x in a.get('ranked', [])][:5]))
            above += ['%s: %s' % (query, x['id']) for x in a.get('ranked', []) if x['margin'] == 'unknown']
            if not any(x['verdict'] == 'rate not disclosed' or x['verdict'] == 'not what was asked for' for x in a['not_ranked'] if x['id'] == 'secret'):
                above.append('%s: where is the offer without a rate?' % query)
    tap.ok(seen > 300, 'offers are ranked', seen)
    tap.equal(other, [], 'who a provider is, what it promotes, what is invented and the order of rows change nothing')
    tap.equal(above, [], 'a rate that is not told never has a place')


def ages(tap, site):
    rows, want = [], {}
    for method, (old, off) in METHODS.items():
        for name, age, state in (('fresh', old - SLACK, 'fresh'), ('old', old + SLACK, 'stale'), ('last', off - SLACK, 'stale'), ('gone', off + SLACK, 'off')):
            key = '%s-%s' % (method.replace(' ', '-'), name)
            rows.append(offer('b-01', key, method=method, collected_at=at(age), receive_country='IN', receive_currency='INR', rate='100'))
            want[key] = state
    path = site.folder + '/ages.csv'
    with open(path, 'w') as f:
        f.write(feed(rows))
    done = subprocess.run([site.grutto, 'import', 'prices', site.db, path], capture_output=True, text=True)
    serve(site)
    answer = json.loads(site.get('/api/v1/prices/compare?from=NL&to=IN&amount=200').text())
    got = {x['id']: 'stale' if x['stale'] else 'fresh' for x in answer['ranked']}
    got.update({x['id']: 'off' if x['verdict'] == 'no current price' else x['verdict'] for x in answer['not_ranked']})
    tap.equal((done.returncode, got), (0, want), 'prices are fresh, then old, then off the list, by how they were obtained')
    page = site.get('/en/prices?from=NL&to=IN&amount=200').text()
    cards = [card for card in page.split('<li class="gr-card gr-offer')[1:]]
    tap.ok(cards and all(card.startswith(' gr-offer-old') == ('Old: check it before you pay.' in card.split('</li>')[0]) for card in cards),
           'an old one is grey and says so')
    tap.equal(page.count('no current price'), len(METHODS), 'none disappears silently')


def nothing(tap, site):
    """No offer does what is asked, or there are none at all: a sentence and what to do, never an empty table."""
    subprocess.run([site.grutto, 'prices', 'remove-example', site.db], capture_output=True)
    serve(site)
    for path in ('/en/prices?to=PH&amount=200', '/en/prices', '/en/prices/table/PH', '/en/prices/providers', '/en/prices/quality'):
        r = site.get(path)
        text = r.text().split('<main', 1)[1].split('</main>')[0]
        tap.ok(r.status == 200 and '<tbody></tbody>' not in text and '<ol class="gr-offers"></ol>' not in text and ' known' in text, path + ' without prices', text[:1500])


def main():
    tap = Tap()
    one = two = None
    try:
        one, two = Site(sys.argv[1], sys.argv[2]), Site(sys.argv[1], sys.argv[2])
        nothing(tap, one)
        blind(tap, one, two)
        ages(tap, one)
        for site in (one, two):
            tap.equal(site.stop(), 0, 'SIGTERM ends the site with status 0')
    finally:
        for site in (one, two):
            if site:
                site.remove()
    tap.done()


main()
