/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/custody.h"

#include <string.h>

bool custody_is_given(const struct custody *custody)
{
	return custody->evidence_number || custody->received_from || custody->received_at;
}

const struct custody *custody_of(const struct custody *list, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].path, path) == 0)
			return &list[i];
	return NULL;
}
