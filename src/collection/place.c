/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Places by path.  Layouts, and where they are described:
 *
 *	<drive>/Users/<n>/NTUSER.DAT, .../config/DEFAULT	KAPE, CyLR, a mounted disk
 *	uploads/auto/C%3A/Users/..., uploads/ntfs/%5C%5C.%5CC%3A/...	Velociraptor
 *	System Volume Information/_restore{GUID}/RP<n>/snapshot/_REGISTRY_USER_NTUSER_<SID>
 *	vss<n>/ (vshadowmount), VSS<n>/ (KAPE), HarddiskVolumeShadowCopy<n>/
 *	Windows.old/..., config/RegBack/, repair/, repair/RegBack/ (Windows 2000)
 *	C_<n>_NTUSER.DAT	renamed by tools that put all into one folder
 *
 * A user is known only by a hive that lies where Windows has it: right in the user's
 * folder, or for UsrClass.dat at its depth.  What lies deeper may be anybody's, and the
 * path to the collection itself may lead through a folder Users, too.
 */
#include "collection/place.h"

#include "collection/placepart.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* Parts at the end of a path that are looked at: UsrClass.dat lies six below Users. */
#define WINDOW 8

struct scan {
	struct placepart parts[WINDOW]; /* the last ones, the very last first */
	uint32_t shadow_copy;
	bool windows_old;
	char drive;
	char letter; /* the part before was nothing but it: a drive if what follows fits */
	size_t folder; /* place_folder() */
};

/* ---- the folders on the way ---- */

static bool is_windows(const struct placepart *part)
{
	return placepart_is(part, "Windows") || placepart_is(part, "WINNT");
}

/* The folder that holds a folder for each user. */
static bool is_users(const struct placepart *part)
{
	return placepart_is(part, "Users") ||
	       placepart_is(part, "Documents and Settings") ||
	       (placepart_is(part, "Profiles") && is_windows(&part[1]));
}

static bool is_config(const struct placepart *part)
{
	return placepart_is(part, "config") &&
	       (placepart_is(&part[1], "System32") || placepart_is(&part[1], "system"));
}

static bool is_repair(const struct placepart *part)
{
	return placepart_is(part, "repair");
}

static bool is_regback(const struct placepart *part)
{
	return placepart_is(part, "RegBack");
}

static bool is_restore_point(const struct placepart *part, uint32_t *number)
{
	return placepart_is(part, "snapshot") && placepart_number(&part[1], "RP", number);
}

/* In which hives have to lie; part[1] is the folder around it. */
static bool is_place(const struct placepart *part)
{
	uint32_t number;

	return is_users(part) || is_users(&part[1]) || is_config(part) ||
	       is_regback(part) || is_repair(part) || is_restore_point(part, &number) ||
	       placepart_is(part, "ServiceProfiles") ||
	       placepart_is(&part[1], "ServiceProfiles") ||
	       (placepart_is(part, "systemprofile") && is_config(&part[1]));
}

/* Takes a folder in; end: bytes of the path up to its end. */
static void enter(struct scan *scan, size_t end)
{
	struct placepart *part = &scan->parts[0];
	struct placepart decoded = { part->bytes, true };
	char letter = scan->letter;

	scan->letter = 0;
	if (placepart_volume(&decoded, &scan->drive)) {
		*part = decoded;
	} else if (placepart_shadow_copy(&decoded, &scan->shadow_copy)) {
		*part = decoded;
	} else if (part->bytes.len == 1 &&
		   placepart_volume(
			   &(struct placepart){
				   span_of((char[]){ (char)part->bytes.ptr[0], ':' }, 2),
				   false },
			   &letter)) {
		scan->letter = letter;
	} else if (letter && placepart_is_top(part)) {
		scan->drive = letter;
	}
	if (placepart_is_name(part, "Windows.old"))
		scan->windows_old = true;
	if (is_place(part))
		scan->folder = end;
}

static struct scan scan_path(const char *path, bool is_folder)
{
	struct placepart_path rest = placepart_path(path);
	struct scan scan = { 0 };
	struct placepart part;
	size_t end;
	bool last;

	while (placepart_step(&rest, &part, &end, &last)) {
		memmove(&scan.parts[1], &scan.parts[0],
			(WINDOW - 1) * sizeof(scan.parts[0]));
		scan.parts[0] = part;
		if (!last || is_folder)
			enter(&scan, end);
		rest.encoded = scan.parts[0].encoded;
	}
	return scan;
}

