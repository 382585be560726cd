/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * same-keys HIVE REG: exits with 0 if the export has the keys and values of the hive, by
 * name, type and data; else says the first difference.
 */
#include "help/samekeys.h"
#include "snapshot/snapshotread.h"

#include <stdio.h>
#include <stdlib.h>

static struct snapshot *open_file(const char *path)
{
	struct snapshot *snapshot = NULL;
	struct failure failure;

	if (snapshotread_file(path, &snapshot, &failure) == STATUS_OK)
		return snapshot;
	(void)fprintf(stderr, "%s\n", failure.sentence);
	exit(2);
}

int main(int argc, char **argv)
{
	char sentence[4096];

	if (argc != 3) {
		(void)fputs("usage: same-keys HIVE REG\n", stderr);
		return 2;
	}
	struct snapshot *hive = open_file(argv[1]), *reg = open_file(argv[2]);
	const char *difference = samekeys_difference(hive->keys->root, reg->keys->root,
						     sentence, sizeof(sentence));
	if (difference)
		(void)fprintf(stderr, "%s\n", difference);
	else
		(void)printf("%llu keys, %llu values, %zu profiles\n",
			     (unsigned long long)reg->keys->n_keys,
			     (unsigned long long)reg->keys->n_values, reg->n_profiles);
	snapshot_free(hive);
	snapshot_free(reg);
	return difference != NULL;
}
