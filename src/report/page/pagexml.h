/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts as libxml2 has them, whose xmlChar is an unsigned char, and back. */
#ifndef REPORT_PAGE_PAGEXML_H
#define REPORT_PAGE_PAGEXML_H

static inline const unsigned char *x(const char *text)
{
	return (const unsigned char *)text;
}

static inline const char *c(const unsigned char *text)
{
	return (const char *)text;
}

#endif
