/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Marvin32, the checksum of the new transaction logs: here with the seed that
 * Windows uses for them.  Source: regf specification, "New format".
 */
#ifndef REGF_LOG_MARVIN_H
#define REGF_LOG_MARVIN_H

#include <stdint.h>

#include "base/span.h"

/*
 * The 64-bit hash of the bytes, as a log entry stores it (little-endian).
 * Entries are multiples of four bytes long; of a longer input the last one to
 * three bytes do not count.
 */
uint64_t marvin_hash(struct span bytes);

#endif
