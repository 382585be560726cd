/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of units: file names that every file system takes.  Letters, digits, '.', '-' and
 * '_' stand for themselves, every other byte is %XX, and none begins with a dot.
 */
#ifndef SWEEP_PLAN_UNITNAME_H
#define SWEEP_PLAN_UNITNAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

/* With the longest ending that is put behind it, it stays below the 255 bytes of a name. */
#define UNITNAME_MAX 200
#define UNITNAME_SIZE (UNITNAME_MAX + 1)

/*
 * The name for any text.
 * Return: false if the text is empty, or the name is longer than UNITNAME_MAX.
 */
MUST_CHECK bool unitname_encode(const char *text, char out[UNITNAME_SIZE]);

/* True for what unitname_encode() can give. */
bool unitname_is_one(const char *name);

/* Two names that differ only in this are one: file systems of Windows ignore case. */
void unitname_fold(const char *name, char out[UNITNAME_SIZE]);

/*
 * The machine that the name of a collection's folder or archive tells: %XX is decoded, the
 * ending of an archive is left out, and of what Velociraptor's offline collector calls its
 * archives (Collection-HOST-2024-03-18T10_11_12Z) only the host is left.
 * Return: false when it is longer than size.
 */
MUST_CHECK bool unitname_machine(const char *entry, bool is_folder, char *out,
				 size_t size);

#endif
