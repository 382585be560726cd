/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands in a user's hive beside mail: Control Panel, environment, shell folders. It
 * gives samples the look of a hive that was lived in.
 */
#ifndef DESKTOP_H
#define DESKTOP_H

#include "builder.h"

/* A REG_SZ value of a key that is named by its path from the root. */
struct desktop_setting {
	const char *path;
	const char *name;
	const char *text;
};

/* Writes settings one by one; the keys that are missing are made at `filetime`. */
void desktop_apply(struct builder *b, const struct desktop_setting *settings, size_t n,
		   uint64_t filetime);

/* Writes the common settings; `home` is the folder that the shell folders stand in. */
void desktop_fill(struct builder *b, const char *home, uint64_t filetime);

#endif
