/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The decoded elements of a profile, against the recipe of the profile. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/written.h"

#include "report/document/profiles.h"

#include "report/document/profilecontent.h"

#include <string.h>

#define SETUP MAPI_OFFICE("14.0") "\\Setup"

static struct written w;

/* A profile "Work" in the earlier hive, to be added to. */
static struct mapi_profile begin(struct pair *pair)
{
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());

	return pair_add_at(pair->before, list, "Work", 1, pair_made());
}

/* Writes it as a report has it. */
static void put(struct pair *pair)
{
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	profiles_write(&w.parts, pair->old, pair_profile(pair->old, "Work"), true,
		       CELL_PLAIN);
	written_end(&w);
}

static void add_setup(struct pair *pair, uint32_t build)
{
	builder_value_dword(pair->before, builder_path(pair->before, SETUP, pair_made()),
			    "UpdateProfiles", build);
}

static void test_build(void **state)
{
	struct mapi_profile p = begin(*state);

	mapi_long(&p, mapi_section(&p, MAPI_OUTLOOK), 0x036f, 144760);
	put(*state);
	written_is(&w, "string(//w:client/@build)", "144760");
	written_is(&w, "string(//w:client/@version)", "14.0.4760");
	written_is(&w, "count(//w:client/@setup)", "0");
	written_free(&w);
}

static void test_build_agrees(void **state)
{
	struct mapi_profile p = begin(*state);

	mapi_long(&p, mapi_section(&p, MAPI_OUTLOOK), 0x036f, 177328);
	add_setup(*state, 177328);
	put(*state);
	written_is(&w, "string(//w:client/@build)", "177328");
	written_is(&w, "count(//w:client/@version)", "0");
	written_is(&w, "string(//w:client/@setup)", "agrees");
	written_free(&w);
}

static void test_build_differs(void **state)
{
	struct mapi_profile p = begin(*state);

	mapi_long(&p, mapi_section(&p, MAPI_OUTLOOK), 0x036f, 144760);
	add_setup(*state, 144761);
	put(*state);
	written_is(&w, "string(//w:client/@setup)", "differs");
	written_free(&w);
}

/* In UTC, and local with what that can be in UTC. */
static void test_noted_times(void **state)
{
	struct mapi_profile p = begin(*state);

	mapi_long(&p, mapi_section(&p, MAPI_OUTLOOK), 0x0487, 216303198);
	mapi_long(&p, mapi_section(&p, MAPI_OUTLOOK), 0x0442, 215563960);
	put(*state);
	written_is(&w, "count(//w:client/@*)", "0");
	written_is(&w, "count(//w:noted_time)", "2");
	written_is(&w, "string(//w:noted_time[@tag='0x04870003']/@time)",
		   "2012-04-06T13:18:00.0000000Z");
	written_is(&w, "count(//w:noted_time[@tag='0x04870003']/@*)", "2");
	written_is(&w, "string(//w:noted_time[@tag='0x04420003']/@local)",
		   "2010-11-10T04:40:00");
	written_is(&w, "string(//w:noted_time[@tag='0x04420003']/@not_before)",
		   "2010-11-09T14:40:00.0000000Z");
	written_is(&w, "string(//w:noted_time[@tag='0x04420003']/@not_after)",
		   "2010-11-10T16:41:00.0000000Z");
	written_is(&w, "count(//w:noted_time[@tag='0x04420003']/@time)", "0");
	written_free(&w);
}

/* One element for each path, with the values that name it. */
static void test_named_files(void **state)
{
	struct mapi_profile p = begin(*state);
	struct mapi_blob entries[3];

	mapi_pst_entry_id(&entries[0], "D:\\old.pst");
	mapi_pst_entry_id(&entries[1], "C:\\MAIL\\Personal.pst");
	entries[2] = entries[0];
	mapi_mv_binary(&p, mapi_section(&p, MAPI_OUTLOOK), 0x039b, entries, 3);
	put(*state);
	written_is(&w, "string(//w:file[@kind='pst']/@attached)", "1");
	written_is(&w, "count(//w:file[@kind!='pst']/@attached)", "0");
	written_is(&w, "count(//w:named_file)", "2");
	written_is(&w, "string(//w:named_file[1]/@attached)", "1");
	written_is(&w, "string(//w:named_file[2]/@path)", "D:\\old.pst");
	written_is(&w, "string(//w:named_file[2]/@kind)", "pst");
	written_is(&w, "string(//w:named_file[2]/@attached)", "0");
	written_is(&w, "count(//w:named_file[2]/w:named_in)", "1");
	written_is(&w, "string(//w:named_file[2]/w:named_in/@section)", MAPI_OUTLOOK);
	written_is(&w, "string(//w:named_file[2]/w:named_in/@value_name)", "1102039b");
	written_free(&w);
}

