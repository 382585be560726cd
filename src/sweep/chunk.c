/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chunks of units: how many go together, and their files. */
#include "sweep/chunk.h"

#include "base/array.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER "#wmsdiff-sweep chunk 1"
#define END "#end"

/*
 * A job costs about 25 ms: GNU parallel's own, the worker's start, and its question for the
 * version; wmsdiff takes 5 ms for 1 MiB.  Chunks end at so many bytes, and are so many for
 * each processor that the last ones end at about one time.
 */
#define ENOUGH_BYTES (UINT64_C(128) << 20)
#define ENOUGH_UNITS 16
#define FOR_EACH 6

size_t chunk_length(const uint64_t *bytes, size_t n, size_t all, size_t at_once)
{
	size_t most = all / (FOR_EACH * (at_once ? at_once : 1)), len = 0;
	uint64_t sum = 0;

	most = most < 1 ? 1 : most > ENOUGH_UNITS ? ENOUGH_UNITS : most;
	while (len < n && len < most && (len == 0 || sum < ENOUGH_BYTES))
		sum += bytes[len++];
	return len;
}

/* ---- writing ---- */

static bool put_field(FILE *out, const char *name, const char *value)
{
	char *escaped = planline_escape(value);

	if (escaped)
		fprintf(out, "#%s\t%s\n", name, escaped);
	free(escaped);
	return escaped != NULL;
}

static bool put_head(FILE *out, const struct chunk_way *way)
{
	fputs(HEADER "\n", out);
	fprintf(out, "#seconds\t%llu\n#mebibytes\t%llu\n#shard\t%u/%u\n",
		(unsigned long long)way->seconds, (unsigned long long)way->mebibytes,
		way->shard.i, way->shard.n);
	return put_field(out, "folder", way->folder) &&
	       put_field(out, "program", way->program) &&
	       put_field(out, "version", way->version) &&
	       (!way->into || put_field(out, "into", way->into));
}

char *chunk_text(const struct chunk_way *way, const struct chunk_unit *all,
		 const size_t *numbers, size_t n)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	bool whole = put_head(out, way);
	for (size_t i = 0; i < n && whole; i++) {
		const struct chunk_unit *unit = &all[numbers[i]];
		char *line = planline_text(&unit->unit);
		whole = line != NULL;
		if (whole)
			fprintf(out, "%s\t%s", unit->identity, line);
		free(line);
	}
	fputs(END "\n", out);
	whole &= !ferror(out);
	whole &= fclose(out) == 0;
	if (whole)
		return text;
	free(text);
	return NULL;
}

/* ---- reading ---- */

/* A number of up to 12 digits.  Return: what follows, or NULL. */
static const char *read_number(const char *text, uint64_t *out)
{
	const char *at = text;

	for (*out = 0; *at >= '0' && *at <= '9' && at < text + 12; at++)
		*out = *out * 10 + (uint64_t)(*at - '0');
	return at > text ? at : NULL;
}

static bool read_shard(const char *value, struct shard *out)
{
	uint64_t i, n;
	const char *at = read_number(value, &i);

	if (!at || *at != '/' || !(at = read_number(at + 1, &n)) || *at ||
	    n > SWEEPLOCK_MAX_SHARDS || i > n)
		return false;
	*out = (struct shard){ (unsigned)i, (unsigned)n };
	return true;
}

static bool read_text(const char *value, char **out)
{
	free(*out);
	*out = planline_unescape(value, strlen(value));
	return *out != NULL;
}

static bool read_field(const char *line, struct chunk_way *way)
{
	size_t n = strcspn(line, "\t");
	const char *value = line + n + (line[n] == '\t'), *end;

#define IS(name) (n == strlen(name) && strncmp(line, name, n) == 0)
	if (IS("folder"))
		return read_text(value, &way->folder);
	if (IS("program"))
		return read_text(value, &way->program);
	if (IS("version"))
		return read_text(value, &way->version);
	if (IS("into"))
		return read_text(value, &way->into);
	if (IS("seconds"))
		return (end = read_number(value, &way->seconds)) && !*end;
	if (IS("mebibytes"))
		return (end = read_number(value, &way->mebibytes)) && !*end;
	if (IS("shard"))
		return read_shard(value, &way->shard);
#undef IS
	return false;
}

static enum status read_unit(const char *line, struct chunk *out)
{
	size_t n = strcspn(line, "\t");

	if (n != DIGEST_HEX_SIZE - 1 || !line[n])
		return STATUS_MALFORMED;
	RETURN_IF_FAILED(ARRAY_RESERVE(out, CHUNK_MAX));
	struct chunk_unit *unit = &out->items[out->n];
	enum planline_fault fault = planline_read(line + n + 1, true, &unit->unit);
	if (fault != PLANLINE_GOOD)
		return fault == PLANLINE_NOMEM ? STATUS_NOMEM : STATUS_MALFORMED;
	(void)snprintf(unit->identity, sizeof(unit->identity), "%.*s", (int)n, line);
	out->n++;
	return STATUS_OK;
}

static enum status read_lines(FILE *in, struct chunk *out)
{
	char *line = NULL;
	size_t size = 0, number = 0;
	bool ended = false;
	enum status status = STATUS_OK;
	ssize_t n;

	while (status == STATUS_OK && !ended && (n = getline(&line, &size, in)) > 0) {
		number++;
		if (line[n - 1] != '\n')
			break;
		line[n - 1] = '\0';
		ended = strcmp(line, END) == 0;
		if (number == 1)
			status = strcmp(line, HEADER) == 0 ? STATUS_OK : STATUS_MALFORMED;
		else if (line[0] != '#')
			status = read_unit(line, out);
		else if (!ended)
			status = read_field(line + 1, &out->way) ? STATUS_OK
								 : STATUS_MALFORMED;
	}
	free(line);
	if (status == STATUS_OK &&
	    (!ended || !out->way.folder || !out->way.program || !out->way.version))
		status = STATUS_MALFORMED;
	return status;
}

enum status chunk_read(const char *path, struct chunk *out, struct failure *failure)
{
	char shown[4200];
	FILE *in = fopen(path, "re");
	enum status status;

	*out = (struct chunk){ 0 };
	failure_path(path, shown, sizeof(shown));
	if (!in) {
		failure_set(failure, "%s: %s", shown, strerror(errno));
		return STATUS_IO;
	}
	status = read_lines(in, out);
	(void)fclose(in);
	if (status == STATUS_OK)
		return STATUS_OK;
	failure_set(failure, "%s: is no chunk of a sweep", shown);
	chunk_clear(out);
	return status == STATUS_NOMEM ? STATUS_NOMEM : STATUS_IO;
}

void chunk_clear(struct chunk *chunk)
{
	for (size_t i = 0; i < chunk->n; i++)
		planline_clear(&chunk->items[i].unit);
	free(chunk->items);
	free(chunk->way.folder);
	free(chunk->way.program);
	free(chunk->way.version);
	free(chunk->way.into);
	*chunk = (struct chunk){ 0 };
}
