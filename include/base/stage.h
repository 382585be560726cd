/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is being done, for those who wait and those who want to know afterwards:
 * each stage of the work tells when it begins, how far it is, and when it ends.
 * Nothing depends on whether anybody listens.
 */
#ifndef BASE_STAGE_H
#define BASE_STAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

/* In the order in which they come; words for people.  Those of one hive come first. */
#define STAGES(X)                                                                        \
	X(STAGE_READ, "reading and hashing")                                             \
	X(STAGE_LOGS, "applying logs")                                                   \
	X(STAGE_KEYS, "reading keys and values")                                         \
	X(STAGE_RECOVER, "looking for deleted profiles")                                 \
	X(STAGE_COMPARE, "comparing")                                                    \
	X(STAGE_COMPANIONS, "reading what was given beside the hives")                   \
	X(STAGE_WEIGH, "weighing causes")                                                \
	X(STAGE_IMAGES, "saving images")                                                 \
	X(STAGE_RESTORE, "writing .reg files")                                           \
	X(STAGE_REPORT, "writing the report")                                            \
	X(STAGE_CHECK, "checking the report")                                            \
	X(STAGE_PAGE, "making the page")                                                 \
	X(STAGE_TIMELINE, "writing timelines")

enum stage_kind {
#define X(constant, sentence) constant,
	STAGES(X)
#undef X
};
#define STAGE_N_KINDS (STAGE_TIMELINE + 1)

/* Whom stages tell.  Several threads may, each of a stage of its own. */
struct stage;
struct stage_watch {
	void (*tell)(struct stage_watch *watch, const struct stage *stage);
};

enum stage_event { STAGE_BEGINS, STAGE_GOES_ON, STAGE_ENDS };

#define STAGE_NO_HIVE SIZE_MAX
#define STAGE_NOTE_SIZE 128

struct stage {
	struct stage_watch *watch; /* NULL: nobody listens */
	enum stage_kind kind;
	enum stage_event event;
	const char *path;     /* of the file that it is about; NULL: all */
	size_t hive;	      /* number of the snapshot in its series, or STAGE_NO_HIVE */
	uint64_t bytes;	      /* that it read, looked through, compared or wrote */
	uint64_t done, total; /* in any unit; total 0: not known */
	uint64_t began_ns, took_ns;
	char note[STAGE_NOTE_SIZE]; /* what came of it; "" if nothing is to be said */
};

/* Watch and path are borrowed until the stage ends. */
void stage_begin(struct stage *stage, struct stage_watch *watch, enum stage_kind kind,
		 const char *path, size_t hive);
/*
 * It may be called as often as one likes: few of the calls are told.  stage may be
 * NULL, where nobody began one.
 */
void stage_advance(struct stage *stage, uint64_t done, uint64_t total);
/* What came of it, in some words. */
void stage_note(struct stage *stage, const char *format, ...) PRINTF_LIKE(2, 3);
void stage_end(struct stage *stage, uint64_t bytes);

/* "reading and hashing" and so on. */
const char *stage_sentence(enum stage_kind kind);

/* Nanoseconds of a clock that only goes forward. */
uint64_t stage_now_ns(void);

#endif
