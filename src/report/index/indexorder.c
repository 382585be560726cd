/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/index/indexorder.h"

#include <stdlib.h>
#include <string.h>

/* Nothing comes first. */
static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int by_paths(const struct index_subject *a, const struct index_subject *b)
{
	for (size_t i = 0; i < a->n_paths && i < b->n_paths; i++) {
		int order = strcmp(a->paths[i], b->paths[i]);
		if (order != 0)
			return order;
	}
	return (a->n_paths > b->n_paths) - (a->n_paths < b->n_paths);
}

static int by_name(const void *one, const void *other)
{
	const struct index_subject *a = *(const struct index_subject *const *)one;
	const struct index_subject *b = *(const struct index_subject *const *)other;
	int order = compare_texts(a->name, b->name);

	if (order == 0)
		order = compare_texts(a->sid, b->sid);
	if (order == 0)
		order = compare_texts(a->report, b->report);
	if (order == 0)
		order = by_paths(a, b);
	if (order == 0)
		order = (a->order > b->order) - (a->order < b->order);
	/* They stand as they were added. */
	return order != 0 ? order : (a > b) - (a < b);
}

static int by_state(const void *one, const void *other)
{
	const struct index_subject *a = *(const struct index_subject *const *)one;
	const struct index_subject *b = *(const struct index_subject *const *)other;

	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	/* What is only new comes behind what may be gone. */
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return by_name(one, other);
}

static enum status sort(const struct index *index,
			int (*compare)(const void *, const void *),
			const struct index_subject ***out)
{
	size_t n = index->subjects.n;
	const struct index_subject **sorted = calloc(n + 1, sizeof(*sorted));

	if (!sorted)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++)
		sorted[i] = &index->subjects.items[i];
	qsort(sorted, n, sizeof(*sorted), compare);
	*out = sorted;
	return STATUS_OK;
}

enum status indexorder_by_name(const struct index *index,
			       const struct index_subject ***out)
{
	return sort(index, by_name, out);
}

enum status indexorder_by_state(const struct index *index,
				const struct index_subject ***out)
{
	return sort(index, by_state, out);
}

enum status indexorder_each_row(const struct index *index, indexorder_row *put,
				void *context)
{
	static const struct index_subject nobody = { .name = "" };
	const struct index_subject **subjects = NULL;
	enum status status = indexorder_by_name(index, &subjects);

	for (size_t i = 0; status == STATUS_OK && i < index->subjects.n; i++)
		for (size_t k = 0; status == STATUS_OK && k < subjects[i]->n_rows; k++)
			status = put(subjects[i],
				     &index->rows.items[subjects[i]->first_row + k],
				     context);
	for (size_t i = 0; status == STATUS_OK && i < indexdata_n_unread(index); i++) {
		struct index_row row;
		indexdata_unread_row(index, i, &row);
		status = put(&nobody, &row, context);
	}
	free(subjects);
	return status;
}
