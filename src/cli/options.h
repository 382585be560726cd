/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/terminal.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "report/restore/restoreoptions.h"

/* Keys that one run compares besides the profiles: more than a person asks for. */
#define OPTIONS_MAX_KEYS 64

/* Timelines of one run: one of each format. */
#define OPTIONS_MAX_TIMELINES 3

/* Bytes of a name or root given for restoring: names of keys have 255 characters. */
#define OPTIONS_MAX_NAME 1020

struct options {
	const char *snapshots[SERIES_MAX];
	size_t n_snapshots;
	const char *output;			      /* "-" is standard output */
	const char *timelines[OPTIONS_MAX_TIMELINES]; /* their endings tell the format */
	size_t n_timelines;
	const char *html; /* --html; NULL if not given */
	/* The one operand is a report: check it, or make its page. */
	bool validate, render;
	const char *keys[OPTIONS_MAX_KEYS];
	size_t n_keys;
	struct options_log {
		const char *path;
		size_t snapshot; /* index in snapshots of the one it belongs to */
	} logs[REPLAY_MAX_LOGS];
	size_t n_logs;
	bool skip_logs;
	const char *image_folder;	       /* --save-image; NULL if not given */
	const char *case_id, *examiner, *note; /* NULL if not given */
	unsigned jobs;			       /* snapshots read at the same time */
	bool no_recover;
	bool full, quiet, verbose, exit_zero;
	enum terminal_when color, progress; /* progress: never TERMINAL_ALWAYS */
	/* Evidence beside the hives; the hives' logs are not filled in here. */
	struct companions_source companions;
	/* --restore; folder NULL if not given. */
	struct restore_options restore;
	const char *restore_names[OPTIONS_MAX_KEYS];
	bool reg_utf8;
};

/* Exit status when something could not be done, or not be read whole. */
#define EXIT_TROUBLE 2

/* What main() is to do with the options. */
enum options_verdict {
	OPTIONS_RUN,
	OPTIONS_DONE,  /* --help or --version was answered */
	OPTIONS_WRONG, /* a message was printed */
};

/* Reads argv, which the options borrow from. */
enum options_verdict options_read(int argc, char *argv[], struct options *out);

#endif
