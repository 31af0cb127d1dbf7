#!/bin/bash
# Wrong use, bad input and failing systems, on the real program: each gets the right exit status, one sentence on
# standard error, and leaves nothing half-written. TAP. Usage: cli.sh GRUTTO PACK
set -u
grutto=$1
pack=$2
n=0
failed=0
dir=$(mktemp -d)
server=
finish() {
	if [ -n "$server" ]; then kill "$server" 2>/dev/null; fi
	rm -rf "$dir"
}
trap finish EXIT

ok() { # condition's status, name
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		failed=$((failed + 1))
		echo "not ok $n - $2"
		sed 's/^/# stderr: /' "$dir/err"
	fi
}

# Run a command; its status must be the one given and, unless that is 0, what it says one line that fits the pattern.
expect() { # status, pattern, name, command …
	local status=$1 pattern=$2 name=$3 got lines good=0
	shift 3
	"$@" >"$dir/out" 2>"$dir/err"
	got=$?
	lines=$(wc -l <"$dir/err")
	if [ "$got" != "$status" ]; then
		echo "# exit status $got, not $status"
		good=1
	fi
	if [ "$status" != 0 ]; then
		[ "$lines" = 1 ] || { echo "# $lines lines on standard error, not 1"; good=1; }
		grep -q -- "$pattern" "$dir/err" || { echo "# nothing fits: $pattern"; good=1; }
	fi
	ok $good "$name"
}

absent() { # path, name
	local left=0
	for f in "$1"*; do
		if [ -e "$f" ]; then left=1; echo "# left behind: $f"; fi
	done
	ok $left "$2"
}

small() { ( ulimit -f "$1"; shift; trap '' XFSZ; "$@" ); } # file size limit in KiB: as a full disk

db=$dir/own.db
expect 0 '' 'init makes a database' "$grutto" init "$db" --pack "$pack"

# ---- wrong use ----
expect 2 'no verb nope' 'an unknown verb' "$grutto" nope
expect 2 'no verb nope' 'help of an unknown verb' "$grutto" help nope
for verb in audit backup export import init restore serve; do
	expect 2 . "$verb without arguments" "$grutto" "$verb"
done
expect 2 . 'an unknown option' "$grutto" serve "$db" --nope
expect 2 . 'an unknown kind of export' "$grutto" export nope "$db"

# ---- databases that are none ----
echo 'not a database' >"$dir/text.db"
mkdir "$dir/folder"
head -c 5000 "$db" >"$dir/cut.db"
expect 3 'no database' 'a database that is not there' "$grutto" figures "$dir/missing.db" spending
absent "$dir/missing.db" 'reading makes no database'
expect 3 'not a database' 'a text file' "$grutto" figures "$dir/text.db" spending
expect 3 'not a file' 'a folder' "$grutto" figures "$dir/folder" spending
expect 4 'damaged' 'a truncated database' "$grutto" figures "$dir/cut.db" spending
expect 3 'not a database' 'serve on a text file' "$grutto" serve "$dir/text.db" --listen 127.0.0.1:0
expect 3 'no table "nope"' 'a figure that does not exist' "$grutto" figures "$db" nope

# ---- packs and init ----
expect 3 'already' 'init twice' "$grutto" init "$db" --pack "$pack"
expect 0 '' 'init twice with --unless-exists' "$grutto" init "$db" --pack "$pack" --unless-exists
cp -r "$pack" "$dir/pack"
sed -i '2s/^[^,]*/19x9/' "$dir/pack/data/budget.csv"
"$grutto" check "$dir/pack" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q 'budget.csv:2:1:'
ok $? 'check names file, line and column of a fault'
"$grutto" init "$dir/bad.db" --pack "$dir/pack" >"$dir/out" 2>"$dir/err"
[ $? = 3 ]
ok $? 'init refuses a pack with a fault'
absent "$dir/bad.db" 'a pack with a fault leaves no database'

