/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list that is sorted once it is whole. */
#include "mapi/content/attachedfiles.h"

#include "base/array.h"
#include "mapi/content/content.h"

#include <stdlib.h>

void attachedfiles_start(struct attachedfiles *files)
{
	*files = (struct attachedfiles){ .is_whole = true };
}

static enum status add_path(struct attachedfiles *files, struct text path)
{
	enum status status = ARRAY_RESERVE(files, PROFILE_MAX_ITEMS);

	if (status == STATUS_LIMIT) {
		files->is_whole = false;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	files->items[files->n++] = path;
	return STATUS_OK;
}

enum status attachedfiles_add(struct attachedfiles *files, const struct key *profile)
{
	AUTO(content_freep) struct content *content = NULL;

	RETURN_IF_FAILED(content_read(profile, &content));
	files->is_whole &= content->is_whole;
	for (size_t i = 0; i < content->files.n; i++)
		if (content->files.items[i].attached == PROFILE_YES)
			RETURN_IF_FAILED(add_path(files, content->files.items[i].path));
	for (size_t i = 0; i < content->named_files.n; i++)
		if (content->named_files.items[i].attached == PROFILE_YES)
			RETURN_IF_FAILED(
				add_path(files, content->named_files.items[i].path));
	return STATUS_OK;
}

void attachedfiles_clear(struct attachedfiles *files)
{
	free(files->items);
	*files = (struct attachedfiles){ 0 };
}

static int by_path(const void *left, const void *right)
{
	return text_compare(*(const struct text *)left, *(const struct text *)right);
}

void attachedfiles_sort(struct attachedfiles *files)
{
	if (files->n > 1)
		qsort(files->items, files->n, sizeof(*files->items), by_path);
}

enum profile_known attachedfiles_has(const struct attachedfiles *files, struct text path)
{
	if (files->n > 0 &&
	    bsearch(&path, files->items, files->n, sizeof(*files->items), by_path))
		return PROFILE_YES;
	return files->is_whole && !text_has(path, "~") ? PROFILE_NO : PROFILE_UNKNOWN;
}
