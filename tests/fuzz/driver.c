/* Runs a fuzz target without libFuzzer, so that every compiler can:
 *   fuzz_X FOLDER                    each file of the seed corpus, as TAP
 *   fuzz_X --mutate SECONDS FOLDER   changes of the seeds until the time is over; the seed of
 * chance is printed An input that ends the program is kept as crash-X in the working folder. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/env.h"
#include "base/vec.h"
#include "codec/io.h"
#include "fuzz.h"

enum { INPUT_BYTES = 1 << 20, CHANGES = 6 };

struct seed {
	str name, bytes;
};

struct corpus {
	struct arena *arena;
	VEC(struct seed) seeds;
};

static bool add_seed(struct corpus *c, const char *folder, const char *name, struct err *e)
{
	AUTO_BUF bytes = BUF_INIT(INPUT_BYTES);
	str path = arena_fmt(c->arena, "%s/%s", folder, name);
	struct seed *s = VEC_ADD(&c->seeds, c->arena);
	if (!s || !path.p || file_read(path.p, &bytes, e) != ERR_OK)
		return false;
	*s = (struct seed){arena_str(c->arena, str_of(name)), arena_str(c->arena, buf_str(&bytes))};
	return s->name.p && s->bytes.p;
}

static bool load(struct corpus *c, const char *folder, struct err *e)
{
	DIR *d = opendir(folder);
	if (!d) {
		(void)fail(e, ERR_NOT_FOUND, "fuzz.corpus", "there is no seed corpus %s", folder);
		return false;
	}
	bool ok = true;
	for (const struct dirent *f; ok && (f = readdir(d));)
		if (f->d_name[0] != '.')
			ok = add_seed(c, folder, f->d_name, e);
	(void)closedir(d);
	if (ok && c->seeds.n == 0) {
		(void)fail(e, ERR_NOT_FOUND, "fuzz.corpus", "the seed corpus %s is empty", folder);
		return false;
	}
	return ok;
}

/* The input at hand, for whoever must report a crash: a signal handler has no argument to find it
 * by. */
static struct {
	str input;
	const char *file;
} now;

static void keep_input(void)
{
	int fd = open(now.file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return;
	ssize_t done = write(fd, now.input.p, now.input.n);
	(void)done;
	(void)close(fd);
}

static void on_abort(int sig)
{
	keep_input();
	(void)signal(sig, SIG_DFL);
	(void)raise(sig);
}

/* There when an address sanitizer is linked in. */
extern void __sanitizer_set_death_callback(void (*fn)(void)) __attribute__((weak));

static void run(str input)
{
	/* Exactly as long as the input, so that a read behind its end is seen. */
	uint8_t *copy = malloc(input.n ? input.n : 1);
	if (!copy)
		abort();
	if (input.n)
		memcpy(copy, input.p, input.n);
	now.input = input;
	(void)LLVMFuzzerTestOneInput(copy, input.n);
	free(copy);
}

static size_t pick(struct rng *r, size_t n)
{
	return n ? (size_t)(rng_next_u64(r) % n) : 0;
}

static void replace(struct buf *b, size_t at, size_t cut, str put)
{
	AUTO_BUF tail = BUF_INIT(INPUT_BYTES);
	buf_add(&tail, str_sub(buf_str(b), at + cut, b->n));
	b->n = at;
	buf_add(b, put);
	buf_add(b, buf_str(&tail));
}

/* One change: a byte flipped, bytes cut, bytes of a seed put in, a byte doubled. */
static void change(struct buf *b, const struct corpus *c, struct rng *r)
{
	const str other = c->seeds.p[pick(r, c->seeds.n)].bytes;
	size_t at = pick(r, b->n + 1), from = pick(r, other.n), n = pick(r, 24);
	switch (rng_next_u64(r) % 4) {
	case 0:
		if (at < b->n)
			b->p[at] = (char)(b->p[at] ^ (1 << pick(r, 8)));
		return;
	case 1:
		replace(b, at, n < b->n - at ? n : b->n - at, STR(""));
		return;
	case 2:
		replace(b, at, 0, str_sub(other, from, from + n));
		return;
	default:
		replace(b, at, 0, (str){(char[1]){(char)rng_next_u64(r)}, 1});
	}
}

static uint64_t seconds_now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec;
}

static int mutate(const struct corpus *c, uint64_t seconds)
{
	uint64_t state = seconds_now(), runs = 0, end = state + seconds;
	(void)printf("# chance begins with %llu\n", (unsigned long long)state);
	struct rng r = rng_seeded(&state);
	AUTO_BUF b = BUF_INIT(INPUT_BYTES);
	while (seconds_now() < end) {
		buf_clear(&b);
		buf_add(&b, c->seeds.p[pick(&r, c->seeds.n)].bytes);
		for (size_t k = pick(&r, CHANGES) + 1; k && !b.failed; k--)
			change(&b, c, &r);
		run(buf_str(&b));
		runs++;
	}
	(void)printf("# %llu inputs\n", (unsigned long long)runs);
	return 0;
}

static int replay(const struct corpus *c)
{
	(void)printf("1..%zu\n", c->seeds.n);
	for (size_t i = 0; i < c->seeds.n; i++) {
		run(c->seeds.p[i].bytes);
		(void)printf("ok %zu - %.*s\n", i + 1, STR_ARG(c->seeds.p[i].name));
		(void)fflush(stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	AUTO_ARENA arena = arena_new(ARENA_NO_LIMIT);
	struct corpus c = {.arena = arena};
	uint32_t seconds = 0;
	bool by_chance = argc == 4 && strcmp(argv[1], "--mutate") == 0;
	if (!arena || (!by_chance && argc != 2) ||
	    (by_chance && !str_to_u32(str_of(argv[2]), &seconds))) {
		(void)fprintf(stderr, "usage: %s [--mutate SECONDS] FOLDER\n", argv[0]);
		return 2;
	}
	const char *slash = strrchr(argv[0], '/');
	now.file = arena_fmt(arena, "crash-%s", slash ? slash + 1 : argv[0]).p;
	(void)signal(SIGABRT, on_abort);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(keep_input);
	if (!load(&c, argv[argc - 1], &e)) {
		(void)fprintf(stderr, "%s\n", e.detail);
		return 3;
	}
	return by_chance ? mutate(&c, seconds) : replay(&c);
}
