/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SYSTEM hive: the server of the incident, which control set counts, name,
 * time zone and terminal mode.  Expected values are those of the recipes.
 */
#include "help/machines.h"

#include "samples/builder_log.h"

/* ---- the incident's server ---- */

static void test_server_of_the_incident(void **state)
{
	struct machine_system *system = machines_system(incident_server_system());

	(void)state;
	machines_say_nothing(system->snapshot);
	assert_int_equal(system->control_set, 1);
	assert_text(key_name(system->control), "ControlSet001");
	assert_text(system->computer_name, "EXCH01");
	assert_text(system->time_zone, "Central Europe Standard Time");
	assert_true(system->has_bias);
	assert_int_equal(system->bias_minutes, -60);
	assert_true(system->has_terminal_mode);
	assert_false(system->terminal_applications);
	assert_text(value_name(system->terminal_value), "TSAppCompat");
	assert_int_equal(system->n_services, 19);
	/* No stores are looked for, and none is told to be elsewhere. */
	assert_int_equal(system->snapshot->stores.n, 0);
	assert_int_equal(system->snapshot->readers, SNAPSHOT_AGREE);
	machinesystem_free(system);
}

static void test_services_of_the_incident(void **state)
{
	static const struct {
		const char *name, *display, *image;
		bool process, shared, local;
		uint32_t start;
	} expected[] = {
		{ "MSExchangeSA", "Microsoft Exchange System Attendant", "mad.exe", true,
		  false, true, 2 },
		{ "MSExchangeIS", "Microsoft Exchange Information Store", "store.exe",
		  true, false, true, 2 },
		{ "MSExchangeES", "Microsoft Exchange Event", "events.exe", true, false,
		  true, 2 },
		{ "MSExchangeMTA", "Microsoft Exchange MTA Stacks", "emsmta.exe", true,
		  false, true, 2 },
		{ "ExampleBackupAgent", "Example Backup Agent", "bkagent.exe", true,
		  false, true, 2 },
		{ "ExampleFaxGateway", "Example Fax Gateway", "faxgate.exe", true, false,
		  true, 2 },
		{ "ExampleAntivirus", "Example Antivirus for Exchange", "avmail.exe",
		  true, false, true, 2 },
		{ "ExampleReporter", "Example Mail Reporter", "reporter.exe", true, false,
		  false, 3 },
		{ "Netman", "Network Connections", "svchost.exe", true, true, true, 3 },
		{ "W3SVC", "World Wide Web Publishing Service", "inetinfo.exe", true,
		  true, true, 2 },
		{ "Disk", "Disk Driver", "disk.sys", false, false, false, 0 },
		{ "Beep", "Beep", "", false, false, false, 1 },
	};
	struct machine_system *system = machines_system(incident_server_system());

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		const struct machine_service *s =
			machines_service(system, expected[i].name);
		assert_non_null(s);
		assert_text(s->name, expected[i].name);
		assert_text(s->display_name, expected[i].display);
		assert_text(s->image, expected[i].image);
		assert_int_equal(s->is_process, expected[i].process);
		assert_int_equal(s->shared, expected[i].shared);
		assert_int_equal(s->local_system, expected[i].local);
		assert_true(s->has_start);
		assert_int_equal(s->start, expected[i].start);
	}
	/* Of the other control set, and no service at all. */
	assert_null(machines_service(system, "ExampleOldAgent"));
	assert_null(machines_service(system, "MSExchangeIS Private"));
	machinesystem_free(system);
}

