/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of machine share: opening a hive of a kind, and plain values. */
#ifndef MACHINE_MACHINE_PRIVATE_H
#define MACHINE_MACHINE_PRIVATE_H

#include "machine/machine.h"

enum machine_kind { MACHINE_SYSTEM, MACHINE_SOFTWARE };

/*
 * Reads a hive that should be of that kind.  *fits says whether it is; another
 * one is told in its diagnostics, and one without a root key told already.
 * Return: STATUS_OK and *out given; else as snapshotread_source().
 */
MUST_CHECK enum status machine_open(const struct snapshot_source *source,
				    enum machine_kind kind, struct snapshot **out,
				    bool *fits, struct failure *failure);

/*
 * Makes room for one more row of `size` bytes in *items.  At MACHINE_MAX_ITEMS
 * the key that holds what the rows are made of gets a diagnostic, and *full.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status machine_room(struct diag_list *diags, const struct key *list,
				    void **items, size_t n, size_t *cap, size_t size,
				    bool *full);

/* The string of a value, empty if there is none; `key` may be NULL. */
struct text machine_text(const struct key *key, const char *name);

/* The number of a value.  Return: false if there is none; `key` may be NULL. */
bool machine_number(const struct key *key, const char *name, uint32_t *out);

/* The last component of a path, backslashes at its end passed over. */
struct text machine_last(struct text path);

/*
 * Adds the hotfixes that the key Microsoft of a SOFTWARE hive tells, and the
 * programs below `wow` (that key of 32-bit programs, or NULL).
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status machinehotfix_read(struct machine_software *software,
					  const struct key *microsoft,
					  const struct key *wow);

#endif
