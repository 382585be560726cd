/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for transaction logs: what Windows writes beside a hive before it writes the
 * hive, in both formats, and the dirty hive that such logs belong to. A log is made from
 * finished states of a hive, by comparing them; the same calls give the same bytes.
 * Written from the public description of the format (M. Suhanov, "Windows registry file
 * format specification", "Format of transaction log files") and from real logs, apart
 * from the program's own reader. As in builder.h, lack of memory and wrong use stop the
 * process. Damage is made by the caller, on the bytes.
 */
#ifndef BUILDER_LOG_H
#define BUILDER_LOG_H

#include "builder.h"

/* The bytes of a hive at one moment: base block, bins, padding. */
struct builder_log_state {
	uint8_t *bytes;
	size_t len;
};

/* The bytes of a log file. `len` of them are the file; offsets below are in it. */
struct builder_log {
	uint8_t *bytes;
	size_t len;
	size_t cap;
	size_t pages;	   /* old format: where the pages begin */
	size_t end;	   /* behind the last entry, or the last page */
	size_t *entries;   /* new format: where each current entry begins */
	size_t n_entries;  /* not those that a restart left behind */
	uint32_t sequence; /* new format: of the next entry */
};

/* How a step is logged; what is 0 is as Windows does it. */
struct builder_log_options {
	/* Bytes of a dirty page: 4096, or 512 as in Windows 2000. 0: 4096. */
	uint32_t page;
	/* Old format, file type: 1 for Windows XP to 8, 2 for NT to 2000. 0: 1. */
	uint32_t file_type;
	/* New format, flags of the entry: bit 0 goes to the base block's. */
	uint32_t flags;
	/* New format: neighbouring pages are not merged. */
	bool split;
	/* New format: the entry's end is rounded to 512 bytes only, not to 4096. */
	bool tight;
};

/*
 * Finishes the hive and copies it. Return: the copy, given to the caller, who frees it
 * with builder_log_state_free(); that may be done twice.
 */
struct builder_log_state builder_log_state_take(struct builder *b);
void builder_log_state_free(struct builder_log_state *state);

/* Writes a state to a file. Return: false if that failed; errno says why. */
bool builder_log_state_write(const struct builder_log_state *state, const char *path);

/* Return: the state's hive bins data size, as its base block has it. */
uint32_t builder_log_state_bins(const struct builder_log_state *state);

/*
 * The hive whose writing was broken off: all bytes of `bins`, a state not yet written
 * over, below the base block of `base`, with these sequence numbers and a valid
 * checksum. Up to Windows 8 `base` is the new state: its base block comes first, the
 * bins behind the log. From 8.1 on it is the old one, marked when the first entry goes
 * to the log: `primary` is then `secondary` + 1 however many entries follow, and the
 * first entry has the number `secondary`.
 * Return: the dirty hive, given.
 */
struct builder_log_state builder_log_dirty(const struct builder_log_state *bins,
					   const struct builder_log_state *base,
					   uint32_t primary, uint32_t secondary);

/*
 * Makes a hive's base block one that was not written whole: the data size says 4096, and
 * the checksum does not fit.
 */
void builder_log_spoil_base(struct builder_log_state *state);

/*
 * A log of the old format for the step between two states: a bitmap of the 512-byte
 * pages that differ, all pages behind the old data size among them, and these pages as
 * they are in `to`, whose base block it has too. Sequence numbers are those of `to`.
 * Options: NULL for Windows' own. Return: the log, given to the caller, who frees it
 * with builder_log_free().
 */
struct builder_log builder_log_old(const struct builder_log_state *from,
				   const struct builder_log_state *to,
				   const struct builder_log_options *options);

/*
 * Begins a log of the new format: sector 0 from the base block of `state`, with the
 * number of the first entry, and no entry yet. A second log is begun with the first
 * one's `sequence`. Return: the log, given.
 */
struct builder_log builder_log_new(const struct builder_log_state *state,
				   uint32_t sequence);

/*
 * Begins a log of the new format anew in the same file: entries that follow go over the
 * old ones, and what they do not reach stays behind them.
 */
void builder_log_restart(struct builder_log *log, const struct builder_log_state *state,
			 uint32_t sequence);

/*
 * Adds an entry for the step between two states, with the next sequence number and the
 * data size of `to`. If the bins are the same, the first page is logged.
 * Options: NULL for Windows' own. Return: where the entry begins.
 */
size_t builder_log_add(struct builder_log *log, const struct builder_log_state *from,
		       const struct builder_log_state *to,
		       const struct builder_log_options *options);

/* Return: where the bytes of an entry's first page begin, as its page count has it. */
size_t builder_log_entry_pages(const struct builder_log *log, size_t entry);

/*
 * Makes an entry's hashes right again after a poke, for the size that the entry now
 * tells. Bytes that this size does not cover, or the file does not have, are not hashed.
 */
void builder_log_rehash_entry(struct builder_log *log, size_t entry);

/* Makes the checksum of sector 0 right again after a poke. */
void builder_log_checksum(struct builder_log *log);

/* Little-endian numbers of a log's bytes; an offset past the end stops the process. */
uint32_t builder_log_get32(const struct builder_log *log, size_t offset);
void builder_log_put32(struct builder_log *log, size_t offset, uint32_t number);

/* Makes the file this long: cut off, or with zeros behind. Entries stay listed. */
void builder_log_resize(struct builder_log *log, size_t len);

/* Writes the log to a file. Return: false if that failed; errno says why. */
bool builder_log_write(const struct builder_log *log, const char *path);

/* Frees what a log holds; may be done twice. */
void builder_log_free(struct builder_log *log);

/*
 * Marvin32 with the seed of the logs, 82EF4D887A4E55C5. Return: both halves of its
 * result, the second one above, as the entries keep it.
 */
uint64_t builder_log_marvin32(const uint8_t *bytes, size_t len);

#endif