static void test_values_of_a_service(void **state)
{
	struct machine_system *system = machines_system(incident_server_system());

	(void)state;
	assert_text(machines_service(system, "ExampleReporter")->account,
		    "EXAMPLE\\reporter");
	assert_text(machines_service(system, "MSExchangeSA")->image_path,
		    "D:\\Exchsrvr\\bin\\mad.exe");
	const struct value *depends = machines_service(system, "MSExchangeIS")->depends;
	assert_non_null(depends);
	assert_true(span_equal(value_data(depends),
			       UTF16("I\0I\0S\0A\0D\0M\0I\0N\0\0\0"
				     "M\0S\0E\0x\0c\0h\0a\0n\0g\0e\0S\0A\0\0\0\0\0")
				       .bytes));
	assert_null(machines_service(system, "ExampleBackupAgent")->depends);
	const struct machine_service *store = machines_service(system, "MSExchangeIS");
	assert_true(machinesystem_service_needs(store, text_of("msexchangesa")));
	assert_false(machinesystem_service_needs(store, text_of("MSExchangeS")));
	assert_false(machinesystem_service_needs(store, text_of("")));
	assert_false(machinesystem_service_needs(
		machines_service(system, "ExampleBackupAgent"), text_of("MSExchangeSA")));
	machinesystem_free(system);
}

static void test_services_stand_in_order_and_are_found_without_case(void **state)
{
	struct machine_system *system = machines_system(incident_server_system());

	(void)state;
	for (size_t i = 1; i < system->n_services; i++)
		assert_true(text_compare(system->services[i - 1].name,
					 system->services[i].name) < 0);
	assert_ptr_equal(machines_service(system, "msexchangesa"),
			 machines_service(system, "MSExchangeSA"));
	assert_null(machines_service(system, "MSExchangeS"));
	assert_null(machines_service(system, "MSExchangeSAx"));
	assert_null(machines_service(system, ""));
	machinesystem_free(system);
}

static void test_services_of_a_program(void **state)
{
	static const char *const hosted[] = { "IISADMIN", "SMTPSVC", "W3SVC" };
	struct machine_system *system = machines_system(incident_server_system());
	const struct machine_service *s = NULL;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hosted); i++) {
		s = machinesystem_service_of_image(system, text_of("INETINFO.EXE"), false,
						   s);
		assert_non_null(s);
		assert_text(s->name, hosted[i]);
	}
	assert_null(machinesystem_service_of_image(system, text_of("INETINFO.EXE"), false,
						   s));
	assert_null(
		machinesystem_service_of_image(system, text_of("inetinfo"), false, NULL));
	s = machinesystem_service_of_image(system, text_of("bkag"), true, NULL);
	assert_ptr_equal(s, machines_service(system, "ExampleBackupAgent"));
	assert_null(machinesystem_service_of_image(system, text_of("bkag"), true, s));
	assert_null(machinesystem_service_of_image(system, text_of("bkagent.exe2"), true,
						   NULL));
	assert_null(machinesystem_service_of_image(system, text_of(""), true, NULL));
	machinesystem_free(system);
}

static void test_services_as_people_see_them(void **state)
{
	struct machine_system *system = machines_system(incident_server_system());

	(void)state;
	assert_ptr_equal(
		machinesystem_service_shown(system, text_of("MICROSOFT Exchange Event")),
		machines_service(system, "MSExchangeES"));
	assert_null(machinesystem_service_shown(system, text_of("Microsoft Exchange")));
	assert_null(machinesystem_service_shown(system, text_of("")));
	machinesystem_free(system);
}

/* ---- the control set ---- */

/* Services of their own in the sets 2 and 5. */
static struct builder *two_sets(void)
{
	const struct server_service two = { .name = "Two", .type = SERVER_OWN };
	const struct server_service five = { .name = "Five", .type = SERVER_OWN };
	struct builder *b = server_system(HIVES_TIME);

	server_add_service(b, 2, &two, HIVES_TIME);
	server_add_service(b, 5, &five, HIVES_TIME);
	return b;
}

static void check_set(struct builder *b, uint32_t number, const char *service,
		      const char *words)
{
	struct machine_system *system = machines_system(b);

	assert_int_equal(system->control_set, number);
	assert_int_equal(system->n_services, 1);
	assert_text(system->services[0].name, service);
	if (words)
		machines_say(system->snapshot, DIAG_MACHINE_KEY, words);
	else
		machines_say_nothing(system->snapshot);
	machinesystem_free(system);
}

