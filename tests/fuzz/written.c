/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a series to all that a run writes of it: in memory, one thing for each input. */
#include "fuzz/fuzz.h"

#include "cause/diagnosis.h"
#include "compare/verdict.h"
#include "recovery/living.h"
#include "report/document/report.h"
#include "report/index/index.h"
#include "report/inputs.h"
#include "report/page/html.h"
#include "report/schema/check.h"
#include "report/summary/summary.h"
#include "report/timeline/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the lower four bits of the choice say; what is not named here is nothing. */
enum {
	WRITE_REPORT = 1,
	WRITE_FULL_REPORT,
	WRITE_SUMMARY,
	WRITE_FULL_SUMMARY,
	WRITE_JSONL,
	WRITE_CSV,
	WRITE_BODY,
	WRITE_INDEX_TABLE,
	WRITE_INDEX_PAGE,
	WRITE_RESTORES,
	WRITE_CHECKED,
	WRITE_PAGE,
};

/* Of so many inputs one has its report written; one checked, or made into a page. */
#define REPORT_EACH 16
#define CHECKED_EACH 32

/* Any time: 18 March 2003. */
#define STARTED UINT64_C(126926208000000000)

/* ---- memory ---- */

static void take(void *context, struct span bytes)
{
	struct fuzz_memory *memory = context;

	if (memory->len + bytes.len > memory->cap) {
		memory->cap = 2 * memory->cap + bytes.len;
		memory->bytes = realloc(memory->bytes, memory->cap);
		FUZZ_CHECK(memory->bytes != NULL);
	}
	if (bytes.len > 0)
		memcpy(memory->bytes + memory->len, bytes.ptr, bytes.len);
	memory->len += bytes.len;
}

void fuzz_memory_open(struct fuzz_memory *memory, bool keeps)
{
	struct failure failure;

	*memory = (struct fuzz_memory){ 0 };
	FUZZ_CHECK(output_open("/dev/null", NULL, &memory->output, &failure) ==
		   STATUS_OK);
	if (keeps)
		output_watch(memory->output, take, memory);
}

void fuzz_memory_close(struct fuzz_memory *memory)
{
	struct failure failure;

	FUZZ_CHECK(output_commit(memory->output, &failure) == STATUS_OK);
	memory->output = NULL;
}

void fuzz_memory_free(struct fuzz_memory *memory)
{
	free(memory->bytes);
}

/* ---- each kind ---- */

struct written {
	const struct series *series;
	const struct companions *companions;
	struct diagnoses diagnoses;
	struct verdict verdict;
	struct inputs *inputs;
	struct report_options options;
};

static void write_report(struct written *w, bool full)
{
	struct fuzz_memory memory;

	fuzz_memory_open(&memory, false);
	w->options.full = full;
	FUZZ_CHECK(report_write(w->series, &w->options, memory.output) == STATUS_OK);
	fuzz_memory_close(&memory);
}

/* What the program writes must be what its manual says. */
static void write_checked(struct written *w)
{
	struct fuzz_memory memory;
	struct check check;

	fuzz_memory_open(&memory, true);
	FUZZ_CHECK(report_write(w->series, &w->options, memory.output) == STATUS_OK);
	fuzz_memory_close(&memory);
	FUZZ_CHECK(check_report(span_of(memory.bytes, memory.len), NULL, &check, NULL) ==
		   STATUS_OK);
	for (size_t i = 0; i < check.n_faults && i < CHECK_MAX_TOLD; i++)
		(void)fprintf(stderr, "%s\n", check.faults[i]);
	FUZZ_CHECK(check.n_faults == 0);
	fuzz_memory_free(&memory);
}

static void write_page(struct written *w)
{
	struct fuzz_memory report, page;
	struct html *html = NULL;
	struct failure failure;
	enum status status = html_start(&html);

	fuzz_memory_open(&report, false);
	if (status == STATUS_OK) {
		output_watch(report.output, html_take, html);
		FUZZ_CHECK(report_write(w->series, &w->options, report.output) ==
			   STATUS_OK);
		fuzz_memory_open(&page, false);
		FUZZ_CHECK(html_write(html, NULL, page.output, &failure) == STATUS_OK);
		fuzz_memory_close(&page);
	}
	fuzz_memory_close(&report);
	html_free(html);
}

static void write_summary(struct written *w, bool full)
{
	FILE *out = fopen("/dev/null", "w");

	FUZZ_CHECK(out != NULL);
	w->options.full = full;
	FUZZ_CHECK(summary_write(w->series, &w->options, "report.xml",
				 (struct summary_look){ .color = full, .ascii = !full },
				 out) == STATUS_OK);
	(void)fclose(out);
}

static void write_timeline(const struct written *w, enum timeline_format format)
{
	struct fuzz_memory memory;
	struct timeline *timeline = NULL;

	fuzz_memory_open(&memory, false);
	FUZZ_CHECK(timeline_read(w->series, w->companions, &w->diagnoses, NULL,
				 &timeline) == STATUS_OK);
	FUZZ_CHECK(timeline_write(timeline, format, memory.output) == STATUS_OK);
	timeline_free(timeline);
	fuzz_memory_close(&memory);
}

