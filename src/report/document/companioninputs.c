/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/companioninputs.h"

#include "report/document/hiveelement.h"
#include "report/document/writer/inputids.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void write_mapi32(struct xml *xml, const struct mapi32 *mapi32)
{
	const uint16_t *v = mapi32->version.parts;
	char version[24], machine[8];

	(void)snprintf(version, sizeof(version), "%u.%u.%u.%u", v[0], v[1], v[2], v[3]);
	(void)snprintf(machine, sizeof(machine), "0x%04x", mapi32->machine);
	xml_open(xml, "mapi32");
	xml_attribute(xml, "version", mapi32->has_version ? version : NULL);
	xml_attribute(xml, "verdict", mapi32_verdict_word(mapi32->verdict));
	xml_attribute(xml, "verdict_basis", basis_word(mapi32_verdict_basis(mapi32)));
	xml_attribute(xml, "machine", mapi32->machine ? machine : NULL);
	xml_time(xml, "built", mapi32->built_ft);
	xml_number(xml, "exports_outlook_version", mapi32->exports_outlook_version);
	xml_number(xml, "needs_sp3", mapi32->needs_sp3);
	/* That the file's build is that of its service pack no source says. */
	if (mapi32->needs_sp3)
		xml_attribute(xml, "needs_sp3_basis", basis_word(BASIS_UNCONFIRMED));
	if (mapi32->version_off)
		xml_number(xml, "version_offset", mapi32->version_off);
	xml_attribute(xml, "company", mapi32->company);
	xml_attribute(xml, "product", mapi32->product);
	xml_attribute(xml, "description", mapi32->description);
	xml_attribute(xml, "original_name", mapi32->original_name);
	xml_content(xml, mapi32_verdict_sentence(mapi32->verdict));
	xml_close(xml);
}

/* ---- listings ---- */

static void write_holder(struct xml *xml, const struct holder *holder)
{
	xml_open(xml, "holder");
	xml_attribute(xml, "image", holder->process->image);
	xml_number(xml, "pid", holder->process->pid);
	xml_attribute(xml, "class", holder_class_word(holder->class));
	xml_attribute(xml, "class_basis", basis_word(holder->class_basis));
	xml_attribute(xml, "joined_by", holder_join_word(holder->join));
	xml_attribute(xml, "window", holder->process->window);
	xml_number(xml, "offset", holder->process->offset);
	for (size_t i = 0; i < holder->n_services; i++) {
		const struct holder_service *service = &holder->services[i];
		xml_open(xml, "runs");
		xml_attribute(xml, "name", service->name);
		xml_attribute(xml, "display_name",
			      *service->display_name ? service->display_name : NULL);
		if (service->service) {
			xml_text_if_any(xml, "account", service->service->account);
			xml_number(xml, "local_system", service->service->local_system);
			xml_text_if_any(xml, "image_path", service->service->image_path);
			if (service->service->has_start)
				xml_number(xml, "start", service->service->start);
		}
		xml_close(xml);
	}
	xml_close(xml);
}

/* Who holds it is asked where something is to be explained, and is the same for all. */
static const struct diagnoses *explained(const struct parts *parts)
{
	for (size_t i = 0; i < parts->n_subjects; i++) {
		const struct diagnoses *diagnoses = parts->subjects[i].options->diagnoses;
		if (diagnoses && diagnoses->holders.n > 0)
			return diagnoses;
	}
	return NULL;
}

static void write_listing(struct parts *parts, const struct listing *listing)
{
	struct xml *xml = parts->xml;
	const struct diagnoses *diagnoses = explained(parts);

	xml_open(xml, "listing");
	xml_attribute(xml, "kind", listing_kind_word(listing->kind));
	xml_attribute(xml, "format", listing_format_word(listing->format));
	xml_attribute(xml, "encoding", listing->encoding);
	xml_attribute(xml, "machine", listing->machine);
	xml_number(xml, "answers_mapi32", listing->answers_mapi32);
	xml_number(xml, "processes", listing->n_processes);
	for (size_t i = 0; diagnoses && i < diagnoses->holders.n; i++)
		if (diagnoses->holders.items[i].listing == listing)
			write_holder(xml, &diagnoses->holders.items[i]);
	xml_close(xml);
}

/* ---- machine hives ---- */

