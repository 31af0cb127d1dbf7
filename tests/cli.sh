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
mounted=
finish() {
	if [ -n "$server" ]; then kill "$server" 2>/dev/null; fi
	if [ -n "$mounted" ]; then umount "$mounted"; fi
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
expect 3 'no activity 99999' 'the evaluation of an unknown activity' "$grutto" evaluate "$db" --question 3 --activity 99999
expect 3 'nothing was known of the programme' 'the evaluation on a day before the programme' "$grutto" evaluate "$db" --as-of 1999-12-31
expect 3 'no activity ran and no money' 'the evaluation of a period without data' "$grutto" evaluate "$db" --question 2 --from 1990 --to 1995
expect 3 'cannot begin in 2012' 'the evaluation of a period that ends before it begins' "$grutto" evaluate "$db" --from 2012 --to 2010
expect 3 'no priority 9' 'the evaluation of a priority that is none' "$grutto" evaluate "$db" --priority 9
expect 2 'question' 'a question that is none' "$grutto" evaluate "$db" --question 9
expect 2 'as-of' 'a day that is none' "$grutto" evaluate "$db" --as-of yesterday

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

# ---- rules ----
cp -r "$pack" "$dir/rules"
mkdir -p "$dir/rules/decisions"
cat >"$dir/amount.dmn" <<'DMN'
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="Amounts" namespace="urn:test:amounts">
<inputData id="i" name="Age"><variable name="Age" typeRef="number"/></inputData>
<decision id="d" name="Amount"><variable name="Amount" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>if Age &gt;= 18 then 1750 else 500</text></literalExpression></decision></definitions>
DMN
cp "$dir/amount.dmn" "$dir/rules/decisions/amount.dmn"
head='file,key,valid_from,valid_to,legal_basis,author,approver,cases,note,source_line'
row='amount.dmn,amounts,2008,,a regulation'
[ -e "$dir/rules/decisions/models.csv" ] || echo "$head" >"$dir/rules/decisions/models.csv"
cp "$dir/rules/decisions/models.csv" "$dir/models.csv"
rules_row() { # author, approver, expected amount
	{ cat "$dir/models.csv"; echo "$row,$1,$2,amount.json,,1"; } >"$dir/rules/decisions/models.csv"
	printf '{"cases": [\n{"name": "an adult", "decision": "Amount", "input": {"Age": 18}, "expect": %s}]}' "$3" \
		>"$dir/rules/decisions/amount.json"
}
rules_row editor approver 1750
"$grutto" check "$dir/rules" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q '"a regulation" is not said in the languages of the site' "$dir/out"
ok $? 'a text of the rules that is not translated is a fault'
echo '*,text,a regulation,a regulation,een regeling,un règlement,,,' >>"$dir/rules/data/decision_labels.csv"
expect 0 '' 'a pack with a model and a case that holds' "$grutto" check "$dir/rules"
rules_row editor approver 1751
"$grutto" check "$dir/rules" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q 'amount.json:2:1: case "an adult": the outcome is 1750, but it must be 1751' "$dir/out"
ok $? 'a case that does not hold is a fault with its place'
rules_row editor Editor 1750
"$grutto" check "$dir/rules" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q 'models.csv:.*a second person must' "$dir/out"
ok $? 'a model that its author approves is a fault'
rules_row editor approver 1750
sed -i 's/then 1750/then then/' "$dir/rules/decisions/amount.dmn"
"$grutto" check "$dir/rules" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q 'amount.dmn:5:' "$dir/out"
ok $? 'a model that cannot be read is a fault with its line'
cp "$dir/amount.dmn" "$dir/rules/decisions/amount.dmn"
cp "$dir/amount.dmn" "$dir/rules/decisions/other.dmn"
"$grutto" check "$dir/rules" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q 'other.dmn: the model is not listed' "$dir/out"
ok $? 'a model that is not listed is a fault'
rm "$dir/rules/decisions/other.dmn"
expect 0 '' 'init stores the rules' "$grutto" init "$dir/rules.db" --pack "$dir/rules"
printf '{"Age": 19}' >"$dir/age.json"
decide=("$grutto" decide "$dir/rules.db" --model amounts --decision Amount --input "$dir/age.json")
"${decide[@]}" --as-of 2009-03-01 --record C-1 --by caseworker >"$dir/out" 2>"$dir/err"
[ $? = 0 ] && grep -q '"value": 1750' "$dir/out" && grep -q '"record": "' "$dir/out"
ok $? 'a stored model decides and the decision is recorded'
"${decide[@]}" --as-of 2011-03-01 --record C-2 --by caseworker >/dev/null 2>"$dir/err"
ok $? 'another case on another day'
expect 3 'no published version' 'before the rules hold nothing is decided' "${decide[@]}" --as-of 2007-12-31
expect 2 'go together' '--record needs --by' "${decide[@]}" --record C-3
expect 2 'give a database' '--record needs a stored model' "$grutto" decide "$dir/amount.dmn" --record C-3 --by x
sed 's/&gt;= 18 then 1750/\&gt;= 21 then 2000/' "$dir/amount.dmn" >"$dir/next.dmn"
hash=$("$grutto" rules propose "$dir/rules.db" "$dir/next.dmn" --model amounts --valid-from 2011-01-01 --legal-basis 'a change' --author editor 2>"$dir/err")
hash=${hash#draft }
[ "$hash" = "$(sha256sum <"$dir/next.dmn" | cut -d' ' -f1)" ]
ok $? 'a draft is named by the hash of its text'
expect 1 'a second person must' 'the author cannot publish' "$grutto" rules publish "$dir/rules.db" "$hash" --approver editor
"$grutto" rules compare "$dir/rules.db" "${hash:0:12}" >"$dir/out" 2>"$dir/err"
[ $? = 1 ] && grep -q '^C-2 .*different' "$dir/out" && ! grep -q '^C-1 ' "$dir/out" && grep -q '"value":500' "$dir/out"
ok $? 'compare names the case that would change, and no other'
"$grutto" rules publish "$dir/rules.db" "$hash" --approver approver >"$dir/out" 2>"$dir/err"
[ $? = 1 ] && grep -q 'not published' "$dir/out"
ok $? 'publishing with differences wants to be confirmed'
"$grutto" rules publish "$dir/rules.db" "$hash" --approver approver --confirm >"$dir/out" 2>"$dir/err"
ok $? 'publishing confirmed by a second person'
"${decide[@]}" --as-of 2011-03-01 >"$dir/out" 2>"$dir/err"
grep -q '"value": 500' "$dir/out"
ok $? 'the new version is in force'
yesterday=$(date -u -d yesterday +%F)
today=$(date -u +%F)
"${decide[@]}" --as-of 2011-03-01 --known "$today" >"$dir/out" 2>"$dir/err"
grep -q '"value": 500' "$dir/out"
ok $? 'what is known today is the new version'
expect 3 'no model' 'yesterday nothing was known' "${decide[@]}" --as-of 2011-03-01 --known "$yesterday"
"$grutto" rules list "$dir/rules.db" --as-of 2011-03-01 --known "$yesterday" >"$dir/out" 2>"$dir/err"
[ $? = 0 ] && [ ! -s "$dir/out" ]
ok $? 'rules list --known leaves out what was published later'
"$grutto" rules list "$dir/rules.db" --as-of 2011-03-01 --known "$today" >"$dir/out" 2>"$dir/err"
[ $? = 0 ] && grep -q 'amounts .*version 2' "$dir/out"
ok $? 'rules list --known shows what was published by then'
expect 2 'stored models' '--known needs a stored model' "$grutto" decide "$dir/amount.dmn" --known "$today"
"$grutto" rules rerun "$dir/rules.db" >"$dir/out" 2>"$dir/err"
[ $? = 0 ] && grep -q '^2 recorded decisions, 2 made again .* 0 of them different' "$dir/out"
ok $? 'old decisions come out as they did, with the rules of their day'
"$grutto" audit verify "$dir/rules.db" >"$dir/out" 2>"$dir/err"
ok $? 'the chain holds'

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

# ---- what this user may not read ----
chmod 755 "$dir"
if [ "$(id -u)" = 0 ]; then # root may read everything
	other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
else
	other() { "$@"; }
fi
cp "$db" "$dir/shut.db"
chmod 000 "$dir/shut.db"
expect 4 'shut.db cannot be opened: Permission denied' 'figures of a database that may not be read' other "$grutto" figures "$dir/shut.db" spending
expect 4 'Permission denied' 'serve of it' other "$grutto" serve "$dir/shut.db" --listen 127.0.0.1:0
expect 4 'Permission denied' 'audit of it' other "$grutto" audit verify "$dir/shut.db"
expect 4 'Permission denied' 'backup of it' other "$grutto" backup "$dir/shut.db" "$dir/shut.backup"
absent "$dir/shut.backup" 'nothing is left of that backup'
cp -r "$pack" "$dir/shut-pack"
chmod 000 "$dir/shut-pack/data/budget.csv"
mkdir -m 777 "$dir/open"
other "$grutto" init "$dir/open/new.db" --pack "$dir/shut-pack" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q 'budget.csv: the file may not be read' "$dir/err"
ok $? 'a pack with a file that may not be read is refused by its name'
absent "$dir/open/new.db" 'and leaves no database'
chmod 000 "$dir/shut-pack"
other "$grutto" check "$dir/shut-pack" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q 'programme.yaml: the file may not be read'
ok $? 'so is a whole pack that may not be read'
chmod -R a+rX "$dir/shut-pack" # a copy, since the project itself may lie where others may not look
expect 4 'cannot be opened' 'init where nothing may be written' other "$grutto" init "$dir/new.db" --pack "$dir/shut-pack"
absent "$dir/new.db" 'leaves no database'

# ---- a database of a later program ----
cp "$db" "$dir/newer.db"
python3 - "$dir/newer.db" <<'END'
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("INSERT INTO schema_version (version, name, hash, applied_ms) VALUES (9999, '9999_later', '00', 0)")
c.commit()
END
sum=$(sha256sum <"$dir/newer.db")
expect 3 'newer Grutto.*upgrade the program' 'figures of a newer database' "$grutto" figures "$dir/newer.db" spending
expect 3 'newer Grutto' 'serve of it' timeout 60 "$grutto" serve "$dir/newer.db" --listen 127.0.0.1:0
expect 3 'newer Grutto' 'audit of it' "$grutto" audit verify "$dir/newer.db"
expect 3 'newer Grutto' 'export of it' "$grutto" export iati "$dir/newer.db" "$dir/newer.xml"
expect 3 'newer Grutto' 'import into it' "$grutto" import iati "$dir/newer.db" "$dir/page.xml"
expect 3 'newer Grutto' 'init of it' "$grutto" init "$dir/newer.db" --pack "$pack" --unless-exists
[ "$(sha256sum <"$dir/newer.db")" = "$sum" ]
ok $? 'it is as it was'
absent "$dir/newer.xml" 'and nothing was exported'

# ---- encodings, and good activities beside bad ones ----
activity() { # identifier, title
	printf '<iati-activity default-currency="EUR"><iati-identifier>%s</iati-identifier><reporting-org ref="X" type="10"><narrative>X</narrative></reporting-org><title><narrative>%s</narrative></title><activity-status code="2"/><activity-date type="2" iso-date="2010-01-01"/></iati-activity>\n' "$1" "$2"
}
file() { # encoding, activities
	printf '<?xml version="1.0" encoding="%s"?>\n<iati-activities version="2.03">\n%s</iati-activities>\n' "$1" "$2"
}
stored() { # what the comparison activities hold
	"$grutto" export iati "$1" --comparison 2>/dev/null
}
copy=$dir/encodings.db
cp "$db" "$copy"
file UTF-16 "$(activity U-16 $'caf\303\251')" | iconv -f UTF-8 -t UTF-16 >"$dir/utf16.xml"
"$grutto" import iati "$copy" "$dir/utf16.xml" >"$dir/out" 2>"$dir/err"
[ $? = 0 ] && stored "$copy" | grep -q "$(printf $'caf\303\251')"
ok $? 'a file in UTF-16 is read'
file ISO-8859-1 "$(activity L-1 $'na\303\257ve')" | iconv -f UTF-8 -t ISO-8859-1 >"$dir/latin1.xml"
"$grutto" import iati "$copy" "$dir/latin1.xml" >"$dir/out" 2>"$dir/err"
[ $? = 0 ] && stored "$copy" | grep -q "$(printf $'na\303\257ve')"
ok $? 'a file in ISO 8859-1 that says so is read'
file UTF-8 "$(activity W-1 $'p\303\252che')" | iconv -f UTF-8 -t ISO-8859-1 >"$dir/wrong.xml"
"$grutto" import iati "$copy" "$dir/wrong.xml" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q 'wrong.xml:3: .*W-1.*not proper UTF-8'
ok $? 'a file in another encoding than it says: file, line, activity and fault'
file EBCDIC-X "$(activity E-1 x)" >"$dir/unknown.xml"
"$grutto" import iati "$copy" "$dir/unknown.xml" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q 'unknown.xml:1: .*EBCDIC-X'
ok $? 'an encoding that nobody knows'
stored "$copy" | grep -q 'W-1\|E-1'
[ $? = 1 ]
ok $? 'of neither is anything stored'

file UTF-8 "$(activity GOOD-1 one; printf '<iati-activity><title><narrative>none</narrative></title></iati-activity>\n'; activity GOOD-2 two)" >"$dir/mixed.xml"
head=$("$grutto" audit verify "$copy")
"$grutto" import iati "$copy" --strict "$dir/mixed.xml" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q 'mixed.xml:4'
ok $? '--strict refuses a file with a bad activity, and names it'
[ "$("$grutto" audit verify "$copy")" = "$head" ] && [ "$(stored "$copy" | grep -c GOOD-)" = 0 ]
ok $? '--strict stores nothing of it'
"$grutto" import iati "$copy" "$dir/mixed.xml" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && cat "$dir/out" "$dir/err" | grep -q 'mixed.xml:4'
ok $? 'without --strict the bad activity is named'
[ "$(stored "$copy" | grep -o '<iati-identifier>GOOD-[12]<' | sort -u | wc -l)" = 2 ]
ok $? 'and the good ones are there'
head=$("$grutto" audit verify "$copy")
"$grutto" import iati "$copy" "$dir/mixed.xml" >"$dir/out" 2>"$dir/err"
[ "$("$grutto" audit verify "$copy")" = "$head" ]
ok $? 'the same file again changes nothing'

# ---- a reader that goes away ----
bash -c '"$1" export iati "$2" 2>"$3/err"; echo $? >"$3/status"' sh "$grutto" "$db" "$dir" | head -n 1 >"$dir/first"
[ "$(cat "$dir/status")" = 4 ] && [ "$(wc -l <"$dir/err")" = 1 ] && grep -q 'Broken pipe' "$dir/err" && grep -q '^<?xml' "$dir/first"
ok $? 'a closed pipe is one sentence, not a signal'

# ---- a full disk ----
full_disk() { # how, file system's folder, command's prefix …
	local how=$1 at=$2
	shift 2
	expect 4 'disk is full' "init on a full disk ($how)" "$@" "$grutto" init "$at/new.db" --pack "$pack"
	absent "$at/new.db" "nothing is left of it ($how)"
	sum=$("$grutto" audit verify "$at/small.db")
	"$@" "$grutto" import iati "$at/small.db" "$dir/big.xml" >"$dir/out" 2>"$dir/err"
	[ $? = 4 ] && grep -q 'disk is full; nothing was changed' "$dir/err" && [ "$(grep -c 'disk is full' "$dir/err")" = 1 ]
	ok $? "import on a full disk ($how)"
	[ "$("$grutto" audit verify "$at/small.db")" = "$sum" ] && [ "$(stored "$at/small.db" | grep -c FULL-)" = 0 ]
	ok $? "the database is as it was ($how)"
	"$grutto" figures "$at/small.db" spending >"$dir/out" 2>"$dir/err"
	ok $? "and readable ($how)"
	expect 4 . "export on a full disk ($how)" "$@" "$grutto" export iati "$at/small.db" "$at/all.xml"
	absent "$at/all.xml" "nothing is left of it ($how)"
	expect 4 'full' "backup on a full disk ($how)" "$@" "$grutto" backup "$db" "$at/backup"
	absent "$at/backup" "nothing is left of it ($how)"
	expect 4 'full' "restore on a full disk ($how)" "$@" "$grutto" restore "$dir/backup" "$at/restored.db"
	absent "$at/restored.db" "nothing is left of it ($how)"
}
file UTF-8 "$(for i in $(seq 3000); do activity "FULL-$i" "$(printf '%0500d' "$i")"; done)" >"$dir/big.xml"
mkdir "$dir/limited" "$dir/tmpfs"
cp "$db" "$dir/limited/small.db"
# a limit on the size of files, which every system has
full_disk 'limit' "$dir/limited" small 128
# and a file system that is full, where one may be mounted
if mount -t tmpfs -o size=16m,mode=777 tmpfs "$dir/tmpfs" 2>/dev/null; then
	mounted=$dir/tmpfs
	cp "$db" "$mounted/small.db"
	free=$(df --output=avail -k "$mounted" | tail -n 1)
	head -c $(((free - 160) * 1024)) /dev/zero >"$mounted/filler"
	full_disk 'file system' "$mounted"
	rm "$mounted/filler"
	expect 0 '' 'with room again the import is done' "$grutto" import iati "$mounted/small.db" "$dir/big.xml"
	umount "$mounted"
	mounted=
else
	echo "ok $((n += 1)) - full disk on a file system # SKIP no file system may be mounted here (a limit took its place above)"
fi

# ---- stopping while a request runs ----
"$grutto" import iati "$copy" "$dir/big.xml" >"$dir/out" 2>"$dir/err"
"$grutto" serve "$copy" --listen 127.0.0.1:0 >"$dir/serve.out" 2>"$dir/serve.err" &
server=$!
for _ in $(seq 300); do
	grep -q 'http://' "$dir/serve.out" && break
	kill -0 "$server" 2>/dev/null || break
	sleep 0.1
done
address=$(sed -n 's|.*http://\([^/]*\)/.*|\1|p' "$dir/serve.out")
python3 - "$address" "$server" >"$dir/out" 2>"$dir/err" <<'END'
import os, re, signal, socket, sys, time
host, port = sys.argv[1].split(':')
connections = [socket.create_connection((host, int(port)), 60) for _ in range(4)]
for c in connections:
    c.sendall(b'GET /data/comparison.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
first = connections[0].recv(1000)  # under way
os.kill(int(sys.argv[2]), signal.SIGTERM)
for c in connections:
    got, first = first, b''
    while True:
        piece = c.recv(1 << 16)
        if not piece:
            break
        got += piece
    head, body = got.split(b'\r\n\r\n', 1)
    assert head.startswith(b'HTTP/1.1 200 '), head
    length = re.search(rb'Content-Length: (\d+)', head)
    assert length and int(length[1]) == len(body), (head, len(body))
    assert b'</iati-activities>' in body and body.count(b'<iati-identifier>FULL-') == 3000, len(body)
END
ok $? 'requests that had begun are answered to their last byte'
wait "$server"
ok $? 'SIGTERM while they ran ends with status 0'
server=

echo "1..$n"
[ $failed = 0 ]
