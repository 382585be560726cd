/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetfolder.h"

#include "base/array.h"
#include "collection/walk.h"
#include "fleet/fleetplan.h"
#include "report/index/indexdata.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNITS "units"
#define OUTCOMES "outcomes"
#define ERRORS "errors"
#define PLAN "plan.tsv"

/* One folder that is looked through, as it is called from that of the index. */
struct looking {
	struct fleetfolder *folder;
	const char *in; /* "" for itself */
	enum { LOOKING_FOR_REPORTS, LOOKING_FOR_OUTCOMES, LOOKING_FOR_ERRORS } what;
};

/* ---- names ---- */

static bool ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), n_end = strlen(end);

	return n > n_end && strcasecmp(name + n - n_end, end) == 0;
}

/* "a/b" in the arena; a may be "". */
static char *join(struct fleetfolder *folder, const char *a, const char *b)
{
	size_t size = strlen(a) + strlen(b) + 2;
	char *path = arena_calloc(folder->arena, size, 1);

	if (path)
		(void)snprintf(path, size, "%s%s%s", a, *a ? "/" : "", b);
	return path;
}

/* Its first n bytes in the arena. */
static char *first(struct fleetfolder *folder, const char *text, size_t n)
{
	char *copy = arena_calloc(folder->arena, n + 1, 1);

	if (copy)
		memcpy(copy, text, n);
	return copy;
}

static enum status add(struct fleetfolder_list *list, const char *text)
{
	if (!text)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(ARRAY_RESERVE(list, FLEETFOLDER_MAX));
	list->items[list->n++] = text;
	return STATUS_OK;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has(const struct fleetfolder_list *sorted, const char *text)
{
	return sorted->n > 0 &&
	       bsearch(&text, sorted->items, sorted->n, sizeof(*sorted->items), by_bytes);
}

static void sort(struct fleetfolder_list *list)
{
	if (list->n > 0)
		qsort(list->items, list->n, sizeof(*list->items), by_bytes);
}

/* ---- what is seen ---- */

/* What begins with a point is no result: a file that is being written, say. */
static bool is_hidden(const char *path)
{
	return *path == '.' || strstr(path, "/.");
}

static enum status tell(struct fleetfolder *folder, const char *in, const char *path,
			const char *what)
{
	char shown[4200], *whole = join(folder, in, path), *text;
	size_t size;

	if (!whole)
		return STATUS_NOMEM;
	(void)failure_path(*whole ? whole : ".", shown, sizeof(shown));
	size = strlen(shown) + strlen(what) + 3;
	text = arena_calloc(folder->arena, size, 1);
	if (text)
		(void)snprintf(text, size, "%s: %s", shown, what);
	return add(&folder->troubles, text);
}

static enum status see_folder(void *data, const char *path)
{
	const struct looking *looking = data;
	struct fleetfolder *folder = looking->folder;

	if (looking->what != LOOKING_FOR_REPORTS || !folder->is_sweep || !*path ||
	    strchr(path, '/') || is_hidden(path))
		return STATUS_OK;
	return add(&folder->names, first(folder, path, strlen(path)));
}

static enum status see_report(const struct looking *looking, const char *path)
{
	struct fleetfolder *folder = looking->folder;
	struct fleetfolder_report report = { .path = join(folder, looking->in, path) };
	const char *slash = strchr(path, '/');

	/* Straight in units/ lies no unit. */
	if (folder->is_sweep && !slash)
		return STATUS_OK;
	if (folder->is_sweep)
		report.machine = first(folder, path, (size_t)(slash - path));
	if (!report.path || (folder->is_sweep && !report.machine))
		return STATUS_NOMEM;
	RETURN_IF_FAILED(ARRAY_RESERVE(&folder->reports, FLEETFOLDER_MAX));
	folder->reports.items[folder->reports.n++] = report;
	return STATUS_OK;
}

/* "pc1.tsv" in outcomes/ is the outcome of the unit pc1. */
static enum status see_of_unit(const struct looking *looking, const char *path)
{
	bool outcome = looking->what == LOOKING_FOR_OUTCOMES;
	struct fleetfolder *folder = looking->folder;
	struct fleetfolder_list *list = outcome ? &folder->outcomes : &folder->errors;

