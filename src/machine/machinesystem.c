/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SYSTEM hive: its control set, services, name and time zone.
 *
 * Sources: keys and values of a service, its types and accounts are those of
 * CreateService() and of "HKLM\SYSTEM\CurrentControlSet\Services Registry
 * Tree" in Microsoft's documentation; Select is told in article 100010 of the
 * knowledge base, ActiveTimeBias with TIME_ZONE_INFORMATION.  TSAppCompat is
 * not documented by Microsoft: public programs read it, 1 for application
 * mode, and no real hive of Windows 2000 has confirmed it.
 */
#include "machine/machinesystem.h"

#include "base/array.h"
#include "machine/machinehive.h"
#include "machine/machinetimezone.h"

#include <stdio.h>
#include <stdlib.h>

/* Bits of a service's Type (CreateService). */
#define TYPE_DRIVERS 0x0Fu /* of the kernel, a file system, an adapter, a recognizer */
#define TYPE_OWN_PROCESS 0x10u
#define TYPE_SHARED_PROCESS 0x20u

/* No time zone is further from UTC than a day; what is, is no bias. */
#define MAX_BIAS (24 * 60)

/* ---- control set ---- */

static const struct key *control_set(const struct key *root, uint32_t number)
{
	char name[sizeof("ControlSet") + 10];

	(void)snprintf(name, sizeof(name), "ControlSet%03u", number);
	return key_child(root, text_of(name));
}

/* The lowest control set that is there; 0 if there is none. */
static uint32_t lowest_set(const struct key *root)
{
	for (uint32_t number = 1; number < 1000; number++)
		if (control_set(root, number))
			return number;
	return 0;
}

/* Why Select\Current does not decide, and what is taken instead. */
static void tell_choice(const struct machine_system *system, const struct key *root,
			const char *from)
{
	const struct key *select = key_child(root, text_of("Select"));
	struct diag_list *diags = system->snapshot->diags;
	uint32_t place = select ? select->record_off : root->record_off, number = 0;
	char taken[80];

	if (system->control_set)
		(void)snprintf(taken, sizeof(taken), "control set %u is taken, %s",
			       system->control_set, from);
	else
		(void)snprintf(taken, sizeof(taken), "no control set is there");
	if (machinehive_number(select, "Current", &number))
		diag_at(diags, DIAG_MACHINE_KEY, place,
			"Select\\Current names control set %u, which is not there; %s",
			number, taken);
	else
		diag_at(diags, DIAG_MACHINE_KEY, place,
			"Select\\Current is missing or no number; %s", taken);
}

static void choose_control_set(struct machine_system *system, const struct key *root)
{
	static const char *const names[] = { "Current", "LastKnownGood", "Default" };
	static const char *const from[] = { "", "that of LastKnownGood",
					    "that of Default" };
	const struct key *select = key_child(root, text_of("Select"));

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		uint32_t number;
		if (!machinehive_number(select, names[i], &number) ||
		    !control_set(root, number))
			continue;
		system->control_set = number;
		system->control = control_set(root, number);
		if (i > 0)
			tell_choice(system, root, from[i]);
		return;
	}
	system->control_set = lowest_set(root);
	if (system->control_set)
		system->control = control_set(root, system->control_set);
	tell_choice(system, root, "the lowest there is");
}

/* ---- services ---- */

static bool is_blank(uint16_t unit)
{
	return unit == ' ' || unit == '\t';
}

static bool is_separator(uint16_t unit)
{
	return unit == '\\' || unit == '/';
}

/* True if what follows a blank at `from` cannot go on a path: no separator, or an option. */
static bool is_argument(struct text line, size_t from)
{
	size_t n = text_length(line);

	while (from < n && is_blank(text_unit(line, from)))
		from++;
	if (from == n || text_unit(line, from) == '-' || text_unit(line, from) == '/')
		return true;
	for (size_t i = from; i < n; i++)
		if (is_separator(text_unit(line, i)))
			return false;
	return true;
}

