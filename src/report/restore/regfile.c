/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of .reg files.  What regedit writes is the model; hivexregedit
 * (Win::Hivex::Regedit) is the other reader, and where it is stricter, all
 * formats keep to it:
 *  - a backslash at the end of any line, a comment's too, joins the next line;
 *  - an empty line or a comment ends a key;
 *  - it takes the bytes of a "string" for Latin-1, so what is not ASCII there
 *    goes as hex(1) in UTF-8.  Names, which it hands on as bytes, are right.
 */
#include "report/restore/regfile.h"

#include "base/hex.h"
#include "base/sum/digest.h"
#include "regf/key.h"
#include "report/restore/regseal.h"

#include <stdlib.h>

/*
 * A line of hex ends after the comma that reaches this column.  Lines that
 * follow begin with two blanks and so have 25 bytes.  As regedit and Wine
 * (programs/regedit/regproc.c) write it.
 */
#define FOLD_COLUMN 77
#define FOLD_INDENT 2

/* Written to the output at once; any size would do. */
#define BUFFER_SIZE 1024

/* The digits of a Unicode code point and of a registry type. */
#define CODE_POINT_DIGITS 6
#define TYPE_DIGITS 8

struct regfile {
	struct output *output;
	enum regfile_format format;
	enum status status; /* the first failure */
	enum { AT_START, AT_COMMENT, AT_KEY } place;
	struct digest_stream *digest; /* of all that was flushed */
	size_t column; /* UTF-16 units in the line so far, as regedit counts */
	size_t n;
	uint8_t buffer[BUFFER_SIZE];
};

static const struct {
	const char *header, *newline, *version, *encoding;
} formats[] = {
	[REGFILE_5_UTF16] = { "Windows Registry Editor Version 5.00", "\r\n", "5",
			      "utf-16le" },
	[REGFILE_5_UTF8] = { "Windows Registry Editor Version 5.00", "\n", "5", "utf-8" },
	[REGFILE_4] = { "REGEDIT4", "\r\n", "4", "windows-1252" },
};

const char *regfile_version_word(enum regfile_format format)
{
	return formats[format].version;
}

const char *regfile_encoding_word(enum regfile_format format)
{
	return formats[format].encoding;
}

/* ---- bytes ---- */

static void fail(struct regfile *file, enum status status)
{
	if (file->status == STATUS_OK)
		file->status = status;
}

static void flush(struct regfile *file)
{
	digest_add(file->digest, span_of(file->buffer, file->n));
	if (!output_write(file->output, span_of(file->buffer, file->n)))
		fail(file, STATUS_IO);
	file->n = 0;
}

static void put_byte(struct regfile *file, uint32_t byte)
{
	if (file->n == BUFFER_SIZE)
		flush(file);
	file->buffer[file->n++] = (uint8_t)byte;
}

static void put_unit(struct regfile *file, uint32_t unit)
{
	put_byte(file, unit & 0xFF);
	put_byte(file, unit >> 8);
}

/* A character that the format has. */
static void put_char(struct regfile *file, uint32_t c)
{
	char bytes[4];
	uint16_t units[2];
	uint8_t byte;
	size_t n;

	file->column += c < 0x10000 ? 1 : 2;
	if (file->format == REGFILE_5_UTF8) {
		n = unicode_to_utf8(c, bytes);
		for (size_t i = 0; i < n; i++)
			put_byte(file, (uint8_t)bytes[i]);
	} else if (file->format == REGFILE_4) {
		if (regfiletext_cp1252(c, &byte))
			put_byte(file, byte);
	} else {
		n = unicode_to_utf16(c, units);
		for (size_t i = 0; i < n; i++)
			put_unit(file, units[i]);
	}
}

static void put_ascii(struct regfile *file, const char *ascii)
{
	for (; *ascii; ascii++)
		put_char(file, (uint8_t)*ascii);
}

static void end_line(struct regfile *file)
{
	put_ascii(file, formats[file->format].newline);
	file->column = 0;
}

/* In lower-case hex, at least so many digits; value below 16 to the power of most. */
static void put_number(struct regfile *file, uint32_t value, unsigned least,
		       unsigned most)
{
	char digits[8];
	unsigned n = hex_length(value);

	n = n < least ? least : n > most ? most : n;
	(void)hex_put(digits, value, n);
	for (unsigned i = 0; i < n; i++)
		put_char(file, (uint8_t)digits[i]);
}

static void put_escaped(struct regfile *file, uint32_t c)
{
	put_ascii(file, "\\u{");
	put_number(file, c, 1, CODE_POINT_DIGITS);
	put_char(file, '}');
}

/* A text between quotation marks. */
static void put_quoted(struct regfile *file, struct text t)
{
	size_t n = text_length(t);

	put_char(file, '"');
	for (size_t i = 0; i < n;) {
		uint32_t c = text_next(t, &i);

		if (c == '"' || c == '\\')
			put_char(file, '\\');
		put_char(file, c);
	}
	put_char(file, '"');
}

/* ---- comments and keys ---- */

/* An empty line, which ends the key or sets the comment apart from it. */
static void end_block(struct regfile *file)
{
	if (file->place != AT_START)
		end_line(file);
	file->place = AT_START;
}

/*
 * The text of a comment.  A backslash at its end is shown as what the format
 * lacks is: it would join the next line to the comment.
 */
