/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two neighbouring snapshots of a series held against each other. */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "compare/difference.h"
#include "compare/finding.h"
#include "compare/origin/otherhive.h"
#include "snapshot/samebytes.h"
#include "snapshot/snapshot.h"

/* A key asked for by path, compared below. */
struct compared_key {
	const char *path;		  /* as asked for, borrowed */
	const struct key *before, *after; /* NULL where it is not there */
	struct differences differences;
};

/* It borrows from both snapshots, from what was recovered, and the paths. */
struct comparison {
	size_t before_index;	/* in the series; the later one is the next */
	struct samebytes same;	/* of both images */
	struct otherhive other; /* whether the later hive continues the earlier one */
	struct diag_list *diags;
	struct finding *findings;
	size_t n_findings, cap_findings;
	struct compared_key *keys;
	size_t n_keys;
	/* Of the data of both sides' profiles, and of the values below those keys. */
	uint64_t n_bytes;
};

/*
 * Compares two snapshots; recovery is what the later one still holds of deleted
 * profiles, or NULL; before_index is the number of the earlier one in its series;
 * paths are the n_paths further keys to compare, as in keypath_find() ("\" is the
 * whole hive).  All of them must live longer than the comparison.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status compare_snapshots(const struct snapshot *before,
					 const struct snapshot *after,
					 const struct recovery *recovery,
					 size_t before_index, const char *const *paths,
					 size_t n_paths, struct comparison **out);
/* The same where `same` of both is known already: it is taken, and left empty. */
MUST_CHECK enum status compare_with(const struct snapshot *before,
				    const struct snapshot *after,
				    const struct recovery *recovery, size_t before_index,
				    const char *const *paths, size_t n_paths,
				    struct samebytes *same, struct comparison **out);

/* Takes the comparison; NULL is allowed. */
void comparison_free(struct comparison *comparison);

#endif
