/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the targets of files beside the hives share. */
#ifndef TESTS_FUZZ_BESIDE_H
#define TESTS_FUZZ_BESIDE_H

#include <stdint.h>

#include "machine/companions.h"

/*
 * Reads what was given beside two sound hives, of which the later one lost profiles, and
 * writes what the choice says of all of it.  The hives are read once in a process.
 */
void beside_write(const struct companions_source *source, uint8_t choice, uint32_t turn);

/* The report of these two hives.  Return: its bytes, to be freed; *out is all of them. */
uint8_t *beside_report(struct span *out);

#endif
