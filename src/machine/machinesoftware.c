/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SOFTWARE hive: Exchange Server, Outlook, whose security id is whose, and
 * Windows itself; its hotfixes are read by machinehotfix.
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

/* ---- Outlook ---- */

/* Digits, a dot, digits, as in the key names of Office releases: their numbers. */
static bool version_numbers(struct text name, uint32_t numbers[2], char out[16])
{
	size_t n = text_length(name), part = 0, digits = 0;

	numbers[0] = numbers[1] = 0;
	if (n < 3 || n > 7)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(name, i);
		out[i] = (char)unit;
		if (unit >= '0' && unit <= '9') {
			numbers[part] = 10 * numbers[part] + (uint32_t)(unit - '0');
			digits++;
		} else if (unit == '.' && part == 0 && digits > 0) {
			part++;
			digits = 0;
		} else {
			return false;
		}
	}
	out[n] = '\0';
	return part == 1 && digits > 0;
}

/*
 * From Office 2000 on, Outlook\InstallRoot names its folder; Outlook 97 and 98
 * (8.0, 8.5) only have the key Outlook, which no source confirms.
 */
static bool has_outlook(const struct key *version, uint32_t major)
{
	const struct key *outlook = key_child(version, text_of("Outlook"));

	if (!outlook || major == 8)
		return outlook != NULL;
	return text_length(machinehive_text(key_child(outlook, text_of("InstallRoot")),
					    "Path")) > 0;
}

/* Puts a row in its place by version; one that is there already stays alone. */
static enum status add_office(struct machine_software *software, const struct key *list,
			      const struct machine_office *row, const uint32_t numbers[2],
			      bool *full)
{
	void *items = software->offices;
	size_t at = software->n_offices;
	enum status status;

	for (size_t i = 0; i < software->n_offices; i++) {
		uint32_t other[2];
		char ignored[16];
		if (strcmp(software->offices[i].version, row->version) == 0)
			return STATUS_OK;
		(void)version_numbers(text_of(software->offices[i].version), other,
				      ignored);
		if (at == software->n_offices &&
		    (other[0] > numbers[0] ||
		     (other[0] == numbers[0] && other[1] > numbers[1])))
			at = i;
	}
	status = machinehive_room(software->snapshot->diags, list, &items,
				  software->n_offices, &software->cap_offices,
				  sizeof(*software->offices), full);
	software->offices = items;
	if (status != STATUS_OK || *full)
		return status;
	memmove(&software->offices[at + 1], &software->offices[at],
		(software->n_offices - at) * sizeof(*row));
	software->offices[at] = *row;
	software->n_offices++;
	return STATUS_OK;
}

static enum status read_offices(struct machine_software *software,
				const struct key *office)
{
	bool full = false;

	for (uint32_t i = 0; office && i < office->n_children && !full; i++) {
		struct machine_office row = { .key = &office->children[i] };
		uint32_t numbers[2];
		if (version_numbers(key_name(row.key), numbers, row.version) &&
		    has_outlook(row.key, numbers[0]))
			RETURN_IF_FAILED(
				add_office(software, office, &row, numbers, &full));
	}
	return STATUS_OK;
}

/* ---- owners of security ids ---- */

static enum status read_owners(struct machine_software *software,
			       const struct key *microsoft)
{
	const struct key *list =
		key_at(microsoft, "Windows NT\\CurrentVersion\\ProfileList");

	for (uint32_t i = 0; list && i < list->n_children; i++) {
		const struct key *key = &list->children[i];
		struct text path = machinehive_text(key, "ProfileImagePath");
		void *items = software->owners;
		bool full;
		if (!text_starts_with(key_name(key), "S-1-") || text_length(path) == 0)
			continue;
		enum status status = machinehive_room(
			software->snapshot->diags, list, &items, software->n_owners,
			&software->cap_owners, sizeof(*software->owners), &full);
		software->owners = items;
		if (status != STATUS_OK || full)
			return status;
		software->owners[software->n_owners++] = (struct machine_owner){
			.key = key,
			.sid = key_name(key),
			.path = path,
			.user = machinehive_last(path, MACHINEHIVE_BACKSLASH)
		};
	}
	return STATUS_OK;
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
	RETURN_IF_FAILED(read_offices(software, key_child(microsoft, text_of("Office"))));
	if (wow)
		RETURN_IF_FAILED(
			read_offices(software, key_child(wow, text_of("Office"))));
	return read_owners(software, microsoft);
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
	free(software->offices);
	free(software->owners);
	snapshot_free(software->snapshot);
	free(software);
}

void machinesoftware_freep(struct machine_software **software)
{
	machinesoftware_free(*software);
}

/* ---- looking one up ---- */

const struct machine_owner *machinesoftware_owner_of(
	const struct machine_software *software, const char *sid)
{
	for (size_t i = 0; i < software->n_owners; i++)
		if (text_is(software->owners[i].sid, sid))
			return &software->owners[i];
	return NULL;
}
