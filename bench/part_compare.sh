#!/bin/sh
# A question about money to be sent: medians of 2,001 questions, one thread.
set -eu
ninja -C "$BENCH_BUILD" bench/bench_compare >/dev/null
echo
echo "Comparing offers to send money"
echo
echo "| | median |"
echo "|---|---|"
"$BENCH_BUILD/bench/bench_compare"
