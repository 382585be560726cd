/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of each profile, and the words for it. */
#include "report/restore/restored.h"

#include "base/array.h"

#include <stdlib.h>

void restored_clear(struct restores *restores)
{
	for (size_t i = 0; i < restores->n; i++)
		free(restores->items[i].path);
	free(restores->sorted);
	free(restores->items);
	*restores = (struct restores){ 0 };
}

/* In the order of what they are of, wherever that stands in memory. */
static int compare(const struct restored *a, const struct restored *b)
{
	uintptr_t x = (uintptr_t)a->finding, y = (uintptr_t)b->finding;

	if (x == y) {
		x = (uintptr_t)a->recovered;
		y = (uintptr_t)b->recovered;
	}
	return (x > y) - (x < y);
}

static int by_what(const void *a, const void *b)
{
	return compare(*(const struct restored *const *)a,
		       *(const struct restored *const *)b);
}

const struct restored *restored_of(const struct restores *restores,
				   const struct finding *finding,
				   const struct recovered_profile *recovered)
{
	const struct restored wanted = { .finding = finding, .recovered = recovered };

	if (!restores)
		return NULL;
	if (restores->sorted) {
		size_t i = ARRAY_COUNT_BEFORE(restores->sorted, restores->n, item,
					      compare(*item, &wanted) < 0);
		return i < restores->n && compare(restores->sorted[i], &wanted) == 0
			       ? restores->sorted[i]
			       : NULL;
	}
	for (size_t i = 0; i < restores->n; i++)
		if (compare(&restores->items[i], &wanted) == 0)
			return &restores->items[i];
	return NULL;
}

enum status restored_sort(struct restores *restores)
{
	restores->sorted = calloc(restores->n + 1, sizeof(*restores->sorted));
	if (!restores->sorted)
		return STATUS_NOMEM;
	for (size_t i = 0; i < restores->n; i++)
		restores->sorted[i] = &restores->items[i];
	if (restores->n > 1)
		qsort(restores->sorted, restores->n, sizeof(*restores->sorted), by_what);
	return STATUS_OK;
}

/* ---- words ---- */

const char *restored_outcome_word(enum restore_outcome outcome)
{
	switch (outcome) {
	case RESTORE_WRITTEN:
		return "written";
	case RESTORE_LEFT_OUT:
		return "left_out";
	case RESTORE_REFUSED:
		return "refused";
	}
	return "refused";
}

static const struct {
	const char *word, *why, *remedy;
} reasons[] = {
#define X(constant, word, why, remedy) [constant] = { word, why, remedy },
	RESTORE_REASONS(X)
#undef X
};

static const struct {
	const char *word, *sentence;
} losses[] = {
#define X(constant, word, sentence) [constant] = { word, sentence },
	RESTORE_LOSSES(X)
#undef X
};

/* NULL for what is left empty in the table. */
static const char *text_or_null(const char *text)
{
	return *text ? text : NULL;
}

const char *restored_reason_word(enum restore_reason reason)
{
	return text_or_null(reasons[reason].word);
}

const char *restored_reason_why(enum restore_reason reason)
{
	return text_or_null(reasons[reason].why);
}

const char *restored_reason_remedy(enum restore_reason reason)
{
	return text_or_null(reasons[reason].remedy);
}

const char *restored_loss_word(enum restore_loss loss)
{
	return losses[loss].word;
}

const char *restored_loss_sentence(enum restore_loss loss)
{
	return losses[loss].sentence;
}
