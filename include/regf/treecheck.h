/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two readers of a hive compared: what hivex reads, and what the own one does. */
#ifndef REGF_TREECHECK_H
#define REGF_TREECHECK_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/status.h"
#include "regf/key.h"

struct tree;

/* What comes of comparing both readers, worst last. */
enum treecheck_verdict {
	TREECHECK_AGREES,  /* both read the same */
	TREECHECK_REFUSES, /* hivex did not read some part; nothing contradicts */
	TREECHECK_DIFFERS, /* the readers contradict each other */
};

/*
 * Compares the own reader's key `own` with what hivex reads at the same
 * place: name, time, names, types and data of its values, and which children
 * it has; with whole also everything below it.  Each contradiction is a
 * diagnostic (DIAG_READER_DIFFERS), each thing hivex refuses another
 * (DIAG_READER_REFUSED).  A list that the own reader refused, since another key has it,
 * too, is not asked for, nor is more than a few times the bytes of the hive over all
 * calls: both are told (DIAG_READER_NOT_ASKED).  *verdict only ever gets worse.
 * Return: STATUS_OK; STATUS_NOMEM, hivex' lack of memory too, and *verdict is as it was.
 */
MUST_CHECK enum status treecheck_key(struct tree *tree, const struct key *own, bool whole,
				     struct diag_list *diags,
				     enum treecheck_verdict *verdict);

#endif
