/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second reader: hivex.  It gets the image as a sealed file in memory, with
 * a corrected base block where it needs one; HIVEX_OPEN_UNSAFE is never used.
 * This is the one module that knows hivex.
 */
#ifndef REGF_TREE_H
#define REGF_TREE_H

#include "base/diag.h"
#include "base/memfile.h"
#include "base/status.h"
#include "regf/image.h"
#include "regf/key.h"

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

/*
 * The same in two steps, with other work between them: hivex looks at each cell of the
 * hive when it opens it.  With beside it does so in a thread of its own if the hive is
 * large, else when it is asked for.  Image and file must live until the opening is freed.
 * Return: of the first STATUS_OK and *out given, or STATUS_NOMEM; of the second, which is
 * called once, as tree_open().
 */
struct tree_opening;
MUST_CHECK enum status tree_begin(const struct image *image, const struct memfile *file,
				  bool beside, struct tree_opening **out);
MUST_CHECK enum status tree_opened(struct tree_opening *opening, struct diag_list *diags,
				   struct tree **out);
/* Waits for it to end where it was not asked for; NULL is allowed. */
void tree_opening_freep(struct tree_opening **opening);

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