static void write_system(struct xml *xml, const struct machine_system *system)
{
	xml_open(xml, "system");
	xml_number(xml, "control_set", system->control_set);
	xml_text_if_any(xml, "computer_name", system->computer_name);
	xml_text_if_any(xml, "time_zone", system->time_zone);
	if (system->has_bias) {
		char bias[12];
		(void)snprintf(bias, sizeof(bias), "%" PRId32, system->bias_minutes);
		xml_attribute(xml, "bias_minutes", bias);
	}
	if (system->has_terminal_mode)
		xml_number(xml, "terminal_applications", system->terminal_applications);
	xml_number(xml, "services", system->n_services);
	xml_close(xml);
}

/* Fixes of Exchange, and whatever brings the mended Mapi32.dll. */
static void write_hotfixes(struct xml *xml, const struct machine_software *software)
{
	for (size_t i = 0; i < software->hotfixes.n; i++) {
		const struct machine_hotfix *hotfix = &software->hotfixes.items[i];
		if (!hotfix->exchange && !machinehotfix_is_mapi32_fix(hotfix->article))
			continue;
		xml_open(xml, "hotfix");
		xml_text(xml, "name", hotfix->name);
		if (hotfix->article)
			xml_number(xml, "article", hotfix->article);
		xml_time(xml, "installed", hotfix->installed_ft);
		xml_close(xml);
	}
}

/* Other users of the machine are none of the report's. */
static bool is_of_subject(const struct parts *parts, const struct machine_owner *owner)
{
	for (size_t i = 0; i < parts->n_subjects; i++) {
		const struct series *series = parts->subjects[i].series;
		for (size_t k = 0; k < series->n_snapshots; k++) {
			const char *sid = series->snapshots[k]->subject.sid;
			if (sid[0] && text_is(owner->sid, sid))
				return true;
		}
	}
	return false;
}

static void write_folder(struct parts *parts, const struct snapshot *hive,
			 const struct machine_owner *owner)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "user_folder");
	xml_text(xml, "sid", owner->sid);
	xml_text(xml, "path", owner->path);
	if (owner->backup)
		xml_number(xml, "backup", 1);
	if (machineprofiles_is_temporary(owner))
		xml_number(xml, "temporary", 1);
	if (owner->has_state)
		xml_number(xml, "state", owner->state);
	xml_text_if_any(xml, "central", owner->central);
	xml_time(xml, "written", owner->key->mtime_ft);
	inputids_time(parts, hive, owner->key->record_off);
	xml_close(xml);
}

static void write_software(struct parts *parts, const struct snapshot *hive,
			   const struct machine_software *software)
{
	struct xml *xml = parts->xml;
	char version[24];

	(void)snprintf(version, sizeof(version), "%" PRIu32 ".%" PRIu32,
		       software->exchange_major, software->exchange_minor);
	xml_open(xml, "software");
	xml_text_if_any(xml, "windows", software->product_name);
	xml_text_if_any(xml, "windows_version", software->windows_version);
	if (software->has_exchange) {
		xml_attribute(xml, "exchange", version);
		if (software->exchange_build)
			xml_number(xml, "exchange_build", software->exchange_build);
		if (software->has_service_pack)
			xml_number(xml, "exchange_service_pack",
				   software->exchange_service_pack);
	}
	xml_number(xml, "hotfixes", software->hotfixes.n);
	if (software->containers)
		xml_number(xml, "containers", software->has_containers);
	write_hotfixes(xml, software);
	for (size_t i = 0; i < software->offices.n; i++) {
		xml_open(xml, "outlook");
		xml_attribute(xml, "version", software->offices.items[i].version);
		xml_close(xml);
	}
	if (software->offices.click_to_run) {
		xml_open(xml, "click_to_run");
		xml_text_if_any(xml, "version", software->offices.run_version);
		xml_text_if_any(xml, "products", software->offices.products);
		xml_time(xml, "written", software->offices.click_to_run->mtime_ft);
		xml_close(xml);
	}
	for (size_t i = 0; i < software->profiles.n; i++)
		if (is_of_subject(parts, &software->profiles.items[i]))
			write_folder(parts, hive, &software->profiles.items[i]);
	xml_close(xml);
}

/* ---- event logs ---- */