/* Two accounts; the first was removed by its key alone, so that its settings stay. */
static void test_gone_account(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair);
	struct mapi_pst pst = mapi_pst_add(&p, "Mine", "C:\\mail\\mine.pst", false);
	builder_key first = mapi_account_service(&p, MAPI_LIST_STORE, "Mine", "MSUPST MS",
						 &pst.service);

	mapi_account_service(&p, MAPI_LIST_STORE, "Mine", "MSUPST MS", &pst.service);
	builder_key_delete(pair->before, first, pair_made());
	builder_value_set(pair->before, mapi_section(&p, MAPI_ACCOUNTS),
			  "{ED475420-B0D6-11D2-8C3B-00104B2A6676}", BUILDER_BINARY,
			  "\x02\0\0\0", 4);
	put(pair);
	written_is(&w, "string(//w:account_numbers/@next)", "3");
	written_is(&w, "string(//w:account_numbers/@accounts)", "1");
	written_is(&w, "string(//w:account_numbers/@gone)", "1");
	written_is(&w, "string(//w:account_numbers/@change)", "16");
	written_is(&w, "count(//w:gone_account)", "1");
	written_is(&w, "string(//w:gone_account/@id)", "00000001");
	written_is(&w, "string(//w:gone_account/@name)", "AcctSettings0001");
	written_is(&w, "string-length(//w:gone_account/@section)", "32");
	written_is(&w, "count(//w:problem)", "0");
	written_free(&w);
}

/* Defaults are marked; a flag has its meaning by the section that it stands in. */
static void test_servers_and_flags(void **state)
{
	struct mapi_profile p = begin(*state);
	struct mapi_pst pst = mapi_pst_add(&p, "Mine", "C:\\mail\\mine.pst", false);

	mapi_account_pop3(&p,
			  &(struct mapi_pop3){ .name = "Post",
					       .user = "Ada",
					       .email = "ada@example.com",
					       .server = "mail.example.com" },
			  &pst);
	put(*state);
	written_is(&w, "count(//w:account/w:server)", "2");
	written_is(&w, "string(//w:server[@protocol='pop3']/@host)", "mail.example.com");
	written_is(&w, "string(//w:server[@protocol='pop3']/@user)", "ada@example.com");
	written_is(&w, "string(//w:server[@protocol='pop3']/@port)", "110");
	written_is(&w, "string(//w:server[@protocol='pop3']/@port_is_default)", "1");
	written_is(&w, "string(//w:server[@protocol='pop3']/@encryption_is_default)",
		   "1");
	written_is(&w, "string(//w:server[@protocol='pop3']/@leave)", "1");
	written_is(&w, "string(//w:server[@protocol='pop3']/@leave_days)", "14");
	written_is(&w, "string(//w:server[@protocol='smtp']/@encryption)", "none");
	written_is(&w, "count(//w:server[@protocol='smtp']/@encryption_is_default)", "0");
	written_is(&w, "string(//w:server[@protocol='smtp']/@login)", "as_incoming");
	written_is(&w, "string(//w:property[@tag='0x67700003'][1]/@meaning)",
		   "Unicode file");
	written_is(
		&w,
		"count(//w:property[@tag='0x30090003'][@meaning='only one of its kind; "
		"never primary identity'])",
		"1");
	written_is(&w, "count(//w:property[@tag='0x30090003'][@meaning='default store'])",
		   "1");
	written_free(&w);
}

