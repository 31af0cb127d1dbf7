#!/bin/sh
# A workbook of the size of Remittance Prices Worldwide: BENCH_SHEET_MB (300) of sheet XML, made by workbook.py (seeded).
# Beside the limit: the same XML, unpacked, through the bare parser.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
build=${BENCH_BUILD:-$root/build-bench} mb=${BENCH_SHEET_MB:-300}
ninja -C "$build" src/app/grutto bench/bench_workbook bench/bench_sax >/dev/null || exit 4
dir=$(mktemp -d "${TMPDIR:-/tmp}/grutto-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
rows=$(python3 "$root/bench/workbook.py" "$dir/rpw.xlsx" "$mb") || exit 4
python3 -c "
import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]).open('xl/worksheets/sheet1.xml') as f, open(sys.argv[2], 'wb') as out:
    shutil.copyfileobj(f, out)" "$dir/rpw.xlsx" "$dir/sheet.xml" || exit 4
bytes=$(stat -c %s "$dir/sheet.xml")
run() {
	name=$1
	shift
	/usr/bin/time -f '%e %U %S %M' -o "$dir/time" "$@" >"$dir/out" 2>"$dir/err" || { cat "$dir/err" >&2; exit 3; }
	awk -v name="$name" -v bytes="$bytes" -v said="$(tail -n 1 "$dir/out")" '{printf "| %s | %.2f | %.2f | %.0f | %.0f | %s |\n",
		name, $1, $2 + $3, bytes / 1e6 / ($2 + $3), $4 / 1024, said}' "$dir/time"
}
printf '\n## Workbook: %s of %s columns, %s MB of sheet XML in %s MB (load %s)\n\n' "$rows" 42 "$((bytes / 1000000))" \
	"$(($(stat -c %s "$dir/rpw.xlsx") / 1000000))" "$(cut -d' ' -f1 /proc/loadavg)"
echo '| | s wall | s CPU | MB of XML per CPU-second | peak MB | |'
echo '|---|---|---|---|---|---|'
run 'limit: bare libxml2 SAX2, unpacked' "$build/bench/bench_sax" libxml2 "$dir/sheet.xml"
run 'all cells' "$build/bench/bench_workbook" cells "$dir/rpw.xlsx"
run 'rows parsed and checked' "$build/bench/bench_workbook" rpw "$dir/rpw.xlsx"
"$build/src/app/grutto" init "$dir/w.db" --pack "$root/programmes/migration-development-2008" >/dev/null || exit 4
run 'imported, SQLite' sh -c '"$1" import prices "$2" "$3" --quiet || [ $? = 3 ]' sh "$build/src/app/grutto" "$dir/w.db" "$dir/rpw.xlsx"
run 'the same again: nothing new' sh -c '"$1" import prices "$2" "$3" --quiet || [ $? = 3 ]' sh "$build/src/app/grutto" "$dir/w.db" "$dir/rpw.xlsx"
