#!/bin/sh
# The PDF of the evaluation: tags, language, title, bookmarks, embedded fonts, vector drawings. Usage: pdf.sh GRUTTO PACK
set -u
grutto=$1
pack=$2
n=0
failed=0
plan=13

ok() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=1
	fi
}

for tool in weasyprint pdfinfo pdffonts pdfimages qpdf; do
	if ! command -v $tool >/dev/null; then
		echo "1..0 # SKIP $tool is not installed: apt-get install weasyprint poppler-utils qpdf"
		exit 0
	fi
done
echo "1..$plan"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$grutto" init "$dir/p.db" --pack "$pack" >"$dir/init" 2>&1 || { cat "$dir/init"; exit 1; }

begun=$(date +%s)
"$grutto" evaluate "$dir/p.db" --format pdf --lang nl >"$dir/p.pdf" 2>"$dir/err"
ok $? "evaluate --format pdf"
ended=$(date +%s)
echo "# made in $((ended - begun)) seconds"
pdfinfo "$dir/p.pdf" >"$dir/info" 2>>"$dir/err"
grep -q '^Tagged: *yes' "$dir/info"
ok $? "tagged"
grep -q '^Title: *Evaluatie: ' "$dir/info"
ok $? "has its title"
qpdf --json --no-original-object-ids "$dir/p.pdf" >"$dir/json" 2>>"$dir/err" || qpdf --json "$dir/p.pdf" >"$dir/json" 2>>"$dir/err"
grep -q '"/Lang": "\(u:\)\{0,1\}nl"' "$dir/json"
ok $? "has its language"
grep -q '"/Outlines":' "$dir/json"
ok $? "has bookmarks"
grep -q '"/DisplayDocTitle": true' "$dir/json"
ok $? "shows its title rather than the name of the file"
qpdf --check "$dir/p.pdf" >>"$dir/err" 2>&1
ok $? "is whole"
pdffonts "$dir/p.pdf" | awk 'NR > 2 {n++; if ($(NF - 4) != "yes") bad++} END {exit !(n > 0 && !bad)}'
ok $? "all its fonts are embedded"
status=0
for tag in H1 H2 H3 P Table TH TD L; do
	grep -q "\"/S\": \"/$tag\"" "$dir/json" || { echo "# no tag $tag"; status=1; }
done
ok $status "headings and tables are tagged as such"
[ "$(pdfimages -list "$dir/p.pdf" | wc -l)" -le 2 ]
ok $? "drawings are vectors: there is no picture in it"

# what cannot be made is told, and leaves nothing
PATH=/nonexistent "$grutto" evaluate "$dir/p.db" --format pdf >"$dir/absent" 2>"$dir/absent.err"
[ $? -eq 4 ] && [ ! -s "$dir/absent" ] && grep -q 'apt-get install weasyprint' "$dir/absent.err"
ok $? "without the program: a sentence that says what to install, exit 4, nothing written"
"$grutto" evaluate "$dir/p.db" --question 1 --format pdf >/dev/full 2>"$dir/full.err"
[ $? -eq 4 ] && [ -s "$dir/full.err" ]
ok $? "on a full disk: exit 4 and a sentence"
"$grutto" evaluate "$dir/p.db" --format html --lang fr >"$dir/p.html" && grep -q '<html lang="fr">' "$dir/p.html" && ! grep -Eq '(src|href)="(http|/)' "$dir/p.html"
ok $? "the HTML needs nothing beside it"
[ $failed -eq 0 ] || sed 's/^/# /' "$dir/err"
exit $failed
