/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PE images, after Microsoft's "PE Format" specification.  Where the loader is
 * known to be more lenient than that text, it is followed, and said so.  The
 * tree of resources is always three levels deep, so a loop in it leads nowhere.
 */
#include "companion/pe.h"

#include <assert.h>
#include <inttypes.h>

#define DOS_SIZE 64
#define DOS_NEW_HEADER 60 /* e_lfanew: where "PE\0\0" stands */

struct coff_wire {
	uint8_t signature[4];
	uint8_t machine[2];
	uint8_t n_sections[2];
	uint8_t timestamp[4];
	uint8_t symbols[4];
	uint8_t n_symbols[4];
	uint8_t optional_size[2];
	uint8_t characteristics[2];
};
static_assert(sizeof(struct coff_wire) == 24, "signature and COFF header");

/* The optional header: what is read of it, and what differs between 32 and 64 bit. */
#define OPTIONAL_SECTION_ALIGNMENT 32
#define OPTIONAL_HEADERS_SIZE 60
#define OPTIONAL_MAGIC_32 0x10b
#define OPTIONAL_MAGIC_64 0x20b
#define OPTIONAL_DIRECTORIES_32 96 /* their number stands in the 4 bytes before */
#define OPTIONAL_DIRECTORIES_64 112

#define DIRECTORY_EXPORTS 0
#define DIRECTORY_RESOURCES 2
#define DIRECTORY_SIGNATURES 4 /* the one whose address is an offset in the file */
#define DIRECTORY_SIZE 8
#define MAX_DIRECTORIES 16 /* the specification names no more */

struct section_wire {
	uint8_t name[8];
	uint8_t virtual_size[4];
	uint8_t address[4];
	uint8_t raw_size[4];
	uint8_t raw_off[4];
	uint8_t unused[12];
	uint8_t characteristics[4];
};
static_assert(sizeof(struct section_wire) == 40, "section header");

/* "The Windows loader limits the number of sections to 96": COFF File Header. */
#define MAX_SECTIONS 96
/* Of memory on i386 and x64: the loader gives whole pages to a section. */
#define PAGE 4096
/* The loader begins a section at a sector, whatever the header says. */
#define SECTOR 512

struct exports_wire {
	uint8_t flags[4];
	uint8_t timestamp[4];
	uint8_t version[4];
	uint8_t name[4];
	uint8_t base[4];
	uint8_t n_functions[4];
	uint8_t n_names[4];
	uint8_t functions[4];
	uint8_t names[4];
	uint8_t ordinals[4];
};
static_assert(sizeof(struct exports_wire) == 40, "export directory");

/* The ordinals that names lead to have 16 bits; more would be names twice. */
#define MAX_NAMES 65536

struct resources_wire {
	uint8_t unused[12];
	uint8_t n_named[2];
	uint8_t n_ids[2];
};
static_assert(sizeof(struct resources_wire) == 16, "resource directory");
#define RESOURCE_ENTRY 8
#define RESOURCE_DATA 16
#define RESOURCE_FLAG 0x80000000u /* an id: has a name; a target: is a directory */
#define RT_VERSION 16

/*
 * Languages of version resources that are tried until one has bytes.  Windows
 * knows some hundred languages; a library has one or a few.
 */
#define MAX_TRIES 1024

static bool damaged(const struct pe *pe, uint64_t off, const char *what)
{
	diag_at(pe->diags, DIAG_PE_DAMAGED, off, "%s", what);
	return false;
}

/* What stands at off and behind it; empty if that is past the end. */
static struct span bytes_at(const struct pe *pe, uint64_t off)
{
	return span_from(pe->bytes, off < pe->bytes.len ? (size_t)off : pe->bytes.len);
}

/* ---- headers ---- */

/* Return: whether there is a COFF header; its offset and content. */
static bool find_coff(struct pe *pe, uint64_t *off, struct coff_wire *coff)
{
	uint32_t new_header = 0;

	if (!span_starts(pe->bytes, 0, "MZ", 2)) {
		diag_at(pe->diags, DIAG_WRONG_KIND, 0,
			"this is no program or library of Windows: it does not begin with MZ");
		return false;
	}
	if (!span_le32(pe->bytes, DOS_NEW_HEADER, &new_header) ||
	    bytes_at(pe, new_header).len < sizeof(coff->signature))
		return damaged(pe, DOS_NEW_HEADER,
			       "the file ends before the place of its PE header");
	if (!span_starts(bytes_at(pe, new_header), 0, "PE\0", 4)) {
		diag_at(pe->diags, DIAG_WRONG_KIND, new_header,
			"this is no PE image: no PE header stands where the DOS header has it");
		return false;
	}
	*off = new_header;
	if (!span_copy(bytes_at(pe, new_header), 0, coff, sizeof(*coff)))
		return damaged(pe, new_header, "the file ends inside its PE header");
	return true;
}

