"""Writes the IATI codelists (vendor/iati/codelists/*.csv) as one C file of const tables.

    codelists.py DIR OUT.c

Each list is sorted by code in byte order, for a binary search. Python comes with meson, so a build needs no more.
"""
import csv
import os
import sys


def quote(text):
    """A C string literal; bytes outside printable ASCII as octal, which cannot run on into the next character."""
    return '"' + ''.join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else '\\%03o' % b for b in text.encode()) + '"'


def rows(path):
    with open(path, encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f))


def main(folder, out):
    index = sorted(rows(os.path.join(folder, 'index.csv')), key=lambda r: r['codelist'].encode())
    with open(out, 'w', encoding='ascii') as f:
        f.write('/* Made from vendor/iati/codelists by tools/codelists.py; CC BY 4.0, IATI Standard. */\n')
        f.write('#include "feat/iati/codes.h"\n\n')
        for i, entry in enumerate(index):
            # FileFormat holds some codes twice, active and withdrawn: the active one counts.
            by_code = {}
            for r in rows(os.path.join(folder, entry['codelist'] + '.csv')):
                if r['code'] not in by_code or by_code[r['code']]['status'] == 'withdrawn':
                    by_code[r['code']] = r
            codes = sorted(by_code.values(), key=lambda r: r['code'].encode())
            f.write('static const struct code list_%d[] = {\n' % i)
            for r in codes:
                f.write('\t{%s, %s, %s, %d, %d},\n' % (quote(r['code']), quote(r['name_en']), quote(r['name_fr']),
                                                      len(r['code'].encode()), r['status'] == 'withdrawn'))
            f.write('};\n')
        f.write('\nconst struct codelist codelists[] = {\n')
        for i, entry in enumerate(index):
            f.write('\t{%s, list_%d, sizeof list_%d / sizeof *list_%d, %d},\n' % (quote(entry['codelist']), i, i, i, entry['complete'] == '1'))
        f.write('};\nconst size_t codelists_n = %d;\n' % len(index))


if __name__ == '__main__':
    main(*sys.argv[1:])
