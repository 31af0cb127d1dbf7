#!/usr/bin/env python3
"""Check the habits of the house, as TAP. Usage: house.py ROOT

Files up to 900 lines, functions up to 70, tabs, nothing unfinished, no path of a machine, tests run with
test_run, notices of third parties complete. What counts as ours: everything that git knows but vendored code, data and lock files."""
import os
import re
import subprocess
import sys

FILE_LINES, FUNCTION_LINES = 900, 70

CODE = (".c", ".h", ".py", ".sh", ".mjs", ".js", ".tpl", ".sql", ".css")
TEXT = CODE + (".md", ".build", ".po", ".yaml", ".json", ".txt")
NOT_OURS = re.compile(r"^(vendor|web/dist|web/vendor|programmes/[^/]+/data|tests/[^/]*/?corpus)/|(^|/)package-lock\.json$|^LICENSE$")
# Tables made by a program are as long as they are.
MADE = re.compile(r"(?i)\b(made|generated|written) by (tools/|the script)")

# Each is written so that this file does not contain it.
WORDS = [r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"(?<!\")\bX" + r"XX\b", r"\bHA" + r"CK\b", r"(?i)\bst" + r"ub(s|bed)?\b",
         r"/wo" + r"rk/", r"/tmp/" + r"wt\b", r"registry\." + r"npmjs", r"/ho" + r"me/[a-z]"]


# Where one of them has a meaning of its own. In charts it is the short dashed bar of a missing value.
MEANT = re.compile(r"(?i)^src/engine/chart/.*: 'st" + r"ub'")


def own_files(root):
    try:
        listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                check=True, capture_output=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):  # an unpacked release without git
        listed = [os.path.relpath(os.path.join(folder, name), root)
                  for folder, _, names in os.walk(root) for name in names]
        listed = [path for path in listed if not re.match(r"(build|\.)", path)]
    return sorted(path for path in set(listed)
                  if path and not NOT_OURS.search(path) and os.path.isfile(os.path.join(root, path)))


def lines_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return f.read().split("\n")


def check_file_lines(root, files):
    faults = []
    for path in files:
        if path.endswith(CODE):
            lines = lines_of(root, path)
            if len(lines) - 1 > FILE_LINES and not MADE.search("\n".join(lines[:5])):
                faults.append(f"{path}: {len(lines) - 1} lines, at most {FILE_LINES}")
    return faults


def functions_of(lines):
    """(first line, last line) of each function's braces, which stand in column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line.startswith("}") and start is not None:
            yield start, number
            start = None


def check_function_lines(root, files):
    faults = []
    for path in files:
        if path.endswith((".c", ".h")):
            faults += [f"{path}:{first}: a function of {last - first - 1} lines, at most {FUNCTION_LINES}"
                       for first, last in functions_of(lines_of(root, path)) if last - first - 1 > FUNCTION_LINES]
    return faults


def check_tabs(root, files):
    faults = []
    for path in files:
        if not path.endswith((".c", ".h")):
            continue
        lines = lines_of(root, path)
        inside = [range(first, last - 1) for first, last in functions_of(lines)]
        faults += [f"{path}:{i + 1}: indented with blanks; use tabs" for part in inside for i in part
                   if lines[i].startswith(" ")]
        faults += [f"{path}:{number}: white space at the end of the line" for number, line in enumerate(lines, 1)
                   if line != line.rstrip()]
    return faults


def check_words(root, files):
    faults = []
    for path in files:
        if not (path.endswith(TEXT) or os.path.basename(path) in ("Makefile", "run")):
            continue
        for number, line in enumerate(lines_of(root, path), 1):
            faults += [f"{path}:{number}: {hit.group(0)!r} does not belong here"
                       for word in WORDS for hit in [re.search(word, line)] if hit]
    return [fault for fault in faults if not MEANT.match(fault)]


# Programs that run cmocka themselves speak no TAP, and meson takes a failure of theirs for a skipped test.
CMOCKA_RUN = re.compile(r"\bcmocka_run_group_tests|\bcmocka_set_message_output\b")


def check_test_run(root, files):
    return [f"{path}:{number}: {hit.group(0)}: tests are run with test_run of base/test.h"
            for path in files if path.endswith((".c", ".h")) and path != "src/base/test.h"
            for number, line in enumerate(lines_of(root, path), 1) for hit in [CMOCKA_RUN.search(line)] if hit]


def libraries(root, files):
    """Names in dependency('…') and find_library('…') of the build files, but the C library's own."""
    names = {}
    for path in files:
        if os.path.basename(path) == "meson.build":
            for hit in re.finditer(r"(?:dependency|find_library)\('([^']+)'", "\n".join(lines_of(root, path))):
                if hit.group(1) not in ("threads", "m", "dl", "rt"):
                    names.setdefault(hit.group(1), path)
    return names


