/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a user leaves in a hive day by day, outside of mail: settings of programs that are
 * written once and stay, and settings of Windows that are written over and over. Whether
 * two hives are one at two times shows in that.
 */
#ifndef USEDHIVE_H
#define USEDHIVE_H

#include "builder.h"

/* Keys that a day of use leaves: new ones, and those of Windows that it writes anew. */
enum { USEDHIVE_NEW_KEYS = 6, USEDHIVE_WRITTEN_KEYS = 3 };

/* A day, in units of FILETIME. */
#define USEDHIVE_DAY (UINT64_C(86400) * 10000000)

/*
 * Uses the hive at `first` and then `days` - 1 times more, each `apart` days later; `seed`
 * tells programs of one hive from those of another. Return: the time of the last key.
 */
uint64_t usedhive_use(struct builder *b, uint64_t first, unsigned days, unsigned apart,
		      unsigned seed);

#endif
