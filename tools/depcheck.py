#!/usr/bin/env python3
"""Check what includes what. Usage: depcheck.py ROOT [BUILD [CC FLAG...]]

Reads every #include under ROOT/src and says, as TAP, whether the rules of docs/architecture.md hold: layers, slices,
no cycles between slices, each library in its one place, a pure engine. With BUILD and a compiler it also compiles every
header alone. A slice lists further headers that others may include in src/feat/X/public, one a line."""
import concurrent.futures
import os
import re
import subprocess
import sys

# Layer -> layers it may include.
LAYERS = {
    "base": {"base"},
    "codec": {"base", "codec"},
    "engine": {"base", "engine"},
    "db": {"base", "codec", "db"},
    "http": {"base", "codec", "engine", "db", "http"},
    "feat": {"base", "codec", "engine", "db", "http", "feat"},
    "app": {"base", "codec", "engine", "db", "http", "feat", "app"},
}

# Library header -> the only files that may include it. Tests may look at what the program wrote with any library.
LIBRARIES = {
    r"sqlite3\.h": {"db/sqlite.c"},
    r"libpq-fe\.h|libpq/.*|pg_.*\.h": {"db/postgres.c", "db/postgres.h"},  # the header is for the files of postgres alone
    r"microhttpd\.h": {"http/server.c"},
    r"jansson\.h": {"codec/json_read.c"},
    r"libxml/.*": {"codec/xdoc.c", "codec/xml.c", "codec/xml_error.c", "codec/xml_error.h", "codec/xsd.c"},
    r"yaml\.h": {"codec/yaml.c"},
    r"xlsxwriter.*\.h": {"codec/xlsx.c"},
    r"zlib\.h|zstd\.h": {"codec/compress.c"},
    r"brotli/.*": set(),
    r"sodium.*\.h": {"base/env.c", "base/hash.c", "app/main.c"},  # main starts it
    r"nettle/.*": {"base/hash.c"},
    r"utf8proc\.h": {"base/utf8.c", "engine/feel/fn_string.c"},  # the engine alone maps cases
    r"pcre2.*\.h": {"engine/feel/regex.c"},
    r"cmocka\.h": {"base/test.h"},
}

# What the engine must not know: files, processes, threads, time. (A clock or chance would come as an argument.)
IMPURE = re.compile(r"<(unistd|fcntl|dirent|pthread|threads|signal|time|poll|spawn|netdb|sys/.*|arpa/.*|netinet/.*)\.h>"
                    r'|"base/(log|env)\.h"')

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def is_test(path):
    return re.match(r"t_.*\.[ch]$|test_.*\.[ch]$|test\.h$", os.path.basename(path)) is not None


def read_includes(src):
    """[(file relative to src, line, quote, name)]"""
    found = []
    for folder, _, names in os.walk(src):
        for name in sorted(names):
            if not name.endswith((".c", ".h", ".tpl")):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as f:
                for number, line in enumerate(f, 1):
                    hit = INCLUDE.match(line) or re.match(r'\{\{include\s+(")([^"]+)"', line)
                    if hit:
                        found.append((os.path.relpath(path, src), number, hit.group(1), hit.group(2)))
    return found


def check_layers(src, includes):
    faults = []
    for path, line, quote, name in includes:
        if quote != '"':
            continue
        own, other = path.split("/")[0], name.split("/")[0]
        if "/" not in name:
            faults.append(f'{path}:{line}: "{name}": project files are included by their path from src/')
        elif own not in LAYERS:
            faults.append(f"{path}:{line}: no layer of src/ is called {own}")
        elif other not in LAYERS[own]:
            faults.append(f'{path}:{line}: {own} may not include "{name}"')
    return faults


def slice_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "feat" and len(parts) > 2 else None


def public_headers(src, name):
    listed = {f"{name}.h"}
    try:
        with open(os.path.join(src, "feat", name, "public"), encoding="utf-8") as f:
            listed |= {line.strip() for line in f if line.strip() and not line.startswith("#")}
    except FileNotFoundError:
        pass
    return listed


