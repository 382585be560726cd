/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Roots.  Users' keys are below HKEY_CURRENT_USER, HKEY_USERS, or where a hive was loaded
 * by hand, for which regedit offers HKEY_LOCAL_MACHINE too.  Of the machine's own keys
 * there nothing is read, nor of the classes that Windows loads beside each user's hive.
 */
#include "regtext/regpath.h"

#include "regtext/regforest.h"

static const struct {
	const char *name;
	uint32_t base;
} roots[] = {
	{ "HKEY_CURRENT_USER", REGFOREST_CURRENT_USER },
	{ "HKCU", REGFOREST_CURRENT_USER },
	{ "HKEY_USERS", REGFOREST_USERS },
	{ "HKU", REGFOREST_USERS },
	{ "HKEY_LOCAL_MACHINE", REGFOREST_MACHINE },
	{ "HKLM", REGFOREST_MACHINE },
};

/* What Windows itself keeps below HKEY_LOCAL_MACHINE. */
static const char *const of_machine[] = {
	"SOFTWARE", "SYSTEM", "SAM",	    "SECURITY",	   "HARDWARE",
	"DRIVERS",  "SCHEMA", "COMPONENTS", "BCD00000000", "WindowsAppLockerCache",
};

const char *regpath_root_name(uint32_t base)
{
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		if (roots[i].base == base)
			return roots[i].name;
	return "";
}

/* The end of the name at `from`, and whether a NUL is in it. */
static size_t name_end(const struct regsource *source, size_t from, size_t to, bool *nul)
{
	while (from < to) {
		uint32_t unit = regsource_unit(source, from);
		if (unit == '\\')
			break;
		*nul |= unit == 0;
		from += source->width;
	}
	return from;
}

static struct text raw_name(const struct regsource *source, size_t from, size_t to)
{
	return (struct text){ span_of(source->bytes.ptr + from, to - from),
			      source->width == 2 ? TEXT_UTF16LE : TEXT_LATIN1 };
}

static bool is_name(const struct regsource *source, size_t from, size_t to,
		    const char *name)
{
	return (to - from) / source->width == strlen(name) &&
	       regsource_is(source, from, name);
}

static bool read_root(const struct regsource *source, size_t from, size_t to,
		      uint32_t *base)
{
	if (from == to) {
		*base = REGFOREST_UNNAMED;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		if (is_name(source, from, to, roots[i].name)) {
			*base = roots[i].base;
			return true;
		}
	return false;
}

/* True if no user's profiles can be below the first name. */
static bool is_other(const struct regsource *source, const struct regpath *path)
{
	static const char classes[] = "_Classes";
	size_t len = (sizeof(classes) - 1) * source->width;

	if (path->n == 0)
		return false;
	size_t from = path->from[0], to = path->to[0];
	if (path->base == REGFOREST_USERS)
		return to - from > len && regsource_is(source, to - len, classes);
	for (size_t i = 0; path->base == REGFOREST_MACHINE && i < ARRAY_LEN(of_machine);
	     i++)
		if (is_name(source, from, to, of_machine[i]))
			return true;
	return false;
}

enum regpath_kind regpath_read(const struct regsource *source, size_t from, size_t to,
			       struct regpath *out)
{
	bool nul = false;
	size_t end = name_end(source, from, to, &nul);

	out->n = 0;
	if (!read_root(source, from, end, &out->base))
		return nul ? REGPATH_NUL : REGPATH_OTHER;
	while (end < to) {
		size_t begin = end + source->width;
		end = name_end(source, begin, to, &nul);
		if (begin == end)
			continue;
		if (out->n == REGTEXT_MAX_DEPTH)
			return REGPATH_DEEP;
		if ((end - begin) / source->width > REGTEXT_MAX_NAME)
			return REGPATH_LONG;
		out->from[out->n] = begin;
		out->to[out->n] = end;
		out->raw[out->n++] = raw_name(source, begin, end);
	}
	if (nul)
		return REGPATH_NUL;
	return is_other(source, out) ? REGPATH_OTHER : REGPATH_KEY;
}
