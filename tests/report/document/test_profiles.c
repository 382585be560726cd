/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The profile element of a live profile, against the recipe of the profile. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/written.h"

#include "report/document/profiles.h"

#include <stdio.h>

#define WORK PAIR_PROFILES "\\Work"

/* Reads the earlier hive of a pair, and writes its profile "Work". */
static void write_work(struct written *w, struct pair *pair, bool whole,
		       enum cell_state state)
{
	pair_fork(pair);
	pair_compare(pair);
	written_start(w);
	written_of_pair(w, pair);
	profiles_write(&w->parts, pair->old, pair_profile(pair->old, "Work"), whole,
		       state);
	written_end(w);
}

static void number_is(const struct written *w, const char *expression, uint64_t number)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	written_is(w, expression, text);
}

static void test_attributes(void **state)
{
	struct pair *pair = *state;
	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	uint32_t sections = builder_key_count(pair->before, key);
	struct written w;

	write_work(&w, pair, false, CELL_PLAIN);
	written_is(&w, "string(//w:profile/@name)", "Work");
	written_is(&w, "string(//w:profile/@list)", "profiles");
	written_is(&w, "string(//w:profile/@origin)", "live");
	written_is(&w, "string(//w:profile/@default)", "0");
	written_is(&w, "string(//w:profile/@mtime)", "2015-04-07T08:30:00.1234567Z");
	number_is(&w, "string(//w:profile/@filetime)", pair_made());
	number_is(&w, "string(//w:profile/@sections)", sections);
	written_is(&w, "string-length(//w:profile/@digest)", "64");
	written_is(&w, "translate(//w:profile/@digest, '0123456789abcdef', '')", "");
	written_is(&w, "string(//w:profile/@completeness)", "whole");
	written_is(&w, "count(//w:profile/*)", "0");
	written_free(&w);
}

static void test_default(void **state)
{
	struct pair *pair = *state;
	struct written w;

	pair_add(pair->before, PAIR_DELETED, "Work", 1);
	builder_value_string(pair->before,
			     builder_path(pair->before, PAIR_PROFILES, pair_made()),
			     "DefaultProfile", "Work");
	pair_add(pair->before, PAIR_PROFILES, "Other", 2);
	write_work(&w, pair, false, CELL_PLAIN);
	/* That of the other list is not the one that DefaultProfile names. */
	written_is(&w, "string(//w:profile/@list)", "deleted_profiles");
	written_is(&w, "string(//w:profile/@default)", "0");
	written_free(&w);
	written_start(&w);
	written_of_pair(&w, pair);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Other");
	builder_finish(pair->before);
	struct snapshot *snapshot = pair_read(pair->before);
	profiles_write(&w.parts, snapshot, pair_profile(snapshot, "Other"), false,
		       CELL_PLAIN);
	written_end(&w);
	written_is(&w, "string(//w:profile/@default)", "1");
	written_free(&w);
	snapshot_free(snapshot);
}

/* Services, files and every cell: the recipe makes a PST and an address book. */
static void test_spelled_out(void **state)
{
	struct pair *pair = *state;
	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	uint32_t sections = builder_key_count(pair->before, key);
	struct written w;

	write_work(&w, pair, true, CELL_DELETED);
	written_is(&w, "count(//w:service)", "2");
	written_is(&w, "string(//w:service[@name='MSUPST MS']/@dll)", "mspst.dll");
	written_is(&w, "string(//w:service[@name='MSUPST MS']/w:provider/@type)", "33");
	written_is(&w, "string(//w:service[@name='CONTAB']/@dll)", "contab.dll");
	written_is(&w, "string(//w:service[@name='CONTAB']/w:provider/@type)", "35");
	written_is(&w, "count(//w:profile/w:provider)", "0");
	written_is(&w, "string(//w:file/@path)", "C:\\mail\\personal.pst");
	written_is(&w, "string(//w:file/@default_store)", "1");
	written_is(&w, "count(//w:exchange | //w:account | //w:secret | //w:problem)",
		   "0");
	written_is(&w, "count(//w:generated_name)", "0");
	/* The key itself, its sections, and their values. */
	number_is(&w, "count(//regxml:cellobject[regxml:name_type='k'])", 1 + sections);
	written_is(
		&w,
		"count(//regxml:cellobject[regxml:name_type='v']) = //w:profile/@values",
		"true");
	written_is(&w, "count(//regxml:cellobject[not(@delta:deleted_cell='1')])", "0");
	written_is(&w, "string(//regxml:cellobject[1]/regxml:cellpath)", WORK);
	written_free(&w);
}

