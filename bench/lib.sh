# Sourced by the parts of the benchmark. Figures per CPU-second of the server do not suffer from what else the
# machine does; those per second and the latencies do.
set -eu
BENCH_BUILD=${BENCH_BUILD:-build-bench}
BENCH_SECONDS=${BENCH_SECONDS:-5}

# cpu PID: user and system time so far, in hundredths of a second
cpu() {
	awk '{print $14 + $15}' "/proc/$1/stat"
}

# begin NAME COMMAND…: start a server that prints its address and ends with its standard input.
# Sets address and pid; finish NAME ends it.
begin() {
	begin_dir=$(mktemp -d)
	mkfifo "$begin_dir/in"
	shift
	: >"$begin_dir/out"
	"$@" <"$begin_dir/in" >"$begin_dir/out" &
	pid=$!
	exec 9>"$begin_dir/in"
	tries=0
	while ! grep -q . "$begin_dir/out"; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || { echo "the server does not start: $*" >&2; exit 4; }
		sleep 0.1
	done
	address=$(head -n 1 "$begin_dir/out")
}

finish() {
	exec 9>&-
	wait "$pid"
	rm -r "$begin_dir"
}

# row NAME TICKS OUTPUT: what wrk said as one row of the table. With limit_rate set, to requests for a CPU-second, also as a part of
# it. Sets rate to the row's own.
row() {
	line=$(echo "$3" | awk -v name="$1" -v ticks="$2" -v limit="${limit_rate:-}" '
		/Requests\/sec/ {rate = $2}
		/requests in/ {n = $1}
		$1 == "50%" {p50 = $2}
		$1 == "99%" {p99 = $2}
		/Non-2xx|Socket errors/ {bad = bad " " $0}
		END {
			cpu = ticks ? n * 100 / ticks : 0
			share = limit ? sprintf(" %d %% |", cpu * 100 / limit) : ""
			printf "| %s | %d | %d | %s | %s |%s%s\n", name, rate, cpu, p50, p99, share, bad
		}')
	echo "$line"
	rate=$(echo "$line" | awk -F'|' '{print $4 + 0}')
}

# measure NAME URL PID [CONNECTIONS [HEADER]]
measure() {
	before=$(cpu "$3")
	out=$(wrk -t1 -c"${4:-64}" -d"${BENCH_SECONDS}s" --latency ${5:+-H "$5"} "$2")
	row "$1" $(($(cpu "$3") - before)) "$out"
}

# table TITLE [COLUMN]: the column is for what row adds with limit_rate set
table() {
	echo
	echo "| $1 | req/s | req/CPU-s | p50 | p99 |${2:+ $2 |}"
	echo "|---|---|---|---|---|${2:+---|}"
}

# ---- the site; its part sets root, dir (a folder of its own) and grutto, and ends pid when it ends itself ----

# serve DB: sets address, pid and started (seconds from the command to the first line)
serve() {
	: >"$dir/out"
	begun=$(date +%s%N)
	"$grutto" serve "$1" --listen 127.0.0.1:0 >"$dir/out" 2>"$dir/log" &
	pid=$!
	until grep -q http: "$dir/out"; do
		kill -0 "$pid" 2>/dev/null || { cat "$dir/log" >&2; exit 4; }
		sleep 0.01
	done
	started=$(awk -v ns=$(($(date +%s%N) - begun)) 'BEGIN {printf "%.2f", ns / 1e9}')
	address=$(sed 's|.*http://||; s|/.*||' "$dir/out")
}

stop() {
	kill -TERM "$pid"
	wait "$pid" || { echo "the server ended with status $?" >&2; exit 4; }
	pid=''
}

# limit NAME [BYTES]
limit() {
	begin fixed "$BENCH_BUILD/bench/http_bench" fixed epoll ${2:-}
	measure "$1" "http://$address/" "$pid"
	finish
	pid=''
}

# varied NAME PATH [CONNECTIONS]: each request another one; see vary.lua
varied() {
	before=$(cpu "$pid")
	out=$(wrk -t1 -c"${3:-64}" -d"${BENCH_SECONDS}s" --timeout 10s --latency -s "$root/bench/vary.lua" \
		"http://$address" -- "$2" "$dir/words" "$(date +%s)")
	row "$1" $(($(cpu "$pid") - before)) "$out"
}
