#!/bin/sh
# run.sh NAME PROGRAM CORPUS: a libFuzzer target for FUZZ_SECONDS (default 30). What it finds stays in the working folder as NAME-crash-….
set -eu
# libFuzzer ends with 77 or 70 when it finds something, and meson takes 77 for "skipped".
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
"$2" -max_total_time="${FUZZ_SECONDS:-30}" -timeout=10 -error_exitcode=1 -timeout_exitcode=1 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
	-artifact_prefix="$1-" "$found" "$3"
