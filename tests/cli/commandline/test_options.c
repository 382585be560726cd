/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What becomes of a command line: each kind of option, limits on both sides, refusals. */
#include "help/unit.h"

#include "cli/commandline/options.h"

#include "cli/commandline/terminal.h"
#include "report/page/html.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct options options;
static char said[4096];

/* Reads the words behind "wmsdiff" as the command line; what is said goes to `said`. */
static enum options_verdict read_words(size_t n, const char *const *words)
{
	char *argv[8 + 2 * SERIES_MAX] = { (char[]){ "wmsdiff" } };
	/* The texts that the options borrow, until the next words are read. */
	static char *kept[ARRAY_LEN(argv)];
	FILE *file = tmpfile();
	int shown = dup(STDERR_FILENO);

	assert_non_null(file);
	assert_true(n + 2 < ARRAY_LEN(argv));
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		free(kept[i]);
		kept[i] = i < n ? strdup(words[i]) : NULL;
		assert_int_equal(kept[i] != NULL, i < n);
		if (i < n)
			argv[i + 1] = kept[i];
	}
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	optind = 0; /* glibc: from the beginning */
	enum options_verdict verdict = options_read((int)n + 1, argv, &options);
	assert_true(dup2(shown, STDERR_FILENO) >= 0);
	(void)close(shown);
	rewind(file);
	size_t len = fread(said, 1, sizeof(said) - 1, file);
	said[len] = '\0';
	(void)fclose(file);
	return verdict;
}

#define READ(...)                                                                        \
	read_words(sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *),             \
		   (const char *[]){ __VA_ARGS__ })

#define REFUSED(sentence, ...)                                                           \
	do {                                                                             \
		assert_int_equal(READ(__VA_ARGS__), OPTIONS_WRONG);                      \
		assert_string_equal(said, "wmsdiff: " sentence                           \
					  "\nTry 'wmsdiff --help' for more "             \
					  "information.\n");                             \
	} while (0)

static void test_snapshots_alone(void **state)
{
	(void)state;
	assert_int_equal(READ("a", "b", "c"), OPTIONS_RUN);
	assert_string_equal(said, "");
	assert_int_equal(options.n_snapshots, 3);
	assert_string_equal(options.snapshots[0], "a");
	assert_string_equal(options.snapshots[2], "c");
	assert_string_equal(options.output, "-");
	assert_in_range(options.jobs, 1, SERIES_MAX);
	assert_int_equal(options.color, TERMINAL_AUTO);
	assert_int_equal(options.no_progress, 0);
	assert_int_equal(options.restore.format, REGFILE_5_UTF16);
	assert_false(options.full || options.quiet || options.verbose ||
		     options.exit_zero || options.skip_logs || options.no_recover ||
		     options.validate || options.render || options.wants_hives);
	assert_null(options.html);
	assert_null(options.restore.folder);
	assert_null(options.image_folder);
	REFUSED("no snapshot given", "--full");
	REFUSED("no report given", "--validate");
}

static void test_flags_and_texts(void **state)
{
	(void)state;
	assert_int_equal(READ("-qvo", "out.xml", "--full", "--skip-logs", "--no-recover",
			      "--exit-zero", "--case", "c", "--examiner=e", "--note", "n",
			      "a"),
			 OPTIONS_RUN);
	assert_true(options.quiet && options.verbose && options.full &&
		    options.skip_logs && options.no_recover && options.exit_zero);
	assert_string_equal(options.output, "out.xml");
	assert_string_equal(options.case_id, "c");
	assert_string_equal(options.examiner, "e");
	assert_string_equal(options.note, "n");
	assert_int_equal(READ("--mapi32", "6.0", "--system", "s", "--software", "t",
			      "--patterns", "p", "--save-image", "dir", "a"),
			 OPTIONS_RUN);
	assert_string_equal(options.companions.mapi32, "6.0");
	assert_string_equal(options.companions.system.path, "s");
	assert_string_equal(options.companions.software.path, "t");
	assert_string_equal(options.companions.patterns, "p");
	assert_string_equal(options.image_folder, "dir");
	/* The last one counts. */
	assert_int_equal(READ("-o", "one", "--output=two", "a"), OPTIONS_RUN);
	assert_string_equal(options.output, "two");
	/* An operand may look like an option behind "--". */
	assert_int_equal(READ("--", "--full"), OPTIONS_RUN);
	assert_string_equal(options.snapshots[0], "--full");
	assert_false(options.full);
}

