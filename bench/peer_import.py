"""A peer of the import, as a Python team would write it: the standard library's streaming parser into SQLite, one transaction.
It keeps activities, transactions, sectors and countries only.   peer_import.py DB FILE…"""
import sqlite3
import sys
import xml.etree.ElementTree as ET

db = sqlite3.connect(sys.argv[1])
db.executescript("""CREATE TABLE activity (id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT, description TEXT, status TEXT);
CREATE TABLE tx (activity INTEGER, type TEXT, day TEXT, value TEXT, currency TEXT);
CREATE TABLE sector (activity INTEGER, code TEXT, percentage TEXT); CREATE TABLE country (activity INTEGER, code TEXT, percentage TEXT);
CREATE INDEX tx_a ON tx (activity); CREATE INDEX sector_a ON sector (activity); CREATE INDEX country_a ON country (activity);""")
n = 0
for path in sys.argv[2:]:
    root = None
    for event, el in ET.iterparse(path, events=('start', 'end')):
        if root is None:
            root = el
        if event == 'start' or el.tag != 'iati-activity':
            continue
        n += 1
        status = el.find('activity-status')
        db.execute('INSERT OR REPLACE INTO activity VALUES (?, ?, ?, ?, ?)', (n, el.findtext('iati-identifier', '').strip(),
                   el.findtext('title/narrative'), el.findtext('description/narrative'), status.get('code') if status is not None else None))
        for t in el.findall('transaction'):
            kind, day, value = t.find('transaction-type'), t.find('transaction-date'), t.find('value')
            db.execute('INSERT INTO tx VALUES (?, ?, ?, ?, ?)', (n, kind.get('code') if kind is not None else None,
                       day.get('iso-date') if day is not None else None, value.text if value is not None else None,
                       (value.get('currency') if value is not None else None) or el.get('default-currency')))
        for tag, table in (('sector', 'sector'), ('recipient-country', 'country')):
            for s in el.iter(tag):
                db.execute('INSERT INTO %s VALUES (?, ?, ?)' % table, (n, s.get('code'), s.get('percentage')))
        root.clear()
db.commit()
print(n, 'activities')
