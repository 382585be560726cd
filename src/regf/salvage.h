/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that no readable list names. */
#ifndef REGF_SALVAGE_H
#define REGF_SALVAGE_H

#include "regf/reader.h"

/*
 * Adds to reader->elements the keys that name the one at parent_rel as their
 * parent and that no list has named so far.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status salvage_subkeys(struct reader *reader, uint32_t parent_rel);

/*
 * The cell of the record that is marked as root and that most keys name as
 * their parent.  Return: STATUS_ABSENT if there is none, or if no key names a
 * marked one and some name the cell at lost_rel, where the root should be.
 */
MUST_CHECK enum status salvage_root(struct reader *reader, uint32_t lost_rel,
				    uint32_t *rel);

#endif