/* Lines on standard output leave no room there for a report or a page. */
static void test_format(void **state)
{
	(void)state;
	assert_int_equal(READ("a"), OPTIONS_RUN);
	assert_int_equal(options.format, OPTIONS_NO_FORMAT);
	assert_int_equal(READ("--format", "csv", "a"), OPTIONS_RUN);
	assert_int_equal(options.format, OPTIONS_CSV);
	assert_null(options.output);
	assert_int_equal(
		READ("--format=jsonl", "-o", "x.xml", "--timeline", "t.csv", "a"),
		OPTIONS_RUN);
	assert_int_equal(options.format, OPTIONS_JSONL);
	assert_string_equal(options.output, "x.xml");
	assert_int_equal(READ("--format=jsonl", "--timeline", "t.csv", "a"), OPTIONS_RUN);
	REFUSED("--format takes csv or jsonl: xml", "--format", "xml", "a");
	REFUSED("--format and --output - both write to standard output", "--format",
		"csv", "-o", "-", "a");
	REFUSED("--format and --html - both write to standard output", "--format", "csv",
		"--html", "-", "a");
	REFUSED("--validate and --render read a report and nothing else", "--validate",
		"--format", "csv", "a");
	REFUSED("no snapshot given", "--format", "csv");
}

/* As many as are allowed, and one more. */
static void check_limit(const char *option, size_t most, const size_t *n,
			const char *sentence)
{
	const char *words[2 * SERIES_MAX + 3];
	size_t n_words = 0;

	words[n_words++] = "hive";
	for (size_t i = 0; i < most; i++) {
		words[n_words++] = option;
		words[n_words++] = "x";
	}
	assert_int_equal(read_words(n_words, words), OPTIONS_RUN);
	assert_int_equal(*n, most);
	words[n_words++] = option;
	words[n_words++] = "x";
	assert_int_equal(read_words(n_words, words), OPTIONS_WRONG);
	assert_non_null(strstr(said, sentence));
}

static void test_limits(void **state)
{
	const char *hives[SERIES_MAX + 1];

	(void)state;
	check_limit("--key", 64, &options.n_keys, "too many --key: 64 at most");
	check_limit("--log", 16, &options.n_logs, "too many --log: 16 at most");
	check_limit("--modules", 16, &options.companions.n_listings,
		    "too many --modules: 16 at most");
	check_limit("--events", 8, &options.companions.n_events,
		    "too many --events: 8 at most");
	REFUSED("too many --timeline: 3 at most", "--timeline", "a.csv", "--timeline",
		"b.csv", "--timeline", "c.csv", "--timeline", "d.csv", "hive");
	for (size_t i = 0; i < ARRAY_LEN(hives); i++)
		hives[i] = "hive";
	assert_int_equal(read_words(64, hives), OPTIONS_RUN);
	assert_int_equal(options.n_snapshots, 64);
	assert_int_equal(read_words(65, hives), OPTIONS_WRONG);
	assert_non_null(strstr(said, "too many snapshots: 64 at most"));
}

static void test_lists_keep_their_order(void **state)
{
	(void)state;
	assert_int_equal(READ("--key", "1", "--modules", "m", "a", "--key", "2",
			      "--restore", "d", "--restore-profile", "p",
			      "--restore-profile", "q"),
			 OPTIONS_RUN);
	assert_string_equal(options.keys[0], "1");
	assert_string_equal(options.keys[1], "2");
	assert_string_equal(options.companions.listings[0], "m");
	assert_int_equal(options.restore.n_names, 2);
	assert_string_equal(options.restore.names[1], "q");
}

static void test_jobs(void **state)
{
	static const char *const bad[] = {
		"0", "65", "-1", "x", "", "1x", "99999999999999999999"
	};

	(void)state;
	assert_int_equal(READ("-j", "1", "a"), OPTIONS_RUN);
	assert_int_equal(options.jobs, 1);
	assert_int_equal(READ("--jobs=64", "a"), OPTIONS_RUN);
	assert_int_equal(options.jobs, 64);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		REFUSED("--jobs takes a number from 1 to 64", "--jobs", bad[i], "a");
}

static void test_words(void **state)
{
	(void)state;
	assert_int_equal(READ("--color", "never", "--progress", "never", "a"),
			 OPTIONS_RUN);
	assert_int_equal(options.color, TERMINAL_NEVER);
	assert_int_equal(options.no_progress, 1);
	assert_int_equal(READ("--color=always", "--progress=auto", "a"), OPTIONS_RUN);
	assert_int_equal(options.color, TERMINAL_ALWAYS);
	assert_int_equal(options.no_progress, 0);
	REFUSED("--color takes auto, always or never: nev", "--color", "nev", "a");
	REFUSED("--color takes auto, always or never: auto|always", "--color",
		"auto|always", "a");
	REFUSED("--color takes auto, always or never: ", "--color=", "a");
	REFUSED("--progress takes auto or never: always", "--progress", "always", "a");
	REFUSED("--reg-version takes 5 or 4: 6", "--reg-version", "6", "a");
	REFUSED("--reg-encoding takes utf16le or utf8: utf-8", "--reg-encoding", "utf-8",
		"a");
}

