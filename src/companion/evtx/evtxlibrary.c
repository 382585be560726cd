/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the library says of an error is not told: it names the library's own functions.
 * Where it fails, a record cannot be read.
 */
#include "companion/evtx/evtxlibrary.h"

#include "base/text.h"
#include "companion/evtx/evtxunits.h"

#include <stdlib.h>

#ifdef HAVE_LIBEVTX

/* By this libevtx is told that libbfio is here; not every version assumes it. */
#define HAVE_LIBBFIO 1
#include <libbfio.h>
#include <libevtx.h>

/* Bytes of one text, far more than evtxxml lets through. */
#define MOST_TEXT ((size_t)1 << 24)

struct evtxlibrary {
	libbfio_handle_t *memory;
	libevtx_file_t *file;
};

const char *evtxlibrary_version(void)
{
	return LIBEVTX_VERSION_TEXT;
}

void evtxlibrary_free(struct evtxlibrary *library)
{
	if (!library)
		return;
	if (library->file)
		(void)libevtx_file_free(&library->file, NULL);
	if (library->memory)
		(void)libbfio_handle_free(&library->memory, NULL);
	free(library);
}

void evtxlibrary_freep(struct evtxlibrary **library)
{
	evtxlibrary_free(*library);
}

enum status evtxlibrary_open(uint8_t *bytes, size_t len, size_t records,
			     struct evtxlibrary **out)
{
	int n = 0;
	AUTO(evtxlibrary_freep) struct evtxlibrary *library = calloc(1, sizeof(*library));

	if (!library)
		return STATUS_NOMEM;
	if (libbfio_memory_range_initialize(&library->memory, NULL) != 1 ||
	    libbfio_memory_range_set(library->memory, bytes, len, NULL) != 1 ||
	    libevtx_file_initialize(&library->file, NULL) != 1 ||
	    libevtx_file_open_file_io_handle(library->file, library->memory,
					     LIBEVTX_ACCESS_FLAG_READ, NULL) != 1 ||
	    libevtx_file_get_number_of_records(library->file, &n, NULL) != 1 || n < 0 ||
	    (size_t)n != records)
		return STATUS_MALFORMED;
	*out = STEAL(library);
	return STATUS_OK;
}

/* ---- text ---- */

/* Text that the library gives in two calls: its size with a NUL, and its bytes. */
typedef int get_size(libevtx_record_t *record, size_t *size, libevtx_error_t **error);
typedef int get_text(libevtx_record_t *record, uint8_t *text, size_t size,
		     libevtx_error_t **error);

/* Where texts go, and whether the library was given others in their place. */
struct texts {
	struct arena *arena;
	bool hidden;
};

static enum status keep(const struct texts *texts, const uint8_t *utf8, size_t size,
			char **out)
{
	struct text text;

	if (!text_from_utf8((const char *)utf8, size > 0 ? size - 1 : 0, &text))
		return STATUS_NOMEM;
	*out = evtxunits_utf8(text, texts->hidden, texts->arena);
	text_free(text);
	return *out ? STATUS_OK : STATUS_NOMEM;
}

static enum status text_of_record(libevtx_record_t *record, get_size *size_of,
				  get_text *text_of_it, const struct texts *texts,
				  char **out)
{
	size_t size = 0;
	int there = size_of(record, &size, NULL);

	*out = NULL;
	if (there == 0 || (there == 1 && size == 0))
		return STATUS_OK;
	if (there != 1 || size > MOST_TEXT)
		return STATUS_MALFORMED;
	uint8_t *utf8 = calloc(size, 1);
	if (!utf8)
		return STATUS_NOMEM;
	enum status status = text_of_it(record, utf8, size, NULL) == 1
				     ? keep(texts, utf8, size, out)
				     : STATUS_MALFORMED;
	free(utf8);
	return status;
}