static void test_control_set(void **state)
{
	struct builder *b = two_sets();

	(void)state;
	check_set(b, 2, "Two",
		  "Select\\Current is missing or no number; control set 2 "
		  "is taken, the lowest there is");
	b = two_sets();
	server_select(b, 5, 2, 2, HIVES_TIME);
	check_set(b, 5, "Five", NULL);
	b = two_sets();
	server_select(b, 3, 2, 5, HIVES_TIME);
	check_set(b, 5, "Five",
		  "names control set 3, which is not there; control set 5 "
		  "is taken, that of LastKnownGood");
	b = two_sets();
	server_select(b, 3, 5, 4, HIVES_TIME);
	check_set(b, 5, "Five", "that of Default");
	b = two_sets();
	server_select(b, 0, UINT32_MAX, 1000, HIVES_TIME);
	check_set(b, 2, "Two",
		  "names control set 0, which is not there; control set 2 "
		  "is taken, the lowest");
	b = two_sets();
	server_select(b, 2, 5, 5, HIVES_TIME);
	builder_value_string(b, builder_path(b, "Select", HIVES_TIME), "Current", "2");
	check_set(b, 5, "Five", "is missing or no number");
}

static void test_no_control_set_or_no_services(void **state)
{
	struct builder *b = server_system(HIVES_TIME);
	struct machine_system *system;

	(void)state;
	server_select(b, 1, 1, 1, HIVES_TIME);
	system = machines_system(b);
	assert_int_equal(system->control_set, 0);
	assert_null(system->control);
	assert_int_equal(system->n_services, 0);
	machines_say(system->snapshot, DIAG_MACHINE_KEY, "no control set is there");
	machinesystem_free(system);

	b = server_system(HIVES_TIME);
	server_select(b, 1, 1, 1, HIVES_TIME);
	server_name(b, 1, "EXCH01", HIVES_TIME);
	system = machines_system(b);
	assert_text(system->computer_name, "EXCH01");
	assert_false(system->has_bias);
	assert_false(system->has_terminal_mode);
	assert_null(system->terminal_value);
	assert_null(machines_service(system, "Some"));
	machines_say(system->snapshot, DIAG_MACHINE_KEY, "has no key Services");
	machinesystem_free(system);
}

/* ---- the machine ---- */

static void check_bias(struct builder *b, bool has, int bias, const char *zone)
{
	struct machine_system *system = machines_system(b);

	assert_int_equal(system->has_bias, has);
	assert_int_equal(system->bias_minutes, bias);
	assert_text(system->time_zone, zone);
	if (has)
		machines_say_nothing(system->snapshot);
	else
		machines_say(system->snapshot, DIAG_MACHINE_KEY, "a bias of ");
	machinesystem_free(system);
}

static void test_time_zone(void **state)
{
	static const char zone[] = "ControlSet001\\Control\\TimeZoneInformation";
	struct builder *b = machines_with_service("a.exe", NULL, SERVER_OWN);

	(void)state;
	server_time_zone(b, 1, "Pacific Standard Time", 480, 420, HIVES_TIME);
	check_bias(b, true, 420, "Pacific Standard Time");
	b = machines_with_service("a.exe", NULL, SERVER_OWN);
	server_time_zone(b, 1, "@tzres.dll,-322", -60, -120, HIVES_TIME);
	check_bias(b, true, -120, "@tzres.dll,-322");
	b = machines_with_service("a.exe", NULL, SERVER_OWN);
	server_time_zone(b, 1, "@tzres.dll,-322", -60, -120, HIVES_TIME);
	builder_key key = builder_path(b, zone, HIVES_TIME);
	builder_value_string(b, key, "TimeZoneKeyName", "W. Europe Standard Time");
	builder_value_delete(b, key, "ActiveTimeBias");
	check_bias(b, true, -60, "W. Europe Standard Time");
	b = machines_with_service("a.exe", NULL, SERVER_OWN);
	server_time_zone(b, 1, "Far", 0, 1440, HIVES_TIME);
	check_bias(b, true, 1440, "Far");
	b = machines_with_service("a.exe", NULL, SERVER_OWN);
	server_time_zone(b, 1, "Too far", 0, 1441, HIVES_TIME);
	check_bias(b, false, 0, "Too far");
	b = machines_with_service("a.exe", NULL, SERVER_OWN);
	server_time_zone(b, 1, "Too far", 0, INT32_MIN, HIVES_TIME);
	check_bias(b, false, 0, "Too far");
}

