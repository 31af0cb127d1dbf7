#!/usr/bin/env python3
"""Bad and odd feeds of prices on the command line, and the watched folder under kills. Usage: feeds.py GRUTTO PACK. As TAP."""
import csv
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import Tap

GRUTTO, PACK = sys.argv[1:3]
TIMEOUT_S = 120
HEAD = ('provider,offer,send_country,send_currency,receive_country,receive_currency,pay_in,payout,fee_model,tariff,receive_fee,margin,rate,'
        'collected_at,method\n')
PROVIDERS = 'provider,name,type,licensed,relation\nt-one,Test one,bank,yes,none\n'


def row(offer, **changed):
    cells = dict(provider='t-one', offer=offer, send_country='NL', send_currency='EUR', receive_country='PH', receive_currency='PHP', pay_in='bank',
                 payout='bank', fee_model='on top', tariff='4.90', receive_fee='0', margin='measured', rate='69.30',
                 collected_at='2026-04-13T11:00:00Z', method='feed')
    cells.update(changed)
    return ','.join('"%s"' % cells[name].replace('"', '""') for name in HEAD.strip().split(',')) + '\n'


def run(*args):
    done = subprocess.run([GRUTTO] + list(args), capture_output=True, timeout=TIMEOUT_S)
    return done.returncode, done.stdout.decode('utf-8', 'replace'), done.stderr.decode('utf-8', 'replace')


class Base:
    def __init__(self, folder):
        self.folder, self.db = folder, os.path.join(folder, 'p.db')
        assert run('init', self.db, '--pack', PACK)[0] == 0

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path

    def count(self, table):
        with sqlite3.connect('file:%s?mode=ro' % self.db, uri=True) as c:
            return c.execute('SELECT count(*) FROM ' + table).fetchone()[0]

    def imported(self, name, data, kind='prices'):
        """Exit status and the report, as a list of what JSON says of each row and the sum."""
        status, out, err = run('import', kind, self.db, self.write(name, data), '--format', 'json')
        lines = [json.loads(line) for line in out.splitlines()]
        return status, lines[:-1], lines[-1] if lines else {}, err


GOOD = row('good')

# What is wrong, and the field that is named; the good row behind it is kept.
ROWS = [
    ('mixed currencies', row('x', receive_currency='EUR'), 'margin'),
    ('a currency that ended', row('x', receive_currency='HRK'), 'receive_currency'),
    ('no rate', row('x', rate=''), 'rate'),
    ('a negative rate', row('x', rate='-69.30'), 'rate'),
    ('a negative fee', row('x', tariff='-4.90'), 'tariff'),
    ('a number as a word', row('x', rate='sixty-nine'), 'rate'),
    ('a number with a comma', row('x', rate='69,30'), 'rate'),
    ('a number with an exponent', row('x', rate='6.93e1'), 'rate'),
    ('a number that a spreadsheet took for a date', row('x', rate='jun/69'), 'rate'),
    ('from the future', row('x', collected_at='2199-01-01T00:00:00Z'), 'collected_at'),
    ('an impossible date', row('x', collected_at='2026-02-30T00:00:00Z'), 'collected_at'),
    ('a time without its zone', row('x', collected_at='2026-04-13T11:00:00'), 'collected_at'),
    ('a country that is none', row('x', receive_country='ZZ'), 'receive_country'),
    ('an unknown provider', row('x', provider='nobody'), 'provider'),
    ('a word that is none', row('x', payout='pigeon'), 'payout'),
    ('a formula', row('=1+1'), 'offer'),
    ('a script', row('<script>alert(1)</script>'), 'offer'),
    ('a very long cell', row('x' * 5000), 'offer'),
    ('a very long tariff', row('x', tariff='; '.join('to %d: 1' % (i + 1) for i in range(100))), 'tariff'),
    ('an overflowing amount', row('x', tariff='99999999999999999999'), 'tariff'),
    ('too few cells', 't-one,x\n', None),
    ('too many cells', row('x').strip() + ',more\n', None),
    ('a quote that is not closed in its row', 't-one,"x\n', None),
    ('a NUL byte', row('x').replace('Test', 'T').replace('NL', 'N\0L'), None),
    ('bytes that are no UTF-8', row('x').encode().replace(b'NL', b'\xff\xfe'), None),
]

