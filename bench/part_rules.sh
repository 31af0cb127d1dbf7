#!/bin/sh
# Decisions beside the engines on npm: the same table, random inputs, one thread, every outcome compared.
set -eu
ninja -C "$BENCH_BUILD" bench/bench_rules >/dev/null
echo
echo "Decisions: 80 rules, 7 inputs, 3 outputs, unique; and 10,000 rules"
echo
echo "| | decisions/s |"
echo "|---|---|"
"$BENCH_BUILD/bench/bench_rules"
if command -v npm >/dev/null; then
	[ -d bench/peers/node_modules ] || npm --prefix bench/peers ci --no-audit --no-fund >/dev/null
	node bench/peers/peers.mjs
else
	echo "| the engines on npm | not measured: npm is not installed |"
fi
