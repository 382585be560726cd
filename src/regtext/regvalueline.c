/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values.  Strings in hex are UTF-16 in version 5 and in the code page in version 4; but
 * which of both a file has is told by its bytes, where they show it: in version 4 by
 * every second byte being zero up to a NUL at the end.
 */
#include "regtext/regvalueline.h"

#include "regf/key.h"

/* How a string's bytes look. */
static bool looks_utf16(struct span data, uint32_t type)
{
	size_t end = type == KEY_TYPE_MULTI_SZ ? 4 : 2;
	uint8_t byte = 0;

	/* A single character and its NUL in one byte each look just so. */
	if (data.len % 2 != 0 || data.len < end + 2)
		return false;
	for (size_t i = 1; i < data.len; i += 2)
		if (!span_u8(data, i, &byte) || byte != 0)
			return false;
	for (size_t i = data.len - end; i < data.len; i++)
		if (!span_u8(data, i, &byte) || byte != 0)
			return false;
	return true;
}

/* Printable characters and one NUL, together an odd number: no UTF-16 is so. */
static bool looks_ansi(struct span data)
{
	uint8_t byte = 0;

	if (data.len % 2 == 0 || data.len < 3)
		return false;
	for (size_t i = 0; i + 1 < data.len; i++)
		if (!span_u8(data, i, &byte) || byte < 0x20 || byte > 0x7E)
			return false;
	return span_u8(data, data.len - 1, &byte) && byte == 0;
}

static bool is_string(uint32_t type)
{
	return type == KEY_TYPE_SZ || type == KEY_TYPE_EXPAND_SZ ||
	       type == KEY_TYPE_MULTI_SZ;
}

static enum status keep_bytes(struct regparser *parser, struct regvalue *out)
{
	struct span data = span_of(parser->bytes.items, parser->bytes.n);
	struct arena *arena = parser->forest->arena;
	bool version_4 = parser->version == REGTEXT_VERSION_4;

	if (is_string(out->type) && version_4 && !looks_utf16(data, out->type)) {
		RETURN_IF_FAILED(regsource_from_ansi(data, arena, &data, &out->doubtful));
	} else {
		uint8_t *copy = arena_calloc(arena, data.len ? data.len : 1, 1);
		if (!copy)
			return STATUS_NOMEM;
		if (span_copy(data, 0, copy, data.len))
			data = span_of(copy, data.len);
	}
	out->data = data.ptr;
	out->data_len = (uint32_t)data.len;
	if (!is_string(out->type) || version_4 || parser->source.width != 1)
		return STATUS_OK;
	out->ansi = looks_ansi(data);
	if (out->ansi && parser->n_look_ansi++ == 0)
		parser->first_look_ansi = out->offset;
	parser->n_look_utf16 += looks_utf16(data, out->type);
	return STATUS_OK;
}

static enum regvalueline_kind of_lexer(enum reglexer_result result)
{
	switch (result) {
	case REGLEXER_OK:
		return REGVALUELINE_OK;
	case REGLEXER_CUT:
		return REGVALUELINE_CUT;
	case REGLEXER_LONG:
		return REGVALUELINE_LONG;
	case REGLEXER_NOMEM:
		return REGVALUELINE_NOMEM;
	case REGLEXER_NONE:
		break;
	}
	return REGVALUELINE_BAD;
}

/* ---- kinds of data ---- */

static enum regvalueline_kind read_string(struct regparser *parser, size_t *at, bool keep,
					  struct regvalue *out)
{
	struct text text = text_of("");
	size_t from, to;
	bool escapes;
	enum reglexer_result result =
		reglexer_quoted(&parser->source, at, &from, &to, &escapes);

	if (result != REGLEXER_OK)
		return of_lexer(result);
	if (to - from > REGTEXT_MAX_DATA)
		return REGVALUELINE_LONG;
	if (keep &&
	    regsource_unescaped(&parser->source, from, to, true, parser->forest->arena,
				&text, &out->doubtful) != STATUS_OK)
		return REGVALUELINE_NOMEM;
	out->type = KEY_TYPE_SZ;
	out->data = text.bytes.ptr;
	out->data_len = (uint32_t)text.bytes.len;
	return REGVALUELINE_OK;
}

static enum regvalueline_kind read_dword(struct regparser *parser, size_t *at, bool keep,
					 struct regvalue *out)
{
	uint32_t number = 0;
	size_t begin = *at;

