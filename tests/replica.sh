#!/bin/bash
# Sites that only read: on a database without write permission, and on a standby of PostgreSQL that follows its primary.
# TAP. Usage: replica.sh GRUTTO PACK, under with-postgres.sh for the second half.
set -u
grutto=$(realpath "$1")
pack=$(realpath "$2")
n=0
failed=0
dir=$(mktemp -d /tmp/grutto-replica-XXXXXX)
server=
standby=
pg=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -n 1)
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	[ -z "$standby" ] || as_postgres "$pg/pg_ctl" -D "$standby" -m immediate -w stop >/dev/null 2>&1
	chmod -R u+w "$dir"
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 143' TERM INT HUP

# The server refuses to run as root, and root may write everything: both need another user then.
if [ "$(id -u)" = 0 ]; then
	as_postgres() { (cd / && runuser -u postgres -- "$@"); }
	as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
	exec_nobody() { exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
else
	as_postgres() { "$@"; }
	as_nobody() { "$@"; }
	exec_nobody() { exec "$@"; }
fi

ok() { # condition's status, name
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		failed=$((failed + 1))
		echo "not ok $n - $2"
		cat "$dir"/out "$dir"/err "$dir"/serve.err 2>/dev/null | tail -n 5 | sed 's/^/# /'
	fi
}

serve() { # command and arguments of serve: sets address
	"$@" --listen 127.0.0.1:0 >"$dir/serve.out" 2>"$dir/serve.err" &
	server=$!
	for _ in $(seq 300); do
		grep -q 'http://' "$dir/serve.out" && break
		kill -0 "$server" 2>/dev/null || break
		sleep 0.1
	done
	address=$(sed -n 's|.*http://\([^/]*\)/.*|\1|p' "$dir/serve.out")
}

get() { # path
	python3 - "http://$address$1" <<'END' 2>/dev/null
import sys, urllib.request
sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1], timeout=60).read())
END
}

stop() { # name
	kill -TERM "$server" 2>/dev/null
	wait "$server"
	ok $? "$1"
	server=
}

comparisons() { # how many comparison activities the site shows
	get /api/v1/comparison | python3 -c 'import json, sys; print(json.load(sys.stdin)["total"])' 2>/dev/null
}

cat >"$dir/new.xml" <<'END'
<iati-activities version="2.03"><iati-activity default-currency="EUR"><iati-identifier>X-1</iati-identifier>
<reporting-org ref="X" type="10"><narrative>X</narrative></reporting-org><title><narrative>Followed</narrative></title>
<activity-status code="2"/><activity-date type="2" iso-date="2010-01-01"/></iati-activity></iati-activities>
END

# ---- a file that this user may not write, in a folder that it may not write ----
mkdir "$dir/shut"
"$grutto" init "$dir/shut/own.db" --pack "$pack" >/dev/null || exit 4
chmod 444 "$dir/shut/own.db"
chmod 555 "$dir/shut"
chmod 755 "$dir"
sum=$(sha256sum <"$dir/shut/own.db")
for how in --read-only ''; do
	# shellcheck disable=SC2086
	serve exec_nobody "$grutto" serve "$dir/shut/own.db" $how
	get /en/activities | grep -q '<h1'
	ok $? "serve ${how:-by itself} on a file that cannot be written"
	if [ -z "$how" ]; then
		grep -q 'only read' "$dir/serve.err"
		ok $? 'and says so'
	fi
	get /healthz | grep -q '"ok"'
	ok $? 'its health is good'
	get '/api/v1/activities?q=return' | grep -q '"total":[1-9]'
	ok $? 'search works'
	stop 'SIGTERM ends it with status 0'
done
[ "$(ls "$dir/shut")" = own.db ] && [ "$(sha256sum <"$dir/shut/own.db")" = "$sum" ]
ok $? 'the folder is as it was'
as_nobody "$grutto" import iati "$dir/shut/own.db" "$dir/new.xml" >"$dir/out" 2>"$dir/err"
[ $? = 4 ] && [ "$(wc -l <"$dir/err")" = 1 ] && grep -q 'cannot be written' "$dir/err"
ok $? 'import is refused in one sentence, status 4'
as_nobody "$grutto" audit verify "$dir/shut/own.db" >"$dir/out" 2>"$dir/err"
ok $? 'audit verify reads it'

