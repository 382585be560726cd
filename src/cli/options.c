/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the command line: GNU conventions, no abbreviations of our own. */
#include "cli/options.h"

#include "base/failure.h"
#include "cli/help.h"
#include "report/page/html.h"
#include "report/timeline/timeline.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	OPTION_OPERAND = 1, /* what getopt gives for an argument that is no option */
	OPTION_KEY = 256,
	OPTION_HTML,
	OPTION_VALIDATE,
	OPTION_RENDER,
	OPTION_LOG,
	OPTION_SKIP_LOGS,
	OPTION_SAVE_IMAGE,
	OPTION_NO_RECOVER,
	OPTION_FULL,
	OPTION_TIMELINE,
	OPTION_CASE,
	OPTION_EXAMINER,
	OPTION_NOTE,
	OPTION_MAPI32,
	OPTION_MODULES,
	OPTION_SYSTEM,
	OPTION_SOFTWARE,
	OPTION_EVENTS,
	OPTION_PATTERNS,
	OPTION_RESTORE,
	OPTION_RESTORE_ROOT,
	OPTION_RESTORE_AS,
	OPTION_RESTORE_PROFILE,
	OPTION_RESTORE_PARTIAL,
	OPTION_REG_VERSION,
	OPTION_REG_ENCODING,
	OPTION_EXIT_ZERO,
	OPTION_COLOR,
	OPTION_PROGRESS,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option long_options[] = {
	{ "output", required_argument, NULL, 'o' },
	{ "html", required_argument, NULL, OPTION_HTML },
	{ "validate", no_argument, NULL, OPTION_VALIDATE },
	{ "render", no_argument, NULL, OPTION_RENDER },
	{ "key", required_argument, NULL, OPTION_KEY },
	{ "log", required_argument, NULL, OPTION_LOG },
	{ "skip-logs", no_argument, NULL, OPTION_SKIP_LOGS },
	{ "save-image", required_argument, NULL, OPTION_SAVE_IMAGE },
	{ "no-recover", no_argument, NULL, OPTION_NO_RECOVER },
	{ "full", no_argument, NULL, OPTION_FULL },
	{ "timeline", required_argument, NULL, OPTION_TIMELINE },
	{ "mapi32", required_argument, NULL, OPTION_MAPI32 },
	{ "modules", required_argument, NULL, OPTION_MODULES },
	{ "system", required_argument, NULL, OPTION_SYSTEM },
	{ "software", required_argument, NULL, OPTION_SOFTWARE },
	{ "events", required_argument, NULL, OPTION_EVENTS },
	{ "patterns", required_argument, NULL, OPTION_PATTERNS },
	{ "restore", required_argument, NULL, OPTION_RESTORE },
	{ "restore-root", required_argument, NULL, OPTION_RESTORE_ROOT },
	{ "restore-as", required_argument, NULL, OPTION_RESTORE_AS },
	{ "restore-profile", required_argument, NULL, OPTION_RESTORE_PROFILE },
	{ "restore-partial", no_argument, NULL, OPTION_RESTORE_PARTIAL },
	{ "reg-version", required_argument, NULL, OPTION_REG_VERSION },
	{ "reg-encoding", required_argument, NULL, OPTION_REG_ENCODING },
	{ "case", required_argument, NULL, OPTION_CASE },
	{ "examiner", required_argument, NULL, OPTION_EXAMINER },
	{ "note", required_argument, NULL, OPTION_NOTE },
	{ "jobs", required_argument, NULL, 'j' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "exit-zero", no_argument, NULL, OPTION_EXIT_ZERO },
	{ "color", required_argument, NULL, OPTION_COLOR },
	{ "progress", required_argument, NULL, OPTION_PROGRESS },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ NULL, 0, NULL, 0 },
};

static enum options_verdict wrong(const char *message, const char *argument)
{
	char shown[4200] = "";

	if (argument)
		failure_path(argument, shown, sizeof(shown));
	terminal_complain("%s%s%s", message, argument ? ": " : "", shown);
	fputs("Try 'wmsdiff --help' for more information.\n", stderr);
	return OPTIONS_WRONG;
}

