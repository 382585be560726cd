/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts of a report as the page shows them: cut to a length, and nothing in them acts. */
#ifndef REPORT_PAGE_PAGETEXT_H
#define REPORT_PAGE_PAGETEXT_H

#include <stddef.h>

#include "base/compiler.h"

/* Bytes of one text on the page; longer ones say how much is missing. */
#define PAGETEXT_MAX 2048

/*
 * The first n bytes of a text, of which there are `all`: control, format and
 * bidirectional characters are shown as \u{hex}, and what is cut off is told.
 * Return: malloc'ed; NULL when out of memory.
 */
char *pagetext_visible(const char *utf8, size_t n, size_t all) MUST_CHECK;

/*
 * The exact text behind an attribute of UTF-16LE units in hex (n bytes of it):
 * what XML cannot hold is shown as \u{hex} too.  Anything but hex ends it.
 * Return: malloc'ed; NULL when out of memory.
 */
char *pagetext_exact(const char *hex, size_t n) MUST_CHECK;

/*
 * The first bytes of data in base64 as pairs of hex digits, with a blank
 * between two.  Anything but base64 ends it.
 * Return: malloc'ed; NULL when out of memory.
 */
char *pagetext_hex(const char *base64, size_t n) MUST_CHECK;

#endif
