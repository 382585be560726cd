/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CRC-32 of ISO 3309, as gzip and zip have it. */
#ifndef BASE_SUM_CRC32_H
#define BASE_SUM_CRC32_H

#include <stdint.h>

#include "base/span.h"

struct crc32 {
	uint32_t tables[4][256];
	uint32_t crc;
};

/* Begins with no bytes. */
void crc32_begin(struct crc32 *crc);
/* Adds bytes. */
void crc32_add(struct crc32 *crc, struct span bytes);
/* Return: the sum of all that was added so far. */
uint32_t crc32_sum(const struct crc32 *crc);

#endif