size_t place_folder(const char *path, bool is_folder)
{
	return scan_path(path, is_folder).folder;
}

/* ---- the file ---- */

static void take_sid(const struct placepart *name, struct place *out)
{
	size_t len = 0, groups = 0, digits = 0, good = 0, i = 0;
	struct placepart rest;
	uint8_t byte;

	if (!placepart_begins(name, "S-1-", &rest))
		return;
	char sid[PLACE_SID_SIZE] = "S-1-";
	len = 4;
	while (placepart_next(&rest, &i, &byte) && len + 1 < sizeof(sid) &&
	       groups <= 15) {
		if (byte >= '0' && byte <= '9' && digits < 15) {
			digits++;
		} else if (byte == '-' && digits > 0) {
			groups++;
			digits = 0;
		} else {
			break;
		}
		sid[len++] = (char)byte;
		if (digits > 0 && groups > 0)
			good = len;
	}
	if (good > 0)
		(void)snprintf(out->sid, sizeof(out->sid), "%.*s", (int)good, sid);
}

/* A security id that begins the name or stands behind what is no letter or digit. */
static void find_sid(const struct placepart *name, struct place *out)
{
	struct placepart rest = *name;
	bool free_before = true;
	uint8_t byte;
	size_t i;

	while (!span_is_empty(rest.bytes) && out->sid[0] == '\0') {
		if (free_before)
			take_sid(&rest, out);
		i = 0;
		if (!placepart_next(&rest, &i, &byte))
			break;
		free_before = !(
			(placepart_lower(byte) >= 'a' && placepart_lower(byte) <= 'z') ||
			(byte >= '0' && byte <= '9'));
		rest.bytes = span_from(rest.bytes, i);
	}
}

/* C_<n>_NTUSER.DAT, perhaps with what its log has behind it. */
static enum status read_renamed(const struct placepart *name, struct place *out)
{
	static const char ending[] = "_NTUSER.";
	struct placepart rest, end;
	size_t i = 0;
	uint8_t letter, line;

	if (out->user || !placepart_next(name, &i, &letter) ||
	    placepart_lower(letter) < 'a' || placepart_lower(letter) > 'z' ||
	    !placepart_next(name, &i, &line) || line != '_')
		return STATUS_OK;
	rest = (struct placepart){ span_from(name->bytes, i), name->encoded };
	if (placepart_begins(&rest, "Users_", &end))
		rest = end;
	for (size_t len = 1; len < rest.bytes.len; len++) {
		struct placepart from = { span_from(rest.bytes, len), rest.encoded };
		struct placepart user = { span_clip(rest.bytes, len), rest.encoded };
		if (!placepart_begins(&from, ending, &end))
			continue;
		out->drive = (char)(placepart_lower(letter) - 'a' + 'A');
		out->user = placepart_text(&user);
		return out->user ? STATUS_OK : STATUS_NOMEM;
	}
	return STATUS_OK;
}

static bool is_service(const struct placepart *user)
{
	return placepart_is_name(user, "LocalService") ||
	       placepart_is_name(user, "NetworkService");
}

/* The folder of the user: parts[at], and what it says. */
static enum status read_user(const struct placepart *user, struct place *out)
{
	out->layout = PLACE_LIVE;
	out->service = placepart_is(&user[1], "ServiceProfiles") || is_service(user);
	out->template_user = !out->service && (placepart_is(user, "Default") ||
					       placepart_is(user, "Default User"));
	out->user = placepart_text(user);
	return out->user ? STATUS_OK : STATUS_NOMEM;
}

/* True below a user's folder where UsrClass.dat has to lie; folder: right around it. */
static bool is_classes_folder(const struct placepart *folder)
{
	return placepart_is(&folder[0], "Windows") &&
	       placepart_is(&folder[1], "Microsoft") &&
	       ((placepart_is(&folder[2], "Local") &&
		 placepart_is(&folder[3], "AppData")) ||
		(placepart_is(&folder[2], "Application Data") &&
		 placepart_is(&folder[3], "Local Settings")));
}

