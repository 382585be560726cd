/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the sample programs share: the writing of their files. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "builder.h"

struct builder_log;
struct builder_log_state;

/*
 * These write a hive, a state of a hive, or a log of the hive `path`, whose name has
 * `suffix` behind it. Return: false if that failed, with a message on standard error.
 */
bool sample_hive(struct builder *b, const char *path);
bool sample_state(const struct builder_log_state *state, const char *path);
bool sample_log(const struct builder_log *log, const char *path, const char *suffix);

#endif