/* Units of an unquoted command line that its program's path takes. */
static size_t program_length(struct text line)
{
	size_t n = text_length(line);

	for (size_t i = 0; i + 4 <= n; i++)
		if (text_is(text_slice(line, i, 4), ".exe") &&
		    (i + 4 == n || is_blank(text_unit(line, i + 4))))
			return i + 4;
	for (size_t i = 0; i < n; i++)
		if (is_blank(text_unit(line, i)) && is_argument(line, i))
			return i;
	return n;
}

/*
 * The file name of the program in a command line.  A path with blanks need not
 * be quoted: then it ends with the first ".exe" that ends a word, and without one
 * before the first word that begins like an option or has no folder behind it.  That
 * is a choice; Windows itself tries every blank in turn.
 */
static struct text program_name(struct text line)
{
	size_t start = 0;

	while (is_blank(text_unit(line, start)))
		start++;
	line = text_slice(line, start, text_length(line) - start);
	if (text_unit(line, 0) == '"') {
		size_t end = 1, n = text_length(line);
		while (end < n && text_unit(line, end) != '"')
			end++;
		line = text_slice(line, 1, n - 1);
		if (end < n)
			return machinehive_last(text_slice(line, 0, end - 1),
						MACHINEHIVE_SLASHES);
	}
	return machinehive_last(text_slice(line, 0, program_length(line)),
				MACHINEHIVE_SLASHES);
}

static bool has_extension(struct text name)
{
	for (size_t i = 0; i < text_length(name); i++)
		if (text_unit(name, i) == '.')
			return true;
	return false;
}

/*
 * Windows adds ".exe" to a program's name without an extension, and so listings show
 * it.  The longer name is the service's own.
 */
static enum status complete_image(struct machine_service *service)
{
	enum status status = STATUS_NOMEM;
	char *whole = NULL;

	if (!service->is_process || text_length(service->image) == 0 ||
	    has_extension(service->image))
		return STATUS_OK;
	char *name = text_to_utf8(service->image, NULL);
	if (name && asprintf(&whole, "%s.exe", name) >= 0 &&
	    text_from_utf8(whole, strlen(whole), &service->made)) {
		service->image = service->made;
		status = STATUS_OK;
	}
	free(whole);
	free(name);
	return status;
}

/*
 * The names that the account of LocalSystem goes by ("LocalSystem Account" in
 * Microsoft's documentation); without any, CreateService() takes it too.
 */
static bool is_local_system(const struct machine_system *system, struct text account)
{
	struct text name = machinehive_last(account, MACHINEHIVE_BACKSLASH);
	size_t n = text_length(account) - text_length(name);
	struct text domain = text_slice(account, 0, n ? n - 1 : 0);

	if (text_length(account) == 0 || text_is(account, "LocalSystem") ||
	    text_is(account, "NT AUTHORITY\\SYSTEM"))
		return true;
	return text_is(name, "LocalSystem") &&
	       (text_is(domain, ".") || text_is(domain, "NT AUTHORITY") ||
		(text_length(domain) > 0 && text_equal(domain, system->computer_name)));
}

static enum status read_service(const struct machine_system *system,
				const struct key *key, uint32_t type,
				struct machine_service *service)
{
	const struct value *depends = key_value(key, text_of("DependOnService"));

	*service = (struct machine_service){
		.key = key,
		.name = key_name(key),
		.display_name = machinehive_text(key, "DisplayName"),
		.image_path = machinehive_text(key, "ImagePath"),
		.account = machinehive_text(key, "ObjectName"),
		.is_process = (type & (TYPE_OWN_PROCESS | TYPE_SHARED_PROCESS)) != 0,
		.shared = (type & TYPE_SHARED_PROCESS) != 0,
	};
	/* A driver's path is no command line. */
	service->image =
		!service->is_process && (type & TYPE_DRIVERS)
			? machinehive_last(service->image_path, MACHINEHIVE_BACKSLASH)
			: program_name(service->image_path);
	service->local_system =
		service->is_process && is_local_system(system, service->account);
	service->has_start = machinehive_number(key, "Start", &service->start);
	if (depends && depends->type == KEY_TYPE_MULTI_SZ)
		service->depends = depends;
	return complete_image(service);
}

