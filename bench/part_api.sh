#!/bin/sh
# The comparison of prices over HTTP, beside one fixed answer of 2 KB from the same library in the same run: asked again and again as a
# site that embeds it does, and with another amount each time, so that every answer is made.
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/.." && pwd)
grutto=$BENCH_BUILD/src/app/grutto
dir=$(mktemp -d "${TMPDIR:-/tmp}/grutto-api-XXXXXX")
pid=''
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || :; rm -rf "$dir"' EXIT
"$grutto" init "$dir/p.db" --pack "$root/programmes/migration-development-2008" >/dev/null 2>&1 || exit 4
echo none >"$dir/words"
compare='/api/v1/prices/compare?to=MA&amount'

table "The comparison of prices, 64 connections" "of the limit"
limit_rate=''
limit "limit: a fixed answer of 2 KB" >"$dir/fixed"
limit_rate=$rate
sed 's/$/ 100 % |/' "$dir/fixed"
serve "$dir/p.db"
measure "API: compare, the same question" "http://$address$compare=200" "$pid"
measure "API: compare, the same question, compressed" "http://$address$compare=200" "$pid" 64 "Accept-Encoding: gzip, deflate, br, zstd"
varied "API: compare, another amount each time" "$compare=\$amount"
varied "API: compare, what must arrive, another amount each time" "$compare=\$amount&what=receive"
measure "page: compare, the same question, compressed" "http://$address/en/prices?to=MA&amount=200" "$pid" 64 "Accept-Encoding: gzip, deflate, br, zstd"
varied "page: compare, another amount each time" "/en/prices?to=MA&amount=\$amount"
varied "API: compare, another amount each time, 1 connection" "$compare=\$amount" 1
stop
