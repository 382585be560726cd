/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening a SYSTEM or SOFTWARE hive, and what is read of both: rows and plain values. */
#ifndef MACHINE_MACHINEHIVE_H
#define MACHINE_MACHINEHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/failure.h"
#include "base/status.h"
#include "base/text.h"
#include "regf/key.h"
#include "snapshot/snapshot.h"

/* Rows of any list that is read: more than any machine has. */
#define MACHINEHIVE_MAX_ROWS 100000

enum machinehive_kind { MACHINEHIVE_SYSTEM, MACHINEHIVE_SOFTWARE };

/*
 * Reads a hive that should be of that kind.  *fits says whether it is; another
 * one is told in its diagnostics, and one without a root key told already.
 * Return: STATUS_OK and *out given, fitting or not; else as snapshotread_source().
 */
MUST_CHECK enum status machinehive_open(const struct snapshot_source *source,
					enum machinehive_kind kind, struct snapshot **out,
					bool *fits, struct failure *failure);

/*
 * Makes room for one more row of `size` bytes in *items, which the caller owns and
 * which holds n of *cap rows.  At MACHINEHIVE_MAX_ROWS the key that holds what the
 * rows are made of gets a diagnostic, and *full becomes true; else false.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status machinehive_room(struct diag_list *diags, const struct key *list,
					void **items, size_t n, size_t *cap, size_t size,
					bool *full);

/* The string of a value, borrowed, empty if there is none; `key` may be NULL. */
struct text machinehive_text(const struct key *key, const char *name);

/* The number of a value.  Return: false if there is none; `key` may be NULL. */
bool machinehive_number(const struct key *key, const char *name, uint32_t *out);

/* What parts the names of a path: backslashes, for programs slashes, too. */
#define MACHINEHIVE_BACKSLASH "\\"
#define MACHINEHIVE_SLASHES "\\/"

/*
 * The last component of a path, a slice of it; separators at its end are passed over.
 * separators: one of the two above.
 */
struct text machinehive_last(struct text path, const char *separators);

#endif
