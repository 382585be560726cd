/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Microsoft\Office\NN.0\Outlook tells an Outlook; Office\ClickToRun\Configuration what
 * click-to-run installed, in VersionToReport and ProductReleaseIds (Microsoft's pages on
 * the deployment of Microsoft 365 Apps name both).
 */
#include "machine/machineoffice.h"

#include "machine/machinehive.h"

#include <stdlib.h>
#include <string.h>

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
static enum status add_office(struct machine_offices *offices, const struct key *list,
			      const struct machine_office *row, const uint32_t numbers[2],
			      struct diag_list *diags, bool *full)
{
	void *items = offices->items;
	size_t at = offices->n;
	enum status status;

	for (size_t i = 0; i < offices->n; i++) {
		uint32_t other[2];
		char ignored[16];
		if (strcmp(offices->items[i].version, row->version) == 0)
			return STATUS_OK;
		(void)version_numbers(text_of(offices->items[i].version), other, ignored);
		if (at == offices->n &&
		    (other[0] > numbers[0] ||
		     (other[0] == numbers[0] && other[1] > numbers[1])))
			at = i;
	}
	status = machinehive_room(diags, list, &items, offices->n, &offices->cap,
				  sizeof(*offices->items), full);
	offices->items = items;
	if (status != STATUS_OK || *full)
		return status;
	memmove(&offices->items[at + 1], &offices->items[at],
		(offices->n - at) * sizeof(*row));
	offices->items[at] = *row;
	offices->n++;
	return STATUS_OK;
}

static enum status read_offices(struct machine_offices *offices, const struct key *office,
				struct diag_list *diags)
{
	bool full = false;

	for (uint32_t i = 0; office && i < office->n_children && !full; i++) {
		struct machine_office row = { .key = &office->children[i] };
		uint32_t numbers[2];
		if (version_numbers(key_name(row.key), numbers, row.version) &&
		    has_outlook(row.key, numbers[0]))
			RETURN_IF_FAILED(
				add_office(offices, office, &row, numbers, diags, &full));
	}
	return STATUS_OK;
}

static void read_click_to_run(struct machine_offices *offices, const struct key *office)
{
	const struct key *key =
		office ? key_at(office, "ClickToRun\\Configuration") : NULL;

	if (!key || offices->click_to_run)
		return;
	offices->click_to_run = key;
	offices->run_version = machinehive_text(key, "VersionToReport");
	offices->products = machinehive_text(key, "ProductReleaseIds");
}

enum status machineoffice_read(const struct key *microsoft, const struct key *wow,
			       struct diag_list *diags, struct machine_offices *out)
{
	const struct key *both[] = { microsoft, wow };

	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		const struct key *office =
			both[i] ? key_child(both[i], text_of("Office")) : NULL;
		RETURN_IF_FAILED(read_offices(out, office, diags));
		read_click_to_run(out, office);
	}
	return STATUS_OK;
}

void machineoffice_clear(struct machine_offices *offices)
{
	free(offices->items);
	*offices = (struct machine_offices){ 0 };
}
