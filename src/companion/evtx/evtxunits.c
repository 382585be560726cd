/* SPDX-License-Identifier: GPL-2.0-or-later */
/* U+D800 to U+DFFF are surrogates, U+E000 to U+F8FF a private area (Unicode, chapter 23). */
#include "companion/evtx/evtxunits.h"

#include <stdlib.h>

#define HALVES 0xd8u  /* upper byte of the first, of 8 such bytes */
#define PRIVATE 0xe0u /* likewise */
#define N 8u

static bool is_in(uint8_t high, unsigned first)
{
	return high >= first && high < first + N;
}

void evtxunits_look(struct evtxunits *units, struct span text)
{
	uint8_t high = 0;

	for (size_t i = 1; span_u8(text, i, &high); i += 2) {
		units->halves |= is_in(high, HALVES);
		units->stand_ins |= is_in(high, PRIVATE);
	}
}

static void move(uint8_t *text, size_t n, unsigned from, unsigned to)
{
	for (size_t i = 1; i < n; i += 2)
		if (is_in(text[i], from))
			text[i] = (uint8_t)(text[i] - from + to);
}

void evtxunits_hide(uint8_t *text, size_t n)
{
	move(text, n, HALVES, PRIVATE);
}

/* The text with surrogates in place of private units; NULL when out of memory. */
static char *shown(struct text text)
{
	size_t n = text.bytes.len;
	uint8_t *copy = malloc(n + 1);
	char *utf8 = NULL;

	if (copy && span_copy(text.bytes, 0, copy, n)) {
		move(copy, n, PRIVATE, HALVES);
		utf8 = text_to_utf8((struct text){ span_of(copy, n), TEXT_UTF16LE },
				    NULL);
	}
	free(copy);
	return utf8;
}

char *evtxunits_utf8(struct text text, bool hidden, struct arena *arena)
{
	text = text_until_nul(text);
	char *utf8 = hidden && text.encoding == TEXT_UTF16LE ? shown(text)
							     : text_to_utf8(text, NULL);
	char *kept = utf8 ? arena_strdup(arena, utf8) : NULL;

	free(utf8);
	return kept;
}
