/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts as libxml2 has them, which are UTF-8 of another type, and back. */
#ifndef REPORT_PAGEXML_H
#define REPORT_PAGEXML_H

#include <libxml/xmlstring.h>

static inline const xmlChar *x(const char *text)
{
	return (const xmlChar *)text;
}

static inline const char *c(const xmlChar *text)
{
	return (const char *)text;
}

#endif
