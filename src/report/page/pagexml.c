/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/page/pagexml.h"

#include "base/compiler.h"

#include <libxml/tree.h>

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
