/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the machine: its Mapi32.dll, who holds it, its services, what is installed.
 */
#include "cause/condition/machinefacts.h"

#include "cause/condition/result.h"

#include "mapi/content/content.h"
#include "mapi/profilename.h"

#include <inttypes.h>
#include <string.h>

/* ---- Mapi32.dll ---- */

static void show_version(struct incident *incident, struct condition *condition,
			 const struct mapi32 *mapi32)
{
	const uint16_t *v = mapi32->version.parts;

	result_show_file(condition, mapi32->evidence,
			 mapi32->evidence ? mapi32->version_off : DIAG_NOWHERE,
			 mapi32->has_version ? incident_print(incident, "%u.%u.%u.%u",
							      v[0], v[1], v[2], v[3])
					     : "no version");
}

void machinefacts_mapi32(struct incident *incident, struct condition *condition)
{
	const struct mapi32 *mapi32 = incident->companions->mapi32;
	enum condition_state state = CONDITION_NOT_MET;

	if (!mapi32)
		return;
	switch (mapi32->verdict) {
	case MAPI32_AFFECTED:
		state = CONDITION_MET;
		break;
	case MAPI32_FIXED:
	case MAPI32_EXCHANGE_55:
	case MAPI32_EXCHANGE_2003:
	case MAPI32_OTHER_PRODUCT:
		break;
	/* The stub only leads to the library itself, whose version is not known. */
	case MAPI32_STUB:
	case MAPI32_UNKNOWN:
	case MAPI32_MISMATCH:
		state = CONDITION_UNKNOWN;
		break;
	}
	/* A version in a file that is cut or torn may be another file's. */
	if (diag_count_from(mapi32->diags, DIAG_ERROR) > 0)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "the file is damaged: what it tells is not relied on");
	else
		result_is(incident, condition, state, "it is %s",
			  mapi32_verdict_sentence(mapi32->verdict));
	result_rests_on(condition, mapi32_verdict_basis(mapi32));
	show_version(incident, condition, mapi32);
}

/* ---- Exchange ---- */

/* False for another hive than it was given for: what that lacks tells nothing. */
static bool is_of_its_kind(const struct snapshot *snapshot)
{
	return diag_count_of(snapshot->diags, DIAG_WRONG_KIND) == 0;
}

static const struct machine_software *software_of(const struct incident *incident)
{
	const struct machine_software *software = incident->companions->software;

	return software && is_of_its_kind(software->snapshot) ? software : NULL;
}

static const struct machine_system *system_of(const struct incident *incident)
{
	const struct machine_system *system = incident->companions->system;

	return system && is_of_its_kind(system->snapshot) ? system : NULL;
}

/* Windows writes there every day: a hive so much older than the loss is of another time. */
#define STALE (UINT64_C(90) * 86400 * 10000000)

/*
 * True if the hive was last written so long before the loss that its lack says nothing.
 * Where no time of a loss is known it came after the newest key of the earlier hive.
 */
static bool is_stale(const struct incident *incident,
		     const struct machine_software *software)
{
	uint64_t newest = software->snapshot->newest_ft;
	uint64_t header = software->snapshot->found.last_written_ft;
	uint64_t loss = incident->losses.from_ft;

	if (!loss && incident->before)
		loss = incident->before->newest_ft;
	if (header > newest)
		newest = header;
	return newest && newest < loss && loss - newest > STALE;
}

static void is_of_another_time(struct incident *incident, struct condition *condition,
			       const struct machine_software *software)
{
	result_is(incident, condition, CONDITION_UNKNOWN,
		  "not found, but the SOFTWARE hive was last written at %s, long before "
		  "the loss: what came later is not in it",
		  incident_time(incident, software->snapshot->newest_ft));
	result_show_file(condition, software->snapshot->evidence, DIAG_NOWHERE, NULL);
}

/* What is not found in a hive that could not be read whole may have been in it. */
static void not_found(struct incident *incident, struct condition *condition,
		      const struct machine_software *software, const char *what)
{
	if (is_stale(incident, software)) {
		is_of_another_time(incident, condition, software);
		return;
	}
	if (snapshot_is_complete(software->snapshot))
		result_is(incident, condition, CONDITION_NOT_MET,
			  "%s was found in the SOFTWARE hive", what);
	else
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "%s was found in the SOFTWARE hive, but not all of it could "
			  "be read",
			  what);
	result_show_file(condition, software->snapshot->evidence, DIAG_NOWHERE, NULL);
}

