// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-hives MEGABYTES PROFILES BEFORE AFTER: a pair of hives for measuring. So many
 * profiles of about 20 sections and 150 values each, padded with other keys to about the
 * size; in AFTER 10 profiles are deleted, 5 renamed and 5 modified.
 *
 * bench-hives MEGABYTES PROFILES HIVE: one hive of that size, in which so many profiles
 * were deleted last of all, so that they lie whole in its free cells. One is left.
 *
 * bench-hives users USERS BEFORE AFTER: the hives of so many users of one machine as
 * Users/userNNN/NTUSER.DAT below two folders, 1 to 6 MB each, with three profiles. Every
 * tenth user loses one of them, the hives of the others are only written to.
 */
#include "samples/desktop.h"
#include "samples/mapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILES "C:\\Users\\bench\\Documents\\Outlook Files\\"

enum {
	DELETED = 10,
	RENAMED = 5,
	MODIFIED = 5,
	CHANGED = DELETED + RENAMED + MODIFIED,
	PADDING_VALUES = 16,
	PADDING_MOST = 1024,	/* bytes of a value */
	PADDING_POOL = 1 << 18, /* which are taken from here */
	NAME_SIZE = 64,
	USERS_PROFILES = 3,
	USERS_LOSE = 10, /* one of so many */
	USERS_MEGABYTES = 6,
};

#define HOUR 36000000000u /* in FILETIME */
#define DAY (24 * HOUR)

static void profile_name(char *name, uint32_t i)
{
	snprintf(name, NAME_SIZE, "Profile %06u", (unsigned)i);
}

static void add_service_account(struct mapi_profile *p, const struct mapi_pst *pst)
{
	mapi_account_service(p, MAPI_LIST_STORE, pst->display, "MSUPST MS",
			     &pst->service);
}

static void add_profile(struct builder *b, builder_key list, const char *name, uint32_t i,
			uint64_t filetime)
{
	char email[NAME_SIZE];
	char path[sizeof(FILES) + NAME_SIZE];

	snprintf(email, sizeof(email), "user%06u@example.com", (unsigned)i);
	snprintf(path, sizeof(path), FILES "user%06u.pst", (unsigned)i);
	struct mapi_profile p =
		mapi_profile_new(b, list, name, MAPI_UNICODE_64, filetime, i);
	struct mapi_pst pst = mapi_pst_add(&p, email, path, true);
	struct mapi_pst archive = mapi_pst_add(&p, "Archive", FILES "archive.pst", false);
	struct mapi_uid contab = mapi_contab_add(&p, &pst);

	mapi_account_service(&p, MAPI_LIST_ADDRESS_BOOK, "Outlook Address Book", "CONTAB",
			     &contab);
	mapi_account_pop3(&p,
			  &(struct mapi_pop3){
				  .name = email,
				  .user = name,
				  .email = email,
				  .server = "mail.example.com",
			  },
			  &pst);
	add_service_account(&p, &pst);
	add_service_account(&p, &archive);
	mapi_exchange2000(&p, &(struct mapi_mailbox){
				      .server = "EXCH01",
				      .domain = "example.com",
				      .organization = "Example",
				      .site = "Site",
				      .user = name,
				      .display = name,
				      .config_flags = 4,
			      });
	mapi_instance(&p);
}

static void add_profiles(struct builder *b, builder_key list, uint32_t n,
			 uint64_t filetime)
{
	char name[NAME_SIZE];

	for (uint32_t i = 0; i < n; i++) {
		profile_name(name, i);
		add_profile(b, list, name, i, filetime + i);
	}
}

static size_t size_of(struct builder *b)
{
	size_t len;

	builder_finish(b);
	builder_bytes(b, &len);
	return len;
}

/* Fills up with keys that have nothing to do with mail. */
static void pad(struct builder *b, size_t size, uint64_t filetime)
{
	builder_key top = builder_path(b, "Software\\Example\\Documents", filetime);
	static uint8_t data[PADDING_POOL + PADDING_MOST];
	uint32_t random = 1;
	char name[NAME_SIZE];

	/* Most of it zeros, the rest of 16 kinds: it packs about as a real hive does. */
	for (size_t i = 0; i < sizeof(data); i++) {
		random = random * 1664525 + 1013904223;
		data[i] = random >> 30 ? 0 : (uint8_t)(random >> 26 & 15);
	}
	for (unsigned n = 0; size_of(b) < size; n++) {
		snprintf(name, sizeof(name), "Volume %u", n / 64);
		builder_key group = builder_key_add(b, top, name, filetime);
		snprintf(name, sizeof(name), "{1F0A57C2-0000-4000-8000-%012X}", n);
		builder_key key = builder_key_add(b, group, name, filetime);

		for (unsigned v = 0; v < PADDING_VALUES; v++) {
			snprintf(name, sizeof(name), "Item %u", v);
			builder_value_set(b, key, name, BUILDER_BINARY,
					  data + (n * 7919 + v * 104729) % PADDING_POOL,
					  (n * 37 + v * 61) % PADDING_MOST);
		}
	}
}

/* The changes are spread over the list. */
static void change(struct builder *b, builder_key list, uint32_t n, uint64_t moment)
{
	char name[NAME_SIZE];
	char renamed[NAME_SIZE + 16];

	for (uint32_t i = 0; i < CHANGED && i < n; i++) {
		profile_name(name, (uint32_t)((uint64_t)i * n / CHANGED));
		builder_key profile = builder_key_find(b, list, name);

		moment += 10000000;
		if (i < DELETED) {
			builder_key_delete(b, profile, moment);
		} else if (i < DELETED + RENAMED) {
			snprintf(renamed, sizeof(renamed), "%s renamed", name);
			mapi_profile_move(b, profile, list, renamed, moment);
		} else {
			builder_key section = builder_key_find(b, profile, MAPI_EXCHANGE);

			builder_value_string(b, section, "001e6602", "EXCH02");
			builder_value_string(b, section, "001e6750", "added");
			builder_key_touch(b, section, moment);
		}
	}
}

