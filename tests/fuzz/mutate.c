/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes of an input that know how it is put together (fuzz_split()). */
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

uint32_t fuzz_random(uint32_t *state)
{
	/* xorshift, which never leaves 0 */
	uint32_t x = *state ? *state : 0x9e3779b9u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	*state = x;
	return x;
}

uint32_t fuzz_below(uint32_t *state, uint32_t n)
{
	return fuzz_random(state) % n;
}

static size_t change_some(uint8_t *data, size_t size, size_t max_size, uint32_t *state)
{
	uint32_t n = 1 + fuzz_below(state, 4);

	if (size < max_size && fuzz_below(state, 8) == 0)
		data[size++] = (uint8_t)fuzz_random(state);
	if (size > 1 && fuzz_below(state, 8) == 0)
		size -= fuzz_below(state, (uint32_t)size);
	for (uint32_t i = 0; size > 0 && i < n; i++) {
		uint8_t *at = data + fuzz_below(state, (uint32_t)size);
		*at = fuzz_below(state, 2) ? (uint8_t)fuzz_random(state)
					   : *at ^ (uint8_t)(1u << fuzz_below(state, 8));
	}
	return size;
}

size_t fuzz_mutate_bytes(uint8_t *data, size_t size, size_t max_size, uint32_t *state)
{
	return LLVMFuzzerMutate ? LLVMFuzzerMutate(data, size, max_size)
				: change_some(data, size, max_size, state);
}

void fuzz_checksum(uint8_t *base)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < 508; i += 4)
		sum ^= fuzz_get32(base + i);
	fuzz_put32(base + 508, sum == 0 ? 1 : sum == UINT32_MAX ? UINT32_MAX - 1 : sum);
}

/* Puts the parts together again.  Return: the size; what has no room is cut off. */
static size_t join(uint8_t *data, size_t max_size, uint8_t choice,
		   const struct span *parts, size_t n)
{
	size_t size = 0;

	data[size++] = choice;
	for (size_t i = 0; i < n; i++) {
		size_t len = parts[i].len;
		if (i + 1 < n) {
			if (max_size - size < 4)
				break;
			size += 4;
		}
		len = len < max_size - size ? len : max_size - size;
		if (i + 1 < n)
			fuzz_put32(data + size - 4, (uint32_t)len);
		if (len > 0)
			memcpy(data + size, parts[i].ptr, len);
		size += len;
	}
	return size;
}

size_t fuzz_mutate_parts(uint8_t *data, size_t size, size_t max_size, unsigned seed,
			 fuzz_mutator *const *mutators, size_t n_parts)
{
	uint32_t state = (uint32_t)seed * 2654435761u + 1;
	uint8_t *copy = malloc(size + 1), *part = malloc(max_size + 1);

	if (max_size == 0 || !copy || !part) {
		free(copy);
		free(part);
		return size;
	}
	if (size > 0)
		memcpy(copy, data, size);
	struct fuzz_input in = fuzz_split(copy, size, n_parts);
	if (fuzz_below(&state, 16) == 0)
		in.choice = (uint8_t)fuzz_random(&state);
	size_t i = fuzz_below(&state, (uint32_t)n_parts);
	size_t others = 1 + 4 * (n_parts - 1);
	for (size_t k = 0; k < n_parts; k++)
		others += k == i ? 0 : in.parts[k].len;
	size_t room = max_size > others ? max_size - others : 0;
	size_t len = in.parts[i].len < room ? in.parts[i].len : room;
	if (len > 0)
		memcpy(part, in.parts[i].ptr, len);
	if (room > 0)
		len = mutators[i] ? mutators[i](part, len, room, &state)
				  : fuzz_mutate_bytes(part, len, room, &state);
	in.parts[i] = span_of(part, len);
	size = join(data, max_size, in.choice, in.parts, n_parts);
	free(copy);
	free(part);
	return size;
}
