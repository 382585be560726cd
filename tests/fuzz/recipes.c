/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fuzz/recipes.h"

#include "samples/mapi.h"

#define PROFILES MAPI_WMS "\\Profiles"
#define DELETED MAPI_WMS "\\Deleted Profiles"
#define OFFICE MAPI_OFFICE("16.0") "\\Profiles"

uint64_t recipes_moment(unsigned number)
{
	return builder_filetime(2016, 2, 1 + number, 9, 14, 7) + 2468013;
}

static struct mapi_profile add(struct builder *b, const char *list, const char *name,
			       enum mapi_writer writer, uint64_t seed)
{
	uint64_t made = recipes_moment(0);
	builder_key key = builder_path(b, list, made);

	return mapi_profile_new(b, key, name, writer, made, seed);
}

static void add_outlook(struct builder *b, const char *list, const char *name,
			uint64_t seed)
{
	struct mapi_profile p = add(b, list, name, MAPI_UNICODE_64, seed);
	struct mapi_pst pst =
		mapi_pst_add(&p, "Personal", "C:\\mail\\personal.pst", true);

	mapi_contab_add(&p, &pst);
	mapi_account_pop3(&p,
			  &(struct mapi_pop3){ .name = "Office",
					       .user = "Jan Nowak",
					       .email = "jan@example.com",
					       .server = "pop.example.com" },
			  &pst);
	mapi_instance(&p);
}

static void add_exchange(struct builder *b, const char *list, const char *name,
			 uint64_t seed)
{
	struct mapi_profile p = add(b, list, name, MAPI_ANSI_32, seed);

	mapi_exchange2000(&p, &(struct mapi_mailbox){ .server = "EXCH01",
						      .domain = "example.com",
						      .organization = "Example",
						      .site = "First",
						      .user = "jnowak",
						      .display = "Jan Nowak" });
}

static struct builder *user(unsigned minor)
{
	return builder_new(&(struct builder_options){
		.minor = minor,
		.windows_2000 = minor == 3,
		.embedded_name = "\\??\\C:\\Users\\tester\\ntuser.dat",
		.user_sid = "S-1-5-21-1085031214-1563985344-725345543-1001",
		.last_written = recipes_moment(0),
		.sequence = 10,
	});
}

struct builder *recipes_small(unsigned minor)
{
	struct builder *b = user(minor);
	struct mapi_profile p = add(b, PROFILES, "Outlook", MAPI_UNICODE_32, 1);

	mapi_pst_add(&p, "Personal", "C:\\mail\\personal.pst", true);
	mapi_instance(&p);
	builder_stamp(b, recipes_moment(1), 20);
	builder_finish(b);
	return b;
}

struct builder *recipes_bare(unsigned n_profiles)
{
	struct builder *b = user(5);
	/* One is in recipes_small(), one in recipes_before(), too. */
	static const char *const names[] = { "Outlook", "Kept" };

	for (unsigned i = 0; i < n_profiles && i < 2; i++)
		(void)builder_key_add(b, builder_path(b, PROFILES, recipes_moment(0)),
				      names[i], recipes_moment(0));
	builder_finish(b);
	return b;
}

struct builder *recipes_before(unsigned minor)
{
	struct builder *b = user(minor);

	add_outlook(b, OFFICE, "Outlook", 1);
	add_exchange(b, PROFILES, "Service", 2);
	add_exchange(b, PROFILES, "Kept", 3);
	add_exchange(b, DELETED, "Old", 4);
	builder_value_string(b, builder_path(b, PROFILES, recipes_moment(0)),
			     "DefaultProfile", "Service");
	builder_stamp(b, recipes_moment(1), 20);
	builder_finish(b);
	return b;
}

void recipes_change(struct builder *b)
{
	uint64_t changed = recipes_moment(2);
	builder_key root = builder_root(b);
	builder_key list = builder_key_find(b, root, PROFILES);

	builder_key_delete(b, builder_key_find(b, root, OFFICE "\\Outlook"), changed);
	mapi_profile_move(b, builder_key_find(b, list, "Service"),
			  builder_key_find(b, root, DELETED), "Service", changed + 1);
	mapi_profile_move(b, builder_key_find(b, list, "Kept"), list, "Kept 2",
			  changed + 2);
	builder_value_string(b, builder_key_find(b, root, DELETED "\\Old"), "001e3001",
			     "Older");
	builder_stamp(b, recipes_moment(3), 21);
	builder_finish(b);
}

