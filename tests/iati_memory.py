#!/usr/bin/env python3
"""Import files whose size is not that of memory, and look at the peak: one activity of 30 MB (results x indicators x periods x
targets, as partners publish them), and with --large MB a file of that size that is written into a pipe while it is read.
Prints TAP.   iati_memory.py GRUTTO PACK PEAK_MB [--large MB]"""
import os
import resource
import subprocess
import sys
import tempfile
import threading

HEAD = ('<iati-activity default-currency="EUR" xml:lang="en"><iati-identifier>X-%d</iati-identifier><reporting-org ref="NL-1" type="10">'
        '<narrative>Ministry</narrative></reporting-org><title><narrative>Activity %d, with a title of some words</narrative></title>'
        '<description><narrative>%s</narrative></description><participating-org role="4" ref="X"><narrative>Doers</narrative>'
        '</participating-org><activity-status code="2"/><activity-date type="2" iso-date="2010-01-01"/>')
ROOT = '<iati-activities version="2.03">\n'


def periods(n):
    for p in range(n):
        yield ('<period><period-start iso-date="2010-01-01"/><period-end iso-date="2010-12-31"/><target value="%d"><dimension '
               'name="sex" value="%s"/></target><actual value="%d"><dimension name="sex" value="%s"/></actual></period>'
               % (p, 'fm'[p % 2], p + 1, 'fm'[p % 2]))


def one_activity(to, megabytes):
    """A single activity of that many megabytes; returns how many figures it has."""
    written, figures = to.write(ROOT + HEAD % (1, 1, 'Many results.')), 0
    while written < megabytes * 1000000:
        indicator = ('<indicator measure="1"><title><narrative>People reached, %d</narrative></title>%s</indicator>'
                     % (figures, ''.join(periods(20))))
        result = '<result type="1"><title><narrative>Result</narrative></title>%s</result>' % (indicator * 10)
        written += to.write(result)
        figures += 200
    to.write('</iati-activity></iati-activities>\n')
    return figures


def many_activities(to, megabytes):
    words = 'Drinking water, schools and work for those who return; partners report each quarter. ' * 12
    transaction = ('<transaction><transaction-type code="3"/><transaction-date iso-date="2010-02-01"/><value value-date="2010-02-01">'
                   '%d.25</value><description><narrative>Payment %d of the activity</narrative></description></transaction>')
    written, n = to.write(ROOT), 0
    while written < megabytes * 1000000:
        n += 1
        written += to.write(HEAD % (n, n, words[n % 50:]) + ''.join(transaction % (n + i, i) for i in range(30)) + '</iati-activity>\n')
    to.write('</iati-activities>\n')
    return n


def import_it(grutto, db, path):
    """The report of the import, and the peak of its memory in MB."""
    out = subprocess.Popen([grutto, 'import', 'iati', db, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = out.stdout.read().decode()
    _, status, usage = os.wait4(out.pid, 0)
    return os.waitstatus_to_exitcode(status), text, usage.ru_maxrss / 1024


def main():
    grutto, pack, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
    large = int(sys.argv[5]) if sys.argv[4:5] == ['--large'] else 0
    print('1..%d' % (2 if large else 1), flush=True)
    failed = False
    with tempfile.TemporaryDirectory(prefix='grutto-memory-') as folder:
        db, path = folder + '/m.db', folder + '/one.xml'
        subprocess.run([grutto, 'init', db, '--pack', pack], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(path, 'w', encoding='ascii') as to:
            one_activity(to, 30)
        cases = [('one activity of %d MB' % (os.path.getsize(path) // 1000000), path, 1)]
        if large:
            pipe = folder + '/pipe.xml'
            os.mkfifo(pipe)
            cases.append(('a file of %d MB from a pipe' % large, pipe, None))
        for number, (name, file, want) in enumerate(cases, 1):
            writer = None
            if want is None:
                count = []
                def fill(file=file, count=count):
                    with open(file, 'w', encoding='ascii') as to:
                        count.append(many_activities(to, large))
                writer = threading.Thread(target=fill)
                writer.start()
            status, text, peak = import_it(grutto, db, file)
            if writer:
                writer.join()
                want = count[0] - 1  # its first identifier is that of the large activity: the later file counts
            good = status == 0 and 'added %d,' % want in text and peak < limit
            failed |= not good
            print('%sok %d - %s: peak %.0f MB of %.0f' % ('' if good else 'not ', number, name, peak, limit), flush=True)
            if not good:
                print(''.join('# ' + line + '\n' for line in text.splitlines()[-5:]), end='')
    return failed


if __name__ == '__main__':
    sys.exit(main())
