/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A hive of another kind than was asked for: it is told, with what it looks
 * like, and nothing is taken from it.
 */
#include "help/machines.h"

#include "help/keys.h"

#include "machine/machinehive.h"

#include "samples/incident.h"

#include <unistd.h>

#define USER "a user's hive (NTUSER.DAT or DEFAULT)"
#define UNKNOWN "; nothing in it tells what it is"

static void check_no_system(const char *path, const char *words)
{
	struct machine_system *system = machines_system_at(path);

	machines_say(system->snapshot, DIAG_WRONG_KIND, "this is no SYSTEM hive");
	machines_say(system->snapshot, DIAG_WRONG_KIND, words);
	assert_int_equal(diag_item(system->snapshot->diags, 0)->offset,
			 system->snapshot->keys->root->record_off);
	assert_false(snapshot_is_complete(system->snapshot));
	assert_null(system->control);
	assert_int_equal(system->n_services, 0);
	assert_null(machinesystem_service_named(system, text_of("MSExchangeSA")));
	assert_null(
		machinesystem_service_of_image(system, text_of("mad.exe"), false, NULL));
	machinesystem_free(system);
}

static void check_no_software(const char *path, const char *words)
{
	struct machine_software *s = machines_software_at(path);

	machines_say(s->snapshot, DIAG_WRONG_KIND, "this is no SOFTWARE hive");
	machines_say(s->snapshot, DIAG_WRONG_KIND, words);
	assert_false(s->has_exchange);
	assert_null(s->exchange);
	assert_int_equal(s->hotfixes.n, 0);
	assert_int_equal(s->profiles.n, 0);
	assert_int_equal(text_length(s->product_name), 0);
	machinesoftware_free(s);
}

/* Neither of the two.  Takes the builder. */
static void check_neither(struct builder *b, const char *words)
{
	char *path = machines_file(b);

	check_no_system(path, words);
	check_no_software(path, words);
	(void)remove(path);
	free(path);
}

static void test_one_for_the_other(void **state)
{
	char *system = machines_file(incident_server_system());
	char *software = machines_file(incident_server_software());

	(void)state;
	check_no_system(software, "it looks like a SOFTWARE hive");
	check_no_software(system, "it looks like a SYSTEM hive");
	(void)remove(system);
	(void)remove(software);
	free(system);
	free(software);
}

static void test_hives_of_users(void **state)
{
	struct builder *b = server_system(HIVES_TIME);

	(void)state;
	check_neither(incident_before(), "it looks like " USER);
	builder_path(b, "Control Panel\\Desktop", HIVES_TIME);
	check_neither(b, "it looks like " USER);
}

static void test_other_hives(void **state)
{
	static const struct {
		const char *path, *words;
	} hives[] = {
		{ "SAM\\Domains\\Account", "it looks like a SAM hive" },
		{ "Policy\\Accounts", "it looks like a SECURITY hive" },
		{ "Local Settings\\Software", "a user's classes (UsrClass.dat)" },
		{ "Something", UNKNOWN },
		/* Too little of what makes a kind. */
		{ "Select", UNKNOWN },
		{ "ControlSet001\\Control", UNKNOWN },
		{ "Services\\Tcpip", UNKNOWN },
		{ "Microsoft\\Windows NT", UNKNOWN },
		{ "Microsoft\\Exchange\\Setup", UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hives); i++) {
		struct builder *b = server_system(HIVES_TIME);
		builder_path(b, hives[i].path, HIVES_TIME);
		check_neither(b, hives[i].words);
	}
	check_neither(server_system(HIVES_TIME), UNKNOWN);
}