FILES = [
    ('an empty file', b''),
    ('random bytes', bytes(random.Random(4).randrange(256) for _ in range(4096))),
    ('a zip that is no workbook', b'PK\x03\x04' + b'\0' * 200),
    ('another CSV', b'a,b,c\n1,2,3\n'),
    ('an unknown column', HEAD.replace('method', 'colour').encode()),
    ('a column twice', HEAD.replace('method', 'rate').encode()),
    ('JSON cut off', b'{"offers": [{"provider": "a"'),
    ('JSON with another root', b'{"prices": []}'),
    ('JSON with a key twice', b'{"offers": [], "offers": []}'),
    ('JSON that is deep', b'{"offers": ' + b'[' * 5000 + b']' * 5000 + b'}'),
    ('a web page', b'<!doctype html><title>503</title>'),
]

RATES = [
    ('XML with entities', b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ('XML of something else', b'<rss><channel/></rss>'),
    ('XML cut off', b'<?xml version="1.0"?><Envelope><Cube><Cube time="2026-04-13">'),
    ('a feed of prices', HEAD.encode() + GOOD.encode()),
    ('a header without currencies', b'Date,Dollar,Pound,\n2026-04-13,1,1,\n'),
]


def bad_rows(tap, base):
    status, _, total, err = base.imported('providers.csv', PROVIDERS)
    tap.ok(status == 0 and total.get('taken') == 1, 'a provider is imported', err)
    for i, (name, bad, field) in enumerate(ROWS):
        bad = bad if isinstance(bad, bytes) else bad.encode()
        good = row('good-%d' % i, rate='69.%02d' % i).encode()
        # a quote that stays open takes what follows into its cell: there the good row stands in front
        data = HEAD.encode() + (good + bad if 'quote' in name else bad + good)
        before = base.count('price_observation')
        status, lines, total, err = base.imported('row.csv', data)
        refused = [x for x in lines if x['done'] == 'refused']
        kept = base.count('price_observation') - before
        named = not field or any(x['field'] == field for x in refused)
        tap.ok(status == 3 and refused and kept == 1 and named and all(x['line'] >= 2 and x['detail'] for x in refused), name,
               'status %d, kept %d, %r, %s' % (status, kept, lines, err))


def duplicates(tap, base):
    """A key twice in a file, in CSV and in JSON: the first is kept, the second is refused with its line. Once more what is stored already,
    with something else in it: refused as well."""
    status, lines, total, err = base.imported('twice.csv', HEAD + row('twice') + row('twice', rate='69.90') + row('once', rate='69.91'))
    refused = [(x['line'], bool(x['detail'])) for x in lines if x['done'] == 'refused']
    tap.equal((status, refused), (3, [(3, True)]), 'a key twice in a file')
    status, lines, _, err = base.imported('changed.csv', HEAD + row('twice', rate='69.92'))
    tap.equal((status, [x['line'] for x in lines if x['done'] == 'refused']), (3, [2]), 'a key that is stored with something else')
    with sqlite3.connect('file:%s?mode=ro' % base.db, uri=True) as c:
        kept = c.execute("SELECT o.rate FROM price_observation o JOIN price_offer p ON p.id = o.offer WHERE p.key IN ('twice', 'once') ORDER BY 1").fetchall()
    tap.equal(kept, [('69.30',), ('69.91',)], 'what was first stays')


def bad_json(tap, base):
    """The same faults in JSON: each is refused with its line and field, the good one among them is kept."""
    cells = [(name, dict(zip(HEAD.strip().split(','), next(csv.reader([bad])))), field) for name, bad, field in ROWS
             if field and isinstance(bad, str)]
    good = dict(zip(HEAD.strip().split(','), next(csv.reader([row('json-good', rate='68.77')]))))
    objects = [json.dumps(c) for _, c, _ in cells] + [json.dumps(good), '{"provider": ["t-one"], "offer": 7}', '"text"']
    before = base.count('price_observation')
    status, lines, total, err = base.imported('bad.json', '{"offers": [\n' + ',\n'.join(objects) + '\n]}\n')
    refused = {x['line']: x['field'] for x in lines if x['done'] == 'refused'}
    wrong = [(name, refused.get(i + 2)) for i, (name, _, field) in enumerate(cells) if refused.get(i + 2) != field]
    tap.equal((status, wrong, sorted(refused)[-2:], base.count('price_observation') - before), (3, [], [len(cells) + 3, len(cells) + 4], 1),
              'the same in JSON: each with its line and field, the good one kept')


def bad_files(tap, base):
    for kind, cases in (('prices', FILES), ('rates', RATES)):
        for name, data in cases:
            before = [base.count(t) for t in ('price_file', 'price_observation', 'price_rate', 'event')]
            status, lines, total, err = base.imported('file.bin', data, kind)
            after = [base.count(t) for t in ('price_file', 'price_observation', 'price_rate', 'event')]
            tap.ok(status == 3 and before == after and total.get('files_refused') == 1 and lines[-1]['detail'], '%s: %s' % (kind, name),
                   'status %d, %r, %s' % (status, lines, err))
    status, _, total, err = base.imported('missing/no.csv', b'') if False else (run('import', 'prices', base.db, '/nowhere/at/all.csv')[0], 0, 0, '')
    tap.equal(status, 3, 'a file that is not there')


def many_rows(n, seed):
    r = random.Random(seed)
    return HEAD + ''.join(row('w-%d-%d' % (seed, i), rate='%.4f' % (68 + r.random()), tariff='%.2f' % (1 + r.random() * 5)) for i in range(n))


def killed(tap, base):
    """Kills while files are taken: afterwards each file is there once and whole."""
    watched = os.path.join(base.folder, 'in')
    os.mkdir(watched)
    before, r, files, rows = base.count('price_observation'), random.Random(9), 8, 300
    for i in range(files):
        with open(os.path.join(watched, 'f%d.csv' % i), 'w') as f:
            f.write(many_rows(rows, i))
    kills = 0
    for _ in range(6):
        p = subprocess.Popen([GRUTTO, 'prices', 'watch', base.db, watched, '--every', '1'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1.0 + r.random() * 0.6)
        p.send_signal(signal.SIGKILL)
        p.wait(TIMEOUT_S)
        kills += 1
        tables = base.count('price_observation') - before
        tap.ok(tables % rows == 0, 'after kill %d files are there whole or not at all' % kills, tables)
    status, _, err = run('prices', 'watch', base.db, watched, '--every', '1', '--once')
    done = sorted(x for x in os.listdir(os.path.join(watched, 'done')) if x.endswith('.csv'))
    tap.equal((status, base.count('price_observation') - before), (0, files * rows), 'in the end each is there once')
    tap.equal(done, ['f%d.csv' % i for i in range(files)], 'and put away, once')
    tap.equal(run('audit', 'verify', base.db)[0], 0, 'the chain of events is whole')


def stopped(tap, base):
    watched = os.path.join(base.folder, 'stop')
    os.mkdir(watched)
    p = subprocess.Popen([GRUTTO, 'prices', 'watch', base.db, watched, '--every', '1'], stdout=subprocess.PIPE)
    time.sleep(0.5)
    with open(os.path.join(watched, '.part.csv'), 'w') as f:
        f.write(HEAD + row('late'))
    time.sleep(2.5)
    tap.ok(os.path.exists(os.path.join(watched, '.part.csv')), 'a name with a point in front is left alone')
    os.rename(os.path.join(watched, '.part.csv'), os.path.join(watched, 'whole.csv'))
    for _ in range(100):
        if os.path.exists(os.path.join(watched, 'done', 'whole.csv')):
            break
        time.sleep(0.1)
    tap.ok(os.path.exists(os.path.join(watched, 'done', 'whole.csv.report')), 'a file that arrives is taken, with a report')
    p.send_signal(signal.SIGTERM)
    tap.equal(p.wait(TIMEOUT_S), 0, 'SIGTERM ends the watch')


def main():
    tap, folder = Tap(), tempfile.mkdtemp(prefix='grutto-feeds.')
    try:
        base = Base(folder)
        bad_rows(tap, base)
        duplicates(tap, base)
        bad_json(tap, base)
        bad_files(tap, base)
        killed(tap, base)
        stopped(tap, base)
    finally:
        shutil.rmtree(folder)
    print('1..%d' % tap.n)
    return 1 if tap.failed else 0


sys.exit(main())
