/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: a .reg export: as a snapshot alone or beside another; and what is read of it,
 * written again in the program's own way, must be read as the same.
 */
#include "fuzz/fuzz.h"

#include "fuzz/recipes.h"
#include "regtext/regtext.h"
#include "report/document/report.h"
#include "report/page/html.h"
#include "report/restore/regfile.h"

#include <string.h>

enum { ALONE = 0, LATER = 16, EARLIER = 32, AGAIN = 48, WAYS = 48 };

static struct builder *sound;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	report_prepare();
	html_prepare();
	sound = recipes_before(5);
	return 0;
}

/* ---- written again ---- */

static struct regtext *read_text(struct span bytes)
{
	struct diag_list *diags = diag_list_new();
	struct regtext *text = NULL;
	struct failure failure;

	FUZZ_CHECK(diags != NULL);
	enum status status = regtext_read(bytes, diags, &text, &failure);
	FUZZ_CHECK(status == STATUS_OK || status == STATUS_UNSUPPORTED);
	diag_list_free(diags);
	return text;
}

/* The first text is taken. */
static struct text append(struct text path, struct text name)
{
	struct text longer;

	FUZZ_CHECK(text_join(path, name, &longer));
	text_free(path);
	return longer;
}

static struct text full_path(const struct key *key, const char *root)
{
	static const struct text divider = { { (const uint8_t *)"\\", 1 }, TEXT_LATIN1 };
	struct text path;

	if (key->parent)
		return append(append(full_path(key->parent, root), divider),
			      key_name(key));
	FUZZ_CHECK(text_from_utf8(root, strlen(root), &path));
	return path;
}

static bool can_write(const struct key *key, enum regfile_format format)
{
	for (const struct key *at = key; at->parent; at = at->parent)
		if (!regfiletext_can_key(format, key_name(at)))
			return false;
	return true;
}

static size_t write_key(struct regfile *file, const struct key *key, const char *root,
			enum regfile_format format)
{
	struct text path = full_path(key, root);
	size_t n = 0;

	regfile_key(file, path);
	text_free(path);
	for (size_t i = 0; i < key->n_values; i++) {
		const struct value *value = &key->values[i];
		struct span data = value_data(value);
		if (!regfiletext_can_name(format, value_name(value)) ||
		    !regfiletext_can_data(format, value->type, data))
			continue;
		regfile_value(file, value_name(value), value->type, data);
		n++;
	}
	return n;
}

/* Of one root, all that the format can hold. */
static void write_again(const struct regtext_root *root, enum regfile_format format)
{
	struct fuzz_memory memory;
	struct regfile *file = NULL;
	size_t n_values = 0, n_read = 0;

	fuzz_memory_open(&memory, true);
	FUZZ_CHECK(regfile_start(memory.output, format, &file) == STATUS_OK);
	for (const struct key *key = root->keys.root; key;
	     key = key_next(root->keys.root, key))
		if (can_write(key, format))
			n_values += write_key(file, key, "HKEY_CURRENT_USER", format);
	FUZZ_CHECK(regfile_finish(file) == STATUS_OK);
	fuzz_memory_close(&memory);
	struct regtext *again = read_text(span_of(memory.bytes, memory.len));
	FUZZ_CHECK(again != NULL && again->n_roots == 1);
	for (const struct key *key = again->roots[0].keys.root; key;
	     key = key_next(again->roots[0].keys.root, key))
		n_read += key->n_values;
	FUZZ_CHECK(n_read == n_values);
	regtext_free(again);
	fuzz_memory_free(&memory);
}

static void read_and_write(struct span bytes, uint8_t choice)
{
	static const enum regfile_format formats[] = { REGFILE_5_UTF16, REGFILE_5_UTF8,
						       REGFILE_4 };
	struct regtext *text = read_text(bytes);

	for (size_t i = 0; text && i < text->n_roots && i < 2; i++)
		if (text->roots[i].keys.root)
			write_again(
				&text->roots[i],
				formats[(choice & FUZZ_WRITTEN) % ARRAY_LEN(formats)]);
	regtext_free(text);
}

/* ---- as a snapshot ---- */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 1);
	struct fuzz_files files = fuzz_files_none();
	uint32_t turn = fuzz_turn(data, size);
	size_t len = 0;

	if ((in.choice & WAYS) == AGAIN) {
		read_and_write(in.parts[0], in.choice);
		return 0;
	}
	fuzz_files_add(&files, "fuzzed", in.parts[0]);
	const uint8_t *bytes = builder_bytes(sound, &len);
	fuzz_files_add(&files, "sound", span_of(bytes, len));
	const struct snapshot_source fuzzed = { .path = "fuzzed",
						.opener = &files.opener };
	const struct snapshot_source other = { .path = "sound", .opener = &files.opener };
	bool later = (in.choice & WAYS) == LATER;
	fuzz_write_sources((const struct snapshot_source[]){ later ? other : fuzzed,
							     later ? fuzzed : other },
			   (in.choice & WAYS) == ALONE ? 1 : 2, NULL, in.choice, turn);
	return 0;
}
