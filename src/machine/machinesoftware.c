/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SOFTWARE hive: Exchange Server, where users' profiles are kept, and Windows itself.
 * Hotfixes, Outlook and ProfileList are read by files of their own.
 *
 * What Exchange\Setup holds, and who says so:
 *
 *   Services            folder of the server; not with the administrator program
 *                       alone (article 149205 of the knowledge base)
 *   Services Version    50, 55, 60, 65, 80; ServicePackNumber: 1 and up (public
 *                       checks of a vulnerability scanner; not Microsoft)
 *   Build, NewestBuild  837 and 993 of Exchange 4.0 with Service Pack 2 (article
 *                       158956): of the first release, and of what is installed
 *   ServicePackBuild    6249 with Service Pack 3 of Exchange 2000 (those checks)
 *   MsiProductMajor, MsiProductMinor, MsiBuildMajor
 *                       from Exchange 2007 on; from 2010 on below ExchangeServer\v14
 *                       and v15
 *
 * Whether a rollup after the service pack raises any of the builds is not known.
 */
#include "machine/machinesoftware.h"

#include "base/array.h"
#include "machine/machinehive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Exchange ---- */

/*
 * First builds of releases and service packs, in order.  The numbers of 6.0 and
 * 6.5 are those of a public table of versions, those of 5.5 of Mapi32.dll in
 * articles 243604 and 270133.
 */
static const struct build {
	uint32_t build, major, minor, service_pack;
} builds[] = {
	{ 1960, 5, 5, 0 }, { 2232, 5, 5, 1 }, { 2448, 5, 5, 2 }, { 2650, 5, 5, 3 },
	{ 2653, 5, 5, 4 }, { 4417, 6, 0, 0 }, { 4712, 6, 0, 1 }, { 5762, 6, 0, 2 },
	{ 6249, 6, 0, 3 }, { 6944, 6, 5, 0 }, { 7226, 6, 5, 1 }, { 7638, 6, 5, 2 },
};

/* Past it, the table tells nothing: 6.5 ended with 7656. */
#define BUILD_END 8000

/* The last row at or below the build; NULL if there is none. */
static const struct build *find_build(uint32_t build)
{
	size_t n =
		ARRAY_COUNT_BEFORE(builds, ARRAY_LEN(builds), item, item->build <= build);

	return n > 0 && build < BUILD_END ? &builds[n - 1] : NULL;
}

/* Takes the build of a value if it is newer than what is known. */
static void take_build(struct machine_software *software, const struct key *setup,
		       const char *name)
{
	uint32_t build = 0;

	if (!machinehive_number(setup, name, &build) || build <= software->exchange_build)
		return;
	software->exchange_build = build;
	software->exchange_value = key_value(setup, text_of(name));
}

/* "Services Version", or what Windows Installer set up. */
static void read_version(struct machine_software *software, const struct key *setup)
{
	const char *value_name = "Services Version";
	uint32_t version = 0;

	if (machinehive_number(setup, value_name, &version) && version >= 10) {
		software->exchange_major = version / 10;
		software->exchange_minor = version % 10;
	} else {
		value_name = "MsiProductMajor";
		if (!machinehive_number(setup, value_name, &software->exchange_major))
			return;
		(void)machinehive_number(setup, "MsiProductMinor",
					 &software->exchange_minor);
	}
	software->has_exchange = software->exchange_major > 0;
	software->exchange_value = key_value(setup, text_of(value_name));
}

