/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kinds of files by their signatures.  Where these come from: hives, logs and .reg files,
 * event logs, PE images and listings from their own rooms; zip: APPNOTE.TXT 4.3.7; tar:
 * POSIX ustar, and the checksum of older ones; 7z: 7zFormat.txt; gzip: RFC 1952; xz:
 * xz-file-format.txt; zstd: RFC 8878; EWF: libewf's documentation; VMDK, VHD, VHDX, QCOW
 * and VDI: qemu's block drivers; partition tables: the UEFI specification, 5.2 and 5.3;
 * pst: MS-PST 2.2.2.6; CREG: libcreg's documentation; CLFS: libfsclfs's.
 */
#include "collection/filekind.h"

#include "base/diag.h"
#include "base/readat.h"
#include "base/text.h"
#include "companion/listing/listing.h"
#include "companion/pe.h"
#include "companion/versioninfo.h"
#include "regf/evidence.h"

#include <stdlib.h>

#define SECTOR 512
/* A disk has at least so much; smaller files with a boot sector are copies of it. */
#define LEAST_DISK (UINT64_C(1) << 20)

/* The resources of Mapi32.dll have some KB. */
#define MOST_RESOURCES ((size_t)1 << 20)

static const struct {
	const char *word, *people;
} kinds[] = {
#define X(constant, word, people) [constant] = { word, people },
	FILEKINDS(X)
#undef X
};

/* ---- by signature ---- */

struct signature {
	enum filekind kind;
	size_t off;
	const char *bytes;
	size_t len;
};

#define SIGNATURE(kind, off, literal)                                                    \
	{                                                                                \
		kind, off, literal, sizeof(literal) - 1                                  \
	}

static const struct signature signatures[] = {
	SIGNATURE(FILEKIND_EVENT_LOG, 0, "\x30\0\0\0LfLe"),
	SIGNATURE(FILEKIND_EVENT_LOG_XML, 0, "ElfFile\0"),
	SIGNATURE(FILEKIND_ARCHIVE, 0, "PK\3\4"),
	SIGNATURE(FILEKIND_ARCHIVE, 0, "PK\5\6"),	  /* empty */
	SIGNATURE(FILEKIND_ARCHIVE, 0, "PK\7\x08PK\3\4"), /* in parts */
	SIGNATURE(FILEKIND_ARCHIVE, 0, "7z\xbc\xaf\x27\x1c"),
	SIGNATURE(FILEKIND_ARCHIVE, 257, "ustar"),
	SIGNATURE(FILEKIND_COMPRESSED, 0, "\x1f\x8b\x08"),
	SIGNATURE(FILEKIND_COMPRESSED, 0, "\xfd\x37zXZ\0"),
	SIGNATURE(FILEKIND_COMPRESSED, 0, "\x28\xb5\x2f\xfd"),
	SIGNATURE(FILEKIND_COMPRESSED, 0, "\x04\x22\x4d\x18"), /* lz4 */
	SIGNATURE(FILEKIND_ARCHIVE_OTHER, 0, "Rar!\x1a\x07"),
	SIGNATURE(FILEKIND_ARCHIVE_OTHER, 0, "MSCF\0\0\0\0"),	  /* cab */
	SIGNATURE(FILEKIND_ARCHIVE_OTHER, 0, "MSWIM\0\0\0"),	  /* wim */
	SIGNATURE(FILEKIND_ARCHIVE_OTHER, 0, "TAPE\0\0\3\0\x8c"), /* NTBackup */
	SIGNATURE(FILEKIND_EXPAND, 0, "SZDD\x88\xf0\x27\x33"),
	SIGNATURE(FILEKIND_EXPAND, 0, "KWAJ\x88\xf0\x27\xd1"),
	SIGNATURE(FILEKIND_DISK_EWF, 0, "EVF\x09\x0d\x0a\xff\0"),
	SIGNATURE(FILEKIND_DISK_EWF, 0, "EVF2\x0d\x0a\x81\0"),
	SIGNATURE(FILEKIND_DISK_EWF, 0, "LVF\x09\x0d\x0a\xff\0"),
	SIGNATURE(FILEKIND_DISK_VMDK, 0, "KDMV"),
	SIGNATURE(FILEKIND_DISK_VMDK, 0, "COWD"),
	SIGNATURE(FILEKIND_DISK_VMDK, 0, "# Disk DescriptorFile"),
	SIGNATURE(FILEKIND_DISK_VHD, 0, "conectix"),
	SIGNATURE(FILEKIND_DISK_VHDX, 0, "vhdxfile"),
	SIGNATURE(FILEKIND_DISK_QCOW, 0, "QFI\xfb"),
	SIGNATURE(FILEKIND_DISK_QCOW, 64, "\x7f\x10\xda\xbe"), /* VDI */
	SIGNATURE(FILEKIND_MAIL_STORE, 0, "!BDN"),
	SIGNATURE(FILEKIND_HIVE_95, 0, "CREG"),
};

static bool by_signature(struct span head, enum filekind *out)
{
	for (size_t i = 0; i < ARRAY_LEN(signatures); i++) {
		const struct signature *s = &signatures[i];
		if (span_starts(head, s->off, s->bytes, s->len)) {
			*out = s->kind;
			return true;
		}
	}
	return false;
}