static enum status keep_string(libevtx_record_t *record, int index,
			       const struct texts *texts, char **out)
{
	size_t size = 0;

	if (libevtx_record_get_utf8_string_size(record, index, &size, NULL) != 1 ||
	    size > MOST_TEXT)
		return STATUS_MALFORMED;
	uint8_t *utf8 = calloc(size + 1, 1);
	if (!utf8)
		return STATUS_NOMEM;
	enum status status = size == 0 || libevtx_record_get_utf8_string(
						  record, index, utf8, size, NULL) == 1
				     ? keep(texts, utf8, size, out)
				     : STATUS_MALFORMED;
	free(utf8);
	return status;
}

static enum status keep_strings(libevtx_record_t *record, const struct texts *texts,
				struct evtxrecord *out)
{
	int n = 0;

	if (libevtx_record_get_number_of_strings(record, &n, NULL) != 1 || n < 0)
		return STATUS_MALFORMED;
	if (n == 0)
		return STATUS_OK;
	out->strings = arena_calloc(texts->arena, (size_t)n, sizeof(*out->strings));
	if (!out->strings)
		return STATUS_NOMEM;
	for (int i = 0; i < n; i++)
		RETURN_IF_FAILED(
			keep_string(record, i, texts, &out->strings[out->n_strings++]));
	return STATUS_OK;
}

/* ---- a record ---- */

static bool read_numbers(libevtx_record_t *record, struct evtxrecord *out)
{
	uint32_t qualifiers = 0;

	if (libevtx_record_get_identifier(record, &out->number, NULL) != 1 ||
	    libevtx_record_get_written_time(record, &out->written_ft, NULL) != 1 ||
	    libevtx_record_get_event_identifier(record, &out->id, NULL) != 1 ||
	    libevtx_record_get_event_level(record, &out->level, NULL) != 1)
		return false;
	/* Where there is no value, the library fails: that is none, too. */
	if (libevtx_record_get_event_identifier_qualifiers(record, &qualifiers, NULL) ==
	    1)
		out->id = (out->id & 0xffff) | qualifiers << 16;
	return true;
}

static enum status read_record(libevtx_record_t *record, const struct texts *texts,
			       struct evtxrecord *out)
{
	if (!read_numbers(record, out))
		return STATUS_MALFORMED;
	RETURN_IF_FAILED(text_of_record(record, libevtx_record_get_utf8_source_name_size,
					libevtx_record_get_utf8_source_name, texts,
					&out->provider));
	RETURN_IF_FAILED(text_of_record(
		record, libevtx_record_get_utf8_computer_name_size,
		libevtx_record_get_utf8_computer_name, texts, &out->computer));
	RETURN_IF_FAILED(text_of_record(
		record, libevtx_record_get_utf8_user_security_identifier_size,
		libevtx_record_get_utf8_user_security_identifier, texts, &out->sid));
	return keep_strings(record, texts, out);
}

enum status evtxlibrary_record(struct evtxlibrary *library, size_t index, bool hidden,
			       struct arena *arena, struct evtxrecord *out)
{
	struct texts texts = { arena, hidden };
	libevtx_record_t *record = NULL;

	if (libevtx_file_get_record_by_index(library->file, (int)index, &record, NULL) !=
	    1)
		return STATUS_MALFORMED;
	enum status status = read_record(record, &texts, out);
	(void)libevtx_record_free(&record, NULL);
	return status;
}

#else

const char *evtxlibrary_version(void)
{
	return NULL;
}

void evtxlibrary_free(struct evtxlibrary *library)
{
	(void)library;
}

void evtxlibrary_freep(struct evtxlibrary **library)
{
	(void)library;
}

enum status evtxlibrary_open(uint8_t *bytes, size_t len, size_t records,
			     struct evtxlibrary **out)
{
	(void)bytes, (void)len, (void)records, (void)out;
	return STATUS_UNSUPPORTED;
}

enum status evtxlibrary_record(struct evtxlibrary *library, size_t index, bool hidden,
			       struct arena *arena, struct evtxrecord *out)
{
	(void)library, (void)index, (void)hidden, (void)arena, (void)out;
	return STATUS_UNSUPPORTED;
}

#endif
