/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The account manager gives each account the next number and never gives one
 * twice: NextAccountID grows, and what is below it without an account was given
 * once.  Each account has a section of settings whose display name is
 * "AcctSettings" and the number in four digits; it stays behind when the
 * account goes.  Read from real hives, where all names fit their accounts.  In
 * which base the digits count was never seen: from 10 on a name tells a number
 * only if an account that is still there shows which.
 */
#include "mapi/content/accountnumbers.h"

#include "mapi/content/account.h"
#include "mapi/hexname.h"
#include "mapi/section.h"

#include <stdlib.h>

#define SETTINGS_NAME "AcctSettings"

/* In which base the names of settings spell their numbers. */
enum base { BASE_UNKNOWN, BASE_10, BASE_16, BASE_NONE };

struct numbers {
	struct contentstate *c;
	const struct key *manager;
	enum base base;
	/* Of each number below the limit. */
	bool is_there[ACCOUNTNUMBERS_MAX]; /* an account has it, or a list names it */
	bool is_told[ACCOUNTNUMBERS_MAX];  /* gone, and its settings are known */
};

static bool manager_number(const struct key *manager, const char *name, uint32_t *out)
{
	const struct value *value = key_value(manager, text_of(name));

	return value && property_number(value, out);
}

static void read_values(const struct key *manager, struct profile_account_numbers *out)
{
	const struct value *change = key_value(manager, text_of("LastChangeVer"));
	struct span bytes;

	out->present = true;
	out->has_next = manager_number(manager, "NextAccountID", &out->next);
	out->has_version = manager_number(manager, "Version", &out->version);
	out->has_change = change && property_bytes(change, &bytes) && bytes.len == 8 &&
			  span_le64(bytes, 0, &out->change);
}

/* The digits of the name of an account's settings: decimal and hexadecimal. */
static bool settings_digits(const struct key *section, uint32_t *decimal, uint32_t *hex)
{
	struct text name = contentstate_string(section, 0x3001);
	size_t head = sizeof(SETTINGS_NAME) - 1, n = text_length(name);

	if (n != head + 4 || !text_starts_with(name, SETTINGS_NAME) ||
	    !hexname_number(name, head, 4, hex))
		return false;
	*decimal = 0;
	for (size_t i = head; i < n; i++) {
		uint16_t unit = text_unit(name, i);
		if (unit < '0' || unit > '9') {
			*decimal = UINT32_MAX; /* letters spell no decimal number */
			return true;
		}
		*decimal = 10 * *decimal + (unit - '0');
	}
	return true;
}

/* What the settings of accounts that are there tell of the base; they must all fit. */
static void learn_base(struct numbers *numbers)
{
	const struct content *out = numbers->c->out;
	uint32_t number, decimal, hex;

	for (size_t i = 0; i < out->accounts.n; i++) {
		const struct key *account = out->accounts.items[i].key;
		const struct value *value =
			key_value(account, text_of("Preferences UID"));
		char uid[PROPERTY_UID_NAME_SIZE];
		struct span bytes;
		if (!value || !property_bytes(value, &bytes) ||
		    property_uid_count(bytes, NULL) == 0 ||
		    !hexname_number(key_name(account), 0, ACCOUNT_ID_DIGITS, &number))
			continue;
		property_uid_name(bytes, 0, uid);
		const struct key *section = key_child(numbers->c->profile, text_of(uid));
		if (!section || !settings_digits(section, &decimal, &hex))
			continue;
		if (number != decimal && number != hex)
			numbers->base = BASE_NONE;
		else if (decimal != hex && numbers->base == BASE_UNKNOWN)
			numbers->base = number == decimal ? BASE_10 : BASE_16;
		else if (decimal != hex &&
			 numbers->base != (number == decimal ? BASE_10 : BASE_16))
			numbers->base = BASE_NONE;
	}
}

/* The number that a name of settings spells, if it is sure. */
static bool settings_number(const struct numbers *numbers, uint32_t decimal, uint32_t hex,
			    uint32_t *out)
{
	if (numbers->base == BASE_NONE)
		return false;
	if (decimal == hex || numbers->base == BASE_10)
		*out = decimal;
	else if (numbers->base == BASE_16 || decimal == UINT32_MAX)
		*out = hex;
	else
		return false;
	return true;
}

static void note(struct numbers *numbers, uint32_t number)
{
	if (number < ACCOUNTNUMBERS_MAX)
		numbers->is_there[number] = true;
}