static enum status read_layout(const struct placepart *folder, struct place *out)
{
	if (is_restore_point(folder, &out->number) ||
	    placepart_number(folder, "RP", &out->number))
		out->layout = PLACE_RESTORE_POINT;
	else if (is_regback(folder))
		out->layout = PLACE_REGBACK;
	else if (is_repair(folder))
		out->layout = PLACE_REPAIR;
	else if (is_config(folder))
		out->layout = PLACE_LIVE;
	else if (placepart_is(folder, "systemprofile") && is_config(&folder[1]))
		return read_user(folder, out);
	else if (is_users(&folder[1]) || placepart_is(&folder[1], "ServiceProfiles"))
		return read_user(folder, out);
	else if (is_classes_folder(folder) && is_users(&folder[5]))
		return read_user(&folder[4], out);
	return STATUS_OK;
}

static enum status read_parts(const struct scan *scan, const struct placepart *name,
			      const struct placepart *folder, struct place *out)
{
	struct placepart rest;

	*out = (struct place){ .drive = scan->drive, .shadow_copy = scan->shadow_copy };
	RETURN_IF_FAILED(read_layout(folder, out));
	if (placepart_is(folder, "systemprofile"))
		out->service = true;
	if (out->layout <= PLACE_LIVE && scan->windows_old) {
		out->layout = PLACE_WINDOWS_OLD;
	} else if (out->layout <= PLACE_LIVE && scan->shadow_copy > 0) {
		out->layout = PLACE_SHADOW_COPY;
		out->number = scan->shadow_copy;
	}
	if (!name)
		return STATUS_OK;
	out->default_hive =
		placepart_is(name, "_REGISTRY_USER_.DEFAULT") ||
		(placepart_is_name(name, "DEFAULT") &&
		 (is_config(folder) || is_regback(folder) || is_repair(folder)));
	out->classes = placepart_is_name(name, "UsrClass") ||
		       placepart_begins(name, "_REGISTRY_USER_USRCLASS_", &rest);
	find_sid(name, out);
	return read_renamed(name, out);
}

enum status place_read(const char *path, struct place *out)
{
	struct scan scan = scan_path(path, false);
	enum status status = read_parts(&scan, &scan.parts[0], &scan.parts[1], out);

	if (status != STATUS_OK)
		place_clear(out);
	return status;
}

enum status place_read_folder(const char *path, struct place *out)
{
	struct scan scan = scan_path(path, true);
	enum status status = read_parts(&scan, NULL, &scan.parts[0], out);

	if (status != STATUS_OK)
		place_clear(out);
	return status;
}

bool place_names_hive(const char *path)
{
	struct scan scan = scan_path(path, false);
	struct placepart rest = scan.parts[0], ignored;
	uint8_t byte;
	size_t i;

	while (!span_is_empty(rest.bytes)) {
		if (placepart_begins(&rest, "NTUSER", &ignored) ||
		    placepart_begins(&rest, "_REGISTRY_USER_.DEFAULT", &ignored))
			return true;
		i = 0;
		if (placepart_next(&rest, &i, &byte))
			rest.bytes = span_from(rest.bytes, i);
	}
	return placepart_is_name(&scan.parts[0], "DEFAULT");
}

bool place_is_named_hive(const char *path)
{
	struct scan scan = scan_path(path, false);
	struct placepart rest = scan.parts[0], ignored;
	uint8_t byte;

	if (placepart_begins(&rest, "_REGISTRY_USER_NTUSER_S-", &ignored) ||
	    placepart_is(&rest, "_REGISTRY_USER_.DEFAULT"))
		return true;
	if (placepart_is(&rest, "DEFAULT"))
		return is_config(&scan.parts[1]) || is_regback(&scan.parts[1]);
	while (!span_is_empty(rest.bytes)) {
		size_t i = 0;
		if (placepart_is(&rest, "NTUSER.DAT") ||
		    placepart_is(&rest, "NTUSER.MAN"))
			return true;
		if (placepart_next(&rest, &i, &byte))
			rest.bytes = span_from(rest.bytes, i);
	}
	return false;
}

void place_clear(struct place *place)
{
	free(place->user);
	*place = (struct place){ 0 };
}

const char *place_layout_word(enum place_layout layout)
{
	switch (layout) {
	case PLACE_LIVE:
		return "live";
	case PLACE_WINDOWS_OLD:
		return "windows_old";
	case PLACE_REGBACK:
		return "regback";
	case PLACE_REPAIR:
		return "repair";
	case PLACE_RESTORE_POINT:
		return "restore_point";
	case PLACE_SHADOW_COPY:
		return "shadow_copy";
	case PLACE_UNKNOWN:
		break;
	}
	return "unknown";
}
