/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Disk full (small tmpfs): not acknowledged, recovers by itself", and "reads go on". Without root the same through a limit of
 * file sizes, which only a new server gets rid of. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/killing.h"
#include "support/scratch_folder.h"

enum { INVITATIONS = 9000, LEFT_BYTES = 96 << 10, CONNECTIONS = 8 };

struct fixture {
    struct scratch scratch;
    struct live_store store;
    struct killing killing;
    struct server_process server;
    char folder[SCRATCH_ROOM], ballast[SCRATCH_ROOM + 16];
    bool mounted;
};

static void fixture_make(struct fixture *fixture)
{
    char path[SCRATCH_ROOM + 16];
    scratch_create(&fixture->scratch);
    (void)snprintf(fixture->folder, sizeof fixture->folder, "%s", scratch_path(&fixture->scratch, "small"));
    assert_int_equal(mkdir(fixture->folder, 0700), 0);
    fixture->mounted = mount("none", fixture->folder, "tmpfs", 0, "size=24m") == 0;
    (void)snprintf(path, sizeof path, "%s/study.db", fixture->folder);
    (void)snprintf(fixture->ballast, sizeof fixture->ballast, "%s/ballast", fixture->folder);
    live_store_make(&fixture->store, path, INVITATIONS);
    killing_begin(&fixture->killing, &fixture->store, scratch_path(&fixture->scratch, "ledger"));
}

static void fixture_clear(struct fixture *fixture)
{
    killing_end(&fixture->killing);
    live_store_clear(&fixture->store);
    if (fixture->mounted)
        assert_int_equal(umount2(fixture->folder, 0), 0);
    scratch_destroy(&fixture->scratch);
}

/* Fills the file system but for a little. */
static void ballast_put(const struct fixture *fixture)
{
    static const char block[4096];
    int file = open(fixture->ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    off_t size = 0;
    assert_true(file >= 0);
    while (write(file, block, sizeof block) == (ssize_t)sizeof block)
        size += (off_t)sizeof block;
    assert_true(size > LEFT_BYTES && ftruncate(file, size - LEFT_BYTES) == 0);
    close(file);
}

struct reading {
    const struct fixture *fixture;
    unsigned statuses[600];
};

static size_t page_write(void *state, uint64_t number, char *into, size_t room)
{
    const struct reading *reading = state;
    const struct live_store *store = &reading->fixture->store;
    return (size_t)snprintf(into, room, "GET /s/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                            store->tokens[store->count - 1 - number]);
}

static void page_note(void *state, const struct load_reply *reply)
{
    struct reading *reading = state;
    reading->statuses[reply->status]++;
}

/* Forms that were never answered can be read. */
static void pages_go_on(const struct fixture *fixture)
{
    struct reading reading = {.fixture = fixture};
    struct load_result result;
    const struct load_plan plan = {.port = fixture->server.port,
                                   .connections = 2,
                                   .requests = 20,
                                   .write = page_write,
                                   .told = page_note,
                                   .state = &reading};
    load_run(&plan, &result);
    assert_int_equal(reading.statuses[200], 20);
}

static void verdict_check(struct fixture *fixture)
{
    struct killing_verdict verdict = killing_verify(&fixture->killing, fixture->store.path);
    assert_int_equal(verdict.unknown, 0);
    assert_int_equal(verdict.lost, 0);
    assert_int_equal(verdict.wrong, 0);
    assert_int_equal(verdict.surplus, 0);
}

/* Posts until some are refused: with 503 or 507, and none of those is in the store afterwards. */
static void posts_until_full(struct fixture *fixture)
{
    struct load_result full = {0};
    for (unsigned round = 0; round < 8 && !full.refused; round++)
        killing_load(&fixture->killing, fixture->server.port, CONNECTIONS, 500, &full);
    print_message("%llu of the last 500 were refused, with %d\n", (unsigned long long)full.refused, full.refused_status);
    assert_true(full.refused > 0 && full.lost == 0);
    assert_true(full.refused_status == 503 || full.refused_status == 507);
}

static void recovers_when_there_is_room(void **state)
{
    (void)state;
    static struct fixture fixture;
    struct load_result before, after;
    fixture_make(&fixture);
    if (!fixture.mounted) {
        print_message("no small file system here: that needs root\n");
        fixture_clear(&fixture);
        skip();
    }
    assert_true(server_start(&(const struct server_wish){.store = fixture.store.path, .core = -1}, &fixture.server));
    killing_load(&fixture.killing, fixture.server.port, CONNECTIONS, 200, &before);
    assert_int_equal(before.good, 200);
    ballast_put(&fixture);
    posts_until_full(&fixture);
    pages_go_on(&fixture);
    assert_int_equal(unlink(fixture.ballast), 0);
    killing_load(&fixture.killing, fixture.server.port, CONNECTIONS, 200, &after);
    assert_int_equal(after.good, 200);
    assert_int_equal(server_end(&fixture.server, SIGTERM), 0);
    verdict_check(&fixture);
    fixture_clear(&fixture);
}

/* No file may grow: what cannot be written is not acknowledged either. */
static void a_limit_of_file_sizes(void **state)
{
    (void)state;
    static struct fixture fixture;
    struct stat about;
    fixture_make(&fixture);
    assert_int_equal(stat(fixture.store.path, &about), 0);
    const struct server_wish wish = {.store = fixture.store.path,
                                     .core = -1,
                                     .file_bytes = (unsigned long)(about.st_size < 2 << 20 ? about.st_size : 2 << 20)};
    assert_true(server_start(&wish, &fixture.server));
    posts_until_full(&fixture);
    pages_go_on(&fixture);
    (void)server_end(&fixture.server, SIGTERM);
    verdict_check(&fixture);
    fixture_clear(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recovers_when_there_is_room),
        cmocka_unit_test(a_limit_of_file_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
