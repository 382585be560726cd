/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines: keys, values, comments, headers of further exports.  regedit passes over what it
 * does not know; here it is told, and what the line may have held is not taken to be
 * absent.  A line without brackets, quotation marks and an equals sign is prose, as of a
 * mail, and held nothing.
 *
 * What removes a key or a value is no state of anything, so the file is refused.
 */
#include "regtext/regparser.h"

#include "regtext/regpath.h"
#include "regtext/regvalueline.h"

#include <inttypes.h>

/* Ends a file of DOS; what follows is nothing. */
#define CONTROL_Z 0x1A

void regparser_clear(struct regparser *parser)
{
	reglexer_clear(&parser->bytes);
}

static enum status refuse_changes(struct regparser *parser, size_t at, const char *what)
{
	failure_set(
		parser->failure,
		"0x%zx: a list of changes, not an export: it removes a %s here, so it "
		"shows no state that could be compared",
		at, what);
	return STATUS_UNSUPPORTED;
}

static void note_doubt(struct regparser *parser, bool doubtful, size_t at)
{
	if (doubtful && parser->n_doubtful++ == 0)
		parser->first_doubtful = at;
}

/* The rest is not taken in, and no more is known of the current key. */
static void reach_limit(struct regparser *parser, size_t at, const char *what)
{
	if (!parser->full)
		diag_at(parser->diags, DIAG_COUNT_LIMIT, at,
			"the file has more %s than are taken in; the rest is left out",
			what);
	parser->full = true;
	regforest_no_key(parser->forest);
	parser->lost = true;
}

/* Of the current key something could not be read. */
static void spoil_values(struct regparser *parser)
{
	uint32_t key = regforest_current(parser->forest);

	if (key != REGFOREST_NONE)
		parser->forest->nodes.items[key].values_short = true;
}

/* ---- keys ---- */

/* The last bracket of the line; `end` if there is none. */
static size_t last_bracket(const struct regsource *source, size_t begin, size_t end)
{
	for (size_t at = end; at > begin; at -= source->width)
		if (regsource_unit(source, at - source->width) == ']')
			return at - source->width;
	return end;
}

static enum status add_key(struct regparser *parser, size_t at,
			   const struct regpath *path)
{
	struct text names[REGTEXT_MAX_DEPTH];
	bool doubtful[REGTEXT_MAX_DEPTH] = { false };
	struct regforest_path key = { .base = path->base,
				      .n = path->n,
				      .raw = path->raw,
				      .names = names,
				      .doubtful = doubtful };

	key.shared = regforest_shared(parser->forest, path->base, path->raw, path->n);
	for (uint32_t i = key.shared; i < path->n; i++) {
		RETURN_IF_FAILED(regsource_text(&parser->source, path->from[i],
						path->to[i], parser->forest->arena,
						&names[i], &doubtful[i]));
		note_doubt(parser, doubtful[i], at);
	}
	enum status status = regforest_key(parser->forest, &key);
	if (status == STATUS_LIMIT) {
		reach_limit(parser, at, "keys");
		return STATUS_OK;
	}
	parser->lost = false;
	return status;
}

static void lose_key(struct regparser *parser, size_t at, const char *why)
{
	diag_at(parser->diags, DIAG_EXPORT_KEY, at,
		"the line of a key cannot be read: %s; what follows it belongs to no key",
		why);
	regforest_no_key(parser->forest);
	parser->lost = true;
}

static enum status read_key(struct regparser *parser, size_t *at)
{
	const struct regsource *source = &parser->source;
	size_t begin = *at, end = regsource_line_end(source, begin);
	size_t from = begin + source->width, to = last_bracket(source, from, end);
	struct regpath path;

	*at = end;
	if (regsource_unit(source, from) == '-')
		return refuse_changes(parser, begin, "key");
	if (parser->full)
		return STATUS_OK;
	if (to == end) {
		lose_key(parser, begin, "it has no closing bracket");
		return STATUS_OK;
	}
	switch (regpath_read(source, from, to, &path)) {
	case REGPATH_KEY:
		return add_key(parser, begin, &path);
	case REGPATH_DEEP:
		diag_at(parser->diags, DIAG_DEPTH_LIMIT, begin,
			"a key is more than %u levels deep; it is left out",
			REGTEXT_MAX_DEPTH);
		break;
	case REGPATH_LONG:
		lose_key(parser, begin, "a name in it is longer than any can be");
		break;
	case REGPATH_NUL:
		lose_key(parser, begin, "it holds a NUL");
		break;
	case REGPATH_OTHER:
		if (parser->other_to == 0) {
			parser->other_from = from;
			parser->other_to = to;
			parser->other_source = *source;
		}
		break;
	}
	regforest_no_key(parser->forest);
	parser->lost = true;
	return STATUS_OK;
}

