/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Property values as text for people. */
#ifndef MAPI_PROPERTY_RENDER_H
#define MAPI_PROPERTY_RENDER_H

#include "base/compiler.h"
#include "mapi/proptag.h"
#include "regf/key.h"

/* Bytes of binary data that property_render() shows before it cuts. */
#define PROPERTY_RENDER_MAX 64

/*
 * The value as one line of UTF-8 for people: text as it is, numbers in
 * decimal and hex, times in ISO 8601, GUIDs in registry form, uids and other
 * binary in hex, elements of multi-values joined by "; ".  Long binary is cut
 * after PROPERTY_RENDER_MAX bytes and its length told; the exact bytes stand
 * elsewhere in the report.  An unsound value is shown as hex.
 * The caller has asked secret_is() before.
 * Return: malloc'ed; NULL when out of memory.
 */
char *property_render(const struct value *value, struct proptag tag) MUST_CHECK;

/* The same for a value whose name is no tag: by its registry type. */
char *property_render_plain(const struct value *value) MUST_CHECK;

#endif
