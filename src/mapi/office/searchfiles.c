/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outlook\Search (REG_DWORD) and Outlook\Search\Catalog (REG_BINARY), one value
 * for each store that search has indexed.  Read from a real hive; what the data
 * mean was never published.  Other values of these keys are settings with
 * plain names.
 */
#include "mapi/office/searchfiles.h"

#include "base/array.h"
#include "base/windowspath.h"

#include <stdlib.h>

static enum status add_values(const struct key *key, const char *source,
			      struct office_files *out)
{
	for (uint32_t i = 0; key && i < key->n_values; i++) {
		struct text name = value_name(&key->values[i]);
		enum status status;
		if (text_length(name) <= 3 || !windowspath_is_full(name))
			continue;
		status = ARRAY_RESERVE(out, SEARCHFILES_MAX);
		if (status == STATUS_LIMIT) {
			out->truncated = true;
			return STATUS_OK;
		}
		RETURN_IF_FAILED(status);
		out->items[out->n++] = (struct office_file){ name, source };
	}
	return STATUS_OK;
}

enum status searchfiles_read(const struct office *office, struct office_files *out)
{
	const struct key *search =
		office->outlook ? key_child(office->outlook, text_of("Search")) : NULL;
	enum status status;

	*out = (struct office_files){ 0 };
	if (!search)
		return STATUS_OK;
	status = add_values(search, "search", out);
	if (status == STATUS_OK)
		status =
			add_values(key_child(search, text_of("Catalog")), "catalog", out);
	if (status != STATUS_OK)
		searchfiles_clear(out);
	return status;
}

void searchfiles_clear(struct office_files *files)
{
	free(files->items);
	*files = (struct office_files){ 0 };
}
