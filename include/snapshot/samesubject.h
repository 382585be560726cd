/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two snapshots belong to one subject, by all that they hold. */
#ifndef SNAPSHOT_SAMESUBJECT_H
#define SNAPSHOT_SAMESUBJECT_H

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "snapshot/snapshot.h"

/*
 * True if both hold one hive at two times: a profile with the same instance key
 * stands in the same cell, and so do most keys.  False, too, when out of memory,
 * which is noted (status_note_nomem()).
 */
MUST_CHECK bool samesubject_is_one_hive(const struct snapshot *a,
					const struct snapshot *b);

/*
 * What tells that two snapshots belong to different subjects: subject_difference(),
 * unless what they hold shows one hive.  NULL if nothing does.  A static sentence.
 */
const char *samesubject_difference(const struct snapshot *a, const struct snapshot *b);

/*
 * Return: STATUS_OK if both may belong to one subject, or were stated to;
 * STATUS_UNSUPPORTED with *failure saying whose each is, and how that was found;
 * STATUS_NOMEM.
 */
MUST_CHECK enum status samesubject_check(const struct snapshot *a,
					 const struct snapshot *b,
					 struct failure *failure);

#endif
