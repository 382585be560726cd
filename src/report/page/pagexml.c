/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/page/pagexml.h"

#include "base/compiler.h"

#include <libxml/tree.h>

#include <stdio.h>
#include <string.h>

const char *pagexml_value(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (strcmp(c(a->name), name) == 0)
			return a->children ? c(a->children->content) : "";
	return NULL;
}

bool pagexml_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp(c(node->name), name) == 0;
}

bool pagexml_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool pagexml_names_place(const char *element)
{
	static const char *const names[] = { "input",	"series",   "snapshot",
					     "store",	"change",   "comparison",
					     "profile", "diagnosis" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], element) == 0)
			return true;
	return false;
}

/* libxml2 has bounds of its own on one text, of 10 million bytes. */
static bool is_too_large(const char *message)
{
	return strstr(message, "Huge input") || strstr(message, "too long") ||
	       strstr(message, "huge text");
}

void pagexml_fault(const xmlError *error, char *why, size_t size)
{
	const char *message = error->message ? error->message : "";

	if (is_too_large(message))
		(void)snprintf(why, size,
			       "line %d: a text of more than 10,000,000 bytes: too large "
			       "to be checked or shown",
			       error->line);
	else
		(void)snprintf(why, size, "line %d: no well-formed XML: %s", error->line,
			       message);
	why[strcspn(why, "\n")] = '\0';
}
