#!/usr/bin/env python3
"""What those who send money home see and send, over HTTP: the comparison, its order and its figures against own arithmetic, bad
amounts, six languages, nothing kept, reports of wrong prices. TAP. Usage: senders.py GRUTTO PACK"""
import json
import subprocess
import sys
import xml.etree.ElementTree as xml
from decimal import Decimal, ROUND_HALF_UP

from harness import Site, Tap, wait_for

LANGUAGES = ('en', 'nl', 'fr', 'tr', 'ar', 'es')
BAD = ('abc', '-5', '0', '100000.01', '1e3', '٢٠٠')


def ask(site, query):
    r = site.get('/api/v1/prices/compare?' + query)
    return r.status, json.loads(r.text(), parse_float=Decimal, parse_int=Decimal)


def figures(tap, site):
    """Every corridor that the pack has offers for; the figures from gets, outlay, fee and the two rates alone."""
    off, unordered, seen = [], [], 0
    for to in ('MA', 'TR', 'ID', 'GH', 'NG', 'SR', 'SO', 'DO', 'CW'):
        for amount in ('50', '200', '1234.56'):
            status, answer = ask(site, 'to=%s&amount=%s' % (to, amount))
            rows = answer.get('ranked', [])
            if status != 200:
                off.append('%s: %d' % (to, status))
            firsts = [r['gets'] for r in rows if r['rank']]
            if firsts != sorted(firsts, reverse=True):
                unordered.append('%s %s' % (to, amount))
            for r in rows:
                seen += 1
                if r['outlay'] > Decimal(amount) or r['principal'] > r['outlay']:
                    off.append('%s %s: more than was asked leaves the pocket' % (to, r['id']))
                if 'effective_percent' not in r or not answer['benchmark']:
                    continue
                own = (1 - r['gets'] / (r['outlay'] * answer['benchmark']['rate'])) * 100
                if abs(own - r['effective_percent']) > Decimal('0.0001'):
                    off.append('%s %s: effective %s, not %s' % (to, r['id'], r['effective_percent'], own))
                margin = (1 - r['rate'] / answer['benchmark']['rate']) * 100
                if abs(margin - r['margin_percent']) > Decimal('0.0001'):
                    off.append('%s %s: margin %s, not %s' % (to, r['id'], r['margin_percent'], margin))
    tap.ok(seen > 50, 'offers are compared', seen)
    tap.equal(off, [], 'outlay, margin and effective cost agree with own arithmetic')
    tap.equal(unordered, [], 'more never stands below less')


def receive(tap, site):
    """What must arrive arrives, and the outlay for it is the least: asked the other way round it gives at least as much."""
    status, answer = ask(site, 'to=MA&amount=1000&what=receive&order=least-to-pay')
    short = [r['id'] for r in answer['ranked'] if r['gets'] < 1000]
    tap.equal((status, short), (200, []), 'what must arrive arrives')
    best = min(answer['ranked'], key=lambda r: r['outlay'])
    cent = best['outlay'] - Decimal('0.01')
    _, less = ask(site, 'to=MA&amount=%s' % cent.quantize(Decimal('0.01'), ROUND_HALF_UP))
    again = [r for r in less['ranked'] if r['provider'] == best['provider'] and r['id'] == best['id']]
    tap.ok(again and again[0]['gets'] < 1000, 'a cent less is not enough')


def bad(tap, site):
    for amount in BAD:
        r = site.get('/en/prices?to=MA&amount=' + ''.join('%%%02X' % b for b in amount.encode()))
        tap.ok(r.status == 200 and 'id="fault"' in r.text() and 'gr-offers' not in r.text(), 'a sentence about %s' % ascii(amount))
        r = site.get('/api/v1/prices/compare?to=MA&amount=' + ''.join('%%%02X' % b for b in amount.encode()))
        tap.ok(r.status == 400 and 'amount' in r.text(), 'and 400 that names the field')
    r = site.get('/nl/prices?to=IS')
    tap.ok(r.status == 200 and 'id="fault"' in r.text(), 'a sentence about a country without offers')
    tap.equal(site.get('/api/v1/prices/compare?to=IS').status, 404, 'and 404')
    r = site.get('/nl/prices/to/IS')
    tap.ok(r.status == 303 and r['location'] == '/nl/prices?to=IS', 'and its page leads to that sentence')
    tap.equal(site.get('/nl/prices/to/QQ').status, 404, 'a country that does not exist is not found')


def languages(tap, site):
    for lang in LANGUAGES:
        r = site.get('/%s/prices?to=MA&amount=200' % lang)
        text = r.text()
        tap.ok(r.status == 200 and '<html lang="%s"' % lang in text and ('dir="rtl"' in text) == (lang == 'ar')
               and not r['set-cookie'], 'the comparison in ' + lang)
    tap.equal(site.get('/tr/activities')['location'], '/en/activities', 'other pages send a reader of Turkish to English')
    tap.equal(site.get('/prices', ('Accept-Language', 'tr'))['location'], '/tr/prices', 'a reader of Turkish is sent to Turkish')
    tap.equal(site.get('/activities', ('Accept-Language', 'tr'))['location'], '/en/activities', 'where it exists')
    tap.ok('amount' not in site.log_text(), 'nothing that was asked is in the log')


