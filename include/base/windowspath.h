/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Full paths of Windows, as registry values hold them. */
#ifndef BASE_WINDOWSPATH_H
#define BASE_WINDOWSPATH_H

#include <stdbool.h>

#include "base/text.h"

/*
 * True for a text that begins as a full path does: a drive ("C:\...") or a share
 * ("\\server\...").  Nothing else of it is looked at.  (Microsoft, "Naming Files, Paths,
 * and Namespaces".)
 */
static inline bool windowspath_is_full(struct text t)
{
	uint16_t first = text_upcase(text_unit(t, 0)), second = text_unit(t, 1);

	if (first == '\\')
		return second == '\\';
	return first >= 'A' && first <= 'Z' && second == ':' && text_unit(t, 2) == '\\';
}

#endif
