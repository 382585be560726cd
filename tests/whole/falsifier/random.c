// SPDX-License-Identifier: GPL-2.0-or-later
/* splitmix64 (S. Vigna, public domain): small, and well mixed from any seed. */
#include "whole/falsifier/random.h"

uint64_t random_next(struct random *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	return z ^ (z >> 31);
}

size_t random_below(struct random *r, size_t n)
{
	return (size_t)(random_next(r) % n);
}

uint64_t random_time(struct random *r, uint64_t n)
{
	return random_next(r) % n;
}

bool random_chance(struct random *r, unsigned percent)
{
	return random_below(r, 100) < percent;
}

size_t random_pick(struct random *r, const unsigned *weights, size_t n)
{
	size_t sum = 0;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		sum += weights[k];
	for (size_t at = random_below(r, sum); at >= weights[i]; i++)
		at -= weights[i];
	return i;
}
