/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the writers of the two log formats share. Both formats begin with the first
 * sector of a base block and hold pages that are told by comparing two states.
 */
#ifndef BUILDER_LOG_PRIVATE_H
#define BUILDER_LOG_PRIVATE_H

#include "builder_log.h"
#include "builder_private.h"

#define LOG_SECTOR 512u /* a log's base block, its alignment, a bit of the bitmap */

enum {
	LOG_TYPE_XP = 1,   /* Windows XP to 8 */
	LOG_TYPE_NT = 2,   /* Windows NT to 2000 */
	LOG_TYPE_HVLE = 6, /* Windows 8.1 and later */
};

/* Return: the size of a dirty page that the options ask for. */
uint32_t builder_log_page_size(const struct builder_log_options *options);

/*
 * Whether the page at an offset in the bins of `to` has to be logged: because it differs,
 * or because the bins of `from` end before it.
 */
bool builder_log_is_dirty(const struct builder_log_state *from,
			  const struct builder_log_state *to, uint32_t offset,
			  uint32_t size);

/* Makes the file at least this long, zeros behind what it had. */
void builder_log_reserve(struct builder_log *log, size_t len);

/* Writes sector 0: the base block of a state with another type and sequence number. */
void builder_log_sector(struct builder_log *log, const struct builder_log_state *state,
			uint32_t file_type, uint32_t sequence);

/* Appends bytes of a state's bins at `log->end`. */
void builder_log_append(struct builder_log *log, const struct builder_log_state *state,
			uint32_t offset, uint32_t size);

#endif