def rests(tap, site):
    """Days of rest of both countries: what is known of them is told, and which of them make an offer late."""
    _, answer = ask(site, 'to=SO&amount=200')
    tap.equal({k: v['weekend'] for k, v in answer['calendars'].items()}, {'NL': ['sat', 'sun'], 'SO': ['fri']}, 'weekends of both countries')
    tap.equal(answer['calendars']['NL']['holidays_to'], '2030-12-31', 'and until when the holidays are known')
    rows = answer['ranked'] + answer['not_ranked']
    tap.ok(rows and all(isinstance(r['later_because_of'], list) for r in rows), 'what makes an offer late')
    tap.ok('Sent now, it arrives on 1' in site.get('/en/prices?to=MA&amount=200').text(), 'the page has the day of arrival')


def others(tap, site):
    r = site.get('/en/prices/table/MA')
    tap.ok('frame-ancestors *' in r['content-security-policy'] and '<script' not in r.text(), 'a table to embed, without script')
    feed = xml.fromstring(site.get('/fr/prices/changes.atom').text())
    atom = '{http://www.w3.org/2005/Atom}'
    tap.ok(len(feed.findall(atom + 'entry')) >= 9 and all(e.findtext(atom + 'updated') for e in feed.findall(atom + 'entry')),
           'a feed with an entry for each corridor')


def send(site, lang, body, *headers):
    return site.ask('POST', '/%s/prices/report' % lang, (('Content-Type', 'application/x-www-form-urlencoded'),
                                                          ('Content-Length', str(len(body)))) + headers, body.encode())


def reports(tap, site):
    tool = lambda *args: subprocess.run([site.grutto, 'prices', *args], capture_output=True, text=True)
    r = send(site, 'ar', 'country=MA&provider=example-a&text=The+fee+is+5+euros%2C+not+3')
    tap.equal((r.status, r['location']), (303, '/ar/prices/report?sent=1'), 'a report is taken')
    tap.equal(send(site, 'en', 'text=no').status, 400, 'a report that says nothing is not')
    tap.equal(send(site, 'en', 'text=1234567890123', ('Sec-Fetch-Site', 'cross-site')).status, 403, 'nor one from another site')
    listed = json.loads(tool('reports', site.db, '--format', 'json').stdout)
    tap.equal([(x['country'], x['provider'], x['lang'], x['text']) for x in listed],
              [('MA', 'example-a', 'ar', 'The fee is 5 euros, not 3')], 'it is listed')
    tap.equal(tool('handled', site.db, listed[0]['id'], '--note', 'asked').returncode, 0, 'somebody has looked at it')
    tap.equal(tool('handled', site.db, 'nope', '--note', 'x').returncode, 3, 'an identifier that is none')
    tap.equal(json.loads(tool('reports', site.db, '--format', 'json').stdout)[0]['note'], 'asked', 'and that is kept')


def private(tap, site):
    """What somebody asks and who asks it is nowhere afterwards: not in the log, not in the database; and the address of an answer is
    all that it takes to see it again."""
    asked = '/nl/prices?to=GH&amount=4321.09&what=send&payout=cash&order=nearest&near=Accra'
    who = (('X-Forwarded-For', '203.0.113.77'), ('Forwarded', 'for=203.0.113.77'), ('User-Agent', 'Nosybrowser/7'),
           ('Referer', 'https://mail.example/?who=amina'), ('Cookie', 'id=amina'))
    first, again = site.get(asked, *who), site.get(asked)
    tap.ok(first.status == 200 and not first['set-cookie'] and first.body == again.body, 'the address alone gives the same page')
    tap.ok('4.321,09' in first.text() or '4321.09' in first.text(), 'with what was asked')
    site.get('/api/v1/prices/compare?to=GH&amount=4321.09', *who)
    send(site, 'nl', 'country=GH&text=The+rate+of+4321.09+is+wrong', *who)
    needles = ('4321', '203.0.113', 'Nosybrowser', 'amina', 'Accra', 'payout')
    tap.ok(wait_for(lambda: 'POST /nl/prices/report' in site.log_text()), 'the log tells of the last of it')
    log = site.log_text()
    tap.equal([x for x in needles if x in log], [], 'nothing of it is in the log')
    tap.ok('GET /nl/prices' in log and '127.0.0.1' not in log, 'which has the page, and of the address the network alone',
           '\n'.join(line for line in log.splitlines() if '127.0.0.1' in line))
    with open(site.db, 'rb') as f, open(site.db + '-wal', 'rb') as g:
        kept = f.read() + g.read()
    tap.equal([x for x in needles[1:4] if x.encode() in kept], [], 'nor in the database')


def main():
    tap, site = Tap(), Site(sys.argv[1], sys.argv[2])
    try:
        for part in (figures, receive, bad, languages, rests, others, reports, private):
            part(tap, site)
    finally:
        site.remove()
    tap.done()


main()
