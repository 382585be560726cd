/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a redacted report shows of each attribute and element.  The table says where
 * personal data of a known kind stands; what it does not name is shown as far as it has
 * nothing but words of the program.
 */
#ifndef REPORT_DOCUMENT_XMLREDACT_H
#define REPORT_DOCUMENT_XMLREDACT_H

#include <stdbool.h>

#include "report/redact/redact.h"

/* Where a text comes from, which decides where the table says nothing. */
enum xmlredact_from {
	XMLREDACT_OWN,	    /* the program's words, or who knows */
	XMLREDACT_EVIDENCE, /* a text of the evidence */
	XMLREDACT_PATH,	    /* a path of this machine */
};

/*
 * What is shown of an attribute; NULL for attribute: of the element's content.
 * Return: malloc'ed; NULL when out of memory.
 */
char *xmlredact_text(struct redact *redact, const char *element, const char *attribute,
		     enum xmlredact_from from, const char *utf8) MUST_CHECK;

/* True for an element that is left out with all that is in it: raw keys and values. */
bool xmlredact_leaves_out(const char *element);
/*
 * For tests: true if the table names the attribute (or, with NULL, the content) of an
 * element.
 */
bool xmlredact_names(const char *element, const char *attribute);

#endif
