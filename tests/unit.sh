#!/bin/bash
# The unit of the Debian package: its two commands as systemd expands them, with the settings of /etc/default/grutto and
# with changed ones; and what systemd itself says of the unit. TAP. Usage: unit.sh GRUTTO PACK
set -u
grutto=$(realpath "$1")
pack=$(realpath "$2")
debian=$(dirname "$0")/../debian
n=0
failed=0
dir=$(mktemp -d)
server=
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
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
		cat "$dir"/out "$dir"/err 2>/dev/null | tail -n 8 | sed 's/^/# /'
	fi
}

# A command of the unit, with the variables of the unit and of the file: ${X} is one word, $X is split at spaces
# (systemd.service(5), "Command lines").
run_line() { # ExecStartPre or ExecStart, environment file; for a shell of its own, whose place the program takes
	local line
	line=$(sed -n "s/^$1=//p" "$debian/grutto.service" | sed 's/\${\([A-Z]*\)}/"${\1}"/g')
	line=${line/#\/usr\/bin\/grutto/\"$grutto\"}
	set -f
	eval "$(sed -n 's/^Environment=//p' "$debian/grutto.service" | tr ' ' '\n')"
	while IFS= read -r setting; do
		case $setting in '#'* | '') ;; *) declare -g "${setting%%=*}=${setting#*=}" ;; esac
	done <"$2"
	eval "exec $line"
}

serve() { # environment file: sets address
	run_line ExecStart "$1" >"$dir/out" 2>"$dir/err" &
	server=$!
	for _ in $(seq 300); do
		grep -q 'http://' "$dir/out" && break
		kill -0 "$server" 2>/dev/null || break
		sleep 0.1
	done
	address=$(sed -n 's|.*http://\([^/]*\)/.*|\1|p' "$dir/out")
}

ask() { # path: headers and content
	python3 - "http://$address$1" <<'END' 2>/dev/null
import sys, urllib.request
r = urllib.request.urlopen(sys.argv[1], timeout=60)
print(r.headers)
sys.stdout.buffer.write(r.read())
END
}

stop() {
	kill -TERM "$server"
	wait "$server"
	ok $? "$1"
	server=
}

# The defaults, but for what belongs to this machine: port, database and pack.
sed -e 's|^LISTEN=.*|LISTEN=127.0.0.1:0|' -e "s|^DB=.*|DB=$dir/with space.db|" -e "s|^PACK=.*|PACK=$pack|" \
	"$debian/grutto.default" >"$dir/default"
[ "$(grep -c '^[A-Z]*=' "$dir/default")" = 4 ]
ok $? 'four settings'
for _ in first second; do
	(run_line ExecStartPre "$dir/default") >"$dir/out" 2>"$dir/err"
	ok $? "ExecStartPre makes the database, or leaves it"
done
[ -s "$dir/with space.db" ]
ok $? 'where DB says'
serve "$dir/default"
ask /sitemap.xml >"$dir/plain"
grep -q "/en/" "$dir/plain" && ! grep -qi 'strict-transport' "$dir/plain"
ok $? 'ExecStart serves'
stop 'and stops with status 0'
sed 's|^OPTIONS=.*|OPTIONS=--base-url https://programme.example --behind-tls|' "$dir/default" >"$dir/changed"
serve "$dir/changed"
ask /sitemap.xml >"$dir/with"
grep -qi '^strict-transport-security: max-age=' "$dir/with" && grep -q 'https://programme.example/en/' "$dir/with"
ok $? 'OPTIONS take effect'
stop 'and it stops with status 0'
if command -v systemd-analyze >/dev/null; then
	sed -e "s|/usr/bin/grutto|$grutto|" -e '/^Documentation=/d' "$debian/grutto.service" >"$dir/grutto.service"
	systemd-analyze verify "$dir/grutto.service" >"$dir/out" 2>"$dir/err"
	ok $? 'systemd reads the unit without complaint'
	# 0 is shut, 10 open to everything; below 2 is "OK" or better
	systemd-analyze security --offline=true --threshold=20 "$dir/grutto.service" >"$dir/out" 2>"$dir/err"
	ok $? 'systemd calls its exposure small'
else
	echo "ok $((n += 1)) - what systemd says of the unit # SKIP systemd-analyze is not installed"
fi
echo "1..$n"
[ $failed = 0 ]
