/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stores that the profiles of a hive have, all of them together. */
#ifndef MAPI_CONTENT_ATTACHEDFILES_H
#define MAPI_CONTENT_ATTACHEDFILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "mapi/content/contentparts.h"
#include "mapi/content/pathlist.h"
#include "regf/key.h"

struct attachedfiles {
	struct pathlist paths;
	bool is_whole; /* nothing of any profile added is missing */
};

/* Begins an empty list, to be cleared. */
void attachedfiles_start(struct attachedfiles *files);
/* Adds those of a profile.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status attachedfiles_add(struct attachedfiles *files,
					 const struct key *profile);
/* To be called behind the last one. */
void attachedfiles_sort(struct attachedfiles *files);
void attachedfiles_clear(struct attachedfiles *files);

/*
 * Whether a profile has the file, as pathlist_has() tells.  Unknown instead of no
 * where something of a profile is missing.
 */
enum profile_known attachedfiles_has(const struct attachedfiles *files, struct text path);

#endif
