/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All options of the program in one table: what they are called, what they take, where
 * that goes in struct options, and how the help shows them.  The command line is read by
 * it, --help is printed from it, and the completions and the manual are checked against
 * it.
 */
#ifndef CLI_COMMANDLINE_OPTIONTABLE_H
#define CLI_COMMANDLINE_OPTIONTABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "compare/series.h"
#include "machine/companions.h"
#include "report/custody.h"
#include "report/restore/restoreoptions.h"

/* ---- what was given ---- */

/* As a time zone: the one that the SYSTEM hive tells. */
#define OPTIONS_SYSTEM_ZONE "system"

/* Keys that one run compares besides the profiles: more than a person asks for. */
#define OPTIONS_MAX_KEYS 64

/* Timelines of one run: one of each format. */
#define OPTIONS_MAX_TIMELINES 3

/* Files of which is told from whom they were received: more than one run can read. */
#define OPTIONS_MAX_CUSTODIES 256

/* Bytes of a name or root given for restoring: names of keys have 255 characters. */
#define OPTIONS_MAX_NAME 1020

/* A line for each finding, as --format lists its words. */
enum options_format { OPTIONS_CSV, OPTIONS_JSONL, OPTIONS_NO_FORMAT };

/* What main() is to do with the options. */
enum options_verdict {
	OPTIONS_RUN,
	OPTIONS_DONE,  /* --help or --version was answered */
	OPTIONS_WRONG, /* a message was printed */
};

struct options {
	const char *snapshots[SERIES_MAX];
	size_t n_snapshots;
	/* "-" is standard output; NULL: no report, for --format writes there. */
	const char *output;
	bool asks_report; /* -o was given, whatever it names */
	const char *timelines[OPTIONS_MAX_TIMELINES]; /* their endings tell the format */
	size_t n_timelines;
	const char *html;		     /* --html; NULL if not given */
	const char *output_dir;		     /* --output-dir; NULL if not given */
	const char *users[OPTIONS_MAX_KEYS]; /* --user: names or security ids */
	size_t n_users;
	unsigned by_time; /* --order: 0 operands, 1 time */
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
	bool same_subject;
	const char *image_folder;	       /* --save-image; NULL if not given */
	const char *case_id, *examiner, *note; /* NULL if not given */
	const char *time_zone;		       /* --time-zone; NULL if not given */
	struct timezone named_zone; /* of that, unless the SYSTEM hive is asked */
	bool redacts;		    /* --redact */
	const char *redact_list;    /* --redact-list; NULL if not given */
	struct custody custodies[OPTIONS_MAX_CUSTODIES]; /* in the order given */
	size_t n_custodies;
	struct custody custody; /* of the file that is named next; it has no path yet */
	const char *manifest;	/* --manifest; NULL if not given */
	const char *sign_with;	/* --sign-with; NULL if not given */
	unsigned jobs;		/* snapshots read at the same time */
	bool no_recover;
	bool full, quiet, verbose, exit_zero, no_sandbox;
	/* Numbers of words, as their options list them. */
	unsigned format;	  /* enum options_format */
	unsigned color;		  /* enum terminal_when */
	unsigned no_progress;	  /* 0: auto, 1: never */
	unsigned reg_4, reg_utf8; /* in restore, too: as its format */
	bool wants_hives;	  /* an option that only a run over hives can use */
	/* Evidence beside the hives; the hives' logs are not filled in here. */
	struct companions_source companions;
	/* --restore; folder NULL if not given. */
	struct restore_options restore;
	const char *restore_names[OPTIONS_MAX_KEYS];
};

/* ---- the table ---- */

enum optiontable_kind {
	OPTIONTABLE_FLAG,    /* takes nothing: a bool of struct options is set */
	OPTIONTABLE_TEXT,    /* a text; the last one counts */
	OPTIONTABLE_LIST,    /* a text each time that it is given, `most` times */
	OPTIONTABLE_WORDS,   /* one of `words`; its number goes to an unsigned */
	OPTIONTABLE_JOBS,    /* a number from 1 to `most`, to an unsigned */
	OPTIONTABLE_CUSTODY, /* a text about the file that is named next */
	OPTIONTABLE_LOG,     /* a log of the snapshot before it, `most` times */
	OPTIONTABLE_HELP,
	OPTIONTABLE_VERSION,
};

/* Which runs an option goes with. */
enum optiontable_run {
	OPTIONTABLE_ANY,
	OPTIONTABLE_HIVES,  /* one over hives; refused where a report is read again */
	OPTIONTABLE_UNUSED, /* one over hives; elsewhere it changes nothing */
	OPTIONTABLE_REPORT, /* one that reads a report again */
};

/* Where the first option of each line of the help stands. */
#define OPTIONTABLE_FIRST 10

struct optiontable_row {
	const char *name; /* without "--" */
	char letter;	  /* its short form, or 0 */
	enum optiontable_kind kind;
	enum optiontable_run run;
	const char *argument; /* as the help names it; NULL: it takes none */
	const char *words;    /* "auto|never" */
	size_t at, count_at;  /* offsets in struct options: where it goes */
	size_t most;	      /* times that it may be given, or jobs */
	const char *group;    /* before the line of the help that begins here */
	unsigned char column, help_column; /* 0: two blanks behind what is before it */
	const char *help;		   /* NULL: the name says enough */
	bool is_input;			   /* what it takes is a file that is read */
};

extern const struct optiontable_row optiontable[];
extern const size_t optiontable_n;

/* "any", "hives" or "report": the runs for which it is offered; static. */
const char *optiontable_run_word(enum optiontable_run run);

#endif
