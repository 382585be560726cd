/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

struct fuzz_input fuzz_split(const uint8_t *data, size_t size, size_t n_parts)
{
	struct span rest = span_of(data, size);
	struct fuzz_input in = { .n = n_parts };

	if (!span_u8(rest, 0, &in.choice))
		return in;
	rest = span_from(rest, 1);
	for (size_t i = 0; i + 1 < n_parts; i++) {
		uint32_t len = 0;
		if (!span_le32(rest, 0, &len))
			break;
		rest = span_from(rest, 4);
		in.parts[i] = span_clip(rest, len);
		rest = span_from(rest, in.parts[i].len);
	}
	in.parts[n_parts - 1] = rest;
	return in;
}

uint32_t fuzz_turn(const uint8_t *data, size_t size)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < size; i++)
		hash = (uint32_t)((hash ^ data[i]) * UINT64_C(16777619));
	return hash ^ hash >> 15;
}

_Noreturn void fuzz_fail(const char *holds, const char *file, int line)
{
	(void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, holds);
	abort();
}
