/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the command line by the table of options: GNU conventions. */
#include "cli/commandline/options.h"

#include "base/failure.h"
#include "cli/commandline/help.h"
#include "cli/commandline/optionscheck.h"
#include "cli/commandline/optiontable.h"
#include "cli/commandline/terminal.h"

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
		return optionscheck_wrong(
			"too many files with an evidence number and the like: 256 "
			"at most",
			NULL);
	if (custody_of(out->custodies, out->n_custodies, path))
		return optionscheck_wrong(
			"--evidence-number and the like are given twice for", path);
	custody->path = path;
	out->custodies[out->n_custodies++] = *custody;
	*custody = (struct custody){ 0 };
	return OPTIONS_RUN;
}

static enum options_verdict add_snapshot(const char *path, struct options *out)
{
	if (out->n_snapshots == SERIES_MAX)
		return optionscheck_wrong("too many snapshots: 64 at most", NULL);
	out->snapshots[out->n_snapshots++] = path;
	return take_custody(path, out);
}

/* ---- one option ---- */

static enum options_verdict too_many(const struct optiontable_row *row)
{
	char message[64];

	(void)snprintf(message, sizeof(message), "too many --%s: %zu at most", row->name,
		       row->most);
	return optionscheck_wrong(message, NULL);
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
	return optionscheck_wrong(message, optarg);
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
		return optionscheck_wrong(message, optarg);
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
				 : optionscheck_wrong(
					   "--jobs takes a number from 1 to 64", NULL);
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
		return optionscheck_wrong("option requires an argument", given);
	if (option >= OPTION_FIRST)
		return read_row(&optiontable[option - OPTION_FIRST], out);
	for (size_t i = 0; i < optiontable_n; i++)
		if (option != '?' && optiontable[i].letter == option)
			return read_row(&optiontable[i], out);
	return optionscheck_wrong(fault_of(given), given);
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
	if (optionscheck_all(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	for (size_t i = 0; i < out->n_logs; i++)
		if (out->logs[i].snapshot == SIZE_MAX)
			out->logs[i].snapshot = out->n_snapshots - 1;
	return OPTIONS_RUN;
}
