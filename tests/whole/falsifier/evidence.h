/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Evidence beside the hives: of the same machine or of another one, of the time of the
 * losses or of another time, and what is true of it.
 */
#ifndef FALSIFIER_EVIDENCE_H
#define FALSIFIER_EVIDENCE_H

#include "whole/falsifier/random.h"
#include "whole/falsifier/truth.h"

enum { EVIDENCE_ARGS = 12, EVIDENCE_PATH = 160, EVIDENCE_EVENTS = 8, EVIDENCE_ROWS = 64 };

/* An event of the log, which is a sign of the condition of that name. */
struct evidence_event {
	const char *condition;
	uint64_t time; /* whole seconds */
};

/* Who runs under a number that the name of a profile tells. */
struct evidence_row {
	uint32_t pid;
	bool maker; /* the program of that profile; else another, which has its number now */
};

struct evidence {
	char paths[EVIDENCE_ARGS][EVIDENCE_PATH];
	const char *args[EVIDENCE_ARGS];
	size_t n_args;
	bool has_system, terminal;
	bool has_software, software_old;
	unsigned exchange; /* 60 or 55; 0: none */
	bool has_mapi32, affected;
	bool has_events, other_computer;
	uint64_t covers_from, covers_to;
	struct evidence_event events[EVIDENCE_EVENTS];
	size_t n_events;
	bool has_listing;
	struct evidence_row rows[EVIDENCE_ROWS];
	size_t n_rows;
};

/*
 * Makes evidence for what went between two states, files in a folder. The arguments for
 * the program are lent by it.
 */
void evidence_make(struct evidence *e, const struct truth *t, uint32_t a, uint32_t b,
		   struct random *r, const char *folder);

/* Removes the files. */
void evidence_remove(const struct evidence *e);

/* Return: whether a profile's name tells a process and a time. */
bool evidence_is_generated(const char *name);

/* Return: the process id that it tells, or 0. */
uint32_t evidence_pid(const char *name);

#endif