/* ---- values ---- */

static enum status add_value(struct regparser *parser, const struct regvalue *value)
{
	enum status status = regforest_value(parser->forest, value);

	note_doubt(parser, value->doubtful, value->offset);
	if (status != STATUS_LIMIT)
		return status;
	spoil_values(parser);
	reach_limit(parser, value->offset, "values");
	return STATUS_OK;
}

static enum status read_value(struct regparser *parser, size_t *at)
{
	bool keep = regforest_current(parser->forest) != REGFOREST_NONE;
	struct regvalue value;
	size_t begin = *at;

	switch (regvalueline_read(parser, at, keep, &value)) {
	case REGVALUELINE_OK:
		if (keep)
			return add_value(parser, &value);
		/* What stands before any key is no state of one. */
		if (!parser->lost)
			diag_at(parser->diags, DIAG_EXPORT_LINE, begin,
				"a value stands before any key");
		return STATUS_OK;
	case REGVALUELINE_ODD:
		diag_at(parser->diags, DIAG_EXPORT_FOREIGN, begin,
			"a value without data is passed over, as regedit does");
		return STATUS_OK;
	case REGVALUELINE_REMOVES:
		return refuse_changes(parser, begin, "value");
	case REGVALUELINE_CUT:
		diag_at(parser->diags, DIAG_EXPORT_CUT, begin,
			"the file ends inside a value");
		break;
	case REGVALUELINE_LONG:
		diag_at(parser->diags, DIAG_EXPORT_LINE, begin,
			"a value is longer than %zu bytes, or its name than %u "
			"characters; it is left out",
			REGTEXT_MAX_DATA, REGTEXT_MAX_NAME);
		break;
	case REGVALUELINE_BAD:
		diag_at(parser->diags, DIAG_EXPORT_LINE, begin,
			"the line of a value cannot be read");
		break;
	case REGVALUELINE_NOMEM:
		return STATUS_NOMEM;
	}
	spoil_values(parser);
	return STATUS_OK;
}

/* ---- other lines ---- */

static bool is_prose(const struct regsource *source, size_t at, size_t end)
{
	for (; at < end; at += source->width) {
		uint32_t unit = regsource_unit(source, at);
		if (unit == '[' || unit == ']' || unit == '"' || unit == '=' || unit == 0)
			return false;
	}
	return true;
}

/* A header of another export, or what is no line of any. */
static void read_other(struct regparser *parser, size_t *at)
{
	struct regsource *source = &parser->source;
	enum regtext_version version;
	size_t begin = *at, header = regsource_header(source, begin, &version);

	if (header > 0) {
		if (parser->n_parts++ == 1)
			diag_at(parser->diags, DIAG_EXPORT_JOINED, begin,
				"another export begins here: several were joined, which "
				"may be of different times");
		parser->version = version;
		regforest_end_branch(parser->forest);
		regforest_no_key(parser->forest);
		parser->lost = false;
		*at = header;
		return;
	}
	*at = regsource_line_end(source, begin);
	if (is_prose(source, begin, *at)) {
		diag_at(parser->diags, DIAG_EXPORT_FOREIGN, begin,
			"a line that belongs to no export is passed over");
		return;
	}
	diag_at(parser->diags, DIAG_EXPORT_LINE, begin, "a line cannot be read");
	spoil_values(parser);
}

/* The beginning of a line that is not empty.  *at goes to its end, or behind it. */
static enum status read_line(struct regparser *parser, size_t *at)
{
	switch (regsource_unit(&parser->source, *at)) {
	case ';':
		*at = regsource_line_end(&parser->source, *at);
		return STATUS_OK;
	case '[':
		return read_key(parser, at);
	case '"':
	case '@':
		return read_value(parser, at);
	default:
		read_other(parser, at);
		return STATUS_OK;
	}
}

enum status regparser_read(struct regparser *parser, size_t at)
{
	const struct regsource *source = &parser->source;
	uint32_t unit;

	while ((unit = regsource_unit(source, at)) != REGSOURCE_END) {
		if (regsource_is_blank(unit) || unit == CONTROL_Z)
			at += source->width;
		else if (regsource_ends_line(unit))
			at = regsource_next_line(source, at);
		else
			RETURN_IF_FAILED(read_line(parser, &at));
	}
	if (at < source->bytes.len)
		diag_at(parser->diags, DIAG_EXPORT_CUT, at,
			"the file ends inside a character");
	regforest_end_branch(parser->forest);
	return STATUS_OK;
}