/* A number from 1 to 64, or 0 if the text is none. */
static unsigned read_jobs(const char *text)
{
	char *end = NULL;
	unsigned long number;

	errno = 0;
	number = strtoul(text, &end, 10);
	if (errno || end == text || *end || text[0] == '-' || number > SERIES_MAX)
		return 0;
	return (unsigned)number;
}

static unsigned default_jobs(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > SERIES_MAX ? SERIES_MAX : (unsigned)n;
}

static enum options_verdict add_snapshot(const char *path, struct options *out)
{
	if (out->n_snapshots == SERIES_MAX)
		return wrong("too many snapshots: 64 at most", NULL);
	out->snapshots[out->n_snapshots++] = path;
	return OPTIONS_RUN;
}

static enum options_verdict add_path(const char **paths, size_t *n, size_t max,
				     const char *message)
{
	if (*n == max)
		return wrong(message, NULL);
	paths[(*n)++] = optarg;
	return OPTIONS_RUN;
}

/* Options that name evidence beside the hives.  OPTIONS_DONE: it is none of them. */
static enum options_verdict read_companion(int option, struct companions_source *out)
{
	switch (option) {
	case OPTION_MAPI32:
		out->mapi32 = optarg;
		return OPTIONS_RUN;
	case OPTION_MODULES:
		return add_path(out->listings, &out->n_listings, COMPANIONS_MAX_LISTINGS,
				"too many --modules: 16 at most");
	case OPTION_SYSTEM:
		out->system.path = optarg;
		return OPTIONS_RUN;
	case OPTION_SOFTWARE:
		out->software.path = optarg;
		return OPTIONS_RUN;
	case OPTION_EVENTS:
		return add_path(out->events, &out->n_events, COMPANIONS_MAX_EVENTS,
				"too many --events: 8 at most");
	case OPTION_PATTERNS:
		out->patterns = optarg;
		return OPTIONS_RUN;
	default:
		return OPTIONS_DONE;
	}
}

static enum options_verdict set_format(struct options *out, int option)
{
	struct restore_options *restore = &out->restore;

	if (option == OPTION_REG_VERSION && strcmp(optarg, "4") == 0)
		restore->format = REGFILE_4;
	else if (option == OPTION_REG_ENCODING && strcmp(optarg, "utf8") == 0)
		out->reg_utf8 = true;
	else if (strcmp(optarg, option == OPTION_REG_VERSION ? "5" : "utf16le") != 0)
		return wrong(option == OPTION_REG_VERSION
				     ? "--reg-version takes 5 or 4"
				     : "--reg-encoding takes utf16le or utf8",
			     NULL);
	return OPTIONS_RUN;
}

/* Options about .reg files.  OPTIONS_DONE: it is none of them. */
static enum options_verdict read_restore(int option, struct options *out)
{
	struct restore_options *restore = &out->restore;

	switch (option) {
	case OPTION_RESTORE:
		restore->folder = optarg;
		return OPTIONS_RUN;
	case OPTION_RESTORE_ROOT:
		restore->root = optarg;
		return OPTIONS_RUN;
	case OPTION_RESTORE_AS:
		restore->as = optarg;
		return OPTIONS_RUN;
	case OPTION_RESTORE_PROFILE:
		return add_path(out->restore_names, &restore->n_names, OPTIONS_MAX_KEYS,
				"too many --restore-profile: 64 at most");
	case OPTION_RESTORE_PARTIAL:
		restore->partial = true;
		return OPTIONS_RUN;
	case OPTION_REG_VERSION:
	case OPTION_REG_ENCODING:
		return set_format(out, option);
	default:
		return OPTIONS_DONE;
	}
}

/* What is wrong with an option that getopt does not take. */
static const char *fault_of(const char *given)
{
	const char *name = given + 2;
	size_t len = strcspn(name, "="), n = 0;

	if (strncmp(given, "--", 2) != 0)
		return "unrecognized option";
	for (const struct option *option = long_options; option->name; option++) {
		if (strncmp(option->name, name, len) != 0)
			continue;
		if (option->name[len] == '\0')
			return "option doesn't allow an argument";
		n++;
	}
	return n == 0	? "unrecognized option"
	       : n == 1 ? "option doesn't allow an argument"
			: "ambiguous option";
}

/* given: the argument as it stands on the command line. */
static enum options_verdict read_option(int option, const char *given,
					struct options *out)
{
	enum options_verdict verdict = read_companion(option, &out->companions);

