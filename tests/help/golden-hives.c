// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * golden-hives FOLDER: small pairs of hives for reports that are kept as a whole.
 *
 *   ansi   LocalSystem, Windows 2000: of two profiles with 8-bit strings one is deleted,
 *          one has a value changed, one added, one removed
 *   names  a user, Windows 10: profiles with names that no display can hold; one deleted,
 *          one renamed, one moved to Deleted Profiles, one in use by Outlook 2016 added
 */
#include "samples/mapi.h"

#include <stdio.h>
#include <stdlib.h>

#define LIST MAPI_WMS "\\Profiles"
#define DELETED_LIST MAPI_WMS "\\Deleted Profiles"
#define OFFICE MAPI_OFFICE("16.0")

static builder_key list_of(struct builder *b, const char *path)
{
	return builder_key_find(b, builder_root(b), path);
}

/* ---- ansi ---- */

static void add_service(struct builder *b, const char *name, uint64_t seed,
			uint64_t filetime)
{
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, LIST, filetime), name,
						 MAPI_ANSI_32, filetime, seed);
	builder_key section = mapi_section(&p, MAPI_EXCHANGE);

	mapi_service_add(&p,
			 &(struct mapi_service){ .name = "MSEMS",
						 .display = "Microsoft Exchange Server",
						 .dll = "EMSMDB.DLL",
						 .entry = "EMSCfg",
						 .flags = 0x8 });
	mapi_string8(&p, section, 0x6602, "EXCH01");
	mapi_string8(&p, section, 0x6603, "/o=Example/ou=Site/cn=Recipients/cn=fax");
	mapi_string8(&p, section, 0x6607, "fax");
	mapi_long(&p, section, 0x6601, 1);
	mapi_string8(&p, section, 0x67f0, "secret");
}

static struct builder *ansi_before(void)
{
	uint64_t made = builder_filetime(2002, 5, 6, 7, 8, 9);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3,
		.windows_2000 = true,
		.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT",
		.root_name = "$$$PROTO.HIV",
		.last_written = made,
		.sequence = 7,
	});

	add_service(b, "Fax Gateway", 1, made);
	add_service(b, "Mailbox Manager", 2, made);
	builder_value_string(b, list_of(b, LIST), "DefaultProfile", "Fax Gateway");
	builder_stamp(b, builder_filetime(2002, 5, 7, 18, 0, 0), 8);
	return b;
}

static void ansi_change(struct builder *b)
{
	uint64_t moment = builder_filetime(2002, 5, 8, 9, 14, 7) + 19 * 156250;
	builder_key section = list_of(b, LIST "\\Mailbox Manager\\" MAPI_EXCHANGE);

	builder_key_delete(b, list_of(b, LIST "\\Fax Gateway"), moment);
	builder_value_string(b, section, "001e6602", "EXCH02");
	builder_value_string(b, section, "001e6608", "EXCH02");
	builder_value_delete(b, section, "001e6607");
	builder_key_touch(b, section, moment + 10000000);
	builder_stamp(b, builder_filetime(2002, 5, 8, 18, 0, 0), 9);
}

/* ---- names ---- */

/* A profile of one section and one value, under a name of any code units. */
static builder_key add_named(struct builder *b, const char *list, const uint16_t *units,
			     size_t n, uint64_t seed, uint64_t filetime)
{
	builder_key parent = builder_path(b, list, filetime);
	struct mapi_profile p = { .b = b,
				  .key = builder_key_add_units(b, parent, units, n,
							       filetime),
				  .writer = MAPI_UNICODE_64,
				  .filetime = filetime,
				  .seed = seed };

	mapi_section(&p, MAPI_ROOT);
	mapi_instance(&p);
	return p.key;
}

static struct builder *names_before(void)
{
	/* Half a surrogate pair; a NUL inside; markup; Latin-1 and Greek. */
	static const uint16_t half[] = { 'a', 0xd800, 'b' };
	static const uint16_t nul[] = { 'n', 0, 'l' };
	static const uint16_t markup[] = { '<', '&', '"', '>' };
	static const uint16_t greek[] = { 0xdc, 'b', ' ', 0x395, 0x3bb };
	uint64_t made = builder_filetime(2019, 1, 2, 3, 4, 5) + 6789012;
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\??\\C:\\Users\\golden\\ntuser.dat",
		.user_sid = "S-1-5-21-1085031214-1563985344-725345543-1128",
		.last_written = made,
		.sequence = 40,
	});

	add_named(b, LIST, half, 3, 1, made);
	add_named(b, LIST, nul, 3, 2, made);
	add_named(b, LIST, markup, 4, 3, made);
	add_named(b, LIST, greek, 5, 4, made);
	builder_path(b, OFFICE, made);
	builder_stamp(b, builder_filetime(2019, 1, 3, 17, 0, 0), 41);
	return b;
}

static void names_change(struct builder *b)
{
	static const uint16_t half[] = { 'a', 0xd800, 'b' };
	static const uint16_t outlook[] = { 'O', 'u', 't', 'l', 'o', 'o', 'k' };
	uint64_t moment = builder_filetime(2019, 1, 4, 9, 0, 0) + 1234567;
	builder_key list = list_of(b, LIST);
	builder_key deleted = builder_path(b, DELETED_LIST, moment);
	builder_key profile;

	mapi_profile_move(b, builder_key_find(b, list, "<&\">"), list, "]]>", moment);
	mapi_profile_move(b,
			  builder_key_find(b, list,
					   "\xc3\x9c"
					   "b \xce\x95\xce\xbb"),
			  deleted,
			  "\xc3\x9c"
			  "b \xce\x95\xce\xbb",
			  moment + 1);
	/* An existing name gives its key. */
	profile = builder_key_add_units(b, list, half, 3, moment);
	builder_key_delete(b, profile, moment + 2);
	add_named(b, OFFICE "\\Profiles", outlook, 7, 5, moment + 3);
	builder_value_string(b, list_of(b, OFFICE), "DefaultProfile", "Outlook");
	builder_stamp(b, builder_filetime(2019, 1, 4, 17, 0, 0), 44);
}

/* ---- files ---- */

static void write_pair(const char *folder, const char *name, struct builder *b,
		       void (*change)(struct builder *))
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s-before", folder, name);
	if (!builder_write(b, path)) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	change(b);
	snprintf(path, sizeof(path), "%s/%s-after", folder, name);
	if (!builder_write(b, path)) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	builder_free(b);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: golden-hives FOLDER\n", stderr);
		return EXIT_FAILURE;
	}
	write_pair(argv[1], "ansi", ansi_before(), ansi_change);
	write_pair(argv[1], "names", names_before(), names_change);
	return EXIT_SUCCESS;
}
