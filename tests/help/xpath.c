/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/xpath.h"

#include "base/compiler.h"
#include "report/document/namespaces.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <string.h>

struct _xmlDoc *xpath_parse(const char *bytes, size_t len)
{
	xmlDocPtr tree =
		xmlReadMemory(bytes, (int)len, NULL, NULL,
			      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (!tree)
		fail_msg("not well-formed: %.*s", (int)len, bytes);
	return tree;
}

void xpath_free(struct _xmlDoc *tree)
{
	xmlFreeDoc(tree);
}

static xmlXPathContextPtr context_of(struct _xmlDoc *tree)
{
	static const char *const spaces[][2] = { { "w", REPORT_NAMESPACE },
						 { "dfxml", XML_DFXML },
						 { "regxml", XML_REGXML },
						 { "delta", XML_DELTA } };
	xmlXPathContextPtr context = xmlXPathNewContext(tree);

	assert_non_null(context);
	for (size_t i = 0; i < ARRAY_LEN(spaces); i++)
		assert_int_equal(xmlXPathRegisterNs(context,
						    (const xmlChar *)spaces[i][0],
						    (const xmlChar *)spaces[i][1]),
				 0);
	return context;
}

void xpath_is(struct _xmlDoc *tree, const char *expression, const char *expected)
{
	xmlXPathContextPtr context = context_of(tree);
	xmlXPathObjectPtr found =
		xmlXPathEvalExpression((const xmlChar *)expression, context);

	assert_non_null(found);
	xmlChar *text = xmlXPathCastToString(found);
	assert_non_null(text);
	if (strcmp((const char *)text, expected) != 0)
		fail_msg("%s is \"%s\", not \"%s\"", expression, (const char *)text,
			 expected);
	xmlFree(text);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
}
