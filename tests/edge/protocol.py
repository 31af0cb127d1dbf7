#!/usr/bin/env python3
"""What the real site does with requests that are malformed, odd, slow or large. TAP. Usage: protocol.py GRUTTO PACK"""
import json
import os
import socket
import threading
import time

from harness import Connection, insecure, run, still

HOST = 'Host: site.example\r\n'
END = HOST + 'Connection: close\r\n\r\n'

# name, bytes, status, language of the page (None: not ours). RFC 9112 and RFC 9110.
REFUSED = [
    ('no Host', 'GET /nl/ HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'nl'),
    ('two Hosts', 'GET /en/ HTTP/1.1\r\nHost: b\r\n' + END, 400, 'en'),
    ('a Host with a space', 'GET /en/ HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400, 'en'),
    ('a Host with markup', 'GET /en/ HTTP/1.1\r\nHost: <b>\r\nConnection: close\r\n\r\n', 400, 'en'),
    ('a header name with a space', 'GET /en/ HTTP/1.1\r\nX-One : 1\r\n' + END, 400, 'en'),
    ('two lengths', 'POST /en/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n' + END + 'ab', 400, 'en'),
    ('length and chunks', 'POST /en/ HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n' + END
     + '0\r\n\r\n', 400, 'en'),
    ('a space in the address', 'GET /nl/a b HTTP/1.1\r\n' + END, 400, 'nl'),
    ('%00', 'GET /en/%00 HTTP/1.1\r\n' + END, 400, 'en'),
    ('%0d%0a', 'GET /en/a%0d%0aSet-Cookie:x HTTP/1.1\r\n' + END, 400, 'en'),
    ('%2e%2e', 'GET /nl/%2e%2e/x HTTP/1.1\r\n' + END, 400, 'nl'),
    ('..', 'GET /fr/../../etc/passwd HTTP/1.1\r\n' + END, 400, 'fr'),
    ('.. below the assets', 'GET /assets/../../etc/passwd HTTP/1.1\r\n' + END, 400, 'en'),
    ('%2f', 'GET /fr/a%2fb HTTP/1.1\r\n' + END, 400, 'fr'),
    ('a backslash', 'GET /fr/a%5cb HTTP/1.1\r\n' + END, 400, 'fr'),
    ('invalid UTF-8, encoded', 'GET /nl/%ff%fe HTTP/1.1\r\n' + END, 400, 'nl'),
    ('an overlong form', 'GET /nl/%c0%ae%c0%ae/ HTTP/1.1\r\n' + END, 400, 'nl'),
    ('invalid UTF-8, as it is', 'GET /nl/\xff HTTP/1.1\r\n' + END, 400, 'nl'),
    ('invalid UTF-8 in the query', 'GET /nl/activities?q=%ff HTTP/1.1\r\n' + END, 400, 'nl'),
    ('a percent sign that encodes nothing', 'GET /nl/%zz HTTP/1.1\r\n' + END, 400, 'nl'),
    ('two slashes', 'GET //nl/ HTTP/1.1\r\n' + END, 404, 'en'),
    ('two slashes inside', 'GET /nl//activities HTTP/1.1\r\n' + END, 404, 'nl'),
    ('no slash', 'GET nl/ HTTP/1.1\r\n' + END, 400, 'en'),
    ('OPTIONS *', 'OPTIONS * HTTP/1.1\r\n' + END, 400, 'en'),
    ('CONNECT', 'CONNECT site.example:80 HTTP/1.1\r\n' + END, 400, 'en'),
    ('an address of 4,100 bytes', 'GET /nl/' + 'a' * 4100 + ' HTTP/1.1\r\n' + END, 414, 'nl'),
    ('a query of 20,000 bytes', 'GET /en/activities?q=' + 'a' * 20000 + ' HTTP/1.1\r\n' + END, 431, 'en'),
    ('a header of 20,000 bytes', 'GET /fr/ HTTP/1.1\r\nX-Long: ' + 'a' * 20000 + '\r\n' + END, 431, 'fr'),
    ('100 headers', 'GET /fr/ HTTP/1.1\r\n' + ''.join('X-%d: 1\r\n' % i for i in range(100)) + END, 431, 'fr'),
    # what the server library refuses by itself, before any of our code is asked
    ('an address of 100,000 bytes', 'GET /en/' + 'a' * 100000 + ' HTTP/1.1\r\n' + END, 414, None),
    ('headers of 100,000 bytes', 'GET /en/ HTTP/1.1\r\nX-Long: ' + 'a' * 100000 + '\r\n' + END, 431, None),
    ('a line that is no header', 'GET /en/ HTTP/1.1\r\nnonsense\r\n' + END, 400, None),
    ('a length that is no number', 'POST /en/ HTTP/1.1\r\nContent-Length: x\r\n' + END, 400, None),
    ('a negative length', 'POST /en/ HTTP/1.1\r\nContent-Length: -1\r\n' + END, 400, None),
    ('a length beyond 64 bits', 'POST /en/ HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n' + END, 413, None),
    ('HTTP/2.0', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, None),
    ('HTTP/0.9', 'GET /en/\r\n\r\n', 400, None),
]


def refuses(tap, site):
    for target in ('/en/', '/nl/', '/fr/'):
        site.get(target)  # from now on an answer is ready, and the checks must hold all the same
    for name, data, status, lang in REFUSED:
        r = site.raw(data)
        if lang is None:
            tap.ok(r.status == status and r['connection'] == 'close', 'refused: ' + name, r)
            continue
        good = r.status == status and not insecure(r) and ('<html lang="%s"' % lang).encode() in r.body
        good = good and r['cache-control'] == 'no-store' and b'/' + lang.encode() + b'/activities' in r.body
        tap.ok(good, 'refused with a page in %s: %s' % (lang, name), '%s\nlacks %s' % (r, insecure(r)))
    for name, data in (('a TLS greeting', b'\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03' + bytes(range(150))),
                       ('bytes', bytes(range(256)) * 4)):
        c = site.connect()
        c.send(data + b'\r\n\r\n')
        r = c.read()
        tap.ok(r.status in (0, 400, 505), 'refused: ' + name, r)
        c.close()


def accepts(tap, site):
    plain = site.get('/en/').body
    for name, data in (
            ('HTTP/1.0 without Host', 'GET /en/ HTTP/1.0\r\n\r\n'),
            ('the absolute form', 'GET http://site.example/en/ HTTP/1.1\r\n' + END),
            ('the absolute form with TLS and another host', 'GET HTTPS://other.example:8443/en/ HTTP/1.1\r\n' + END),
            ('line ends before the request', '\r\n\r\nGET /en/ HTTP/1.1\r\n' + END),
            ('an IPv6 Host', 'GET /en/ HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n'),
            ('a Range, which is not served', 'GET /en/ HTTP/1.1\r\nRange: bytes=0-9\r\n' + END),
            ('an encoded letter', 'GET /%65n/ HTTP/1.1\r\n' + END)):
        r = site.raw(data)
        tap.ok(r.status == 200 and r.body == plain, 'accepted: ' + name, r)
    file = site.get('/data/iati.xml')
    old = site.raw('GET /data/iati.xml HTTP/1.0\r\n\r\n')
    tap.ok(old.status == 200 and old['transfer-encoding'] is None and still(old.body) == still(file.body),
           'HTTP/1.0 gets a download without chunks', '%d bytes, not %d' % (len(old.body), len(file.body)))


def methods(tap, site):
    asset = [w for w in site.get('/en/').text().split('"') if w.startswith('/assets/')][0]
    for target in ('/en/', '/en/activities', '/api/v1/activities', '/data/activities.csv', '/healthz', asset):
        for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'get', 'X'):
            r = site.ask(method, target)
            good = r.status == 405 and r['allow'] == 'GET, HEAD' and not insecure(r)
            if not good or method == 'POST':
                tap.ok(good, '405 with Allow: %s %s' % (method, target), r)
        r = site.ask('POST', target, [('Content-Length', '3')], b'a=b')
        tap.ok(r.status == 405 and r['allow'] == 'GET, HEAD', '405 for a small POST, too: ' + target, r)
    problem = site.ask('DELETE', '/api/v1/activities')
    tap.ok(problem['content-type'] == 'application/problem+json' and json.loads(problem.body)['status'] == 405,
           '405 of the API is problem JSON', problem)


def too_large(tap, site):
    for target in ('/en/activities', '/api/v1/activities', '/nl/nowhere'):
        for method in ('POST', 'PUT', 'GET'):
            for expect in ('', 'Expect: 100-continue\r\n'):
                c = site.connect(10)
                began = time.monotonic()
                c.send(('%s %s HTTP/1.1\r\n%sContent-Length: 1000000000\r\n%s\r\n' % (method, target, HOST, expect))
                       .encode())
                r = c.read()  # not a byte of the body has been sent
                good = r.status == 413 and not insecure(r) and r['connection'] == 'close'
                tap.ok(good and c.ended(5) and time.monotonic() - began < 9,
                       '413 before the body is read%s: %s %s' % (' and no 100' if expect else '', method, target), r)
                c.close()


def pipelines(tap, site):
    c = site.connect()
    ask = [('GET', '/en/', 200), ('HEAD', '/nl/', 200), ('GET', '/fr/nowhere', 404), ('GET', '/en/activities?x=1', 400),
           ('POST', '/en/', 405), ('GET', '/data/activities.json', 200), ('GET', '/api/v1/figures', 200)]
    c.send(''.join('%s %s HTTP/1.1\r\n%s\r\n' % (m, t, HOST) for m, t, s in ask).encode())
    got = [c.read(m == 'HEAD').status for m, t, s in ask]
    tap.equal(got, [s for m, t, s in ask], 'pipelined requests are answered in order, errors among them')
    c.send(('GET /healthz HTTP/1.1\r\n' + END).encode())
    tap.ok(c.read().status == 200 and c.ended(5), 'and the connection is in step, until it is to close')
    c.close()


def truncated(tap, site):
    whole = 'GET /en/activities HTTP/1.1\r\n' + HOST + '\r\n'
    for n in range(len(whole)):
        c = site.connect(10)
        c.send(whole[:n].encode())
        c.close()
    for n in (0, 1, 1000):  # a reader that goes away in the middle of a download
        c = site.connect()
        c.send(('GET /data/iati.xml HTTP/1.1\r\n' + END).encode())
        if n:
            c.socket.recv(n)
        c.close()
    tap.equal(site.get('/healthz').status, 200, 'the site goes on')


def slow(tap, site):
    """Side by side, for each takes its time: header bytes one by one, silence, silence after an answer."""
    times = {}

    def drip(piece, wait_s):
        c = site.connect(60)
        began = time.monotonic()
        c.send(('GET /en/ HTTP/1.1\r\n' + HOST).encode())
        while time.monotonic() - began < 50:
            c.send(piece)
            if c.ended(wait_s):
                break
        times['drip'] = time.monotonic() - began
        c.close()

    def silent(name, first):
        c = site.connect(60)
        began = time.monotonic()
        if first:
            c.send(first)
            c.read()
        times[name] = time.monotonic() - began if c.ended(50) else 99
        c.close()

    def half(n, whole=('GET /en/activities HTTP/1.1\r\n' + HOST + '\r\n').encode()):
        c = site.connect(60)
        began = time.monotonic()
        c.send(whole[:n])
        c.socket.shutdown(socket.SHUT_WR)
        times['half %d' % n] = time.monotonic() - began if c.ended(50) else 99
        c.close()

    threads = [threading.Thread(target=half, args=(n,)) for n in range(0, 50, 5)]
    threads += [threading.Thread(target=drip, args=(b'X-Drip: 1\r\n', 1)),
               threading.Thread(target=silent, args=('nothing', b'')),
               threading.Thread(target=silent, args=('idle', ('GET /en/ HTTP/1.1\r\n%s\r\n' % HOST).encode()))]
    for t in threads:
        t.start()
    began, slowest = time.monotonic(), 0
    for _ in range(20):
        one = time.monotonic()
        site.get('/en/')
        slowest = max(slowest, time.monotonic() - one)
    for t in threads:
        t.join()
    # 20 s for the headers, 15 s of silence (http.h); the watch looks twice a second
    tap.ok(times['drip'] < 30, 'a client that sends its headers drop by drip is cut off', times)
    tap.ok(times['nothing'] < 30, 'a client that says nothing is cut off', times)
    tap.ok(times['idle'] < 30, 'an idle connection is closed', times)
    tap.ok(all(t < 30 for n, t in times.items() if n.startswith('half')) and len(times) == 13,
           'a request that ends in the middle is let go', times)
    tap.ok(slowest < 5, 'others are served meanwhile', 'the slowest took %.1f s' % slowest)


def sandboxed(tap, site):
    tasks = '/proc/%d/task' % site.process.pid
    states = [open('%s/%s/status' % (tasks, t)).read() for t in os.listdir(tasks)]
    tap.ok(len(states) > 5 and all('\nNoNewPrivs:\t1\n' in s and '\nSeccomp:\t2\n' in s for s in states),
           'every thread is without new privileges and behind a filter of system calls', states)


def crowd(tap, site):
    held = []
    for _ in range(300):  # 250 of one address
        try:
            held.append(Connection(site.address, 5))
        except OSError:
            break
    time.sleep(0.5)
    refused = 0
    for c in held:
        c.socket.setblocking(False)
        try:
            refused += c.socket.recv(1) == b''
        except ConnectionResetError:
            refused += 1
        except BlockingIOError:
            pass
    tap.ok(20 <= refused <= 60, 'connections of one address beyond the limit are refused', refused)
    for c in held:
        c.close()
    time.sleep(0.5)
    tap.equal(site.get('/en/').status, 200, 'and the site is there when they are gone')


def test(tap, site):
    for part in (refuses, accepts, methods, too_large, pipelines, truncated, sandboxed, slow, crowd):
        part(tap, site)
    tap.equal(json.loads(site.get('/healthz').body)['status'], 'ok', 'after all of it the site is healthy')


run(test)