# ---- reading only, while another writes ----
"$grutto" init "$dir/both.db" --pack "$pack" >/dev/null || exit 4
serve "$grutto" serve "$dir/both.db" --read-only
[ "$(comparisons)" = 0 ]
ok $? 'serve --read-only on a file in use'
"$grutto" import iati "$dir/both.db" "$dir/new.xml" >"$dir/out" 2>"$dir/err"
ok $? 'another program writes'
for _ in $(seq 100); do
	[ "$(comparisons)" = 1 ] && break
	sleep 0.1
done
[ "$(comparisons)" = 1 ]
ok $? 'and the site follows'
stop 'SIGTERM ends it with status 0'

# ---- a standby of PostgreSQL ----
if [ -z "${GRUTTO_TEST_PG:-}" ]; then
	echo "ok $((n += 1)) # SKIP PostgreSQL is not there: no standby"
	echo "1..$n"
	[ $failed = 0 ]
	exit
fi
primary=${GRUTTO_TEST_PG##*host=}
name=replica_$$
psql -q -h "$primary" -U grutto -d postgres -c "CREATE DATABASE $name" || exit 4
url="postgresql://grutto@/$name?host=$primary"
"$grutto" init "$url" --pack "$pack" >/dev/null || exit 4
chmod 777 "$dir"
standby=$dir/standby
as_postgres "$pg/pg_basebackup" -h "$primary" -U grutto -D "$standby" -R -X stream --no-sync --checkpoint=fast >"$dir/out" 2>"$dir/err"
ok $? 'a standby is made'
as_postgres mkdir "$dir/socket"
as_postgres "$pg/pg_ctl" -D "$standby" -l "$standby/log" -w -t 60 -o "-c listen_addresses='' -c unix_socket_directories='$dir/socket' \
	-c unix_socket_permissions=0777 -c fsync=off -c max_connections=200 -c shared_buffers=32MB" start >"$dir/out" 2>"$dir/err"
ok $? 'and starts'
follower="postgresql://grutto@/$name?host=$dir/socket"
for how in '' --read-only; do
	# shellcheck disable=SC2086
	serve "$grutto" serve "$follower" $how
	before=$(comparisons)
	[ -n "$before" ] && get /nl/activities | grep -q '<h1'
	ok $? "serve ${how:-by itself} on a standby"
	if [ -z "$how" ]; then
		grep -q 'only read' "$dir/serve.err"
		ok $? 'and says so'
	fi
	sed "s/X-1/X-1$how/" "$dir/new.xml" >"$dir/more$how.xml"
	"$grutto" import iati "$url" "$dir/more$how.xml" >"$dir/out" 2>"$dir/err"
	ok $? 'the primary takes an import'
	for _ in $(seq 100); do
		[ "$(comparisons)" = $((before + 1)) ] && break
		sleep 0.1
	done
	[ "$(comparisons)" = $((before + 1)) ]
	ok $? 'and the site on the standby follows'
	get /api/v1/comparison/X-1 | grep -q Followed
	ok $? 'pages that read the database read the standby'
	stop 'SIGTERM ends it with status 0'
done
"$grutto" audit verify "$follower" >"$dir/out" 2>"$dir/err"
ok $? 'audit verify on the standby'
"$grutto" import iati "$follower" "$dir/new.xml" >"$dir/out" 2>"$dir/err"
[ $? = 4 ] && [ "$(wc -l <"$dir/err")" = 1 ] && grep -q 'cannot be written' "$dir/err"
ok $? 'import on the standby is refused in one sentence, status 4'
"$grutto" backup "$follower" "$dir/dump" >"$dir/out" 2>"$dir/err"
ok $? 'backup of the standby'

# ---- a schema that is behind ----
psql -q -h "$primary" -U grutto -d "$name" -c 'DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)' || exit 4
sleep 2
timeout 60 "$grutto" serve "$follower" --listen 127.0.0.1:0 >"$dir/out" 2>"$dir/err"
[ $? = 3 ] && grep -q 'older Grutto' "$dir/err"
ok $? 'a standby with an older schema is refused, status 3'
as_postgres "$pg/pg_ctl" -D "$standby" -m immediate -w stop >/dev/null 2>&1
standby=
psql -q -h "$primary" -U grutto -d postgres -c "DROP DATABASE $name"
echo "1..$n"
[ $failed = 0 ]
