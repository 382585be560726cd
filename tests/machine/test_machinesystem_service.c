/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Services of a SYSTEM hive: the programs behind them, accounts, types. */
#include "help/machines.h"

static void test_program_of_a_command_line(void **state)
{
	static const struct {
		const char *line, *image;
	} lines[] = {
		{ "C:\\Program Files\\Exchsrvr\\bin\\mad.exe", "mad.exe" },
		{ "C:\\Program Files\\Exchsrvr\\bin\\mad.exe -x", "mad.exe" },
		{ "C:\\Program Files\\My.Exes\\mad.EXE\t-x", "mad.EXE" },
		{ "C:\\exe.exec\\a.exe.old\\mad.exe /a b.exe", "mad.exe" },
		{ "\"C:\\Program Files\\a b.exe\" -k \"c.exe\"", "a b.exe" },
		{ "\"C:\\a b\\unterminated.exe -k", "unterminated.exe" },
		{ "  \"C:\\x\\mad.exe\"", "mad.exe" },
		{ "%SystemRoot%\\system32\\svchost.exe -k netsvcs", "svchost.exe" },
		{ "\\SystemRoot\\System32\\smss.exe", "smss.exe" },
		{ "\\??\\C:\\x\\tool.com -run", "tool.com" },
		{ "service", "service.exe" },
		{ "C:\\agent\\bkagent -run", "bkagent.exe" },
		{ "C:/Program Files/agent/bkagent.exe -k x", "bkagent.exe" },
		{ "C:/agent/bkagent", "bkagent.exe" },
		{ "C:\\Program Files\\My Agent\\bkagent -f C:\\my conf\\x.ini",
		  "bkagent.exe" },
		{ "C:\\Program Files\\My Agent\\bkagent /f C:\\x", "bkagent.exe" },
		{ "C:\\Program Files\\My Agent\\bkagent start now", "bkagent.exe" },
		{ "\"C:/Program Files/agent/bkagent\" -k", "bkagent.exe" },
		{ "C:\\Program Files\\My Agent\\bkagent", "bkagent.exe" },
		{ "mad.exe", "mad.exe" },
		{ ".exe", ".exe" },
		{ "\"\"", "" },
		{ "\"", "" },
		{ "   ", "" },
		{ "", "" },
		{ "C:\\x\\", "x.exe" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct machine_system *system = machines_system(
			machines_with_service(lines[i].line, NULL, SERVER_OWN));
		assert_int_equal(system->n_services, 1);
		if (!text_same(system->services[0].image, text_of(lines[i].image)))
			fail_msg("line %s", lines[i].line);
		assert_text(system->services[0].image_path, lines[i].line);
		machinesystem_free(system);
	}
}

/* A driver is started without arguments: its path may hold blanks anywhere. */
static void test_path_of_a_driver(void **state)
{
	struct machine_system *system = machines_system(machines_with_service(
		"\\??\\C:\\Program Files\\Ex ample\\fil ter.sys", NULL, SERVER_DRIVER));

	(void)state;
	assert_text(system->services[0].image, "fil ter.sys");
	assert_false(system->services[0].is_process);
	assert_false(system->services[0].local_system);
	machinesystem_free(system);
}

static void test_accounts(void **state)
{
	static const struct {
		const char *account;
		bool local;
	} accounts[] = {
		{ NULL, true },
		{ "LocalSystem", true },
		{ "localsystem", true },
		{ ".\\LocalSystem", true },
		{ "NT AUTHORITY\\SYSTEM", true },
		{ "NT AUTHORITY\\LocalSystem", true },
		{ "EXCH01\\LocalSystem", true },
		{ "EXAMPLE\\LocalSystem", false },
		{ "NT AUTHORITY\\LocalService", false },
		{ "NT AUTHORITY\\NetworkService", false },
		{ ".\\LocalSystem2", false },
		{ "EXAMPLE\\reporter", false },
		{ "SYSTEM", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(accounts); i++) {
		struct builder *b =
			machines_with_service("a.exe", accounts[i].account, SERVER_OWN);
		server_name(b, 1, "EXCH01", HIVES_TIME);
		struct machine_system *system = machines_system(b);
		if (system->services[0].local_system != accounts[i].local)
			fail_msg("account %s", accounts[i].account);
		machinesystem_free(system);
	}
}

static void test_types(void **state)
{
	static const struct {
		uint32_t type;
		bool process, shared;
	} types[] = {
		{ SERVER_OWN, true, false },
		{ SERVER_SHARED, true, true },
		{ SERVER_OWN | SERVER_INTERACTIVE, true, false },
		{ SERVER_SHARED | SERVER_INTERACTIVE, true, true },
		{ 0x2, false, false },
		{ 0x8, false, false },
		{ 0x4, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		struct machine_system *system = machines_system(
			machines_with_service("a.exe", NULL, types[i].type));
		assert_int_equal(system->services[0].is_process, types[i].process);
		assert_int_equal(system->services[0].shared, types[i].shared);
		machinesystem_free(system);
	}
}

/* Values of other types than they should have are as if they were not there. */
static void test_values_of_other_types(void **state)
{
	struct builder *b = machines_with(&(struct server_service){ .name = "Other" });
	builder_key key = builder_path(b, "ControlSet001\\Services\\Strange", HIVES_TIME);

	(void)state;
	builder_value_string(b, key, "Type", "16");
	builder_value_string(b, key, "Start", "2");
	builder_value_string(b, key, "ImagePath", "C:\\a.exe");
	builder_value_dword(b, key, "DisplayName", 1);
	builder_value_set(b, key, "ObjectName", BUILDER_BINARY, "\1\2\3", 3);
	builder_value_string(b, key, "DependOnService", "RpcSs");
	key = builder_path(b, "ControlSet001\\Services\\Nothing", HIVES_TIME);
	builder_value_set(b, key, "ImagePath", BUILDER_SZ, "a\0b", 3);
	struct machine_system *system = machines_system(b);
	const struct machine_service *s = machines_service(system, "Strange");

	assert_int_equal(system->n_services, 2);
	assert_non_null(machines_service(system, "Other"));
	assert_non_null(s);
	assert_text(s->image, "a.exe");
	assert_false(s->is_process);
	assert_false(s->has_start);
	assert_text(s->display_name, "");
	assert_text(s->account, "");
	assert_false(s->local_system);
	assert_null(s->depends);
	machines_say_nothing(system->snapshot);
	machinesystem_free(system);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_program_of_a_command_line),
		cmocka_unit_test(test_path_of_a_driver),
		cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_values_of_other_types),
	};

	return UNIT_RUN(tests);
}
