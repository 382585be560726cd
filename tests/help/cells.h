/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records as they stand in a hive, and what a report has to say of them. */
#ifndef TESTS_HELP_CELLS_H
#define TESTS_HELP_CELLS_H

#include "help/verified.h"
#include "verify/verifycell.h"

#include <string.h>

/* Where both records stand: behind the size of a cell in use. */
#define CELLS_KEY 4
#define CELLS_VALUE 104
/* The data of the value. */
#define CELLS_DATA 164
#define CELLS_SIZE 200
#define CELLS_TIME UINT64_C(0x01cd1e3c4b5a6978)

/*
 * A key "Name" and its value "Wert", REG_BINARY of 6 bytes, at these places; by the regf
 * specification, "Key node" and "Key value".
 */
static inline void cells_fill(uint8_t bytes[CELLS_SIZE])
{
	memset(bytes, 0, CELLS_SIZE);
	put_le32(bytes, (uint32_t)-96);
	memcpy(bytes + CELLS_KEY, "nk", 2);
	bytes[CELLS_KEY + 2] = 0x20;
	put_le32(bytes + CELLS_KEY + 4, (uint32_t)CELLS_TIME);
	put_le32(bytes + CELLS_KEY + 8, (uint32_t)(CELLS_TIME >> 32));
	bytes[CELLS_KEY + 72] = 4;
	memcpy(bytes + CELLS_KEY + 76, "Name", 4);
	put_le32(bytes + CELLS_VALUE - 4, (uint32_t)-56);
	memcpy(bytes + CELLS_VALUE, "vk", 2);
	bytes[CELLS_VALUE + 2] = 4;
	bytes[CELLS_VALUE + 4] = 6;
	put_le32(bytes + CELLS_VALUE + 8, 160);
	bytes[CELLS_VALUE + 12] = 3;
	bytes[CELLS_VALUE + 16] = 1;
	memcpy(bytes + CELLS_VALUE + 20, "Wert", 4);
	memcpy(bytes + CELLS_DATA, "secret", 6);
}

static inline struct verifycell_run cells_run(const uint8_t *bytes, uint64_t offset,
					      uint64_t len)
{
	return (struct verifycell_run){ .file = 0,
					.offset = offset,
					.len = len,
					.hashed = true,
					.sha256 = digest_of(
						span_of(bytes + offset, (size_t)len)) };
}

/* What is to be said of the key; runs is an array of its own. */
static inline struct verifycell cells_key(const uint8_t *bytes,
					  struct verifycell_run runs[2])
{
	runs[0] = cells_run(bytes, CELLS_KEY, 80);
	return (struct verifycell){ .in_use = true,
				    .has_time = true,
				    .filetime = CELLS_TIME,
				    .name = span_of("Name", 4),
				    .path = span_of("Above\\Name", 10),
				    .runs = { runs, 1, 0 } };
}

/* Of the value: data is an array of its own, of 6 bytes. */
static inline struct verifycell cells_value(const uint8_t *bytes,
					    struct verifycell_run runs[2], uint8_t *data)
{
	runs[0] = cells_run(bytes, CELLS_VALUE, 24);
	runs[1] = cells_run(bytes, CELLS_DATA, 6);
	memcpy(data, bytes + CELLS_DATA, 6);
	return (struct verifycell){ .is_value = true,
				    .in_use = true,
				    .name = span_of("Wert", 4),
				    .path = span_of("Above\\Name\\Wert", 15),
				    .type = "REG_BINARY",
				    .data = data,
				    .data_len = 6,
				    .runs = { runs, 2, 0 } };
}

#endif
