#!/usr/bin/env python3
"""What tools/sqlc refuses, and where it says the fault is. Usage: t_sqlc.py SQLC. Prints TAP."""
import pathlib
import subprocess
import sys
import tempfile

MIGRATION = """CREATE TABLE place (
	id BLOB PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	people INTEGER,
	share REAL
) STRICT, WITHOUT ROWID;
CREATE TABLE event (seq INTEGER PRIMARY KEY NOT NULL) STRICT;
"""

HEAD = "-- name: p :one\n-- in: id uid\n-- out: name str\n"

# name of the case, text of the file, line of the fault (0: none), a piece of the message ("" no fault)
CASES = [
    ("a correct statement", HEAD + "SELECT name FROM place WHERE id = ?1;\n", 0, ""),
    ("a misspelt column", HEAD + "SELECT nam FROM place WHERE id = ?1;\n", 4, "no such column: nam"),
    ("a misspelt table", HEAD + "\nSELECT name FROM plaice WHERE id = ?1;\n", 5, "no such table: plaice"),
    ("broken SQL", HEAD + "SELECT name FRM place WHERE id = ?1;\n", 4, "syntax error"),
    ("two statements", HEAD + "SELECT name FROM place WHERE id = ?1; SELECT 1;\n", 4, "more than one"),
    ("too few results", HEAD + "SELECT name, people FROM place WHERE id = ?1;\n", 4, "2 columns"),
    ("another name", HEAD + "SELECT name AS title FROM place WHERE id = ?1;\n", 4, "'title'"),
    ("a result of another type", "-- name: p :many\n-- out: name i64\nSELECT name FROM place;\n", 3, "TEXT"),
    ("a result that may be NULL", "-- name: p :many\n-- out: people i64\nSELECT people FROM place;\n", 3, "people"),
    ("a result that may be NULL, said", "-- name: p :many\n-- out: people i64?\nSELECT people FROM place;\n", 0, ""),
    ("a parameter of another type", "-- name: p :many\n-- in: id str\n-- out: name str\n"
     "SELECT name FROM place WHERE id = ?1;\n", 4, "'id' is str"),
    ("an inserted value of another type", "-- name: p :exec\n-- in: id uid, name str, people f64\n"
     "INSERT INTO place (id, name, people) VALUES (?1, ?2, ?3);\n", 3, "'people' is f64"),
    ("an inserted value that may be absent", "-- name: p :exec\n-- in: id uid, name str?\n"
     "INSERT INTO place (id, name) VALUES (?1, ?2);\n", 3, "NOT NULL"),
    ("a set value that may be absent", "-- name: p :exec\n-- in: id uid, name str?\n"
     "UPDATE place SET name = ?2 WHERE id = ?1;\n", 3, "NOT NULL"),
    ("an unused parameter", "-- name: p :many\n-- in: id uid, more i64\n-- out: name str\n"
     "SELECT name FROM place WHERE id = ?1;\n", 4, "does not use its parameter 'more'"),
    ("a parameter too many", HEAD + "SELECT name FROM place WHERE id = ?1 AND people = ?2;\n", 4, "parameter 2"),
    ("a parameter without number", HEAD + "SELECT name FROM place WHERE id = ?;\n", 4, "numbered"),
    ("a parameter twice", "-- name: p :many\n-- in: id uid, id uid\n-- out: name str\n"
     "SELECT name FROM place WHERE id IN (?1, ?2);\n", 2, "twice"),
    ("a name twice", HEAD + "SELECT name FROM place WHERE id = ?1;\n" + HEAD + "SELECT name FROM place WHERE id = ?1;\n",
     8, "used twice"),
    ("an unknown type", "-- name: p :many\n-- out: name text\nSELECT name FROM place;\n", 2, "'text'"),
    ("a word of C as name", "-- name: p :many\n-- in: int i64\n-- out: name str\nSELECT name FROM place LIMIT ?1;\n",
     2, "'int'"),
    ("no kind", "-- name: p\n-- out: name str\nSELECT name FROM place;\n", 1, "needs a kind"),
    ("no results named", "-- name: p :many\nSELECT name FROM place;\n", 1, "needs '-- out:'"),
    ("results of :exec", "-- name: p :exec\n-- out: n i64\nDELETE FROM place;\n", 1, ":exec"),
    ("the chain written from outside", "-- name: p :exec\nDELETE FROM event;\n", 2, "only src/db may"),
    ("one engine only", "-- name: p :many\n-- out: name str\n-- engine: sqlite\nSELECT name FROM place;\n",
     1, "no text for postgres"),
    ("an engine's own text", "-- name: p :many\n-- out: name str\nSELECT name FROM place;\n-- engine: postgres\n"
     "SELECT name FROM ONLY place;\n", 0, ""),
    ("an unknown engine", "-- name: p :many\n-- out: name str\n-- engine: oracle\nSELECT name FROM place;\n", 3, "oracle"),
    ("an unused parameter on one engine", HEAD + "SELECT name FROM place WHERE id = ?1;\n-- engine: postgres\n"
     "SELECT name FROM place;\n", 6, "does not use"),
    ("a question mark in a text", HEAD + "SELECT name FROM place WHERE id = ?1 AND name <> 'what ?2';\n", 0, ""),
    ("no statement", "SELECT 1;\n", 1, "before the first"),
]


