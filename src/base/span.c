/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one reader of spans that is too long to be inline: searching.  What is
 * searched for is always a short constant of ours, never evidence, so a plain
 * search cannot be driven into quadratic time.
 */
#include "base/span.h"

bool span_find(struct span s, const void *what, size_t len, size_t *off)
{
	if (!span_has(s, *off, len))
		return false;
	const uint8_t *needle = what;
	const uint8_t *p = s.ptr + *off;
	/* One past the last place where what could begin. */
	const uint8_t *end = s.ptr + (s.len - len + 1);

	while (p < end) {
		p = memchr(p, needle[0], (size_t)(end - p));
		if (!p)
			return false;
		if (memcmp(p, needle, len) == 0) {
			*off = (size_t)(p - s.ptr);
			return true;
		}
		p++;
	}
	return false;
}

bool span_contains(struct span s, const void *what, size_t len)
{
	size_t off = 0;

	return len == 0 || span_find(s, what, len, &off);
}
