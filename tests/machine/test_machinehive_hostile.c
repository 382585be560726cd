/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives of a machine that are cut or damaged anywhere, and lack of memory at
 * each single allocation: nothing crashes, nothing leaks, and what is told
 * points into the hive.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/machines.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A small hive that makes rows of every list. */
static struct builder *small_system(void)
{
	const struct server_service service = { .name = "S",
						.display = "D",
						.image = "\"C:\\a b.exe\" -k",
						.account = ".\\LocalSystem",
						.type = SERVER_SHARED,
						.start = SERVER_AUTO,
						.depends = "A B" };
	struct builder *b = server_system(HIVES_TIME);

	server_select(b, 1, 1, 1, HIVES_TIME);
	server_add_service(b, 1, &service, HIVES_TIME);
	server_name(b, 1, "N", HIVES_TIME);
	server_time_zone(b, 1, "Z", -60, -60, HIVES_TIME);
	server_terminal_mode(b, 1, 1, HIVES_TIME);
	return b;
}

static struct builder *small_software(void)
{
	struct builder *b = server_software("W", "5.0", HIVES_TIME);

	server_add_exchange(b, &(struct server_exchange){ "C:\\e", 60, 4417, 3, 6249 },
			    HIVES_TIME);
	server_add_update(b, "Exchange Server 2000", "SP4", "824282", HIVES_TIME);
	server_add_hotfix(b, "Q329115", HIVES_TIME);
	server_add_program(b, false, "KB1", "Exchange (KB817375)", HIVES_TIME);
	server_add_outlook(b, false, "9.0", "C:\\o", HIVES_TIME);
	server_add_owner(b, "S-1-5-18", "C:\\u", HIVES_TIME);
	return b;
}

/* ---- what is told must lie in the image ---- */

static void touch(struct text text)
{
	char *utf8 = text_to_utf8(text, NULL);

	assert_non_null(utf8);
	free(utf8);
}

static void check_system(const struct machine_system *system)
{
	touch(system->computer_name);
	touch(system->time_zone);
	assert_true(system->control || system->n_services == 0);
	for (size_t i = 0; i < system->n_services; i++) {
		const struct machine_service *s = &system->services[i];
		touch(s->name);
		touch(s->display_name);
		touch(s->image_path);
		touch(s->image);
		touch(s->account);
		(void)machinesystem_service_of_image(system, s->image, true, s);
		assert_non_null(machinesystem_service_named(system, s->name));
	}
}

static void check_software(const struct machine_software *s)
{
	touch(s->product_name);
	touch(s->windows_version);
	for (size_t i = 0; i < s->hotfixes.n; i++)
		touch(s->hotfixes.items[i].name);
	for (size_t i = 0; i < s->profiles.n; i++) {
		touch(s->profiles.items[i].sid);
		touch(s->profiles.items[i].user);
	}
	for (size_t i = 0; i < s->offices.n; i++)
		assert_true(strlen(s->offices.items[i].version) >= 3);
}

/* Reads the file as either kind. */
static void read_both(const char *path)
{
	struct snapshot_source source = { .path = path };
	struct machine_system *system = NULL;
	struct machine_software *software = NULL;
	struct failure failure;

	switch (machinesystem_read(&source, &system, &failure)) {
	case STATUS_OK:
		check_system(system);
		break;
	case STATUS_LIMIT:
		assert_null(system);
		break;
	case STATUS_UNSUPPORTED:
	case STATUS_NOMEM:
	case STATUS_IO:
	case STATUS_ABSENT:
	case STATUS_MALFORMED:
		fail_msg("%s", failure.sentence);
	}
	if (machinesoftware_read(&source, &software, &failure) == STATUS_OK)
		check_software(software);
	machinesystem_free(system);
	machinesoftware_free(software);
}

/* ---- a file that is written again and again ---- */

struct victim {
	uint8_t *bytes;
	size_t len;
	char *path;
	int fd;
};

static struct victim victim_of(struct builder *b)
{
	struct victim victim = { 0 };
	size_t len = 0;

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	victim.len = len;
	victim.bytes = malloc(len);
	assert_non_null(victim.bytes);
	memcpy(victim.bytes, bytes, len);
	char *name = hives_temporary(bytes, len);
	victim.fd = open(name, O_RDWR | O_CLOEXEC);
	assert_true(victim.fd >= 0);
	/* Without a name: then the reader need not wait until a change has another time. */
	assert_int_equal(remove(name), 0);
	free(name);
	victim.path = malloc(32);
	assert_non_null(victim.path);
	(void)snprintf(victim.path, 32, "/proc/self/fd/%d", victim.fd);
	builder_free(b);
	return victim;
}

