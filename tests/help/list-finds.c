/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists what is found in operands, for scripts: "item KIND LAYOUT USER SIZE INSIDE", with
 * the file's bytes to the folder that -o names, as 0, 1, 2 ...; then "said CODE SENTENCE".
 */
#include "collection/found.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool write_out(const struct found *item, const char *folder, size_t number)
{
	struct failure failure;
	char path[4096], bytes[65536];
	int fd;
	ssize_t n = 0;

	(void)snprintf(path, sizeof(path), "%s/%zu", folder, number);
	if (item->unread || found_open(item, &fd, &failure) != STATUS_OK)
		return false;
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	while (to >= 0 && (n = read(fd, bytes, sizeof(bytes))) > 0)
		if (write(to, bytes, (size_t)n) != n)
			break;
	if (to >= 0)
		(void)close(to);
	(void)close(fd);
	return to >= 0 && n == 0;
}

int main(int argc, char *argv[])
{
	struct failure failure = { "" };
	const char *folder = NULL;
	struct finds *finds;
	int first = 1;

	if (argc > 2 && strcmp(argv[1], "-o") == 0) {
		folder = argv[2];
		first = 3;
	}
	if (finds_read((const char *const *)argv + first, (size_t)(argc - first), NULL,
		       &finds, &failure) != STATUS_OK) {
		(void)fprintf(stderr, "%s\n", failure.sentence);
		return 2;
	}
	for (size_t i = 0; i < finds->n; i++) {
		const struct found *item = &finds->items[i];
		(void)printf("item %s %s %s %" PRIu64 " %s\n", filekind_word(item->kind),
			     place_layout_word(item->place.layout),
			     item->place.user ? item->place.user : "-", item->size,
			     item->inside);
		if (folder && !write_out(item, folder, i))
			(void)printf("unread %s\n", item->inside);
	}
	for (size_t i = 0; i < diag_count(finds->diags); i++) {
		const struct diag *diag = diag_item(finds->diags, i);
		(void)printf("said %s %s\n", diag_word(diag->code), diag->sentence);
	}
	finds_free(finds);
	return 0;
}
