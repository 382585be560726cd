/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/kept.h"

#include <stdlib.h>

struct entry {
	struct filemark mark;
	enum kept_as as;
};

struct kept {
	struct entry *items;
	size_t n, room;
};

enum status kept_new(struct kept **out)
{
	*out = calloc(1, sizeof(**out));
	return *out ? STATUS_OK : STATUS_NOMEM;
}

void kept_free(struct kept *kept)
{
	if (!kept)
		return;
	free(kept->items);
	free(kept);
}

void kept_freep(struct kept **kept)
{
	kept_free(*kept);
}

enum kept_as kept_what(const struct kept *kept, struct filemark mark)
{
	for (size_t i = 0; kept && i < kept->n; i++)
		if (filemark_equal(kept->items[i].mark, mark))
			return kept->items[i].as;
	return KEPT_NOT;
}

enum status kept_add(struct kept *kept, struct filemark mark, enum kept_as as)
{
	if (kept_what(kept, mark) != KEPT_NOT)
		return STATUS_OK;
	if (kept->n == kept->room) {
		size_t room = kept->room ? 2 * kept->room : 16;
		struct entry *items = reallocarray(kept->items, room, sizeof(*items));
		if (!items)
			return STATUS_NOMEM;
		kept->items = items;
		kept->room = room;
	}
	kept->items[kept->n++] = (struct entry){ .mark = mark, .as = as };
	return STATUS_OK;
}

enum status kept_add_path(struct kept *kept, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return STATUS_OK;
	return kept_add(kept, filemark_of(&st), KEPT_EVIDENCE);
}
