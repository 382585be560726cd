/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that no output of a run may replace: what was read, as it was when it was read,
 * and the outputs that stand already.  They are known by device and inode, so that no
 * other name, link or renaming hides them.  Runs that go side by side may share one.
 */
#ifndef REPORT_KEPT_H
#define REPORT_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/filemark.h"
#include "base/status.h"
#include "report/filelist.h"

enum kept_as {
	KEPT_NOT,
	KEPT_EVIDENCE,
	KEPT_REPORT, /* that was read */
	KEPT_OUTPUT, /* of this run */
};

struct kept;

/* Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status kept_new(struct kept **out);
/* NULL is allowed. */
void kept_free(struct kept *kept);
void kept_freep(struct kept **kept);

/*
 * From now on outputs that are put in their places are added to the list, too, which is
 * lent and may be NULL.
 */
void kept_list_outputs(struct kept *kept, struct filelist *list);
/* That list; NULL if there is none, or kept is NULL. */
struct filelist *kept_list(const struct kept *kept);

/*
 * Adds a file by its mark, never as KEPT_NOT; one that is there already stays what it was.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status kept_add(struct kept *kept, struct filemark mark, enum kept_as as);
/*
 * Adds what stands at a path now, as evidence; where nothing does, nothing is added.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status kept_add_path(struct kept *kept, const char *path);

/*
 * Adds the logs and the like that lie beside a hive, by their names, whether they are read
 * or not, and whatever they hold.  A folder that cannot be read has none.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status kept_add_beside(struct kept *kept, const char *hive);

/* What a file is kept as; KEPT_NOT if kept is NULL. */
enum kept_as kept_what(struct kept *kept, struct filemark mark);

#endif
