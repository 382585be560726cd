/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files named in wrapped store entry ids, wherever these stand in some bytes. */
#ifndef MAPI_CONTENT_STOREENTRY_H
#define MAPI_CONTENT_STOREENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/span.h"
#include "base/text.h"

/*
 * The path of the next file that an entry id in the bytes names, searched from
 * *off on, which moves behind it; the path is borrowed.  An entry id that names
 * no file, or not whole, is passed over.
 * Return: false if there is none; *off is then of no use.
 */
MUST_CHECK bool storeentry_next(struct span bytes, size_t *off, struct text *path);

#endif