def check_slices(src, includes):
    faults = []
    for path, line, _, name in includes:
        other = slice_of(name)
        if other is None or other == slice_of(path):
            continue
        inner = "/".join(name.split("/")[2:])
        if inner not in public_headers(src, other):
            faults.append(f'{path}:{line}: "{name}" is private to the slice {other}; take {other}.h, or list it in '
                          f"src/feat/{other}/public")
    return faults


def check_cycles(src, includes):
    graph = {}
    for path, _, _, name in includes:
        own, other = slice_of(path), slice_of(name)
        if own and other and own != other and not is_test(path):
            graph.setdefault(own, {}).setdefault(other, path)
    faults = []
    for start in sorted(graph):
        trail, seen = [(start, [start])], set()
        while trail:
            at, way = trail.pop()
            for to in sorted(graph.get(at, {})):
                if to == start and start == min(way):
                    steps = " -> ".join(way + [start])
                    faults.append(f"cycle between slices: {steps} (by {graph[at][to]})")
                elif to not in seen and to != start:
                    seen.add(to)
                    trail.append((to, way + [to]))
    return faults


def check_libraries(src, includes):
    faults = []
    for path, line, quote, name in includes:
        if quote != "<" or is_test(path):
            continue
        for pattern, places in LIBRARIES.items():
            if re.fullmatch(pattern, name) and path not in places:
                where = " or ".join(sorted(places)) or "nowhere in src/"
                faults.append(f"{path}:{line}: <{name}> belongs in {where}")
    return faults


def check_engine(src, includes):
    return [f"{path}:{line}: the engine is pure: it may not include {name}"
            for path, line, quote, name in includes
            if path.startswith("engine/") and not is_test(path)
            and IMPURE.fullmatch(f"<{name}>" if quote == "<" else f'"{name}"')]


def library_flags():
    """Where headers of libraries are that do not stand in /usr/include itself."""
    flags = []
    for name in ("libxml-2.0", "libpq"):
        done = subprocess.run(["pkg-config", "--cflags-only-I", name], capture_output=True, text=True)
        flags += done.stdout.split() if done.returncode == 0 else []
    return flags


def generated_roots(build, names):
    """Folders of the build that hold the generated headers named."""
    roots = set()
    for folder, _, files in os.walk(build):
        for file in files:
            path = os.path.join(folder, file)
            for name in names:
                if path.endswith("/" + name):
                    roots.add(path[:-len(name) - 1])
    return sorted(roots)


def check_headers(src, includes, build, compiler):
    headers = sorted(os.path.relpath(os.path.join(folder, name), src)
                     for folder, _, names in os.walk(src) for name in names if name.endswith(".h") and not name.startswith("t_"))
    made = {name for _, _, quote, name in includes if quote == '"' and not os.path.exists(os.path.join(src, name))}
    roots = [flag for root in generated_roots(build, made) for flag in ("-I", root)]
    banned = ["-include", os.path.join(src, "base/banned.h")]
    base = compiler + library_flags() + ["-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", src]

    def compile_one(header):
        text = f'#include "{header}"\n#include "{header}"\n'
        flags = [] if header == "base/test.h" else banned
        done = subprocess.run(base + roots + flags + ["-x", "c", "-"], input=text, text=True, capture_output=True)
        said = "\n".join(done.stderr.splitlines()[:6])
        return f"{header} does not compile alone:\n{said}" if done.returncode else None

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [fault for fault in pool.map(compile_one, headers) if fault]


CHECKS = {
    "a layer includes only those below it": check_layers,
    "a slice includes only what others make public": check_slices,
    "slices do not go round in circles": check_cycles,
    "each library is included in its one place": check_libraries,
    "the engine knows no files, threads or time": check_engine,
}


def report(number, title, faults):
    print(f"{'not ok' if faults else 'ok'} {number} - {title}")
    for fault in faults:
        print("\n".join("# " + line for line in fault.splitlines()))


def main(root, build=None, *compiler):
    src = os.path.join(root, "src")
    includes = read_includes(src)
    results = {title: check(src, includes) for title, check in CHECKS.items()}
    results["there are includes to check"] = [] if includes else [f"no #include under {src}"]
    if build:
        results["every header compiles alone"] = check_headers(src, includes, build, list(compiler))
    print(f"1..{len(results)}")
    for number, (title, faults) in enumerate(results.items(), 1):
        report(number, title, faults)
    return 1 if any(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
