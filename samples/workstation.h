/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A workstation PC01 with Windows 10 and Office 2016 in March 2024, and its user mkeller, who
 * has used the hive since September 2023. It was saved on the 11th, and again on the evening
 * of the 12th.
 */
#ifndef WORKSTATION_H
#define WORKSTATION_H

#include "builder.h"

#include <stdbool.h>

#define WORKSTATION_SID "S-1-5-21-1085031214-1563985344-725345543-1127"
#define WORKSTATION_OFFICE "Software\\Microsoft\\Office\\16.0"
#define WORKSTATION_PROFILES WORKSTATION_OFFICE "\\Outlook\\Profiles"

/* When Windows was set up, and its template for new users with it. */
uint64_t workstation_set_up(void);
uint64_t workstation_first_day(void);
uint64_t workstation_saved_before(void);
/* The logon of the next morning. */
uint64_t workstation_logon(void);
uint64_t workstation_saved_after(void);

/* A hive of the user as Windows makes it of the template, in that folder below C:\Users. */
struct builder *workstation_hive(const char *folder);
/* Office's settings beside the lists. */
void workstation_office(struct builder *b, uint64_t filetime);

/* SOFTWARE. Return: the builder, given. */
struct builder *workstation_software(void);
/* A row of ProfileList, with its State, written at the logon. */
void workstation_owner(struct builder *b, const char *sid, const char *folder,
		       uint32_t state);

/*
 * Writes the Application log of the week, with 1515 and 1511 of the profile service at the
 * logon for that user; NULL: without them. Return: false if that failed; it is told then.
 */
bool workstation_events(const char *path, const char *sid);

#endif
