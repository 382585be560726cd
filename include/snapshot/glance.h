/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a hive tells of itself before it is read whole: its base block, the name, time and
 * security of its root key.  A few reads at known places; what is unsound is not told.
 * What a log would change is not known here.
 */
#ifndef SNAPSHOT_GLANCE_H
#define SNAPSHOT_GLANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "regf/baseblock.h"
#include "snapshot/subject.h"

/* The base block's fields, and the longest name that a root key can have. */
#define GLANCE_HEAD 512
#define GLANCE_NAME 512

/* Texts borrow from the glance itself: it is not to be copied. */
struct glance {
	uint8_t head[GLANCE_HEAD];
	uint8_t name[GLANCE_NAME];
	bool has_base; /* else nothing below is told */
	struct image_base base;
	bool has_root; /* a key record stands where the base block says */
	struct text root_name;
	uint64_t root_ft; /* its last write, FILETIME */
	struct subject subject;
};

/*
 * Reads what a descriptor of a hive file tells, at any offset of it that is needed; its
 * position stays.
 * Return: STATUS_OK and *out filled, to be cleared by glance_clear(); STATUS_NOMEM.
 */
MUST_CHECK enum status glance_read(int fd, struct glance *out);
void glance_clear(struct glance *glance);

#endif
