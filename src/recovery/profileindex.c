/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sorted array of names. */
#include "recovery/profileindex.h"

#include "base/array.h"
#include "mapi/section.h"

#include <stdlib.h>

/*
 * The first eight units in upper case, a byte each, as far as bytes hold them: from the
 * first other one on nothing more is told.  Names are in the order of their heads, but
 * those of equal heads are in any.
 */
static uint64_t head_of(struct text name)
{
	uint64_t head = 0;
	bool told = true;

	for (size_t i = 0; i < 8; i++) {
		uint16_t unit = told ? text_upcase(text_unit(name, i)) : 0;
		told = told && unit < 0xff;
		head = head << 8 | (unit < 0xff ? unit : 0xff);
	}
	return head;
}

enum status profileindex_add(struct profileindex *index, struct text name, size_t profile)
{
	void *rows = index->rows;
	enum status status = array_reserve(&rows, index->n, &index->cap,
					   sizeof(*index->rows), PROFILEINDEX_MAX);

	index->rows = rows;
	RETURN_IF_FAILED(status);
	index->rows[index->n++] = (struct profileindex_row){ .name = name,
							     .head = head_of(name),
							     .profile = profile };
	return STATUS_OK;
}

enum status profileindex_add_sections(struct profileindex *index, const struct key *key,
				      size_t profile)
{
	for (uint32_t i = 0; i < key->n_children; i++)
		if (section_is_own(&key->children[i]))
			RETURN_IF_FAILED(profileindex_add(
				index, key_name(&key->children[i]), profile));
	return STATUS_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct profileindex_row *x = a, *y = b;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	int order = text_compare(x->name, y->name);

	return order ? order : (x->profile > y->profile) - (x->profile < y->profile);
}

void profileindex_sort(struct profileindex *index)
{
	if (index->n > 1)
		qsort(index->rows, index->n, sizeof(*index->rows), by_name);
}

/* The number of the first row of that name, or of where it would stand. */
static size_t first_of(const struct profileindex *index, struct text name)
{
	uint64_t head = head_of(name);

	return ARRAY_COUNT_BEFORE(index->rows, index->n, row,
				  row->head != head ? row->head < head
						    : text_compare(row->name, name) < 0);
}

const struct profileindex_row *profileindex_next(const struct profileindex *index,
						 struct text name,
						 const struct profileindex_row *row)
{
	size_t i = row ? (size_t)(row - index->rows) + 1 : first_of(index, name);

	return i < index->n && text_equal(index->rows[i].name, name) ? &index->rows[i]
								     : NULL;
}

const struct profileindex_row *profileindex_find(const struct profileindex *index,
						 struct text name, size_t *n)
{
	size_t first = first_of(index, name);
	size_t end = first;

	while (end < index->n && end - first < PROFILEINDEX_MAX_SAME &&
	       text_equal(index->rows[end].name, name))
		end++;
	*n = end - first;
	/* An index of nothing has no rows to point at. */
	return *n > 0 ? &index->rows[first] : NULL;
}

void profileindex_clear(struct profileindex *index)
{
	free(index->rows);
	*index = (struct profileindex){ 0 };
}