/* Each belongs to the snapshot before it; those before all, to the last. */
static void test_logs(void **state)
{
	(void)state;
	assert_int_equal(
		READ("--log", "0", "a", "--log", "1", "b", "--log", "2", "--log", "3"),
		OPTIONS_RUN);
	assert_int_equal(options.n_logs, 4);
	assert_string_equal(options.logs[0].path, "0");
	assert_int_equal(options.logs[0].snapshot, 1);
	assert_int_equal(options.logs[1].snapshot, 0);
	assert_int_equal(options.logs[2].snapshot, 1);
	assert_int_equal(options.logs[3].snapshot, 1);
	REFUSED("--skip-logs goes neither with --log nor with --save-image",
		"--skip-logs", "a", "--log", "l");
	REFUSED("--skip-logs goes neither with --log nor with --save-image",
		"--skip-logs", "a", "--save-image", "d");
}

static void test_restore(void **state)
{
	char name[1022];

	(void)state;
	assert_int_equal(READ("--restore", "d", "--reg-version", "4", "a"), OPTIONS_RUN);
	assert_int_equal(options.restore.format, REGFILE_4);
	assert_int_equal(READ("--restore", "d", "--reg-encoding", "utf8", "a"),
			 OPTIONS_RUN);
	assert_int_equal(options.restore.format, REGFILE_5_UTF8);
	/* The last one counts here too. */
	assert_int_equal(
		READ("--restore", "d", "--reg-version", "4", "--reg-version", "5", "a"),
		OPTIONS_RUN);
	assert_int_equal(options.restore.format, REGFILE_5_UTF16);
	REFUSED("--reg-encoding utf8 goes with version 5 only", "--restore", "d",
		"--reg-version", "4", "--reg-encoding", "utf8", "a");
	REFUSED("options about .reg files need --restore", "--restore-partial", "a");
	REFUSED("options about .reg files need --restore", "--reg-version", "4", "a");
	memset(name, 'n', sizeof(name));
	name[1021] = '\0';
	assert_int_equal(READ("--restore", "d", "--restore-as", name, "a"),
			 OPTIONS_WRONG);
	name[1020] = '\0';
	assert_int_equal(READ("--restore", "d", "--restore-as", name, "a"), OPTIONS_RUN);
	REFUSED("--restore-as takes the name of a key: a\\b", "--restore", "d",
		"--restore-as", "a\\b", "a");
}

