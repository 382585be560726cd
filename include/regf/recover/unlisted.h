/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Key records that no list of subkeys names, though their cells are allocated, or
 * lie in bytes whose cells a damaged bin hides.  Such a record may be a leftover;
 * but where a list is spoilt it may as well be a key that is alive.  Likewise values.
 */
#ifndef REGF_RECOVER_UNLISTED_H
#define REGF_RECOVER_UNLISTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regf/usage.h"

/* A record that no list names; the name is borrowed from the image. */
struct unlisted_key {
	uint32_t parent_rel; /* cell of the key that it names as its parent */
	struct text name;
};

struct unlisted {
	struct unlisted_key *items; /* sorted by parent */
	size_t n, cap;
};

/*
 * Looks through the allocated cells that usage does not know as referenced, and
 * through the unmapped bytes.  Return: STATUS_OK and *out filled (to be cleared);
 * STATUS_NOMEM.
 */
MUST_CHECK enum status unlisted_find(const struct image *image, const struct usage *usage,
				     struct unlisted *out);
/* Frees the list; it may be cleared twice. */
void unlisted_clear(struct unlisted *unlisted);

/* True if a record names that live key of the image as its parent, and has that name. */
bool unlisted_names(const struct unlisted *unlisted, const struct image *image,
		    const struct key *parent, struct text name);
/* True if any record names the key, or one below it, as its parent. */
bool unlisted_is_below(const struct unlisted *unlisted, const struct image *image,
		       const struct key *top);

/*
 * True if a value record of that name stands in an allocated cell that nothing refers
 * to: where a key has no value of the name, its list may have lost it.
 */
bool unlisted_has_value(const struct image *image, const struct usage *usage,
			struct text name);

#endif
