/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/exports.h"

#include <stdlib.h>
#include <string.h>

struct export exports_bytes(const void *bytes, size_t len)
{
	struct export export = { .len = len, .diags = diag_list_new() };

	assert_non_null(export.diags);
	export.bytes = malloc(len ? len : 1);
	assert_non_null(export.bytes);
	memcpy(export.bytes, bytes, len);
	export.status = regtext_read(span_of(export.bytes, len), export.diags,
				     &export.text, &export.failure);
	return export;
}

struct export exports_utf16(const char *latin1, bool big, bool mark)
{
	size_t n = strlen(latin1), len = 0;
	uint8_t *bytes = malloc(2 * n + 2);

	assert_non_null(bytes);
	for (size_t i = mark ? 0 : 1; i <= n; i++) {
		unsigned unit = i == 0 ? 0xFEFF : (uint8_t)latin1[i - 1];
		bytes[len++] = (uint8_t)(big ? unit >> 8 : unit);
		bytes[len++] = (uint8_t)(big ? unit : unit >> 8);
	}
	struct export export = exports_bytes(bytes, len);
	free(bytes);
	return export;
}

void exports_close(struct export *export)
{
	regtext_free(export->text);
	diag_list_free(export->diags);
	free(export->bytes);
}

const struct key *exports_key(const struct export *export, size_t root, const char *path)
{
	assert_int_equal(export->status, STATUS_OK);
	assert_true(root < export->text->n_roots);
	const struct key *key = key_at(export->text->roots[root].keys.root, path);
	assert_non_null(key);
	return key;
}

void exports_expect(const struct export *export, const char *path, const char *name,
		    uint32_t type, const void *data, size_t len)
{
	const struct value *value =
		key_value(exports_key(export, 0, path), text_of(name));

	assert_non_null(value);
	assert_int_equal(value->type, type);
	assert_int_equal(value->data_len, len);
	assert_int_equal(value->declared_len, len);
	if (len > 0)
		assert_memory_equal(value->data, data, len);
}

bool exports_is_whole(const struct export *export, size_t root, const char *path)
{
	unsigned flags = exports_key(export, root, path)->flags;
	bool subkeys = !(flags & KEY_FLAG_SUBKEYS_PARTIAL);
	bool values = !(flags & KEY_FLAG_VALUES_PARTIAL);

	assert_int_equal(subkeys, values);
	return subkeys;
}
