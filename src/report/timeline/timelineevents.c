/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words for the kinds of events. */
#include "report/timeline/timelineevents.h"

const char *timelineevents_kind_word(enum timeline_kind kind)
{
	static const char *const words[] = {
#define X(constant, word, desc) [constant] = word,
		TIMELINE_KINDS(X)
#undef X
	};

	return words[kind];
}

const char *timelineevents_kind_desc(enum timeline_kind kind)
{
	static const char *const descs[] = {
#define X(constant, word, desc) [constant] = desc,
		TIMELINE_KINDS(X)
#undef X
	};

	return descs[kind];
}
