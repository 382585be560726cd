/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases of lost profiles, one for each cause but that of the incident (incident.h), and
 * for each a look-alike: nearly the same, but for the one fact that tells them apart. All
 * happen on 18 March 2003 at 09:14:07 UTC, but for those of later Windows.
 */
#ifndef CAUSES_H
#define CAUSES_H

#include "builder.h"
#include "mapi.h"

#include <stdbool.h>

#define CAUSES_PROFILES MAPI_WMS "\\Profiles"
#define CAUSES_DELETED MAPI_WMS "\\Deleted Profiles"
#define CAUSES_DOMAIN_SID "S-1-5-21-1708537768-1343024091-725345543"

/*
 * Writes a case to a folder that is there: "before" and "after", and what it needs of
 * "SYSTEM", "SOFTWARE", "tlist-s.txt", "Application.evt" and "Application.evtx". Return: false if that failed;
 * it is told then.
 */
typedef bool causes_case(const char *folder, bool look_alike);

/* --- the cases: the comment above each tells its facts --- */

causes_case causes_kb_818861;
causes_case causes_kb_303221;
causes_case causes_session_end;
causes_case causes_user_deletion;
causes_case causes_remove_all;
causes_case causes_office_upgrade;
causes_case causes_first_run;
causes_case causes_rolled_back;
causes_case causes_wrong_pair;
/* Of Windows 10 and Office 2016 (causes_today.c). */
causes_case causes_new_hive;
causes_case causes_rebuilt;
causes_case causes_hive_reset;
causes_case causes_script_removal;
causes_case causes_list_imported;
causes_case causes_office_removed;
causes_case causes_upgrade_2016;
causes_case causes_panel_today;
/* What nobody can know; the look-alike of each is what can be. */
causes_case causes_saved_anew;
causes_case causes_later_start;
causes_case causes_no_default;

/* --- parts (causes_parts.c) --- */

/* The moments that the cases share: before, of the loss, after. */
uint64_t causes_saved_before(void);
uint64_t causes_moment(void);
uint64_t causes_saved_after(void);

/* A user's hive: C:\Documents and Settings\USER\ntuser.dat, of the SID. */
struct builder *causes_user_hive(const char *user, const char *sid);
/* LocalSystem's. */
struct builder *causes_system_hive(void);

/* A profile of a user with a personal folders file; seeds tell profiles apart. */
builder_key causes_add_user(struct builder *b, const char *list, const char *name,
			    uint64_t filetime, uint64_t seed);
/* A service's profile with a generated name: made by a process on the 10th. */
builder_key causes_add_service(struct builder *b, const char *list, const char *prefix,
			       uint32_t pid, uint64_t seed);
void causes_set_default(struct builder *b, const char *name);
/* Deletes a profile by its list and the beginning of its name, as MAPI does. */
void causes_delete(struct builder *b, builder_key profile);

/* Writes a file of the folder; hives are freed. */
bool causes_write(struct builder *b, const char *folder, const char *name);
bool causes_keep(struct builder *b, const char *folder, const char *name);
bool causes_write_text(const char *folder, const char *name, const char *text);

/* SOFTWARE with Exchange of that version (60: 6.0) and build; 0: without Exchange. */
struct builder *causes_software(uint32_t version, uint32_t build, uint32_t service_pack);
/* SYSTEM of a terminal server in application mode, or for administration. */
struct builder *causes_system(bool applications);

#endif
