/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random numbers that are the same for a seed on every machine. */
#ifndef FALSIFIER_RANDOM_H
#define FALSIFIER_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

/* Return: the next 64 bits. */
uint64_t random_next(struct random *r);

/* Return: a number from 0 to n - 1; n is not 0. */
size_t random_below(struct random *r, size_t n);

/* The same of times. */
uint64_t random_time(struct random *r, uint64_t n);

/* Return: true in `percent` of 100 cases. */
bool random_chance(struct random *r, unsigned percent);

/* Return: an index into n weights, each as likely as it weighs; their sum is not 0. */
size_t random_pick(struct random *r, const unsigned *weights, size_t n);

#endif
