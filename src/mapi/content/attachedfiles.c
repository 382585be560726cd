/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list that is sorted once it is whole. */
#include "mapi/content/attachedfiles.h"

#include "mapi/content/content.h"

void attachedfiles_start(struct attachedfiles *files)
{
	*files = (struct attachedfiles){ .is_whole = true };
}

enum status attachedfiles_add(struct attachedfiles *files, const struct key *profile)
{
	AUTO(content_freep) struct content *content = NULL;

	RETURN_IF_FAILED(content_read(profile, &content));
	files->is_whole &= content->is_whole;
	return pathlist_add_stores(&files->paths, content);
}

void attachedfiles_sort(struct attachedfiles *files)
{
	pathlist_sort(&files->paths);
}

void attachedfiles_clear(struct attachedfiles *files)
{
	pathlist_clear(&files->paths);
	*files = (struct attachedfiles){ 0 };
}

enum profile_known attachedfiles_has(const struct attachedfiles *files, struct text path)
{
	enum profile_known known = pathlist_has(&files->paths, path);

	return known == PROFILE_NO && !files->is_whole ? PROFILE_UNKNOWN : known;
}