static void write_index(const struct written *w, bool table)
{
	struct index_given given = { .how = INDEX_COMPARED,
				     .report = "report.xml",
				     .series = w->series,
				     .diagnoses = &w->diagnoses,
				     .verdict = &w->verdict };
	struct fuzz_memory memory;
	struct index *index = NULL;

	fuzz_memory_open(&memory, false);
	FUZZ_CHECK(index_new(NULL, &index) == STATUS_OK);
	FUZZ_CHECK(index_add_subject(index, &given) == STATUS_OK);
	if (table) {
		FUZZ_CHECK(index_write_csv(index, memory.output) == STATUS_OK);
		FUZZ_CHECK(index_write_jsonl(index, memory.output) == STATUS_OK);
	} else {
		FUZZ_CHECK(index_write_html(index, memory.output) == STATUS_OK);
	}
	index_free(index);
	fuzz_memory_close(&memory);
}

/* ---- by choice ---- */

static void write_chosen(struct written *w, uint8_t choice, uint32_t turn)
{
	static const enum regfile_format formats[] = { REGFILE_5_UTF16, REGFILE_5_UTF8,
						       REGFILE_4 };

	switch (choice & FUZZ_WRITTEN) {
	case WRITE_REPORT:
	case WRITE_FULL_REPORT:
		if (turn % REPORT_EACH == 0)
			write_report(w, (choice & FUZZ_WRITTEN) == WRITE_FULL_REPORT);
		break;
	case WRITE_SUMMARY:
	case WRITE_FULL_SUMMARY:
		write_summary(w, (choice & FUZZ_WRITTEN) == WRITE_FULL_SUMMARY);
		break;
	case WRITE_JSONL:
		write_timeline(w, TIMELINE_JSONL);
		break;
	case WRITE_CSV:
		write_timeline(w, TIMELINE_CSV);
		break;
	case WRITE_BODY:
		write_timeline(w, TIMELINE_BODY);
		break;
	case WRITE_INDEX_TABLE:
	case WRITE_INDEX_PAGE:
		write_index(w, (choice & FUZZ_WRITTEN) == WRITE_INDEX_TABLE);
		break;
	case WRITE_RESTORES:
		fuzz_write_restores(w->series, formats[turn % ARRAY_LEN(formats)],
				    STARTED);
		break;
	case WRITE_CHECKED:
		if (turn % CHECKED_EACH == 0)
			write_checked(w);
		break;
	case WRITE_PAGE:
		if (turn % CHECKED_EACH == 0)
			write_page(w);
		break;
	default:
		break;
	}
}

/* It must stay where it is. */
static void begin(struct written *w, const struct series *series,
		  const struct companions *companions)
{
	static struct companions *none;
	static const char *const arguments[] = { "fuzz", "before", "after" };
	struct failure failure;

	if (!none)
		FUZZ_CHECK(companions_read(&(struct companions_source){ 0 }, &none,
					   &failure) == STATUS_OK);
	*w = (struct written){ .series = series,
			       .companions = companions ? companions : none };
	FUZZ_CHECK(inputs_list(series, w->companions, &w->inputs) == STATUS_OK);
	FUZZ_CHECK(diagnoses_read(series, w->companions, &w->diagnoses) == STATUS_OK);
	FUZZ_CHECK(verdict_decide(series, &w->verdict) == STATUS_OK);
	char *sentence = verdict_sentence(&w->verdict);
	FUZZ_CHECK(sentence != NULL);
	free(sentence);
	w->options = (struct report_options){
		.arguments = arguments,
		.n_arguments = ARRAY_LEN(arguments),
		.started_ft = STARTED,
		.inputs = w->inputs,
		.companions = w->companions,
		.diagnoses = &w->diagnoses,
		.verdict = &w->verdict,
	};
}

static void end(struct written *w)
{
	diagnoses_clear(&w->diagnoses);
	inputs_free(w->inputs);
}

void fuzz_write(const struct series *series, const struct companions *companions,
		uint8_t choice, uint32_t turn)
{
	struct written w;

	begin(&w, series, companions);
	write_chosen(&w, choice, turn);
	end(&w);
}

void fuzz_report(const struct series *series, struct fuzz_memory *out)
{
	struct written w;

	begin(&w, series, NULL);
	fuzz_memory_open(out, true);
	FUZZ_CHECK(report_write(series, &w.options, out->output) == STATUS_OK);
	fuzz_memory_close(out);
	end(&w);
}

void fuzz_write_sources(const struct snapshot_source *sources, size_t n,
			const struct companions *companions, uint8_t choice,
			uint32_t turn)
{
	const struct series_options options = {
		.n_threads = 1,
		.recover = true,
		.same_subject = true,
		.order = SERIES_AS_GIVEN,
	};
	struct series *series = NULL;
	struct failure failure;
	enum status status = series_read(sources, n, &options, &series, &failure);

	FUZZ_CHECK(status != STATUS_NOMEM && status != STATUS_IO);
	if (status == STATUS_OK)
		fuzz_write(series, companions, choice, turn);
	series_free(series);
}