static struct builder *machine(const char *name)
{
	return builder_new(&(struct builder_options){
		.minor = 3,
		.embedded_name = name,
		.last_written = recipes_moment(0),
		.sequence = 10,
	});
}

struct builder *recipes_system(void)
{
	struct builder *b = machine("SYSTEM");
	uint64_t made = recipes_moment(0);
	builder_key key;

	builder_value_dword(b, builder_path(b, "Select", made), "Current", 1);
	key = builder_path(b, "ControlSet001\\Control\\ComputerName\\ComputerName", made);
	builder_value_string(b, key, "ComputerName", "EX01");
	key = builder_path(b, "ControlSet001\\Services\\MSExchangeSA", made);
	builder_value_string(b, key, "ImagePath", "C:\\exchsrvr\\bin\\mad.exe");
	builder_value_dword(b, key, "Start", 2);
	key = builder_path(b, "ControlSet001\\Control\\TimeZoneInformation", made);
	builder_value_dword(b, key, "Bias", 300);
	builder_value_dword(b, key, "ActiveTimeBias", 300);
	builder_finish(b);
	return b;
}

struct builder *recipes_software(void)
{
	struct builder *b = machine("SOFTWARE");
	uint64_t made = recipes_moment(0);
	builder_key key;

	key = builder_path(b, "Microsoft\\Windows NT\\CurrentVersion", made);
	builder_value_string(b, key, "ProductName", "Microsoft Windows 2000");
	builder_value_string(b, key, "CurrentVersion", "5.0");
	key = builder_path(b, "Microsoft\\Windows NT\\CurrentVersion\\HotFix\\KB817375",
			   made);
	builder_value_dword(b, key, "Installed", 1);
	key = builder_path(b,
			   "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\"
			   "S-1-5-21-1085031214-1563985344-725345543-1001",
			   made);
	builder_value_string(b, key, "ProfileImagePath", "C:\\Users\\tester");
	key = builder_path(b, "Microsoft\\Exchange\\Setup", made);
	builder_value_dword(b, key, "NewestBuild", 6249);
	builder_finish(b);
	return b;
}

static struct recipes_logged logged_old(struct builder *b)
{
	struct recipes_logged made = { .n = 1 };
	struct builder_log_state from = builder_log_state_take(b);

	recipes_change(b);
	struct builder_log_state to = builder_log_state_take(b);
	made.logs[0] = builder_log_old(&from, &to, NULL);
	made.hive = builder_log_dirty(&from, &to, 21, 20);
	builder_log_state_free(&from);
	builder_log_state_free(&to);
	return made;
}

/* An entry for each step; the last one stands in the second log. */
static struct recipes_logged logged_new(struct builder *b)
{
	struct recipes_logged made = { .n = 2 };
	struct builder_log_state from = builder_log_state_take(b), to;
	builder_key key = builder_key_find(b, builder_root(b), OFFICE "\\Outlook");

	made.hive = builder_log_dirty(&from, &from, 21, 20);
	made.logs[0] = builder_log_new(&from, 20);
	builder_value_string(b, key, "001f3001", "Changed");
	builder_key_touch(b, key, recipes_moment(1) + 1);
	to = builder_log_state_take(b);
	builder_log_add(&made.logs[0], &from, &to, NULL);
	builder_log_state_free(&from);
	made.logs[1] = builder_log_new(&to, made.logs[0].sequence);
	recipes_change(b);
	from = to;
	to = builder_log_state_take(b);
	builder_log_add(&made.logs[1], &from, &to, NULL);
	builder_log_state_free(&from);
	builder_log_state_free(&to);
	return made;
}

struct recipes_logged recipes_logged(bool old_format)
{
	struct builder *b = recipes_before(old_format ? 3 : 5);
	struct recipes_logged made = old_format ? logged_old(b) : logged_new(b);

	builder_free(b);
	return made;
}

void recipes_logged_free(struct recipes_logged *logged)
{
	builder_log_state_free(&logged->hive);
	for (size_t i = 0; i < logged->n; i++)
		builder_log_free(&logged->logs[i]);
}
