/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bytes of a day of change are those of published hives; local times are those of the
 * zones by the tz database.
 */
#include "help/machines.h"

#include "base/filetime.h"

#include <string.h>

#define ZONE "ControlSet001\\Control\\TimeZoneInformation"

struct zone_values {
	int32_t bias, standard_bias, daylight_bias;
	const char *standard, *daylight; /* 16 bytes in hex */
	const char *more;		 /* a number of 1 beside them, or NULL */
};

static const struct zone_values pacific = {
	480,
	0,
	-60,
	"00000b00010002000000000000000000",
	"00000300020002000000000000000000",
	NULL,
};
static const struct zone_values central_europe = {
	-60,
	0,
	-60,
	"00000a00050003000000000000000000",
	"00000300050002000000000000000000",
	NULL,
};
static const struct zone_values india = {
	-330,
	0,
	-60,
	"00000000000000000000000000000000",
	"00000000000000000000000000000000",
	NULL,
};
/* Summer over the new year. */
static const struct zone_values eastern_australia = {
	-600,
	0,
	-60,
	"00000400010003000000000000000000",
	"00000a00010002000000000000000000",
	NULL,
};

static void set_bytes(struct builder *b, builder_key key, const char *name,
		      const char *hex)
{
	uint8_t bytes[64];
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		unsigned byte = 0;
		assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
		bytes[i] = (uint8_t)byte;
	}
	builder_value_set(b, key, name, BUILDER_BINARY, bytes, n);
}

static struct machine_system *system_of(const struct zone_values *values)
{
	struct builder *b = machines_with_service("a.exe", NULL, SERVER_OWN);
	builder_key key = builder_path(b, ZONE, HIVES_TIME);

	builder_value_dword(b, key, "Bias", (uint32_t)values->bias);
	builder_value_dword(b, key, "StandardBias", (uint32_t)values->standard_bias);
	builder_value_dword(b, key, "DaylightBias", (uint32_t)values->daylight_bias);
	if (values->standard)
		set_bytes(b, key, "StandardStart", values->standard);
	if (values->daylight)
		set_bytes(b, key, "DaylightStart", values->daylight);
	if (values->more)
		builder_value_dword(b, key, values->more, 1);
	builder_finish(b);
	return machines_system(b);
}

static void assert_local(const struct machine_system *system, const char *utc,
			 const char *local)
{
	char text[TIMEZONE_TEXT_SIZE], time[FILETIME_TEXT_SIZE];
	uint64_t ft = 0;

	(void)snprintf(time, sizeof(time), "%s.0000000Z", utc);
	assert_true(filetime_parse(time, &ft));
	assert_true(timezone_format(&system->zone, ft, text));
	assert_string_equal(text, local);
}

static void test_zones(void **state)
{
	struct machine_system *system = system_of(&pacific);

	(void)state;
	assert_local(system, "2020-03-08T09:59:59", "2020-03-08 01:59:59 -08:00");
	assert_local(system, "2020-03-08T10:00:00", "2020-03-08 03:00:00 -07:00");
	assert_local(system, "2020-11-01T08:59:59", "2020-11-01 01:59:59 -07:00");
	assert_local(system, "2020-11-01T09:00:00", "2020-11-01 01:00:00 -08:00");
	machinesystem_free(system);
	system = system_of(&central_europe);
	assert_local(system, "2003-03-30T00:59:59", "2003-03-30 01:59:59 +01:00");
	assert_local(system, "2003-03-30T01:00:00", "2003-03-30 03:00:00 +02:00");
	assert_local(system, "2003-10-26T01:00:00", "2003-10-26 02:00:00 +01:00");
	machinesystem_free(system);
	system = system_of(&india);
	assert_local(system, "2003-07-01T00:00:00", "2003-07-01 05:30:00 +05:30");
	machinesystem_free(system);
	system = system_of(&eastern_australia);
	assert_local(system, "2024-01-01T00:00:00", "2024-01-01 11:00:00 +11:00");
	assert_local(system, "2024-04-06T16:00:00", "2024-04-07 02:00:00 +10:00");
	machinesystem_free(system);
}

/* "Adjust clock automatically" was switched off: by its name of each Windows. */
static void test_no_summer(void **state)
{
	static const char *const names[] = { "DynamicDaylightTimeDisabled",
					     "DisableAutoDaylightTimeSet" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct zone_values values = pacific;
		values.more = names[i];
		struct machine_system *system = system_of(&values);
		assert_local(system, "2020-07-01T12:00:00", "2020-07-01 04:00:00 -08:00");
		machinesystem_free(system);
	}
}

/* What is told in part is not told. */
static void test_not_whole(void **state)
{
	struct zone_values values = pacific;

	(void)state;
	values.daylight = NULL;
	struct machine_system *system = system_of(&values);
	assert_int_equal(system->zone.n, 0);
	machines_say_nothing(system->snapshot);
	machinesystem_free(system);
	values = pacific;
	values.standard = "00000b000100020000000000000000";
	system = system_of(&values);
	assert_int_equal(system->zone.n, 0);
	machinesystem_free(system);
}

static void test_no_rule(void **state)
{
	static const char *const days[] = {
		"e4070b00010002000000000000000000", /* of one year */
		"00000d00010002000000000000000000", /* month 13 */
		"00000b00060002000000000000000000", /* week 6 */
		"00000b00010018000000000000000000", /* hour 24 */
		"00000b00010002003c00000000000000", /* minute 60 */
		"00000b00010002000000000000000700", /* weekday 7 */
		"ffffffffffffffffffffffffffffffff",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		struct zone_values values = pacific;
		values.standard = days[i];
		struct machine_system *system = system_of(&values);
		assert_int_equal(system->zone.n, 0);
		assert_int_equal(diag_count(system->snapshot->diags), 1);
		assert_int_equal(diag_item(system->snapshot->diags, 0)->code,
				 DIAG_MACHINE_KEY);
		machinesystem_free(system);
	}
	struct zone_values values = pacific;
	values.daylight_bias = INT32_MIN;
	struct machine_system *system = system_of(&values);
	assert_int_equal(system->zone.n, 0);
	machinesystem_free(system);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_no_summer),
		cmocka_unit_test(test_not_whole),
		cmocka_unit_test(test_no_rule),
	};

	return UNIT_RUN(tests);
}