void machinefacts_exchange(struct incident *incident, struct condition *condition)
{
	const struct machine_software *software = software_of(incident);
	bool wants_2000 = condition->kind->id == CONDITION_EXCHANGE_2000;
	const struct mapi32 *mapi32 = incident->companions->mapi32;

	if (!software) {
		if (wants_2000 || !mapi32 || mapi32->verdict != MAPI32_EXCHANGE_55)
			return;
		result_is(incident, condition, CONDITION_MET,
			  "its Mapi32.dll is that of Exchange 5.5");
		show_version(incident, condition, mapi32);
		return;
	}
	if (!software->has_exchange) {
		not_found(incident, condition, software, "no Exchange Server");
		return;
	}
	uint32_t major = software->exchange_major, minor = software->exchange_minor;
	bool met = wants_2000 ? major == 6 && minor == 0 : major == 5 && minor == 5;
	const char *version = incident_print(
		incident, "Exchange %" PRIu32 ".%" PRIu32 ", build %" PRIu32, major,
		minor, software->exchange_build);
	result_is(incident, condition, met ? CONDITION_MET : CONDITION_NOT_MET, "%s",
		  version);
	if (software->exchange_value)
		result_show_value(condition, software->snapshot, software->exchange_value,
				  version);
	else
		result_show_key(condition, software->snapshot, software->exchange,
				version);
}

/* When a fix came, held against the time of the loss. */
static enum condition_state absent_then(const struct incident *incident,
					const struct machine_hotfix *fix,
					const char **when)
{
	*when = ", before the loss";
	bool timed = incident->losses.from_ft && !incident->losses.some_untimed;
	if (timed && fix->installed_ft < incident->losses.from_ft)
		return CONDITION_NOT_MET;
	*when = ", after the loss";
	if (timed && fix->installed_ft > incident->losses.to_ft)
		return CONDITION_MET;
	*when = "; the time of the loss does not tell which was first";
	return CONDITION_UNKNOWN;
}

void machinefacts_fix(struct incident *incident, struct condition *condition)
{
	const struct machine_software *software = software_of(incident);
	bool listed = false;

	if (!software)
		return;
	for (size_t i = 0; i < MACHINEHOTFIX_MAPI32_FIXES; i++) {
		const struct machine_hotfix *fix = machinehotfix_of(
			&software->hotfixes, machinehotfix_mapi32_fix(i));
		if (!fix)
			continue;
		const char *when, *name = incident_utf8(incident, fix->name);
		enum condition_state state = absent_then(incident, fix, &when);
		result_is(incident, condition, state,
			  "%s is listed, its key last written %s%s", name,
			  incident_time(incident, fix->installed_ft), when);
		result_show_key(condition, software->snapshot, fix->key, name);
		listed = true;
		if (state != CONDITION_MET)
			return;
	}
	if (listed)
		return;
	if (is_stale(incident, software)) {
		is_of_another_time(incident, condition, software);
		return;
	}
	/* Which keys the rollup and the hotfix write no source tells. */
	result_rests_on(condition, BASIS_UNCONFIRMED);
	result_is(incident, condition,
		  snapshot_is_complete(software->snapshot) ? CONDITION_MET
							   : CONDITION_UNKNOWN,
		  "none of 817375, 824282, 870540 among %zu hotfixes found in the "
		  "SOFTWARE hive, %s",
		  software->hotfixes.n,
		  snapshot_is_complete(software->snapshot)
			  ? "if they are listed there as others are"
			  : "but not all of it could be read");
	result_show_file(condition, software->snapshot->evidence, DIAG_NOWHERE, NULL);
}

/*
 * The key that tells that version of Outlook: of Windows Installer, or the configuration
 * of click-to-run, whose version begins with the same number.  NULL: none does.
 */
static const struct key *outlook_of(const struct machine_software *software,
				    const char *version)
{
	const struct machine_offices *offices = &software->offices;
	char major[16];
	size_t len = strcspn(version, ".");

	for (size_t i = 0; i < offices->n; i++)
		if (text_is(text_of(offices->items[i].version), version))
			return offices->items[i].key;
	if (!offices->click_to_run || len + 2 > sizeof(major))
		return NULL;
	memcpy(major, version, len);
	memcpy(major + len, ".", 2);
	return text_starts_with(offices->run_version, major) ? offices->click_to_run
							     : NULL;
}

