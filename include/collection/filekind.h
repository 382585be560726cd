/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a file is, by its first bytes.  Names do not decide: hives are renamed, and what
 * is called NTUSER.DAT may be anything.
 */
#ifndef COLLECTION_FILEKIND_H
#define COLLECTION_FILEKIND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/span.h"
#include "base/status.h"

/* One line a kind: constant, word in the report, several of them for people. */
#define FILEKINDS(X)                                                                     \
	X(FILEKIND_HIVE, "hive", "registry hives")                                       \
	X(FILEKIND_LOG, "log", "transaction logs")                                       \
	X(FILEKIND_REG, "reg", ".reg files")                                             \
	X(FILEKIND_EVENT_LOG, "event_log", "event logs (.evt)")                          \
	X(FILEKIND_EVENT_LOG_XML, "event_log_xml", "event logs (.evtx)")                 \
	X(FILEKIND_MAPI32, "mapi32", "copies of Mapi32.dll")                             \
	X(FILEKIND_LISTING, "listing", "listings of processes")                          \
	X(FILEKIND_PROGRAM, "program", "programs and libraries")                         \
	X(FILEKIND_ARCHIVE, "archive", "archives")                                       \
	X(FILEKIND_COMPRESSED, "compressed", "compressed files")                         \
	X(FILEKIND_ARCHIVE_OTHER, "archive_other", "archives of other kinds")            \
	X(FILEKIND_EXPAND, "ms_compressed", "files compressed by Microsoft's compress")  \
	X(FILEKIND_DISK_EWF, "disk_ewf", "disk images (E01)")                            \
	X(FILEKIND_DISK_VMDK, "disk_vmdk", "disk images (VMDK)")                         \
	X(FILEKIND_DISK_VHD, "disk_vhd", "disk images (VHD)")                            \
	X(FILEKIND_DISK_VHDX, "disk_vhdx", "disk images (VHDX)")                         \
	X(FILEKIND_DISK_QCOW, "disk_qcow", "disk images (QCOW)")                         \
	X(FILEKIND_DISK_RAW, "disk_raw", "disk images (raw)")                            \
	X(FILEKIND_MAIL_STORE, "mail_store", "Outlook data files")                       \
	X(FILEKIND_HIVE_95, "hive_95", "registry files of Windows 95")                   \
	X(FILEKIND_TXR, "txr", "files of registry transactions (.blf, .regtrans-ms)")    \
	X(FILEKIND_EMPTY, "empty", "empty files")                                        \
	X(FILEKIND_OTHER, "other", "other files")                                        \
	X(FILEKIND_UNREAD, "unread", "files that could not be read")                     \
	X(FILEKIND_LINK, "link", "links")                                                \
	X(FILEKIND_SPECIAL, "special", "devices, sockets and pipes")                     \
	X(FILEKIND_FOLDER, "folder", "folders")

enum filekind {
#define X(constant, word, people) constant,
	FILEKINDS(X)
#undef X
};
#define FILEKIND_N (FILEKIND_FOLDER + 1)

/*
 * Bytes that are looked at.  A hive whose base block is lost shows in its second and
 * third page; a saved console session has other commands before its listing.
 */
#define FILEKIND_HEAD 16384

/* Mapi32.dll has 730 KB: what is larger is another program. */
#define FILEKIND_MAX_PROGRAM (UINT64_C(16) << 20)

/*
 * What begins with these bytes, the file's first FILEKIND_HEAD or all it has; size is
 * that of the whole file, name its name, which only labels a file that holds nothing
 * but zeros.  Mapi32.dll is FILEKIND_PROGRAM here: filekind_settle() tells it.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status filekind_of(struct span head, uint64_t size, const char *name,
				   enum filekind *out);

/*
 * For a program, whether it is a Mapi32.dll by the name in its version resource: *kind
 * becomes FILEKIND_MAPI32.  Other kinds are left.  fd may be read at any offset; off is
 * where the file begins in it.  What cannot be read is no Mapi32.dll.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status filekind_settle(int fd, uint64_t off, uint64_t size,
				       enum filekind *kind);

/* True for what a comparison can use: hives, logs, .reg, event logs, ... */
bool filekind_is_evidence(enum filekind kind);
/* True for all disk images. */
bool filekind_is_disk(enum filekind kind);

/*
 * For what cannot be used as it is, but may hold evidence: what it is and what to do, in
 * words that go on from "PATH: ".  NULL for all other kinds.  Static.
 */
const char *filekind_advice(enum filekind kind);

/* "hive" and so on; "registry hives" and so on.  Static. */
const char *filekind_word(enum filekind kind);
const char *filekind_people(enum filekind kind);

#endif