	if (reglexer_dword(&parser->source, at, &number) != REGLEXER_OK) {
		*at = regsource_skip_blanks(&parser->source, begin);
		return reglexer_at_end(&parser->source, at) ? REGVALUELINE_ODD
							    : REGVALUELINE_BAD;
	}
	out->type = KEY_TYPE_DWORD;
	if (!keep)
		return REGVALUELINE_OK;
	uint8_t *data = arena_calloc(parser->forest->arena, 4, 1);
	if (!data)
		return REGVALUELINE_NOMEM;
	put_le32(data, number);
	out->data = data;
	out->data_len = 4;
	return REGVALUELINE_OK;
}

static enum regvalueline_kind read_data(struct regparser *parser, size_t *at, bool keep,
					struct regvalue *out)
{
	const struct regsource *source = &parser->source;
	uint32_t unit = regsource_unit(source, *at);

	if (unit == '"')
		return read_string(parser, at, keep, out);
	if (unit == '-') {
		*at += source->width;
		return reglexer_at_end(source, at) ? REGVALUELINE_REMOVES
						   : REGVALUELINE_BAD;
	}
	if (regsource_is(source, *at, "dword:")) {
		*at += 6 * source->width;
		return read_dword(parser, at, keep, out);
	}
	enum reglexer_result result = reglexer_hex_type(source, at, &out->type);
	if (result == REGLEXER_OK)
		result = reglexer_hex_bytes(source, at, &parser->bytes);
	if (result == REGLEXER_NONE && unit == REGSOURCE_END)
		result = REGLEXER_CUT;
	if (result == REGLEXER_OK && keep && keep_bytes(parser, out) != STATUS_OK)
		return REGVALUELINE_NOMEM;
	return of_lexer(result);
}

/* ---- the line ---- */

static enum regvalueline_kind read_name(struct regparser *parser, size_t *at, bool keep,
					struct regvalue *out)
{
	struct regsource *source = &parser->source;
	struct arena *arena = parser->forest->arena;
	struct text name = text_of("");
	enum status status = STATUS_OK;
	size_t from, to;
	bool escapes;

	if (regsource_unit(source, *at) == '@') {
		*at += source->width;
		return REGVALUELINE_OK;
	}
	enum reglexer_result result = reglexer_quoted(source, at, &from, &to, &escapes);
	if (result != REGLEXER_OK)
		return of_lexer(result);
	if ((to - from) / source->width > REGTEXT_MAX_NAME)
		return REGVALUELINE_LONG;
	if (keep && escapes)
		status = regsource_unescaped(source, from, to, false, arena, &name,
					     &out->doubtful);
	else if (keep)
		status = regsource_text(source, from, to, arena, &name, &out->doubtful);
	out->name = name.bytes.ptr;
	out->name_len = (uint16_t)name.bytes.len;
	out->utf16 = name.encoding == TEXT_UTF16LE;
	return status == STATUS_OK ? REGVALUELINE_OK : REGVALUELINE_NOMEM;
}

/*
 * Where reading goes on behind a value that cannot be read: with the next line, for its
 * quotation marks may be what is wrong; but a list of bytes was followed that far.
 */
static size_t resume_at(const struct regsource *source, size_t begin, size_t fault)
{
	size_t next = regsource_next_line(source, regsource_line_end(source, begin));
	uint32_t unit = regsource_unit(source, fault);

	if (fault < next)
		return next;
	return unit == '[' || unit == '"' || unit == '@'
		       ? fault
		       : regsource_next_line(source, regsource_line_end(source, fault));
}

enum regvalueline_kind regvalueline_read(struct regparser *parser, size_t *at, bool keep,
					 struct regvalue *out)
{
	const struct regsource *source = &parser->source;
	size_t begin = *at, fault = *at;

	*out = (struct regvalue){ .offset = begin };
	enum regvalueline_kind kind = read_name(parser, at, keep, out);
	if (kind == REGVALUELINE_OK) {
		*at = regsource_skip_blanks(source, *at);
		if (regsource_unit(source, *at) != '=')
			kind = regsource_unit(source, *at) == REGSOURCE_END
				       ? REGVALUELINE_CUT
				       : REGVALUELINE_BAD;
	}
	if (kind == REGVALUELINE_OK) {
		*at = regsource_skip_blanks(source, *at + source->width);
		bool text = regsource_unit(source, *at) == '"';
		kind = read_data(parser, at, keep, out);
		fault = text ? begin : *at;
	}
	if (kind == REGVALUELINE_OK && !reglexer_at_end(source, at))
		kind = REGVALUELINE_BAD;
	if (kind != REGVALUELINE_OK && kind != REGVALUELINE_ODD)
		*at = resume_at(source, begin, fault);
	return kind;
}
