#!/usr/bin/env python3
"""SIGTERM in the middle of work: what has begun is finished, in full, and the program ends with status 0 and nothing leaked. TAP.
Usage: stop.py GRUTTO PACK"""
import signal
import socket
import threading
import time

from harness import TIMEOUT_S, Connection, run

PATHS = ['/en/', '/nl/activities?rows=%d', '/api/v1/activities?rows=%d', '/fr/activities?q=migration&rows=%d',
         '/data/activities.xlsx', '/data/iati.xml', '/en/activities/18261']

class Asker(threading.Thread):
    """Asks one thing after the other on one connection until the server ends it; keeps what went wrong."""

    def __init__(self, site, number):
        super().__init__()
        self.site, self.number = site, number
        self.answers = 0
        self.faults = []

    def ask(self, c, i):
        path = PATHS[(self.number + i) % len(PATHS)]
        path = path % (20 + i % 30) if '%d' in path else path
        c.send(('GET %s HTTP/1.1\r\nHost: site.example\r\n\r\n' % path).encode())
        try:
            r = c.read()
        except (AssertionError, ValueError, TypeError, OSError) as e:
            self.faults.append('%s: %s' % (path, e))
            return False
        if r.status == 0:  # the server closes idle connections
            return False
        self.answers += 1
        if r.status != 200:
            self.faults.append('%s: %d' % (path, r.status))
        return r['connection'] != 'close'

    def run(self):
        c = self.site.connect()
        i = 0
        while self.ask(c, i):
            i += 1
        c.close()


def reader_that_waits(site):
    """Asks for a file and reads none of it; the little that fits into the sockets is all that can be sent."""
    s = socket.socket(socket.AF_INET)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    s.settimeout(TIMEOUT_S)
    s.connect(site.address)
    c = Connection.__new__(Connection)
    c.socket, c.got = s, b''
    c.send(b'GET /data/iati.xml HTTP/1.1\r\nHost: site.example\r\n\r\n')
    return c


def test(tap, site):
    whole = site.get('/data/iati.xml')
    tap.equal(whole.status, 200, 'the file is there')
    waiting = reader_that_waits(site)
    askers = [Asker(site, i) for i in range(12)]
    for a in askers:
        a.start()
    time.sleep(2)
    tap.ok(sum(a.answers for a in askers) > 12, 'requests are answered', [a.answers for a in askers])
    site.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    got = waiting.read()
    tap.ok(got.status == 200 and got.body == whole.body, 'a download that had begun comes whole',
           '%d of %d bytes, status %d' % (len(got.body), len(whole.body), got.status))
    for a in askers:
        a.join(TIMEOUT_S)
    tap.equal([f for a in askers for f in a.faults], [], 'no answer is cut off or refused')
    waiting.close()


run(test)