/* By time, as each series has them; then as they stand in the log. */
static int by_time(const void *one, const void *other)
{
	const struct eventlog_event *a = (*(const struct sign *const *)one)->event;
	const struct eventlog_event *b = (*(const struct sign *const *)other)->event;

	if (a->time_ft != b->time_ft)
		return a->time_ft < b->time_ft ? -1 : 1;
	return (a > b) - (a < b);
}

/* An event can be near the losses of several subjects. */
static bool is_again(const struct sign *const *signs, size_t n, const struct sign *sign)
{
	for (size_t i = 0; i < n; i++)
		if (signs[i]->event == sign->event)
			return true;
	return false;
}

/* The signs of a log, over all series; to be freed.  Return: NULL when out of memory. */
static const struct sign **signs_of(const struct parts *parts, const struct eventlog *log,
				    size_t *n)
{
	const struct sign **signs;
	size_t most = 0;

	*n = 0;
	for (size_t i = 0; i < parts->n_subjects; i++)
		if (parts->subjects[i].options->diagnoses)
			most += parts->subjects[i].options->diagnoses->n_signs;
	signs = calloc(most + 1, sizeof(*signs));
	for (size_t i = 0; signs && i < parts->n_subjects; i++) {
		const struct diagnoses *diagnoses = parts->subjects[i].options->diagnoses;
		size_t before = *n;
		for (size_t k = 0; diagnoses && k < diagnoses->n_signs; k++)
			if (diagnoses->signs[k].log == log &&
			    !is_again(signs, before, &diagnoses->signs[k]))
				signs[(*n)++] = &diagnoses->signs[k];
	}
	if (signs && parts->n_subjects > 1)
		qsort(signs, *n, sizeof(*signs), by_time);
	return signs;
}

static void write_sign(struct xml *xml, const struct sign *sign)
{
	xml_open(xml, "event");
	xml_time(xml, "time", sign->event->time_ft);
	xml_number(xml, "filetime", sign->event->time_ft);
	xml_attribute(xml, "source", sign->event->source);
	xml_number(xml, "code", eventlog_code(sign->event));
	xml_attribute(xml, "type", eventlog_type_word(sign->event->type));
	xml_attribute(xml, "sign", sign->kind.word);
	xml_attribute(xml, "strength", sign_strength_word(sign->kind.strength));
	xml_attribute(xml, "basis", basis_word(sign->kind.basis));
	if (sign->event->channel && *sign->event->channel)
		xml_attribute(xml, "channel", sign->event->channel);
	xml_attribute(xml, "user", sign->event->sid);
	xml_number(xml, "record", sign->event->record);
	xml_number(xml, "offset", sign->event->offset);
	xml_number(xml, "recovered", sign->event->recovered);
	xml_content(xml, sign->kind.reading);
	xml_close(xml);
}

static void write_events(struct parts *parts, const struct eventlog *log)
{
	struct xml *xml = parts->xml;
	size_t n = 0;
	const struct sign **signs = signs_of(parts, log, &n);

	if (!signs)
		xml_fail(xml, STATUS_NOMEM);
	xml_open(xml, "event_log");
	xml_attribute(xml, "format", eventlog_format_word(log->format));
	xml_number(xml, "dirty", log->dirty);
	xml_number(xml, "wrapped", log->wrapped);
	xml_number(xml, "events", log->n_events);
	xml_time(xml, "first", log->first_ft);
	xml_time(xml, "last", log->last_ft);
	for (size_t i = 0; i < n; i++)
		write_sign(xml, signs[i]);
	xml_close(xml);
	free(signs);
}

/* ---- all of them ---- */

void companioninputs_write(struct parts *parts, const struct input *input)
{
	const struct companions *all = parts->options->companions;

	if (input->snapshot && input->snapshot->image)
		hiveelement_write(parts->xml, input->snapshot);
	switch (input->role) {
	case COMPANION_MAPI32:
		write_mapi32(parts->xml, all->mapi32);
		break;
	case COMPANION_MODULES:
		write_listing(parts, all->listings[input->index]);
		break;
	case COMPANION_SYSTEM:
		write_system(parts->xml, all->system);
		break;
	case COMPANION_SOFTWARE:
		write_software(parts, input->snapshot, all->software);
		break;
	case COMPANION_EVENTS:
		write_events(parts, all->events[input->index]);
		break;
	case COMPANION_PATTERNS:
		break;
	}
}