static bool read_optional(struct pe *pe, uint64_t off, uint16_t size)
{
	struct span optional = span_clip(bytes_at(pe, off), size);
	uint32_t n = 0;
	uint16_t magic = 0;
	size_t at = OPTIONAL_DIRECTORIES_32;

	if (optional.len < size)
		return damaged(pe, off, "the file ends inside its optional header");
	if (span_le16(optional, 0, &magic) && magic == OPTIONAL_MAGIC_64)
		at = OPTIONAL_DIRECTORIES_64;
	else if (magic != OPTIONAL_MAGIC_32)
		return damaged(pe, off, "the optional header is neither PE32 nor PE32+");
	if (!span_le32(optional, OPTIONAL_SECTION_ALIGNMENT, &pe->section_alignment) ||
	    !span_le32(optional, OPTIONAL_HEADERS_SIZE, &pe->headers_size) ||
	    !span_le32(optional, at - 4, &n))
		return damaged(pe, off,
			       "the optional header is too short for its fields");
	pe->directories = off + at;
	/* More than there can be is met in the wild, and the loader does not mind. */
	pe->n_directories = n < MAX_DIRECTORIES ? n : MAX_DIRECTORIES;
	size_t room = span_from(optional, at).len / DIRECTORY_SIZE;
	if (room < pe->n_directories) {
		pe->n_directories = (uint32_t)room;
		(void)damaged(
			pe, off + at - 4,
			"the optional header is too short for its data directories");
	}
	return true;
}

static bool read_section(const struct pe *pe, uint32_t i, struct section_wire *out)
{
	return span_copy(bytes_at(pe, pe->sections + (uint64_t)i * sizeof(*out)), 0, out,
			 sizeof(*out));
}

/* Images aligned to less than a page lie in memory as in the file. */
static bool has_pages(const struct pe *pe)
{
	return pe->section_alignment >= PAGE;
}

/* Where the bytes of a section begin for the loader. */
static uint64_t raw_start(const struct pe *pe, const struct section_wire *section)
{
	uint32_t off = le32(section->raw_off);

	return has_pages(pe) ? off - off % SECTOR : off;
}

/* A section of memory only has no offset, or no size. */
static bool is_in_file(const struct section_wire *section)
{
	return le32(section->raw_size) != 0 && le32(section->raw_off) != 0;
}

/* A directory of this number that is there at all.  *off is where it is told. */
static bool find_directory(const struct pe *pe, uint32_t number, uint64_t *off,
			   uint32_t *address, uint32_t *size)
{
	*off = pe->directories + (uint64_t)number * DIRECTORY_SIZE;
	struct span bytes = bytes_at(pe, *off);
	return number < pe->n_directories && span_le32(bytes, 0, address) &&
	       span_le32(bytes, 4, size) && *address != 0;
}

/*
 * Tells that the file is cut, once, by the promise that goes furthest; where is that
 * of the headers.
 */
static void check_end(const struct pe *pe, uint64_t where)
{
	struct section_wire section;
	uint64_t end = pe->headers_size, off = 0;
	uint32_t address = 0, size = 0;

	for (uint32_t i = 0; i < pe->n_sections && read_section(pe, i, &section); i++) {
		uint64_t raw_end = raw_start(pe, &section) + le32(section.raw_size);
		if (!is_in_file(&section) || raw_end <= end)
			continue;
		end = raw_end;
		where = pe->sections + (uint64_t)i * sizeof(section);
	}
	if (find_directory(pe, DIRECTORY_SIGNATURES, &off, &address, &size) &&
	    (uint64_t)address + size > end) {
		end = (uint64_t)address + size;
		where = off;
	}
	if (end > pe->bytes.len)
		diag_at(pe->diags, DIAG_PE_DAMAGED, where,
			"the file is cut: its headers tell of %" PRIu64
			" bytes, but it has %zu",
			end, pe->bytes.len);
}

