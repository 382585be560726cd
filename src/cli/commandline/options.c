/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the command line by the table of options: GNU conventions. */
#include "cli/commandline/options.h"

#include "base/failure.h"
#include "cli/commandline/help.h"
#include "cli/commandline/optiontable.h"
#include "cli/commandline/terminal.h"
#include "report/page/html.h"
#include "report/timeline/timeline.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What getopt gives: for an argument that is no option, and for the first of the table. */
#define OPTION_OPERAND 1
#define OPTION_FIRST 256

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

/* A file is named: what was told before of the one that is named next is of it. */
static enum options_verdict take_custody(const char *path, struct options *out)
{
	struct custody *custody = &out->custody;

	if (!custody_is_given(custody))
		return OPTIONS_RUN;
	if (out->n_custodies == OPTIONS_MAX_CUSTODIES)
		return wrong("too many files with an evidence number and the like: 256 "
			     "at most",
			     NULL);
	if (custody_of(out->custodies, out->n_custodies, path))
		return wrong("--evidence-number and the like are given twice for", path);
	custody->path = path;
	out->custodies[out->n_custodies++] = *custody;
	*custody = (struct custody){ 0 };
	return OPTIONS_RUN;
}

static enum options_verdict add_snapshot(const char *path, struct options *out)
{
	if (out->n_snapshots == SERIES_MAX)
		return wrong("too many snapshots: 64 at most", NULL);
	out->snapshots[out->n_snapshots++] = path;
	return take_custody(path, out);
}

/* ---- one option ---- */

static enum options_verdict too_many(const struct optiontable_row *row)
{
	char message[64];

	(void)snprintf(message, sizeof(message), "too many --%s: %zu at most", row->name,
		       row->most);
	return wrong(message, NULL);
}

static enum options_verdict add_text(const struct optiontable_row *row,
				     const char **texts, size_t *n)
{
	if (*n == row->most)
		return too_many(row);
	texts[(*n)++] = optarg;
	return OPTIONS_RUN;
}

/* Of the snapshot before it; before all of them, of the last. */
static enum options_verdict add_log(const struct optiontable_row *row,
				    struct options *out)
{
	if (out->n_logs == row->most)
		return too_many(row);
	out->logs[out->n_logs++] = (struct options_log){ optarg, out->n_snapshots - 1 };
	return OPTIONS_RUN;
}

/* "--color takes auto, always or never" */
static enum options_verdict no_such_word(const struct optiontable_row *row)
{
	char message[128];
	int n = snprintf(message, sizeof(message), "--%s takes ", row->name);

	for (const char *word = row->words; *word && n < (int)sizeof(message);) {
		size_t len = strcspn(word, "|");
		const char *next = word + len + (word[len] == '|');
		n += snprintf(message + n, sizeof(message) - (size_t)n, "%.*s%s",
			      (int)len, word,
			      !*next		  ? ""
			      : strchr(next, '|') ? ", "
						  : " or ");
		word = next;
	}
	return wrong(message, optarg);
}

static enum options_verdict read_word(const struct optiontable_row *row, unsigned *out)
{
	const char *word = row->words;

	for (unsigned i = 0; *word; i++) {
		size_t len = strcspn(word, "|");
		if (strlen(optarg) == len && strncmp(word, optarg, len) == 0) {
			*out = i;
			return OPTIONS_RUN;
		}
		word += len + (word[len] == '|');
	}
	return no_such_word(row);
}

/* Of one file, once: which of two is right nobody could tell. */
static enum options_verdict read_custody(const struct optiontable_row *row,
					 const char **at)
{
	char message[64];

	if (*at) {
		(void)snprintf(message, sizeof(message),
			       "--%s is given twice for one file", row->name);
		return wrong(message, optarg);
	}
	*at = optarg;
	return OPTIONS_RUN;
}

static enum options_verdict read_value(const struct optiontable_row *row,
				       struct options *out)
{
	void *at = (char *)out + row->at;

	out->wants_hives |= row->run == OPTIONTABLE_HIVES;
	switch (row->kind) {
	case OPTIONTABLE_FLAG:
		*(bool *)at = true;
		return OPTIONS_RUN;
	case OPTIONTABLE_TEXT:
		*(const char **)at = optarg;
		return OPTIONS_RUN;
	case OPTIONTABLE_LIST:
		return add_text(row, at, (size_t *)(void *)((char *)out + row->count_at));
	case OPTIONTABLE_WORDS:
		return read_word(row, at);
	case OPTIONTABLE_JOBS:
		out->jobs = read_jobs(optarg);
		return out->jobs ? OPTIONS_RUN
				 : wrong("--jobs takes a number from 1 to 64", NULL);
	case OPTIONTABLE_LOG:
		return add_log(row, out);
	case OPTIONTABLE_CUSTODY:
		return read_custody(row, at);
	case OPTIONTABLE_HELP:
		help_print();
		return OPTIONS_DONE;
	case OPTIONTABLE_VERSION:
		help_print_version();
		return OPTIONS_DONE;
	}
	return OPTIONS_WRONG;
}

