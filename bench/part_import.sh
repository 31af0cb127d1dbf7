#!/bin/sh
# Import and export rates beside the limit (bare parsers) and a peer, on the same file in the same run.
# BENCH_ACTIVITIES (13300 = 100 MB; 135000 = 1 GB) is the size; the generator is that of the shared data, seeded. PostgreSQL is
# measured when GRUTTO_TEST_PG names a server (tests/with-postgres.sh). At the end memory is checked: one activity of 30 MB, and with
# BENCH_LARGE_MB (such as 2000) a file of that size through a pipe, each below 150 MB.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
build=${BENCH_BUILD:-$root/build-bench} acts=${BENCH_ACTIVITIES:-13300}
shared=${GRUTTO_SHARED:-$root/../shared}
[ -f "$shared/data/iati/generate.py" ] || { echo "skipped: $shared/data/iati/generate.py is not there (GRUTTO_SHARED)"; exit 0; }
ninja -C "$build" src/app/grutto bench/bench_sax >/dev/null || exit 4
grutto=$build/src/app/grutto
dir=$(mktemp -d "${TMPDIR:-/tmp}/grutto-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
python3 "$shared/data/iati/generate.py" "$dir/gen" --seed 1 --acts "$acts" --file-mb 4000 >/dev/null 2>&1 || exit 4
# One file: what the generator wrote for each organisation, under one root.
python3 - "$dir" <<'PY' || exit 4
import glob, sys
out = open(sys.argv[1] + '/one.xml', 'wb')
first = True
for path in sorted(glob.glob(sys.argv[1] + '/gen/*/*.xml')):
    text = open(path, 'rb').read()
    begin, end = text.index(b'<iati-activity '), text.rindex(b'</iati-activities>')
    if first:
        out.write(text[:begin])
        first = False
    out.write(text[begin:end])
out.write(b'</iati-activities>\n')
PY
bytes=$(stat -c %s "$dir/one.xml")
run() {
	name=$1
	shift
	/usr/bin/time -f '%e %U %S %M' -o "$dir/time" "$@" >"$dir/out" 2>"$dir/err"
	awk -v name="$name" -v bytes="$bytes" -v acts="$acts" '{printf "| %s | %.2f | %.2f | %.1f | %.0f | %.1f | %.0f |\n",
		name, $1, $2 + $3, bytes / 1e6 / $1, acts / $1, bytes / 1e6 / ($2 + $3), $4 / 1024}' "$dir/time"
}
printf '\n## Import: %s activities, %s MB in one file (load %s)\n\n' "$acts" "$((bytes / 1000000))" "$(cut -d' ' -f1 /proc/loadavg)"
echo '| | s wall | s CPU | MB/s | activities/s | MB per CPU-second | peak MB |'
echo '|---|---|---|---|---|---|---|'
run "limit: bare libxml2 SAX2" "$build/bench/bench_sax" libxml2 "$dir/one.xml"
run "limit: bare expat" "$build/bench/bench_sax" expat "$dir/one.xml"
"$grutto" init "$dir/b.db" --pack "$root/programmes/migration-development-2008" >/dev/null 2>&1 || exit 4
run "grutto import iati, SQLite" "$grutto" import iati "$dir/b.db" "$dir/one.xml"
run "the same file again: unchanged" "$grutto" import iati "$dir/b.db" "$dir/one.xml"
run "grutto export iati --comparison" "$grutto" export iati "$dir/b.db" "$dir/export.xml" --comparison
run "peer: Python, ElementTree, SQLite" python3 "$root/bench/peer_import.py" "$dir/peer.db" "$dir/one.xml"
if [ -n "${GRUTTO_TEST_PG:-}" ]; then
	"$grutto" init "$GRUTTO_TEST_PG" --pack "$root/programmes/migration-development-2008" >/dev/null 2>&1 || exit 4
	run "grutto import iati, PostgreSQL" "$grutto" import iati "$GRUTTO_TEST_PG" "$dir/one.xml"
fi
printf '\nDatabase: %s MB.\n' "$(($(stat -c %s "$dir/b.db") / 1000000))"
python3 "$root/tests/iati_memory.py" "$grutto" "$root/programmes/migration-development-2008" 150 ${BENCH_LARGE_MB:+--large "$BENCH_LARGE_MB"}