def run(sqlc, root, sql):
    (root / "feat" / "x" / "x.sql").write_text(sql)
    out = root / "out"
    out.mkdir(exist_ok=True)
    done = subprocess.run([sqlc, "--root", root, root / "feat/x/x.sql", out / "x.sql.h", out / "x.sql.c"],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stderr, (out / "x.sql.c")


def rewrites(sqlc, root):
    """PostgreSQL's words for a migration and for a statement."""
    run(sqlc, root, "-- name: p :one\n-- in: id uid\n-- out: n i64\n"
        "SELECT CAST(people AS INTEGER) AS n FROM place WHERE id = ?1 AND name <> '?1' AND id <> X'00ff';\n")
    c = (root / "out" / "x.sql.c").read_text()
    want = "SELECT CAST(people AS BIGINT) AS n FROM place WHERE id = $1 AND name <> '?1' AND id <> '\\\\x00ff'::bytea"
    flat = c.replace('"\n\t    "', "")
    subprocess.run([sqlc, "--root", root, "--migrations", root / "out/m.c"], check=True)
    m = (root / "out" / "m.c").read_text().replace('"\n\t    "', "")
    return want in flat and "id BYTEA PRIMARY KEY NOT NULL" in m and "share DOUBLE PRECISION" in m \
        and 'name TEXT COLLATE \\"C\\" NOT NULL' in m and m.count("STRICT") == 2 and m.count("ROWID") == 1


def main(sqlc):
    print(f"1..{len(CASES) + 2}")
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        (root / "db" / "migrate").mkdir(parents=True)
        (root / "feat" / "x").mkdir(parents=True)
        (root / "db" / "migrate" / "0001_a.sql").write_text(MIGRATION)
        results = []
        for title, sql, line, message in CASES:
            code, said, _ = run(sqlc, root, sql)
            good = (code == 0 and not said) if not line else (
                code == 1 and f"x.sql:{line}: " in said and message in said)
            results.append((title, good, said))
        results.append(("PostgreSQL's words", rewrites(sqlc, root), ""))
        (root / "db" / "migrate" / "0003_b.sql").write_text("CREATE TABLE b (x TEXT) STRICT;")
        code, said, _ = run(sqlc, root, CASES[0][1])
        results.append(("a gap in the migrations", code == 1 and "number 3 where 2" in said, said))
        for number, (title, good, said) in enumerate(results, 1):
            print(f"{'ok' if good else 'not ok'} {number} - {title}")
            if not good:
                failed += 1
                print("# " + said.replace("\n", "\n# "))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
