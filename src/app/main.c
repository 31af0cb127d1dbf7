/* grutto VERB …: the table of commands, and nothing else. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <sodium.h>

#include "app/app.h"
#include "feat/evaluation/evaluation.h"
#include "feat/figures/figures.h"
#include "feat/iati/iati.h"
#include "feat/prices/prices.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/rules/rules.h"
#include "feat/site/env.h"

typedef int (*command_fn)(struct app_env *env, int argc, char **argv);

struct command {
	const char *name;
	command_fn run;
	const char *synopsis; /* what stands behind "grutto NAME" */
	const char *summary;  /* one line */
	const char *help;     /* paragraphs for "grutto help NAME" */
};

static int cmd_help(struct app_env *env, int argc, char **argv);
static int cmd_check(struct app_env *env, int argc, char **argv);
static int cmd_import(struct app_env *env, int argc, char **argv);
static int cmd_export(struct app_env *env, int argc, char **argv);

static const struct command commands[] = {
    {"audit", app_cmd_audit, "verify DB [--expect HASH] [--format text|json|html|pdf]", "check the chain of events",
	"Recomputes every hash of the chain and names the first break; exit status 1 when there is one. The last\n"
	"event's hash is printed: kept elsewhere and given with --expect, it shows a chain that was cut off.\n"},
    {"backup", app_cmd_backup, "DB FILE", "write one consistent file, while the site runs",
	"FILE must not exist. Of a PostgreSQL database it is a dump in pg_dump's custom format.\n"},
    {"check", cmd_check, "PACK|FILE.xml|MODEL.dmn [--format text|json]",
	"validate a programme pack, an IATI file or a decision model",
	"Reads the folder PACK whole and reports each fault with file, line, column, what is wrong and what to\n"
	"do. A pack with a fault is not loaded by grutto init. Its decision models are checked and their test cases run.\n"
	"FILE.xml is checked against the schema of IATI 2.03, its codelists and the rules of the standard.\n"
	"MODEL.dmn: syntax, types, and in its tables gaps, overlaps, rules that never decide, and what is unused.\n"},
    {"compare", prices_cmd_compare, "FILE.json", "rank offers to send money",
	"FILE.json has the two countries, a question (an amount to send or to be received) and the offers. Prints what\n"
	"arrives, what it costs and why each offer stands where it does, as JSON. docs/prices.md describes the format.\n"},
    {"conformance", rules_cmd_conformance, "dmn DIR [--format json|text]", "run a conformance suite, print its rates",
	"Runs the cases of the DMN Technology Compatibility Kit below DIR and prints, for each suite and in total,\n"
	"what passed, and beside it what an engine that answers null to everything would get.\n"},
    {"decide", rules_cmd_decide,
	"MODEL.dmn|DB [--model KEY|--version HASH] --decision NAME --input FILE.json [--as-of DATE] [--known DATE]\n"
	"    [--explain] [--strict|--lenient] [--record CASE --by WHO]", "run a decision model",
	"The model is a file, or one of the database: --model takes the version in force on the day of --as-of (today),\n"
	"--version a certain one; --known DATE leaves out what was published after that day. --record keeps the decision with its reasons for the case.\n"
	"FILE.json is an object with a member for each input. Prints the outcome as JSON; --explain adds every table, rule\n"
	"and cell, and sentences in English, Dutch and French. Strict (the default): an error or a missing input makes the\n"
	"outcome undetermined, and the exit status 1. Lenient: as the DMN standard says, an error is a null.\n"},
    {"evaluate", evaluation_cmd_evaluate,
	"DB [--question N|PAGE] [--priority N] [--activity ID] [--from YEAR] [--to YEAR]\n"
	"    [--as-of DATE] [--lang en|nl|fr] [--select N] [--format text|json]", "answer the questions of the evaluation",
	"Answers the six questions, or one of them, from the records as known on a day, for the whole programme, a\n"
	"priority, an activity or a period. Each statement is counted from records, judged by a rule that can be opened,\n"
	"evidence of literature, or tells what cannot be said and what is missing. docs/evaluation.md describes the JSON.\n"
	"--select N: how many case studies the page case-selection chooses (5).\n"
	"Exit status 3: an unknown activity, a period in which nothing ran, a day before the first record.\n"},
    {"figures", figures_cmd, "DB NAME|list [--format csv|json|text] [--as-of DATE]", "print a published table",
	"NAME is one of the tables that list names. --as-of leaves out what was not known on that day.\n"},
    {"export", cmd_export, "KIND DB [FILE]", "write data of the database to a file or standard output",
	"iati    the own portfolio as IATI 2.03; with --comparison the imported activities\n"},
    {"import", cmd_import, "KIND DB FILE…", "read data from files into the database",
	"iati    IATI activity files of versions 2.01 to 2.03, as comparison activities. What is wrong is listed with\n"
	"        file, line and activity; good activities are kept. --strict stores all or nothing, --name NAME names\n"
	"        the dataset (of one file), --format json writes the list as JSON lines. Exit status 3 when an activity\n"
	"        or a file was left out.\n"
	"prices  what it costs to send money: feeds of offers, providers, places, market shares and promotions (CSV or JSON),\n"
	"        and averages of corridors of the World Bank. rates: benchmark rates of the European Central Bank (CSV or\n"
	"        XML) or of any source (CSV). A file is stored whole or, row by row, without what is refused; each row is\n"
	"        reported, --quiet leaves out those that were taken. Exit status 3 when something was refused. docs/prices.md\n"
	"        describes the formats.\n"},
    {"help", cmd_help, "[VERB]", "list the verbs, or explain one",
	"Without a verb: all of them, a line each.\n"},
    {"prices", prices_cmd_prices, "watch|held|release|reports|handled|remove-example DB …", "take in prices as they come, and decide about them",
	"watch DB DIR [--every SECONDS] [--once]  import what arrives in DIR; files go to DIR/done or DIR/refused, each with a\n"
	"        report; SIGTERM ends it. --once stops when nothing is left\n"
	"held DB [--format text|json]             prices that look wrong and wait for a person\n"
	"release DB ID… --by WHO --note WHY       let them count\n"
	"reports DB [--format text|json]          what readers say is wrong\n"
	"handled DB ID --note WHAT                somebody has looked at a report\n"
	"remove-example DB                        remove the invented example, and nothing else\n"},
    {"restore", app_cmd_restore, "FILE DB", "make a database from a backup",
	"DB must not hold anything. The chain of events is verified before the database gets its name.\n"},
    {"rules", rules_cmd_rules, "list|show|propose|compare|publish|withdraw|records|rerun DB …",
	"the registry of decision models and what they decided",
	"list [--as-of DATE] [--known DATE]   all versions, or those in force on a day; * marks what is in force\n"
	"show MODEL|HASH [--as-of DATE] [--known DATE]\n"
	"                                     one version; --format dmn prints its text\n"
	"propose FILE.dmn --model KEY --valid-from DATE [--valid-to DATE] --legal-basis TEXT --author WHO [--note TEXT]\n"
	"        [--source-line LINES]        a draft; prints its hash\n"
	"compare HASH                         which recorded decisions would come out differently; exit status 1 if any\n"
	"publish HASH --approver WHO          a second person; with differences it takes --confirm\n"
	"withdraw HASH [--note WHY]           give a draft up\n"
	"records [--case CASE]                decisions that were recorded\n"
	"rerun [--case CASE]                  make them again with the rules of their day; exit status 1 if one differs\n"
	"--known DATE leaves out what was published after that day: what the registry said then.\n"
	"A HASH may be cut to 8 digits or more. --format json prints the same for programs.\n"},
    {"serve", app_cmd_serve, "DB [--listen ADDR:PORT] [--base-url URL] [--behind-tls] [--read-only|--editor]",
	"run the site",
	"Serves the public site, the API and the open data, by default on 127.0.0.1:8080; port 0 takes a free one.\n"
	"The address is printed when it is ready. A change of the data by another command shows within a second.\n"
	"--base-url is the address that the world knows, for absolute links; --behind-tls says that a proxy with TLS\n"
	"stands in front. --read-only writes nothing, so that several may stand beside one that writes; a standby of\n"
	"PostgreSQL or a file without write permission is read only by itself.\n"
	"--editor adds the editor of decision tables under /editor; it has no accounts yet and is refused unless the address is\n"
	"of the loopback interface. SIGTERM finishes what has begun and stops.\n"},
    {"init", register_cmd_init, "DB --pack DIR [--unless-exists]", "make a database from a programme pack",
	"Nothing is loaded from a pack with faults, and a database that holds a programme is left as it is:\n"
	"exit status 3, or 0 with --unless-exists, which also brings its schema up to date.\n"},
};