	if (strchr(path, '/') || !ends_with(path, outcome ? ".tsv" : ".txt"))
		return STATUS_OK;
	RETURN_IF_FAILED(add(list, join(folder, looking->in, path)));
	return outcome ? add(&folder->names, first(folder, path, strlen(path) - 4))
		       : STATUS_OK;
}

static enum status see_file(void *data, const struct walk_file *file)
{
	const struct looking *looking = data;
	struct fleetfolder *folder = looking->folder;
	const char *slash = strrchr(file->path, '/');

	if (is_hidden(file->path))
		return STATUS_OK;
	if (looking->what != LOOKING_FOR_REPORTS)
		return see_of_unit(looking, file->path);
	if (ends_with(file->name, ".xml"))
		return see_report(looking, file->path);
	if (ends_with(file->name, ".html"))
		return add(&folder->pages, join(folder, looking->in, file->path));
	if (strcmp(file->name, INDEX_JSONL_FILE) == 0)
		return add(&folder->results,
			   first(folder, file->path,
				 slash ? (size_t)(slash - file->path) : 0));
	return STATUS_OK;
}

static enum status see_other(void *data, const char *path, mode_t mode)
{
	const struct looking *looking = data;

	if (is_hidden(path) ||
	    (!ends_with(path, ".xml") && looking->what != LOOKING_FOR_OUTCOMES))
		return STATUS_OK;
	return tell(looking->folder, looking->in, path,
		    S_ISLNK(mode) ? "is a link, and is not followed" : "is no file");
}

static enum status see_loss(void *data, const char *path, enum walk_loss loss, int error)
{
	const struct looking *looking = data;

	return tell(looking->folder, looking->in, path,
		    error		 ? strerror(error)
		    : loss == WALK_LOOP	 ? "is one of the folders that lead to it"
		    : loss == WALK_DEPTH ? "lies too deep"
					 : "was changed meanwhile");
}

/* A part that is not there is none. */
static enum status look(struct looking *looking, struct failure *failure)
{
	const struct walk_visitor visitor = { .data = looking,
					      .folder = see_folder,
					      .file = see_file,
					      .other = see_other,
					      .lost = see_loss };
	int fd = *looking->in ? openat(looking->folder->fd, looking->in,
				       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
			      : dup(looking->folder->fd);
	enum status status;

	if (fd < 0 && *looking->in && errno == ENOENT)
		return STATUS_OK;
	if (fd < 0)
		return tell(looking->folder, looking->in, "", strerror(errno));
	status = walk_folder(fd, &visitor);
	close(fd);
	if (status == STATUS_LIMIT)
		failure_set(failure, "holds more than %zu reports", FLEETFOLDER_MAX);
	return status;
}

static enum status see_planned(void *data, const char *name)
{
	struct fleetfolder *folder = data;

	return add(&folder->names, first(folder, name, strlen(name)));
}

/* Units of the plan that left nothing are machines, too; without a plan there are none. */
static enum status look_at_plan(struct fleetfolder *folder, struct failure *failure)
{
	int fd = walk_open(folder->fd, PLAN);
	enum status status;