def check_notices(root, files):
    notice = "\n".join(lines_of(root, "THIRD-PARTY.md")) if "THIRD-PARTY.md" in files else ""
    faults = [] if notice else ["there is no THIRD-PARTY.md"]
    known = libraries(root, files)
    faults += [] if known else ["no library found in the build files"]
    faults += [f"THIRD-PARTY.md does not name the library `{name}` ({path})"
               for name, path in sorted(known.items()) if f"`{name}`" not in notice]
    vendor = os.path.join(root, "vendor")
    for name in sorted(os.listdir(vendor)) if os.path.isdir(vendor) else []:
        folder = os.path.join(vendor, name)
        if not os.path.isdir(folder):
            continue
        if not any(re.match(r"(?i)(LICEN[CS]E|COPYING|UNLICENSE)", file) for file in os.listdir(folder)):
            faults.append(f"vendor/{name} has no licence file")
        if f"vendor/{name}" not in notice:
            faults.append(f"THIRD-PARTY.md does not name vendor/{name}")
    return faults


def check_licence(root, files):
    try:
        text = "\n".join(lines_of(root, "LICENSE"))
    except OSError:
        return ["there is no LICENSE"]
    return [] if re.search(r"EUROPEAN UNION PUBLIC LICENCE v\. ?1\.2", text) and "Appendix" in text else [
        "LICENSE is not the text of the EUPL 1.2"]


# What the order of offers may know: prices, times, places and words of service. A new member is looked at here first: nothing that
# tells what a provider is to us, pays or advertises may be among them (docs/prices.md, "The order").
BLIND = "src/engine/compare/compare.h"
PRICE_MEMBERS = {"rate", "rate_scale", "least", "most", "collected", "id", "provider", "tiers", "n_tiers", "soonest", "latest", "receive_fee",
                 "languages", "dependable_ppm", "distance_m", "pay_in", "payout", "fee_model", "margin", "method", "flags"}
PRICE_FLAGS = {"COMPARE_FLOOR", "COMPARE_BUSINESS_DAYS", "COMPARE_FIRST_TRANSFER", "COMPARE_LICENSED"}


def check_blind(root, files):
    if BLIND not in files:
        return [f"{BLIND} is not there"]
    text = re.sub(r"/\*.*?\*/", "", "\n".join(lines_of(root, BLIND)), flags=re.S)
    offer = re.search(r"struct compare_offer \{(.*?)\};", text, re.S)
    flags = re.search(r"enum compare_flag \{(.*?)\};", text, re.S)
    if not offer or not flags:
        return [f"{BLIND} has no struct compare_offer or enum compare_flag"]
    members = {re.split(r"\s+", name.strip())[-1] for line in offer.group(1).split(";") for name in line.split(",") if name.strip()}
    names = {name.split("=")[0].strip() for name in flags.group(1).split(",") if name.strip()}
    return [f"{BLIND}: the order of offers would know {name!r}" for name in sorted((members - PRICE_MEMBERS) | (names - PRICE_FLAGS))]


CHECKS = {
    f"no file is longer than {FILE_LINES} lines": check_file_lines,
    f"no function is longer than {FUNCTION_LINES} lines": check_function_lines,
    "C is indented with tabs": check_tabs,
    "nothing is unfinished, no path of a machine": check_words,
    "tests are run with test_run": check_test_run,
    "every library and vendored folder has its notice": check_notices,
    "the licence is there": check_licence,
    "the order of offers knows prices only": check_blind,
}


def main(root):
    files = own_files(root)
    failed = False
    print(f"1..{len(CHECKS)}")
    for number, (title, check) in enumerate(CHECKS.items(), 1):
        faults = check(root, files) if files else ["no files found"]
        failed |= bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} - {title}")
        for fault in faults:
            print(f"# {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
