/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for files that are as bad as their size allows: one kind of thing in them is as
 * often there as fits. As in builder.h, lack of memory and wrong use stop the process.
 */
#ifndef WORST_H
#define WORST_H

#include <stddef.h>
#include <stdint.h>

enum worst_kind {
	WORST_KEYS,	     /* live profiles without content in one list */
	WORST_VALUES,	     /* values of many sections of a profile */
	WORST_SHARED_KEYS,   /* profiles that all name one list of subkeys */
	WORST_SHARED_VALUES, /* profiles that all name one list of values */
	WORST_DELETED,	     /* deleted profiles without content */
	WORST_ENTRIES,	     /* log entries that write nothing of the lists */
	WORST_TOUCHING,	     /* log entries that write the way to them */
	WORST_ATTRIBUTES,    /* of one tag of a document */
	WORST_MEMBERS,	     /* of an archive, each an empty file */
	WORST_LINES,	     /* of a .reg export, with profiles */
	WORST_N_KINDS,
};

/* The word for a kind, as bench-worst takes it, and what the main file is to be named. */
const char *worst_word(enum worst_kind kind);
const char *worst_file_name(enum worst_kind kind);

struct worst {
	uint8_t *bytes; /* of the file */
	size_t len;
	uint8_t *log; /* of the hive's log, NULL where there is none */
	size_t log_len;
	size_t n; /* how many of the kind there are */
};

/* About so many bytes, the log included. Return: given, for worst_free(). */
struct worst worst_make(enum worst_kind kind, size_t bytes);
void worst_free(struct worst *worst);

#endif