	if (fd < 0)
		return errno == ENOENT ? STATUS_OK
				       : tell(folder, "", PLAN, strerror(errno));
	status = fleetplan_read(fd, see_planned, folder);
	if (status == STATUS_IO)
		status = tell(folder, "", PLAN, strerror(errno));
	close(fd);
	if (status == STATUS_LIMIT)
		failure_set(failure, "has a plan of more than %zu units",
			    FLEETFOLDER_MAX);
	return status;
}

/* ---- machines ---- */

/* True if the first n bytes of the path are a whole result. */
static bool is_result(const struct fleetfolder *folder, const char *path, size_t n)
{
	const struct fleetfolder_list *results = &folder->results;
	size_t at = ARRAY_COUNT_BEFORE(results->items, results->n, item,
				       strncmp(*item, path, n) < 0);

	/* Of those that begin so, the shortest is the first. */
	return at < results->n && strncmp(results->items[at], path, n) == 0 &&
	       results->items[at][n] == '\0';
}

/* Of a report outside of a sweep: the folder of its result, its own, or itself. */
static const char *machine_of(struct fleetfolder *folder, const char *path)
{
	const char *last = strrchr(path, '/');

	if (!last)
		return first(folder, path, strlen(path) - strlen(".xml"));
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
		if (is_result(folder, path, (size_t)(slash - path)))
			return first(folder, path, (size_t)(slash - path));
	return first(folder, path, (size_t)(last - path));
}

static enum status find_machines(struct fleetfolder *folder)
{
	sort(&folder->results);
	for (size_t i = 0; i < folder->reports.n; i++) {
		struct fleetfolder_report *report = &folder->reports.items[i];
		report->machine = machine_of(folder, report->path);
		RETURN_IF_FAILED(add(&folder->names, report->machine));
	}
	return STATUS_OK;
}

static int by_machine(const void *one, const void *other)
{
	const struct fleetfolder_report *a = one, *b = other;
	int order = strcmp(a->machine, b->machine);

	return order != 0 ? order : strcmp(a->path, b->path);
}

/* "outcomes/pc1.tsv", if that is there. */
static enum status find_of_unit(struct fleetfolder *folder,
				const struct fleetfolder_list *sorted, const char *in,
				const char *name, const char *end, const char **out)
{
	char *file = NULL;
	const char *path;

	if (asprintf(&file, "%s%s", name, end) < 0)
		return STATUS_NOMEM;
	path = join(folder, in, file);
	free(file);
	if (!path)
		return STATUS_NOMEM;
	*out = has(sorted, path) ? path : NULL;
	return STATUS_OK;
}

static enum status add_machine(struct fleetfolder *folder, const char *name, size_t *at)
{
	struct fleetfolder_machine machine = { .name = name, .first_report = *at };

	RETURN_IF_FAILED(find_of_unit(folder, &folder->outcomes, OUTCOMES, name, ".tsv",
				      &machine.outcome));
	RETURN_IF_FAILED(find_of_unit(folder, &folder->errors, ERRORS, name, ".txt",
				      &machine.errors));
	while (*at < folder->reports.n &&
	       strcmp(folder->reports.items[*at].machine, name) == 0)
		++*at;
	machine.n_reports = *at - machine.first_report;
	RETURN_IF_FAILED(ARRAY_RESERVE(&folder->machines, FLEETFOLDER_MAX));
	folder->machines.items[folder->machines.n++] = machine;
	return STATUS_OK;
}

/* "a/report.html" or "a/page.html" of "a/report.xml". */
static enum status find_page(struct fleetfolder *folder,
			     struct fleetfolder_report *report)
{
	size_t n = strlen(report->path) - strlen(".xml");
	const char *slash = strrchr(report->path, '/');
	char *path = arena_calloc(folder->arena, n + sizeof("page.html"), 1);

	if (!path)
		return STATUS_NOMEM;
	(void)snprintf(path, n + sizeof(".html"), "%.*s.html", (int)n, report->path);
	if (!has(&folder->pages, path) && slash)
		(void)snprintf(path, n + sizeof("page.html"), "%.*spage.html",
			       (int)(slash + 1 - report->path), report->path);
	report->page = has(&folder->pages, path) ? path : NULL;
	return STATUS_OK;
}

static enum status put_in_order(struct fleetfolder *folder)
{
	size_t at = 0;

