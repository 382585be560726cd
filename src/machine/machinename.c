/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/machinename.h"

#include <string.h>
#include <strings.h>

/* MAX_COMPUTERNAME_LENGTH of the Windows SDK. */
#define NETBIOS_LENGTH 15

/* Bytes of it without the domain; an address has none, and its first number is no name. */
static size_t host_length(const char *name)
{
	return name[strspn(name, "0123456789.")] ? strcspn(name, ".") : strlen(name);
}

bool machinename_same(const char *a, const char *b)
{
	size_t n = host_length(a), other = host_length(b);

	if (n == NETBIOS_LENGTH && other > n)
		other = n;
	else if (other == NETBIOS_LENGTH && n > other)
		n = other;
	return n > 0 && n == other && strncasecmp(a, b, n) == 0;
}
