/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logs that keep another hive's name in their base block. */
#ifndef REGF_LOG_LOGNAME_H
#define REGF_LOG_LOGNAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "regf/baseblock.h"
#include "regf/log/txlog.h"

/*
 * True if log number `which` of n, which is sound (others may be NULL), goes on exactly where the hive
 * stopped: its first entry has one of the hive's two numbers, or follows a log whose
 * first entry has, or, in the old format, it is that of the write that the hive was in.
 */
MUST_CHECK bool logname_continues(const struct image_base *hive,
				  const struct txlog *const *logs, size_t n,
				  size_t which);

#endif
