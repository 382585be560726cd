/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * FILETIME: a count of 100 ns ticks since 1601-01-01 00:00 UTC, the only time
 * a hive knows.  Zero means "never set".  Kept raw everywhere; this room
 * turns it into text and back.
 */
#ifndef BASE_FILETIME_H
#define BASE_FILETIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

/* "2012-04-06T15:11:53.5122600Z" and the NUL; years up to 60055 fit. */
#define FILETIME_TEXT_SIZE 40

/* Ticks from 1601-01-01 to 1970-01-01. */
#define FILETIME_UNIX_EPOCH UINT64_C(116444736000000000)

/* Writes ISO 8601 in UTC with seven decimals and Z.  Independent of TZ and locale. */
void filetime_format(uint64_t ft, char out[FILETIME_TEXT_SIZE]);

/* The time that filetime_format() writes so.  Return: false for any other text. */
bool filetime_parse(const char *text, uint64_t *out) MUST_CHECK;

/* Seconds and nanoseconds since 1970 as FILETIME; before 1601 becomes 0. */
uint64_t filetime_from_unix(int64_t seconds, uint32_t nanoseconds);

/*
 * Now, or what SOURCE_DATE_EPOCH says (seconds since 1970), so that the same
 * input can give the same report byte for byte.  *overridden says which.
 */
uint64_t filetime_now(bool *overridden);

#endif
