/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The body file of The Sleuth Kit 3 and later, for mactime:
 *   MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime
 * Times are whole seconds since 1970, 0 where there is none.  The name is the
 * event's message, since there is no other field for text.
 */
#include "report/timeline/timelinebody.h"

#include "base/filetime.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_SECOND 10000000

static void put(struct output *output, const char *text, size_t len)
{
	(void)output_write(output, span_of(text, len));
}

/* On one line, and nothing that ends the field; "%" so that it can be taken back. */
static enum status put_name(struct output *output, const char *message)
{
	char *visible = text_visible(message);
	size_t len;

	if (!visible)
		return STATUS_NOMEM;
	for (const char *at = visible; *at; at += len) {
		len = strcspn(at, "|%");
		if (len > 0) {
			put(output, at, len);
			continue;
		}
		put(output, *at == '|' ? "%7C" : "%25", 3);
		len = 1;
	}
	free(visible);
	return STATUS_OK;
}

enum status timelinebody_write(const struct timeline *timeline, struct output *output)
{
	char times[80];

	for (size_t i = 0; i < timeline->n; i++) {
		const struct timeline_event *event = &timeline->items[i];
		uint64_t seconds =
			(event->time_ft - FILETIME_UNIX_EPOCH) / TICKS_PER_SECOND;
		bool born = event->kind == TIMELINE_MADE;
		put(output, "0|", 2);
		RETURN_IF_FAILED(put_name(output, event->message));
		int n = snprintf(times, sizeof(times),
				 "|0|0|0|0|0|0|%" PRIu64 "|0|%" PRIu64 "\n",
				 born ? 0 : seconds, born ? seconds : 0);
		put(output, times, (size_t)n);
	}
	return STATUS_OK;
}
