/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bin tells its own offset, so one sound header shows where in a hive a page stood.
 * Only what is missing at the beginning is made up for: bins that stand later in a file
 * than in their hive may be of any number of hives, as on a disk.  Of the version the
 * cells show how long their headers are, and which lists their writer made.
 */
#include "regf/frame/lostbase.h"

#include <inttypes.h>

#define PAGE 4096u

/* Where a bin keeps its own offset and its size. */
#define BIN_OFFSET 4
#define BIN_SIZE 8

/* Where the base block tells the minor version. */
#define BASE_MINOR 24

/* The beginning of a log's own data: what follows are pages of many times. */
#define LOG_ENTRIES 512

/* No more is taken to be missing than so many times what is there: room is made for it. */
#define MISSING_MOST 16

/* Cells that are looked at: more than enough to tell. */
#define CELLS_MOST 4096

/* Versions that began something: cells with 4 bytes before their data, big data, lh. */
#define MINOR_SHORT_HEADER 2
#define MINOR_FAST_LISTS 3
#define MINOR_BIG_DATA 4
#define MINOR_HASHED_LISTS 5
#define MINOR_LAST 6

/* The place in its hive that a bin tells.  Return: false if no sound bin is there. */
static bool read_bin(struct span bytes, size_t off, uint32_t *rel)
{
	uint32_t size = 0;

	return span_starts(bytes, off, "hbin", 4) &&
	       span_le32(bytes, off + BIN_OFFSET, rel) &&
	       span_le32(bytes, off + BIN_SIZE, &size) && *rel % PAGE == 0 &&
	       *rel < INT32_MAX && size >= PAGE && size % PAGE == 0 && size < INT32_MAX;
}

bool lostbase_is_hive(struct span bytes, uint32_t *missing)
{
	uint32_t rel = 0;
	uint64_t off = 0;

	if (span_starts(bytes, 0, "regf", 4) ||
	    span_starts(bytes, LOG_ENTRIES, "DIRT", 4) ||
	    span_starts(bytes, LOG_ENTRIES, "HvLE", 4))
		return false;
	while (off < bytes.len && !read_bin(bytes, off, &rel))
		off += PAGE;
	uint64_t place = (uint64_t)rel + IMAGE_BASE_SIZE;
	if (off >= bytes.len || place < off ||
	    place - off > MISSING_MOST * (uint64_t)bytes.len)
		return false;
	*missing = (uint32_t)(place - off);
	return *missing < INT32_MAX;
}

/* What cells of records and lists were found, by how long their headers would be. */
struct found {
	unsigned n_short, n_long; /* 4 bytes before the data, 8 */
	unsigned n_lf, n_lh, n_db;
};

static bool is_signed(struct span bins, uint32_t at)
{
	static const char *const signatures[] = {
		"nk", "vk", "sk", "lf", "lh", "li", "ri"
	};

	for (size_t i = 0; i < ARRAY_LEN(signatures); i++)
		if (span_starts(bins, at, signatures[i], 2))
			return true;
	return false;
}

static struct found look(struct span bins, const struct cellmap *allocated)
{
	struct found found = { 0 };
	unsigned n = 0;

	for (uint32_t rel = 0; n < CELLS_MOST && cellmap_next(allocated, rel, &rel);
	     rel += CELLMAP_UNIT, n++) {
		found.n_short += is_signed(bins, rel + 4);
		found.n_long += is_signed(bins, rel + 8);
		found.n_lf += span_starts(bins, rel + 4, "lf", 2);
		found.n_lh += span_starts(bins, rel + 4, "lh", 2);
		found.n_db += span_starts(bins, rel + 4, "db", 2);
	}
	return found;
}

/* The minor version that the allocated cells show; told, where they say nothing else. */
static uint32_t version_of(struct found found, uint32_t told)
{
	if (found.n_short + found.n_long == 0)
		return told;
	if (found.n_long > found.n_short)
		return told < MINOR_SHORT_HEADER ? told : MINOR_SHORT_HEADER - 1;
	if (found.n_lh > found.n_lf)
		return told >= MINOR_HASHED_LISTS && told <= MINOR_LAST
			       ? told
			       : MINOR_HASHED_LISTS;
	if (found.n_lf > 0 && (told < MINOR_FAST_LISTS || told >= MINOR_HASHED_LISTS))
		return found.n_db > 0 ? MINOR_BIG_DATA : MINOR_FAST_LISTS;
	return told < MINOR_SHORT_HEADER || told > MINOR_LAST ? MINOR_FAST_LISTS : told;
}

void lostbase_settle_version(struct image_base *base, bool lost, struct span bins,
			     const struct cellmap *allocated, struct diag_list *diags)
{
	uint32_t told = base->minor;

	if (base->checksum_ok)
		return;
	base->minor = version_of(look(bins, allocated), told);
	if (base->minor != told && !lost)
		diag_at(diags, DIAG_BASE_VERSION, BASE_MINOR,
			"base block: minor version %" PRIu32
			" is not believed, the checksum is wrong and the cells are of "
			"version 1.%" PRIu32,
			told, base->minor);
}
