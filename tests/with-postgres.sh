#!/bin/sh
# Usage: with-postgres.sh COMMAND…
# Starts a PostgreSQL of its own from Debian's package in a temporary folder, exports GRUTTO_TEST_PG, runs
# the command and always stops the server. Without PostgreSQL the command runs all the same and its
# tests say that they skip. Exit status: the command's.
set -u

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -n 1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
	echo "# PostgreSQL is not installed (package postgresql): its tests are skipped" >&2
	exec "$@"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/grutto-pg.XXXXXX") || exit 4
# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
	as() { (cd / && runuser -u postgres -- "$@"); }
	chown postgres "$folder" || exit 4
else
	as() { "$@"; }
fi
chmod 755 "$folder"

stop() {
	as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

as "$bin/initdb" -D "$folder/data" -U grutto -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || {
	cat "$folder/initdb.log" >&2
	exit 4
}
# A socket in the folder, no network; speed before durability, for the data are thrown away.
as "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 -o "-c listen_addresses='' \
	-c unix_socket_directories='$folder' -c unix_socket_permissions=0777 -c fsync=off -c full_page_writes=off \
	-c max_connections=200 -c shared_buffers=64MB" start >/dev/null || {
	cat "$folder/data/server.log" >&2
	exit 4
}
GRUTTO_TEST_PG="postgresql://grutto@/postgres?host=$folder"
export GRUTTO_TEST_PG
"$@"
