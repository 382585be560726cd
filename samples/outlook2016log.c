// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * outlook2016log BEFORE AFTER: the NTUSER.DAT of a user of Outlook 2016 on Windows 10.
 * BEFORE is a copy of 13 June 2019, clean, sequence 804. AFTER, AFTER.LOG1 and AFTER.LOG2
 * were taken from the disk after a failure of power on the 14th. What had come in between
 * and went to the hive (entries 804 to 810) is settings only; the hive was then whole,
 * sequence 811. The day's changes stand only in the logs:
 *
 *	log	entry	time		what it does
 *	LOG1	811	08:02:17	settings
 *	LOG1	812	09:31:20	profile Outlook: account 4, j.nowak@home.example,
 *					its key, its section of preferences, its place in
 *					the list of mail accounts; the profile stays
 *	LOG1	813	09:40:03	settings
 *	LOG1	814	10:12:05	profile Projects is deleted
 *	LOG2	815	11:05:48	settings, 20,000 bytes among them: the hive grows,
 *					and freed cells are used again
 *	LOG2	816	11:47:33	profile Archive 2015 is deleted
 *	LOG2	817	11:58:09	settings
 *
 * So AFTER, read alone, holds all four profiles; with its logs it holds Outlook and
 * Personal. No entry carries a time: the keys that lost a subkey do. LOG2 had entries 804
 * to 810 before, and its last ones still stand behind 817, with valid hashes.
 */
#include "builder_log.h"
#include "desktop.h"
#include "mailuser.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

#define HOME "C:\\Users\\jnowak"
#define FILES HOME "\\Documents\\Outlook Files\\"
#define OST HOME "\\AppData\\Local\\Microsoft\\Outlook\\"
#define PROFILES MAPI_OFFICE("16.0") "\\Profiles"
#define EXPLORER "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer"

enum {
	SEQUENCE_BEFORE = 804,
	SEQUENCE_FLUSHED = 811,
	LOG1_ENTRIES = 4, /* of seven */
	VIEW_LEN = 20000, /* more than fits in one cell: big data */
};

/* In June 2019; the fraction in units of 100 ns. */
struct moment {
	unsigned day;
	unsigned hour;
	unsigned minute;
	unsigned second;
	unsigned fraction;
};

/* One write of the hive, which makes one entry of a log. */
struct step {
	struct moment moment;
	const char
		*profile; /* that is deleted; or that loses its account, if one is set */
	const char *account;
	const char *view; /* a big value that is stored */
	struct desktop_setting settings[3];
};

static const struct step old_steps[] = {
	{
		.moment = { 13, 18, 6, 2, 1093311 },
		.settings = { { EXPLORER "\\RunMRU", "a", "calc\\1" } },
	},
	{
		.moment = { 13, 18, 7, 40, 7120485 },
		.view = "Calendar",
	},
	{
		.moment = { 13, 18, 10, 11, 345120 },
		.settings = { { "Control Panel\\Colors", "Background", "0 99 177" } },
	},
	{
		.moment = { 13, 18, 12, 56, 9910034 },
		.view = "Contacts",
	},
	{
		.moment = { 13, 18, 15, 30, 2247710 },
		.settings = { { "Control Panel\\Mouse", "MouseSpeed", "2" } },
	},
	{
		.moment = { 13, 18, 21, 9, 6001187 },
		.settings = { { "Printers\\DevModePerUser", "Office", "1" } },
	},
	{
		.moment = { 13, 18, 22, 44, 8134529 },
		.settings = { { "Environment", "OneDrive", HOME "\\OneDrive" } },
	},
};

static const struct step log_steps[] = {
	{
		.moment = { 14, 8, 2, 17, 4410093 },
		.settings = { { EXPLORER "\\RunMRU", "b", "outlook /manageprofiles\\1" },
			      { EXPLORER "\\RunMRU", "MRUList", "ba" } },
	},
	{
		.moment = { 14, 9, 31, 20, 5530127 },
		.profile = "Outlook",
		.account = MAPI_ACCOUNTS "\\00000004",
	},
	{
		.moment = { 14, 9, 40, 3, 1200940 },
		.settings = { { "Control Panel\\Keyboard", "KeyboardDelay", "0" } },
	},
	{
		.moment = { 14, 10, 12, 5, 9023376 },
		.profile = "Projects",
	},
	{
		.moment = { 14, 11, 5, 48, 773401 },
		.view = "Tasks",
		.settings = { { EXPLORER "\\RecentDocs", "0", "Budget 2019.xlsx" },
			      { EXPLORER "\\RecentDocs", "1", "Minutes of 12 June.docx" },
			      { EXPLORER "\\RecentDocs\\.docx", "0",
				"Minutes of 12 June.docx" } },
	},
	{
		.moment = { 14, 11, 47, 33, 3318650 },
		.profile = "Archive 2015",
	},
	{
		.moment = { 14, 11, 58, 9, 6642508 },
		.settings = { { "Control Panel\\Desktop", "ScreenSaveTimeOut", "600" } },
	},
};

enum {
	OLD_STEPS = sizeof(old_steps) / sizeof(old_steps[0]),
	LOG_STEPS = sizeof(log_steps) / sizeof(log_steps[0]),
};

static uint64_t installed(void)
{
	return builder_filetime(2018, 9, 24, 8, 3, 37) + 2290144;
}

static struct mapi_pop3 account(const char *email, const char *server)
{
	return (struct mapi_pop3){
		.name = email,
		.user = "Jan Nowak",
		.email = email,
		.server = server,
	};
}

