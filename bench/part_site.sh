#!/bin/sh
# The site and the API as readers meet them: with the real pack alone, then with BENCH_SITE_ACTIVITIES (200000) comparison activities
# imported through IATI. The generator is that of the shared data, seeded. BENCH_SITE_DB names a database with them already in it, and
# is made when it is not there. Beside each table stands the limit: one fixed answer of 2 KB from the same library in the same run, and
# one as long as the activity page, because most of the time of a long page goes into the kernel's copying. Pages are measured as plain
# text and as browsers ask for them, compressed.
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/.." && pwd)
acts=${BENCH_SITE_ACTIVITIES:-200000} shared=${GRUTTO_SHARED:-$root/../shared}
grutto=$BENCH_BUILD/src/app/grutto pack=$root/programmes/migration-development-2008
dir=$(mktemp -d "${TMPDIR:-/tmp}/grutto-site-XXXXXX")
pid=''
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || :; rm -rf "$dir"' EXIT
big=${BENCH_SITE_DB:-$dir/big.db}

memory() {
	awk '/VmRSS|VmHWM/ {printf "%s %.0f MB  ", $1, $2 / 1024} END {print ""}' "/proc/$pid/status"
}

same() {
	measure "$1" "http://$address$2" "$pid"
}

browsers="Accept-Encoding: gzip, deflate, br, zstd"

# both NAME PATH: plain, and as browsers ask for it
both() {
	same "$1, $(length "$2") bytes" "$2"
	measure "$1, compressed: $(length "$2" zstd) bytes" "http://$address$2" "$pid" 64 "$browsers"
}

# length PATH [CODING]
length() {
	python3 -c 'import sys, urllib.request as u
print(len(u.urlopen(u.Request(sys.argv[1], headers={"Accept-Encoding": sys.argv[2]})).read()))' \
		"http://$address$1" "${2:-identity}"
}

# The first activity of the portfolio that has indicators, as the API tells.
key=18261

limit_here() {
	first=$address first_pid=$pid long=$(length "/en/activities/$key")
	limit_rate=''
	limit "limit: a fixed answer of $long bytes" "$long" >"$dir/long"
	limit "limit: a fixed answer of 2 KB" >"$dir/fixed"
	limit_rate=$rate
	for f in fixed long; do
		awk -F'|' -v limit="$limit_rate" '{printf "%s %d %% |\n", $0, $4 * 100 / limit}' "$dir/$f"
	done
	address=$first pid=$first_pid
}

pages() {
	both "home" /en/
	both "activity page" "/en/activities/$key"
	both "list with two facets" "/en/activities?status=closed&priority=1"
	same "search" "/en/activities?q=migration"
	same "API: list" /api/v1/activities
	same "API: an activity" "/api/v1/activities/$key"
}

"$grutto" init "$dir/real.db" --pack "$pack" >/dev/null 2>&1 || exit 4
python3 "$root/bench/words.py" "$dir/real.db" 2000 >"$dir/words"
serve "$dir/real.db"
table "The real pack, 64 connections" "of the limit"
limit_here
pages
varied "list with two facets and other numbers of rows, uncached" "/en/activities?status=closed&year=\$year&rows=\$rows"
varied "search for other words, uncached" "/en/activities?q=\$q&rows=\$rows"
echo
echo "Start $started s; $(memory)"
stop

if [ ! -f "$big" ]; then
	[ -f "$shared/data/iati/generate.py" ] || { echo "skipped: $shared/data/iati/generate.py is not there (GRUTTO_SHARED)"; exit 0; }
	python3 "$shared/data/iati/generate.py" "$dir/gen" --seed 1 --acts "$acts" --mean-trans 2 --file-mb 4000 >/dev/null 2>&1 || exit 4
	"$grutto" init "$big" --pack "$pack" >/dev/null 2>&1 || exit 4
	"$grutto" import iati "$big" "$dir"/gen/*/*.xml >/dev/null 2>&1 || [ $? -eq 1 ] || exit 4
	rm -r "$dir/gen"
fi
python3 "$root/bench/words.py" "$big" 2000 >"$dir/words"
serve "$big"
table "With $acts comparison activities, 64 connections" "of the limit"
limit_here
pages
same "comparison list with two facets" "/en/comparison?year=2015&country=KE"
same "API: comparison list" "/api/v1/comparison?year=2015&country=KE"
varied "comparison list with two facets, uncached" "/en/comparison?year=\$year&country=\$country&rows=\$rows"
varied "API: comparison list with two facets, uncached" "/api/v1/comparison?year=\$year&country=\$country&rows=\$rows"
varied "search for other words, uncached" "/en/comparison?q=\$q&rows=\$rows"
varied "search for other words, uncached, 1 connection" "/en/comparison?q=\$q&rows=\$rows" 1
varied "API: search for other words, uncached, 1 connection" "/api/v1/comparison?q=\$q&rows=\$rows" 1
echo
echo "Start with $acts activities: $started s; $(memory)"

wrk -t1 -c16 -d$((BENCH_SECONDS * 14))s --timeout 120s "http://$address/data/comparison.xlsx" >"$dir/slow" &
load=$!
sleep 1
table "The same while 16 spreadsheets of $acts rows are made" "of the limit"
pages
kill -INT $load
wait $load || :
echo
echo "$(memory)"
stop
