#!/usr/bin/env python3
"""The editor of decision tables with a spreadsheet: what is downloaded and sent back changes nothing, and what is wrong with a
file is told with its place. TAP. Usage: editor.py GRUTTO PACK"""
import html.parser
import io
import re
import sys
import zipfile

from harness import Site, Tap

BOUNDARY = 'edge-boundary'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


class Form(html.parser.HTMLParser):
    """Fields of the form with a table, in order, as a browser would send them; and all of the page's links."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.links, self.text, self.files = [], [], '', []
        self.area = self.select = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == 'a':
            self.links.append(a.get('href') or '')
        elif tag == 'input' and a.get('type') == 'file':
            self.files.append(a['name'])
        elif tag == 'input' and a.get('name') and a.get('type') not in ('checkbox', 'radio', 'search'):
            self.fields.append((a['name'], a.get('value') or ''))
        elif tag == 'textarea':
            self.area = [a['name'], '']
        elif tag == 'select':
            self.select = a.get('name')
        elif tag == 'option' and self.select and 'selected' in a:
            self.fields.append((self.select, a.get('value') or ''))

    def handle_endtag(self, tag):
        if tag == 'textarea':
            self.fields.append(tuple(self.area))
            self.area = None
        elif tag == 'select':
            self.select = None

    def handle_data(self, data):
        self.text += data
        if self.area:
            self.area[1] += data

    def content(self):
        return [(n, v) for n, v in self.fields if n not in ('csrf', 'q')]


def multipart(fields, files=()):
    out = b''
    for name, value in fields:
        out += ('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, name, value)).encode()
    for name, file_name, data in files:
        out += ('--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: application/octet-stream\r\n\r\n'
                % (BOUNDARY, name, file_name)).encode() + data + b'\r\n'
    return out + ('--%s--\r\n' % BOUNDARY).encode()


class Editor:
    def __init__(self, site):
        self.site = site
        self.host = '127.0.0.1:%d' % site.address[1]

    def get(self, path):
        return self.site.raw('GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' % (path, self.host))

    def post(self, path, body, kind='multipart/form-data; boundary=' + BOUNDARY):
        head = ('POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n'
                % (path, self.host, self.host, kind, len(body)))
        return self.site.raw(head.encode() + body)

    def form(self, path):
        return Form(self.get(path).text())

    def send(self, path, form, data, name='table.xlsx'):
        fields = [(n, v) for n, v in form.fields if n != 'csv']
        return self.post(path, multipart(fields + [('do', 'import')], [('file', name, data)]))


def first_table(editor):
    """Address of a table of some size."""
    for model in sorted(set(l for l in editor.form('/en/editor').links if '/editor/models/' in l)):
        for link in sorted(set(l for l in editor.form(model).links if '/tables/' in l and not l.endswith(('.csv', '.xlsx')))):
            form = editor.form(link)
            if len([n for n, _ in form.fields if re.match(r'r-\d+-i-0$', n)]) >= 4:
                return link
    return None


def changed(data, old, new):
    """The workbook with a text in its first sheet replaced, written by another hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as z, zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as w:
        for name in z.namelist():
            part = z.read(name)
            if name == 'xl/worksheets/sheet1.xml':
                assert part.count(old) >= 1, part[:500]
                part = part.replace(old, new)
            w.writestr(name, part)
    return out.getvalue()


def with_file(tap, editor, path):
    form = editor.form(path)
    sheet, csv = editor.get(path + '.xlsx'), editor.get(path + '.csv')
    tap.equal((sheet.status, csv.status), (200, 200), 'the table can be downloaded as a workbook and as CSV')
    tap.equal(form.files, ['file'], 'the page has a field for a file')
    for name, data in (('table.xlsx', sheet.body), ('table.csv', csv.body), ('no-extension', sheet.body)):
        r = editor.send(path, form, data, name)
        again = Form(r.text())
        tap.equal(r.status, 200, name + ' is taken over')
        tap.ok('The rows were taken over' in again.text, name + ': the page says so', again.text[:1500])
        tap.equal(again.content(), form.content(), name + ': sent back as it was downloaded it changes nothing')
    note = dict(form.fields)['r-0-o-0']
    escaped = note.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').encode()
    r = editor.send(path, form, changed(sheet.body, b'<t>' + escaped + b'</t>', b'<t>"other"</t>'))
    tap.equal(dict(Form(r.text()).fields)['r-0-o-0'], '"other"', 'a cell that was changed in the workbook is changed in the table')
    return form, sheet.body


def bad_files(tap, editor, path, form, sheet):
    broken = changed(sheet, b'</sheetData>', b'<row r="9999"><c r="B9999" t="e"><v>#REF!</v></c></row></sheetData>')
    entity = changed(sheet, b'<worksheet ', b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet ')
    cases = (('cut off', sheet[:-100], 'no .xlsx workbook'), ('an error value', broken, 'cell B9999'),
             ('a document type', entity, 'document type'), ('an old format', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'0' * 600, 'without a password'),
             ('no table', b'row,what\r\n1,2\r\n', 'table.x:1:2'), ('empty', b'', 'nothing in it'),
             ('another archive', zipped('a.txt', b'x'), 'no .xlsx workbook'))
    for name, data, said in cases:
        r = editor.send(path, form, data, 'table.x')
        page = Form(r.text())
        tap.equal(r.status, 200, name + ': the page comes again')
        tap.ok(said in page.text, '%s: it says "%s"' % (name, said), page.text[:2000])
        tap.equal(page.content(), form.content(), name + ': the table is as it was')


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        z.writestr(name, data)
    return out.getvalue()


def frames(tap, editor, path, form):
    whole = multipart([(n, v) for n, v in form.fields] + [('do', 'check')])
    tap.equal(editor.post(path, whole).status, 200, 'a form in parts without a file')
    tap.equal(editor.post(path, whole[:-20]).status, 400, 'a form that was cut off')
    tap.equal(editor.post(path, whole, 'multipart/form-data').status, 400, 'a form without a boundary')
    tap.equal(editor.post(path, whole, 'text/plain').status, 403, 'a form of another type shows no token')
    other = multipart([(n, 'f' * 80 if n == 'csrf' else v) for n, v in form.fields] + [('note', '&csrf=' + dict(form.fields)['csrf'])])
    tap.equal(editor.post(path, other).status, 403, 'a form with a false token')
    tap.equal(editor.post(path, b'x' * (13 << 20)).status, 413, 'a form that is too large')


def main():
    tap = Tap()
    site = Site(sys.argv[1], sys.argv[2], '--editor')
    try:
        editor = Editor(site)
        path = first_table(editor)
        if tap.ok(path, 'the editor has a table'):
            form, sheet = with_file(tap, editor, path)
            bad_files(tap, editor, path, form, sheet)
            frames(tap, editor, path, form)
        tap.equal(site.stop(), 0, 'SIGTERM ends the site with status 0')
        said = site.log_text()
        tap.ok('ERROR: AddressSanitizer' not in said and 'runtime error' not in said, 'no sanitizer has a complaint',
               '\n'.join(line for line in said.splitlines() if 'anitizer' in line))
    finally:
        site.remove()
    tap.done()


main()
