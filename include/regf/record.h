/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The own bounded reader of the live tree: key records (nk), value records
 * (vk), subkey lists (li, lf, lh, ri), value lists, big data (db), security
 * (sk).  It reads all that can be reached from the root and turns everything
 * it has to leave out into a diagnostic with its offset.
 */
#ifndef REGF_RECORD_H
#define REGF_RECORD_H

#include "base/diag.h"
#include "base/span.h"
#include "base/status.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regf/usage.h"

/* The documented nesting limit of the registry is 512 levels. */
#define RECORD_MAX_DEPTH 512

/*
 * Reads every live key and value.  The image must outlive the tree.  usage
 * (may be NULL) is filled with what they use of the hive, to be cleared by
 * usage_clear() whatever is returned; it borrows keys of the tree.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_MALFORMED when not
 * even the root key can be read (a diagnostic says why).
 */
MUST_CHECK enum status record_read(const struct image *image, struct diag_list *diags,
				   struct usage *usage, struct key_tree **out);

/*
 * The self-relative security descriptor that a key's sk cell holds.
 * Return: false if the cell or its length is unsound.
 */
MUST_CHECK bool record_security(const struct image *image, uint32_t security_rel,
				struct span *descriptor);

/*
 * How many subkeys a key record of the image tells of, in whatever cell it stands.
 * Return: false if its bytes are not there.
 */
MUST_CHECK bool record_subkey_count(const struct image *image, uint32_t record_off,
				    uint32_t *count);

/* A run of bytes of the file. */
struct record_run {
	uint32_t file_off, len;
};

/*
 * Where the bytes of a value's data stand in the file, in order.  Inline data
 * give the run inside the record.
 * Return: the number of runs; at most max are written to runs, so a call with
 * max 0 tells how many there are (one per big-data segment of 16344 bytes).
 */
size_t record_data_runs(const struct image *image, const struct value *value,
			struct record_run *runs, size_t max);

/* The bytes of a key's or value's record itself, name included. */
struct record_run record_key_run(const struct key *key);
struct record_run record_value_run(const struct value *value);

#endif
