/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sections of a profile, its direct subkeys, and their properties by id.
 * Which sections every profile has: src/mapi/sections.tsv.
 */
#ifndef MAPI_SECTION_H
#define MAPI_SECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/text.h"
#include "mapi/property.h"
#include "mapi/proptag.h"
#include "regf/key.h"

/* Section names with a fixed meaning (src/mapi/sections.tsv). */
#define SECTION_ROOT "9207f3e0a3b11019908b08002b2a56c2"
#define SECTION_INSTANCE "8503020000000000c000000000000046"
#define SECTION_GLOBAL "13dbb0c8aa05101a9bb000aa002fc45a"
#define SECTION_ACCOUNTS "9375cff0413111d3b88a00104b2a6676"
#define SECTION_SEND_RECEIVE "3517490d76624c419a828607e2a54604"
#define SECTION_CLIENT "0a0d020000000000c000000000000046"
#define SECTION_RULES "f86ed2903a4a11cfb57e524153480001"
#define SECTION_ADDRESS_BOOK "dca740c8c042101ab4b908002b2fe182"

/*
 * True if the name of a direct subkey is a section uid made at random for
 * this profile: 32 hex digits and none of the sections of sections.tsv.
 */
bool section_is_own(const struct key *section);

/*
 * The same, and the bytes that the digits spell: two such names are equal, and in order,
 * as those bytes are.
 */
bool section_uid(const struct key *section, uint8_t uid[PROPERTY_UID_SIZE]);

/* True for the name of a section that every profile names alike (sections.tsv). */
bool section_is_fixed(struct text name);

/* A few words for a section that every profile names alike; NULL for others.  Static. */
const char *section_word(struct text section_name);

/* To whom the 66xx tags of a section belong that every profile names alike. */
enum proptag_owner section_owner(struct text section_name);

/* The value that a section names by this type and id; NULL if absent. */
const struct value *section_typed_value(const struct key *section, uint16_t type,
					uint16_t id);

/*
 * The value of a section by property id: PT_UNICODE before PT_STRING8 before
 * any other of the types in enum proptag_type.  NULL if absent.
 */
const struct value *section_property(const struct key *section, uint16_t id);
/* Its string / number / bytes; false if absent or of another shape, or a secret string. */
bool section_string(const struct key *section, uint16_t id, struct text *out);
bool section_number(const struct key *section, uint16_t id, uint32_t *out);
bool section_bytes(const struct key *section, uint16_t id, struct span *out);

/* The string of a value by its name; empty if there is none, or if it is secret. */
struct text section_text(const struct key *section, const char *name);

#endif
