/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A report as the page takes it in: read as a stream, so that its size does
 * not matter, into a tree that is bounded.  What goes past a limit is counted
 * and not kept; texts are cut and made harmless; names in other namespaces
 * are left out.  A document type declaration is refused, and with it every
 * entity; nothing is ever fetched.
 */
#ifndef REPORT_PAGE_PAGEDOC_H
#define REPORT_PAGE_PAGEDOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"

struct pagedoc;
struct _xmlDoc;

/* Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status pagedoc_new(struct pagedoc **out);

/* NULL is allowed. */
void pagedoc_free(struct pagedoc *doc);
void pagedoc_freep(struct pagedoc **doc);

/* Takes the next bytes of the report; the first failure is told at the end. */
void pagedoc_take(struct pagedoc *doc, struct span bytes);

/*
 * Ends the reading; the second time it says the same again.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_MALFORMED (no well-formed XML, one
 * with a document type declaration, or no report) with *failure set.
 */
MUST_CHECK enum status pagedoc_finish(struct pagedoc *doc, struct failure *failure);

/* The tree, after a successful end; it stays the doc's. */
struct _xmlDoc *pagedoc_tree(const struct pagedoc *doc);

/* An id of the document that stands there twice, or is none; NULL if all are sound. */
const char *pagedoc_bad_id(const struct pagedoc *doc);

#endif
