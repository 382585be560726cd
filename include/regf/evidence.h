/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file as received.  It is opened read-only, read once into memory, hashed
 * as read and never touched again; what it is, is decided by its content.
 */
#ifndef REGF_EVIDENCE_H
#define REGF_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/filemark.h"
#include "base/memfile.h"
#include "base/span.h"
#include "base/stage.h"
#include "base/status.h"
#include "base/sum/digest.h"

/*
 * A hive cannot be larger: offsets of its stable storage have 31 bits (bit 31
 * marks volatile storage in memory), plus the base block.
 */
#define EVIDENCE_MAX_SIZE ((UINT64_C(1) << 31) + 4096)

enum evidence_kind {
	EVIDENCE_HIVE, /* "regf", file type 0 or unknown; or bins whose base block is lost */
	EVIDENCE_LOG,  /* "regf", file type 1, 2 or 6: a transaction log */
	EVIDENCE_REG,  /* a .reg export, UTF-16 or 8-bit */
	EVIDENCE_TEXT, /* some other text */
	EVIDENCE_OTHER,
};

struct evidence {
	char *path; /* as given */
	struct filemark
		mark; /* of the file that was read; of the archive that it lies in */
	struct memfile file;  /* sealed */
	struct span bytes;    /* of file */
	struct digest sha256; /* once evidence_settle() was called, if it has to be */
	struct evidence_hashing *hashing; /* by a thread of its own; NULL: done */
	uint64_t mtime_ft; /* FILETIME of the file's last change on this machine */
	enum evidence_kind kind;
};

/* Where in a descriptor the bytes of a file are. */
struct evidence_part {
	bool inside; /* other bytes lie before or behind it: only pread() from off on may be used */
	uint64_t off, size;
	uint64_t mtime_ft; /* FILETIME of the file's last change */
};

/*
 * Who opens files by their paths.  NULL in its place: the system does.  Paths inside
 * an archive, or below a folder that is held open, need one of their own.
 */
struct evidence_opener {
	/*
	 * Return: a descriptor of a regular file, at its beginning, to be closed; its
	 * time of change is the file's.  -1 with *failure set.
	 */
	int (*open)(const struct evidence_opener *self, const char *path,
		    struct failure *failure);
	/*
	 * The same where open() would have to copy the file first; or NULL.  The file is
	 * *part of what the descriptor holds.
	 */
	int (*open_part)(const struct evidence_opener *self, const char *path,
			 struct evidence_part *part, struct failure *failure);
};

/*
 * Opens a regular file through an opener, NULL for the system, and tells which part of the
 * descriptor it is.
 * Return: STATUS_OK with *fd, to be closed; STATUS_IO; STATUS_UNSUPPORTED (no regular
 * file); *failure then says why.
 */
MUST_CHECK enum status evidence_open(const struct evidence_opener *opener,
				     const char *path, int *fd,
				     struct evidence_part *part, struct failure *failure);

/*
 * Reads a regular file of at most EVIDENCE_MAX_SIZE bytes.  A FIFO, device,
 * folder or a file that changes its size while it is read is refused.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_IO; STATUS_LIMIT
 * (too large); STATUS_UNSUPPORTED (no regular file); *failure then says why.
 */
MUST_CHECK enum status evidence_read(const char *path, struct evidence **out,
				     struct failure *failure);
/*
 * The same, through an opener, NULL for the system, which is only borrowed, and telling
 * a stage how far it is: the caller's, who begins and ends it, or NULL.
 * Return: as above; STATUS_IO, too, if the opener refuses.
 */
MUST_CHECK enum status evidence_read_through(const struct evidence_opener *opener,
					     const char *path, struct stage *stage,
					     struct evidence **out,
					     struct failure *failure);

/*
 * The same, but where the file is large its sealed copy is hashed by a thread of its own,
 * while the caller reads it; evidence_settle() is to be called before sha256 is looked at.
 */
MUST_CHECK enum status evidence_read_beside(const struct evidence_opener *opener,
					    const char *path, struct stage *stage,
					    struct evidence **out,
					    struct failure *failure);
/* Waits until sha256 is there; it may be called twice, and for any evidence. */
void evidence_settle(struct evidence *evidence);

/*
 * Another one of the same file: its bytes are lent by the first, which must be settled and live
 * longer.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status evidence_lend(const struct evidence *evidence,
				     struct evidence **out);

/* Takes the evidence and its bytes; NULL is allowed. */
void evidence_free(struct evidence *evidence);
void evidence_freep(struct evidence **evidence);

/* What the bytes are, by their first bytes; never by a name. */
enum evidence_kind evidence_identify(struct span bytes);

#endif
