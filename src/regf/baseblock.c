/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Format: regf specification, "Base block".  Where it is lost, or not to be believed, the
 * bins and cells that are left tell what they can: a bin tells its own offset, so one
 * sound header shows where in a hive a page stood.  Only what is missing at the beginning
 * is made up for: bins that stand later in a file than in their hive may be of any number
 * of hives, as on a disk.  Of the version the cells show how long their headers are, and
 * which lists their writer made.
 */
#include "regf/baseblock.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>

struct base_wire {
	uint8_t signature[4];
	uint8_t primary_sequence[4];
	uint8_t secondary_sequence[4];
	uint8_t last_written[8];
	uint8_t major[4];
	uint8_t minor[4];
	uint8_t file_type[4];
	uint8_t format[4];
	uint8_t root[4];
	uint8_t data_size[4];
	uint8_t cluster[4];
	uint8_t embedded_name[64];
	uint8_t other[396];
	uint8_t checksum[4];
};
static_assert(sizeof(struct base_wire) == 512, "base block up to its checksum");
static_assert(offsetof(struct base_wire, primary_sequence) == IMAGE_AT_SEQUENCE &&
		      offsetof(struct base_wire, last_written) == IMAGE_AT_LAST_WRITTEN &&
		      offsetof(struct base_wire, embedded_name) == IMAGE_AT_EMBEDDED_NAME,
	      "places that are shown");

uint32_t baseblock_checksum(struct span bytes)
{
	uint32_t sum = 0, word = 0;

	for (size_t off = 0; off < 508; off += 4)
		if (span_le32(bytes, off, &word))
			sum ^= word;
	if (sum == 0)
		return 1;
	if (sum == UINT32_MAX)
		return UINT32_MAX - 1;
	return sum;
}

bool baseblock_read(struct span bytes, struct image_base *base)
{
	struct base_wire wire;

	if (!span_starts(bytes, 0, "regf", 4) ||
	    !span_copy(bytes, 0, &wire, sizeof(wire)))
		return false;
	*base = (struct image_base){
		.primary_sequence = le32(wire.primary_sequence),
		.secondary_sequence = le32(wire.secondary_sequence),
		.last_written_ft = le64(wire.last_written),
		.major = le32(wire.major),
		.minor = le32(wire.minor),
		.file_type = le32(wire.file_type),
		.format = le32(wire.format),
		.root_rel = le32(wire.root),
		.data_size = le32(wire.data_size),
		.cluster = le32(wire.cluster),
		.checksum = le32(wire.checksum),
	};
	base->checksum_ok = baseblock_checksum(bytes) == base->checksum;
	struct text name = { .encoding = TEXT_UTF16LE };
	if (span_sub(bytes, IMAGE_AT_EMBEDDED_NAME, sizeof(wire.embedded_name),
		     &name.bytes))
		base->embedded_name = text_until_nul(name);
	return true;
}

/* ---- where it is lost ---- */

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

bool baseblock_is_lost(struct span bytes, uint32_t *missing)
{
	uint32_t rel = 0;
	size_t off = 0;

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
static uint32_t version_of(struct found found, uint32_t recorded)
{
	if (found.n_short + found.n_long == 0)
		return recorded;
	if (found.n_long > found.n_short)
		return recorded < MINOR_SHORT_HEADER ? recorded : MINOR_SHORT_HEADER - 1;
	if (found.n_lh > found.n_lf)
		return recorded >= MINOR_HASHED_LISTS && recorded <= MINOR_LAST
			       ? recorded
			       : MINOR_HASHED_LISTS;
	if (found.n_lf > 0 &&
	    (recorded < MINOR_FAST_LISTS || recorded >= MINOR_HASHED_LISTS))
		return found.n_db > 0 ? MINOR_BIG_DATA : MINOR_FAST_LISTS;
	return recorded < MINOR_SHORT_HEADER || recorded > MINOR_LAST ? MINOR_FAST_LISTS
								      : recorded;
}

void baseblock_settle_version(struct image_base *base, bool lost, struct span bins,
			      const struct cellmap *allocated, struct diag_list *diags)
{
	uint32_t recorded = base->minor;

	if (base->checksum_ok)
		return;
	base->minor = version_of(look(bins, allocated), recorded);
	if (base->minor != recorded && !lost)
		diag_at(diags, DIAG_BASE_VERSION, BASE_MINOR,
			"base block: minor version %" PRIu32
			" is not believed, the checksum is wrong and the cells are of "
			"version 1.%" PRIu32,
			recorded, base->minor);
}
