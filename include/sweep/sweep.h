/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sweep: all units of a plan through an engine, into one folder.  What is done already
 * from the same inputs is not done again.
 */
#ifndef SWEEP_SWEEP_H
#define SWEEP_SWEEP_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "sweep/plan/voice.h"
#include "sweep/run/engine.h"
#include "sweep/sweeplock.h"
#include "sweep/tally.h"

struct sweep_request {
	const char *plan;
	const char *folder;
	const char *self;    /* wmsdiff-sweep, an absolute path */
	const char *program; /* wmsdiff: a path, or a name that PATH finds */
	enum engine_kind engine;
	size_t at_once; /* 0: as many as processors, or as the hosts and cluster have */
	const char *hosts;
	bool bring_back;
	uint64_t seconds, mebibytes; /* limits of a unit; 0: none */
	struct shard shard;
	const char *const *options; /* for the engine */
	size_t n_options;
	const volatile sig_atomic_t *stop; /* set when it is to stop */
	/* Called a few times a second; done counts from those that were to do. */
	void (*tick)(void *context, const struct tally *tally, size_t before,
		     uint64_t began_ns);
	void *context;
};

/*
 * Runs it.  Lines of the plan that are wrong are told by the voice, and the others are
 * done.  *out is how far the folder is at the end, to be cleared by tally_clear(); of a
 * shard only its own units count.
 * Return: STATUS_OK if it came to its end, or was stopped; STATUS_NOMEM; STATUS_IO or
 * STATUS_LIMIT with *failure set, and *out is empty.
 */
MUST_CHECK enum status sweep_run(const struct sweep_request *request, struct voice *voice,
				 struct tally *out, struct failure *failure);

/*
 * How far the sweep in a folder is, from any other process: *out as above, *running whether
 * one runs there, *began when (seconds since 1970) and *before how many units had an
 * outcome then.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweep_look(const char *folder, struct voice *voice,
				  struct plan *plan, struct tally *out, bool *running,
				  uint64_t *began, size_t *before,
				  struct failure *failure);

#endif
