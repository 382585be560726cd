/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XSLT 1.0 has no calendar, so the stylesheet asks for each local time. */
#include "report/page/pagezone.h"

#include "base/filetime.h"
#include "report/page/pagexml.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/xsltInternals.h>

#include <string.h>

/* Of the functions that the stylesheet is given. */
#define PAGE_NAMESPACE "urn:wmsdiff:page"

/* ---- the report's offsets ---- */

/* "+01:00"; seconds east of Greenwich. */
static bool read_offset(const char *text, int32_t *out)
{
	static const char form[] = "+00:00";

	if (!text || strlen(text) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0'   ? text[i] < '0' || text[i] > '9'
		    : form[i] == '+' ? text[i] != '+' && text[i] != '-'
				     : text[i] != form[i])
			return false;
	int32_t minutes = ((text[1] - '0') * 10 + text[2] - '0') * 60 +
			  (text[4] - '0') * 10 + text[5] - '0';
	*out = (text[0] == '-' ? -minutes : minutes) * 60;
	return true;
}

static bool read_time(const struct _xmlNode *node, const char *name, uint64_t *out)
{
	const char *text = pagexml_value(node, name);

	return text && filetime_parse(text, out);
}

static enum status add_offset(const xmlNode *node, struct timezone *zone)
{
	uint64_t from = 0;
	int32_t offset = 0;

	if (!read_time(node, "from", &from) ||
	    !read_offset(pagexml_value(node, "utc_offset"), &offset))
		return STATUS_MALFORMED;
	return timezone_add(zone, from, offset);
}

enum status pagezone_read(const struct _xmlNode *report, struct timezone *out)
{
	const xmlNode *element = report ? report->children : NULL;
	struct timezone zone = { 0 };
	enum status status = STATUS_OK;

	while (element && !pagexml_is(element, "time_zone"))
		element = element->next;
	*out = zone;
	if (!element || !read_time(element, "until", &zone.end_ft))
		return STATUS_OK;
	for (const xmlNode *node = element->children; node && status == STATUS_OK;
	     node = node->next)
		if (pagexml_is(node, "offset"))
			status = add_offset(node, &zone);
	if (status == STATUS_NOMEM) {
		timezone_clear(&zone);
		return status;
	}
	/* What comes behind the last one that is sound is not known. */
	if (status != STATUS_OK)
		zone.end_ft = zone.n > 0 ? zone.spans[zone.n - 1].from_ft : 0;
	*out = zone;
	return STATUS_OK;
}

/* ---- the function ---- */

/* XPath calls it by its number of arguments; it takes one. */
static void local(xmlXPathParserContextPtr parser, int n_arguments)
{
	const struct timezone *zone = xsltXPathGetTransformContext(parser)->_private;
	char text[TIMEZONE_TEXT_SIZE] = "";
	uint64_t ft = 0;

	if (n_arguments != 1) {
		xmlXPathErr(parser, XPATH_INVALID_ARITY);
		return;
	}
	xmlChar *time = xmlXPathPopString(parser);
	if (time && filetime_parse(c(time), &ft))
		(void)timezone_format(zone, ft, text);
	xmlFree(time);
	valuePush(parser, xmlXPathNewCString(text));
}

bool pagezone_give(struct _xsltTransformContext *transform, struct timezone *zone)
{
	transform->_private = zone;
	return xsltRegisterExtFunction(transform, x("local"), x(PAGE_NAMESPACE), local) ==
	       0;
}
