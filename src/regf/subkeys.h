/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of subkeys. */
#ifndef REGF_SUBKEYS_H
#define REGF_SUBKEYS_H

#include "regf/reader.h"

/*
 * Collects into reader->elements what the list at list_rel names for the key
 * at owner_rel, count being what the key record says.
 * Return: STATUS_OK, with what could be read; STATUS_NOMEM.
 */
MUST_CHECK enum status subkeys_read(struct reader *reader, uint32_t owner_rel,
				    uint32_t list_rel, uint32_t count);

/* True if the list of subkeys at list_rel names the key at rel; says and takes nothing. */
bool subkeys_name(const struct reader *reader, uint32_t list_rel, uint32_t rel);

/*
 * Calls each() with every cell that may hold a list that subkeys_read() reads, count being
 * what the key record says.  If that is 0 only the first of them count, and the key that
 * they lead to, which is asked whose it is.
 */
typedef void subkeys_visit(void *context, uint32_t rel);
void subkeys_each_list(const struct image *image, uint32_t list_rel, uint32_t count,
		       subkeys_visit *each, void *context);

/* True if the name is what the list kept of it, as far as that goes. */
bool subkeys_hint_fits(const struct reader_element *element, struct text name);

#endif
