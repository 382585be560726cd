/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kind of a hive.  Each of Windows' own hives has keys at its root that no
 * user's hive has; they are asked first, since they are what the hive is made of.
 * The last name of the path in the base block comes second: a copy that was saved
 * under another name has another one.  A user's hive, and a subtree of one that was
 * saved by itself, may have any name.
 */
#include "snapshot/hivekind.h"

/* Keys below the root, or at a path below it, that must all be there. */
#define MARKS_MAX 3

struct kind_row {
	const char *name, *what;
	const char *marks[MARKS_MAX];
	const char *why;
};

static const struct kind_row by_root[] = {
	{ "SYSTEM",
	  "settings of the machine",
	  { "Select", "MountedDevices" },
	  "Select and MountedDevices" },
	{ "SYSTEM",
	  "settings of the machine",
	  { "Select", "ControlSet001" },
	  "Select and ControlSet001" },
	{ "SYSTEM",
	  "settings of the machine",
	  { "ControlSet001\\Control", "ControlSet001\\Services" },
	  "ControlSet001 with Control and Services" },
	{ "SAM", "accounts of the machine", { "SAM\\Domains" }, "SAM with Domains" },
	{ "SECURITY",
	  "security policy of the machine",
	  { "Policy\\Accounts" },
	  "Policy with Accounts" },
	{ "SECURITY",
	  "security policy of the machine",
	  { "Policy\\PolAdtEv" },
	  "Policy with PolAdtEv" },
	{ "UsrClass.dat",
	  "classes of a user, without profiles",
	  { "CLSID", "Interface" },
	  "CLSID and Interface" },
	{ "UsrClass.dat",
	  "classes of a user, without profiles",
	  { "Local Settings\\Software", "Local Settings\\MuiCache" },
	  "Local Settings with Software and MuiCache" },
	{ "BCD",
	  "boot configuration",
	  { "Description", "Objects" },
	  "Description and Objects" },
	{ "Amcache.hve", "programs that ran", { "Root\\File" }, "Root with File" },
	{ "Amcache.hve",
	  "programs that ran",
	  { "Root\\InventoryApplication" },
	  "Root with InventoryApplication" },
	{ "Syscache.hve",
	  "cache of objects",
	  { "DefaultObjectStore" },
	  "DefaultObjectStore" },
	{ "COMPONENTS",
	  "components of Windows",
	  { "CanonicalData", "DerivedData" },
	  "CanonicalData and DerivedData" },
	{ "DRIVERS", "a store of drivers", { "DriverDatabase" }, "DriverDatabase" },
	{ "settings.dat",
	  "settings of one app",
	  { "LocalState", "RoamingState" },
	  "LocalState and RoamingState" },
};

/* Last names of the path in the base block. */
static const struct {
	const char *tail, *name, *what;
} by_name[] = {
	{ "\\SYSTEM", "SYSTEM", "settings of the machine" },
	{ "\\SYSTEM.ALT", "SYSTEM", "settings of the machine" },
	{ "\\SOFTWARE", "SOFTWARE", "settings of the machine's programs" },
	{ "\\SAM", "SAM", "accounts of the machine" },
	{ "\\SECURITY", "SECURITY", "security policy of the machine" },
	{ "\\UsrClass.dat", "UsrClass.dat", "classes of a user, without profiles" },
	{ "\\BCD", "BCD", "boot configuration" },
	{ "\\BCD-Template", "BCD", "boot configuration" },
	{ "\\Amcache.hve", "Amcache.hve", "programs that ran" },
	{ "\\Syscache.hve", "Syscache.hve", "cache of objects" },
	{ "\\COMPONENTS", "COMPONENTS", "components of Windows" },
	{ "\\DRIVERS", "DRIVERS", "a store of drivers" },
	{ "\\drvindex", "drvindex", "a store of drivers" },
	{ "\\ELAM", "ELAM", "early start of the virus scanner" },
	{ "\\BBI", "BBI", "background tasks of apps" },
	{ "\\userdiff", "userdiff", "changes made to users' hives by an upgrade" },
};

/* Keys that Windows makes at the root of users' hives, and in no other hive's. */
static const char *const of_users[] = { "Control Panel", "Environment",
					"AppEvents",	 "Console",
					"Identities",	 "Volatile Environment" };

static bool has_marks(const struct key *root, const struct kind_row *row)
{
	for (size_t i = 0; i < MARKS_MAX && row->marks[i]; i++)
		if (!key_at(root, row->marks[i]))
			return false;
	return true;
}

/* Any list of profiles, empty or not, or a key on the way to it below the root. */
static bool has_store(const struct stores *stores)
{
	for (size_t i = 0; i < stores->n; i++)
		if (stores->items[i].key ||
		    (stores->items[i].parent && stores->items[i].parent->depth > 0))
			return true;
	return false;
}

/*
 * The root of a machine's SOFTWARE hive looks like a user's Software key; what
 * Windows says of itself stands in the machine's only.
 */
static bool is_software(const struct key *root)
{
	static const char *const values[] = { "ProductName", "CurrentBuildNumber",
					      "SystemRoot" };
	const struct key *windows = key_at(root, "Microsoft\\Windows NT\\CurrentVersion");

	for (size_t i = 0; windows && i < ARRAY_LEN(values); i++)
		if (key_value(windows, text_of(values[i])))
			return true;
	return false;
}

static bool is_by_root(const struct key *root, struct hivekind *out)
{
	if (is_software(root)) {
		*out = (struct hivekind){
			"SOFTWARE", "settings of the machine's programs",
			"the version of Windows in Microsoft\\Windows NT\\CurrentVersion"
		};
		return true;
	}
	if (text_ends_with(key_name(root), "_Classes")) {
		*out = (struct hivekind){ "UsrClass.dat",
					  "classes of a user, without profiles", NULL };
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(by_root); i++)
		if (has_marks(root, &by_root[i])) {
			*out = (struct hivekind){ by_root[i].name, by_root[i].what,
						  by_root[i].why };
			return true;
		}
	return false;
}

static bool is_users(const struct key *root)
{
	for (size_t i = 0; i < ARRAY_LEN(of_users); i++)
		if (key_child(root, text_of(of_users[i])))
			return true;
	return false;
}

bool hivekind_by_name(struct text path, struct hivekind *out)
{
	for (size_t i = 0; i < ARRAY_LEN(by_name); i++)
		if (text_ends_with(path, by_name[i].tail) ||
		    text_is(path, by_name[i].tail + 1)) {
			*out = (struct hivekind){ by_name[i].name, by_name[i].what,
						  NULL };
			return true;
		}
	return false;
}

bool hivekind_is_other(const struct image *image, const struct key_tree *keys,
		       const struct stores *stores, struct hivekind *out)
{
	if (keys && is_users(keys->root))
		return false;
	if (keys && is_by_root(keys->root, out))
		return true;
	return !has_store(stores) && hivekind_by_name(image->base.embedded_name, out);
}
