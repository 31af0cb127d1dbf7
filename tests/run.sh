#!/bin/sh
# run.sh [long]: build with sanitizers, run the tests, end with one line "N passed, N failed".
# Without a word every suite but 'long' (`make test`), with it that suite only (`make slow`).
set -u
cd "$(dirname "$0")/.." || exit 4
build=build-test
give_up() {
	echo "$1" >&2
	echo "0 passed, 1 failed"
	exit 1
}
[ -d "$build" ] || meson setup "$build" -Db_sanitize=address,undefined -Dwerror=true -Dgate=true ||
	give_up "The build could not be set up."
ninja -C "$build" || give_up "The build failed."
# Two packages for the browser tests; not fetched again while the lock file is the one they came from.
if ! cmp -s tests/e2e/package-lock.json tests/e2e/node_modules/.lock; then
	(cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.lock) ||
		give_up "npm could not install the browser tests' packages."
fi
if [ "${1:-}" = long ]; then
	tests/with-postgres.sh meson test -C "$build" --print-errorlogs --suite long
else
	tests/with-postgres.sh meson test -C "$build" --print-errorlogs --no-suite long
	echo "Left to 'make slow': $(meson test -C "$build" --no-rebuild --list --suite long 2>/dev/null | sed 's/.* //' | tr '\n' ' ')"
fi
exec python3 tools/count_tests.py "$build/meson-logs/testlog.junit.xml"
