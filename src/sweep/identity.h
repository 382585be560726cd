/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a unit's result came from, in one digest: if it is the same later, the result is
 * what another run would give.
 */
#ifndef SWEEP_IDENTITY_H
#define SWEEP_IDENTITY_H

#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "sweep/plan/planline.h"

struct identity {
	char hex[DIGEST_HEX_SIZE];
	uint64_t bytes; /* of all files: how much work the unit is */
};

/*
 * The digest of the program's version, the unit's arguments, and of all files that they
 * name (a path itself, what stands behind "=" of an option), with what lies in folders and
 * what lies beside a file and begins with its name (its logs): path, kind, size, and the
 * times of the last change of bytes and of status.  Contents are not read.  Paths are
 * taken from folder, links are followed only where an argument is one.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status identity_of(const struct unit *unit, const char *folder,
				   const char *version, struct identity *out);

#endif