static void victim_end(struct victim *victim)
{
	(void)close(victim->fd);
	free(victim->path);
	free(victim->bytes);
}

static void put(const struct victim *victim, size_t at, uint8_t byte)
{
	assert_int_equal(pwrite(victim->fd, &byte, 1, (off_t)at), 1);
}

static void cut_everywhere(struct builder *b)
{
	struct victim victim = victim_of(b);

	for (size_t len = victim.len; len-- > 0;) {
		assert_int_equal(ftruncate(victim.fd, (off_t)len), 0);
		read_both(victim.path);
	}
	victim_end(&victim);
}

static void flip_everywhere(struct builder *b)
{
	static const uint8_t masks[] = { 0x01, 0x80, 0xff };
	struct victim victim = victim_of(b);
	size_t end = victim.len;

	/* The free rest of the last bin is all zeros. */
	while (end > 0 && victim.bytes[end - 1] == 0)
		end--;
	for (size_t i = FIRST_BIN; i < end; i++) {
		for (size_t k = 0; k < ARRAY_LEN(masks); k++) {
			put(&victim, i, victim.bytes[i] ^ masks[k]);
			read_both(victim.path);
		}
		put(&victim, i, victim.bytes[i]);
	}
	victim_end(&victim);
}

static void test_cut_system(void **state)
{
	(void)state;
	cut_everywhere(small_system());
}

static void test_cut_software(void **state)
{
	(void)state;
	cut_everywhere(small_software());
}

static void test_damaged_system(void **state)
{
	(void)state;
	flip_everywhere(small_system());
}

static void test_damaged_software(void **state)
{
	(void)state;
	flip_everywhere(small_software());
}

/* A value's size past the end of everything: it is not read past it. */
static void test_sizes(void **state)
{
	static const uint32_t sizes[] = { 0,	  1,	      3,	  5,
					  0xffff, 0x7fffffff, 0x80000001, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct builder *b = small_system();
		builder_finish(b);
		builder_key key = builder_key_find(b, builder_root(b),
						   "ControlSet001\\Services\\S");
		builder_poke32(b, builder_value_offset(b, key, "ImagePath") + VK_SIZE,
			       sizes[i]);
		builder_poke32(b, builder_value_offset(b, key, "Type") + VK_SIZE,
			       sizes[i]);
		size_t len = 0;
		const uint8_t *bytes = builder_bytes(b, &len);
		char *path = hives_temporary(bytes, len);
		read_both(path);
		(void)remove(path);
		free(path);
		builder_free(b);
	}
}

/* ---- lack of memory ---- */

static void test_system_out_of_memory(void **state)
{
	char *path = machines_file(small_system());
	struct snapshot_source source = { .path = path };
	struct machine_system *system = NULL;
	struct failure failure;
	struct unit_oom oom;

	(void)state;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, machinesystem_read(&source, &system, &failure));
		if (status == STATUS_OK)
			break;
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(system);
		assert_non_null(strstr(failure.sentence, "memory"));
	}
	assert_true(oom.n > 2);
	assert_int_equal(system->n_services, 1);
	machinesystem_free(system);
	(void)remove(path);
	free(path);
}

static void test_software_out_of_memory(void **state)
{
	char *path = machines_file(small_software());
	struct snapshot_source source = { .path = path };
	struct machine_software *s = NULL;
	struct failure failure;
	struct unit_oom oom;

	(void)state;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, machinesoftware_read(&source, &s, &failure));
		if (status == STATUS_OK)
			break;
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(s);
		assert_non_null(strstr(failure.sentence, "memory"));
	}
	assert_true(oom.n > 4);
	assert_int_equal(s->hotfixes.n, 3);
	assert_int_equal(s->offices.n, 1);
	assert_int_equal(s->profiles.n, 1);
	machinesoftware_free(s);
	(void)remove(path);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_system),
		cmocka_unit_test(test_cut_software),
		cmocka_unit_test(test_damaged_system),
		cmocka_unit_test(test_damaged_software),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_system_out_of_memory),
		cmocka_unit_test(test_software_out_of_memory),
	};

	return UNIT_RUN(tests);
}