static enum status read_services(struct machine_system *system)
{
	const struct key *list = key_child(system->control, text_of("Services"));
	struct diag_list *diags = system->snapshot->diags;

	if (!list)
		diag_at(diags, DIAG_MACHINE_KEY, system->control->record_off,
			"control set %u has no key Services", system->control_set);
	for (uint32_t i = 0; list && i < list->n_children; i++) {
		const struct key *key = &list->children[i];
		void *items = system->services;
		uint32_t type = 0;
		bool full;
		/* Counters of performance and the like stand here too. */
		if (!machinehive_number(key, "Type", &type) &&
		    text_length(machinehive_text(key, "ImagePath")) == 0)
			continue;
		enum status status = machinehive_room(
			diags, list, &items, system->n_services, &system->cap_services,
			sizeof(*system->services), &full);
		system->services = items;
		if (status != STATUS_OK || full)
			return status;
		RETURN_IF_FAILED(read_service(system, key, type,
					      &system->services[system->n_services++]));
	}
	return STATUS_OK;
}

/* ---- services in other orders ---- */

/* The services stand in one array, by name. */
static int by_place(const struct machine_service *a, const struct machine_service *b)
{
	return (a > b) - (a < b);
}

static int by_image(const void *left, const void *right)
{
	const struct machine_service *const *a = left, *const *b = right;
	int order = text_compare((*a)->image, (*b)->image);

	return order != 0 ? order : by_place(*a, *b);
}

static int by_display(const void *left, const void *right)
{
	const struct machine_service *const *a = left, *const *b = right;
	int order = text_compare((*a)->display_name, (*b)->display_name);

	return order != 0 ? order : by_place(*a, *b);
}

static enum status sort_services(const struct machine_system *system,
				 int (*order)(const void *, const void *),
				 const struct machine_service ***out)
{
	size_t n = system->n_services;
	const struct machine_service **sorted =
		reallocarray(NULL, n + 1, sizeof(*sorted));

	if (!sorted)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++)
		sorted[i] = &system->services[i];
	if (n > 1)
		qsort(sorted, n, sizeof(*sorted), order);
	*out = sorted;
	return STATUS_OK;
}

/* ---- the machine itself ---- */

static void read_name(struct machine_system *system)
{
	const struct key *names =
		key_at(system->control, "Control\\ComputerName\\ComputerName");
	const struct key *active =
		key_at(system->control, "Control\\ComputerName\\ActiveComputerName");

	system->computer_name = machinehive_text(names, "ComputerName");
	if (text_length(system->computer_name) == 0)
		system->computer_name = machinehive_text(active, "ComputerName");
}

static void read_time_zone(struct machine_system *system)
{
	const struct key *zone = key_at(system->control, "Control\\TimeZoneInformation");
	uint32_t bias = 0;

	system->time_zone = machinehive_text(zone, "StandardName");
	/* From Vista on that only names a resource; the zone's own key name is plain. */
	if (text_starts_with(system->time_zone, "@") &&
	    text_length(machinehive_text(zone, "TimeZoneKeyName")) > 0)
		system->time_zone = machinehive_text(zone, "TimeZoneKeyName");
	if (!machinehive_number(zone, "ActiveTimeBias", &bias) &&
	    !machinehive_number(zone, "Bias", &bias))
		return;
	system->bias_minutes = (int32_t)bias;
	system->has_bias =
		system->bias_minutes >= -MAX_BIAS && system->bias_minutes <= MAX_BIAS;
	if (system->has_bias)
		return;
	diag_at(system->snapshot->diags, DIAG_MACHINE_KEY, zone->record_off,
		"a bias of %d minutes is none of a time zone; it is passed over",
		system->bias_minutes);
	system->bias_minutes = 0;
}

