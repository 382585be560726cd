/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One transaction log, read and checked but not yet compared with a hive: the
 * old format (a bitmap of dirty 512-byte pages; Windows NT to 8) and the new
 * one (entries with hashes; 8.1 and later).  Format: regf specification,
 * "Format of transaction log files".
 */
#ifndef REGF_LOG_TXLOG_H
#define REGF_LOG_TXLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "regf/image.h"

enum txlog_format { TXLOG_OLD, TXLOG_NEW };

/* A run of dirty bytes: from the log to the bins. */
struct txlog_page {
	uint32_t rel;	  /* where it goes, counted from the first bin */
	uint32_t len;	  /* bytes */
	uint32_t log_off; /* where it stands in the log file */
};

/* One step that the log can take a hive.  The old format has a single one. */
struct txlog_entry {
	uint32_t offset, size; /* in the log file, bytes */
	uint32_t sequence;
	uint32_t data_size; /* of the hive's bins after it */
	uint32_t flags;	    /* bit 0 goes to the base block's flags */
	uint32_t n_pages;
};

/* Why a log cannot be used at all: word in the report, sentence for people. */
#define TXLOG_FAULTS(X)                                                                  \
	X(TXLOG_SOUND, "sound", "the log is sound")                                      \
	X(TXLOG_EMPTY, "empty", "the log is empty")                                      \
	X(TXLOG_NO_BASE, "no_base_block", "the log does not begin with a base block")    \
	X(TXLOG_BASE_CHECKSUM, "base_checksum",                                          \
	  "the checksum of the log's own base block is wrong")                           \
	X(TXLOG_BASE_SEQUENCES, "base_sequences",                                        \
	  "the sequence numbers of the log's own base block differ")                     \
	X(TXLOG_TYPE, "file_type", "the file type is not one of a log")                  \
	X(TXLOG_NO_MARK, "no_mark", "the mark of dirty pages is not there")              \
	X(TXLOG_CUT_SHORT, "cut_short",                                                  \
	  "the log ends before its last page or inside its first entry")                 \
	X(TXLOG_NO_PAGES, "no_pages", "no page or entry in the log is sound")

enum txlog_fault {
#define X(constant, word, sentence) constant,
	TXLOG_FAULTS(X)
#undef X
};

struct txlog {
	struct span bytes; /* the log file, borrowed */
	enum txlog_format format;
	struct image_base base;	     /* of the log's first sector */
	struct txlog_entry *entries; /* sound ones whose sequence numbers follow */
	size_t n_entries, cap_entries;
	size_t n_stale; /* sound entries behind them: remains of earlier use */
	bool cut_short; /* the next entry was begun and goes past the end of the file */
};

/* Entries of one log: a log of 2 GiB cannot hold more, each has 512 bytes or more. */
#define TXLOG_MAX_ENTRIES ((size_t)1 << 22)

/*
 * Reads a log.  The bytes must live as long as it.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_UNSUPPORTED when it
 * cannot be used, *fault saying why.
 */
MUST_CHECK enum status txlog_open(struct span bytes, struct txlog **out,
				  enum txlog_fault *fault);
void txlog_free(struct txlog *log);
void txlog_freep(struct txlog **log);

/*
 * A search for sound entries of the new format wherever they stand, whatever
 * their sequence numbers; it costs no more than hashing the log a few times.
 */
struct txlog_search {
	struct span bytes;
	uint32_t offset; /* where to look next */
	uint64_t budget; /* bytes that may still be hashed */
};

struct txlog_search txlog_search(struct span log, uint32_t from);
/* Return: false at the end. */
bool txlog_next_sound(struct txlog_search *search, struct txlog_entry *out);

/* The pages of an entry, one after the other. */
struct txlog_pages {
	const struct txlog *log;
	const struct txlog_entry *entry;
	uint32_t next;	  /* number of the next page, or of the next bit of the bitmap */
	uint32_t log_off; /* where the next page's bytes stand */
};

struct txlog_pages txlog_pages(const struct txlog *log, const struct txlog_entry *entry);
/* Return: false at the end, or where the file ends. */
bool txlog_next_page(struct txlog_pages *pages, struct txlog_page *out);

const char *txlog_fault_word(enum txlog_fault fault);
const char *txlog_fault_sentence(enum txlog_fault fault);

#endif
