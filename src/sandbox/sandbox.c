/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sandbox/sandbox.h"

#include "base/compiler.h"
#include "base/status.h"
#include "sandbox/landlock.h"
#include "sandbox/syscalls.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||               \
	__has_feature(memory_sanitizer)
#define UNDER_SANITIZER true
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#undef UNDER_SANITIZER
#define UNDER_SANITIZER true
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER false
#endif

struct sandbox {
	enum sandbox_state state;
	int writing; /* rules without reading; -1: none, or they hold already */
};

const char *sandbox_filter_library(void)
{
#ifdef HAVE_LIBSECCOMP
	return LIBSECCOMP_VERSION;
#else
	return NULL;
#endif
}

const char *sandbox_state_word(enum sandbox_state state)
{
	switch (state) {
	case SANDBOX_NONE:
		return "none";
	case SANDBOX_PARTIAL:
		return "partial";
	case SANDBOX_FULL:
		return "full";
	}
	return "none";
}

static bool restrict_files(const struct sandbox_paths *paths)
{
	int rules = landlock_rules(paths, true);
	bool done = rules >= 0 && landlock_restrict(rules);

	if (rules >= 0)
		close(rules);
	return done;
}

struct sandbox *sandbox_begin(const struct sandbox_paths *paths)
{
	struct sandbox *sandbox = UNDER_SANITIZER ? NULL : calloc(1, sizeof(*sandbox));

	if (!sandbox) {
		/* A run without a sandbox is another one. */
		if (!UNDER_SANITIZER)
			status_note_nomem();
		return NULL;
	}
	/* What the filter does not let through any more comes before it. */
	bool whole = landlock_version() >= LANDLOCK_FULL;
	sandbox->writing = landlock_rules(paths, false);
	bool files = restrict_files(paths);
	bool calls = syscalls_restrict();
	if (files && calls && whole)
		sandbox->state = SANDBOX_FULL;
	else if (files || calls)
		sandbox->state = SANDBOX_PARTIAL;
	return sandbox;
}

enum sandbox_state sandbox_state(const struct sandbox *sandbox)
{
	return sandbox ? sandbox->state : SANDBOX_NONE;
}

void sandbox_end_reading(struct sandbox *sandbox)
{
	if (!sandbox || sandbox->writing < 0)
		return;
	(void)landlock_restrict(sandbox->writing);
	close(sandbox->writing);
	sandbox->writing = -1;
}

void sandbox_free(struct sandbox *sandbox)
{
	if (!sandbox)
		return;
	if (sandbox->writing >= 0)
		close(sandbox->writing);
	free(sandbox);
}
