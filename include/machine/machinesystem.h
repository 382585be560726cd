/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the SYSTEM hive of the same machine adds: its services, its name and time
 * zone.  It is read as a snapshot: same readers, logs and diagnostics as a user's
 * hive.
 */
#ifndef MACHINE_MACHINESYSTEM_H
#define MACHINE_MACHINESYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "base/text.h"
#include "base/timezone.h"
#include "snapshot/snapshot.h"

/* All texts and keys are borrowed from the snapshot. */
struct machine_service {
	const struct key *key;
	struct text name;	  /* of the key: what "net stop" takes */
	struct text display_name; /* may be empty, or "@file,-number" */
	struct text image_path;	  /* as it stands there; may be empty */
	/*
	 * Its file name alone: "mad.exe"; may be empty.  A program's without an
	 * extension has got ".exe", as Windows looks for it.
	 */
	struct text image;
	struct text made;    /* what image spans where it was made; else empty */
	struct text account; /* ObjectName; empty: not set */
	bool is_process; /* Type says a program of its own or a shared one, no driver */
	bool shared;	 /* Type says that it shares its process */
	/* A program whose ObjectName is LocalSystem (or a name for it), or is not set. */
	bool local_system;
	uint32_t start; /* 0 boot, 1 system, 2 automatic, 3 on demand, 4 disabled */
	bool has_start;
	const struct value *depends; /* DependOnService (REG_MULTI_SZ), or NULL */
};

struct machine_system {
	struct snapshot *snapshot;
	uint32_t control_set;	   /* of Select\Current; 0 if there is none */
	const struct key *control; /* ControlSet00N, or NULL */
	struct text computer_name; /* may be empty */
	/* StandardName, or TimeZoneKeyName where that names a resource; may be empty. */
	struct text time_zone;
	bool has_bias;
	/* ActiveTimeBias, else Bias: UTC = local time + this, when the hive was saved. */
	int32_t bias_minutes;
	/* Local time by the rule that held then; without spans: it is not told whole. */
	struct timezone zone;
	/* Terminal Server in application mode: TSAppCompat is 1. */
	bool has_terminal_mode, terminal_applications;
	const struct value *terminal_value; /* that says so, or NULL */
	/* Programs and drivers, by name: keys with Type or ImagePath. */
	struct machine_service *services;
	size_t n_services, cap_services;
	/* The same by image and by display name, then by name; as many. */
	const struct machine_service **by_image, **by_display;
};

/*
 * Reads a SYSTEM hive with the logs beside it.  A hive of another kind, or no
 * hive, becomes DIAG_WRONG_KIND in the snapshot's diagnostics, and nothing is
 * taken from it.
 * Return: STATUS_OK and *out given; else STATUS_NOMEM, STATUS_IO or STATUS_LIMIT
 * as snapshotread_source(), with *failure set.
 */
MUST_CHECK enum status machinesystem_read(const struct snapshot_source *source,
					  struct machine_system **out,
					  struct failure *failure);
/* Takes it with its snapshot; NULL is allowed. */
void machinesystem_free(struct machine_system *system);
void machinesystem_freep(struct machine_system **system);

/* What these give is borrowed from the system. */

/* The service of that name, without case; NULL if there is none. */
const struct machine_service *machinesystem_service_named(
	const struct machine_system *system, struct text name);

/*
 * The next service behind `previous` (NULL: the first) whose program's file
 * name is `image`, without case; if `cut`, begins with it.  NULL at the end.
 */
const struct machine_service *machinesystem_service_of_image(
	const struct machine_system *system, struct text image, bool cut,
	const struct machine_service *previous);

/* The first service that is shown by that name, without case; NULL if there is none. */
const struct machine_service *machinesystem_service_shown(
	const struct machine_system *system, struct text display_name);

/* True if the service cannot run without the one of that name (DependOnService). */
bool machinesystem_service_needs(const struct machine_service *service, struct text name);

#endif