	if (verdict == OPTIONS_DONE)
		verdict = read_restore(option, out);
	if (verdict != OPTIONS_DONE)
		return verdict;
	switch (option) {
	case OPTION_OPERAND:
		return add_snapshot(optarg, out);
	case 'o':
		out->output = optarg;
		return OPTIONS_RUN;
	case OPTION_HTML:
		out->html = optarg;
		return OPTIONS_RUN;
	case OPTION_VALIDATE:
		out->validate = true;
		return OPTIONS_RUN;
	case OPTION_RENDER:
		out->render = true;
		return OPTIONS_RUN;
	case OPTION_KEY:
		if (out->n_keys == OPTIONS_MAX_KEYS)
			return wrong("too many --key: 64 at most", NULL);
		out->keys[out->n_keys++] = optarg;
		return OPTIONS_RUN;
	case OPTION_LOG:
		if (out->n_logs == REPLAY_MAX_LOGS)
			return wrong("too many --log: 16 at most", NULL);
		/* That of the snapshot before it; before all of them, of the last. */
		out->logs[out->n_logs++] =
			(struct options_log){ optarg, out->n_snapshots - 1 };
		return OPTIONS_RUN;
	case OPTION_SKIP_LOGS:
		out->skip_logs = true;
		return OPTIONS_RUN;
	case OPTION_SAVE_IMAGE:
		out->image_folder = optarg;
		return OPTIONS_RUN;
	case OPTION_NO_RECOVER:
		out->no_recover = true;
		return OPTIONS_RUN;
	case OPTION_FULL:
		out->full = true;
		return OPTIONS_RUN;
	case OPTION_TIMELINE:
		return add_path(out->timelines, &out->n_timelines, OPTIONS_MAX_TIMELINES,
				"too many --timeline: 3 at most");
	case OPTION_CASE:
		out->case_id = optarg;
		return OPTIONS_RUN;
	case OPTION_EXAMINER:
		out->examiner = optarg;
		return OPTIONS_RUN;
	case OPTION_NOTE:
		out->note = optarg;
		return OPTIONS_RUN;
	case 'j':
		out->jobs = read_jobs(optarg);
		return out->jobs ? OPTIONS_RUN
				 : wrong("--jobs takes a number from 1 to 64", NULL);
	case 'q':
		out->quiet = true;
		return OPTIONS_RUN;
	case 'v':
		out->verbose = true;
		return OPTIONS_RUN;
	case OPTION_EXIT_ZERO:
		out->exit_zero = true;
		return OPTIONS_RUN;
	case OPTION_COLOR:
		return terminal_read_when(optarg, &out->color)
			       ? OPTIONS_RUN
			       : wrong("--color takes auto, always or never", optarg);
	case OPTION_PROGRESS:
		return terminal_read_when(optarg, &out->progress) &&
				       out->progress != TERMINAL_ALWAYS
			       ? OPTIONS_RUN
			       : wrong("--progress takes auto or never", optarg);
	case OPTION_HELP:
		help_print();
		return OPTIONS_DONE;
	case OPTION_VERSION:
		help_print_version();
		return OPTIONS_DONE;
	case ':':
		return wrong("option requires an argument", given);
	default:
		return wrong(fault_of(given), given);
	}
}

/* A name that a registry key can have: no path, and of the length that one takes. */
static bool is_key_name(const char *name)
{
	return *name && !strchr(name, '\\') && strlen(name) <= OPTIONS_MAX_NAME;
}

/* True for a key below which a user's hive can stand while Windows runs. */
static bool is_root(const char *root)
{
	static const char *const below[] = { "HKEY_USERS\\", "HKEY_LOCAL_MACHINE\\" };
	size_t len = strlen(root);

	if (len > OPTIONS_MAX_NAME || strpbrk(root, "\r\n") || strstr(root, "\\\\") ||
	    (len > 0 && root[len - 1] == '\\'))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(below); i++)
		if (strncmp(root, below[i], strlen(below[i])) == 0)
			return true;
	return strcmp(root, "HKEY_CURRENT_USER") == 0;
}

static enum options_verdict check_restore(struct options *out)
{
	struct restore_options *restore = &out->restore;

