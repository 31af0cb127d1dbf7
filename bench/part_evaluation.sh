#!/bin/sh
# The whole evaluation: of the real pack (median of 21), and of 200,000 activities with two million results (BENCH_EVALUATION_N); beside it aggregates of
# the same rows in SQLite's own shell and in an analytical database from npm. Their counts are held against ours.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
n=${BENCH_EVALUATION_N:-200000}
ninja -C "$BENCH_BUILD" bench/bench_evaluation >/dev/null
grutto=$BENCH_BUILD/src/app/grutto
dir=$(mktemp -d "${TMPDIR:-/tmp}/grutto-evaluation-XXXXXX")
trap 'rm -rf "$dir"' EXIT
"$grutto" init "$dir/real.db" --pack "$root/programmes/migration-development-2008" >/dev/null 2>&1 || exit 4
echo
echo "| Evaluation | time |"
echo "|---|---|"
"$BENCH_BUILD/bench/bench_evaluation" "$dir/real.db"
"$BENCH_BUILD/bench/bench_evaluation" "$dir/real.db" "$n" "$dir" 2>"$dir/tally"
cat >"$dir/queries.sql" <<'SQL'
SELECT count(*) FILTER (WHERE actual >= target), count(*) FILTER (WHERE actual < target), count(*) FILTER (WHERE target IS NOT NULL AND actual IS NULL), count(*) FILTER (WHERE target IS NULL AND actual IS NOT NULL) FROM results;
SELECT priority, status, count(*), sum(contribution), sum(total) FROM activities GROUP BY 1, 2 ORDER BY 1, 2;
SELECT a.priority, r.indicator, count(*) FILTER (WHERE r.actual >= r.target), count(*) FILTER (WHERE r.actual < r.target) FROM results r JOIN activities a ON a.id = r.activity GROUP BY 1, 2 ORDER BY 1, 2;
SELECT intervention, count(*), avg(each), min(each), max(each) FROM (SELECT a.intervention, a.total / 100.0 / r.actual AS each FROM results r JOIN activities a ON a.id = r.activity WHERE r.part = 'total' AND r.actual > 0 AND a.total > 0) AS costs GROUP BY 1 ORDER BY 1;
SQL
if command -v sqlite3 >/dev/null; then
	sqlite3 "$dir/peer.db" >/dev/null 2>&1 <<SQL
CREATE TABLE activities (id TEXT PRIMARY KEY, priority INTEGER, status INTEGER, contribution INTEGER, total INTEGER, intervention TEXT);
CREATE TABLE results (activity TEXT, indicator INTEGER, part TEXT, target INTEGER, actual INTEGER);
.mode csv
.import --skip 1 $dir/activities.csv activities
.import --skip 1 $dir/results.csv results
UPDATE results SET target = nullif(target, ''), actual = nullif(actual, '');
SQL
	{ echo '.timer on'; cat "$dir/queries.sql"; } | sqlite3 "$dir/peer.db" >"$dir/sqlite.out"
	awk '/^Run Time/ {s += $4; n++} END {printf "| SQLite'"'"'s shell: tallies, money, and costs of the same rows, %d queries | %.2f s |\n", n, s}' "$dir/sqlite.out"
	sed -n 1p "$dir/sqlite.out" | tr '|' ' ' >"$dir/sqlite.tally"
	cut -d' ' -f1-4 "$dir/tally" | cmp -s - "$dir/sqlite.tally" || { echo "SQLite counts otherwise: $(cat "$dir/sqlite.tally") beside $(cat "$dir/tally")" >&2; exit 1; }
else
	echo "| SQLite's shell | not measured: sqlite3 is not installed |"
fi
if command -v npm >/dev/null; then
	[ -d "$root/bench/peers/node_modules/@duckdb" ] || npm --prefix "$root/bench/peers" ci --no-audit --no-fund >/dev/null
	node "$root/bench/peers/duckdb.mjs" "$dir" "$(cut -d' ' -f1-4 "$dir/tally")"
else
	echo "| DuckDB | not measured: npm is not installed |"
fi
