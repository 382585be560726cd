/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole export: read in one pass, then a tree for each root that can be a user's.
 * Times, classes of keys and rights are not in it.
 */
#include "regtext/regtext.h"

#include "regtext/regparser.h"
#include "regtext/regpath.h"
#include "regtext/regtree.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

const char *regtext_encoding_word(enum regtext_encoding encoding)
{
	switch (encoding) {
	case REGTEXT_ASCII:
		return "ascii";
	case REGTEXT_UTF8:
		return "utf-8";
	case REGTEXT_ANSI:
		return "ansi";
	case REGTEXT_UTF16LE:
		return "utf-16le";
	case REGTEXT_UTF16BE:
		return "utf-16be";
	}
	return "?";
}

void regtext_free(struct regtext *export)
{
	if (!export)
		return;
	arena_free(export->arena);
	free(export->roots);
	free(export);
}

void regtext_freep(struct regtext **export)
{
	regtext_free(*export);
}

/* ---- roots ---- */

/* A UTF-8 string in the arena: the root's name, and behind it one of its subkeys. */
static char *path_of(struct arena *arena, const char *root, const char *name)
{
	size_t size = strlen(root) + strlen(name) + 2;
	char *path = arena_calloc(arena, size, 1);

	if (path)
		(void)snprintf(path, size, "%s%s%s", root, *name ? "\\" : "", name);
	return path;
}

static enum status add_root(struct regtext *export, struct regforest *forest,
			    uint32_t base, uint32_t node, struct diag_list *diags)
{
	static const enum regtext_root_kind kinds[REGFOREST_N_BASES] = {
		[REGFOREST_CURRENT_USER] = REGTEXT_CURRENT_USER,
		[REGFOREST_USERS] = REGTEXT_USERS,
		[REGFOREST_MACHINE] = REGTEXT_MACHINE,
		[REGFOREST_UNNAMED] = REGTEXT_UNNAMED,
	};
	const struct regnode *item = &forest->nodes.items[node];
	struct regtext_root *root = &export->roots[export->n_roots];
	char *name = text_to_utf8(regtree_name(item), NULL);

	*root = (struct regtext_root){ .kind = kinds[base],
				       .name = arena_strdup(export->arena, name),
				       .whole = regtree_is_whole(item) };
	free(name);
	if (!root->name)
		return STATUS_NOMEM;
	root->path = path_of(export->arena, regpath_root_name(base), root->name);
	if (!root->path)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(
		regtree_make(forest, node, diags, &root->keys, &root->n_branches));
	export->n_roots++;
	return STATUS_OK;
}

static bool is_empty(const struct regnode *node)
{
	return node->first_child == REGFOREST_NONE && node->n_named == 0;
}

/* Each user below HKEY_USERS, each hive below HKEY_LOCAL_MACHINE. */
static enum status add_below(struct regtext *export, struct regforest *forest,
			     uint32_t base, struct diag_list *diags)
{
	uint32_t *numbers = NULL;
	size_t n = 0;
	enum status status = regtree_children(forest, base, &numbers, &n);

	for (size_t i = 0; i < n && status == STATUS_OK; i++) {
		if (export->n_roots == REGTEXT_MAX_ROOTS) {
			diag_at(diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
				"more than %d roots; the rest is left out",
				REGTEXT_MAX_ROOTS);
			break;
		}
		status = add_root(export, forest, base, numbers[i], diags);
	}
	free(numbers);
	return status;
}

static enum status make_roots(struct regtext *export, struct regforest *forest,
			      struct diag_list *diags)
{
	static const uint32_t alone[] = { REGFOREST_CURRENT_USER, REGFOREST_UNNAMED };

	export->roots =
		calloc(REGTEXT_MAX_ROOTS + ARRAY_LEN(alone), sizeof(*export->roots));
	if (!export->roots)
		return STATUS_NOMEM;
	for (size_t i = 0; i < ARRAY_LEN(alone); i++)
		if (!is_empty(&forest->nodes.items[alone[i]]))
			RETURN_IF_FAILED(
				add_root(export, forest, alone[i], alone[i], diags));
	RETURN_IF_FAILED(add_below(export, forest, REGFOREST_USERS, diags));
	return add_below(export, forest, REGFOREST_MACHINE, diags);
}

