#!/usr/bin/env python3
"""What every page, list and file of the real site promises. TAP. Usage: pages.py GRUTTO PACK"""
import ctypes
import ctypes.util
import gzip
import html.parser
import json
import re
import urllib.parse

from harness import SECURITY, insecure, run, still, wait_for

LANGUAGES = ('en', 'nl', 'fr')
SENDERS = LANGUAGES + ('tr', 'ar', 'es')  # pages for those who send money home
PAGES_MAX = 3000

# One of each kind of answer, asked for again and again below.
SAMPLES = ('/en/', '/nl/activities', '/fr/activities?status=closed', '/en/figures', '/nl/countries', '/fr/rules',
           '/api/v1/activities', '/api/v1/openapi.json', '/data/activities.csv', '/data/activities.json',
           '/data/activities.xlsx', '/data/iati.xml', '/robots.txt', '/sitemap.xml')


class Links(html.parser.HTMLParser):
    """What a page links to, and what a browser fetches for it unasked."""
    FETCHED = {('link', 'href'), ('script', 'src'), ('img', 'src'), ('source', 'src'), ('iframe', 'src'), ('audio', 'src'),
               ('object', 'data'), ('embed', 'src'), ('video', 'src'), ('video', 'poster'), ('track', 'src'),
               ('use', 'href'), ('image', 'href'), ('use', 'xlink:href'), ('image', 'xlink:href'), ('form', 'action'),
               ('input', 'src'), ('body', 'background'), ('base', 'href')}

    def __init__(self, text):
        super().__init__()
        self.links, self.fetched, self.lang, self.alternates, self.odd = [], [], None, {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == 'html':
            self.lang = given.get('lang')
        if tag == 'a' and given.get('href'):
            self.links.append(given['href'])
        if tag == 'link' and given.get('rel') == 'alternate' and given.get('hreflang'):
            self.alternates[given['hreflang']] = given['href']
        for name, value in attrs:
            if (tag, name) in self.FETCHED and not (tag == 'link' and given.get('rel') in ('canonical', 'alternate')):
                self.fetched.append(value or '')
            if name in ('srcset', 'ping', 'style') or name.startswith('on'):
                self.odd.append('%s %s=%s' % (tag, name, value))


def own(url):
    return url.startswith('/') and not url.startswith('//')


def crawl(tap, site):
    """Every page that can be reached by links without a query, in three languages."""
    waiting, seen, bad, odd, foreign, dead, lost = ['/%s/' % l for l in LANGUAGES], set(), [], [], [], [], []
    assets = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        r = site.get(path)
        made_later = path.startswith('/data/') and r.status == 202  # a file that is being made
        if r.status != 200 and not made_later or insecure(r):
            dead.append('%s: %d' % (path, r.status) if r.status != 200 and not made_later else '%s lacks %s' % (path, insecure(r)))
            continue
        if not (r['content-type'] or '').startswith('text/html') or path.startswith('/data/'):
            continue  # a file that is an HTML document is no page of the site
        page = Links(r.text())
        lang = path[1:3]
        if page.lang != lang:
            lost.append('%s is in %s' % (path, page.lang))
        if set(page.alternates) != {*(SENDERS if path[3:].startswith('/prices') else LANGUAGES), 'x-default'}:
            lost.append('%s: hreflang %s' % (path, page.alternates))
        waiting += [urllib.parse.urlsplit(u).path for u in page.alternates.values()]
        odd += ['%s: %s' % (path, o) for o in page.odd]
        foreign += ['%s fetches %s' % (path, u) for u in page.fetched if not own(u) and not u.startswith('#')]
        assets.update(u.split('#')[0] for u in page.fetched if u.startswith('/assets/'))
        if r['access-control-allow-origin']:
            bad.append(path)
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if own(link) and not parts.query and parts.path not in seen and len(seen) + len(waiting) < PAGES_MAX:
                waiting.append(parts.path)
    tap.ok(len(seen) > 300, 'the site is walked through', len(seen))
    print('# %d addresses' % len(seen))
    tap.equal(dead, [], 'every link leads somewhere, with the security headers')
    tap.equal(lost, [], 'every page is in the language of its path and names the others')
    tap.equal(foreign, [], 'no page fetches anything from a third party')
    tap.equal(odd, [], 'no page has inline script, style or the like')
    tap.equal(bad, [], 'no page is open to other origins')
    return assets


def check_assets(tap, site, assets):
    tap.ok(len(assets) > 1, 'there are assets', assets)
    for path in sorted(assets):
        plain = site.get(path)
        good = plain.status == 200 and not insecure(plain)
        tap.ok(good and plain['cache-control'] == 'public, max-age=31536000, immutable'
               and re.search(r'\.[0-9a-f]{16}\.', path), 'fingerprinted and immutable: ' + path, plain)
        if plain['content-type'].startswith('text/css'):
            urls = re.findall(rb'url\(\s*["\']?([^)"\']*)', plain.body)
            tap.equal([u for u in urls if not u.startswith((b'/assets/', b'data:', b'#'))
                       and re.match(rb'[a-z]*:|//', u)], [], 'fetches nothing from a third party: ' + path)
            tap.ok(b'@import' not in plain.body, 'imports nothing: ' + path)
        for coding, back in (('gzip', gzip.decompress), ('br', unbrotli)):
            r = site.get(path, ('Accept-Encoding', coding))
            if len(plain.body) > 2000:
                tap.ok(r['content-encoding'] == coding and len(r.body) < len(plain.body), '%s of %s' % (coding, path), r)
            body = back(r.body) if r['content-encoding'] else r.body
            tap.ok(body == plain.body and r['vary'] == plain['vary'], 'the same content in %s: %s' % (coding, path))
        tap.equal(site.get(path, ('If-None-Match', plain['etag'])).status, 304, '304: ' + path)
        tap.equal(site.get(path.replace('.', '.0', 1)).status, 404, '404 under another fingerprint: ' + path)


def not_found(tap, site):
    for path in ('/nowhere', '/activities/nowhere', '/countries/ZZ', '/organisations/nowhere', '/figures/nowhere',
                 '/priorities/99', '/priorities/x', '/comparison/nowhere', '/activities/nowhere/more', '/%3Cscript%3E'):
        titles = set()
        for lang in LANGUAGES:
            r = site.get('/' + lang + path)
            page = Links(r.text())
            titles.add(re.search('<h1[^>]*>(.*?)</h1>', r.text())[1])
            inside = re.search(r'(src/|\.c:\d|0x[0-9a-f]{6}|ERR_|backtrace|SELECT )', r.text())
            tap.ok(r.status == 404 and page.lang == lang and not insecure(r) and not inside
                   and '/%s/activities' % lang in page.links and '<script>' not in r.text(),
                   '404 with a helpful page: /%s%s' % (lang, path), r)
        tap.equal(len(titles), 3, 'its title is in three languages: ' + path)
    for path in ('/api/v1/nowhere', '/api/v1/activities/nowhere', '/api/v1/figures/nowhere', '/data/nowhere.csv',
                 '/api/v1/lists/nowhere', '/data/figures/nowhere.csv', '/data/activities/nowhere.xml'):
        r = site.get(path)
        problem = json.loads(r.body)  # RFC 9457
        tap.ok(r.status == 404 and r['content-type'] == 'application/problem+json' and problem['status'] == 404
               and problem['instance'] == path and problem['title'] == 'Not Found', '404 as problem JSON: ' + path, r)
        tap.equal(r['access-control-allow-origin'], '*', 'and other origins may read it: ' + path)
    tap.equal(site.get('/nowhere').status, 404, '404 without a language')
    r = site.get('/nowhere', ('Accept-Language', 'fr'))
    tap.equal(Links(r.text()).lang, 'fr', 'it is in the language that the reader prefers')


def wrong_values(schema):
    """Values that the schema does not allow, as query strings' values."""
    inner = schema.get('items', schema)
    if inner.get('type') == 'integer':
        yield from ('x', '1.5', '%d' % (inner['maximum'] + 1), '%d' % (inner['minimum'] - 1), '99999999999999999999', '0x1')
    elif 'enum' in inner:
        yield from ('nowhere', inner['enum'][0] + 'x', inner['enum'][0].upper())
    elif inner.get('format') == 'date':
        yield from ('2010-02-30', '2010-2-3', '19-03-2010', 'today', '2010-13-01')
    elif inner.get('pattern'):
        yield from ('a%20b', '%3Cb%3E', 'abc%27', '..')
    else:
        yield from ('a' * (inner.get('maxLength', 200) + 1), 'a%01b', 'a%00b')


def wrong_parameters(tap, site):
    """Of every list, in every form, by the API's own description; the pages take what their data take."""
    described = json.loads(site.get('/api/v1/openapi.json').body)
    lists = {}
    for path, methods in described['paths'].items():
        fields = {p['name']: p['schema'] for p in methods['get'].get('parameters', []) if p['in'] == 'query'}
        lists[path.replace('{name}', 'spending' if 'figures' in path else 'organisations').replace('{key}', 'x').replace('{part}', 'question-3').replace('{lang}', 'en')] = fields
    filters = lists['/api/v1/activities']
    for lang in LANGUAGES:
        lists['/%s/activities' % lang] = lists['/%s/comparison' % lang] = filters
        lists['/%s/rules' % lang] = {'on': {'type': 'string', 'format': 'date'}}
        for path in ('', 'priorities', 'countries', 'organisations', 'refused', 'figures', 'data', 'about'):
            lists['/%s/%s' % (lang, path)] = {}
    tap.ok(len(filters) >= 14 and len(lists) > 40, 'the lists and their parameters are described', lists)
    for path, fields in sorted(lists.items()):
        wrong = [('nowhere', 'nowhere=1')]
        for name, schema in fields.items():
            wrong += [(name, '%s=%s' % (name, value)) for value in wrong_values(schema)]
            some = {'integer': '1', 'string': '2010-03-19' if schema.get('format') == 'date' else 'a'}
            one = schema.get('enum', [some.get(schema.get('type'))])[0]
            if schema['type'] != 'array':
                wrong.append((name, '%s=%s&%s=%s' % (name, one, name, one)))
        faults = []
        for name, query in wrong:
            r = site.get(path + '?' + query)
            api = path.startswith(('/api/', '/data/'))
            named = json.loads(r.body).get('parameter') == name if api and r.status == 400 else \
                '&quot;%s&quot;' % name in r.text()
            if 'a%00b' in query or 'a%01b' in query:
                named = True if r.status == 400 else named
            if r.status != 400 or not named or insecure(r) or (not api and Links(r.text()).lang != path[1:3]):
                faults.append('%s?%s: %d %s' % (path, query[:60], r.status, r.body[:100] if api else ''))
        tap.equal(faults, [], '400 that names the parameter, %d ways: %s' % (len(wrong), path))


def head(tap, site):
    for path in SAMPLES + ('/', '/en/nowhere', '/en/activities?nowhere=1', '/api/v1/nowhere', '/healthz'):
        get, top = site.get(path), site.ask('HEAD', path)
        drop = ('date', 'transfer-encoding', 'content-length' if get['transfer-encoding'] else '')
        same = [h for h in get.headers if h[0] not in drop] == [h for h in top.headers if h[0] not in drop]
        tap.ok(top.status == get.status and same and not top.body, 'HEAD as GET without content: ' + path,
               '%s\n%s' % (get.headers, top.headers))


def conditions(tap, site):
    """RFC 9110, 13."""
    for path in SAMPLES:
        for coding in ('identity', 'gzip', 'zstd'):
            accept = ('Accept-Encoding', coding)
            r = site.get(path, accept)
            etag, modified = r['etag'], r['last-modified']
            tap.ok(modified and (etag or 'xlsx' in path or 'xml' in path or '/data/' in path),
                   'has validators, %s: %s' % (coding, path), r)
            asks = [('If-Modified-Since', modified, 304), ('If-Modified-Since', 'Sat, 01 Jan 2000 00:00:00 GMT', 200),
                    ('If-Modified-Since', 'nonsense', 200), ('If-None-Match', '"other"', 200)]
            if etag:
                asks += [('If-None-Match', etag, 304), ('If-None-Match', 'W/' + etag, 304), ('If-None-Match', '*', 304),
                         ('If-None-Match', '"a", %s , "b"' % etag, 304)]
            wrong = []
            for name, value, status in asks:
                got = site.get(path, accept, (name, value))
                kept = got.status != 304 or (not got.body and got['etag'] == etag and got['vary'] == r['vary']
                                             and got['cache-control'] == r['cache-control'] and not insecure(got))
                if got.status != status or not kept:
                    wrong.append('%s: %s: %r' % (name, value, got))
            if etag:
                both = site.get(path, accept, ('If-None-Match', '"other"'), ('If-Modified-Since', modified))
                if both.status != 200:
                    wrong.append('If-Modified-Since counts beside If-None-Match')
                top = site.ask('HEAD', path, [accept, ('If-None-Match', etag)])
                if top.status != 304:
                    wrong.append('HEAD: %r' % top)
            tap.equal(wrong, [], 'conditions, %s: %s' % (coding, path))


def library(name):
    found = ctypes.util.find_library(name)
    assert found, 'the library %s, which the program itself needs, is not found' % name
    return ctypes.CDLL(found)


def unzstd(data):
    z = library('zstd')
    z.ZSTD_createDStream.restype = z.ZSTD_decompressStream.restype = ctypes.c_size_t
    z.ZSTD_createDStream.restype = ctypes.c_void_p

    class Buffer(ctypes.Structure):
        _fields_ = [('p', ctypes.c_void_p), ('size', ctypes.c_size_t), ('pos', ctypes.c_size_t)]
    stream = ctypes.c_void_p(z.ZSTD_createDStream())
    source = ctypes.create_string_buffer(data, len(data))
    piece = ctypes.create_string_buffer(1 << 20)
    given = Buffer(ctypes.addressof(source), len(data), 0)
    made = b''
    while True:
        out = Buffer(ctypes.addressof(piece), len(piece), 0)
        rest = z.ZSTD_decompressStream(stream, ctypes.byref(out), ctypes.byref(given))
        assert not z.ZSTD_isError(ctypes.c_size_t(rest)), 'not zstd'
        made += piece.raw[:out.pos]
        if rest == 0 or (given.pos == given.size and out.pos < out.size):
            break
    z.ZSTD_freeDStream(stream)
    assert rest == 0 and given.pos == given.size, 'the zstd frame is cut off or has a tail'
    return made


def unbrotli(data):
    b = library('brotlidec')
    room = ctypes.create_string_buffer(8 << 20)
    n = ctypes.c_size_t(len(room))
    assert b.BrotliDecoderDecompress(ctypes.c_size_t(len(data)), data, ctypes.byref(n), room) == 1, 'not brotli'
    return room.raw[:n.value]


def encodings(tap, site):
    back = {None: lambda b: b, 'gzip': gzip.decompress, 'zstd': unzstd}
    asks = [(None, {None}), ('', {None}), ('identity', {None}), ('gzip', {'gzip'}), ('x-gzip', {'gzip'}), ('zstd', {'zstd'}),
            ('gzip, zstd, br', {'zstd', 'gzip'}), ('GZIP;q=1.0', {'gzip'}), ('gzip;q=0', {None}), ('*;q=0.5', {'gzip', 'zstd'}),
            ('*;q=0', {None}), ('gzip;q=0.2, zstd;q=0.9', {'zstd'}), ('gzip;q=0.9, zstd;q=0.2', {'gzip'}),
            ('identity;q=0', {None, 'gzip', 'zstd'}), ('identity;q=0, gzip;q=0.1', {'gzip'}), ('identity;q=0, *', {'gzip', 'zstd'}),
            ('br', {None}), ('nonsense;;', {None}), ('gzip;q=7', {None}), ('deflate, compress', {None})]
    for path in SAMPLES:
        plain = site.get(path)
        packed = 'xlsx' in path  # a ZIP archive already
        wrong, tags = [], {}
        for accept, expected in asks:
            r = site.get(path, *([('Accept-Encoding', accept)] if accept is not None else []))
            coding = r['content-encoding']
            allowed = {None} if packed else expected | ({None} if len(plain.body) < 600 else set())
            same = path.endswith('xlsx') or still(back[coding](r.body)) == still(plain.body)
            if r.status != 200 or coding not in allowed or not same:
                wrong.append('%s: %s, %d' % (accept, coding, r.status))
            if not packed and 'Accept-Encoding' not in (r['vary'] or ''):
                wrong.append('%s: Vary: %s' % (accept, r['vary']))
            if r['etag']:
                tags.setdefault(r['etag'], set()).add(coding)
        wrong += ['%s for %s' % t for t in tags.items() if len(t[1]) > 1]
        tap.equal(wrong, [], 'encodings, with an ETag each: ' + path)


def languages(tap, site):
    for accept, lang in ((None, 'en'), ('nl', 'nl'), ('fr-BE, nl;q=0.5', 'fr'), ('de, nl;q=0.3', 'nl'), ('de', 'en'),
                         ('en;q=0.1, fr;q=0.2', 'fr'), ('nl;q=0, fr;q=0.1', 'fr'), ('NL-nl', 'nl'), ('*', 'en'),
                         ('x' * 3000, 'en'), (';;,q=', 'en')):
        for path, to in (('/', '/%s/'), ('/activities', '/%s/activities'), ('/nl', '/nl/'),
                         ('/activities/?status=closed', '/%s/activities?status=closed')):
            r = site.get(path, *([('Accept-Language', accept)] if accept else []))
            target = to % lang if '%' in to else to
            good = r.status in (302, 308) and r['location'] == target and not insecure(r)
            if '%' in to:
                good = good and r.status == 302 and 'Accept-Language' in (r['vary'] or '')
            tap.ok(good, '%s for %s leads to %s' % (path, (accept or 'no wish')[:30], target), r)


def api(tap, site):
    for path in ('/api/v1/activities', '/api/v1/figures', '/api/v1/openapi.json', '/data/activities.csv', '/data/iati.xml',
                 '/api/v1/activities?nowhere=1'):
        r = site.get(path, ('Origin', 'https://other.example'))
        tap.ok(r['access-control-allow-origin'] == '*' and r['cross-origin-resource-policy'] == 'cross-origin'
               and r['access-control-allow-credentials'] is None, 'open to other origins: ' + path, r)


LINE = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z 127\.0\.0\.0/24 (\S+) (\S+) (\d{3}) (\d+) \d+\.\d{6}$')
METRIC = re.compile(r'^[a-z_:][a-z0-9_:]*(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (\d+(\.\d+)?(e[+-]?\d+)?|\+Inf|NaN)$')


def logs(tap, site):
    body = len(site.get('/nl/countries').body)
    site.get('/nl/nowhere-for-the-log?secret=word')
    found = wait_for(lambda: 'nowhere-for-the-log' in site.log_text())
    lines = site.log_text().splitlines()
    tap.ok(found and any(LINE.match(l) and LINE.match(l).group(2, 3, 4) == ('GET', '/nl/nowhere-for-the-log?', '404')
                         for l in lines), 'the access log has a line', lines[-3:])
    tap.ok(any(LINE.match(l) and LINE.match(l).group(3, 4, 5) == ('/nl/countries', '200', str(body)) for l in lines),
           'with the bytes sent', lines[-3:])
    tap.ok('secret' not in '\n'.join(lines), 'and no query')
    tap.equal([l for l in lines if ' GET ' in l and not LINE.match(l)], [], 'every line has its form')
    one, two = site.get('/metrics'), None
    tap.ok(one.status == 200 and one['content-type'].startswith('text/plain; version=0.0.4'), '/metrics', one)
    text = one.text().splitlines()
    tap.equal([l for l in text if not METRIC.match(l) and not re.match('# (HELP|TYPE) [a-z_]+ ', l)], [],
              'is in the text format of Prometheus')
    typed = {l.split()[2] for l in text if l.startswith('# TYPE')}
    names = {re.sub('_(bucket|sum|count)$', '', re.split('[{ ]', l)[0]) for l in text if l and l[0] != '#'}
    tap.ok(names <= typed | {n + s for n in typed for s in ('_sum', '_count')}, 'every metric has a type', names - typed)
    total = lambda r: sum(float(l.split()[-1]) for l in r.text().splitlines() if l.startswith('grutto_http_requests_total'))
    site.get('/en/')
    two = site.get('/metrics')
    tap.ok(total(two) >= total(one) + 2, 'counts requests', (total(one), total(two)))
    health = site.get('/healthz')
    tap.ok(health.status == 200 and json.loads(health.body)['status'] == 'ok' and health['cache-control'] == 'no-store',
           '/healthz', health)


def test(tap, site):
    assert SECURITY
    check_assets(tap, site, crawl(tap, site))
    for part in (not_found, wrong_parameters, head, conditions, encodings, languages, api, logs):
        part(tap, site)


run(test)