/* "BZh1" to "BZh9", and the digits of pi that begin a block. */
static bool is_bzip2(struct span head)
{
	uint8_t level = 0;

	return span_starts(head, 0, "BZh", 3) && span_u8(head, 3, &level) &&
	       level >= '1' && level <= '9' && span_starts(head, 4, "1AY&SY", 6);
}

/* A tar without "ustar": the sum of its first header is right. */
static bool is_old_tar(struct span head)
{
	uint32_t sum = 0, stored = 0;
	uint8_t byte = 0;
	size_t digits = 0;

	if (head.len < SECTOR || !span_u8(head, 0, &byte) || byte == 0)
		return false;
	for (size_t i = 0; i < SECTOR && span_u8(head, i, &byte); i++)
		sum += i >= 148 && i < 156 ? ' ' : byte;
	for (size_t i = 148; i < 156 && span_u8(head, i, &byte); i++) {
		if (byte >= '0' && byte <= '7') {
			stored = stored * 8 + (uint32_t)(byte - '0');
			digits++;
		} else if (byte != ' ' || digits > 0) {
			break;
		}
	}
	return digits > 0 && stored == sum;
}

/* A partition that begins inside the disk. */
static bool is_partition(struct span head, size_t off, uint64_t size)
{
	uint8_t active = 0, type = 0;
	uint32_t first = 0, count = 0;

	return span_u8(head, off, &active) && (active == 0 || active == 0x80) &&
	       span_u8(head, off + 4, &type) && type != 0 &&
	       span_le32(head, off + 8, &first) && span_le32(head, off + 12, &count) &&
	       first > 0 && count > 0 && (uint64_t)first * SECTOR < size;
}

static bool is_raw_disk(struct span head, uint64_t size)
{
	if (size < LEAST_DISK)
		return false;
	if (span_starts(head, SECTOR, "EFI PART", 8) ||
	    span_starts(head, 4096, "EFI PART", 8))
		return true;
	if (!span_starts(head, 510, "\x55\xaa", 2))
		return false;
	for (size_t i = 0; i < 4; i++)
		if (is_partition(head, 446 + 16 * i, size))
			return true;
	return span_starts(head, 3, "NTFS    ", 8) ||
	       span_starts(head, 3, "EXFAT   ", 8) ||
	       span_starts(head, 3, "-FVE-FS-", 8) || span_starts(head, 54, "FAT", 3) ||
	       span_starts(head, 82, "FAT32", 5);
}

static bool is_zeros(struct span head)
{
	uint8_t byte = 0;

	for (size_t i = 0; span_u8(head, i, &byte); i++)
		if (byte != 0)
			return false;
	return true;
}

/*
 * CLFS: the block at the front has version 15.0 and its first record where the header
 * ends.  A container that was never used holds zeros, and only its name tells.
 */
static bool is_txr(struct span head, const char *name)
{
	uint32_t first = 0;

	if (span_starts(head, 0, "\x15\0", 2) && span_le32(head, 40, &first))
		return first == 0x70;
	struct text text = text_of(name);
	return is_zeros(head) &&
	       (text_ends_with(text, ".regtrans-ms") || text_ends_with(text, ".blf"));
}

/* ---- by what is written ---- */

/* True if the bytes may be UTF-16: a mark, or a zero beside a first ASCII character. */
static bool may_be_wide(struct span head)
{
	uint8_t a = 0, b = 0;

	return span_starts(head, 0, "\xff\xfe", 2) ||
	       span_starts(head, 0, "\xfe\xff", 2) ||
	       (span_u8(head, 0, &a) && span_u8(head, 1, &b) && b == 0 &&
		(a >= ' ' || a == '\r' || a == '\n') && a < 0x7f);
}

static enum status by_text(struct span head, enum evidence_kind evidence,
			   enum filekind *out)
{
	bool is = false;

	if (evidence == EVIDENCE_REG) {
		*out = FILEKIND_REG;
		return STATUS_OK;
	}
	if (evidence != EVIDENCE_TEXT && !may_be_wide(head))
		return STATUS_OK;
	RETURN_IF_FAILED(listing_recognize(head, &is));
	if (is)
		*out = FILEKIND_LISTING;
	return STATUS_OK;
}

enum status filekind_of(struct span head, uint64_t size, const char *name,
			enum filekind *out)
{
	*out = FILEKIND_OTHER;
	head = span_clip(head, FILEKIND_HEAD);
	if (span_is_empty(head)) {
		*out = FILEKIND_EMPTY;
		return STATUS_OK;
	}
	enum evidence_kind evidence = evidence_identify(head);
	if (evidence == EVIDENCE_HIVE || evidence == EVIDENCE_LOG) {
		*out = evidence == EVIDENCE_HIVE ? FILEKIND_HIVE : FILEKIND_LOG;
		return STATUS_OK;
	}
	if (by_signature(head, out))
		return STATUS_OK;
	if (span_starts(head, 0, "MZ", 2))
		*out = FILEKIND_PROGRAM;
	else if (is_bzip2(head))
		*out = FILEKIND_COMPRESSED;
	else if (is_old_tar(head))
		*out = FILEKIND_ARCHIVE;
	else if (is_raw_disk(head, size))
		*out = FILEKIND_DISK_RAW;
	else if (is_txr(head, name))
		*out = FILEKIND_TXR;
	else
		return by_text(head, evidence, out);
	return STATUS_OK;
}

