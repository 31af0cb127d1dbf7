#!/bin/sh
# Prices: the ECB's history parsed, feeds imported, the view of 120,000 offers with eight steps each (generated), its size. GRUTTO_SHARED
# names the folder with the published files.
set -eu
ninja -C "$BENCH_BUILD" bench/bench_prices >/dev/null
shared=${GRUTTO_SHARED:-../shared}
history=$shared/data/ecb/eurofxref-hist.csv
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
grutto=$BENCH_BUILD/src/app/grutto

# seconds COMMAND…: wall time and peak memory, as one cell
seconds() {
	/usr/bin/time -f '%e s (%U + %S of processor), %M kB' -o "$work/time" "$@" >"$work/out" || { tail -n 3 "$work/out" >&2; exit 4; }
	cat "$work/time"
}

echo
echo "Prices of sending money"
echo
echo "| | |"
echo "|---|---|"
if [ -f "$history" ]; then
	"$BENCH_BUILD/bench/bench_prices" ecb "$history"
else
	echo "| the ECB's history is not there: $history | |"
fi
"$grutto" init "$work/p.db" --pack programmes/migration-development-2008 >/dev/null
if [ -f "$history" ]; then
	echo "| the history imported, SQLite | $(seconds "$grutto" import rates "$work/p.db" "$history" --quiet) |"
	echo "| the same again: nothing new | $(seconds "$grutto" import rates "$work/p.db" "$history" --quiet) |"
fi
awk 'BEGIN {
	print "provider,name,type,licensed,relation"
	for (p = 0; p < 200; p++) printf "bench-%03d,Bench %03d,other,yes,none\n", p, p
}' >"$work/providers.csv"
"$grutto" import prices "$work/p.db" "$work/providers.csv" --quiet >/dev/null
awk 'BEGIN {
	srand(7)
	split("DO DOP 70 GH GHS 12 ID IDR 20000 MA MAD 10 NG NGN 1600 SO USD 1.1 SR SRD 43 TR TRY 52 CW XCG 2.0 PH PHP 70 IN INR 109 KE KES 150 PK PKR 330 VN VND 29000 TH THB 37", c, " ")
	split("NL DE FR BE ES IT AT IE PT FI", s, " ")
	print "provider,offer,send_country,send_currency,receive_country,receive_currency,pay_in,payout,fee_model,tariff,receive_fee,margin,rate,collected_at,method"
	for (p = 0; p < 200; p++)
		for (i = 0; i < 10; i++)
			for (k = 0; k < 15; k++)
				for (o = 0; o < 4; o++) {
					t = ""
					for (n = 1; n <= 8; n++) t = t sprintf("%s%s%d.%02d + %.2f%%", n > 1 ? "; " : "", n < 8 ? "to " n * 100 ": " : "", rand() * 9, rand() * 100, rand())
					printf "bench-%03d,%s-%s-%d,%s,EUR,%s,%s,bank,bank,on top,%s,0,measured,%.4f,2026-04-13T11:%02d:00Z,feed\n", p, tolower(s[i + 1]), tolower(c[k * 3 + 1]), o, s[i + 1], c[k * 3 + 1], c[k * 3 + 2], t, c[k * 3 + 3] * (0.95 + rand() * 0.04), rand() * 60
				}
}' >"$work/offers.csv"
head -n 2401 "$work/offers.csv" >"$work/part.csv"
echo "| feed of 2,400 offers imported | $(seconds "$grutto" import prices "$work/p.db" "$work/part.csv" --quiet) |"
echo "| feed of $(($(wc -l <"$work/offers.csv") - 1)) offers, $(wc -c <"$work/offers.csv") bytes | $(seconds "$grutto" import prices "$work/p.db" "$work/offers.csv" --quiet) |"
"$BENCH_BUILD/bench/bench_prices" view "$work/p.db"