static enum options_verdict read_row(const struct optiontable_row *row,
				     struct options *out)
{
	enum options_verdict verdict = read_value(row, out);

	return verdict == OPTIONS_RUN && row->is_input ? take_custody(optarg, out)
						       : verdict;
}

/* What is wrong with an option that getopt does not take. */
static const char *fault_of(const char *given)
{
	const char *name = given + 2;
	size_t len = strcspn(name, "="), n = 0;

	if (strncmp(given, "--", 2) != 0)
		return "unrecognized option";
	for (size_t i = 0; i < optiontable_n; i++) {
		if (strncmp(optiontable[i].name, name, len) != 0)
			continue;
		if (optiontable[i].name[len] == '\0')
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
	if (option == OPTION_OPERAND)
		return add_snapshot(optarg, out);
	if (option == ':')
		return wrong("option requires an argument", given);
	if (option >= OPTION_FIRST)
		return read_row(&optiontable[option - OPTION_FIRST], out);
	for (size_t i = 0; i < optiontable_n; i++)
		if (option != '?' && optiontable[i].letter == option)
			return read_row(&optiontable[i], out);
	return wrong(fault_of(given), given);
}

/* The table as getopt_long() wants it: letters has room for 3 of each and 3 more. */
static void for_getopt(struct option *longs, char *letters)
{
	/*
	 * "-": arguments come in the order given, since --log refers to the one
	 * before.  ":": what is wrong is told here, with nothing that could act on
	 * a terminal.
	 */
	*letters++ = '-';
	*letters++ = ':';
	for (size_t i = 0; i < optiontable_n; i++) {
		const struct optiontable_row *row = &optiontable[i];
		longs[i] = (struct option){
			.name = row->name,
			.has_arg = row->argument ? required_argument : no_argument,
			.val = OPTION_FIRST + (int)i,
		};
		if (!row->letter)
			continue;
		*letters++ = row->letter;
		if (row->argument)
			*letters++ = ':';
	}
	longs[optiontable_n] = (struct option){ 0 };
	*letters = '\0';
}

/* ---- what goes together ---- */

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
	if (!restore->folder && (restore->root || restore->as || restore->n_names ||
				 restore->partial || out->reg_4 || out->reg_utf8))
		return wrong("options about .reg files need --restore", NULL);
	if (out->reg_utf8 && out->reg_4)
		return wrong("--reg-encoding utf8 goes with version 5 only", NULL);
	restore->format = out->reg_4	  ? REGFILE_4
			  : out->reg_utf8 ? REGFILE_5_UTF8
					  : REGFILE_5_UTF16;
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
		bool twice = (out->output && strcmp(path, out->output) == 0) ||
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
	if (rereads &&
	    (!out->output || strcmp(out->output, "-") != 0 || out->wants_hives))
		return wrong("--validate and --render read a report and nothing else",
			     NULL);
	if (out->html && !rereads && out->output && strcmp(out->html, out->output) == 0)
		return wrong("--html and --output name the same file", out->html);
	return OPTIONS_RUN;
}

/* The lines of --format have standard output for themselves: no report goes there unasked. */
static enum options_verdict check_format(struct options *out)
{
	out->asks_report = out->output != NULL;
	if (out->format == OPTIONS_NO_FORMAT) {
		out->output = out->output ? out->output : "-";
		return OPTIONS_RUN;
	}
	if (out->output && strcmp(out->output, "-") == 0)
		return wrong("--format and --output - both write to standard output",
			     NULL);
	if (out->html && strcmp(out->html, "-") == 0)
		return wrong("--format and --html - both write to standard output", NULL);
	return OPTIONS_RUN;
}

/* A name inside of a folder, not a way to another one. */
static bool is_plain_name(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, "-") != 0 &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* With a folder for all, what is written stands in each subject's own. */
static enum options_verdict check_folder(const struct options *out)
{
	const char *names[5 + OPTIONS_MAX_TIMELINES];
	size_t n = 0;

