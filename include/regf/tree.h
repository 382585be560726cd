/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second reader: hivex.  It gets the image as a sealed file in memory, with
 * a corrected base block where it needs one; HIVEX_OPEN_UNSAFE is never used.
 * This is the one module that knows hivex.
 */
#ifndef REGF_TREE_H
#define REGF_TREE_H

#include "base/diag.h"
#include "base/status.h"
#include "regf/image.h"
#include "regf/key.h"
#include "base/memfile.h"

struct tree;

/*
 * The code pages that hivex converts from: the C library loads a module for each when it
 * is first used.  NULL behind the last one.
 */
extern const char *const tree_code_pages[];

/*
 * Opens the image with hivex.  file holds the image's bytes and serves as it
 * is when nothing in its base block needs correction.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_IO when no memory or
 * temporary file can be made; STATUS_UNSUPPORTED when hivex refuses the image
 * (a diagnostic says so; hivex itself does not tell why).
 */
MUST_CHECK enum status tree_open(const struct image *image, const struct memfile *file,
				 struct diag_list *diags, struct tree **out);

/* Takes the tree; NULL is allowed. */
void tree_close(struct tree *tree);
void tree_closep(struct tree **tree);

/*
 * Reads the whole hive into plain keys: for when the own reader could not.
 * What hivex refuses is a diagnostic, and so is that it was asked for eight times the
 * bytes of the hive: then the rest is not read.  Names and data are copies.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_MALFORMED without a root.
 */
MUST_CHECK enum status tree_read(struct tree *tree, struct diag_list *diags,
				 struct key_tree **out);

#endif
