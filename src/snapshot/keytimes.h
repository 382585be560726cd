/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Last writes of keys that cannot be true, and the newest one that can. */
#ifndef SNAPSHOT_KEYTIMES_H
#define SNAPSHOT_KEYTIMES_H

#include <stdint.h>

#include "base/diag.h"
#include "regf/key.h"

/* No registry is older: 1993-01-01, FILETIME. */
#define KEYTIMES_OLDEST UINT64_C(123703200000000000)
/* Nor from after 2200-01-01: what lies beyond is no clock. */
#define KEYTIMES_NEWEST UINT64_C(189035424000000000)

/*
 * The newest last write of the hive's keys that can be true.  One that is not 0
 * cannot be true before KEYTIMES_OLDEST, after KEYTIMES_NEWEST, or more than a
 * year after all other keys' times and the header's (FILETIME; 0: none).  If there
 * are such keys, one diagnostic names the first of them.
 * Return: 0 if no key has a time that can be true.
 */
uint64_t keytimes_newest(const struct key *root, uint64_t header_ft,
			 struct diag_list *diags);

#endif