static void test_name_of_the_running_machine(void **state)
{
	struct builder *b = machines_with_service("a.exe", NULL, SERVER_OWN);
	builder_key key = builder_path(
		b, "ControlSet001\\Control\\ComputerName\\ActiveComputerName",
		HIVES_TIME);

	(void)state;
	builder_value_string(b, key, "ComputerName", "ACTIVE");
	struct machine_system *system = machines_system(b);
	assert_text(system->computer_name, "ACTIVE");
	machinesystem_free(system);
}

static void test_terminal_mode(void **state)
{
	(void)state;
	for (uint32_t mode = 0; mode < 3; mode++) {
		struct builder *b = machines_with_service("a.exe", NULL, SERVER_OWN);
		server_terminal_mode(b, 1, mode, HIVES_TIME);
		struct machine_system *system = machines_system(b);
		assert_true(system->has_terminal_mode);
		assert_int_equal(system->terminal_applications, mode == 1);
		assert_non_null(system->terminal_value);
		machinesystem_free(system);
	}
}

/* ---- logs ---- */

/* A dirty hive: what its log tells is what counts. */
static void test_log_is_applied(void **state)
{
	struct builder *b = incident_server_system();
	struct builder_log_state before = builder_log_state_take(b);
	const struct server_service late = { .name = "Late",
					     .image = "late.exe",
					     .type = SERVER_OWN };

	(void)state;
	server_add_service(b, 1, &late, HIVES_TIME);
	builder_stamp(b, HIVES_TIME, 0x1F3B);
	struct builder_log_state after = builder_log_state_take(b);
	struct builder_log log = builder_log_old(
		&before, &after,
		&(struct builder_log_options){ .page = 512, .file_type = 2 });
	struct builder_log_state dirty =
		builder_log_dirty(&before, &after, 0x1F3B, 0x1F3A);
	char *hive = hives_temporary(dirty.bytes, dirty.len);
	char *beside = hives_temporary(log.bytes, log.len);
	struct snapshot_source source = { .path = hive, .logs = { beside }, .n_logs = 1 };
	struct machine_system *system = NULL;
	struct failure failure;

	assert_int_equal(machinesystem_read(&source, &system, &failure), STATUS_OK);
	assert_true(snapshot_is_replayed(system->snapshot));
	assert_non_null(machines_service(system, "Late"));
	assert_int_equal(system->n_services, 20);
	assert_int_equal(system->snapshot->states.n, 0);
	machinesystem_free(system);
	system = machines_system_at(hive);
	assert_null(machines_service(system, "Late"));
	machinesystem_free(system);
	(void)remove(hive);
	(void)remove(beside);
	free(hive);
	free(beside);
	builder_log_state_free(&before);
	builder_log_state_free(&after);
	builder_log_state_free(&dirty);
	builder_log_free(&log);
	builder_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server_of_the_incident),
		cmocka_unit_test(test_services_of_the_incident),
		cmocka_unit_test(test_values_of_a_service),
		cmocka_unit_test(test_services_stand_in_order_and_are_found_without_case),
		cmocka_unit_test(test_services_of_a_program),
		cmocka_unit_test(test_services_as_people_see_them),
		cmocka_unit_test(test_control_set),
		cmocka_unit_test(test_no_control_set_or_no_services),
		cmocka_unit_test(test_time_zone),
		cmocka_unit_test(test_name_of_the_running_machine),
		cmocka_unit_test(test_terminal_mode),
		cmocka_unit_test(test_log_is_applied),
	};

	return UNIT_RUN(tests);
}
