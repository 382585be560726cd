/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the SYSTEM and SOFTWARE hives of the same machine add: its services,
 * its name and time zone; its Exchange and Outlook, hotfixes, and whose
 * security id is whose.  Both are read as snapshots: same readers, logs and
 * diagnostics as a user's hive.
 */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "base/text.h"
#include "snapshot/snapshot.h"

/* All texts and keys are borrowed from the snapshot. */
struct machine_service {
	const struct key *key;
	struct text name;	  /* of the key: what "net stop" takes */
	struct text display_name; /* may be empty, or "@file,-number" */
	struct text image_path;	  /* as it stands there; may be empty */
	struct text image;	  /* its file name alone: "mad.exe"; may be empty */
	struct text account;	  /* ObjectName; empty: not set */
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
	/* Terminal Server in application mode: TSAppCompat is 1. */
	bool has_terminal_mode, terminal_applications;
	const struct value *terminal_value; /* that says so, or NULL */
	/* Programs and drivers, by name: keys with Type or ImagePath. */
	struct machine_service *services;
	size_t n_services, cap_services;
	/* The same by image and by display name, then by name; as many. */
	const struct machine_service **by_image, **by_display;
};

/* A hotfix, a rollup or an installed program, by any key that tells it. */
struct machine_hotfix {
	const struct key *key;
	struct text name;      /* key name or DisplayName */
	uint32_t article;      /* number of the KB article in its name; 0 if none */
	uint64_t installed_ft; /* last write of the key, FILETIME */
	bool exchange;	       /* below a key of Exchange, or its name says Exchange */
};

struct machine_owner { /* a row of ProfileList */
	const struct key *key;
	struct text sid, path; /* ProfileImagePath */
	struct text user;      /* last component of the path: a slice of it */
};

struct machine_office {
	const struct key *key;
	char version[16]; /* "9.0", "16.0" */
};

struct machine_software {
	struct snapshot *snapshot;
	/* Microsoft\Exchange\Setup, from 2010 on ExchangeServer\v14\Setup; or NULL. */
	const struct key *exchange;
	/* Some version of Exchange Server is told; not by its administrator program. */
	bool has_exchange;
	uint32_t exchange_major, exchange_minor; /* 6.0: 2000; 6.5: 2003; 5.5 */
	uint32_t exchange_build;	/* the newest told; 6249: SP3; 0 if not told */
	uint32_t exchange_service_pack; /* 0: none */
	bool has_service_pack;		/* told by a value or by the build */
	/* That tells the build, or else the version; NULL without Exchange Server. */
	const struct value *exchange_value;
	struct machine_hotfix *hotfixes;
	size_t n_hotfixes, cap_hotfixes;
	/* Outlook as it is installed, each version once, the oldest first. */
	struct machine_office *offices;
	size_t n_offices, cap_offices;
	struct machine_owner *owners;
	size_t n_owners, cap_owners;
	struct text product_name;    /* of Windows; may be empty */
	struct text windows_version; /* CurrentVersion: "5.0"; may be empty */
};

/* Rows of any of these lists: more than any machine has. */
#define MACHINE_MAX_ITEMS 100000

/*
 * Reads a SYSTEM or SOFTWARE hive with the logs beside it.  A hive that is not
 * of that kind, or no hive, becomes DIAG_WRONG_KIND in the snapshot's
 * diagnostics, with nothing told of it.
 * Return: STATUS_OK and *out given; STATUS_NOMEM, STATUS_IO or STATUS_LIMIT as
 * snapshotread_source().
 */
MUST_CHECK enum status machine_read_system(const struct snapshot_source *source,
					   struct machine_system **out,
					   struct failure *failure);
MUST_CHECK enum status machine_read_software(const struct snapshot_source *source,
					     struct machine_software **out,
					     struct failure *failure);
void machine_free_system(struct machine_system *system);
void machine_free_systemp(struct machine_system **system);
void machine_free_software(struct machine_software *software);
void machine_free_softwarep(struct machine_software **software);

/* The service of that name, without case; NULL if there is none. */
const struct machine_service *machine_service_named(const struct machine_system *system,
						    struct text name);

/*
 * The next service behind `previous` (NULL: the first) whose program's file
 * name is `image`, without case; if `cut`, begins with it.  NULL at the end.
 */
const struct machine_service *machine_service_of_image(
	const struct machine_system *system, struct text image, bool cut,
	const struct machine_service *previous);

/* The first service that is shown by that name, without case; NULL if there is none. */
const struct machine_service *machine_service_shown(const struct machine_system *system,
						    struct text display_name);

/* True if the service cannot run without the one of that name (DependOnService). */
bool machine_service_needs(const struct machine_service *service, struct text name);

/* The first hotfix of that KB article; NULL if none is listed. */
const struct machine_hotfix *machine_hotfix_of(const struct machine_software *software,
					       uint32_t article);

/*
 * Articles that bring a Mapi32.dll without the fault of KB 817375: the hotfix
 * itself, the rollup of September 2003, and that of August 2004, which every
 * later one asks for.
 */
#define MACHINE_MAPI32_FIXES 3
uint32_t machine_mapi32_fix(size_t i); /* i below that number */
bool machine_is_mapi32_fix(uint32_t article);

/* The row of ProfileList for a security id ("S-1-5-21-..."); NULL if there is none. */
const struct machine_owner *machine_owner_of(const struct machine_software *software,
					     const char *sid);

#endif
