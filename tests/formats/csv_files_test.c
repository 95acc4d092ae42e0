/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both ways of reading a wide file come to the same for files too: plain ones, packed ones, packed ones that are damaged or cut
 * short, and files that become shorter or longer while they are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include <zlib.h>
#include <zstd.h>

#include "base/chance.h"
#include "support/csv_readings.h"
#include "support/csv_studies.h"
#include "support/scratch_folder.h"

enum { TEXT_MOST = 1 << 20, ROWS = 12000 };

static const struct study *const study = &csv_studies[CSV_STUDY_DATES];
static struct scratch scratch;
static char *room;

static int open_folder(void **state)
{
    (void)state;
    room = malloc(TEXT_MOST);
    scratch_create(&scratch);
    return room == NULL ? -1 : 0;
}

static int close_folder(void **state)
{
    (void)state;
    free(room);
    scratch_destroy(&scratch);
    return 0;
}

/* What happens to a file while it is read: before the call that reads it for the `calls`-th time, its length changes. */
static struct {
    const char *path; /* NULL: nothing */
    off_t length;
    atomic_int calls;
} changing;

static void file_is_read(void)
{
    if (changing.path != NULL && atomic_fetch_sub(&changing.calls, 1) == 1)
        assert_int_equal(truncate(changing.path, changing.length), 0);
}

/* The program's calls come here, and then to the system. */
ssize_t read(int descriptor, void *into, size_t size)
{
    file_is_read();
    return syscall(SYS_read, descriptor, into, size);
}

ssize_t pread(int descriptor, void *into, size_t size, off_t offset)
{
    file_is_read();
    return syscall(SYS_pread64, descriptor, into, size, offset);
}

/* Rows of 26 to 46 bytes; one in `odd` is not as it should be. */
static struct span rows_make(unsigned odd)
{
    static const char *const oddities[] = {"x,5,4,3,2", ",9,4,3,2",         "\"a\nb\",5,4,3,2",
                                           "y,5,4",     "\xC3\xA4,5,,3,NA", "z,5,4,3,2,"};
    size_t length = (size_t)snprintf(room, TEXT_MOST, "date,other,h1,h2,p1,p2\n");
    for (uint64_t row = 0; row < ROWS; row++) {
        const uint64_t draw = chance_below(31, row, 0, odd == 0 ? 1 : 6 * (uint64_t)odd);
        const bool usual = odd == 0 || draw >= 6;
        length += (size_t)snprintf(room + length, TEXT_MOST - length, "2026-04-%02u,%s\n", (unsigned)(row % 30) + 1,
                                   usual ? "plain text of some length,5,4,3,2" : oddities[draw]);
    }
    return (struct span){room, length};
}

static const char *file_write(const char *name, struct span bytes)
{
    return scratch_write_bytes(&scratch, name, bytes.at, bytes.length);
}

/* Reads a file in both ways with every kernel and up to three threads.
 * takes   like  NULL, or bytes that it must come to the same as */
static void assert_file_agrees(const char *path, const struct span *like)
{
    const struct span none = {NULL, 0};
    struct csv_reading_done general, fast;
    struct csv_way way = {.path = CSV_PATH_GENERAL, .threads = 1, .file = path};
    csv_read_so(&general, like == NULL ? none : *like, study, &way);
    for (unsigned k = 0; k < 3 * KERNEL_COUNT; k++) {
        way = (struct csv_way){.kernel = (enum kernel)(k % KERNEL_COUNT), .threads = 1 + k / KERNEL_COUNT, .file = path};
        if (!kernel_available(way.kernel))
            continue;
        csv_read_so(&fast, none, study, &way);
        csv_assert_same(&general, &fast);
        arena_destroy(fast.ctx.arena);
    }
    arena_destroy(general.ctx.arena);
}

static struct span zipped(struct span text, char *into, size_t size)
{
    z_stream stream = {.next_in = (unsigned char *)room + (text.at - room),
                       .avail_in = (unsigned)text.length,
                       .next_out = (unsigned char *)into,
                       .avail_out = (unsigned)size};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(deflateEnd(&stream), Z_OK);
    return (struct span){into, stream.total_out};
}

static struct span zstandard(struct span text, char *into, size_t size)
{
    const size_t length = ZSTD_compress(into, size, text.at, text.length, 3);
    assert_false(ZSTD_isError(length));
    return (struct span){into, length};
}