	sort(&folder->names);
	sort(&folder->outcomes);
	sort(&folder->errors);
	sort(&folder->pages);
	if (folder->reports.n > 0)
		qsort(folder->reports.items, folder->reports.n,
		      sizeof(*folder->reports.items), by_machine);
	for (size_t i = 0; i < folder->names.n; i++)
		if (i == 0 || strcmp(folder->names.items[i - 1], folder->names.items[i]))
			RETURN_IF_FAILED(
				add_machine(folder, folder->names.items[i], &at));
	for (size_t i = 0; i < folder->reports.n; i++)
		RETURN_IF_FAILED(find_page(folder, &folder->reports.items[i]));
	return STATUS_OK;
}

/* ---- the whole ---- */

static bool has_folder(const struct fleetfolder *folder, const char *name)
{
	struct stat st;

	return fstatat(folder->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(st.st_mode);
}

static enum status look_through(struct fleetfolder *folder, struct failure *failure)
{
	struct looking units = { folder, UNITS, LOOKING_FOR_REPORTS };
	struct looking outcomes = { folder, OUTCOMES, LOOKING_FOR_OUTCOMES };
	struct looking errors = { folder, ERRORS, LOOKING_FOR_ERRORS };
	struct looking all = { folder, "", LOOKING_FOR_REPORTS };

	if (folder->is_sweep) {
		RETURN_IF_FAILED(look(&units, failure));
		RETURN_IF_FAILED(look(&outcomes, failure));
		RETURN_IF_FAILED(look(&errors, failure));
		RETURN_IF_FAILED(look_at_plan(folder, failure));
		return put_in_order(folder);
	}
	RETURN_IF_FAILED(look(&all, failure));
	sort(&folder->results);
	if (has(&folder->results, "")) {
		failure_set(failure, "is the result of one run of wmsdiff, which has its "
				     "own index; name the folder around those of all "
				     "machines");
		return STATUS_UNSUPPORTED;
	}
	RETURN_IF_FAILED(find_machines(folder));
	return put_in_order(folder);
}

enum status fleetfolder_read(const char *path, struct fleetfolder **out,
			     struct failure *failure)
{
	AUTO(fleetfolder_freep) struct fleetfolder *folder = calloc(1, sizeof(*folder));

	failure_set(failure, "out of memory");
	if (!folder)
		return STATUS_NOMEM;
	folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	folder->arena = arena_new();
	if (!folder->arena)
		return STATUS_NOMEM;
	if (folder->fd < 0) {
		failure_set(failure, "%s", strerror(errno));
		return STATUS_IO;
	}
	folder->is_sweep = has_folder(folder, UNITS) || has_folder(folder, OUTCOMES);
	RETURN_IF_FAILED(look_through(folder, failure));
	*out = STEAL(folder);
	return STATUS_OK;
}

void fleetfolder_free(struct fleetfolder *folder)
{
	if (!folder)
		return;
	if (folder->fd >= 0)
		close(folder->fd);
	free(folder->machines.items);
	free(folder->reports.items);
	free(folder->troubles.items);
	free(folder->names.items);
	free(folder->outcomes.items);
	free(folder->errors.items);
	free(folder->pages.items);
	free(folder->results.items);
	arena_free(folder->arena);
	free(folder);
}

void fleetfolder_freep(struct fleetfolder **folder)
{
	fleetfolder_free(*folder);
}

int fleetfolder_open(const struct fleetfolder *folder, const char *path)
{
	return walk_open(folder->fd, path);
}

/* The last n parts of a path; NULL: it has not so many, or one of them leads up. */
static const char *last_parts(const char *path, unsigned n)
{
	const char *at = path + strlen(path);

	for (unsigned i = 0; i < n; i++) {
		const char *end = at;
		if (at == path)
			return NULL;
		end -= i > 0;
		for (at = end; at > path && at[-1] != '/';)
			at--;
		if (at == end || *at == '.')
			return NULL;
	}
	return at;
}

char *fleetfolder_find(const struct fleetfolder *folder, const char *report,
		       const char *file)
{
	const char *slash = strrchr(report, '/');
	int in = slash ? (int)(slash + 1 - report) : 0;

	for (unsigned n = 2; n > 0; n--) {
		const char *end = last_parts(file, n);
		char *path = NULL;
		if (!end || asprintf(&path, "%.*s%s", in, report, end) < 0)
			continue;
		int fd = fleetfolder_open(folder, path);
		if (fd >= 0) {
			close(fd);
			return path;
		}
		free(path);
	}
	return NULL;
}