static void read_terminal(struct machine_system *system)
{
	const struct key *terminal = key_at(system->control, "Control\\Terminal Server");
	uint32_t mode = 0;

	if (!machinehive_number(terminal, "TSAppCompat", &mode))
		return;
	system->has_terminal_mode = true;
	system->terminal_applications = mode == 1;
	system->terminal_value = key_value(terminal, text_of("TSAppCompat"));
}

enum status machinesystem_read(const struct snapshot_source *source,
			       struct machine_system **out, struct failure *failure)
{
	AUTO(machinesystem_freep)
	struct machine_system *system = calloc(1, sizeof(*system));
	bool fits;

	failure_set(failure, "out of memory");
	if (!system)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(machinehive_open(source, MACHINEHIVE_SYSTEM, &system->snapshot,
					  &fits, failure));
	if (fits)
		choose_control_set(system, system->snapshot->keys->root);
	failure_set(failure, "out of memory");
	if (system->control) {
		read_name(system);
		read_time_zone(system);
		read_terminal(system);
		RETURN_IF_FAILED(machinetimezone_read(
			key_at(system->control, "Control\\TimeZoneInformation"),
			system->snapshot->diags, &system->zone));
		RETURN_IF_FAILED(read_services(system));
	}
	RETURN_IF_FAILED(sort_services(system, by_image, &system->by_image));
	RETURN_IF_FAILED(sort_services(system, by_display, &system->by_display));
	*out = STEAL(system);
	return STATUS_OK;
}

void machinesystem_free(struct machine_system *system)
{
	if (!system)
		return;
	free(system->by_image);
	free(system->by_display);
	for (size_t i = 0; i < system->n_services; i++)
		text_free(system->services[i].made);
	free(system->services);
	timezone_clear(&system->zone);
	snapshot_free(system->snapshot);
	free(system);
}

void machinesystem_freep(struct machine_system **system)
{
	machinesystem_free(*system);
}

/* ---- looking one up ---- */

const struct machine_service *machinesystem_service_named(
	const struct machine_system *system, struct text name)
{
	size_t i = ARRAY_COUNT_BEFORE(system->services, system->n_services, item,
				      text_compare(item->name, name) < 0);

	if (i == system->n_services || !text_equal(system->services[i].name, name))
		return NULL;
	return &system->services[i];
}

static bool is_behind(const struct machine_service *service,
		      const struct machine_service *previous)
{
	int order = text_compare(service->image, previous->image);

	return order > 0 || (order == 0 && by_place(service, previous) > 0);
}

const struct machine_service *machinesystem_service_of_image(
	const struct machine_system *system, struct text image, bool cut,
	const struct machine_service *previous)
{
	size_t n = text_length(image);
	size_t i = ARRAY_COUNT_BEFORE(system->by_image, system->n_services, item,
				      previous ? !is_behind(*item, previous)
					       : text_compare((*item)->image, image) < 0);

	if (n == 0 || i == system->n_services)
		return NULL;
	/* Names with the same beginning stand together. */
	struct text name = system->by_image[i]->image;
	return text_equal(cut ? text_slice(name, 0, n) : name, image)
		       ? system->by_image[i]
		       : NULL;
}

const struct machine_service *machinesystem_service_shown(
	const struct machine_system *system, struct text display_name)
{
	size_t i =
		ARRAY_COUNT_BEFORE(system->by_display, system->n_services, item,
				   text_compare((*item)->display_name, display_name) < 0);

	if (text_length(display_name) == 0 || i == system->n_services ||
	    !text_equal(system->by_display[i]->display_name, display_name))
		return NULL;
	return system->by_display[i];
}

bool machinesystem_service_needs(const struct machine_service *service, struct text name)
{
	struct text names = { .encoding = TEXT_UTF16LE };

	if (!service->depends)
		return false;
	/* Strings with a NUL behind each, and an empty one at the end. */
	names.bytes = value_data(service->depends);
	while (text_length(names) > 0) {
		struct text one = text_until_nul(names);
		size_t n = text_length(one);
		if (n > 0 && text_equal(one, name))
			return true;
		names = text_slice(names, n + 1, text_length(names));
	}
	return false;
}
