/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the path of a file tells: the layout it lies in, the drive, the user's folder,
 * the security id in its name.  A label only, never proof: files are moved and renamed.
 */
#ifndef COLLECTION_PLACE_H
#define COLLECTION_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"

enum place_layout {
	PLACE_UNKNOWN,
	PLACE_LIVE,	   /* where Windows itself has it */
	PLACE_WINDOWS_OLD, /* Windows.old: what an upgrade put aside */
	PLACE_REGBACK, /* config\RegBack, repair\RegBack: copies of a running system */
	PLACE_REPAIR,  /* repair: copies of the day of the setup */
	PLACE_RESTORE_POINT, /* System Restore of Windows XP: RP<n>\snapshot */
	PLACE_SHADOW_COPY,   /* as live, but below vss<N>, HarddiskVolumeShadowCopy<N> */
};

/* As SUBJECT_SID_SIZE: S-1-, a 48-bit authority and up to 15 numbers of 32 bits. */
#define PLACE_SID_SIZE 192

struct place {
	enum place_layout layout;
	uint32_t number; /* of the restore point or shadow copy of the layout; 0: none */
	uint32_t shadow_copy; /* that it lies in, whatever the layout; 0: none */
	char drive;	      /* 'A' to 'Z', or 0 */
	/*
	 * Name of the user's folder as it is written, UTF-8, or NULL.  Bytes that are no
	 * UTF-8 stand as \xNN, so that two names never become one.
	 */
	char *user;
	char sid[PLACE_SID_SIZE]; /* from the name of the file, or "" */
	bool service;	    /* ServiceProfiles\..., LocalService, config\systemprofile */
	bool template_user; /* Users\Default, Documents and Settings\Default User */
	bool default_hive; /* config\DEFAULT, _REGISTRY_USER_.DEFAULT: that of LocalSystem */
	bool classes;	   /* UsrClass.dat by its name */
};

/*
 * Reads the path of a file, whose parts '/' divides; '\' divides too where no '/' does,
 * as in archives that are made wrongly.  Case is ignored.  A part that names a volume in
 * the way of Velociraptor (C%3A, %5C%5C.%5CC%3A) makes it and all parts behind it be
 * decoded.
 * Return: STATUS_OK and *out filled, to be cleared by place_clear(); STATUS_NOMEM.
 */
MUST_CHECK enum status place_read(const char *path, struct place *out);
/* The same for the path of a folder: the place of a hive that would lie in it. */
MUST_CHECK enum status place_read_folder(const char *path, struct place *out);
void place_clear(struct place *place);

/* "live", "windows_old", "regback", "repair", "restore_point", "shadow_copy", "unknown". */
const char *place_layout_word(enum place_layout layout);

/*
 * The innermost folder in which users' hives have to lie, of those that lead to what has
 * this path: `Users`, `Users\<n>`, `config`, `RegBack`, `repair`, `snapshot` of a restore
 * point, `ServiceProfiles`, `ServiceProfiles\<n>`.  The last part of the path counts only
 * if it is a folder's.
 * Return: how many bytes of the path lead to it, without the divider behind it; 0 if
 * there is none.
 */
size_t place_folder(const char *path, bool is_folder);

/* True if the file is called as a hive of a user is, whatever is before or behind that. */
bool place_names_hive(const char *path);

/*
 * True if it is called as a user's hive itself is, alone or with a machine's or a user's
 * name before it: a log or a copy with more behind the name is not.
 */
bool place_is_named_hive(const char *path);

#endif
