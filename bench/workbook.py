#!/usr/bin/env python3
"""A workbook in the layout of Remittance Prices Worldwide, of random rows (seeded), streamed: workbook.py FILE MEGABYTES
MEGABYTES are those of the large sheet's XML. Texts are shared, as in files that spreadsheet programs save; the last part of the
rows has its numbers as text, as two quarters of the source have. Nothing in it is a real price."""
import random
import sys
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
COLUMNS = ('id,period,source_code,source_name,source_region,source_income,source_lending,source_G8G20,destination_code,'
           'destination_name,destination_region,destination_income,destination_lending,destination_G8G20,firm,firm_type,'
           'payment instrument,access point,speed actual,cc1 lcu amount,cc1 denomination amount,cc1 lcu code,cc1 lcu fee,'
           'cc1 lcu fx rate,cc1 fx margin,cc1 total cost %,cc2 lcu amount,cc2 denomination amount,cc2 lcu code,cc2 lcu fee,'
           'cc2 lcu fx rate,cc2 fx margin,cc2 total cost %,inter lcu bank fx,transparent,Standard Note,note2,'
           'receiving network coverage,pickup location,pickup method,date,corridor').split(',')


def letters(i):
    return (letters(i // 26 - 1) if i >= 26 else '') + chr(65 + i % 26)


LETTERS = [letters(i) for i in range(len(COLUMNS))]


class Shared:
    def __init__(self):
        self.index, self.list = {}, []

    def cell(self, place, text):
        i = self.index.get(text)
        if i is None:
            i = self.index[text] = len(self.list)
            self.list.append(text)
        return '<c r="%s" t="s"><v>%d</v></c>' % (place, i)

    def write(self, out):
        out.write(('<sst %s>' % MAIN).encode())
        for text in self.list:
            out.write(('<si><t>%s</t></si>' % text.replace('&', '&amp;').replace('<', '&lt;')).encode())
        out.write(b'</sst>')


def row(r, i, texts, rng):
    codes = ('AUS AUT BEL CAN CHE DEU ESP FRA GBR ITA JPN NLD NOR SAU SGP SWE USA ZAF BGD CHN COL DOM EGY ETH GHA IDN IND KEN LBN MAR MEX NGA '
             'PAK PHL SOM SUR TUR TZA UGA VNM').split()
    source, destination = rng.choice(codes), rng.choice(codes)
    rate, bank, fee = round(rng.uniform(8, 12), 4), round(rng.uniform(9, 11.9), 4), round(rng.uniform(0, 20), 2)
    margin = round((bank - rate) / bank * 100, 2)
    year, quarter = 2016 + i % 9, 1 + i % 4
    as_text = i % 12 == 0

    def number(v):
        return str(v) if as_text else float(v)
    values = [100000 + i, '%d_%dQ' % (year, quarter), source, 'Country ' + source, 'Region %d' % (i % 7), 'High income', '..', '..',
              destination, 'Country ' + destination, 'Region %d' % (i % 5), 'Low income', 'IDA', '..', 'Invented firm %d' % rng.randrange(700),
              'Money Transfer Operator', 'Cash,Mobile money', 'Agent', rng.choice(['Same day', 'Next day', '3-5 days']),
              number(140), number(200), 'EUR', number(fee), number(rate), number(margin), number(round(fee / 1.4 + margin, 2)),
              number(345), number(500), 'EUR', number(fee), number(rate), number(margin), number(round(fee / 3.45 + margin, 2)),
              number(bank), 'yes', 'Note %d on what is not told' % (i % 20000), '', 'High', '', 'Cash', '15/Feb/%d' % year, source + destination]
    out = ['<row r="%d" spans="1:42">' % r]
    for k, v in enumerate(values):
        place = '%s%d' % (LETTERS[k], r)
        if isinstance(v, str):
            out.append(texts.cell(place, v) if v else '<c r="%s" s="0"/>' % place)
        else:
            out.append('<c r="%s"><v>%.17g</v></c>' % (place, v))
    return ''.join(out) + '</row>'


def main():
    path, most = sys.argv[1], int(sys.argv[2]) * 1000000
    rng, texts = random.Random(1), Shared()
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as z:
        z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                   '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   '<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/>'
                   '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/>'
                   '<Override PartName="/xl/sharedStrings.xml" ContentType="%ssharedStrings+xml"/></Types>' % (TYPE, TYPE, TYPE))
        relation = '<Relationship Id="r%d" Type="' + REL + '/%s" Target="%s"/>'
        begin = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        z.writestr('_rels/.rels', begin + relation % (1, 'officeDocument', 'xl/workbook.xml') + '</Relationships>')
        z.writestr('xl/workbook.xml', '<workbook %s xmlns:r="%s"><sheets><sheet name="Dataset (from Q2 2016)" sheetId="1" r:id="r1"/>'
                   '</sheets></workbook>' % (MAIN, REL))
        z.writestr('xl/_rels/workbook.xml.rels', begin + relation % (1, 'worksheet', 'worksheets/sheet1.xml')
                   + relation % (2, 'sharedStrings', 'sharedStrings.xml') + '</Relationships>')
        with z.open('xl/worksheets/sheet1.xml', 'w', force_zip64=True) as out:
            written = out.write(('<worksheet %s><sheetData><row r="1">%s</row>' % (
                MAIN, ''.join(texts.cell(LETTERS[k] + '1', name) for k, name in enumerate(COLUMNS)))).encode())
            r = 2
            while written < most:
                written += out.write(row(r, r - 2, texts, rng).encode())
                r += 1
            out.write(b'</sheetData></worksheet>')
        with z.open('xl/sharedStrings.xml', 'w') as out:
            texts.write(out)
    print('%d rows' % (r - 2))


main()
