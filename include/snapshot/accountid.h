/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Security ids of accounts that own hives, as text.  Well-known ones: Microsoft's
 * documentation, "Security identifiers".
 */
#ifndef SNAPSHOT_ACCOUNTID_H
#define SNAPSHOT_ACCOUNTID_H

#include <stdbool.h>
#include <string.h>

#define ACCOUNTID_LOCAL_SYSTEM "S-1-5-18"
#define ACCOUNTID_LOCAL_SERVICE "S-1-5-19"
#define ACCOUNTID_NETWORK_SERVICE "S-1-5-20"
/* What the id of each account of a machine or domain begins with. */
#define ACCOUNTID_USERS "S-1-5-21-"

/* True for an account of a machine or domain: services have ids of their own. */
static inline bool accountid_is_user(const char *sid)
{
	return strncmp(sid, ACCOUNTID_USERS, sizeof(ACCOUNTID_USERS) - 1) == 0;
}

/* True for LocalService and NetworkService. */
static inline bool accountid_is_service(const char *sid)
{
	return strcmp(sid, ACCOUNTID_LOCAL_SERVICE) == 0 ||
	       strcmp(sid, ACCOUNTID_NETWORK_SERVICE) == 0;
}

static inline bool accountid_is_local_system(const char *sid)
{
	return strcmp(sid, ACCOUNTID_LOCAL_SYSTEM) == 0;
}

#endif
