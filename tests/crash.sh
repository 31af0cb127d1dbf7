#!/bin/sh
# kill -9 in the middle of imports, CRASH_ROUNDS times (default 100). Each round brings a new version of the same file, so
# rows are changed and events written. After each: the database opens, audit verify passes, an import that was
# acknowledged (status 0) is there, and one that was not is there whole or not at all. Prints TAP.   crash.sh GRUTTO PACK
set -u
grutto=$(realpath "$1") pack=$(realpath "$2")
rounds=${CRASH_ROUNDS:-100}
n=${CRASH_ACTIVITIES:-1000}
dir=$(mktemp -d /tmp/grutto-crash-XXXXXX)
trap 'rm -rf "$dir"' EXIT
db=$dir/crash.db
give_up() {
	echo "not ok 1 - kill -9 in the middle of imports"
	echo "# $1"
	exit 1
}
# The file of round $1.
make_file() {
	awk -v round="$1" -v n="$n" 'BEGIN {
		print "<iati-activities version=\"2.03\">"
		for (i = 1; i <= n; i++) {
			printf "<iati-activity default-currency=\"EUR\"><iati-identifier>X-%d</iati-identifier>", i
			printf "<reporting-org ref=\"NL-1\" type=\"10\"><narrative>Ministry</narrative></reporting-org>"
			printf "<title><narrative>Activity %d of round-%d-</narrative></title><activity-status code=\"2\"/>", i, round
			printf "<activity-date type=\"2\" iso-date=\"2010-01-01\"/>"
			for (t = 1; t <= 5; t++) printf "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2010-02-0%d\"/><value value-date=\"2010-02-01\">%d.25</value></transaction>", t, t
			print "</iati-activity>"
		}
		print "</iati-activities>"
	}' > "$dir/x.xml"
}
# How many activities of round $1 there are, asked of the program.
count() {
	grep -c "<title>.*of round-$1-" "$dir/out.xml" || true
}
now_ms() {
	echo $(($(date +%s%N) / 1000000))
}
if ! "$grutto" help audit >/dev/null 2>&1; then
	echo "1..0 # SKIP this grutto has no audit verb"
	exit 0
fi
echo 1..1
"$grutto" init "$db" --pack "$pack" >/dev/null 2>&1 || give_up "init failed"
make_file 0
(cd "$dir" && exec "$grutto" import iati crash.db x.xml) >/dev/null || give_up "the first import failed"
make_file 1
begin=$(now_ms)
(cd "$dir" && exec "$grutto" import iati crash.db x.xml) >/dev/null || give_up "the second import failed"
span=$(($(now_ms) - begin)) # what an import takes here: kills are spread over it
stored=1 round=1 killed=0 finished=0
while [ "$round" -le "$rounds" ]; do
	round=$((round + 1))
	make_file "$round"
	(cd "$dir" && exec "$grutto" import iati crash.db x.xml >import.log 2>&1) &
	pid=$!
	delay=$((span * (round * 37 % 100) / 100))
	sleep "$((delay / 1000)).$(printf '%03d' $((delay % 1000)))"
	kill -9 "$pid" 2>/dev/null
	status=0
	wait "$pid" 2>/dev/null || status=$?
	[ "$status" = 137 ] && killed=$((killed + 1)) || finished=$((finished + 1))
	"$grutto" audit verify "$db" >"$dir/audit.log" 2>&1 || give_up "round $round: audit verify failed: $(cat "$dir/audit.log")"
	"$grutto" export iati "$db" "$dir/out.xml" --comparison 2>"$dir/export.log" || give_up "round $round: $(cat "$dir/export.log")"
	tr -d '\n' <"$dir/out.xml" | sed 's/<iati-activity /\n&/g' >"$dir/flat" && mv "$dir/flat" "$dir/out.xml"
	new=$(count "$round") old=$(count "$stored")
	if [ "$new" = "$n" ]; then
		stored=$round
	elif [ "$new" != 0 ] || [ "$old" != "$n" ]; then
		give_up "round $round: $new new and $old old activities of $n are there: half an import"
	elif [ "$status" = 0 ]; then
		give_up "round $round: the import was acknowledged and is not there"
	fi
done
[ "$killed" -gt 0 ] || give_up "no import was killed under way: the test has shown nothing"
echo "ok 1 - kill -9 in the middle of imports"
echo "# $rounds rounds: $killed killed under way, $finished had ended before"