	if (!out->output_dir)
		return OPTIONS_RUN;
	if (!*out->output_dir)
		return wrong("--output-dir takes a folder", NULL);
	if (out->output && strcmp(out->output, "-") != 0)
		names[n++] = out->output;
	if (out->html)
		names[n++] = out->html;
	if (out->restore.folder)
		names[n++] = out->restore.folder;
	if (out->image_folder)
		names[n++] = out->image_folder;
	if (out->manifest)
		names[n++] = out->manifest;
	for (size_t i = 0; i < out->n_timelines; i++)
		names[n++] = out->timelines[i];
	for (size_t i = 0; i < n; i++)
		if (!is_plain_name(names[i]))
			return wrong("with --output-dir, names of outputs have no folder",
				     names[i]);
	return OPTIONS_RUN;
}

/* A named zone is loaded here, while the program may still read tzdata. */
static enum options_verdict check_zone(struct options *out)
{
	if (!out->time_zone || strcmp(out->time_zone, OPTIONS_SYSTEM_ZONE) == 0)
		return OPTIONS_RUN;
	enum status status = timezone_named(out->time_zone, &out->named_zone);
	if (status == STATUS_OK)
		return OPTIONS_RUN;
	if (status == STATUS_NOMEM)
		return wrong("out of memory", NULL);
	return wrong("the system's tzdata has no such time zone (a name like "
		     "Europe/Berlin, or 'system')",
		     out->time_zone);
}

/* What holds raw data of the evidence goes to nobody who must not have the names in it. */
static enum options_verdict check_redaction(const struct options *out)
{
	if (out->redact_list && !out->redacts)
		return wrong("--redact-list needs --redact", NULL);
	if (out->redacts && out->restore.folder)
		return wrong("--redact goes without --restore: .reg files hold all that "
			     "a profile has",
			     NULL);
	if (out->redacts && out->image_folder)
		return wrong("--redact goes without --save-image: hives hold all", NULL);
	if (out->redacts && out->manifest)
		return wrong("--redact goes without --manifest: that names all files as "
			     "they are called",
			     NULL);
	if (!out->redact_list)
		return OPTIONS_RUN;
	bool twice = (out->output && strcmp(out->redact_list, out->output) == 0) ||
		     (out->html && strcmp(out->redact_list, out->html) == 0);
	for (size_t i = 0; i < out->n_timelines; i++)
		twice |= strcmp(out->redact_list, out->timelines[i]) == 0;
	if (twice)
		return wrong("the same file would be written twice", out->redact_list);
	if (strcmp(out->redact_list, "-") == 0)
		return wrong("--redact-list takes a file", out->redact_list);
	return OPTIONS_RUN;
}

static enum options_verdict check_record(const struct options *out)
{
	if (custody_is_given(&out->custody))
		return wrong("--evidence-number, --received-from and --received-at stand "
			     "before the file that they are of",
			     NULL);
	if (out->sign_with && !out->manifest)
		return wrong("--sign-with signs the manifest: name it with --manifest",
			     NULL);
	if (out->sign_with && !*out->sign_with)
		return wrong("--sign-with takes a command", NULL);
	if (out->manifest && (!*out->manifest || strcmp(out->manifest, "-") == 0))
		return wrong("--manifest takes the name of a file", NULL);
	return OPTIONS_RUN;
}

/* What each check says of the options; the first that refuses them is told. */
static enum options_verdict check_all(struct options *out)
{
	if (out->n_snapshots == 0)
		return wrong(out->validate || out->render ? "no report given"
							  : "no snapshot given",
			     NULL);
	if (check_format(out) != OPTIONS_RUN || check_page(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	if (out->skip_logs && (out->n_logs > 0 || out->image_folder))
		return wrong("--skip-logs goes neither with --log nor with --save-image",
			     NULL);
	if (check_restore(out) != OPTIONS_RUN || check_folder(out) != OPTIONS_RUN ||
	    check_zone(out) != OPTIONS_RUN || check_redaction(out) != OPTIONS_RUN ||
	    check_record(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	return check_timelines(out);
}

enum options_verdict options_read(int argc, char *argv[], struct options *out)
{
	static struct option longs[OPTION_FIRST];
	static char letters[3 * OPTION_FIRST];
	int option;

	*out = (struct options){ .format = OPTIONS_NO_FORMAT, .jobs = default_jobs() };
	for_getopt(longs, letters);
	opterr = 0;
	while ((option = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		enum options_verdict verdict = read_option(option, argv[optind - 1], out);
		if (verdict != OPTIONS_RUN)
			return verdict;
	}
	for (int i = optind; i < argc; i++)
		if (add_snapshot(argv[i], out) != OPTIONS_RUN)
			return OPTIONS_WRONG;
	if (check_all(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	for (size_t i = 0; i < out->n_logs; i++)
		if (out->logs[i].snapshot == SIZE_MAX)
			out->logs[i].snapshot = out->n_snapshots - 1;
	return OPTIONS_RUN;
}
