/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The members of an archive, one after the other: zip, tar with any compression, 7z; or
 * the one file in a compressed file.  Nothing is unpacked here: bytes go to whoever wants
 * them, names are given as they are.
 */
#ifndef COLLECTION_ARCHIVEFILE_H
#define COLLECTION_ARCHIVEFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/span.h"
#include "base/status.h"

enum archivefile_type {
	ARCHIVEFILE_FILE,
	ARCHIVEFILE_FOLDER,
	ARCHIVEFILE_LINK, /* symbolic, or to an earlier member */
	ARCHIVEFILE_SPECIAL,
};

struct archivefile_member {
	const char *name; /* as the archive has it; "" for that of a compressed file */
	enum archivefile_type type;
	uint64_t size;	   /* as the archive says; UINT64_MAX if it does not */
	uint64_t mtime_ft; /* FILETIME; 0 if the archive does not tell */
};

/* What became of a member's bytes. */
enum archivefile_fault {
	ARCHIVEFILE_WHOLE, /* all were given, or as many as were wanted */
	ARCHIVEFILE_ENCRYPTED,
	ARCHIVEFILE_DAMAGED, /* they end early, or are not those that were packed */
	ARCHIVEFILE_TOO_LARGE,
};

/* Why the rest of an archive could not be read, or may be missing. */
enum archivefile_loss {
	ARCHIVEFILE_LOST_DAMAGED,
	ARCHIVEFILE_LOST_UNENDED, /* a tar without its end mark: more may have followed */
	ARCHIVEFILE_LOST_ENCRYPTED,
	ARCHIVEFILE_LOST_LIMIT,	 /* it would unpack to too much */
	ARCHIVEFILE_LOST_NESTED, /* compressed more than once */
	ARCHIVEFILE_LOST_NO_LIBRARY,
};

/* Any status but STATUS_OK ends the reading.  All is borrowed for the call. */
struct archivefile_visitor {
	void *data;
	/* A member begins.  Of a file bytes() and then file_end() follow. */
	enum status (*member)(void *data, const struct archivefile_member *member);
	/* The next bytes of the file; *enough is set if no more are wanted. */
	enum status (*bytes)(void *data, struct span bytes, bool *enough);
	/* why: what the library says, or NULL. */
	enum status (*file_end)(void *data, enum archivefile_fault fault,
				const char *why);
	enum status (*lost)(void *data, enum archivefile_loss loss, const char *why);
};

/* What an archive may cost.  ARCHIVEFILE_LIMITS unless a test needs less. */
struct archivefile_limits {
	uint64_t members;
	uint64_t free_bytes; /* that may come out of it at any ratio */
	uint64_t ratio;	     /* of bytes that come out to those that went in, past them */
	uint64_t file_bytes; /* of one member */
};

/*
 * A drive of an office computer holds a million files.  Hives of many users in one solid
 * archive come out 300 times as large; deflate cannot do more than 1032, and a gigabyte
 * is unpacked in some seconds.  No hive is larger than 2 GB and its base block.
 */
#define ARCHIVEFILE_LIMITS                                                               \
	(struct archivefile_limits)                                                      \
	{                                                                                \
		.members = 20000000, .free_bytes = UINT64_C(1) << 30, .ratio = 1000,     \
		.file_bytes = (UINT64_C(1) << 31) + 4096,                                \
	}

/*
 * Reads the archive that fd, which can be read at any offset, holds; size is its own.
 * compressed: it is one of FILEKIND_COMPRESSED, which may hold anything.
 * Return: STATUS_OK, whatever is wrong with the archive; STATUS_NOMEM; what the visitor
 * said.
 */
MUST_CHECK enum status archivefile_read(int fd, uint64_t size, bool compressed,
					const struct archivefile_limits *limits,
					const struct archivefile_visitor *visitor);

/* That of libarchive, such as "3.6.2"; NULL if archives cannot be read at all. */
const char *archivefile_library_version(void);

#endif
