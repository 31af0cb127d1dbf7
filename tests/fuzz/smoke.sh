#!/bin/sh
# smoke.sh NAME PROGRAM SOURCE BUILD SECONDS: fuzz one target for FUZZ_SECONDS, or else SECONDS.
# With clang, libFuzzer does it, in a build of its own inside BUILD; without, PROGRAM changes the seeds by chance.
set -eu
name=$1 program=$2 source=$3 build=$4
seconds=${FUZZ_SECONDS:-$5}
export FUZZ_SECONDS="$seconds"
corpus=$source/tests/fuzz/corpus/$name
runtime=$(clang -print-file-name=libclang_rt.fuzzer-x86_64.a 2>/dev/null || true)
if [ -z "$runtime" ] || [ ! -e "$runtime" ]; then
	echo "# no libFuzzer here; changing the seeds by chance"
	exec "$program" --mutate "$seconds" "$corpus"
fi
nested=$build/libfuzzer
(
	flock 9
	if [ ! -f "$nested/build.ninja" ]; then
		cc=clang
		command -v ccache >/dev/null && cc="ccache clang"
		CC=$cc meson setup "$nested" "$source" -Dfuzzers=true -Dtests=false >"$build/libfuzzer.log" 2>&1 ||
			{ cat "$build/libfuzzer.log"; exit 4; }
	fi
	ninja -C "$nested" "tests/fuzz/fuzz_$name" >"$build/libfuzzer.log" 2>&1 || { cat "$build/libfuzzer.log"; exit 4; }
) 9>"$build/libfuzzer.lock"
exec "$source/tests/fuzz/run.sh" "$name" "$nested/tests/fuzz/fuzz_$name" "$corpus"
