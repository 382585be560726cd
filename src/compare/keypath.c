/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that a user asks for by their paths. */
#include "compare/keypath.h"

#include "base/array.h"

#include <string.h>

/* "HKCU\...", "HKEY_USERS\<who>\..." and a leading backslash are allowed. */
static const char *skip_root(const char *path)
{
	static const char *const users[] = { "HKEY_USERS\\", "HKU\\" };
	static const char *const user[] = { "HKEY_CURRENT_USER", "HKCU" };

	for (size_t i = 0; i < ARRAY_LEN(users); i++)
		if (strncmp(path, users[i], strlen(users[i])) == 0) {
			path += strlen(users[i]);
			return path + strcspn(path, "\\");
		}
	for (size_t i = 0; i < ARRAY_LEN(user); i++) {
		size_t len = strlen(user[i]);
		if (strncmp(path, user[i], len) == 0 && (path[len] == '\\' || !path[len]))
			return path + len;
	}
	return path;
}

static const char *strip(const char *path)
{
	path = skip_root(path);
	return path + strspn(path, "\\");
}

bool keypath_is_below(struct text path, const char *asked)
{
	struct text whole;
	bool below;

	asked = strip(asked);
	if (!text_from_utf8(asked, strlen(asked), &whole))
		return false;
	size_t n = text_length(whole), length = text_length(path);
	while (n > 0 && text_unit(whole, n - 1) == '\\')
		n--;
	below = n == 0 || (n <= length &&
			   text_equal(text_slice(path, 0, n), text_slice(whole, 0, n)) &&
			   (n == length || text_unit(path, n) == '\\'));
	text_free(whole);
	return below;
}

bool keypath_asks_for_all(const char *const *paths, size_t n_paths)
{
	for (size_t i = 0; i < n_paths; i++)
		if (*strip(paths[i]) == '\0')
			return true;
	return false;
}

const struct key *keypath_find(const struct snapshot *snapshot, const char *path)
{
	const struct key *key = NULL;
	struct text whole;
	bool found = false;

	path = strip(path);
	if (!text_from_utf8(path, strlen(path), &whole))
		return NULL;
	key = snapshot_nearest_key(snapshot, whole, &found);
	text_free(whole);
	return found ? key : NULL;
}