void machinefacts_outlook(struct incident *incident, struct condition *condition)
{
	const struct machine_software *software = software_of(incident);

	for (size_t i = 0; software && i < incident->after->stores.n; i++) {
		const char *version = incident->after->stores.items[i].office_version;
		const struct key *key = version ? outlook_of(software, version) : NULL;
		if (!key)
			continue;
		result_is(incident, condition, CONDITION_MET, "Outlook %s", version);
		result_show_key(condition, software->snapshot, key, version);
		return;
	}
	if (software)
		not_found(incident, condition, software, "no such version");
}

void machinefacts_removed(struct incident *incident, struct condition *condition)
{
	const struct machine_software *software = software_of(incident);
	const char *gone = NULL;

	for (size_t i = 0; software && i < incident->losses.n; i++) {
		const struct store *store = incident->losses.items[i].store;
		const char *version = store ? store->office_version : NULL;
		const struct key *key = version ? outlook_of(software, version) : NULL;
		gone = version ? version : gone;
		if (!key)
			continue;
		result_is(incident, condition, CONDITION_NOT_MET, "Outlook %s is there",
			  version);
		result_show_key(condition, software->snapshot, key, version);
		return;
	}
	if (!gone)
		return;
	if (is_stale(incident, software)) {
		is_of_another_time(incident, condition, software);
		return;
	}
	result_is(incident, condition,
		  snapshot_is_complete(software->snapshot) ? CONDITION_MET
							   : CONDITION_UNKNOWN,
		  "no Outlook %s was found in the SOFTWARE hive", gone);
	result_show_file(condition, software->snapshot->evidence, DIAG_NOWHERE, NULL);
}

void machinefacts_terminal(struct incident *incident, struct condition *condition)
{
	const struct machine_system *system = system_of(incident);

	if (!system || !system->has_terminal_mode)
		return;
	result_is(incident, condition,
		  system->terminal_applications ? CONDITION_MET : CONDITION_NOT_MET,
		  "TSAppCompat is %d", system->terminal_applications);
	result_show_value(condition, system->snapshot, system->terminal_value,
			  "TSAppCompat");
}

/* ---- who holds Mapi32.dll ---- */

static void show_process(struct incident *incident, struct condition *condition,
			 const struct listing *listing,
			 const struct listing_process *process)
{
	result_show_file(condition, listing->evidence, process->offset,
			 incident_print(incident, "%s, process %" PRIu32, process->image,
					process->pid));
}

void machinefacts_third_party(struct incident *incident, struct condition *condition)
{
	const struct holders *holders = incident->holders;
	enum basis weakest = BASIS_DOCUMENTED;
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		if (holders->items[i].class != HOLDER_THIRD_PARTY) {
			weakest = holders->items[i].class_basis > weakest
					  ? holders->items[i].class_basis
					  : weakest;
			continue;
		}
		n++;
		show_process(incident, condition, holders->items[i].listing,
			     holders->items[i].process);
	}
	/* That none is a third party's holds only if each name is rightly known. */
	if (n == 0)
		result_rests_on(condition, weakest);
	if (n > 0 || holders->answered_whole)
		result_is(incident, condition, n > 0 ? CONDITION_MET : CONDITION_NOT_MET,
			  "%zu of the %zu processes that hold it, by their names", n,
			  holders->n);
	else if (holders->answered)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "none was found, but not all of the listing could be read");
}

/*
 * The first service of a holder that the SYSTEM hive says to run as LocalSystem;
 * *known becomes false if it does not tell of each.
 */
static const struct holder_service *local_system_service(const struct holder *holder,
							 bool *known)
{
	*known = holder->n_services > 0;
	for (size_t i = 0; i < holder->n_services; i++) {
		const struct machine_service *service = holder->services[i].service;
		*known = *known && service != NULL;
		if (service && service->local_system)
			return &holder->services[i];
	}
	return NULL;
}

