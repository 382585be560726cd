/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: an archive as somebody sends it, with all that it holds; or, by the choice,
 * the path of one member, and what it tells.
 */
#include "fuzz/fuzz.h"

#include "collection/found.h"
#include "collection/foundopener.h"
#include "collection/subjects/foundbeside.h"
#include "collection/subjects/pairing.h"
#include "collection/subjects/whose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATHS = 64 };

/* Subjects of one archive that are read whole. */
#define SUBJECTS 4

/* ---- paths ---- */

static void check_path(struct span bytes)
{
	char *path = malloc(bytes.len + 1);
	struct place place, folder;

	FUZZ_CHECK(path != NULL && span_copy(bytes, 0, path, bytes.len));
	path[bytes.len] = '\0';
	size_t len = strlen(path);
	FUZZ_CHECK(place_read(path, &place) == STATUS_OK);
	FUZZ_CHECK(place_read_folder(path, &folder) == STATUS_OK);
	FUZZ_CHECK(place_folder(path, false) <= len);
	FUZZ_CHECK(place_folder(path, true) <= len);
	FUZZ_CHECK(!place_is_named_hive(path) || place_names_hive(path));
	place_clear(&place);
	place_clear(&folder);
	free(path);
}

/* ---- archives ---- */

static void write_subject(const struct pairing_subject *subject,
			  const struct foundopener *opener, uint8_t choice, uint32_t turn)
{
	struct snapshot_source sources[PAIRING_MOST];

	for (size_t i = 0; i < subject->n; i++) {
		const struct pairing_source *from = &subject->sources[i];
		sources[i] = (struct snapshot_source){
			.path = from->found->path,
			.root = from->hive->root,
			.opener = &opener->opener,
			.group = from->found->operand,
			.rank = from->rank,
			.lone_log = from->lone_log,
			.n_logs = from->n_logs,
			.number = i,
		};
		memcpy(sources[i].logs, from->logs, sizeof(from->logs));
	}
	if (subject->n > 0)
		fuzz_write_sources(sources, subject->n, NULL, choice, turn);
}

static void write_subjects(const struct finds *finds, uint8_t choice, uint32_t turn)
{
	struct foundopener opener;
	struct whose *whose = NULL;
	struct pairing *pairing = NULL;
	struct failure failure;

	FUZZ_CHECK(foundopener_init(&opener, finds) == STATUS_OK);
	if (whose_read(finds, &opener.opener, &whose, &failure) == STATUS_OK &&
	    pairing_read(finds, whose, choice & 128, choice & 32, &pairing) ==
		    STATUS_OK) {
		for (size_t i = 0; i < pairing->n && i < SUBJECTS; i++)
			write_subject(&pairing->items[i], &opener, choice, turn);
	}
	pairing_free(pairing);
	whose_free(whose);
	foundopener_clear(&opener);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 1);
	struct finds *finds = NULL;
	struct failure failure;
	char path[32];
	const char *const operands[] = { path };

	if (in.choice & PATHS) {
		check_path(in.parts[0]);
		return 0;
	}
	int fd = fuzz_descriptor(in.parts[0]);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	enum status status = finds_read(operands, 1, NULL, &finds, &failure);
	FUZZ_CHECK(status == STATUS_OK || status == STATUS_LIMIT);
	if (status == STATUS_OK)
		write_subjects(finds, in.choice, fuzz_turn(data, size));
	finds_free(finds);
	close(fd);
	return 0;
}
