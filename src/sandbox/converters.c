/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sandbox/converters.h"

#include "base/compiler.h"

#include <iconv.h>
#include <stddef.h>
#include <stdlib.h>

/* More code pages than the program knows. */
#define MAX_KEPT 32

struct converters {
	iconv_t items[MAX_KEPT];
	size_t n;
};

struct converters *converters_new(void)
{
	return calloc(1, sizeof(struct converters));
}

void converters_keep(struct converters *converters, const char *code_page)
{
	if (!converters || converters->n == ARRAY_LEN(converters->items))
		return;
	iconv_t converter = iconv_open("UTF-8", code_page);
	if (converter != (iconv_t)-1)
		converters->items[converters->n++] = converter;
}

void converters_free(struct converters *converters)
{
	if (!converters)
		return;
	while (converters->n > 0)
		(void)iconv_close(converters->items[--converters->n]);
	free(converters);
}
