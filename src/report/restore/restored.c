/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of each profile, and the words for it. */
#include "report/restore/restored.h"

#include <stdlib.h>

void restored_clear(struct restores *restores)
{
	for (size_t i = 0; i < restores->n; i++)
		free(restores->items[i].path);
	free(restores->items);
	*restores = (struct restores){ 0 };
}

const struct restored *restored_of(const struct restores *restores,
				   const struct finding *finding,
				   const struct recovered_profile *recovered)
{
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
