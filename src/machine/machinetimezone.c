/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values are those of TIME_ZONE_INFORMATION in Microsoft's documentation: UTC is local
 * time plus Bias and StandardBias or DaylightBias, in minutes; StandardStart and
 * DaylightStart are the days of change, in local time before it; month 0 means none.  In
 * this key, other than in SYSTEMTIME, the weekday stands last: so they are in published
 * hives of Windows 2000 to 10 ("00 00 03 00 02 00 02 00 ... 00 00": second Sunday of
 * March, two o'clock), as in the kernel's TIME_FIELDS.
 *
 * It is the rule of the year in which the hive was saved.  Rules of other years stand in
 * the SOFTWARE hive, in part; they are not read.
 */
#include "machine/machinetimezone.h"

#include "machine/machinehive.h"

/* A day of change: numbers of 16 bits. */
enum day_number {
	DAY_YEAR,
	DAY_MONTH,
	DAY_WEEK,
	DAY_HOUR,
	DAY_MINUTE,
	DAY_SECOND,
	DAY_THOUSANDTH,
	DAY_WEEKDAY,
	DAY_NUMBERS
};

static bool read_day(const struct key *information, const char *name,
		     struct timezone_day *out, bool *yearly)
{
	const struct value *value = key_value(information, text_of(name));
	struct span data = value ? value_data(value) : (struct span){ 0 };
	uint8_t bytes[2 * DAY_NUMBERS];
	unsigned numbers[DAY_NUMBERS];

	if (data.len != sizeof(bytes) || !span_copy(data, 0, bytes, sizeof(bytes)))
		return false;
	for (size_t i = 0; i < DAY_NUMBERS; i++)
		numbers[i] = le16(&bytes[2 * i]);
	out->month = numbers[DAY_MONTH];
	out->week = numbers[DAY_WEEK];
	out->weekday = numbers[DAY_WEEKDAY];
	/* The last thousandth of a day stands for its end. */
	out->second = (numbers[DAY_HOUR] * 60 + numbers[DAY_MINUTE]) * 60 +
		      numbers[DAY_SECOND] + (numbers[DAY_THOUSANDTH] > 500);
	*yearly = numbers[DAY_YEAR] == 0 && numbers[DAY_HOUR] < 24 &&
		  numbers[DAY_MINUTE] < 60 && numbers[DAY_SECOND] < 60;
	return true;
}

static bool is_without_summer(const struct key *information)
{
	uint32_t set = 0;

	return (machinehive_number(information, "DynamicDaylightTimeDisabled", &set) &&
		set) ||
	       (machinehive_number(information, "DisableAutoDaylightTimeSet", &set) &&
		set);
}

/* Minutes that local time is behind UTC, as seconds that it is before it. */
static int32_t offset_of(uint32_t bias, uint32_t more)
{
	int64_t minutes = -((int64_t)(int32_t)bias + (int32_t)more);

	/* What no zone has is refused by the zone. */
	if (minutes < -10000 || minutes > 10000)
		minutes = 10000;
	return (int32_t)minutes * 60;
}

enum status machinetimezone_read(const struct key *information, struct diag_list *diags,
				 struct timezone *out)
{
	struct timezone_rule rule = { 0 };
	uint32_t bias = 0, standard = 0, daylight = 0;
	bool yearly[2] = { false, false };

	*out = (struct timezone){ 0 };
	if (!machinehive_number(information, "Bias", &bias) ||
	    !machinehive_number(information, "StandardBias", &standard) ||
	    !machinehive_number(information, "DaylightBias", &daylight) ||
	    !read_day(information, "StandardStart", &rule.standard, &yearly[0]) ||
	    !read_day(information, "DaylightStart", &rule.daylight, &yearly[1]))
		return STATUS_OK;
	rule.standard_s = offset_of(bias, standard);
	rule.daylight_s = offset_of(bias, daylight);
	if (is_without_summer(information))
		rule.daylight.month = 0;
	bool summer = rule.standard.month && rule.daylight.month;
	enum status status = summer && !(yearly[0] && yearly[1])
				     ? STATUS_MALFORMED
				     : timezone_ruled(&rule, out);
	if (status != STATUS_MALFORMED)
		return status;
	diag_at(diags, DIAG_MACHINE_KEY, information->record_off,
		"the values tell no rule of a time zone that holds for every year; local "
		"time is not told by them");
	return STATUS_OK;
}