static void delete_all(struct builder *b, builder_key list, uint32_t n, uint64_t moment)
{
	char name[NAME_SIZE];

	for (uint32_t i = 0; i < n; i++) {
		profile_name(name, i);
		builder_key_delete(b, builder_key_find(b, list, name),
				   moment + (uint64_t)i * 10000000);
	}
}

static bool write_hive(struct builder *b, const char *path, uint64_t saved,
		       uint32_t sequence)
{
	builder_stamp(b, saved, sequence);
	if (builder_write(b, path))
		return true;
	perror(path);
	return false;
}

static bool write_pair(struct builder *b, builder_key list, uint32_t n, uint64_t saved,
		       char **paths)
{
	if (!write_hive(b, paths[0], saved, 100))
		return false;
	change(b, list, n, saved + HOUR);
	return write_hive(b, paths[1], saved + DAY, 110);
}

static uint64_t made_ft(void)
{
	return builder_filetime(2014, 5, 6, 8, 0, 0);
}

static uint64_t saved_ft(void)
{
	return builder_filetime(2015, 2, 3, 17, 0, 0);
}

/* A hive with what every user's has; *list is its list of profiles. */
static struct builder *make_hive(const char *user, uint32_t rid, builder_key *list)
{
	char path[2 * NAME_SIZE], sid[2 * NAME_SIZE];

	(void)snprintf(path, sizeof(path), "\\??\\C:\\Users\\%s\\ntuser.dat", user);
	(void)snprintf(sid, sizeof(sid), "S-1-5-21-1085031214-1563985344-725345543-%u",
		       (unsigned)rid);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = path,
		.root_name = "ROOT",
		.user_sid = sid,
		.last_written = made_ft(),
	});

	(void)snprintf(path, sizeof(path), "C:\\Users\\%s", user);
	desktop_fill(b, path, made_ft());
	*list = builder_path(b, MAPI_WMS "\\Profiles", made_ft());
	return b;
}

/* ---- one or two hives ---- */

static bool write_hives(char **argv, bool pair)
{
	size_t size = (size_t)strtoul(argv[1], NULL, 10) << 20;
	uint32_t n = (uint32_t)strtoul(argv[2], NULL, 10);
	bool written;
	builder_key list;
	struct builder *b = make_hive("bench", 2001, &list);

	add_profiles(b, list, n, made_ft());
	if (pair) {
		pad(b, size, made_ft());
		written = write_pair(b, list, n, saved_ft(), argv + 3);
	} else {
		add_profile(b, list, "Outlook", n, made_ft() + n);
		pad(b, size, made_ft());
		delete_all(b, list, n, saved_ft() - DAY);
		written = write_hive(b, argv[3], saved_ft(), 100);
	}
	builder_free(b);
	return written;
}

/* ---- many users ---- */

/* Makes FOLDER/Users/USER, as far as it is not there. */
static void path_of(char *path, size_t size, const char *folder, const char *user)
{
	(void)mkdir(folder, 0777);
	(void)snprintf(path, size, "%s/Users", folder);
	(void)mkdir(path, 0777);
	(void)snprintf(path, size, "%s/Users/%s", folder, user);
	(void)mkdir(path, 0777);
	(void)snprintf(path, size, "%s/Users/%s/NTUSER.DAT", folder, user);
}

static bool write_user(uint32_t number, const char *before, const char *after)
{
	char user[NAME_SIZE], path[4096], name[NAME_SIZE];
	builder_key list;

	(void)snprintf(user, sizeof(user), "user%03u", (unsigned)number);
	struct builder *b = make_hive(user, 2001 + number, &list);

	for (uint32_t i = 0; i < USERS_PROFILES; i++) {
		profile_name(name, i);
		add_profile(b, list, name, USERS_PROFILES * number + i, made_ft() + i);
	}
	pad(b, (size_t)(1 + number % USERS_MEGABYTES) << 20, made_ft());
	path_of(path, sizeof(path), before, user);
	bool written = write_hive(b, path, saved_ft(), 100);

	builder_key_touch(b, builder_path(b, "Software", 0), saved_ft() + HOUR);
	profile_name(name, 0);
	if (number % USERS_LOSE == 0)
		builder_key_delete(b, builder_key_find(b, list, name), saved_ft() + HOUR);
	path_of(path, sizeof(path), after, user);
	written = written && write_hive(b, path, saved_ft() + DAY, 110);
	builder_free(b);
	return written;
}

static bool write_users(char **argv)
{
	uint32_t n = (uint32_t)strtoul(argv[2], NULL, 10);

	for (uint32_t i = 0; i < n; i++)
		if (!write_user(i, argv[3], argv[4]))
			return false;
	return true;
}

int main(int argc, char **argv)
{
	if (argc != 4 && argc != 5) {
		fputs("usage: bench-hives MEGABYTES PROFILES BEFORE AFTER\n"
		      "       bench-hives MEGABYTES PROFILES HIVE\n"
		      "       bench-hives users USERS BEFORE AFTER\n",
		      stderr);
		return EXIT_FAILURE;
	}
	bool written = argc == 5 && strcmp(argv[1], "users") == 0
			       ? write_users(argv)
			       : write_hives(argv, argc == 5);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