static void put_remark(struct regfile *file, struct text t)
{
	size_t n = text_length(t);
	size_t end = n;

	while (end > 0 && text_unit(t, end - 1) == ' ')
		end--;
	for (size_t i = 0; i < n;) {
		uint32_t c = text_next(t, &i);

		if (!regfiletext_has(file->format, c) || (c == '\\' && i == end))
			put_escaped(file, c);
		else
			put_char(file, c);
	}
}

void regfile_comment(struct regfile *file, const char *utf8)
{
	char *visible = utf8 ? text_visible(utf8) : NULL;
	struct text text = text_of("");

	if (!visible || !text_from_utf8(visible, strlen(visible), &text)) {
		free(visible);
		fail(file, STATUS_NOMEM);
		return;
	}
	free(visible);
	if (file->status == STATUS_OK) {
		if (file->place == AT_KEY)
			end_block(file);
		file->place = AT_COMMENT;
		put_char(file, ';');
		if (text_length(text) > 0)
			put_char(file, ' ');
		put_remark(file, text);
		end_line(file);
	}
	text_free(text);
}

void regfile_key(struct regfile *file, struct text path)
{
	size_t n = text_length(path);

	if (file->status != STATUS_OK)
		return;
	if (!regfiletext_can_name(file->format, path)) {
		fail(file, STATUS_UNSUPPORTED);
		return;
	}
	end_block(file);
	file->place = AT_KEY;
	put_char(file, '[');
	for (size_t i = 0; i < n;)
		put_char(file, text_next(path, &i));
	put_char(file, ']');
	end_line(file);
}

/* ---- values ---- */

static void put_hex(struct regfile *file, uint32_t type, struct span data)
{
	bool ansi = regfiletext_is_ansi(file->format, type);
	size_t n = ansi ? data.len / 2 : data.len;
	uint8_t byte = 0;

	for (size_t i = 0; i < n && file->status == STATUS_OK; i++) {
		if (ansi ? regfiletext_cp1252(text_unit(regfiletext_utf16(data), i),
					      &byte)
			 : span_u8(data, i, &byte))
			put_number(file, byte, 2, 2);
		if (i + 1 == n)
			break;
		put_char(file, ',');
		if (file->column >= FOLD_COLUMN) {
			put_char(file, '\\');
			end_line(file);
			for (int blank = 0; blank < FOLD_INDENT; blank++)
				put_char(file, ' ');
		}
	}
}

static void put_data(struct regfile *file, uint32_t type, struct span data)
{
	uint32_t number;

	if (type == KEY_TYPE_SZ && regfiletext_can_quote(file->format, data)) {
		put_quoted(file,
			   text_slice(regfiletext_utf16(data), 0, data.len / 2 - 1));
		return;
	}
	if (type == KEY_TYPE_DWORD && data.len == 4 && span_le32(data, 0, &number)) {
		put_ascii(file, "dword:");
		put_number(file, number, 8, 8);
		return;
	}
	put_ascii(file, "hex");
	if (type != KEY_TYPE_BINARY) {
		put_char(file, '(');
		put_number(file, type, 1, TYPE_DIGITS);
		put_char(file, ')');
	}
	put_char(file, ':');
	put_hex(file, type, data);
}

void regfile_value(struct regfile *file, struct text name, uint32_t type,
		   struct span data)
{
	if (file->status != STATUS_OK)
		return;
	/* Half a value, or one in another key, would be worse than no file. */
	if (file->place != AT_KEY || !regfiletext_can_name(file->format, name) ||
	    !regfiletext_can_data(file->format, type, data)) {
		fail(file, STATUS_UNSUPPORTED);
		return;
	}
	if (text_length(name) == 0)
		put_char(file, '@');
	else
		put_quoted(file, name);
	put_char(file, '=');
	put_data(file, type, data);
	end_line(file);
}

/* ---- the file ---- */

enum status regfile_start(struct output *output, enum regfile_format format,
			  struct regfile **out)
{
	struct regfile *file = calloc(1, sizeof(*file));

	if (!file)
		return STATUS_NOMEM;
	file->digest = digest_start();
	if (!file->digest) {
		free(file);
		return STATUS_NOMEM;
	}
	file->output = output;
	file->format = format;
	/* Regedit takes a file without the mark for one in the ANSI code page. */
	if (format == REGFILE_5_UTF16)
		put_char(file, 0xFEFF);
	put_ascii(file, formats[format].header);
	end_line(file);
	end_line(file);
	*out = file;
	return STATUS_OK;
}

void regfile_seal(struct regfile *file, const struct digest *whose)
{
	char text[REGSEAL_SIZE];
	struct digest sum;

	if (file->status != STATUS_OK)
		return;
	if (file->place == AT_KEY)
		end_block(file);
	flush(file);
	digest_finish(STEAL(file->digest), &sum);
	regseal_text(whose, &sum, text);
	file->digest = digest_start();
	if (file->digest)
		regfile_comment(file, text);
	else
		fail(file, STATUS_NOMEM);
}

enum status regfile_finish(struct regfile *file)
{
	enum status status;

	if (file->status == STATUS_OK && file->place == AT_KEY)
		end_line(file);
	if (file->status == STATUS_OK)
		flush(file);
	status = file->status;
	digest_finish(file->digest, NULL);
	free(file);
	return status;
}
