/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recovery of deleted keys and values from beginning to end.  Rules: wmsdiff(1),
 * RECOVERY; the stages and their order: the comment in src/regf/recover/search.h.
 */
#ifndef REGF_RECOVER_RECOVERKEYS_H
#define REGF_RECOVER_RECOVERKEYS_H

#include "base/status.h"
#include "regf/recover/recovered.h"
#include "regf/recover/source.h"

/*
 * Recovers what can be recovered.  A path is certain where for each of its
 * steps a witness has the same record at the same place below that parent, or
 * the live parent is known to be older than the key's last write (something
 * below it is that old), so that it is the one the key names.  A parent whose
 * last write is older than its child's is another key in a reused cell.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.  Everything borrows from the
 * image, the live keys and the witnesses' keys; of an overlay all is copied.
 */
MUST_CHECK enum status recoverkeys_find(const struct recovered_source *source,
					struct recovered_keys **out);

#endif
