#!/usr/bin/env python3
"""Compare docs/data-dictionary.md with the migrations, as TAP. Usage: dictionary.py ROOT

Each table has a heading, and each of its columns a row below it, unless it is one of the columns that mean the same
everywhere; nothing is described that does not exist."""
import glob
import re
import sys

COLUMN = re.compile(r"^(\w+)(?: (?:INTEGER|TEXT|BLOB|REAL|BIGINT|TSVECTOR)\b.*)?$", re.S)
COMMON = "Columns that mean the same everywhere"


def statements(sql):
    return re.sub(r"--[^\n]*", "", sql).split(";")


def parts_of(body):
    """Split at the commas that stand outside brackets."""
    depth, part, parts = 0, "", []
    for c in body:
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += c
    return [p.strip() for p in parts + [part]]


def columns_of(body):
    found = (COLUMN.match(part) for part in parts_of(body))
    return [m.group(1) for m in found if m and m.group(1) not in ("PRIMARY", "FOREIGN", "UNIQUE", "CHECK")]


def schema(root):
    tables = {}
    for path in sorted(glob.glob(root + "/src/**/migrate/*.sql", recursive=True)):
        with open(path, encoding="utf-8") as f:
            for statement in statements(f.read()):
                made = re.search(r"CREATE (?:VIRTUAL )?TABLE (\w+)(?: USING \w+)? \((.*)\)", statement, re.S)
                added = re.search(r"ALTER TABLE (\w+) ADD (?:COLUMN )?(\w+)", statement)
                dropped = re.search(r"DROP TABLE (\w+)", statement)
                if made:
                    tables.setdefault(made.group(1), set()).update(columns_of(made.group(2)))
                elif added:
                    tables[added.group(1)].add(added.group(2))
                elif dropped:
                    tables.pop(dropped.group(1))
    with open(root + "/src/db/migrate.c", encoding="utf-8") as f:
        own = re.search(r'"CREATE TABLE (schema_version) (.*?);', f.read(), re.S)
    tables[own.group(1)] = set(re.findall(r"(\w+) (?:INTEGER|TEXT|BIGINT|BLOB)", own.group(2)))
    return tables


def described(root):
    """{heading: columns}, the common ones under COMMON."""
    found, heading = {}, None
    with open(root + "/docs/data-dictionary.md", encoding="utf-8") as f:
        for line in f:
            title = re.match(r"#{2,3} (.*)", line)
            row = re.match(r"\| `([^`]+)` \| \S", line)
            if title:
                heading = title.group(1)
            elif row:
                found.setdefault(heading, set()).add(row.group(1))
    return found


def is_common(column, common):
    return column in common or any(c.startswith("…") and column.endswith(c[1:]) for c in common)


def compare(tables, book):
    common, faults = book.pop(COMMON, set()), []
    for table in sorted(tables):
        if table not in book:
            faults.append(f"docs/data-dictionary.md: no table {table}")
            continue
        missing = {c for c in tables[table] - book[table] if not is_common(c, common)}
        faults += [f"docs/data-dictionary.md: no column {table}.{c}" for c in sorted(missing)]
        faults += [f"docs/data-dictionary.md: there is no column {table}.{c}" for c in sorted(book[table] - tables[table])]
    return faults + [f"docs/data-dictionary.md: there is no table {table}" for table in sorted(set(book) - set(tables))]


def main(root):
    faults = compare(schema(root), described(root))
    print("1..1")
    print(f"{'not ok' if faults else 'ok'} 1 - the data dictionary describes every table and column")
    for fault in faults:
        print(f"# {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
