#!/bin/sh
# The server alone beside its limit: the same library with one fixed answer of 2 KB.
. "$(dirname "$0")/lib.sh"
bench=$BENCH_BUILD/bench/http_bench

table "limit: the library alone, 2 KB, 64 connections"
for mode in epoll threads; do
	begin fixed "$bench" fixed $mode
	measure "$mode" "http://$address/" "$pid"
	finish
done

table "Grutto's server, 64 connections"
begin site "$bench" site
measure "2 KB, kept" "http://$address/en/kept" "$pid"
measure "2 KB, made each time" "http://$address/en/made" "$pid"
measure "36 KB, kept, as is" "http://$address/en/large" "$pid"
measure "36 KB, kept, gzip" "http://$address/en/large" "$pid" 64 "Accept-Encoding: gzip"
measure "20 ms of waiting on 4 workers (at most 200)" "http://$address/slow?ms=20" "$pid"

wrk -t1 -c16 -d$((BENCH_SECONDS + 2))s "http://$address/slow?ms=200" >/dev/null &
load=$!
measure "2 KB, kept, while 16 slow requests run" "http://$address/en/kept" "$pid"
wait $load
finish
