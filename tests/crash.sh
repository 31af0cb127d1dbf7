#!/bin/sh
# kill -9 in the middle of writes, CRASH_ROUNDS times (default 100) each: of imports, and in turn of init, backup and
# restore. Each import brings a new version of the same file, so rows are changed and events written. After each: the
# database opens, audit verify passes, what was acknowledged (status 0) is there, and what was not is there whole or not
# at all, and can be done again. Prints TAP.   crash.sh GRUTTO PACK
set -u
grutto=$(realpath "$1") pack=$(realpath "$2")
rounds=${CRASH_ROUNDS:-100}
n=${CRASH_ACTIVITIES:-300}
dir=$(mktemp -d /tmp/grutto-crash-XXXXXX)
trap 'rm -rf "$dir"' EXIT
db=$dir/crash.db
give_up() {
	echo "not ok 1 - kill -9 in the middle of writes"
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
# Run a command and kill it after $1 ms: sets status.
killed_after() {
	delay=$1
	shift
	(cd "$dir" && exec "$@" >"$dir/killed.log" 2>&1) &
	pid=$!
	sleep "$((delay / 1000)).$(printf '%03d' $((delay % 1000)))"
	kill -9 "$pid" 2>/dev/null
	status=0
	wait "$pid" 2>/dev/null || status=$?
	[ "$status" = 0 ] || [ "$status" = 137 ] || give_up "round $round: $*: status $status: $(cat "$dir/killed.log")"
}
# How long a command takes here, in ms: kills are spread over it.
span_of() {
	begin=$(now_ms)
	(cd "$dir" && exec "$@" >"$dir/span.log" 2>&1) || give_up "$*: $(cat "$dir/span.log")"
	span=$(($(now_ms) - begin))
}
verify() { # database, what it must say
	"$grutto" audit verify "$1" >"$dir/audit.log" 2>&1 || give_up "round $round: audit verify failed: $(cat "$dir/audit.log")"
	[ -z "${2:-}" ] || [ "$(cat "$dir/audit.log")" = "$2" ] || give_up "round $round: $1: $(cat "$dir/audit.log"), not: $2"
}

import_round() {
	make_file "$round"
	killed_after $((import_span * (round * 37 % 100) / 100)) "$grutto" import iati crash.db x.xml
	[ "$status" = 137 ] && imports=$((imports + 1))
	verify "$db"
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
}

init_round() {
	killed_after $((init_span * (round * 37 % 100) / 100)) "$grutto" init new.db --pack "$pack"
	[ "$status" = 137 ] && inits=$((inits + 1))
	if [ "$status" = 0 ]; then
		verify "$dir/new.db"
	fi
	"$grutto" init "$dir/new.db" --pack "$pack" --unless-exists >"$dir/again.log" 2>&1 ||
		give_up "round $round: init cannot be done again: $(cat "$dir/again.log")"
	verify "$dir/new.db"
	"$grutto" audit verify "$dir/new.db" | grep -q " $events events" || give_up "round $round: half a pack: $(cat "$dir/audit.log")"
}

# backup, or restore with words changed: $1 the command's words, the target last
copy_round() {
	killed_after $((copy_span * (round * 37 % 100) / 100)) "$grutto" "$@"
	[ "$status" = 137 ] && copies=$((copies + 1))
	if [ -e "$dir/copy" ]; then
		verify "$dir/copy" "$said"
	elif [ "$status" = 0 ]; then
		give_up "round $round: $1 was acknowledged and is not there"
	else
		(cd "$dir" && exec "$grutto" "$@") >"$dir/again.log" 2>&1 || give_up "round $round: $1 cannot be done again: $(cat "$dir/again.log")"
		verify "$dir/copy" "$said"
	fi
}

other_round() {
	rm -f "$dir"/new.db* "$dir"/copy*
	case $((round % 3)) in
	0) init_round ;;
	1) copy_round backup whole.db copy ;;
	2) copy_round restore whole.backup copy ;;
	esac
}

echo 1..1
round=0
span_of "$grutto" init crash.db --pack "$pack"
init_span=$span
events=$("$grutto" audit verify "$db" | sed 's/.*: \([0-9]*\) events.*/\1/')
make_file 0
span_of "$grutto" import iati crash.db x.xml
make_file 1
span_of "$grutto" import iati crash.db x.xml
import_span=$span
span_of cp crash.db whole.db
span_of "$grutto" backup whole.db whole.backup
copy_span=$span
said=$("$grutto" audit verify "$dir/whole.backup")
stored=1 round=1 imports=0 inits=0 copies=0
while [ "$round" -le "$rounds" ]; do
	round=$((round + 1))
	import_round
	other_round
done
[ "$imports" -gt 0 ] && [ "$inits" -gt 0 ] && [ "$copies" -gt 0 ] || give_up "something was never killed under way: $imports, $inits, $copies"
echo "ok 1 - kill -9 in the middle of writes"
echo "# $rounds rounds of two: killed under way were $imports imports, $inits inits, $copies backups and restores"
