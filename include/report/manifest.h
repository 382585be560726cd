/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The manifest of a run: its outputs in the form that "sha256sum -c" takes, and the inputs
 * in comments of the same form.
 */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "report/custody.h"
#include "report/filelist.h"
#include "report/kept.h"

/* What was given for the record; NULL where it was not. */
struct manifest_about {
	const char *case_id, *examiner, *note;
	const struct custody *custodies;
	size_t n_custodies;
	uint64_t started_ft; /* FILETIME */
};

/* Bytes of a manifest: a hundred million files. */
#define MANIFEST_MOST (UINT64_C(16) << 30)

/*
 * Writes it, when all else is done: each output must still be the file that was put in its
 * place.  Paths are those from the folder of the manifest, and full ones outside of it.
 * kept, whose outputs the list has, is as for output_open().
 * Return: STATUS_OK, and *sha256 is that of the manifest; STATUS_NOMEM; STATUS_IO with
 * *failure set.
 */
MUST_CHECK enum status manifest_write(const char *path, struct filelist *list,
				      const struct manifest_about *about,
				      struct kept *kept, struct digest *sha256,
				      struct failure *failure);

#endif
