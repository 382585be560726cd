/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which file it is, whatever it is called: the device and the inode. */
#ifndef BASE_FILEMARK_H
#define BASE_FILEMARK_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

struct filemark {
	dev_t device;
	ino_t inode;
};

static inline struct filemark filemark_of(const struct stat *st)
{
	return (struct filemark){ .device = st->st_dev, .inode = st->st_ino };
}

static inline bool filemark_equal(struct filemark a, struct filemark b)
{
	return a.device == b.device && a.inode == b.inode;
}

#endif