void machinefacts_service(struct incident *incident, struct condition *condition)
{
	const struct machine_system *system = system_of(incident);
	const struct holders *holders = incident->holders;
	size_t n = 0, unknown = 0, third = 0;
	enum basis best = BASIS_UNCONFIRMED;

	for (size_t i = 0; system && i < holders->n; i++) {
		const struct holder *holder = &holders->items[i];
		if (holder->class != HOLDER_THIRD_PARTY)
			continue;
		third++;
		bool known;
		const struct holder_service *found = local_system_service(holder, &known);
		unknown += !found && !known;
		if (!found)
			continue;
		n++;
		/* By the name of its program it may be another service of that name. */
		enum basis basis =
			holder->join == HOLDER_BY_PID ? BASIS_DOCUMENTED : BASIS_INFERRED;
		best = basis < best ? basis : best;
		result_show_key(condition, system->snapshot, found->service->key,
				found->name);
		show_process(incident, condition, holder->listing, holder->process);
	}
	if (n > 0) {
		result_rests_on(condition, best);
		result_is(incident, condition, CONDITION_MET,
			  "%zu of the %zu such programs", n, third);
	} else if (unknown > 0) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "of %zu of %zu such programs the service is not known", unknown,
			  third);
	} else if (third > 0 && holders->answered_whole) {
		result_is(incident, condition, CONDITION_NOT_MET,
			  "the services that hold it run under accounts of their own");
	} else if (system && holders->answered_whole) {
		result_is(incident, condition, CONDITION_NOT_MET,
			  "no third party's program holds it");
	}
}

/* ---- another identity ---- */

/*
 * The directory name of a person's mailbox that the profile opens; *known: it
 * names some mailbox.  A server's own stands below cn=Configuration.
 */
static const char *recipient_of(struct incident *incident, const struct key *key,
				bool *known)
{
	AUTO(content_freep) struct content *content = NULL;

	*known = false;
	if (content_read(key, &content) != STATUS_OK) {
		incident->nomem = true;
		return NULL;
	}
	for (size_t i = 0; i < content->exchanges.n; i++) {
		const struct profile_exchange *exchange = &content->exchanges.items[i];
		struct text dn = text_length(exchange->mailbox_dn) > 0
					 ? exchange->mailbox_dn
					 : exchange->user_dn;
		if (!text_starts_with(dn, "/o="))
			continue;
		*known = true;
		if (!text_has(dn, "/cn=Configuration/"))
			return incident_utf8(incident, dn);
	}
	return NULL;
}

/* The third party's process that a profile's name tells; NULL if it is none. */
static const struct holder *third_party_maker(const struct incident *incident,
					      struct text name)
{
	const struct holders *holders = incident->holders;
	struct profile_generated_name generated;

	profilename_read(name, &generated);
	if (!generated.present)
		return NULL;
	for (const struct holder *holder = holders_of_process(holders, generated.pid);
	     holder && holder < holders->items + holders->n &&
	     holder->process->pid == generated.pid;
	     holder++)
		if (holder->class == HOLDER_THIRD_PARTY)
			return holder;
	return NULL;
}

/*
 * Impersonation leaves no trace in a hive.  That a service's program, whose
 * profile is in LocalSystem's hive, opens a person's mailbox points at it.
 */
void machinefacts_identity(struct incident *incident, struct condition *condition)
{
	size_t made = 0, unknown = 0, n = 0;

	for (int side = 0; side < 2; side++) {
		const struct snapshot *snapshot =
			side == 0 ? incident->before : incident->after;
		for (size_t i = 0; snapshot && i < snapshot->n_profiles; i++) {
			const struct snapshot_profile *profile = &snapshot->profiles[i];
			const struct key *key = profile->profile.key;
			const struct holder *maker =
				third_party_maker(incident, key_name(key));
			bool known = false;
			/* One that both hives have counts once, as in the earlier. */
			if (!maker ||
			    (side == 1 && incident->before &&
			     snapshot_namesake(incident->before,
					       snapshot_store(snapshot, profile),
					       key_name(key))))
				continue;
			made++;
			const char *dn = recipient_of(incident, key, &known);
			unknown += !known;
			if (!dn)
				continue;
			n++;
			result_show_key(condition, snapshot, key, dn);
			show_process(incident, condition, maker->listing, maker->process);
		}
	}
	if (made > 0)
		result_is(incident, condition,
			  n > 0		? CONDITION_MET
			  : unknown > 0 ? CONDITION_UNKNOWN
					: CONDITION_NOT_MET,
			  "%zu of %zu profiles that such programs made", n, made);
	else if (incident->holders->answered)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no name of a profile tells such a program's process");
}
