#!/usr/bin/env python3
"""Test of depcheck.py and house.py: each rule is broken in a small tree and must be reported, and only that. TAP."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

# A tree in which all is well.
GOOD = {
    "src/base/a.h": "#pragma once\n#include <stddef.h>\nsize_t a(void);\n",
    "src/base/banned.h": "#pragma once\n",
    "src/base/test.h": "#pragma once\n#define test_run(tests) cmocka_run_group_tests_name(__FILE__, tests, 0, 0)\n",
    "src/engine/x/e.h": '#pragma once\n#include "base/a.h"\n',
    "src/engine/compare/compare.h": "#pragma once\n#include <stdint.h>\nenum compare_flag { COMPARE_FLOOR = 1 };\nstruct compare_offer {\n\tint64_t rate, least; /* digits */\n};\n",
    "src/codec/yaml.c": "#include <yaml.h>\n",
    "src/feat/one/one.h": '#pragma once\n#include "base/a.h"\n',
    "src/feat/two/two.c": '#include "feat/one/one.h"\n#include "feat/two/inner.h"\n\nint two(void)\n{\n\treturn 2;\n}\n',
    "src/feat/two/inner.h": "#pragma once\n",
    "src/feat/two/two.h": "#pragma once\n",
    "src/feat/two/t_two.c": "#include <yaml.h>\n",
    "meson.build": "yaml_dep = dependency('yaml-0.1')\n",
    "vendor/lib/LICENSE": "free\n",
    "THIRD-PARTY.md": "`yaml-0.1`, vendor/lib\n",
    "LICENSE": "EUROPEAN UNION PUBLIC LICENCE v. 1.2\nAppendix\n",
}

LONG = "int f(void)\n{\n" + "\tf();\n" * 71 + "}\n"

# What is changed, which check must fail, what it must name.
BAD = [
    ("depcheck", {"src/base/b.c": '#include "codec/b.h"\n'}, "a layer includes", 'base may not include "codec/b.h"'),
    ("depcheck", {"src/engine/x/e.c": '#include "codec/b.h"\n'}, "a layer includes", "engine may not"),
    ("depcheck", {"src/http/h.c": '#include "feat/one/one.h"\n'}, "a layer includes", "http may not"),
    ("depcheck", {"src/base/b.c": '#include "a.h"\n'}, "a layer includes", "by their path"),
    ("depcheck", {"src/other/b.c": '#include "base/a.h"\n'}, "a layer includes", "no layer"),
    ("depcheck", {"src/feat/six/six.c": '#include "feat/two/inner.h"\n'}, "a slice includes", "private to the slice two"),
    ("depcheck", {"src/feat/six/six.c": '#include "feat/two/two.sql.h"\n'}, "a slice includes", "two.sql.h"),
    ("depcheck", {"src/feat/six/six.tpl": '{{include "feat/two/inner.h"}}\n'}, "a slice includes", "six.tpl:1"),
    ("depcheck", {"src/feat/one/one.c": '#include "feat/two/two.h"\n'}, "slices do not go", "one -> two -> one"),
    ("depcheck", {"src/http/h.c": "#include <sqlite3.h>\n"}, "each library", "<sqlite3.h> belongs in db/sqlite.c"),
    ("depcheck", {"src/base/b.c": "#include <libxml/parser.h>\n"}, "each library", "codec/xml.c"),
    ("depcheck", {"src/engine/x/e.c": "#include <unistd.h>\n"}, "the engine", "<unistd.h>".strip("<>")),
    ("depcheck", {"src/engine/x/e.c": '#include "base/env.h"\n'}, "the engine", "base/env.h"),
    ("depcheck", {"src/base/b.h": "#pragma once\nsize_t b(void);\n"}, "every header", "base/b.h"),
    ("house", {"src/base/b.c": "int a;\n" * 901}, "no file is longer", "901 lines"),
    ("house", {"src/base/b.c": LONG}, "no function is longer", "71 lines"),
    ("house", {"src/base/b.c": "int f(void)\n{\n    return 1;\n}\n"}, "C is indented", "b.c:3"),
    ("house", {"src/base/b.c": "int a; \n"}, "C is indented", "end of the line"),
    ("house", {"src/base/b.c": "/* TO" + "DO */\n"}, "nothing is unfinished", "b.c:1"),
    ("house", {"docs/x.md": "see /wo" + "rk/main\n"}, "nothing is unfinished", "x.md:1"),
    ("house", {"src/base/t_b.c": "int main(void)\n{\n\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}\n"}, "tests are run", "t_b.c:3"),
    ("house", {"src/meson.build": "dependency('libnew')\n"}, "every library", "libnew"),
    ("house", {"vendor/new/a.c": "int a;\n"}, "every library", "vendor/new has no licence"),
    ("house", {"src/engine/compare/compare.h": "enum compare_flag { COMPARE_FLOOR = 1, COMPARE_SPONSOR = 2 };\nstruct compare_offer {\n\tint64_t rate;\n};\n"},
     "the order of offers", "COMPARE_SPONSOR"),
    ("house", {"src/engine/compare/compare.h": "enum compare_flag { COMPARE_FLOOR = 1 };\nstruct compare_offer {\n\tint64_t rate, commission;\n};\n"},
     "the order of offers", "commission"),
    ("house", {"LICENSE": None}, "the licence", "no LICENSE"),
]


def run(tool, changes):
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**GOOD, **changes}.items():
            if text is None:
                continue
            os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as f:
                f.write(text)
        more = [os.path.join(root, "build"), "cc"] if tool == "depcheck" else []
        done = subprocess.run([sys.executable, os.path.join(HERE, tool + ".py"), root, *more],
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def main():
    tests = [(tool, {}, None, None) for tool in ("depcheck", "house")] + BAD
    failed = 0
    print(f"1..{len(tests)}")
    for number, (tool, changes, title, named) in enumerate(tests, 1):
        code, said = run(tool, changes)
        wrong = [line.split(" - ", 1)[1] for line in said.splitlines() if line.startswith("not ok")]
        good = code == 0 and not wrong if title is None else (
            code == 1 and len(wrong) == 1 and wrong[0].startswith(title) and named in said)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {tool}: {named or 'all is well'}")
        if not good:
            print("\n".join("# " + line for line in said.splitlines()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
