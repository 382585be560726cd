/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The light form of a profile: what every profile costs, counts, digest and
 * identity.  The decoded profile is in mapi/content.h.
 */
#ifndef MAPI_PROFILE_H
#define MAPI_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/sum/digest.h"
#include "mapi/property.h"
#include "regf/key.h"

struct profile {
	const struct key *key;
	uint32_t n_sections;   /* direct subkeys */
	uint32_t n_values;     /* in the profile key and all keys below */
	uint32_t n_keys;       /* the profile key and all keys below */
	uint64_t n_bytes;      /* of the data of those values, as far as they are there */
	uint64_t newest_ft;    /* newest last write of those keys, FILETIME */
	struct digest digest;  /* of the content, see profile_read() */
	struct digest secrets; /* of the data of secrets: never to be shown */
	bool has_instance;
	uint8_t instance[PROPERTY_UID_SIZE]; /* 0102300b of the instance section */
};

/*
 * Reads the light form of a profile.  The digest is SHA-256 over the content
 * without the profile's own name, times, offsets and the data of secrets, so
 * that a renamed or moved profile keeps it; src/mapi/profile.c spells it out.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status profile_read(const struct key *key, struct profile *out);

/* True if both have an instance key, and not the same: then they are two profiles. */
bool profile_is_other_instance(const struct profile *a, const struct profile *b);

/* True if both hold the same keys, values and data, secrets included. */
bool profile_same_content(const struct profile *a, const struct profile *b);

#endif
