/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copies of system files that nothing loads, and who keeps them (Microsoft's documentation
 * of Windows File Protection, of update installation and of component servicing):
 *
 *	System32\\dllcache		File Protection, to put back what was replaced
 *	$NtUninstall<KB>$, $hf_mig$	updates, what they replaced and what they bring
 *	$NtServicePackUninstall$	service packs; names with $ at their front are no
 *					programs' folders
 *	ServicePackFiles, i386, amd64	setup and service packs: what they install from
 *	WinSxS, LastGood, SoftwareDistribution, Driver Cache	versions beside each other,
 *					the last that started, downloads
 *	System Volume Information, RECYCLER	restore points, what was deleted
 */
#include "collection/origin.h"

#include "collection/placepart.h"

#include <string.h>

/* ---- the tree of a disk ---- */

struct tree {
	size_t at;     /* bytes before it; ORIGIN_NO_TREE: none yet */
	size_t letter; /* likewise, of a part that may be a drive; ORIGIN_NO_TREE: none */
	bool chained;  /* the part before belongs to the tree's beginning */
};

static bool is_letter(const struct placepart *part)
{
	uint8_t letter = 0;

	return part->bytes.len == 1 && span_u8(part->bytes, 0, &letter) &&
	       placepart_lower(letter) >= 'a' && placepart_lower(letter) <= 'z';
}

/*
 * Takes a folder in.  A drive begins a tree anew, a shadow copy before it is part of it:
 * all drives and shadow copies in one folder are of one machine.  So are the accessors'
 * folders of Velociraptor below uploads.
 */
static void enter(struct tree *tree, const struct placepart *part, size_t begin,
		  size_t before, bool in_uploads)
{
	bool chained = tree->chained;
	size_t letter = tree->letter;
	uint32_t number;
	char drive;

	tree->chained = false;
	tree->letter = ORIGIN_NO_TREE;
	if (placepart_volume(part, &drive) || placepart_shadow_copy(part, &number)) {
		if (!chained)
			tree->at = in_uploads ? before : begin;
		tree->chained = true;
	} else if (is_letter(part)) {
		tree->letter = chained ? tree->at : begin;
	} else if (placepart_is_top(part)) {
		if (letter != ORIGIN_NO_TREE)
			tree->at = letter;
		else if (tree->at == ORIGIN_NO_TREE)
			tree->at = begin;
	}
}

size_t origin_tree(const char *path)
{
	struct tree tree = { ORIGIN_NO_TREE, ORIGIN_NO_TREE, false };
	struct placepart_path rest = placepart_path(path);
	struct placepart part, last = { 0 }, uploads = { 0 };
	size_t end, before = 0;
	bool is_last;

	while (placepart_step(&rest, &part, &end, &is_last) && !is_last) {
		size_t begin = end - part.bytes.len;
		part.encoded = true;
		enter(&tree, &part, begin, before, placepart_is(&uploads, "uploads"));
		uploads = last;
		last = part;
		before = begin;
	}
	return tree.at;
}

/* ---- the machine ---- */

/* "-2024-02-29T": a divider, and a date with the T of ISO 8601 behind it. */
static bool is_date(const char *at)
{
	static const char form[] = "-0000-00-00T";

	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0' ? at[i] < '0' || at[i] > '9' : at[i] != form[i])
			return false;
	return true;
}

static bool read_host(const struct placepart *part, char out[ORIGIN_HOST_SIZE])
{
	struct placepart rest;
	char name[ORIGIN_HOST_SIZE] = "";
	size_t len = 0;

	if (!placepart_begins(part, "Collection-", &rest) ||
	    rest.bytes.len >= sizeof(name) ||
	    !span_copy(rest.bytes, 0, name, rest.bytes.len))
		return false;
	while (name[len] && !is_date(name + len))
		len++;
	if (len == 0 || !name[len])
		return false;
	name[len] = '\0';
	memcpy(out, name, sizeof(name));
	return true;
}

bool origin_host(const char *path, char out[ORIGIN_HOST_SIZE])
{
	struct placepart_path rest = placepart_path(path);
	struct placepart part;
	size_t end;
	bool last;

	out[0] = '\0';
	while (placepart_step(&rest, &part, &end, &last))
		(void)read_host(&part, out);
	return out[0] != '\0';
}

/* ---- DLLs ---- */

/* A folder of copies, whatever lies around it. */
static bool is_store(const struct placepart *part)
{
	static const char *const stores[] = {
		"dllcache",
		"ServicePackFiles",
		"i386",
		"amd64",
		"ia64",
		"WinSxS",
		"LastGood",
		"SoftwareDistribution",
		"Driver Cache",
		"RECYCLER",
		"RECYCLED",
		"System Volume Information",
		"Windows.old",
		"Downloads",
		"Temporary Internet Files",
	};
	struct placepart rest;

	for (size_t i = 0; i < ARRAY_LEN(stores); i++)
		if (placepart_is(part, stores[i]))
			return true;
	return placepart_begins(part, "$", &rest);
}

/* What Windows and Outlook call it where it is loaded; another name is a copy's. */
static bool is_name(const struct placepart *part)
{
	return placepart_is(part, "mapi32.dll") || placepart_is(part, "mapi32x.dll") ||
	       placepart_is(part, "exmapi32.dll") || placepart_is(part, "msmapi32.dll");
}

bool origin_is_loaded(const char *inside)
{
	struct placepart_path rest = placepart_path(inside);
	struct placepart part, folder = { 0 };
	bool store = false, last = false;
	size_t end;

	while (placepart_step(&rest, &part, &end, &last) && !last) {
		part.encoded = true;
		store |= is_store(&part);
		folder = part;
	}
	if (store)
		return false;
	if (origin_tree(inside) == ORIGIN_NO_TREE)
		return true;
	return last && is_name(&part) &&
	       (placepart_is(&folder, "System32") || placepart_is(&folder, "SysWOW64"));
}

/* ---- event logs ---- */

/* Windows names the file by its channel, with %4 for the slash, and %25 for % in Velociraptor. */
static bool is_searched_name(const struct placepart *part)
{
	struct placepart rest;

	return placepart_is(part, "Application.evtx") ||
	       placepart_begins(part, "Archive-Application-", &rest) ||
	       placepart_is(part,
			    "Microsoft-Windows-User Profile Service%4Operational.evtx");
}

bool origin_is_other_channel(const char *path)
{
	struct placepart_path rest = placepart_path(path);
	struct placepart part = { 0 }, folder = { 0 }, above = { 0 };
	bool last = false;
	size_t end;

	while (placepart_step(&rest, &part, &end, &last) && !last) {
		above = folder;
		part.encoded = true;
		folder = part;
	}
	part.encoded = true;
	return last && placepart_is(&folder, "Logs") && placepart_is(&above, "winevt") &&
	       !is_searched_name(&part);
}
