/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How listings were saved: by `>` in the OEM code page, by an editor as UTF-8,
 * by PowerShell as UTF-16.  An 8-bit file does not tell its code page; 850, that
 * of Western Europe, has the ASCII of all others and a character for each byte.  What can
 * be a double-byte one, with characters of two bytes that are no ASCII, is read as such;
 * that another reading is possible is told.
 */
#include "companion/listing/listingtext.h"

#include "base/array.h"
#include "base/text.h"
#include "companion/listing/listingdbcs.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

/* As much of a file as tells whether it is UTF-16 without a mark. */
#define SAMPLE_SIZE 4096

/* As iconv calls it. */
#define OEM_PAGE "CP850"

#define OEM_FIRST 0x80u
#define OEM_COUNT 128

enum form { FORM_UTF8, FORM_OEM, FORM_UTF16LE, FORM_UTF16BE };

struct decoder {
	struct span bytes;
	struct diag_list *diags;
	enum form form;
	size_t width;			/* bytes per unit */
	uint8_t oem[2 * OEM_COUNT];	/* UTF-16LE of the bytes from OEM_FIRST */
	const struct listingdbcs *page; /* of FORM_OEM: NULL for code page 850 */
	iconv_t converter;		/* of that page; -1: none */
	bool reported;			/* that something is no text */
	struct listingtext *out;
};

/*
 * How many bytes at the front are whole sequences of UTF-8.  *cut: what follows is one
 * that the end cuts off.
 */
static size_t utf8_part(struct span bytes, bool *cut)
{
	uint32_t c = 0;
	size_t i = 0, used;

	for (*cut = false; i < bytes.len; i += used) {
		used = unicode_from_utf8(bytes.ptr + i, bytes.len - i, &c);
		*cut = c == UNICODE_CUT_OFF;
		if (c > 0x10FFFF)
			break;
	}
	return i;
}

/* A character cut off by the end of the file does not make it another encoding. */
static bool is_utf8(struct span bytes)
{
	bool cut;

	return utf8_part(bytes, &cut) == bytes.len || cut;
}

/* What is mostly ASCII in UTF-16LE has a zero as every second byte. */
static bool looks_like_utf16le(struct span bytes)
{
	struct span sample = span_clip(bytes, SAMPLE_SIZE);
	size_t zeros[2] = { 0, 0 };
	size_t units = sample.len / 2;
	uint8_t byte = 0;

	for (size_t i = 0; i < 2 * units; i++)
		if (span_u8(sample, i, &byte) && byte == 0)
			zeros[i % 2]++;
	return units > 0 && zeros[1] * 10 >= units * 7 && zeros[0] * 10 <= units;
}

/* Return: the bytes of the mark at the front. */
static size_t identify(struct decoder *d)
{
	size_t mark = 0;

	if (span_starts(d->bytes, 0, "\xef\xbb\xbf", 3)) {
		d->form = FORM_UTF8;
		mark = 3;
	} else if (span_starts(d->bytes, 0, "\xff\xfe", 2)) {
		d->form = FORM_UTF16LE;
		mark = 2;
	} else if (span_starts(d->bytes, 0, "\xfe\xff", 2)) {
		d->form = FORM_UTF16BE;
		mark = 2;
	} else if (looks_like_utf16le(d->bytes)) {
		d->form = FORM_UTF16LE;
	} else {
		d->form = is_utf8(d->bytes) ? FORM_UTF8 : FORM_OEM;
	}
	d->width = d->form == FORM_UTF16LE || d->form == FORM_UTF16BE ? 2 : 1;
	return mark;
}

/*
 * Return: a converter to UTF-16LE; (iconv_t)-1.  Loading its module may lack memory, which
 * glibc does not tell from a module that is missing: so it is tried twice.
 */
static iconv_t open_converter(const char *from)
{
	iconv_t converter = iconv_open("UTF-16LE", from);

	return converter == (iconv_t)-1 && errno != ENOMEM ? iconv_open("UTF-16LE", from)
							   : converter;
}

/*
 * The characters of the code page, all at once.  glibc loads its converter as
 * a module, which may be missing.
 */
static enum status load_oem(struct decoder *d)
{
	char in[OEM_COUNT];
	char *from = in;
	char *to = (char *)d->oem;
	size_t in_left = sizeof(in);
	size_t out_left = sizeof(d->oem);
	iconv_t converter = open_converter(OEM_PAGE);

	if (converter == (iconv_t)-1 && errno == ENOMEM)
		return STATUS_NOMEM;
	for (unsigned i = 0; i < OEM_COUNT; i++)
		in[i] = (char)(OEM_FIRST + i);
	if (converter != (iconv_t)-1) {
		(void)iconv(converter, &from, &in_left, &to, &out_left);
		(void)iconv_close(converter);
	}
	if (out_left == 0)
		return STATUS_OK;
	for (size_t i = 0; i < OEM_COUNT; i++) {
		d->oem[2 * i] = UNICODE_REPLACEMENT & 0xff;
		d->oem[2 * i + 1] = UNICODE_REPLACEMENT >> 8;
	}
	diag_at(d->diags, DIAG_LISTING_ENCODING, DIAG_NOWHERE,
		"this system has no converter for code page 850: letters other than "
		"ASCII are not known");
	d->reported = true;
	return STATUS_OK;
}

