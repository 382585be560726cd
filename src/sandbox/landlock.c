/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sandbox/landlock.h"

#include "base/compiler.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Every architecture has the same numbers for system calls that are so young. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define ASK_VERSION 1u
#define RULE_PATH_BENEATH 1

/* Rights, by their bits; names and numbers are those of linux/landlock.h. */
enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIR = 1 << 3,
	REMOVE_DIR = 1 << 4,
	REMOVE_FILE = 1 << 5,
	MAKE_CHAR = 1 << 6,
	MAKE_DIR = 1 << 7,
	MAKE_REG = 1 << 8,
	MAKE_SOCK = 1 << 9,
	MAKE_FIFO = 1 << 10,
	MAKE_BLOCK = 1 << 11,
	MAKE_SYM = 1 << 12,
	REFER = 1 << 13,     /* from version 2 */
	TRUNCATE = 1 << 14,  /* from version 3 */
	IOCTL_DEV = 1 << 15, /* from version 5 */
};

#define BIND_TCP 1u
#define CONNECT_TCP 2u
#define SCOPE_ABSTRACT_UNIX_SOCKET 1u
#define SCOPE_SIGNAL 2u

#define FIRST_RIGHTS ((1u << 13) - 1)
#define OF_FILES (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)
#define READING (READ_FILE | READ_DIR)
/*
 * A file is made without a name, read back, linked, and exchanged with what stood there,
 * which can be a link.
 */
#define WRITING                                                                          \
	(WRITE_FILE | READ_FILE | READ_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG |         \
	 MAKE_SYM | REFER | TRUNCATE)

/* struct landlock_ruleset_attr: each version of the kernel knows so much of it. */
struct handled {
	uint64_t files, network, scopes;
};
#define SIZE_OF_FILES 8
#define SIZE_OF_NETWORK 16
#define VERSION_NETWORK 4
#define VERSION_SCOPES 6

/* struct landlock_path_beneath_attr, 12 bytes: what follows in memory is not read. */
struct beneath {
	uint64_t allowed;
	int32_t folder;
};

int landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);

	return version < 0 ? 0 : (int)version;
}

/* All rights on files that this version knows: what is not named is not bounded. */
static uint64_t rights_of(int version)
{
	uint64_t rights = FIRST_RIGHTS;

	if (version >= 2)
		rights |= REFER;
	if (version >= 3)
		rights |= TRUNCATE;
	if (version >= 5)
		rights |= IOCTL_DEV;
	return rights;
}

static int new_rules(int version)
{
	struct handled handled = { .files = rights_of(version) };
	size_t size = SIZE_OF_FILES;

	if (version >= VERSION_NETWORK) {
		handled.network = BIND_TCP | CONNECT_TCP;
		size = SIZE_OF_NETWORK;
	}
	if (version >= VERSION_SCOPES) {
		handled.scopes = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL;
		size = sizeof(handled);
	}
	return (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
}

/* What is no longer there, or is no file of a file system, needs no rule. */
static void allow(int rules, const char *path, uint64_t rights)
{
	struct beneath beneath = { .folder = open(path, O_PATH | O_CLOEXEC) };
	struct stat st;

	if (beneath.folder < 0)
		return;
	if (fstat(beneath.folder, &st) == 0) {
		beneath.allowed = S_ISDIR(st.st_mode) ? rights : rights & OF_FILES;
		(void)syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &beneath,
			      0);
	}
	close(beneath.folder);
}

int landlock_rules(const struct sandbox_paths *paths, bool read)
{
	int version = landlock_version();
	uint64_t known = rights_of(version);
	int rules = version > 0 ? new_rules(version) : -1;

	if (rules < 0)
		return -1;
	for (size_t i = 0; read && i < paths->n_read; i++)
		allow(rules, paths->read[i], READING & known);
	for (size_t i = 0; i < paths->n_write; i++)
		allow(rules, paths->write[i], WRITING & known);
	return rules;
}

bool landlock_restrict(int rules)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}