static void count_sections(struct pe *pe, uint64_t coff_off, uint32_t n)
{
	size_t room = bytes_at(pe, pe->sections).len / sizeof(struct section_wire);

	pe->n_sections = n;
	if (pe->n_sections > MAX_SECTIONS) {
		pe->n_sections = MAX_SECTIONS;
		diag_at(pe->diags, DIAG_PE_DAMAGED, coff_off,
			"the PE header tells of %" PRIu32
			" sections, more than the %d that Windows would load",
			n, MAX_SECTIONS);
	}
	if (pe->n_sections > room) {
		pe->n_sections = (uint32_t)room;
		(void)damaged(pe, pe->sections, "the file ends inside its section table");
	}
}

bool pe_open(struct span bytes, struct diag_list *diags, struct pe *out)
{
	struct coff_wire coff;
	uint64_t off = 0;

	*out = (struct pe){ .bytes = bytes, .diags = diags };
	if (!find_coff(out, &off, &coff))
		return false;
	out->machine = le16(coff.machine);
	out->timestamp = le32(coff.timestamp);
	uint64_t optional = off + sizeof(coff);
	uint16_t size = le16(coff.optional_size);
	if (!read_optional(out, optional, size))
		return false;
	out->sections = optional + size;
	count_sections(out, off, le16(coff.n_sections));
	check_end(out, optional + OPTIONAL_HEADERS_SIZE);
	return true;
}

/* ---- addresses ---- */

static bool map_section(const struct pe *pe, const struct section_wire *section,
			uint32_t address, struct pe_part *out)
{
	uint32_t start = le32(section->address), raw_size = le32(section->raw_size);
	uint64_t extent = le32(section->virtual_size);

	/* As loaded: without a virtual size its bytes decide. */
	if (extent == 0)
		extent = raw_size;
	if (has_pages(pe))
		extent = (extent + PAGE - 1) / PAGE * PAGE;
	if (address < start || address - start >= extent)
		return false;
	uint32_t delta = address - start;
	uint64_t has = extent < raw_size ? extent : raw_size;
	if (!is_in_file(section) || delta >= has)
		has = delta; /* memory only: zeros of which the file has nothing */
	out->off = raw_start(pe, section) + delta;
	out->bytes = bytes_at(pe, out->off);
	if (out->bytes.len > has - delta)
		out->bytes = span_clip(out->bytes, (size_t)(has - delta));
	return true;
}

/*
 * What the file has of the image from this address on, up to the end of its
 * section or of the headers.  Return: false if it has nothing.
 */
static bool map(const struct pe *pe, uint32_t address, struct pe_part *out)
{
	struct section_wire section;

	for (uint32_t i = 0; i < pe->n_sections; i++)
		if (read_section(pe, i, &section) &&
		    map_section(pe, &section, address, out))
			return !span_is_empty(out->bytes);
	if (address >= pe->headers_size)
		return false;
	out->off = address;
	out->bytes = span_clip(bytes_at(pe, address), pe->headers_size - address);
	return !span_is_empty(out->bytes);
}

/* ---- exports ---- */

/* The table of name addresses, as many as the file has of them. */
static bool find_names(const struct pe *pe, struct pe_part *names)
{
	struct exports_wire exports;
	struct pe_part head;
	uint64_t off = 0;
	uint32_t address = 0, size = 0;

	if (!find_directory(pe, DIRECTORY_EXPORTS, &off, &address, &size))
		return false;
	if (!map(pe, address, &head) ||
	    !span_copy(head.bytes, 0, &exports, sizeof(exports)))
		return damaged(pe, off, "the export directory is not in the file");
	uint32_t n = le32(exports.n_names);
	if (n == 0)
		return false;
	if (n > MAX_NAMES) {
		n = MAX_NAMES;
		(void)damaged(
			pe, head.off,
			"the export directory tells of more names than there can be");
	}
	if (!map(pe, le32(exports.names), names))
		return damaged(pe, head.off, "the exported names are not in the file");
	names->bytes = span_clip(names->bytes, (size_t)n * 4);
	if (names->bytes.len / 4 < n)
		(void)damaged(pe, names->off, "the table of exported names is cut");
	return true;
}

bool pe_exports(const struct pe *pe, const char *name, uint64_t *off)
{
	struct pe_part names, at;
	uint64_t first_lost = 0;
	uint32_t address = 0, n_lost = 0;

	*off = 0;
	if (!find_names(pe, &names))
		return false;
	/* They should be sorted; a reader that trusts it would miss those that are not. */
	for (size_t i = 0; span_le32(names.bytes, i * 4, &address); i++) {
		if (!map(pe, address, &at)) {
			if (n_lost++ == 0)
				first_lost = names.off + i * 4;
			continue;
		}
		if (*off == 0 && span_starts(at.bytes, 0, name, strlen(name) + 1))
			*off = at.off;
	}
	if (n_lost > 0)
		diag_at(pe->diags, DIAG_PE_DAMAGED, first_lost,
			"%" PRIu32 " of the exported names are not in the file", n_lost);
	return *off != 0;
}

