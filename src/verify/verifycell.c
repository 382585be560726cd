/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifycell.h"

#include <stdlib.h>

void verifycell_clear(struct verifycell *cell)
{
	for (size_t i = 0; i < VERIFYCELL_N_KEPT; i++)
		free(cell->kept[i]);
	free(cell->data);
	free(cell->runs.items);
	*cell = (struct verifycell){ .hive = VERIFYFILES_NONE };
}

/* The words of a text that blanks divide; the rest goes to *text. */
static struct span next_word(struct span *text)
{
	size_t end = 0;
	struct span word;

	if (!span_find(*text, " ", 1, &end))
		end = text->len;
	word = span_clip(*text, end);
	*text = span_from(*text, end + 1);
	return word;
}

bool verifycell_ranges(struct span text, struct verifycell_range *out, size_t n)
{
	size_t i = 0;

	while (text.len > 0) {
		struct span word = next_word(&text);
		uint64_t first = 0, len = 0;
		size_t plus = 0;
		if (i == n || !span_find(word, "+", 1, &plus) ||
		    !verifytext_digits(span_clip(word, plus), &first) ||
		    !verifytext_digits(span_from(word, plus + 1), &len) ||
		    first + len < first || (i > 0 && first < out[i - 1].end))
			return false;
		out[i++] = (struct verifycell_range){ first, first + len };
	}
	return true;
}

unsigned verifycell_inferred(struct span words)
{
	static const char *const known[] = {
#define X(constant, word) word,
		VERIFYCELL_INFERRED(X)
#undef X
	};
	unsigned inferred = 0;

	while (words.len > 0) {
		struct span word = next_word(&words);
		for (unsigned i = 0; i < ARRAY_LEN(known); i++)
			if (span_equal(word, span_of(known[i], strlen(known[i]))))
				inferred |= 1u << i;
	}
	return inferred;
}
