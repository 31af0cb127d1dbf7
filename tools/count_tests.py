#!/usr/bin/env python3
"""Count the single tests in meson's JUnit log, name what failed or was skipped, and end with one line."""
import sys
import xml.etree.ElementTree as ET


def main(path):
    passed, failed, skipped = 0, [], []
    try:
        cases = list(ET.parse(path).getroot().iter("testcase"))
    except (OSError, ET.ParseError) as err:
        print(f"The test log cannot be read: {err}", file=sys.stderr)
        print("0 passed, 1 failed")
        return 1
    for case in cases:
        name = f"{case.get('classname', '')}: {case.get('name', '')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        elif case.find("skipped") is not None:
            skipped.append(name)
        else:
            passed += 1
    for name in skipped:
        print(f"skipped: {name}")
    for name in failed:
        print(f"FAILED: {name}")
    if not cases:
        failed.append("no test ran")
    print(f"{passed} passed, {len(failed)} failed" + (f", {len(skipped)} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
