/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/indexes.h"

#include "base/array.h"

#include <stdio.h>
#include <string.h>

struct index *indexes_new(void)
{
	struct index *index = NULL;

	assert_int_equal(index_new("out", &index), STATUS_OK);
	return index;
}

void indexes_put(struct index *index, struct index_subject subject,
		 const struct index_row *rows, size_t n)
{
	subject.first_row = index->rows.n;
	subject.n_rows = n;
	if (!subject.name)
		subject.name = "";
	if (!subject.answer)
		subject.answer = "";
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(ARRAY_RESERVE(&index->rows, INDEX_MAX_ROWS), STATUS_OK);
		index->rows.items[index->rows.n++] = rows[i];
	}
	assert_int_equal(ARRAY_RESERVE(&index->subjects, INDEX_MAX_SUBJECTS), STATUS_OK);
	index->subjects.items[index->subjects.n++] = subject;
}

void indexes_of_pair(struct indexes_series *of, struct pair *pair, bool single)
{
	*of = (struct indexes_series){
		.snapshots = { single ? pair->new : pair->old, pair->new },
		.recoveries = { pair->recoveries[single], pair->recoveries[1] },
	};
	of->series = (struct series){
		.snapshots = of->snapshots,
		.recoveries = of->recoveries,
		.n_snapshots = single ? 1 : 2,
		.comparisons = single ? NULL : &pair->found,
		.n_comparisons = !single,
	};
	assert_int_equal(verdict_decide(&of->series, &of->verdict), STATUS_OK);
	of->given = (struct index_given){
		.how = INDEX_COMPARED,
		.series = &of->series,
		.verdict = &of->verdict,
	};
}

struct index *indexes_compare(struct pair *pair)
{
	struct index *index = indexes_new();
	struct indexes_series of;

	pair_compare(pair);
	indexes_of_pair(&of, pair, false);
	assert_int_equal(index_add_subject(index, &of.given), STATUS_OK);
	return index;
}

const char *indexes_written(const struct index *index, indexes_writer *writer)
{
	assert_int_equal(writer(index, caught_begin()), STATUS_OK);
	return caught_end();
}

const char *indexes_printed(const struct index *index, const char *path,
			    struct summary_look look)
{
	static char text[1 << 16];
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	assert_int_equal(index_print(index, "index", path, look, out), STATUS_OK);
	assert_int_equal(fclose(out), 0);
	return text;
}

const struct index_row *indexes_only(const struct index *index, const char *kind)
{
	const struct index_row *found = NULL;

	for (size_t i = 0; i < index->rows.n; i++) {
		if (strcmp(index->rows.items[i].kind, kind) != 0)
			continue;
		assert_null(found);
		found = &index->rows.items[i];
	}
	assert_non_null(found);
	return found;
}