/* The key Software of a user, saved on its own, has the keys of a SOFTWARE hive. */
static void test_software_of_a_user(void **state)
{
	static const char folders[] = "Microsoft\\Windows\\CurrentVersion\\Explorer\\"
				      "Shell Folders";
	struct builder *b = server_system(HIVES_TIME);

	(void)state;
	builder_path(b, "Microsoft\\Windows NT\\CurrentVersion\\Windows", HIVES_TIME);
	builder_value_string(b, builder_path(b, folders, HIVES_TIME), "Personal",
			     "C:\\Documents and Settings\\mkeller\\My Documents");
	check_neither(b, "it looks like the key Software of a user's hive");

	/* A machine may have those folders too. */
	b = incident_server_software();
	builder_value_string(b, builder_path(b, folders, HIVES_TIME), "Personal", "C:\\");
	struct machine_software *s = machines_software(b);
	machines_say_nothing(s->snapshot);
	assert_true(s->has_exchange);
	machinesoftware_free(s);
}

/* The least that makes a kind. */
static void test_bare_hives(void **state)
{
	struct builder *b = server_system(HIVES_TIME);
	struct machine_system *system;
	struct machine_software *s;

	(void)state;
	builder_path(b, "ControlSet003\\Services", HIVES_TIME);
	builder_path(b, "Software\\Microsoft", HIVES_TIME);
	system = machines_system(b);
	assert_int_equal(diag_count_of(system->snapshot->diags, DIAG_WRONG_KIND), 0);
	assert_int_equal(system->control_set, 3);
	machinesystem_free(system);
	b = server_system(HIVES_TIME);
	builder_path(b, "MICROSOFT\\windows nt\\currentversion", HIVES_TIME);
	s = machines_software(b);
	machines_say_nothing(s->snapshot);
	machinesoftware_free(s);
	b = server_system(HIVES_TIME);
	builder_path(b, "Microsoft\\Windows\\CurrentVersion", HIVES_TIME);
	s = machines_software(b);
	machines_say_nothing(s->snapshot);
	machinesoftware_free(s);
}

/* A file of the hive with its root's record spoilt.  Takes the builder. */
static char *without_root(struct builder *b)
{
	size_t len = 0;

	builder_finish(b);
	builder_poke16(b, builder_key_offset(b, builder_root(b)), 0);
	const uint8_t *bytes = builder_bytes(b, &len);
	char *path = hives_temporary(bytes, len);
	builder_free(b);
	return path;
}

/* What is below the root tells the kind still; without any key nothing does. */
static void test_lost_root(void **state)
{
	char *path = without_root(incident_server_system());
	struct machine_system *system = machines_system_at(path);
	struct machine_software *s;

	(void)state;
	assert_int_equal(diag_count_of(system->snapshot->diags, DIAG_ROOT_LOST), 1);
	assert_int_equal(diag_count_of(system->snapshot->diags, DIAG_WRONG_KIND), 0);
	assert_non_null(machinesystem_service_named(system, text_of("MSExchangeSA")));
	machinesystem_free(system);
	(void)remove(path);
	free(path);

	path = without_root(server_system(HIVES_TIME));
	system = machines_system_at(path);
	s = machines_software_at(path);
	assert_null(system->snapshot->keys);
	assert_null(system->control);
	assert_int_equal(diag_count_of(system->snapshot->diags, DIAG_ROOT_LOST), 1);
	assert_int_equal(diag_count_of(system->snapshot->diags, DIAG_WRONG_KIND), 0);
	assert_int_equal(diag_count_of(s->snapshot->diags, DIAG_WRONG_KIND), 0);
	machinesystem_free(system);
	machinesoftware_free(s);
	(void)remove(path);
	free(path);
}

