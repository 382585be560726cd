/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A profile as Outlook 2010 makes it, made by hand: an address book and a PST. */
#ifndef TESTS_HELP_OUTLOOK2010_H
#define TESTS_HELP_OUTLOOK2010_H

#include "help/keys.h"

#include "mapi/profile.h"
#include "mapi/section.h"

#define ROOT SECTION_ROOT
#define CONTAB "94c69157b76a9b4695a7d02aee567563"
#define CONTAB_AB "a4a706acf2199341bddd109f85b3e607"
#define PST "be0fb9fa761ad4409134f9df70fb8ed1"
#define PST_STORE "93f9ea29aea81047b2e824b6a8583e48"
#define NOWHERE "00112233445566778899aabbccddeeff" /* a provider that is not there */
#define PST_PATH "C:\\mail\\personal.pst"

static inline void outlook2010_add(struct keys *keys)
{
	keys_hex(keys, ROOT, "01023d0e", CONTAB PST);
	keys_hex(keys, ROOT, "01023d00", PST_STORE);
	keys_hex(keys, ROOT, "01023d01", CONTAB_AB);
	keys_wide(keys, CONTAB, "001f3d09", "CONTAB");
	keys_wide(keys, CONTAB, "001f3001", "Outlook Address Book");
	keys_wide(keys, CONTAB, "001f3d0a", "contab.dll");
	keys_hex(keys, CONTAB, "01023d01", CONTAB_AB);
	keys_long(keys, CONTAB_AB, "00033e03", 35);
	keys_hex(keys, CONTAB_AB, "01023d0c", CONTAB);
	keys_hex(keys, CONTAB_AB, "01026601", NOWHERE);
	keys_wide(keys, PST, "001f3d09", "MSUPST MS");
	keys_long(keys, PST, "00033009", 0x22);
	keys_hex(keys, PST, "01023d00", PST_STORE);
	keys_long(keys, PST_STORE, "00033e03", 33);
	keys_long(keys, PST_STORE, "00033009", 2);
	keys_wide(keys, PST_STORE, "001f3006", "Outlook Data File");
	keys_wide(keys, PST_STORE, "001f300a", "mspst.dll");
	keys_wide(keys, PST_STORE, "001f6700", PST_PATH);
	keys_hex(keys, PST_STORE, "01023d0c", PST);
	keys_wide(keys, SECTION_SEND_RECEIVE, "001f6000", "Outlook");
	keys_hex(keys, SECTION_INSTANCE, "0102300b", "4f62308b2d6f0140a6740c90fd1330d2");
	keys_add(keys, SECTION_GLOBAL);
}

#endif