static void test_exchange(void **state)
{
	struct pair *pair = *state;
	char name[128];
	struct written w;

	mapi_generated_name(name, sizeof(name), "Agent", 1234, pair_made());
	pair_add_2000(pair->before, PAIR_PROFILES, name, 1);
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	profiles_write(&w.parts, pair->old, pair_profile(pair->old, name), true,
		       CELL_PLAIN);
	written_end(&w);
	written_is(&w, "string(//w:generated_name/@prefix)", "Agent");
	written_is(&w, "string(//w:generated_name/@pid)", "1234");
	written_is(&w, "string(//w:generated_name/@created)",
		   "2015-04-07T08:30:00.1234567Z");
	written_is(&w, "string(//w:service/@name)", "MSEMS");
	written_is(&w, "string(//w:exchange/@kind)", "primary");
	written_is(&w, "string(//w:exchange/@server)", "EXCH01");
	written_is(&w, "string(//w:exchange/@mailbox)", "someone");
	written_is(&w, "string(//w:property[@tag='0x6602001e']/@value)", "EXCH01");
	written_is(&w, "string(//w:property[@tag='0x6602001e']/@section)", MAPI_EXCHANGE);
	written_is(&w, "count(//@delta:*)", "0");
	written_free(&w);
}

/* An account with its password: how many bytes it has, and nothing else of it. */
static void test_account_and_secret(void **state)
{
	struct pair *pair = *state;
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());
	struct mapi_profile p = mapi_profile_new(pair->before, list, "Work",
						 MAPI_UNICODE_64, pair_made(), 1);
	struct mapi_pst pst = mapi_pst_add(&p, "Personal", "C:\\mail\\a.pst", true);
	const struct mapi_pop3 pop3 = { .name = "Mail of Ada",
					.user = "Ada Example",
					.email = "ada@example.com",
					.server = "mail.example.com" };
	builder_key account = mapi_account_pop3(&p, &pop3, &pst);
	struct written w;
	size_t len = 0;

	mapi_account_password(&p, account, "POP3 Password");
	assert_non_null(builder_value_data(pair->before, account, "POP3 Password", &len));
	write_work(&w, pair, true, CELL_PLAIN);
	written_is(&w, "string(//w:account/@name)", "Mail of Ada");
	written_is(&w, "string(//w:account/@email)", "ada@example.com");
	written_is(&w,
		   "string(//w:account/w:setting[@value='mail.example.com'][1]/@value)",
		   "mail.example.com");
	written_is(&w, "count(//w:secret)", "1");
	written_is(&w, "string(//w:secret/@name)", "POP3 Password");
	number_is(&w, "string(//w:secret/@bytes)", len);
	written_is(&w, "count(//w:setting[@name='POP3 Password'])", "0");
	written_is(&w,
		   "string(//regxml:cellobject[regxml:basename='POP3 Password']"
		   "/regxml:data/@redacted)",
		   "1");
	written_is(&w,
		   "string(//regxml:cellobject[regxml:basename='POP3 Password']"
		   "/regxml:data)",
		   "");
	written_free(&w);
}

/* A value whose record declares more than its cell holds makes the profile partial. */
static void test_partial(void **state)
{
	struct pair *pair = *state;
	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	struct written w;

	builder_value_set(pair->before, key, "Extra", BUILDER_BINARY,
			  "twenty bytes of data", 20);
	pair_fork(pair);
	builder_finish(pair->before);
	builder_poke32(pair->before,
		       builder_value_offset(pair->before, key, "Extra") + VK_SIZE, 4000);
	struct snapshot *snapshot = pair_read(pair->before);
	struct snapshot *snapshots[] = { snapshot };
	struct series series = { .snapshots = snapshots, .n_snapshots = 1 };
	struct recovery *recoveries[] = { NULL };
	series.recoveries = recoveries;
	written_start(&w);
	written_of(&w, &series, NULL, NULL);
	profiles_write(&w.parts, snapshot, pair_profile(snapshot, "Work"), false,
		       CELL_PLAIN);
	written_end(&w);
	written_is(&w, "string(//w:profile/@completeness)", "partial");
	written_free(&w);
	snapshot_free(snapshot);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_attributes),	       TEST(test_default),
		TEST(test_spelled_out),	       TEST(test_exchange),
		TEST(test_account_and_secret), TEST(test_partial),
	};

	return UNIT_RUN(tests);
}
