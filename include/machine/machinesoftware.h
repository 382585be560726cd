/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the SOFTWARE hive of the same machine adds: its Exchange and Outlook, its
 * hotfixes, and whose security id is whose.  It is read as a snapshot: same
 * readers, logs and diagnostics as a user's hive.
 */
#ifndef MACHINE_MACHINESOFTWARE_H
#define MACHINE_MACHINESOFTWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "base/text.h"
#include "machine/machinehotfix.h"
#include "machine/machineoffice.h"
#include "machine/machineprofiles.h"
#include "snapshot/snapshot.h"

/* All texts and keys are borrowed from the snapshot. */
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
	struct machine_hotfixes hotfixes;
	struct machine_offices offices;
	struct machine_profiles profiles;
	/* FSLogix\Profiles\Enabled: users' profiles are in containers; NULL: not told. */
	const struct value *containers;
	bool has_containers;
	struct text product_name;    /* of Windows; may be empty */
	struct text windows_version; /* CurrentVersion: "5.0"; may be empty */
	uint32_t install_date;	     /* of Windows, seconds since 1970; 0: not told */
};

/*
 * Reads a SOFTWARE hive with the logs beside it.  A hive of another kind, or no
 * hive, becomes DIAG_WRONG_KIND in the snapshot's diagnostics, and nothing is
 * taken from it.
 * Return: STATUS_OK and *out given; else STATUS_NOMEM, STATUS_IO or STATUS_LIMIT
 * as snapshotread_source(), with *failure set.
 */
MUST_CHECK enum status machinesoftware_read(const struct snapshot_source *source,
					    struct machine_software **out,
					    struct failure *failure);
/* Takes it with its snapshot; NULL is allowed. */
void machinesoftware_free(struct machine_software *software);
void machinesoftware_freep(struct machine_software **software);

#endif
