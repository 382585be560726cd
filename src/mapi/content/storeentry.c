/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A store's entry id as MAPI wraps it, so that it tells which provider opens
 * it (MAPI's WrapStoreEntryID; MS-OXCDATA, Store Object EntryID Structure):
 *
 *   u32  flags
 *   16   38a1bb10 05e5 101a a1bb 08002b2a56c2, the wrapper's own id
 *   u8   version, 0
 *   u8   flag, 0
 *        name of the provider's DLL, 8-bit, NUL, filled up to a multiple of 4
 *   u32  flags, of the entry id that is wrapped from here on
 *   16   id of the provider
 *        what the provider makes of the rest
 *
 * For mspst.dll the id is 4e495441..., and the rest an empty string and the
 * path of the file, both with NUL, in UTF-16 or for an ANSI file in 8-bit
 * text; in UTF-16 read from real hives.  For pstprx.dll (stores of IMAP and
 * ActiveSync) the layout was never published; there the path is looked for.
 * What is found must have the form of a path in either case.
 */
#include "mapi/content/storeentry.h"

#include "base/windowspath.h"

#include <string.h>

static const uint8_t wrapper[16] = {
	0x38, 0xa1, 0xbb, 0x10, 0x05, 0xe5, 0x10, 0x1a,
	0xa1, 0xbb, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2,
};
static const uint8_t pst_provider[16] = {
	0x4e, 0x49, 0x54, 0x41, 0xf9, 0xbf, 0xb8, 0x01,
	0x00, 0xaa, 0x00, 0x37, 0xd9, 0x6e, 0x00, 0x00,
};

#define FLAGS_SIZE 4
#define DLL_AT (sizeof(wrapper) + 2) /* behind version and flag */
#define DLL_MAX 14		     /* "emsmdb.dll" and what fills it up */

/* Between the provider's id and the path in the entry ids of pstprx.dll. */
#define PATH_SEARCH 64

/* Longer than Outlook takes, short enough that a hostile value costs no time. */
#define PATH_MAX_UNITS 1024

/* "C:\..." or "\\server\...", with a NUL behind it and nothing that no path holds. */
static bool is_path(struct span bytes, enum text_encoding encoding, struct text *out)
{
	size_t unit_size = encoding == TEXT_LATIN1 ? 1 : 2;
	struct text t = { span_clip(bytes, PATH_MAX_UNITS * unit_size), encoding };

	if (!windowspath_is_full(t))
		return false;
	struct text path = text_until_nul(t);
	size_t n = text_length(path);
	if (n < 4 || !span_has(t.bytes, path.bytes.len, unit_size))
		return false;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(path, i);
		if (unit < ' ' || (unit < 0x80 && strchr("<>\"|?*", unit)))
			return false;
	}
	*out = path;
	return true;
}

/* rest: what follows the provider's id. */
static bool find_path(struct span rest, struct text *path)
{
	for (size_t off = 0; off < PATH_SEARCH && off < rest.len; off++)
		if (is_path(span_from(rest, off), TEXT_UTF16LE, path))
			return true;
	return false;
}

/* The file of an entry id whose wrapper's id stands at the front of the bytes. */
static bool read_entry(struct span bytes, struct text *path)
{
	struct text dll = text_until_nul((struct text){
		.bytes = span_clip(span_from(bytes, DLL_AT), DLL_MAX),
		.encoding = TEXT_LATIN1,
	});
	/* Filled up to a multiple of four from the beginning, where the flags are. */
	size_t wrapped =
		(FLAGS_SIZE + DLL_AT + dll.bytes.len + 1 + 3) / 4 * 4 - FLAGS_SIZE;
	struct span entry = span_from(bytes, wrapped);
	struct span rest = span_from(entry, FLAGS_SIZE + sizeof(pst_provider));

	if (text_is(dll, "mspst.dll"))
		return span_starts(entry, FLAGS_SIZE, pst_provider,
				   sizeof(pst_provider)) &&
		       (is_path(span_from(rest, 2), TEXT_UTF16LE, path) ||
			is_path(span_from(rest, 1), TEXT_LATIN1, path));
	return text_is(dll, "pstprx.dll") && find_path(rest, path);
}

bool storeentry_next(struct span bytes, size_t *off, struct text *path)
{
	while (span_find(bytes, wrapper, sizeof(wrapper), off)) {
		struct span entry = span_from(bytes, *off);
		*off += sizeof(wrapper);
		if (read_entry(entry, path)) {
			*off = (size_t)(path->bytes.ptr - bytes.ptr) + path->bytes.len;
			return true;
		}
	}
	return false;
}
