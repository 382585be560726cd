/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Windows 2000 overwrites the first bytes of deleted data.  Two rules of MAPI
 * give them back: the uids in a profile's lists are names of its sections, and
 * the count of a multi-value follows from where its first element begins.
 */
#ifndef MAPI_INFERBYTES_H
#define MAPI_INFERBYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "regf/key.h"

/* Bytes that Windows 2000 overwrites. */
#define INFERBYTES_SIZE VALUE_LOST_HEAD

/*
 * The first INFERBYTES_SIZE bytes of a value of a profile, which are lost
 * (VALUE_FLAG_HEAD_LOST), concluded from the rest and from the profile.
 * Return: false if nothing tells them, or not unmistakably.
 */
bool inferbytes_head(const struct key *profile, const struct value *value,
		     uint8_t head[INFERBYTES_SIZE]);

#endif
