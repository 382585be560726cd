/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The base block of a hive: its first bytes, which a log's first sector repeats. */
#ifndef REGF_BASEBLOCK_H
#define REGF_BASEBLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/diag.h"
#include "base/span.h"
#include "base/text.h"
#include "regf/cellmap.h"

#define IMAGE_BASE_SIZE 4096

/* Where fields of the base block stand, in bytes from its start. */
#define IMAGE_AT_SEQUENCE 4 /* the primary one */
#define IMAGE_AT_LAST_WRITTEN 12
#define IMAGE_AT_EMBEDDED_NAME 48

/* File types of the base block; a log's first sector is a base block too. */
enum image_file_type {
	IMAGE_TYPE_HIVE = 0,
	IMAGE_TYPE_LOG_XP = 1, /* old format, Windows XP to 8 */
	IMAGE_TYPE_LOG_NT = 2, /* old format, Windows NT to 2000 */
	IMAGE_TYPE_LOG_NEW = 6,
};

/* True for the three types that logs have. */
static inline bool image_type_is_log(uint32_t type)
{
	return type == IMAGE_TYPE_LOG_XP || type == IMAGE_TYPE_LOG_NT ||
	       type == IMAGE_TYPE_LOG_NEW;
}

/* The fields of the base block, decoded, as they stand in the file. */
struct image_base {
	uint32_t primary_sequence, secondary_sequence;
	uint64_t last_written_ft; /* FILETIME; not maintained from Windows 8.1 on */
	uint32_t major, minor;
	uint32_t file_type; /* enum image_file_type or any other number */
	uint32_t format;
	uint32_t root_rel;
	uint32_t data_size; /* of all bins, bytes */
	uint32_t cluster;
	uint32_t checksum;
	struct text embedded_name; /* tail of the path, up to the first NUL; borrowed */
	bool checksum_ok;
};

/*
 * Decodes a base block, or the first sector of one that a log keeps.
 * Return: false if the bytes do not begin with "regf" or are fewer than 512.
 */
MUST_CHECK bool baseblock_read(struct span bytes, struct image_base *base);

/*
 * The base block's checksum: XOR of its first 127 dwords, where a result of 0
 * is stored as 1 and 0xFFFFFFFF as 0xFFFFFFFE.  bytes holds at least 512.
 */
uint32_t baseblock_checksum(struct span bytes);

/*
 * True if the bytes begin with no base block, but are of a hive: some page begins a bin
 * whose own offset can be true.  *missing: bytes that the file lacks at its beginning,
 * the base block's included; 0 if every bin stands at its place.
 */
MUST_CHECK bool baseblock_is_lost(struct span bytes, uint32_t *missing);

/*
 * Under a wrong checksum of the base block the version of a hive is that which its
 * allocated cells show; a diagnostic if a base block that is there says another.
 */
void baseblock_settle_version(struct image_base *base, bool lost, struct span bins,
			      const struct cellmap *allocated, struct diag_list *diags);

#endif
