/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of an index, and what is counted over all of it. */
#include "report/index/indexdata.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *word, *title;
} states[] = {
#define X(constant, word, title) [constant] = { word, title },
	INDEX_STATES(X)
#undef X
};

const char *indexdata_state_word(enum index_state state)
{
	return states[state].word;
}

const char *indexdata_state_title(enum index_state state)
{
	return states[state].title;
}

/* A moment that bounds contradict is no better than they are. */
const char *indexdata_time_certainty(const struct index_row *row, bool confirmed,
				     bool conflict)
{
	if (conflict || (row->from_ft && row->to_ft && row->from_ft > row->to_ft))
		return "contradictory";
	if (row->moment_ft)
		return confirmed ? "confirmed" : "moment";
	return row->from_ft || row->to_ft ? "bounds" : NULL;
}

/* What makes it incomplete is not said by its state already. */
static bool is_incomplete_besides(const struct index_subject *subject)
{
	return subject->exit_status == 2 && subject->state != INDEX_IN_DOUBT &&
	       subject->state != INDEX_UNREADABLE && subject->state != INDEX_UNPAIRED;
}

void indexdata_count(const struct index *index, struct index_counts *out)
{
	*out = (struct index_counts){ .subjects = index->subjects.n };
	for (size_t i = 0; i < index->subjects.n; i++) {
		const struct index_subject *subject = &index->subjects.items[i];
		out->by_state[subject->state]++;
		out->incomplete += is_incomplete_besides(subject);
		out->only_later += subject->side == INDEX_LATER_SIDE;
	}
}

int indexdata_exit_status(const struct index *index)
{
	int worst = index->n_rows_left_out > 0 || index->incomplete ? 2 : 0;

	for (size_t i = 0; i < index->subjects.n; i++)
		if (index->subjects.items[i].exit_status > worst)
			worst = index->subjects.items[i].exit_status;
	return worst;
}

/* ---- what could not be read ---- */

size_t indexdata_n_unread(const struct index *index)
{
	return index->unread.n + (index->n_unread_left_out > 0);
}

void indexdata_unread_row(const struct index *index, size_t i, struct index_row *out)
{
	*out = (struct index_row){
		.kind = "unread",
		.note = i < index->unread.n ? index->unread.items[i]
					    : "more that could not be read is not listed",
	};
}

/* ---- the sentence ---- */

static void put(FILE *out, size_t n, const char *one, const char *many)
{
	if (n > 0)
		fprintf(out, "; %zu %s", n, n == 1 ? one : many);
}

static void put_sentence(FILE *out, const struct index *index)
{
	struct index_counts counts;
	const size_t *n = counts.by_state;

	indexdata_count(index, &counts);
	if (counts.subjects == 0)
		fprintf(out, "no subject was found");
	else if (n[INDEX_LOST] > 0)
		fprintf(out, "%zu of %zu subject%s lost profiles", n[INDEX_LOST],
			counts.subjects, counts.subjects == 1 ? "" : "s");
	else
		fprintf(out, "none of %zu subject%s is known to have lost profiles",
			counts.subjects, counts.subjects == 1 ? "" : "s");
	put(out, n[INDEX_MISSING], "whole hive is missing", "whole hives are missing");
	put(out, n[INDEX_IN_DOUBT], "cannot be told", "cannot be told");
	put(out, n[INDEX_UNREADABLE], "could not be read", "could not be read");
	put(out, n[INDEX_UNPAIRED] - counts.only_later,
	    "is only in the earlier collection", "are only in the earlier collection");
	put(out, counts.only_later, "is only in the later collection",
	    "are only in the later collection");
	put(out, counts.incomplete, "is incomplete", "are incomplete");
	if (index->incomplete)
		fprintf(out, "; not all that was given could be read");
	if (index->n_rows_left_out > 0)
		fprintf(out, "; %zu findings are left out", index->n_rows_left_out);
}

char *indexdata_sentence(const struct index *index)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out)
		put_sentence(out, index);
	return text_of_stream(out, &text);
}
