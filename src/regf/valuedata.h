/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of values, and the values themselves. */
#ifndef REGF_VALUEDATA_H
#define REGF_VALUEDATA_H

#include "regf/reader.h"

/*
 * Reads the count values of the list at list_rel into key, sorted.
 * Return: STATUS_OK, with what could be read; STATUS_NOMEM.
 */
MUST_CHECK enum status valuedata_read(struct reader *reader, struct key *key,
				      uint32_t list_rel, uint32_t count);

#endif
