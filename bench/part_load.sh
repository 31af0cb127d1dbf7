#!/bin/sh
# Two minutes (BENCH_LOAD_SECONDS) of everything at once: pages from the cache, lists and searches that are not in it, the API, downloads.
# Memory must not grow, and SIGTERM in the middle of it must let what runs finish, with status 0. With the real pack, or the database that
# BENCH_SITE_DB names (see part_site.sh).
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/.." && pwd)
seconds=${BENCH_LOAD_SECONDS:-120}
grutto=$BENCH_BUILD/src/app/grutto
dir=$(mktemp -d "${TMPDIR:-/tmp}/grutto-load-XXXXXX")
pid='' loads=''
trap '[ -z "$pid$loads" ] || kill $pid $loads 2>/dev/null || :; rm -rf "$dir"' EXIT
db=${BENCH_SITE_DB:-$dir/real.db}
if [ ! -f "$db" ]; then
	db=$dir/real.db
	"$grutto" init "$db" --pack "$root/programmes/migration-development-2008" >/dev/null 2>&1 || exit 4
fi
python3 "$root/bench/words.py" "$db" 2000 >"$dir/words"
: >"$dir/out"
"$grutto" serve "$db" --listen 127.0.0.1:0 >"$dir/out" 2>"$dir/log" &
pid=$!
until grep -q http: "$dir/out"; do
	kill -0 "$pid" 2>/dev/null || { cat "$dir/log" >&2; exit 4; }
	sleep 0.05
done
url=$(sed 's|.*http://|http://|; s|/$||; s|/ .*||' "$dir/out")

load() {
	wrk -t1 -c"$1" -d$((seconds + 10))s --timeout 60s -s "$root/bench/vary.lua" "$url" -- "$2" "$dir/words" "$1" >/dev/null &
	loads="$loads $!"
}
load 16 /en/
load 8 "/en/activities?year=\$year&rows=\$rows"
load 7 "/api/v1/comparison?year=\$year&country=\$country&rows=\$rows"
load 6 "/en/comparison?q=\$q&rows=\$rows"
load 5 "/nl/organisations"
load 4 /data/activities.xlsx
load 3 /data/iati.xml

resident() {
	awk '/VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$pid/status"
}

echo
echo "| $seconds s of mixed load | resident MB | requests so far |"
echo "|---|---|---|"
for part in 1 2 3 4; do
	sleep $((seconds / 4))
	echo "| after $((part * seconds / 4)) s | $(resident) | $(wc -l <"$dir/log") |"
done
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
pid=''
kill $loads 2>/dev/null || :
loads=''
echo

echo "SIGTERM under that load: status $status; $(awk '$5 ~ /^5..$/' "$dir/log" | wc -l) answers 5xx of $(wc -l <"$dir/log"); $(grep -c 'cut off' "$dir/log" || :) notices of requests cut off."
[ "$status" -eq 0 ]