static void add_profiles(struct builder *b, uint64_t first)
{
	const uint64_t day = 864000000000;
	const struct mapi_pop3 office = account("jnowak@example.com", "mail.example.com");
	const struct mapi_pop3 home = account("j.nowak@home.example", "pop.home.example");
	const struct mapi_pop3 club =
		account("treasurer@club.example", "mx.club.example");
	builder_key list = builder_path(b, PROFILES, first);
	struct mapi_profile p;

	p = mapi_profile_new(b, list, "Outlook", MAPI_UNICODE_64, first, 16);
	p.text_accounts = true;
	struct mapi_pst pst = mailuser_pop3(&p, &office, FILES "jnowak@example.com.pst");
	mapi_account_pop3(&p, &home, &pst);
	mailuser_client(&p);

	p = mapi_profile_new(b, list, "Projects", MAPI_UNICODE_64, first + 20 * day, 17);
	p.text_accounts = true;
	mailuser_exchange(&p, "projects", "Projects", OST "projects@example.com.ost");
	mailuser_client(&p);

	p = mapi_profile_new(b, list, "Archive 2015", MAPI_UNICODE_64, first + 21 * day,
			     18);
	p.text_accounts = true;
	mapi_pst_add(&p, "Archive 2015", FILES "Archive 2015.pst", true);
	mailuser_client(&p);

	p = mapi_profile_new(b, list, "Personal", MAPI_UNICODE_64, first + 60 * day, 19);
	p.text_accounts = true;
	mailuser_pop3(&p, &club, FILES "treasurer.pst");
	mailuser_client(&p);
	builder_value_string(b, builder_path(b, MAPI_OFFICE("16.0"), first),
			     "DefaultProfile", "Outlook");
}

/* The base block keeps its time: from Windows 8.1 on nobody maintains it. */
static struct builder *before(void)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.file_step = 0x40000,
		.embedded_name = "\\??\\" HOME "\\ntuser.dat",
		.root_name = "ROOT",
		.user_sid = "S-1-5-21-2004917736-1153282411-839522115-1604",
		.last_written = installed(),
		.sequence = SEQUENCE_BEFORE,
	});

	desktop_fill(b, HOME, installed());
	add_profiles(b, builder_filetime(2018, 9, 24, 9, 20, 14) + 6120083);
	return b;
}

static void store_view(struct builder *b, const char *name, uint64_t moment)
{
	uint8_t view[VIEW_LEN];
	builder_key key = builder_path(b, MAPI_OFFICE("16.0") "\\Views", moment);

	for (size_t i = 0; i < VIEW_LEN; i++)
		view[i] = (uint8_t)(i * 7 + i / 251);
	builder_value_set(b, key, name, BUILDER_BINARY, view, VIEW_LEN);
	builder_key_touch(b, key, moment);
}

static void take_step(struct builder *b, const struct step *s)
{
	const struct moment *m = &s->moment;
	uint64_t moment =
		builder_filetime(2019, 6, m->day, m->hour, m->minute, m->second) +
		m->fraction;
	builder_key list = builder_key_find(b, builder_root(b), PROFILES);
	size_t n = 0;

	while (n < sizeof(s->settings) / sizeof(s->settings[0]) &&
	       s->settings[n].path != NULL)
		n++;
	desktop_apply(b, s->settings, n, moment);
	if (s->view != NULL)
		store_view(b, s->view, moment);
	if (s->profile == NULL)
		return;
	struct mapi_profile p = {
		.b = b,
		.key = builder_key_find(b, list, s->profile),
		.filetime = moment,
	};
	if (s->account != NULL)
		mapi_account_delete(&p, builder_key_find(b, p.key, s->account));
	else
		builder_key_delete(b, p.key, moment);
}

/* Takes steps that make an entry each. The state is the last one; it moves on. */
static void log_add_steps(struct builder_log *log, struct builder *b,
			  const struct step *steps, size_t n,
			  struct builder_log_state *state)
{
	for (size_t i = 0; i < n; i++) {
		take_step(b, &steps[i]);
		struct builder_log_state next = builder_log_state_take(b);

		builder_log_add(log, state, &next, NULL);
		builder_log_state_free(state);
		*state = next;
	}
}

static bool write_after(struct builder *b, const char *path)
{
	struct builder_log_state state = builder_log_state_take(b);
	struct builder_log log2 = builder_log_new(&state, SEQUENCE_BEFORE);

	log_add_steps(&log2, b, old_steps, OLD_STEPS, &state);
	builder_stamp(b, installed(), SEQUENCE_FLUSHED);
	builder_log_state_free(&state);
	state = builder_log_state_take(b);
	struct builder_log_state dirty =
		builder_log_dirty(&state, &state, SEQUENCE_FLUSHED + 1, SEQUENCE_FLUSHED);

	struct builder_log log1 = builder_log_new(&state, SEQUENCE_FLUSHED);
	log_add_steps(&log1, b, log_steps, LOG1_ENTRIES, &state);
	builder_log_restart(&log2, &state, log1.sequence);
	log_add_steps(&log2, b, log_steps + LOG1_ENTRIES, LOG_STEPS - LOG1_ENTRIES,
		      &state);

	bool written = sample_state(&dirty, path) && sample_log(&log1, path, ".LOG1") &&
		       sample_log(&log2, path, ".LOG2");
	builder_log_state_free(&state);
	builder_log_state_free(&dirty);
	builder_log_free(&log1);
	builder_log_free(&log2);
	return written;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: outlook2016log BEFORE AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	struct builder *b = before();
	bool written = sample_hive(b, argv[1]) && write_after(b, argv[2]);
	builder_free(b);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
