/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a redacted report shows of each attribute and element.  The table says where
 * personal data of a known kind stands; what it does not name is shown as far as it has
 * nothing but words of the program.
 */
#ifndef REPORT_REDACT_REDACTXML_H
#define REPORT_REDACT_REDACTXML_H

#include <stdbool.h>

#include "report/redact/redact.h"

/* Where a text comes from, which decides where the table says nothing. */
enum redactxml_from {
	REDACTXML_OWN,	    /* the program's words, or who knows */
	REDACTXML_EVIDENCE, /* a text of the evidence */
	REDACTXML_PATH,	    /* a path of this machine */
};

/*
 * What is shown of an attribute; NULL for attribute: of the element's content.
 * Return: malloc'ed; NULL when out of memory.
 */
char *redactxml_text(struct redact *redact, const char *element, const char *attribute,
		     enum redactxml_from from, const char *utf8) MUST_CHECK;

/* True for an element that is left out with all that is in it: raw keys and values. */
bool redactxml_leaves_out(const char *element);
/*
 * For tests: true if the table names the attribute (or, with NULL, the content) of an
 * element.
 */
bool redactxml_names(const char *element, const char *attribute);

#endif