/* All of an account in one element; its password nowhere. */
static void test_exchange_account(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair);
	struct mapi_uid service = mapi_exchange2010(
		&p, &(struct mapi_mailbox){ .server = "EXCH01",
					    .domain = "example.com",
					    .organization = "Example",
					    .site = "Site",
					    .user = "ada",
					    .display = "Ada",
					    .config_flags = 0x184,
					    .ost_path = "C:\\ost\\ada.ost" });
	size_t len;
	const uint8_t *uid = builder_value_data(
		pair->before, mapi_section_of(&p, &service), "01023d15", &len);
	struct mapi_uid settings;

	assert_non_null(uid);
	memcpy(settings.bytes, uid, sizeof(settings.bytes));
	builder_key section = mapi_section_of(&p, &settings);
	mapi_long(&p, section, 0x6649, 12);
	mapi_unicode(&p, section, 0x664a, "https://autodiscover.example.com/x");
	mapi_unicode(&p, section, 0x6653, "https://out.example.com/mapi/emsmdb");
	mapi_boolean(&p, section, 0x665e, true);
	mapi_unicode(&p, section, 0x66a0, "EXAMPLE\\ada");
	mapi_binary(&p, section, 0x66a1, "never to be shown", 17);
	put(pair);
	written_is(&w, "count(//w:exchange)", "1");
	written_is(&w, "string(//w:exchange/@smtp_address)", "ada@example.com");
	written_is(&w, "string(//w:exchange/@account_name)", "ada@example.com");
	written_is(&w, "string(//w:exchange/@auth_user)", "EXAMPLE\\ada");
	written_is(&w, "string(//w:exchange/@ost)", "C:\\ost\\ada.ost");
	written_is(&w, "string(//w:exchange/@cached)", "1");
	written_is(&w, "string(//w:exchange/@cached_shared)", "0");
	written_is(&w, "string(//w:exchange/@cached_public)", "0");
	written_is(&w, "string(//w:exchange/@consumer)", "1");
	written_is(&w, "string(//w:exchange/@months)", "12");
	written_is(&w, "string(//w:exchange/@autodiscover)",
		   "https://autodiscover.example.com/x");
	written_is(&w, "string(//w:exchange/@mailbox_outside)",
		   "https://out.example.com/mapi/emsmdb");
	written_is(&w, "count(//w:exchange/@mailbox_inside)", "0");
	written_is(&w, "string-length(//w:exchange/@section)", "32");
	written_is(&w, "string(//w:secret/@name)", "010266a1");
	written_is(&w, "count(//w:property[@tag='0x66a10102'])", "0");
	assert_null(memmem(w.bytes, w.n, "6e65766572", 10)); /* hex of "never" */
	assert_null(memmem(w.bytes, w.n, "bmV2ZXI", 7));     /* and base64 */
	written_free(&w);
}

/* The machine's id of the profile, and what of the hive's. */
static void put_machines(struct pair *pair, const char *of_hive, const char *expected)
{
	struct mapi_profile p = begin(pair);
	struct mapi_uid id = { "0123456789abcde" };

	mapi_clsid(&p, mapi_section(&p, "f86ed2903a4a11cfb57e524153480001"), 0x6002, &id);
	if (of_hive)
		builder_value_set(pair->before,
				  builder_path(pair->before,
					       MAPI_OFFICE("16.0") "\\UserInfo",
					       pair_made()),
				  "RulesMachineID", BUILDER_BINARY, of_hive, 16);
	put(pair);
	written_is(&w, "string(//w:client/@machine_id)",
		   "30313233343536373839616263646500");
	written_is(&w, "string(//w:client/@machine)", expected);
	written_is(&w, "count(//w:client/@build)", "0");
	written_free(&w);
}

static void test_machine_agrees(void **state)
{
	put_machines(*state, "0123456789abcde", "agrees");
}

static void test_machine_differs(void **state)
{
	put_machines(*state, "0123456789abcdE", "differs");
}

static void test_machine_of_the_hive_unknown(void **state)
{
	put_machines(*state, NULL, "");
}

/* A tag that nobody has named is counted, and shown by its value. */
static void test_tags(void **state)
{
	struct mapi_profile p = begin(*state);

	mapi_long(&p, mapi_section(&p, MAPI_OUTLOOK), 0x7abc, 5);
	put(*state);
	written_is(&w, "count(//w:tags)", "1");
	written_is(&w, "//w:tags/@named = count(//w:property[@name])", "true");
	written_is(&w, "//w:tags/@unnamed = count(//w:property[not(@name)])", "true");
	written_is(&w, "//w:tags/@unpublished = count(//w:property[@unpublished])",
		   "true");
	/* The address book of the recipe has both. */
	written_is(&w, "count(//w:property[@unpublished])", "2");
	written_is(&w, "string(//w:property[@tag='0x6627101f']/@unpublished)", "1");
	written_is(&w, "string(//w:property[@tag='0x7abc0003']/@value)",
		   "5 (0x00000005)");
	written_is(&w, "count(//w:property[@tag='0x7abc0003']/@name)", "0");
	written_free(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_build),
		TEST(test_build_agrees),
		TEST(test_build_differs),
		TEST(test_noted_times),
		TEST(test_named_files),
		TEST(test_gone_account),
		TEST(test_servers_and_flags),
		TEST(test_exchange_account),
		TEST(test_machine_agrees),
		TEST(test_machine_differs),
		TEST(test_machine_of_the_hive_unknown),
		TEST(test_tags),
	};

	return UNIT_RUN(tests);
}