/* ---- what is only known at the end ---- */

/* All strings in hex look as if they were in a code page, none as if they were UTF-16. */
static enum status convert_ansi(struct regparser *parser)
{
	struct regforest *forest = parser->forest;

	if (parser->n_look_ansi == 0 || parser->n_look_utf16 > 0)
		return STATUS_OK;
	for (size_t i = 0; i < forest->values.n; i++) {
		struct regvalue *value = &forest->values.items[i];
		struct span data = span_of(value->data, value->data_len);
		if (!value->ansi)
			continue;
		RETURN_IF_FAILED(regsource_from_ansi(data, forest->arena, &data,
						     &value->doubtful));
		value->data = data.ptr;
		value->data_len = (uint32_t)data.len;
		value->doubtful = true;
	}
	diag_at(parser->diags, DIAG_EXPORT_ENCODING, parser->first_look_ansi,
		"the header says version 5, but %" PRIu64 " strings in hex are not in "
		"UTF-16; they are taken for ANSI, which is not sure",
		parser->n_look_ansi);
	return STATUS_OK;
}

static void tell_code_page(const struct regparser *parser)
{
	if (parser->n_doubtful > 0)
		diag_at(parser->diags, DIAG_EXPORT_ENCODING, parser->first_doubtful,
			"%" PRIu64 " names and strings are in a code page that the file "
			"does not tell; they are shown as windows-1252, and compared with "
			"reservation",
			parser->n_doubtful);
}

static enum status name_other(struct regtext *export, const struct regparser *parser)
{
	struct text text;
	bool doubtful = false;

	if (parser->other_to == 0)
		return STATUS_OK;
	RETURN_IF_FAILED(regsource_text(&parser->other_source, parser->other_from,
					parser->other_to, export->arena, &text,
					&doubtful));
	char *utf8 = text_to_utf8(text, NULL);
	export->other = arena_strdup(export->arena, utf8);
	free(utf8);
	return export->other ? STATUS_OK : STATUS_NOMEM;
}

/* ---- all of it ---- */

static enum status read_parts(struct regtext *export, struct regparser *parser,
			      struct regforest *forest)
{
	size_t at = 0;

	RETURN_IF_FAILED(regforest_init(forest, export->arena));
	at = regsource_header(&parser->source, 0, &parser->version);
	if (at == 0) {
		failure_set(parser->failure,
			    "0x0: not a .reg export: the header is missing");
		return STATUS_UNSUPPORTED;
	}
	export->encoding = parser->source.encoding;
	export->version = parser->version;
	RETURN_IF_FAILED(regparser_read(parser, at));
	export->n_parts = parser->n_parts;
	export->n_doubtful = parser->n_doubtful;
	RETURN_IF_FAILED(convert_ansi(parser));
	tell_code_page(parser);
	RETURN_IF_FAILED(name_other(export, parser));
	return make_roots(export, forest, parser->diags);
}

enum status regtext_read(struct span bytes, struct diag_list *diags, struct regtext **out,
			 struct failure *failure)
{
	AUTO(regtext_freep) struct regtext *export = calloc(1, sizeof(*export));
	struct regforest *forest = calloc(1, sizeof(*forest));
	struct regparser parser = { .source = { .bytes = bytes, .width = 1 },
				    .forest = forest,
				    .diags = diags,
				    .failure = failure,
				    .n_parts = 1 };
	enum status status = STATUS_NOMEM;

	failure_set(failure, "out of memory");
	if (export)
		export->arena = arena_new();
	if (export && export->arena && forest)
		status = read_parts(export, &parser, forest);
	regparser_clear(&parser);
	if (forest)
		regforest_clear(forest);
	free(forest);
	if (status == STATUS_OK)
		*out = STEAL(export);
	return status;
}
