/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <string.h>

/* "NTUSER.DAT" for "folder/NTUSER.DAT". */
static inline const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

#endif
