/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small questions to libxml2's tree, whose texts are of unsigned characters. */
#ifndef REPORT_PAGE_PAGEXML_H
#define REPORT_PAGE_PAGEXML_H

#include <stdbool.h>
#include <stddef.h>

struct _xmlNode;

/* Texts as libxml2 has them, and back. */
static inline const unsigned char *x(const char *text)
{
	return (const unsigned char *)text;
}

static inline const char *c(const unsigned char *text)
{
	return (const char *)text;
}

/* The text of an attribute, borrowed from the tree; NULL if it is not there. */
const char *pagexml_value(const struct _xmlNode *node, const char *name);

/* True for an element of that name, in any namespace. */
bool pagexml_is(const struct _xmlNode *node, const char *name);

/*
 * True for an element of that name whose id names a place of the document; those of a
 * case and of an account do not.
 */
bool pagexml_names_place(const char *element);

/* The same text, or none both times. */
bool pagexml_same(const char *a, const char *b);

#endif