static const char exit_help[] =
    "Exit status: 0 done, 1 the answer is no or a check failed, 2 wrong use, 3 bad input,\n"
    "4 the system failed. Data go to standard output, messages to standard error.\n"
    "DB is a file or a postgresql:// URL.\n";

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static void list(struct buf *b)
{
	buf_addz(b, "Usage: grutto VERB [ARGUMENT …]\n\n");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		buf_addf(b, "  %-10s %s\n", commands[i].name, commands[i].summary);
	buf_addz(b, "\ngrutto help VERB explains a verb; grutto --version names the version.\n\n");
	buf_addz(b, exit_help);
}

/* A folder is a pack, a file whose name ends in .xml is IATI. */
static int cmd_check(struct app_env *env, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (str_ends(str_of(argv[i]), STR(".xml")))
			return iati_cmd_check_file(env, argc, argv);
	for (int i = 0; i < argc; i++)
		if (str_ends(str_of(argv[i]), STR(".dmn")))
			return rules_cmd_check(env, argc, argv);
	return register_cmd_check(env, argc, argv);
}

/* Verbs with kinds: the word behind the verb chooses. */
struct kind {
	const char *name;
	command_fn run;
};

static int run_kind(struct app_env *env, const char *verb, const struct kind *kinds, size_t n, int argc, char **argv)
{
	for (size_t i = 0; argc && i < n; i++)
		if (strcmp(argv[0], kinds[i].name) == 0)
			return kinds[i].run(env, argc - 1, argv + 1);
	return app_usage(env, "%s needs a kind; grutto help %s lists them", verb, verb);
}

