/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether bytes can be a key or value: what every record that Windows writes
 * keeps to, and junk seldom does.
 */
#ifndef REGF_RECOVER_PLAUSIBLE_H
#define REGF_RECOVER_PLAUSIBLE_H

#include "regf/recover/search.h"

/* The longest names that Windows allows, bytes. */
#define PLAUSIBLE_MAX_KEY_NAME 510
#define PLAUSIBLE_MAX_VALUE_NAME 32766

/*
 * True if the fields of the record, flags and name apart, are what a key's can be.  The
 * parent's offset may be one that the file does not have, see plausible.c.
 */
bool plausible_key(const struct search *search, const struct reader_key_wire *wire);

/* True if the size and place of the data are what a value's can be. */
bool plausible_value(const struct search *search, const struct reader_value_wire *wire);

/* True for types of values that have a name, and those of device properties. */
bool plausible_type(uint32_t type);

/* True if the bytes can be a name: of a key, which holds no backslash, or of a value. */
bool plausible_name(struct text name, bool of_key);

#endif
