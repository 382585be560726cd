/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hives that were not changed by Windows key by key: written anew, or cut by a tool. */
#ifndef FALSIFIER_PACKED_H
#define FALSIFIER_PACKED_H

#include "samples/builder.h"
#include "whole/falsifier/walk.h"

/* Return: a hive with the same keys, times and values in new cells; given. */
struct builder *packed_copy(const struct walk *walk,
			    const struct builder_options *options);

/*
 * Cuts a key off its parent's list as offline tools do: no key is stamped, nothing below
 * it is taken apart first. Its cells become free if `freed`, else they stay allocated.
 */
void packed_cut(struct builder *b, const struct walk *walk, builder_key key, bool freed);

#endif