# ---- import ----
printf '<!DOCTYPE html><html><body>no data</body></html>' >"$dir/page.xml"
printf 'PK\003\004zipped' >"$dir/zip.xml"
printf '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><iati-activities version="2.03">&b;</iati-activities>' >"$dir/doctype.xml"
before=$("$grutto" audit verify "$db")
for f in missing page zip doctype; do
	"$grutto" import iati "$db" "$dir/$f.xml" >"$dir/out" 2>"$dir/err"
	[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q "$f.xml"
	ok $? "import of $f.xml is refused and named"
	"$grutto" import iati "$db" --strict "$dir/$f.xml" >"$dir/out" 2>"$dir/err"
	[ $? = 3 ]
	ok $? "import --strict of $f.xml is refused"
done
"$grutto" audit verify "$db" >"$dir/out" 2>"$dir/err"
ok $? 'the chain is whole after refused imports'
"$grutto" import iati "$db" --strict "$dir/page.xml" >/dev/null 2>&1
[ "$("$grutto" audit verify "$db")" = "$(cat "$dir/out")" ]
ok $? '--strict stores nothing'
[ -n "$before" ]
ok $? 'the chain could be read before'

# ---- export, backup, restore ----
expect 0 '' 'export to a file' "$grutto" export iati "$db" "$dir/all.xml"
sum=$(sha256sum <"$dir/all.xml")
expect 4 . 'export to a full disk' small 16 "$grutto" export iati "$db" "$dir/all.xml"
[ "$(sha256sum <"$dir/all.xml")" = "$sum" ]
ok $? 'the export that was there is whole'
absent "$dir/all.xml.part" 'nothing is left of the export that failed'
mkfifo "$dir/pipe"
timeout 30 cat "$dir/pipe" >"$dir/piped.xml" &
reader=$!
expect 0 '' 'export to a pipe' "$grutto" export iati "$db" "$dir/pipe"
[ -p "$dir/pipe" ]
piped=$?
ok $piped 'a pipe or device stays what it is'
if [ $piped = 0 ]; then wait $reader; else kill $reader; fi
grep -q '</iati-activities>' "$dir/piped.xml"
ok $? 'and gets all of the export'
if [ -c /dev/full ]; then
	expect 4 'No space left' 'figures to a full device' bash -c '"$1" figures "$2" spending >/dev/full' sh "$grutto" "$db"
	expect 4 'No space left' 'export to a full device' bash -c '"$1" export iati "$2" >/dev/full' sh "$grutto" "$db"
else
	echo "ok $((n += 1)) # SKIP there is no /dev/full here"
fi
expect 0 '' 'backup' "$grutto" backup "$db" "$dir/backup"
sum=$(sha256sum <"$dir/backup")
expect 3 'there already' 'backup to a file that is there' "$grutto" backup "$db" "$dir/backup"
[ "$(sha256sum <"$dir/backup")" = "$sum" ]
ok $? 'the backup that was there is whole'
expect 4 . 'backup to a full disk' small 64 "$grutto" backup "$db" "$dir/second"
absent "$dir/second" 'nothing is left of the backup that failed'
expect 3 'there already' 'restore over a database' "$grutto" restore "$dir/backup" "$db"
expect 3 . 'restore of a text file' "$grutto" restore "$dir/text.db" "$dir/new.db"
absent "$dir/new.db" 'nothing is left of the restore that failed'
expect 0 '' 'restore' "$grutto" restore "$dir/backup" "$dir/copy.db"
[ "$("$grutto" audit verify "$db")" = "$("$grutto" audit verify "$dir/copy.db")" ]
ok $? 'the restored chain ends with the same event'
expect 1 . 'audit with another hash than expected' "$grutto" audit verify "$db" --expect 00

# ---- serve ----
"$grutto" serve "$db" --listen 127.0.0.1:0 >"$dir/serve.out" 2>"$dir/serve.err" &
server=$!
for _ in $(seq 300); do
	grep -q 'http://' "$dir/serve.out" && break
	kill -0 "$server" 2>/dev/null || break
	sleep 0.1
done
address=$(sed -n 's|.*http://\([^/]*\)/.*|\1|p' "$dir/serve.out")
[ -n "$address" ]
ok $? 'serve says where'
expect 4 . 'a port in use' timeout 20 "$grutto" serve "$db" --listen "$address"
kill -TERM "$server"
wait "$server"
ok $? 'SIGTERM ends serve with status 0'
server=

echo "1..$n"
[ $failed = 0 ]
