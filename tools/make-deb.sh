#!/bin/sh
# Build the Debian package from what is committed, in a folder of its own; the result lands in dist/.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n "s/^ *version: '\(.*\)',/\1/p" meson.build | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/grutto-$version"
git archive HEAD | tar -x -C "$work/grutto-$version"
(cd "$work/grutto-$version" && dpkg-buildpackage -us -uc -b)
mkdir -p dist
cp "$work"/*.deb dist/
lintian --fail-on error "dist/grutto_${version}"_*.deb
echo "dist/$(basename "$work"/grutto_*.deb)"
