/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Converters of the C library that are loaded before files can no longer be opened: glibc
 * has a module for each code page, unloads it when nobody uses it, and could not load it
 * again.
 */
#ifndef SANDBOX_CONVERTERS_H
#define SANDBOX_CONVERTERS_H

struct converters;

/* None yet; to be freed.  NULL when out of memory. */
struct converters *converters_new(void);

/*
 * Keeps the converter from this code page, as iconv(3) calls it, loaded until the
 * converters are freed.  What this system does not have is left out, as it would be
 * later.  NULL is allowed.
 */
void converters_keep(struct converters *converters, const char *code_page);
void converters_free(struct converters *converters);

#endif
