/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands on the disk: the hive as it was written again and again, and snapshots of
 * it with the logs and the damage of the moment, each with the states that it may show.
 */
#ifndef FALSIFIER_DISK_H
#define FALSIFIER_DISK_H

#include "samples/builder_log.h"
#include "whole/falsifier/world.h"

enum { DISK_POINTS = 64, DISK_PATH = 256, DISK_ENTRIES = 8 };

/* The hive as it was when Windows wrote it, or logged what changes. */
struct disk_point {
	struct builder_log_state bytes;
	uint32_t state;
	uint32_t sequence;
	unsigned replaced; /* of the world; a log never leads over such a change */
};

struct disk {
	struct disk_point points[DISK_POINTS];
	size_t n;
};

enum disk_kind {
	DISK_CLEAN,    /* no logs */
	DISK_LEFTOVER, /* clean, logs of earlier use beside it */
	DISK_DIRTY,    /* what changed last stands in the logs only */
	DISK_CUT,      /* the same, a log is cut */
	DISK_TORN,     /* the hive is partly written, the log is there */
	DISK_MISSING,  /* dirty, and its logs are not there */
	DISK_PACKED,   /* a copy as `reg save` makes it */
	DISK_DAMAGED,  /* bytes are wrong */
	DISK_FOREIGN,  /* bins of another user's hive behind its own */
	DISK_HEADLESS, /* the base block is lost, and perhaps the first bins */
	DISK_KINDS,
};

/* An entry of a log that applies, and the state that it leads to. */
struct disk_entry {
	uint32_t sequence;
	uint32_t state;
};

/* A hive file with its logs, and what it shows. */
struct disk_snapshot {
	char path[DISK_PATH];
	enum disk_kind kind;
	char how[64];	  /* a word for people */
	uint32_t lo, hi;  /* the states that it may show, after its logs */
	uint32_t file_lo; /* the same of the file alone */
	uint32_t file_hi;
	uint32_t hit_from; /* what is damaged, counted from the first bin */
	uint32_t hit_to;
	int64_t bins_at; /* where in the file the first bin is, or would be */
	uint32_t number; /* the sequence number of the file */
	bool other_name; /* the logs keep another hive's name, and are this one's */
	struct disk_entry entries[DISK_ENTRIES];
	size_t n_entries;
};

/* Return: a word for a kind. */
const char *disk_kind_name(enum disk_kind kind);

/* Windows writes what has changed. */
void disk_write(struct disk *disk, struct world *w);

/* Copies what is on the disk to FOLDER/h<number>.dat and logs beside it. */
void disk_snapshot(struct disk *disk, struct world *w, const char *folder,
		   unsigned number, struct disk_snapshot *out);

void disk_clear(struct disk *disk);

#endif