	restore->names = out->restore_names;
	if (!restore->folder &&
	    (restore->root || restore->as || restore->n_names || restore->partial ||
	     restore->format != REGFILE_5_UTF16 || out->reg_utf8))
		return wrong("options about .reg files need --restore", NULL);
	if (out->reg_utf8 && restore->format == REGFILE_4)
		return wrong("--reg-encoding utf8 goes with version 5 only", NULL);
	if (out->reg_utf8)
		restore->format = REGFILE_5_UTF8;
	if (restore->as && !is_key_name(restore->as))
		return wrong("--restore-as takes the name of a key", restore->as);
	if (restore->root && !is_root(restore->root))
		return wrong("--restore-root takes a key such as HKEY_USERS\\.DEFAULT",
			     restore->root);
	return OPTIONS_RUN;
}

/* Each has an ending that tells its format, and is written by nothing else. */
static enum options_verdict check_timelines(const struct options *out)
{
	for (size_t i = 0; i < out->n_timelines; i++) {
		const char *path = out->timelines[i];
		bool twice = strcmp(path, out->output) == 0 ||
			     (out->html && strcmp(path, out->html) == 0);
		if (timeline_format_of(path) == TIMELINE_NO_FORMAT)
			return wrong("--timeline takes a file that ends in .jsonl, .csv "
				     "or .body",
				     path);
		for (size_t k = 0; k < i; k++)
			twice |= strcmp(path, out->timelines[k]) == 0;
		if (twice)
			return wrong("the same file would be written twice", path);
	}
	return OPTIONS_RUN;
}

/* True if anything was given that only a run over hives can use. */
static bool has_evidence(const struct options *out)
{
	const struct companions_source *beside = &out->companions;

	return out->n_keys > 0 || out->n_logs > 0 || out->skip_logs ||
	       out->image_folder || out->restore.folder || out->case_id ||
	       out->examiner || out->note || beside->mapi32 || beside->n_listings > 0 ||
	       beside->system.path || beside->software.path || beside->n_events > 0 ||
	       beside->patterns || out->full || out->no_recover || out->n_timelines > 0;
}

static enum options_verdict check_page(const struct options *out)
{
	bool rereads = out->validate || out->render;

	if (out->html && !html_library_version())
		return wrong("this wmsdiff was built without HTML", "--html");
	if (out->render && !out->html)
		return wrong("--render needs --html", NULL);
	if (out->validate && out->html && !out->render)
		return wrong("--validate makes no page: add --render", NULL);
	if (rereads && out->n_snapshots != 1)
		return wrong("--validate and --render take one report", NULL);
	if (rereads && (strcmp(out->output, "-") != 0 || has_evidence(out)))
		return wrong("--validate and --render read a report and nothing else",
			     NULL);
	if (out->html && !rereads && strcmp(out->html, out->output) == 0)
		return wrong("--html and --output name the same file", out->html);
	return OPTIONS_RUN;
}

enum options_verdict options_read(int argc, char *argv[], struct options *out)
{
	int option;

	*out = (struct options){ .output = "-", .jobs = default_jobs() };
	/*
	 * "-": arguments come in the order given, since --log refers to the one
	 * before.  ":": what is wrong is told here, with nothing that could act on
	 * a terminal.
	 */
	opterr = 0;
	while ((option = getopt_long(argc, argv, "-:o:j:qv", long_options, NULL)) != -1) {
		enum options_verdict verdict = read_option(option, argv[optind - 1], out);
		if (verdict != OPTIONS_RUN)
			return verdict;
	}
	for (int i = optind; i < argc; i++)
		if (add_snapshot(argv[i], out) != OPTIONS_RUN)
			return OPTIONS_WRONG;
	if (out->n_snapshots == 0)
		return wrong(out->validate || out->render ? "no report given"
							  : "no snapshot given",
			     NULL);
	if (check_page(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	if (out->skip_logs && (out->n_logs > 0 || out->image_folder))
		return wrong("--skip-logs goes neither with --log nor with --save-image",
			     NULL);
	if (check_restore(out) != OPTIONS_RUN || check_timelines(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	for (size_t i = 0; i < out->n_logs; i++)
		if (out->logs[i].snapshot == SIZE_MAX)
			out->logs[i].snapshot = out->n_snapshots - 1;
	return OPTIONS_RUN;
}
