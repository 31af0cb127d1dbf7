"""The real site on a free port, a client that sends exactly what it is given, and TAP. For the tests in this folder."""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TIMEOUT_S = 60  # for one answer; the program may be built with sanitizers

# On every answer of the site (design: safety; OWASP ASVS 5.0, 3.4).
SECURITY = {
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': '',
}


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def ok(self, good, name, why=''):
        self.n += 1
        if not good:
            self.failed += 1
            for line in str(why).splitlines()[:20]:
                print('# ' + line[:400])
        print('%s %d - %s' % ('ok' if good else 'not ok', self.n, name.replace('#', 'number')), flush=True)
        return bool(good)

    def equal(self, got, expected, name):
        return self.ok(got == expected, name, 'got      %r\nexpected %r' % (got, expected))

    def done(self):
        print('1..%d' % self.n)
        sys.exit(1 if self.failed else 0)


class Reply:
    """status 0: the connection ended without an answer."""

    def __init__(self):
        self.status, self.reason, self.headers, self.body, self.version = 0, '', [], b'', ''

    def all(self, name):
        return [v for n, v in self.headers if n == name]

    def __getitem__(self, name):
        found = self.all(name)
        return ', '.join(found) if found else None

    def text(self):
        return self.body.decode('utf-8')

    def __repr__(self):
        return '%d %s\n%s\n%r' % (self.status, self.reason, '\n'.join('%s: %s' % h for h in self.headers), self.body[:600])


class Connection:
    def __init__(self, address, timeout=TIMEOUT_S):
        self.socket = socket.create_connection(address, timeout=timeout)
        self.got = b''

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            pass  # the server may close early; its answer tells

    def more(self):
        try:
            piece = self.socket.recv(65536)
        except ConnectionResetError:
            piece = b''
        self.got += piece
        return bool(piece)

    def until(self, mark):
        while mark not in self.got:
            if not self.more():
                return None
        found, self.got = self.got.split(mark, 1)
        return found

    def take(self, n):
        while len(self.got) < n:
            if not self.more():
                raise AssertionError('the answer ends after %d of %d bytes' % (len(self.got), n))
        found, self.got = self.got[:n], self.got[n:]
        return found

    def read(self, head=False):
        r = Reply()
        top = self.until(b'\r\n\r\n')
        if top is None:
            return r
        lines = top.decode('latin-1').split('\r\n')
        r.version, code, r.reason = (lines[0].split(' ', 2) + [''])[:3]
        r.status = int(code)
        for line in lines[1:]:
            name, value = line.split(':', 1)
            r.headers.append((name.strip().lower(), value.strip()))
        if head or r.status in (204, 304) or r.status < 200:
            return r
        if r['transfer-encoding'] == 'chunked':
            while True:
                size = int(self.until(b'\r\n'), 16)
                r.body += self.take(size)
                assert self.take(2) == b'\r\n', 'a chunk does not end where it should'
                if not size:
                    return r
        if r['content-length'] is not None:
            r.body = self.take(int(r['content-length']))
        else:
            while self.more():
                pass
            r.body, self.got = self.got, b''
        return r

    def ended(self, seconds):
        """True when the server closes within the time, with nothing more to read."""
        self.socket.settimeout(seconds)
        try:
            return not self.got and not self.more()
        except socket.timeout:
            return False

    def close(self):
        self.socket.close()


class Site:
    def __init__(self, grutto, pack, *options):
        self.folder = tempfile.mkdtemp(prefix='grutto-edge-')
        self.db = os.path.join(self.folder, 'edge.db')
        self.log = os.path.join(self.folder, 'log')
        self.grutto = grutto
        subprocess.run([grutto, 'init', self.db, '--pack', pack], check=True, stdout=subprocess.DEVNULL)
        self.process = None
        self.start(*options)

    def start(self, *options):
        self.process = subprocess.Popen([self.grutto, 'serve', self.db, '--listen', '127.0.0.1:0', *options],
                                        stdout=subprocess.PIPE, stderr=open(self.log, 'ab'))
        line = self.process.stdout.readline().decode()
        assert 'http://' in line, 'the site does not start: ' + open(self.log).read()
        host, port = line.split('http://')[1].split('/')[0].rsplit(':', 1)
        self.address = (host, int(port))

    def connect(self, timeout=TIMEOUT_S):
        return Connection(self.address, timeout)

    def raw(self, data, head=False):
        c = self.connect()
        c.send(data if isinstance(data, bytes) else data.encode('latin-1'))
        r = c.read(head)
        c.close()
        return r

    def ask(self, method, target, headers=(), body=b''):
        lines = ''.join('%s: %s\r\n' % h for h in headers)
        return self.raw(('%s %s HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n%s\r\n'
                         % (method, target, lines)).encode('latin-1') + body, method == 'HEAD')

    def get(self, target, *headers):
        return self.ask('GET', target, headers)

    def log_text(self):
        with open(self.log, encoding='utf-8', errors='replace') as f:
            return f.read()

    def stop(self):
        """Its exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def remove(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def still(body):
    """An IATI file without the moment that it was made at."""
    return re.sub(rb'generated-datetime="[^"]*"', b'', body)


def insecure(reply):
    """Names of security headers that an answer lacks."""
    return [n for n, begin in SECURITY.items() if reply[n] is None or not reply[n].startswith(begin)]


def run(test):
    """test(tap, site) on the site that the command line names: GRUTTO PACK."""
    tap = Tap()
    site = Site(sys.argv[1], sys.argv[2])
    try:
        test(tap, site)
        tap.equal(site.stop(), 0, 'SIGTERM ends the site with status 0')
        said = site.log_text()
        tap.ok('ERROR: AddressSanitizer' not in said and 'runtime error' not in said and 'LeakSanitizer' not in said,
               'no sanitizer has a complaint', '\n'.join(line for line in said.splitlines() if 'anitizer' in line))
    finally:
        site.remove()
    tap.done()