static void read_setup(struct machine_software *software, const struct key *setup)
{
	const struct build *row;

	read_version(software, setup);
	take_build(software, setup, "NewestBuild");
	take_build(software, setup, "ServicePackBuild");
	take_build(software, setup, "MsiBuildMajor");
	row = find_build(software->exchange_build);
	if (!software->has_exchange && row &&
	    text_length(machinehive_text(setup, "Services")) > 0) {
		software->has_exchange = true;
		software->exchange_major = row->major;
		software->exchange_minor = row->minor;
	}
	software->has_service_pack = machinehive_number(setup, "ServicePackNumber",
							&software->exchange_service_pack);
	if (software->has_service_pack || !row ||
	    row->major != software->exchange_major ||
	    row->minor != software->exchange_minor)
		return;
	software->has_service_pack = true;
	software->exchange_service_pack = row->service_pack;
}

static void forget_exchange(struct machine_software *software)
{
	software->exchange_major = software->exchange_minor = 0;
	software->exchange_build = software->exchange_service_pack = 0;
	software->has_service_pack = false;
	software->exchange_value = NULL;
}

/* The first of these keys that tells of a server; else the first that is there. */
static void read_exchange(struct machine_software *software, const struct key *microsoft)
{
	static const char *const paths[] = { "Exchange\\Setup",
					     "ExchangeServer\\v15\\Setup",
					     "ExchangeServer\\v14\\Setup" };

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		const struct key *setup = key_at(microsoft, paths[i]);
		if (!setup)
			continue;
		if (!software->exchange)
			software->exchange = setup;
		read_setup(software, setup);
		if (software->has_exchange) {
			software->exchange = setup;
			return;
		}
		/* The administrator program alone, or remains. */
		forget_exchange(software);
	}
}

/* ---- where profiles are kept ---- */

/*
 * FSLogix\Profiles\Enabled, by the vendor's description: profiles are in containers on a
 * share, each with a hive of its own.
 */
static void read_profile_disks(struct machine_software *software, const struct key *root)
{
	const struct key *key = key_at(root, "FSLogix\\Profiles");
	uint32_t enabled = 0;

	if (!key || !machinehive_number(key, "Enabled", &enabled))
		return;
	software->containers = key_value(key, text_of("Enabled"));
	software->has_containers = enabled == 1;
}

/* ---- all of it ---- */

static enum status read_all(struct machine_software *software)
{
	const struct key *root = software->snapshot->keys->root;
	const struct key *microsoft = key_child(root, text_of("Microsoft"));
	const struct key *wow = key_at(root, "Wow6432Node\\Microsoft");
	const struct key *windows = key_at(microsoft, "Windows NT\\CurrentVersion");

	software->product_name = machinehive_text(windows, "ProductName");
	software->windows_version = machinehive_text(windows, "CurrentVersion");
	(void)machinehive_number(windows, "InstallDate", &software->install_date);
	read_exchange(software, microsoft);
	RETURN_IF_FAILED(machinehotfix_read(microsoft, wow, software->snapshot->diags,
					    &software->hotfixes));
	RETURN_IF_FAILED(machineoffice_read(microsoft, wow, software->snapshot->diags,
					    &software->offices));
	read_profile_disks(software, root);
	return machineprofiles_read(microsoft, software->snapshot->diags,
				    &software->profiles);
}

enum status machinesoftware_read(const struct snapshot_source *source,
				 struct machine_software **out, struct failure *failure)
{
	AUTO(machinesoftware_freep)
	struct machine_software *software = calloc(1, sizeof(*software));
	bool fits;

	failure_set(failure, "out of memory");
	if (!software)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(machinehive_open(source, MACHINEHIVE_SOFTWARE,
					  &software->snapshot, &fits, failure));
	failure_set(failure, "out of memory");
	if (fits)
		RETURN_IF_FAILED(read_all(software));
	*out = STEAL(software);
	return STATUS_OK;
}

void machinesoftware_free(struct machine_software *software)
{
	if (!software)
		return;
	machinehotfix_clear(&software->hotfixes);
	machineoffice_clear(&software->offices);
	machineprofiles_clear(&software->profiles);
	snapshot_free(software->snapshot);
	free(software);
}

void machinesoftware_freep(struct machine_software **software)
{
	machinesoftware_free(*software);
}
