/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/redact/redactwords.h"

#include "base/array.h"

#include <string.h>

/* Sorted by bytes, in lower case. */
static const char *const words[] = {
#include "report/redact/redactwords.inc"
};

/* Bytes of the longest one that is looked for: words of the list are shorter. */
#define LONGEST 64

bool redactwords_has(const char *word, size_t len)
{
	char lower[LONGEST + 1];

	if (len == 0 || len > LONGEST)
		return false;
	for (size_t i = 0; i < len; i++)
		lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] - 'A' + 'a')
							    : word[i];
	lower[len] = '\0';
	size_t at = ARRAY_COUNT_BEFORE(words, ARRAY_LEN(words), item,
				       strcmp(*item, lower) < 0);
	return at < ARRAY_LEN(words) && strcmp(words[at], lower) == 0;
}
