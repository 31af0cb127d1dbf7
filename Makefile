# Two commands: `make run` and `make test`. Both install what is missing (Debian 12, as root).
LISTEN ?= 127.0.0.1:8080
DB ?= grutto.db
PACK ?= programmes/migration-development-2008
FUZZ_SECONDS ?= 30
export GRUTTO_SHARED ?= $(abspath ../shared)

BUILD_PACKAGES = gcc libc6-dev meson ninja-build pkg-config ca-certificates libmicrohttpd-dev libpq-dev libxml2-dev \
	libjansson-dev libyaml-dev libxlsxwriter-dev libzip-dev libzstd-dev zlib1g-dev libbrotli-dev libsodium-dev nettle-dev libutf8proc-dev libpcre2-dev
# what the running program can use: weasyprint sets the PDF of the evaluation
RUN_PACKAGES = weasyprint fonts-dejavu-core
TEST_PACKAGES = libcmocka-dev clang libclang-rt-14-dev libxml2-utils postgresql postgresql-client python3 chromium poppler-utils qpdf
BENCH_PACKAGES = wrk libexpat1-dev sqlite3
DEB_PACKAGES = build-essential debhelper dpkg-dev fakeroot lintian

.PHONY: run test slow fuzz bench deb clean deps-build deps-test

run: deps-build deps-run
	@test -d build-run || meson setup build-run -Dbuildtype=release -Dtests=false
	@ninja -C build-run src/app/grutto
	@build-run/src/app/grutto init '$(DB)' --pack $(PACK) --unless-exists
	@exec build-run/src/app/grutto serve '$(DB)' --listen $(LISTEN)

test: deps-test
	@tests/run.sh

# What takes too long for every change (meson's suite 'long'), such as 500 kills in the middle of writes.
slow: deps-test
	@tests/run.sh long

# Longer runs of every fuzzer: make fuzz FUZZ_SECONDS=600
fuzz: deps-test
	@test -d build-fuzz || CC=clang meson setup build-fuzz -Dfuzzers=true -Db_lundef=false
	@ninja -C build-fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) meson test -C build-fuzz --suite fuzz --print-errorlogs --timeout-multiplier 0

bench: deps-bench
	@bench/run.sh

# A Debian package in dist/, with a hardened systemd unit.
deb: deps-deb
	@tools/make-deb.sh

clean:
	rm -rf build build-run build-test build-fuzz build-bench dist

# Install the packages that dpkg does not know yet. $(1): names.
define install
	@missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}\n' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
		echo "Installing: "$$missing; \
		[ "$$(id -u)" = 0 ] || { echo "As root: apt-get install "$$missing >&2; exit 4; }; \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
	fi
endef

.PHONY: deps-bench deps-deb deps-run
deps-build:
	$(call install,$(BUILD_PACKAGES))

deps-run:
	$(call install,$(RUN_PACKAGES))

# Node and npm come from Debian unless the machine has them already.
deps-test: deps-build deps-run
	$(call install,$(TEST_PACKAGES) $(shell command -v node >/dev/null && command -v npm >/dev/null || echo nodejs npm))

deps-bench: deps-test
	$(call install,$(BENCH_PACKAGES))

deps-deb: deps-build
	$(call install,$(DEB_PACKAGES))