/* The run goes on without it. */
static void test_no_hive(void **state)
{
	char *path = hives_temporary("no hive at all", 14);
	struct snapshot_source source = { .path = path };
	struct machine_system *system = machines_system_at(path);
	struct machine_software *software = machines_software_at(path);
	struct failure failure = { 0 };

	(void)state;
	machines_say(system->snapshot, DIAG_WRONG_KIND,
		     "a text file, not a registry hive");
	machines_say(software->snapshot, DIAG_WRONG_KIND,
		     "a text file, not a registry hive");
	assert_null(system->snapshot->image);
	assert_null(system->control);
	assert_int_equal(system->n_services, 0);
	assert_false(software->has_exchange);
	assert_null(machines_service(system, "MSExchangeSA"));
	assert_null(
		machinesystem_service_shown(system, text_of("Microsoft Exchange Event")));
	assert_null(
		machinesystem_service_of_image(system, text_of("mad.exe"), false, NULL));
	machinesystem_free(system);
	machinesoftware_free(software);
	/* A base block and nothing behind it. */
	struct builder *b = incident_server_system();
	char *cut = machines_file(b);
	assert_int_equal(truncate(cut, 6000), 0);
	system = machines_system_at(cut);
	machines_say(system->snapshot, DIAG_WRONG_KIND, "the file ends here");
	machinesystem_free(system);
	(void)remove(cut);
	free(cut);
	/* Nor can it go on without what is not there. */
	(void)remove(path);
	system = NULL;
	assert_int_equal(machinesystem_read(&source, &system, &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, path));
	assert_null(system);
	free(path);
	machinesystem_free(NULL);
	machinesoftware_free(NULL);
}

/* ---- limits ---- */

static void test_most_rows(void **state)
{
	struct key key = { .record_off = 0x1234 };
	struct diag_list *diags = diag_list_new();
	void *items = NULL;
	size_t cap = 0;
	bool full = true;

	(void)state;
	assert_non_null(diags);
	assert_int_equal(machinehive_room(diags, &key, &items, 0, &cap, 4, &full),
			 STATUS_OK);
	assert_false(full);
	assert_non_null(items);
	assert_int_equal(diag_count(diags), 0);
	cap = MACHINEHIVE_MAX_ROWS;
	assert_int_equal(machinehive_room(diags, &key, &items, MACHINEHIVE_MAX_ROWS, &cap,
					  4, &full),
			 STATUS_OK);
	assert_true(full);
	assert_int_equal(diag_count(diags), 1);
	assert_int_equal(diag_item(diags, 0)->code, DIAG_COUNT_LIMIT);
	assert_int_equal(diag_item(diags, 0)->offset, 0x1234);
	free(items);
	diag_list_free(diags);
}

/* ---- plain values ---- */

/* A path's last component; backslashes at its end do not count. */
static void test_last_component(void **state)
{
	static const char *const paths[][2] = {
		{ "C:\\a\\b.exe", "b.exe" },
		{ "b.exe", "b.exe" },
		{ "C:\\a\\\\", "a" },
		{ "\\", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		assert_text(machinehive_last(text_of(paths[i][0]), MACHINEHIVE_BACKSLASH),
			    paths[i][1]);
}

static void test_values(void **state)
{
	struct keys *keys = keys_new("ROOT");
	uint32_t number = 7;

	(void)state;
	keys_sz(keys, "", "text", "words");
	keys_dword(keys, "", "number", 5);
	keys_hex(keys, "", "bytes", "01 02 03");
	const struct key *root = keys_root(keys);
	assert_text(machinehive_text(root, "TEXT"), "words");
	assert_int_equal(text_length(machinehive_text(root, "number")), 0);
	assert_int_equal(text_length(machinehive_text(root, "none")), 0);
	assert_int_equal(text_length(machinehive_text(NULL, "text")), 0);
	assert_false(machinehive_number(root, "text", &number));
	assert_false(machinehive_number(root, "bytes", &number));
	assert_false(machinehive_number(root, "none", &number));
	assert_false(machinehive_number(NULL, "number", &number));
	assert_int_equal(number, 7);
	assert_true(machinehive_number(root, "Number", &number));
	assert_int_equal(number, 5);
	keys_free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_for_the_other),
		cmocka_unit_test(test_hives_of_users),
		cmocka_unit_test(test_other_hives),
		cmocka_unit_test(test_software_of_a_user),
		cmocka_unit_test(test_bare_hives),
		cmocka_unit_test(test_lost_root),
		cmocka_unit_test(test_no_hive),
		cmocka_unit_test(test_most_rows),
		cmocka_unit_test(test_last_component),
		cmocka_unit_test(test_values),
	};

	return UNIT_RUN(tests);
}
