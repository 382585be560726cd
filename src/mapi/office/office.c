/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys of Office versions in a user's hive. */
#include "mapi/office/office.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

#define OFFICE_PATH "Software\\Microsoft\\Office"

/* What of the path lies below the hive's root; NULL if the root is not above it. */
static const char *path_below(const char *prefix)
{
	size_t n = prefix ? strlen(prefix) : 0;

	if (n == 0)
		return OFFICE_PATH;
	/* The prefix ends with a backslash, the path does not. */
	if (n > sizeof(OFFICE_PATH) ||
	    !text_starts_with(text_of(OFFICE_PATH "\\"), prefix))
		return NULL;
	return n == sizeof(OFFICE_PATH) ? "" : &OFFICE_PATH[n];
}

/* "16.0": digits, a dot, digits. */
static bool is_version(struct text name, char out[OFFICE_VERSION_SIZE])
{
	size_t n = text_length(name), dots = 0;

	if (n < 3 || n >= OFFICE_VERSION_SIZE)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(name, i);
		dots += unit == '.';
		if (unit != '.' && (unit < '0' || unit > '9'))
			return false;
		out[i] = (char)unit;
	}
	out[n] = '\0';
	return dots == 1 && out[0] != '.' && out[n - 1] != '.';
}

enum status office_find(const struct key_tree *tree, const struct stores *stores,
			struct offices *out)
{
	const char *path = path_below(stores->prefix);
	const struct key *parent = tree && path ? key_at(tree->root, path) : NULL;

	*out = (struct offices){ 0 };
	for (uint32_t i = 0; parent && i < parent->n_children; i++) {
		const struct key *key = &parent->children[i];
		struct office office = {
			.outlook = key_child(key, text_of("Outlook")),
			.common = key_child(key, text_of("Common")),
		};
		enum status status;
		if (!is_version(key_name(key), office.version) ||
		    (!office.outlook && !office.common))
			continue;
		status = ARRAY_RESERVE(out, STORE_MAX_OFFICE);
		if (status == STATUS_LIMIT)
			break;
		if (status != STATUS_OK) {
			office_clear(out);
			return status;
		}
		out->items[out->n++] = office;
	}
	return STATUS_OK;
}

void office_clear(struct offices *offices)
{
	free(offices->items);
	*offices = (struct offices){ 0 };
}