static void test_roots(void **state)
{
	static const char *const good[] = { "HKEY_CURRENT_USER", "HKEY_USERS\\.DEFAULT",
					    "HKEY_LOCAL_MACHINE\\x\\y" };
	static const char *const bad[] = { "",
					   "HKEY_CURRENT_USER\\x",
					   "HKEY_USERS\\",
					   "HKEY_USERS\\a\\\\b",
					   "HKEY_USERS\\a\\",
					   "hkey_users\\a" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		assert_int_equal(READ("--restore", "d", "--restore-root", good[i], "a"),
				 OPTIONS_RUN);
		assert_string_equal(options.restore.root, good[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(READ("--restore", "d", "--restore-root", bad[i], "a"),
				 OPTIONS_WRONG);
		assert_non_null(strstr(said, "--restore-root takes a key such as "
					     "HKEY_USERS\\.DEFAULT"));
	}
}

static void test_timelines(void **state)
{
	(void)state;
	assert_int_equal(READ("--timeline", "a.jsonl", "--timeline", "a.csv",
			      "--timeline", "a.body", "a"),
			 OPTIONS_RUN);
	assert_int_equal(options.n_timelines, 3);
	REFUSED("--timeline takes a file that ends in .jsonl, .csv or .body: a.txt",
		"--timeline", "a.txt", "a");
	REFUSED("the same file would be written twice: a.csv", "--timeline", "a.csv",
		"--timeline", "a.csv", "a");
	REFUSED("the same file would be written twice: a.csv", "--timeline", "a.csv",
		"-o", "a.csv", "a");
}

static void test_reports_again(void **state)
{
	(void)state;
	assert_int_equal(READ("--validate", "-qv", "--color", "never", "r.xml"),
			 OPTIONS_RUN);
	assert_true(options.validate);
	/* Of no use there, and no harm. */
	assert_int_equal(READ("--validate", "-j", "2", "--exit-zero", "-o", "-", "r"),
			 OPTIONS_RUN);
	REFUSED("--validate and --render take one report", "--validate", "a", "b");
	REFUSED("--validate and --render read a report and nothing else", "--validate",
		"-o", "x", "a");
	REFUSED("--validate and --render read a report and nothing else", "--validate",
		"--full", "a");
	REFUSED("--validate and --render read a report and nothing else", "--validate",
		"--note", "n", "a");
	REFUSED("--render needs --html", "--render", "a");
	if (!html_library_version())
		return;
	assert_int_equal(READ("--render", "--html", "p", "a"), OPTIONS_RUN);
	assert_true(options.render && !options.wants_hives);
	REFUSED("--validate makes no page: add --render", "--validate", "--html", "p",
		"a");
	REFUSED("--html and --output name the same file: p", "--html", "p", "-o", "p",
		"a");
}

/* Of the file that is named next, whether by itself or by an option; each told once. */
static void test_custody(void **state)
{
	(void)state;
	assert_int_equal(READ("a", "--evidence-number", "7", "--received-from", "x", "b",
			      "--received-at", "noon", "--log", "l", "--received-at", "",
			      "--events", "e", "--evidence-number", "8", "--", "--c"),
			 OPTIONS_RUN);
	assert_int_equal(options.n_custodies, 4);
	assert_string_equal(options.custodies[0].path, "b");
	assert_string_equal(options.custodies[0].evidence_number, "7");
	assert_string_equal(options.custodies[0].received_from, "x");
	assert_null(options.custodies[0].received_at);
	assert_string_equal(options.custodies[1].path, "l");
	assert_string_equal(options.custodies[1].received_at, "noon");
	assert_null(options.custodies[1].evidence_number);
	assert_string_equal(options.custodies[2].path, "e");
	assert_string_equal(options.custodies[2].received_at, "");
	assert_string_equal(options.custodies[3].path, "--c");
	/* What an option takes that is no file is not named. */
	assert_int_equal(READ("--evidence-number", "7", "--note", "n", "-o", "r", "a"),
			 OPTIONS_RUN);
	assert_int_equal(options.n_custodies, 1);
	assert_string_equal(options.custodies[0].path, "a");
	REFUSED("--evidence-number, --received-from and --received-at stand before the "
		"file that they are of",
		"a", "--received-at", "noon");
	REFUSED("--received-at is given twice for one file: 2", "--received-at", "1",
		"--received-at", "2", "a");
	REFUSED("--evidence-number and the like are given twice for: a", "--received-at",
		"1", "a", "--received-at", "2", "a");
}

static void test_manifest(void **state)
{
	(void)state;
	assert_int_equal(READ("--manifest", "m", "--sign-with", "gpg -b", "a"),
			 OPTIONS_RUN);
	assert_string_equal(options.manifest, "m");
	assert_string_equal(options.sign_with, "gpg -b");
	assert_int_equal(READ("--manifest", "d/m", "a"), OPTIONS_RUN);
	REFUSED("--manifest takes the name of a file", "--manifest", "-", "a");
	REFUSED("--manifest takes the name of a file", "--manifest", "", "a");
	REFUSED("--sign-with signs the manifest: name it with --manifest", "--sign-with",
		"x", "a");
	REFUSED("--sign-with takes a command", "--manifest", "m", "--sign-with", "", "a");
	REFUSED("with --output-dir, names of outputs have no folder: d/m", "--output-dir",
		"o", "--manifest", "d/m", "a");
}

static void test_what_getopt_refuses(void **state)
{
	(void)state;
	REFUSED("unrecognized option: --nothing", "--nothing", "a");
	REFUSED("unrecognized option: -x", "-x", "a");
	REFUSED("ambiguous option: --re", "--re", "a");
	REFUSED("option requires an argument: --key", "a", "--key");
	REFUSED("option requires an argument: -o", "a", "-o");
	REFUSED("option doesn't allow an argument: --full=1", "--full=1", "a");
	/* What acts on a terminal is shown, not sent. */
	REFUSED("unrecognized option: --a\xEF\xBF\xBD[31m", "--a\033[31m", "a");
	/* An abbreviation that fits one option only is GNU's convention. */
	assert_int_equal(READ("--exa", "me", "a"), OPTIONS_RUN);
	assert_string_equal(options.examiner, "me");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshots_alone),
		cmocka_unit_test(test_flags_and_texts),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_lists_keep_their_order),
		cmocka_unit_test(test_jobs),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_logs),
		cmocka_unit_test(test_restore),
		cmocka_unit_test(test_roots),
		cmocka_unit_test(test_timelines),
		cmocka_unit_test(test_reports_again),
		cmocka_unit_test(test_custody),
		cmocka_unit_test(test_manifest),
		cmocka_unit_test(test_what_getopt_refuses),
	};

	return UNIT_RUN(tests);
}
