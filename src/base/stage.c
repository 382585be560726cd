/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Telling what is being done. */
#include "base/stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

/* Parts of a stage that are told apart: more than a percentage shows. */
#define TOLD_PARTS 256

const char *stage_sentence(enum stage_kind kind)
{
	static const char *const sentences[] = {
#define X(constant, sentence) [constant] = sentence,
		STAGES(X)
#undef X
	};

	return sentences[kind];
}

uint64_t stage_now_ns(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void tell(struct stage *stage, enum stage_event event)
{
	stage->event = event;
	if (stage->watch)
		stage->watch->tell(stage->watch, stage);
}

void stage_begin(struct stage *stage, struct stage_watch *watch, enum stage_kind kind,
		 const char *path, size_t hive)
{
	*stage = (struct stage){
		.watch = watch,
		.kind = kind,
		.path = path,
		.hive = hive,
		.began_ns = stage_now_ns(),
	};
	tell(stage, STAGE_BEGINS);
}

void stage_advance(struct stage *stage, uint64_t done, uint64_t total)
{
	uint64_t part = total / TOLD_PARTS;

	if (!stage)
		return;
	if (done < stage->done + part && total == stage->total)
		return;
	stage->done = done;
	stage->total = total;
	tell(stage, STAGE_GOES_ON);
}

void stage_note(struct stage *stage, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(stage->note, sizeof(stage->note), format, arguments);
	va_end(arguments);
}

void stage_end(struct stage *stage, uint64_t bytes)
{
	stage->bytes = bytes;
	stage->took_ns = stage_now_ns() - stage->began_ns;
	tell(stage, STAGE_ENDS);
}
