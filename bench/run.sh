#!/bin/sh
# All benchmarks: builds for speed, then runs each bench/part_*.sh from the project's root. A part prints Markdown.
# BENCH_SECONDS (5) is the length of one measurement; PARTS names the parts to run ("http site"), all by default.
set -eu
cd "$(dirname "$0")/.."
export BENCH_BUILD=${BENCH_BUILD:-build-bench}
[ -d "$BENCH_BUILD" ] || meson setup "$BENCH_BUILD" -Dbuildtype=release >/dev/null
ninja -C "$BENCH_BUILD" all bench/http_bench >/dev/null
echo "$(nproc) processors, $(uname -sr), load $(cut -d' ' -f1 /proc/loadavg)"
for part in ${PARTS:-$(ls bench/part_*.sh | sed 's|bench/part_||; s|\.sh$||')}; do
	sh "bench/part_$part.sh"
done