/* Opens the converter of the double-byte page, which may be missing likewise. */
static enum status load_page(struct decoder *d)
{
	const char *number = listingdbcs_number(d->page);

	d->converter = open_converter(listingdbcs_converter(d->page));
	if (d->converter == (iconv_t)-1 && errno == ENOMEM)
		return STATUS_NOMEM;
	diag_at(d->diags, DIAG_LISTING_ENCODING, DIAG_NOWHERE,
		"read as code page %s, double-byte: the bytes fit it, and may be meant in "
		"another one, or as letters of Europe%s",
		number,
		d->converter == (iconv_t)-1
			? "; this system has no converter for it: its letters are shown "
			  "as U+FFFD"
			: "");
	d->reported = true;
	return STATUS_OK;
}

/* One character of the double-byte page as UTF-16LE.  Return: bytes written. */
static size_t convert_pair(const struct decoder *d, struct span pair, uint8_t *out)
{
	char in[2] = { 0 };
	char *from = in, *to = (char *)out;
	size_t in_left = pair.len, out_left = 4;

	if (d->converter != (iconv_t)-1 && span_copy(pair, 0, in, pair.len) &&
	    iconv(d->converter, &from, &in_left, &to, &out_left) != (size_t)-1 &&
	    in_left == 0)
		return 4 - out_left;
	out[0] = UNICODE_REPLACEMENT & 0xff;
	out[1] = UNICODE_REPLACEMENT >> 8;
	return 2;
}

/* The line in the double-byte page; out has room for 4 bytes of each byte. */
static size_t convert_page(const struct decoder *d, struct span line, uint8_t *out)
{
	size_t len = 0, width;
	uint8_t byte = 0;

	for (size_t i = 0; span_u8(line, i, &byte); i += width) {
		width = listingdbcs_width(d->page, line, i);
		if (byte < OEM_FIRST) {
			out[len++] = byte;
			out[len++] = 0;
		} else {
			len += convert_pair(d, span_clip(span_from(line, i), width),
					    out + len);
		}
	}
	return len;
}

/* Writes the line's units as UTF-16LE into out, 2 bytes for each of width bytes. */
static void convert(const struct decoder *d, struct span line, uint8_t *out)
{
	uint8_t byte = 0, second = 0;

	for (size_t i = 0; span_u8(line, i, &byte); i += d->width) {
		if (d->form == FORM_UTF16BE) {
			if (!span_u8(line, i + 1, &second))
				second = byte;
			*out++ = second;
			*out++ = byte;
		} else if (byte < OEM_FIRST) {
			*out++ = byte;
			*out++ = 0;
		} else {
			*out++ = d->oem[2 * (byte - OEM_FIRST)];
			*out++ = d->oem[2 * (byte - OEM_FIRST) + 1];
		}
	}
}

/* The line as UTF-16LE.  *owned says that it is to be freed. */
static bool units_of(const struct decoder *d, struct span line, struct text *out,
		     bool *owned)
{
	*owned = d->form != FORM_UTF16LE;
	*out = (struct text){ .bytes = line, .encoding = TEXT_UTF16LE };
	if (!*owned)
		return true;
	if (d->form == FORM_UTF8)
		return text_from_utf8((const char *)line.ptr, line.len, out);

	size_t n = line.len / d->width + line.len % d->width;
	uint8_t *units = calloc(n + 1, 4);

	if (!units)
		return false;
	if (d->page) {
		out->bytes = span_of(units, convert_page(d, line, units));
		return true;
	}
	convert(d, line, units);
	out->bytes = span_of(units, 2 * n);
	return true;
}

/*
 * Without blanks at the end and control characters at either: form feeds, the
 * NULs of a block that was not filled, the Ctrl-Z that once ended a text, and
 * the mark at the front of a file that was appended to another.
 */
static struct text strip(struct text t)
{
	size_t from = 0, end = text_length(t);

	while (from < end) {
		uint16_t unit = text_unit(t, from);
		if ((unit >= 0x20 && unit != 0xfeff) || unit == '\t')
			break;
		from++;
	}
	while (end > from && text_unit(t, end - 1) <= 0x20)
		end--;
	return text_slice(t, from, end - from);
}

static bool is_blank(struct text t)
{
	size_t n = text_length(t);

	for (size_t i = 0; i < n; i++)
		if (text_unit(t, i) > 0x20)
			return false;
	return true;
}

