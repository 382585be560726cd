// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cases ID [MINOR]: writes the two files of a case, "before" and "after", to the current
 * folder. MINOR is the minor version of the format of the hives, 3 or 5 (5).
 *
 * The hive is that of areview, a user of Outlook:
 *
 *	made		2024-03-01 08:00:00 UTC, with the profiles Outlook (POP3, the
 *			default profile), Archive (a .pst file) and Sales (Exchange)
 *	before		saved 2024-03-11 17:00:00 UTC
 *	the moment	2024-03-14 13:31:52.1234567 UTC
 *	after		saved 2024-03-14 15:00:00 UTC
 */
#include "validation/cases.h"

#include "samples/desktop.h"
#include "samples/mailuser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOME "C:\\Users\\areview"
#define FILES HOME "\\Documents\\Outlook Files\\"
#define USER_SID "S-1-5-21-1085031214-1563985344-725345543-1190"

uint64_t cases_made(void)
{
	return builder_filetime(2024, 3, 1, 8, 0, 0);
}

uint64_t cases_moment(void)
{
	return builder_filetime(2024, 3, 14, 13, 31, 52) + 1234567;
}

builder_key cases_key(const struct builder *b, const char *path)
{
	builder_key key = builder_key_find(b, builder_root(b), path);

	if (key == BUILDER_NO_KEY) {
		fprintf(stderr, "%s: no such key\n", path);
		exit(EXIT_FAILURE);
	}
	return key;
}

builder_key cases_profile(struct builder *b, const char *name, const char *section,
			  uint64_t seed, uint64_t filetime)
{
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, CASES_LIST, filetime),
						 name, MAPI_UNICODE_64, filetime, seed);

	mapi_section(&p, MAPI_ROOT);
	mapi_instance(&p);
	mapi_unicode(&p, mapi_section(&p, section), 0x3001, "Personal Folders");
	return p.key;
}

void cases_delete(struct builder *b, const char *path)
{
	builder_key_delete(b, cases_key(b, path), cases_moment());
}

static struct builder *user_hive(unsigned minor)
{
	uint64_t made = cases_made();
	struct builder *b = builder_new(&(struct builder_options){
		.minor = minor,
		.embedded_name = "\\??\\" HOME "\\ntuser.dat",
		.root_name = "CMI-CreateHive{0F5B1C0B-8E3D-4C55-9E51-1B7A6E7C6B11}",
		.user_sid = USER_SID,
		.last_written = made,
	});
	builder_key list;
	struct mapi_profile p;

	desktop_fill(b, HOME, made);
	list = builder_path(b, CASES_LIST, made);
	p = mapi_profile_new(b, list, "Outlook", MAPI_UNICODE_64, made, 1);
	mailuser_pop3(&p,
		      &(struct mapi_pop3){ .name = "areview@example.com",
					   .user = "A. Reviewer",
					   .email = "areview@example.com",
					   .server = "mail.example.com" },
		      FILES "areview@example.com.pst");
	mailuser_client(&p);
	p = mapi_profile_new(b, list, "Archive", MAPI_UNICODE_64, made, 2);
	mapi_pst_add(&p, "Archive", FILES "Archive.pst", true);
	mailuser_client(&p);
	p = mapi_profile_new(b, list, "Sales", MAPI_UNICODE_64, made, 3);
	mailuser_exchange(&p, "sales", "Sales", FILES "sales@example.com.ost");
	mailuser_client(&p);
	builder_value_string(b, list, "DefaultProfile", "Outlook");
	return b;
}

/* The image as it is now, spoilt bytes and all. */
static void write_file(struct builder *b, const char *path, size_t cut)
{
	size_t len;
	const uint8_t *bytes = builder_bytes(b, &len);
	FILE *file = fopen(path, "wb");

	if (cut != 0 && cut < len)
		len = cut;
	if (file == NULL || fwrite(bytes, 1, len, file) != len || fclose(file) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
}

static void write_case(const struct cases_recipe *recipe, unsigned minor)
{
	struct builder *b = user_hive(minor);
	bool earlier = recipe->earlier;

	if (recipe->before != NULL)
		recipe->before(b);
	builder_stamp(b, builder_filetime(2024, 3, 11, 17, 0, 0), 10);
	struct builder *later = builder_clone(b);
	builder_finish(b);
	if (recipe->spoil != NULL && earlier)
		recipe->spoil(b);
	write_file(b, "before", earlier ? recipe->cut : 0);
	if (recipe->between != NULL)
		recipe->between(later);
	builder_stamp(later, builder_filetime(2024, 3, 14, 15, 0, 0), 11);
	builder_finish(later);
	if (recipe->spoil != NULL && !earlier)
		recipe->spoil(later);
	write_file(later, "after", earlier ? 0 : recipe->cut);
	builder_free(b);
	builder_free(later);
}

int main(int argc, char **argv)
{
	static const struct cases_recipe *const groups[] = { cases_normal, cases_deleted,
							     cases_corrupted,
							     cases_manipulated };

	if (argc < 2 || argc > 3 ||
	    (argc == 3 && strcmp(argv[2], "3") != 0 && strcmp(argv[2], "5") != 0)) {
		fputs("usage: cases ID [3|5]\n", stderr);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		for (const struct cases_recipe *r = groups[i]; r->id != NULL; r++)
			if (strcmp(r->id, argv[1]) == 0) {
				write_case(r, argc == 3 && argv[2][0] == '3' ? 3 : 5);
				return EXIT_SUCCESS;
			}
	fprintf(stderr, "%s: no such case\n", argv[1]);
	return EXIT_FAILURE;
}