/* In two parts, which are one after another in the file, whole, damaged and cut short. */
static void packed_in(struct span (*pack)(struct span, char *, size_t), const char *name)
{
    char *packed = malloc(TEXT_MOST);
    assert_non_null(packed);
    for (unsigned odd = 0; odd <= 400; odd += 200) {
        const struct span text = rows_make(odd), first = {text.at, text.length / 3};
        struct span bytes = pack(first, packed, TEXT_MOST);
        bytes.length += pack((struct span){text.at + first.length, text.length - first.length}, packed + bytes.length,
                             TEXT_MOST - bytes.length)
                            .length;
        assert_file_agrees(file_write(name, bytes), &text);
        for (size_t cut = 1; cut < 8; cut += 2) {
            assert_file_agrees(file_write(name, (struct span){packed, bytes.length * cut / 8}), NULL);
        }
        packed[bytes.length / 2] ^= 0x55;
        assert_file_agrees(file_write(name, bytes), NULL);
    }
    free(packed);
}

static void packed_files_agree(void **state)
{
    (void)state;
    packed_in(zipped, "packed.csv.gz");
    packed_in(zstandard, "packed.csv.zst");
}

static void plain_files_agree(void **state)
{
    (void)state;
    for (unsigned odd = 0; odd <= 400; odd += 100) {
        const struct span text = rows_make(odd);
        assert_file_agrees(file_write("plain.csv", text), &text);
    }
}

/* A file whose length changes once it is opened is read as it is then; where it has become longer, NUL bytes follow. */
static void changed_files_agree(void **state)
{
    (void)state;
    static const char name[] = "changed.csv";
    const char *const path = scratch_path(&scratch, name);
    for (unsigned trial = 0; trial < 12; trial++) {
        struct span text = rows_make(trial % 2 == 0 ? 0 : 300);
        (void)file_write(name, text);
        const size_t whole = text.length, length = trial == 0 ? 0 : trial == 1 ? whole + 700 : chance_below(32, trial, 0, whole);
        memset(room + whole, 0, 700);
        text.length = length;
        struct csv_reading_done general, fast;
        struct csv_way way = {.path = CSV_PATH_GENERAL, .threads = 1, .file = path};
        csv_read_so(&general, text, study, &way);
        for (unsigned k = 0; k < 6; k++) {
            (void)file_write(name, (struct span){room, whole});
            changing.length = (off_t)length;
            changing.calls = 1;
            changing.path = path;
            way = (struct csv_way){.path = k < 4 ? CSV_PATH_FASTEST : CSV_PATH_GENERAL, .threads = 1 + k % 2, .file = path};
            csv_read_so(&fast, (struct span){NULL, 0}, study, &way);
            changing.path = NULL;
            if (trial > 0)
                csv_assert_same(&general, &fast);
            assert_int_equal(fast.status == STATUS_OK, general.status == STATUS_OK);
            arena_destroy(fast.ctx.arena);
        }
        arena_destroy(general.ctx.arena);
    }
}

/* A file that is cut at the end of a row while it is read comes to the rows before, whatever was read until then. */
static void shrinking_files_end(void **state)
{
    (void)state;
    static const char name[] = "shrinking.csv";
    const char *const path = scratch_path(&scratch, name);
    const struct span text = rows_make(0);
    const char *cut = memchr(text.at + text.length / 5, '\n', text.length / 2);
    assert_non_null(cut);
    for (unsigned k = 0; k < 24; k++) {
        const struct csv_way way = {.path = k < 16 ? CSV_PATH_FASTEST : CSV_PATH_GENERAL,
                                    .threads = 1 + k % 3,
                                    .block_bytes = k % 4 == 0 ? 0 : 3000 * (size_t)k,
                                    .file = path};
        struct csv_reading_done done;
        (void)file_write(name, text);
        changing.length = cut + 1 - text.at;
        changing.calls = 2 + (int)k % 8;
        changing.path = path;
        csv_read_so(&done, (struct span){NULL, 0}, study, &way);
        changing.path = NULL;
        /* In the midst of what had been read the last row may end anywhere. */
        assert_true(done.status == STATUS_OK || done.status == STATUS_DATA);
        assert_true(done.problems.total <= 1);
        if (done.status == STATUS_OK) {
            assert_in_range(done.answers->encounter_count, ROWS / 6, ROWS);
            for (uint32_t i = 0; i < done.answers->encounter_count; i++)
                assert_int_equal(answers_code(done.answers, i, i % 4), 5 - i % 4);
        }
        arena_destroy(done.ctx.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_files_agree),
        cmocka_unit_test(packed_files_agree),
        cmocka_unit_test(changed_files_agree),
        cmocka_unit_test(shrinking_files_end),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
