/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marvin32: two 32-bit halves stirred together for every dword. */
#include "regf/log/marvin.h"

#define SEED UINT64_C(0x82ef4d887a4e55c5)
#define END_OF_INPUT 0x80 /* what follows the last whole dword */

struct state {
	uint32_t low, high;
};

static inline uint32_t rotate(uint32_t value, unsigned bits)
{
	return value << bits | value >> (32 - bits);
}

static inline void mix(struct state *s, uint32_t word)
{
	s->low += word;
	s->high ^= s->low;
	s->low = rotate(s->low, 20) + s->high;
	s->high = rotate(s->high, 9) ^ s->low;
	s->low = rotate(s->low, 27) + s->high;
	s->high = rotate(s->high, 19);
}

uint64_t marvin_hash(struct span bytes)
{
	struct state s = { (uint32_t)SEED, (uint32_t)(SEED >> 32) };
	uint32_t word = 0;

	for (size_t off = 0; span_le32(bytes, off, &word); off += 4)
		mix(&s, word);
	mix(&s, END_OF_INPUT);
	mix(&s, 0);
	return (uint64_t)s.high << 32 | s.low;
}
