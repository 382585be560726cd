/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of units, and the names of machines that they are made of. */
#include "sweep/plan/unitname.h"

#include "base/hex.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

bool unitname_encode(const char *text, char out[UNITNAME_SIZE])
{
	static const char digits[] = "0123456789ABCDEF";
	size_t n = 0;

	for (const char *c = text; *c; c++) {
		bool plain = is_plain(*c) && !(c == text && *c == '.');
		if (n + (plain ? 1 : 3) > UNITNAME_MAX)
			return false;
		if (plain) {
			out[n++] = *c;
			continue;
		}
		out[n++] = '%';
		out[n++] = digits[(unsigned char)*c >> 4];
		out[n++] = digits[(unsigned char)*c & 15];
	}
	out[n] = '\0';
	return n > 0;
}

/* The byte that %XX at c stands for, or -1. */
static int decoded(const char *c)
{
	int high, low;

	if (c[0] != '%')
		return -1;
	high = hex_digit((unsigned char)c[1]);
	low = high < 0 ? -1 : hex_digit((unsigned char)c[2]);
	return low < 0 ? -1 : high * 16 + low;
}

bool unitname_is_one(const char *name)
{
	char text[UNITNAME_SIZE], again[UNITNAME_SIZE];
	size_t n = 0;

	if (strlen(name) > UNITNAME_MAX)
		return false;
	for (const char *c = name; *c; c++) {
		int byte = decoded(c);
		if (byte == 0)
			return false;
		text[n++] = byte < 0 ? *c : (char)byte;
		c += byte < 0 ? 0 : 2;
	}
	text[n] = '\0';
	return unitname_encode(text, again) && strcmp(name, again) == 0;
}

void unitname_fold(const char *name, char out[UNITNAME_SIZE])
{
	size_t n = 0;

	for (; name[n] && n < UNITNAME_MAX; n++)
		out[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] - 'A' + 'a'
								 : name[n]);
	out[n] = '\0';
}

/* ---- machines ---- */

static const char *const endings[] = {
	".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst", ".tgz",
	".txz",	   ".zip",    ".tar",	  ".7z",
};

static void drop_ending(char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);
		if (len > n && strcasecmp(name + len - n, endings[i]) == 0) {
			name[len - n] = '\0';
			return;
		}
	}
}

/*
 * "-2024-03-18T10_11_12Z" and "-2024-03-18T10:11:12+01:00", of which file names have "_"
 * for ":" where they must: how Velociraptor's Server.Utils.CreateCollector ends the name.
 */
static bool is_moment(const char *text)
{
	static const char form[] = "-dddd-dd-ddTddsddsdd";

	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		char c = text[i];
		bool good = form[i] == 'd'   ? c >= '0' && c <= '9'
			    : form[i] == 's' ? c == '_' || c == ':' || c == '-'
					     : c == form[i];
		if (!good)
			return false;
	}
	return true;
}

static void drop_collector(char *name)
{
	static const char before[] = "Collection-";
	char *host = name + sizeof(before) - 1;

	if (strncmp(name, before, sizeof(before) - 1) != 0)
		return;
	for (char *c = strchr(host, '-'); c; c = strchr(c + 1, '-')) {
		if (c == host || !is_moment(c))
			continue;
		*c = '\0';
		memmove(name, host, strlen(host) + 1);
		return;
	}
}

bool unitname_machine(const char *entry, bool is_folder, char *out, size_t size)
{
	size_t n = 0;

	if (strlen(entry) >= size)
		return false;
	for (const char *c = entry; *c; c++) {
		int byte = decoded(c);
		/* A NUL would end it early, and "%00" be another's name. */
		out[n++] = byte <= 0 ? *c : (char)byte;
		c += byte <= 0 ? 0 : 2;
	}
	out[n] = '\0';
	if (!is_folder)
		drop_ending(out);
	drop_collector(out);
	return true;
}
