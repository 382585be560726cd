/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for event logs of Windows NT to 2003: a file of fixed size, filled event by
 * event as the service does it, so that old events are overwritten where the file is
 * full. Written from Microsoft's description ("Event Log File Format" and the structures
 * it names), apart from the program's own reader. The same calls give the same bytes. As
 * in builder.h, lack of memory and wrong use stop the process.
 */
#ifndef EVT_H
#define EVT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	EVT_HEADER = 0x30, /* bytes of the header: where the ring begins */
	EVT_END = 0x28,	   /* bytes of the end record */
	EVT_FIXED = 0x38,  /* bytes of a record's fixed part */
};

enum evt_type {
	EVT_ERROR = 1,
	EVT_WARNING = 2,
	EVT_INFORMATION = 4,
	EVT_AUDIT_SUCCESS = 8,
	EVT_AUDIT_FAILURE = 16,
};

/* Severity, customer bit and number as message files have them. */
#define EVT_ID(severity, number)                                                         \
	((uint32_t)(severity) << 30 | UINT32_C(0x40000) | (number))
enum { EVT_ID_INFORMATION = 1, EVT_ID_WARNING = 2, EVT_ID_ERROR = 3 };

#define EVT_MAX_STRINGS 8

struct evt_event {
	uint32_t time; /* seconds since 1970 */
	const char *source;
	const char *computer;
	uint32_t id;
	uint16_t type;
	uint16_t category;
	const char *strings[EVT_MAX_STRINGS]; /* UTF-8; the first NULL ends them */
	bool local_system;		      /* with the SID S-1-5-18 */
	uint16_t data;			      /* so many bytes of data, counted up */
};

struct evt;

/* Seconds since 1970 of a moment of March 2003 in UTC. */
uint32_t evt_march(unsigned day, unsigned hour, unsigned minute, unsigned second);

/*
 * Begins a closed, empty log of `size` bytes, a multiple of 4. Return: the log, given to
 * the caller, who frees it with evt_free().
 */
struct evt *evt_new(uint32_t size);
void evt_free(struct evt *evt);

/*
 * Adds an event, with the next number; the log is open then: its header is that of the
 * last closing, but marked dirty. Return: the offset of the record in the file.
 */
uint32_t evt_add(struct evt *evt, const struct evt_event *event);

/* Closes the log: the header tells what the end record tells. */
void evt_close(struct evt *evt);

/* Where the oldest record and the end record are, and the number of the next record. */
uint32_t evt_begin(const struct evt *evt);
uint32_t evt_end(const struct evt *evt);
uint32_t evt_next(const struct evt *evt);

/* The bytes of the file, borrowed until the next call; may be changed to do damage. */
uint8_t *evt_bytes(struct evt *evt, size_t *len);
uint32_t evt_get32(struct evt *evt, size_t off);
void evt_put32(struct evt *evt, size_t off, uint32_t number);

/* Writes the file. Return: false if that failed; errno says why. */
bool evt_write(const struct evt *evt, const char *path);

#endif
