/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of each profile, and the words for it. */
#include "report/restore/restored.h"

#include "base/array.h"

#include <stdlib.h>

void restored_clear(struct restores *restores)
{
	for (size_t i = 0; i < restores->n; i++)
		free(restores->items[i].path);
	free(restores->items);
	free(restores->by_source);
	*restores = (struct restores){ 0 };
}

/* By address: findings and recovered profiles stay where they are. */
static int compare(const struct restored *a, const struct restored *b)
{
	uintptr_t x = (uintptr_t)a->finding, y = (uintptr_t)b->finding;

	if (x == y) {
		x = (uintptr_t)a->recovered;
		y = (uintptr_t)b->recovered;
	}
	return (x > y) - (x < y);
}

static int by_source(const void *a, const void *b)
{
	return compare(*(const struct restored *const *)a,
		       *(const struct restored *const *)b);
}

enum status restored_sort(struct restores *restores)
{
	restores->by_source = calloc(restores->n + 1, sizeof(struct restored *));
	if (!restores->by_source)
		return STATUS_NOMEM;
	for (size_t i = 0; i < restores->n; i++)
		restores->by_source[i] = &restores->items[i];
	if (restores->n > 1)
		qsort(restores->by_source, restores->n, sizeof(struct restored *),
		      by_source);
	return STATUS_OK;
}

const struct restored *restored_of(const struct restores *restores,
				   const struct finding *finding,
				   const struct recovered_profile *recovered)
{
	const struct restored wanted = { .finding = finding, .recovered = recovered };

	if (restores && restores->by_source) {
		size_t i = ARRAY_COUNT_BEFORE(restores->by_source, restores->n, item,
					      compare(*item, &wanted) < 0);
		return i < restores->n && compare(restores->by_source[i], &wanted) == 0
			       ? restores->by_source[i]
			       : NULL;
	}
	for (size_t i = 0; restores && i < restores->n; i++)
		if (restores->items[i].finding == finding &&
		    restores->items[i].recovered == recovered)
			return &restores->items[i];
	return NULL;
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