static void note_accounts(struct numbers *numbers)
{
	uint32_t number = 0;

	for (uint32_t i = 0; i < numbers->manager->n_children; i++) {
		struct text name = key_name(&numbers->manager->children[i]);
		if (hexname_is(name, ACCOUNT_ID_DIGITS) &&
		    hexname_number(name, 0, ACCOUNT_ID_DIGITS, &number))
			note(numbers, number);
	}
	/* What a list names without an account is damage, and told as that. */
	for (size_t i = 0; i < ACCOUNT_LISTS; i++) {
		struct span list = account_list(numbers->manager, i);
		for (size_t off = 0; span_le32(list, off, &number); off += 4)
			note(numbers, number);
	}
}

static bool was_given(const struct numbers *numbers, uint32_t number)
{
	return number > 0 && number < numbers->c->out->account_numbers.next;
}

/* An account of that number has other settings: whose further ones are is not known. */
static bool is_gone(const struct numbers *numbers, uint32_t number)
{
	return was_given(numbers, number) && !numbers->is_there[number] &&
	       !numbers->is_told[number];
}

/* Of a name that is read in either base: they may be those of an account that is there. */
static bool may_be_gone(const struct numbers *numbers, uint32_t decimal, uint32_t hex)
{
	const uint32_t both[] = { decimal, hex };
	bool was_any_given = false;

	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		if (!was_given(numbers, both[i]))
			continue;
		if (numbers->is_there[both[i]])
			return false;
		was_any_given = true;
	}
	return was_any_given;
}

static enum status add_settings(struct numbers *numbers, const struct key *section)
{
	struct profile_gone_account gone = { .settings = section };
	uint32_t decimal, hex;

	if (!section_is_own(section) || !settings_digits(section, &decimal, &hex))
		return STATUS_OK;
	gone.has_number = settings_number(numbers, decimal, hex, &gone.number);
	if (gone.has_number ? !is_gone(numbers, gone.number)
			    : !may_be_gone(numbers, decimal, hex))
		return STATUS_OK;
	if (gone.has_number)
		numbers->is_told[gone.number] = true;
	contentstate_section(numbers->c, section)->is_of_gone_account = true;
	return CONTENTSTATE_ADD(numbers->c, gone_accounts, gone);
}

static enum status add_gone(struct numbers *numbers)
{
	struct contentstate *c = numbers->c;
	struct profile_account_numbers *known = &c->out->account_numbers;

	for (uint32_t i = 0; i < c->profile->n_children; i++)
		if (!c->sections[i].is_named)
			RETURN_IF_FAILED(add_settings(numbers, &c->profile->children[i]));
	for (uint32_t number = 1; number < known->next; number++) {
		if (numbers->is_there[number])
			continue;
		known->gone++;
		if (numbers->is_told[number])
			continue;
		struct profile_gone_account gone = { .has_number = true,
						     .number = number };
		RETURN_IF_FAILED(CONTENTSTATE_ADD(c, gone_accounts, gone));
	}
	return STATUS_OK;
}

/* Those without a number come last, in the order of their sections. */
static int by_number(const void *left, const void *right)
{
	const struct profile_gone_account *a = left, *b = right;

	if (a->has_number != b->has_number)
		return a->has_number ? -1 : 1;
	if (a->has_number)
		return (a->number > b->number) - (a->number < b->number);
	return (a->settings > b->settings) - (a->settings < b->settings);
}

enum status accountnumbers_read(struct contentstate *c)
{
	struct content *out = c->out;
	struct profile_account_numbers *known = &out->account_numbers;
	const struct key *manager = key_child(c->profile, text_of(SECTION_ACCOUNTS));
	enum status status;

	if (!manager)
		return STATUS_OK;
	read_values(manager, known);
	known->is_told = known->has_next && known->next > 0 &&
			 known->next <= ACCOUNTNUMBERS_MAX && contentstate_is_whole(c);
	if (!known->is_told)
		return STATUS_OK;
	struct numbers *numbers = calloc(1, sizeof(*numbers));
	if (!numbers)
		return STATUS_NOMEM;
	numbers->c = c;
	numbers->manager = manager;
	note_accounts(numbers);
	learn_base(numbers);
	status = add_gone(numbers);
	free(numbers);
	if (out->gone_accounts.n > 0)
		qsort(out->gone_accounts.items, out->gone_accounts.n,
		      sizeof(*out->gone_accounts.items), by_number);
	return status;
}
