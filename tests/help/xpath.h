/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Questions to XML that was written, or to a tree: one place that knows libxml2's XPath. */
#ifndef TESTS_HELP_XPATH_H
#define TESTS_HELP_XPATH_H

#include "help/unit.h"

struct _xmlDoc;

/* The tree of a document, to be freed.  Fails the test unless it is well-formed. */
struct _xmlDoc *xpath_parse(const char *bytes, size_t len);
void xpath_free(struct _xmlDoc *tree);

/*
 * Fails the test unless the expression, as a text, is what is expected.  Names have the
 * prefixes that a report has; its own are in "w".
 */
void xpath_is(struct _xmlDoc *tree, const char *expression, const char *expected);

#endif