static int cmd_import(struct app_env *env, int argc, char **argv)
{
	static const struct kind kinds[] = {{"iati", iati_cmd_import}, {"prices", prices_cmd_import}, {"rates", prices_cmd_import_rates}};
	return run_kind(env, "import", kinds, sizeof kinds / sizeof *kinds, argc, argv);
}

static int cmd_export(struct app_env *env, int argc, char **argv)
{
	static const struct kind kinds[] = {{"iati", iati_cmd_export}};
	return run_kind(env, "export", kinds, sizeof kinds / sizeof *kinds, argc, argv);
}

static int cmd_help(struct app_env *env, int argc, char **argv)
{
	struct err e;
	AUTO_BUF text = BUF_INIT(1 << 16);
	if (argc > 1)
		return app_usage(env, "help takes one verb");
	const struct command *c = argc == 1 ? find(argv[0]) : NULL;
	if (argc == 1 && !c)
		return app_usage(env, "there is no verb %s; grutto help lists them", argv[0]);
	if (c)
		buf_addf(&text, "grutto %s %s\n\n%s\n\n%s\n%s", c->name, c->synopsis, c->summary, c->help, exit_help);
	else
		list(&text);
	return app_write(env, buf_str(&text), &e) == ERR_OK ? 0 : app_report(env, &e);
}

int main(int argc, char **argv)
{
	struct app_env env = {
	    .clock = clock_system(),
	    .rng = rng_system(),
	    .log = {.fd = STDERR_FILENO, .level = LOG_INFO, .clock = clock_system()},
	    .out_fd = STDOUT_FILENO,
	    .err_fd = STDERR_FILENO,
	};
	(void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write(2), reported as one */
	if (sodium_init() < 0)
		return app_usage(&env, "the system's source of randomness is not available") + 2;
	if (argc < 2) {
		(void)cmd_help(&env, 0, NULL);
		return 2;
	}
	if (strcmp(argv[1], "--version") == 0) {
		struct err e;
		return app_write(&env, STR("grutto " GRUTTO_VERSION "\n"), &e) == ERR_OK ? 0 : app_report(&env, &e);
	}
	const char *verb = strcmp(argv[1], "--help") == 0 ? "help" : argv[1];
	const struct command *c = find(verb);
	if (!c)
		return app_usage(&env, "there is no verb %s; grutto help lists them", argv[1]);
	return c->run(&env, argc - 2, argv + 2);
}