static enum status keep_line(struct decoder *d, struct text units, bool whole,
			     size_t number, uint64_t offset)
{
	bool lossy = false;

	units = strip(units);
	if (is_blank(units))
		return STATUS_OK;
	RETURN_IF_FAILED(ARRAY_RESERVE(d->out, LISTINGTEXT_MAX_LINES));
	char *text = text_to_utf8(units, &lossy);
	if (!text)
		return STATUS_NOMEM;
	d->out->items[d->out->n++] = (struct listingtext_line){
		.text = text,
		.len = strlen(text),
		.number = number,
		.offset = offset,
	};
	if ((lossy || !whole) && !d->reported) {
		diag_at(d->diags, DIAG_LISTING_ENCODING, offset,
			"line %zu holds what is no text in %s, shown as U+FFFD; so may "
			"others",
			number, d->out->encoding);
		d->reported = true;
	}
	return STATUS_OK;
}

static enum status take_line(struct decoder *d, struct span line, size_t number,
			     uint64_t offset)
{
	struct text units;
	bool owned, cut;
	bool whole = d->form != FORM_UTF8 || utf8_part(line, &cut) == line.len;

	if (!units_of(d, line, &units, &owned))
		return STATUS_NOMEM;
	enum status status = keep_line(d, units, whole, number, offset);
	if (owned)
		text_free(units);
	return status;
}

/* The unit at off as far as it can end a line; anything else otherwise. */
static uint8_t end_at(const struct decoder *d, size_t off)
{
	uint8_t low = 0, high = 0;
	size_t second = d->form == FORM_UTF16BE ? off : off + 1;

	if (d->width == 1)
		return span_u8(d->bytes, off, &low) ? low : 0;
	if (d->form == FORM_UTF16BE)
		off++;
	if (!span_u8(d->bytes, off, &low) || !span_u8(d->bytes, second, &high))
		return 0;
	return high == 0 ? low : 0;
}

/*
 * A line ends with LF or any number of CR with or without LF: programs that
 * write CR LF into a text stream make it CR CR LF.
 */
static size_t skip_end(const struct decoder *d, size_t off)
{
	while (end_at(d, off) == '\r')
		off += d->width;
	if (end_at(d, off) == '\n')
		off += d->width;
	return off;
}

static enum status take_lines(struct decoder *d, size_t from)
{
	enum status status = STATUS_OK;

	for (size_t number = 1; status == STATUS_OK && from < d->bytes.len; number++) {
		size_t end = from;
		struct span line;

		while (end < d->bytes.len && end_at(d, end) != '\r' &&
		       end_at(d, end) != '\n')
			end += d->width;
		line = span_clip(span_from(d->bytes, from), end - from);
		status = take_line(d, line, number, from);
		if (status == STATUS_LIMIT)
			diag_at(d->diags, DIAG_COUNT_LIMIT, from,
				"more than %d lines: the rest is not read",
				LISTINGTEXT_MAX_LINES);
		from = skip_end(d, end);
	}
	return status == STATUS_LIMIT ? STATUS_OK : status;
}

enum status listingtext_read(struct span bytes, struct diag_list *diags,
			     struct listingtext *out)
{
	static const char *const words[] = {
		[FORM_UTF8] = "utf-8",
		[FORM_OEM] = "oem",
		[FORM_UTF16LE] = "utf-16le",
		[FORM_UTF16BE] = "utf-16be",
	};
	struct decoder d = {
		.bytes = span_clip(bytes, LISTINGTEXT_MAX_BYTES),
		.diags = diags,
		.out = out,
	};
	size_t from = identify(&d);

	*out = (struct listingtext){ .encoding = words[d.form] };
	d.converter = (iconv_t)-1;
	if (d.form == FORM_OEM)
		d.page = listingdbcs_find(d.bytes);
	if (d.form == FORM_OEM)
		RETURN_IF_FAILED(d.page ? load_page(&d) : load_oem(&d));
	if (bytes.len > LISTINGTEXT_MAX_BYTES)
		diag_at(diags, DIAG_COUNT_LIMIT, LISTINGTEXT_MAX_BYTES,
			"more text than %zu bytes: the rest is not read",
			LISTINGTEXT_MAX_BYTES);
	enum status status = take_lines(&d, from);
	if (d.converter != (iconv_t)-1)
		(void)iconv_close(d.converter);
	return status;
}

void listingtext_clear(struct listingtext *text)
{
	for (size_t i = 0; i < text->n; i++)
		free(text->items[i].text);
	free(text->items);
	for (size_t i = 0; i < text->machines.n; i++)
		free(text->machines.items[i]);
	free(text->machines.items);
	*text = (struct listingtext){ 0 };
}

const char *listingtext_code_page(size_t n)
{
	const struct listingdbcs *page = n > 0 ? listingdbcs_at(n - 1) : NULL;

	if (n == 0)
		return OEM_PAGE;
	return page ? listingdbcs_converter(page) : NULL;
}
