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

/* True if the name is what the list kept of it, as far as that goes. */
bool subkeys_hint_fits(const struct reader_element *element, struct text name);

#endif
