/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collection/subjects/paired.h"

#include <strings.h>

bool paired_is(const struct pairing_subject *subject, const char *asked)
{
	if (!*asked)
		return false;
	if (strcasecmp(subject->sid, asked) == 0 ||
	    strcasecmp(subject->file_name, asked) == 0)
		return true;
	if (subject->role == SUBJECT_LOCAL_SYSTEM && strcasecmp(".DEFAULT", asked) == 0)
		return true;
	for (size_t i = 0; i < subject->n; i++) {
		const char *name = subject->sources[i].hive->name;
		const char *folder = subject->sources[i].found->place.user;
		if ((name && subject_is_same_name(name, asked)) ||
		    (folder && subject_is_same_name(folder, asked)))
			return true;
	}
	return false;
}

const char *paired_name(const struct pairing_subject *subject)
{
	if (subject->role == SUBJECT_LOCAL_SYSTEM)
		return "LocalSystem";
	if (subject->role == SUBJECT_TEMPLATE)
		return "template";
	if (subject->name)
		return subject->name;
	if (subject->sid[0])
		return subject->sid;
	const struct found *found = subject->sources[0].found;
	return *found->inside ? found->inside : found->path;
}
