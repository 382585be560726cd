/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All commands and options of wmsdiff-sweep in tables: the command line is read by them,
 * --help is printed from them, and the manual and the completions are checked against them.
 */
#ifndef SWEEPCLI_SWEEPTABLE_H
#define SWEEPCLI_SWEEPTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sweep/sweeplock.h"

/* Options for the engine: more than any engine is given by hand. */
#define SWEEPTABLE_MAX_OPTIONS 64

enum sweeptable_command {
	SWEEPTABLE_PLAN,
	SWEEPTABLE_RUN,
	SWEEPTABLE_STATUS,
	SWEEPTABLE_UNIT, /* what engines call; in no help */
	SWEEPTABLE_NO_COMMAND,
};

/* What was given; texts are borrowed from argv. */
struct sweep_options {
	enum sweeptable_command command;
	const char *operands[2];
	size_t n_operands;
	const char *output;	/* "-" by default */
	const char *output_dir; /* NULL if not given */
	unsigned engine;	/* enum engine_kind */
	const char *hosts;
	bool bring_back;
	uint64_t jobs, seconds, mebibytes;
	struct shard shard;
	const char *engine_options[SWEEPTABLE_MAX_OPTIONS];
	size_t n_engine_options;
	const char *program;
	unsigned no_progress; /* 0 auto, 1 never */
};

enum sweeptable_kind {
	SWEEPTABLE_FLAG,   /* takes nothing: a bool is set */
	SWEEPTABLE_TEXT,   /* a text; the last one counts */
	SWEEPTABLE_LIST,   /* a text each time that it is given */
	SWEEPTABLE_WORDS,  /* one of `words`; its number goes to an unsigned */
	SWEEPTABLE_NUMBER, /* a number up to `most`, to an uint64_t */
	SWEEPTABLE_SHARD,  /* I/N */
	SWEEPTABLE_HELP,
	SWEEPTABLE_VERSION,
};

struct sweeptable_row {
	const char *name; /* without "--" */
	char letter;	  /* its short form, or 0 */
	enum sweeptable_kind kind;
	enum sweeptable_command command; /* that takes it; no command: all */
	const char *argument;		 /* as the help names it; NULL: it takes none */
	const char *words;
	size_t at; /* offset in struct sweep_options */
	uint64_t most;
	const char *help;
};

extern const struct sweeptable_row sweeptable[];
extern const size_t sweeptable_n;

struct sweeptable_command_row {
	const char *name;
	const char *operands; /* as the help names them */
	size_t least, most;   /* how many */
	const char *help;
};

/* By enum sweeptable_command. */
extern const struct sweeptable_command_row sweeptable_commands[];

#endif
