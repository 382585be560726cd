/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tells on standard error what is being done: a line with the percentage while
 * it lasts, and with -v a line of each stage that has ended.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/compiler.h"
#include "base/stage.h"
#include "cli/commandline/options.h"

struct progress;

struct progress_options {
	FILE *out;
	bool draw;	   /* the line with the percentage: out is a terminal */
	bool tell;	   /* each stage that has ended */
	unsigned after_ms; /* work that is over sooner shows nothing */
	unsigned planned;  /* stages that will come: bits 1 << enum stage_kind */
	/* Of each snapshot the file's size in bytes: its share of the work. */
	const uint64_t *sizes;
	size_t n_sizes;
	/* Where there are so many subjects, each counts alike, and what is done with it not. */
	size_t n_subjects;
};

/* Before this, nobody waits. */
#define PROGRESS_AFTER_MS 1000

/* Return: NULL when out of memory or of threads; nothing is told then. */
struct progress *progress_start(const struct progress_options *options) MUST_CHECK;
/*
 * As the options ask for; NULL if neither is to be drawn nor told, or when out of
 * memory.  The files of the command line are looked at for their sizes.
 */
struct progress *progress_for(const struct options *options) MUST_CHECK;
/* The same for so many subjects together. */
struct progress *progress_for_subjects(const struct options *options,
				       size_t n) MUST_CHECK;
/* One subject more is done; NULL is allowed. */
void progress_subject_done(struct progress *progress);
/* Puts lines on standard error, in the place of the one that is drawn; NULL is allowed. */
void progress_put(struct progress *progress, const char *lines);
/* What stages are to tell; NULL for NULL. */
struct stage_watch *progress_watch(struct progress *progress);
/* Takes the line away and frees; NULL is allowed.  What it told may be forgotten. */
void progress_stop(struct progress *progress);

#endif
