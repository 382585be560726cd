/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Four bytes at a time by four tables: a table for each of them, so that what they add
 * can be put together (M. Kounavis and F. Berry, "A Systematic Approach to Building High
 * Performance Software-based CRC Generators").
 */
#include "base/sum/crc32.h"

#define POLYNOMIAL 0xEDB88320u

void crc32_begin(struct crc32 *crc)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t c = i;
		for (int bit = 0; bit < 8; bit++)
			c = c >> 1 ^ (c & 1 ? POLYNOMIAL : 0);
		crc->tables[0][i] = c;
	}
	for (int k = 1; k < 4; k++)
		for (uint32_t i = 0; i < 256; i++) {
			uint32_t c = crc->tables[k - 1][i];
			crc->tables[k][i] = crc->tables[0][c & 0xff] ^ c >> 8;
		}
	crc->crc = UINT32_MAX;
}

void crc32_add(struct crc32 *crc, struct span bytes)
{
	uint32_t c = crc->crc, four;
	uint8_t byte;
	size_t i = 0;

	for (; span_le32(bytes, i, &four); i += 4) {
		c ^= four;
		c = crc->tables[3][c & 0xff] ^ crc->tables[2][c >> 8 & 0xff] ^
		    crc->tables[1][c >> 16 & 0xff] ^ crc->tables[0][c >> 24];
	}
	for (; span_u8(bytes, i, &byte); i++)
		c = crc->tables[0][(c ^ byte) & 0xff] ^ c >> 8;
	crc->crc = c;
}

uint32_t crc32_sum(const struct crc32 *crc)
{
	return ~crc->crc;
}
