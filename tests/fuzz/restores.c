/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The .reg files of a run, in memory: what is written of a profile must be read again, by
 * the reader of exports, as the same keys, values and data.
 */
#include "fuzz/fuzz.h"

#include "regtext/regtext.h"
#include "report/restore/restorechoice.h"
#include "report/restore/restorefile.h"

#include <string.h>

static struct regtext *read_again(struct span bytes)
{
	struct diag_list *diags = diag_list_new();
	struct regtext *text = NULL;
	struct failure failure;

	FUZZ_CHECK(diags != NULL);
	FUZZ_CHECK(regtext_read(bytes, diags, &text, &failure) == STATUS_OK);
	FUZZ_CHECK(text->n_roots == 1);
	diag_list_free(diags);
	return text;
}

/* Lists are sorted by name: of one name are neighbours. */
static bool has_twin(const struct key *key, uint32_t i)
{
	const struct value *values = key->values;
	struct text name = value_name(&values[i]);

	return (i > 0 && text_equal(value_name(&values[i - 1]), name)) ||
	       (i + 1 < key->n_values && text_equal(value_name(&values[i + 1]), name));
}

/* Of keys of one name one is read, with the values of all. */
static bool is_alone(const struct key *top, const struct key *key)
{
	for (; key != top; key = key->parent) {
		const struct key *in = key->parent;
		size_t i = (size_t)(key - in->children);
		if ((i > 0 && text_equal(key_name(key - 1), key_name(key))) ||
		    (i + 1 < in->n_children &&
		     text_equal(key_name(key + 1), key_name(key))))
			return false;
	}
	return true;
}

/* Return: how many are found.  Data may have a NUL more; those of twins may be either's. */
static size_t compare_values(const struct key *key, const struct key *again, bool alone,
			     enum regfile_format format)
{
	size_t n_found = 0;

	for (uint32_t i = 0; i < key->n_values; i++) {
		const struct value *value = &key->values[i];
		const struct value *found = key_value(again, value_name(value));
		n_found += found != NULL;
		if (!found || !alone || has_twin(key, i) ||
		    regfiletext_gains_nul(format, value->type, value_data(value)))
			continue;
		FUZZ_CHECK(found->type == value->type);
		FUZZ_CHECK(span_equal(value_data(found), value_data(value)));
	}
	return n_found;
}

static const struct key *find_again(const struct key *again, const struct key *top,
				    const struct key *key)
{
	if (key == top)
		return again;
	const struct key *above = find_again(again, top, key->parent);
	return above ? key_child(above, key_name(key)) : NULL;
}

static void compare_keys(const struct rebuilt *rebuilt, const struct regtext *text)
{
	const struct key *list = key_at(text->roots[0].keys.root, rebuilt->store->path);
	const struct key *again = list ? key_child(list, rebuilt->name) : NULL;
	const struct key *top = rebuilt->profile->key;
	size_t n_keys = 0, n_values = 0;

	FUZZ_CHECK(again != NULL);
	for (const struct key *key = top; key; key = key_next(top, key)) {
		const struct key *found = find_again(again, top, key);
		if (!found)
			continue;
		n_keys++;
		n_values += compare_values(key, found, is_alone(top, key),
					   rebuilt->options->format);
	}
	FUZZ_CHECK(n_keys >= rebuilt->restored->n_keys);
	FUZZ_CHECK(n_values >= rebuilt->restored->n_values);
}

static void write_one(const struct rebuilt *rebuilt)
{
	struct fuzz_memory memory;
	struct digest whose;

	fuzz_memory_open(&memory, true);
	FUZZ_CHECK(restorefile_whose(rebuilt, &whose) == STATUS_OK);
	FUZZ_CHECK(restorefile_text(rebuilt, &whose, memory.output) == STATUS_OK);
	fuzz_memory_close(&memory);
	struct regtext *text = read_again(span_of(memory.bytes, memory.len));
	compare_keys(rebuilt, text);
	regtext_free(text);
	fuzz_memory_free(&memory);
}

void fuzz_write_restores(const struct series *series, enum regfile_format format,
			 uint64_t started_ft)
{
	struct restore_options options = { .folder = "restored",
					   .format = format,
					   .partial = true,
					   .started_ft = started_ft };
	struct restores restores = { 0 };

	FUZZ_CHECK(restorechoice_find(series, &options, &restores) == STATUS_OK);
	for (size_t i = 0; i < restores.n; i++) {
		struct rebuilt rebuilt =
			restorechoice_rebuilt(series, &options, &restores.items[i]);
		bool fits = false;
		rebuilt.root = "HKEY_CURRENT_USER";
		FUZZ_CHECK(restorefile_measure(&rebuilt, &fits) == STATUS_OK);
		if (!rebuilt.store || strchr(rebuilt.store->path, '*'))
			continue;
		restores.items[i].reason = restorechoice_place(&rebuilt);
		if (fits && regfiletext_can_key(REGFILE_5_UTF16, rebuilt.name))
			write_one(&rebuilt);
	}
	restored_clear(&restores);
}