/* ---- resources ---- */

/* A directory of resources: its entries, as many as are there. */
struct listing {
	struct pe_part root; /* of the tree: offsets count from here */
	struct pe_part entries;
	size_t n;
};

struct entry {
	uint32_t id, target;
	uint64_t off;
};

static bool list(const struct pe *pe, struct pe_part root, uint32_t rel,
		 struct listing *out)
{
	struct resources_wire head;
	struct span bytes = span_from(root.bytes, rel);

	if (!span_copy(bytes, 0, &head, sizeof(head)))
		return damaged(pe, root.off,
			       "a directory of resources is not in the file");
	size_t n = (size_t)le16(head.n_named) + le16(head.n_ids);
	bytes = span_clip(span_from(bytes, sizeof(head)), n * RESOURCE_ENTRY);
	*out = (struct listing){ root,
				 { bytes, root.off + rel + sizeof(head) },
				 bytes.len / RESOURCE_ENTRY };
	if (out->n < n)
		(void)damaged(pe, root.off + rel, "a directory of resources is cut");
	return true;
}

static bool read_entry(const struct listing *in, size_t i, struct entry *out)
{
	out->off = in->entries.off + i * RESOURCE_ENTRY;
	return span_le32(in->entries.bytes, i * RESOURCE_ENTRY, &out->id) &&
	       span_le32(in->entries.bytes, i * RESOURCE_ENTRY + 4, &out->target);
}

/* The directory that an entry of one of the upper two levels leads to. */
static bool list_below(const struct pe *pe, struct pe_part root,
		       const struct entry *entry, struct listing *out)
{
	if (!(entry->target & RESOURCE_FLAG))
		return damaged(pe, entry->off,
			       "a resource stands where a directory of them is due");
	return list(pe, root, entry->target & ~RESOURCE_FLAG, out);
}

static bool read_resource(const struct pe *pe, struct pe_part root,
			  const struct entry *entry, struct pe_part *out)
{
	struct span data = span_from(root.bytes, entry->target);
	uint32_t address = 0, size = 0;

	if (entry->target & RESOURCE_FLAG)
		return damaged(pe, entry->off,
			       "a directory of resources stands where a resource is due");
	if (data.len < RESOURCE_DATA || !span_le32(data, 0, &address) ||
	    !span_le32(data, 4, &size))
		return damaged(pe, entry->off, "a resource leads out of the file");
	if (!map(pe, address, out))
		return damaged(pe, root.off + entry->target,
			       "the bytes of the version resource are not in the file");
	out->bytes = span_clip(out->bytes, size);
	if (out->bytes.len < size)
		(void)damaged(pe, root.off + entry->target,
			      "the version resource is cut");
	return true;
}

bool pe_resources(const struct pe *pe, struct pe_part *out)
{
	uint64_t off = 0;
	uint32_t address = 0, size = 0;

	if (!find_directory(pe, DIRECTORY_RESOURCES, &off, &address, &size))
		return false;
	if (!map(pe, address, out))
		return damaged(pe, off, "the resources are not in the file");
	return true;
}

bool pe_version_resource(const struct pe *pe, struct pe_part *out)
{
	struct listing types, names, languages;
	struct entry entry = { 0 };
	struct pe_part root;
	unsigned tries = MAX_TRIES;

	if (!pe_resources(pe, &root))
		return false;
	if (!list(pe, root, 0, &types))
		return false;
	size_t type = 0;
	while (read_entry(&types, type, &entry) && entry.id != RT_VERSION)
		type++;
	if (type == types.n || !list_below(pe, root, &entry, &names))
		return false;
	for (size_t i = 0; tries > 0 && read_entry(&names, i, &entry); i++) {
		if (!list_below(pe, root, &entry, &languages)) {
			tries--;
			continue;
		}
		for (size_t j = 0; tries > 0 && read_entry(&languages, j, &entry);
		     j++, tries--)
			if (read_resource(pe, root, &entry, out))
				return true;
	}
	if (tries == 0)
		(void)damaged(pe, names.entries.off,
			      "too many version resources without bytes");
	return false;
}