/* ---- programs ---- */

static enum status is_mapi32(const struct pe *pe, struct diag_list *unused, bool *out)
{
	struct pe_part part;
	struct versioninfo info;

	if (!pe_version_resource(pe, &part))
		return STATUS_OK;
	enum status status = versioninfo_read(part, unused, &info);
	const char *name = info.strings[VERSIONINFO_ORIGINAL_NAME];
	*out = status == STATUS_OK && name && text_is(text_of(name), "mapi32.dll");
	versioninfo_clear(&info);
	return status;
}

/*
 * The file as far as its version needs it, at its own offsets: headers and resources;
 * between them zeros, which cost no memory.
 */
static enum status read_program(int fd, uint64_t base, uint8_t *bytes, size_t size,
				bool *out)
{
	AUTO(diag_list_freep) struct diag_list *unused = diag_list_new();
	size_t head = size < FILEKIND_HEAD ? size : FILEKIND_HEAD;
	struct pe_part part;
	struct pe pe;

	if (!unused)
		return STATUS_NOMEM;
	if (readat(fd, base, bytes, head) < (ssize_t)head ||
	    !pe_open(span_of(bytes, size), unused, &pe) || !pe_resources(&pe, &part) ||
	    part.bytes.len > MOST_RESOURCES ||
	    readat(fd, base + part.off, bytes + part.off, part.bytes.len) <
		    (ssize_t)part.bytes.len)
		return STATUS_OK;
	return is_mapi32(&pe, unused, out);
}

enum status filekind_settle(int fd, uint64_t off, uint64_t size, enum filekind *kind)
{
	bool is = false;

	if (*kind != FILEKIND_PROGRAM || size > FILEKIND_MAX_PROGRAM)
		return STATUS_OK;
	uint8_t *bytes = calloc(1, (size_t)size + 1);
	if (!bytes)
		return STATUS_NOMEM;
	enum status status = read_program(fd, off, bytes, (size_t)size, &is);
	free(bytes);
	if (is)
		*kind = FILEKIND_MAPI32;
	return status;
}

/* ---- words ---- */

bool filekind_is_evidence(enum filekind kind)
{
	return kind == FILEKIND_HIVE || kind == FILEKIND_LOG || kind == FILEKIND_REG ||
	       kind == FILEKIND_EVENT_LOG || kind == FILEKIND_EVENT_LOG_XML ||
	       kind == FILEKIND_MAPI32 || kind == FILEKIND_LISTING;
}

bool filekind_is_disk(enum filekind kind)
{
	return kind >= FILEKIND_DISK_EWF && kind <= FILEKIND_DISK_RAW;
}

const char *filekind_advice(enum filekind kind)
{
	static const char *const advice[FILEKIND_N] = {
		[FILEKIND_ARCHIVE_OTHER] =
			"is an archive of a kind that is not read here (rar, cab, wim or "
			"bkf): unpack it, then give the folder",
		[FILEKIND_EXPAND] = "is compressed by Microsoft's compress: unpack it "
				    "with expand or msexpand, then give what comes out",
		[FILEKIND_DISK_EWF] =
			"is a disk image (E01): mount it with ewfmount and the file "
			"system in it read-only, then give the folder where it is mounted",
		[FILEKIND_DISK_VMDK] = "is a disk image (VMDK): mount it with guestmount "
				       "--ro or qemu-nbd -r, then give the folder where "
				       "it is mounted",
		[FILEKIND_DISK_VHD] = "is a disk image (VHD): mount it with guestmount "
				      "--ro or qemu-nbd -r, then give the folder where "
				      "it is mounted",
		[FILEKIND_DISK_VHDX] = "is a disk image (VHDX): mount it with guestmount "
				       "--ro or qemu-nbd -r, then give the folder where "
				       "it is mounted",
		[FILEKIND_DISK_QCOW] = "is a disk image (QCOW or VDI): mount it with "
				       "guestmount --ro or qemu-nbd -r, then give the "
				       "folder where it is mounted",
		[FILEKIND_DISK_RAW] =
			"is a raw disk image: mount it with losetup -r -P and mount -o "
			"ro, then give the folder where it is mounted",
		[FILEKIND_MAIL_STORE] =
			"is an Outlook data file (pst or ost): it holds mail, not "
			"profiles; give the user's hive, NTUSER.DAT",
		[FILEKIND_HIVE_95] =
			"is a registry file of Windows 95, 98 or Me, which is not read "
			"here: export its branch there as a .reg file and give that",
	};

	return advice[kind];
}

const char *filekind_word(enum filekind kind)
{
	return kinds[kind].word;
}

const char *filekind_people(enum filekind kind)
{
	return kinds[kind].people;
}
