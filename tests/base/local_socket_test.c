/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "A Unix socket DB.sock (mode 0600) through which the command line works while a server runs." (issue, Store) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/local_socket.h"
#include "support/scratch_folder.h"

static atomic_uint answered;

/* Answers what was asked, in capitals; "fail" is not answered. */
static enum status answer_loudly(void *state, struct ctx *ctx, struct span request, struct span *reply)
{
    assert_ptr_equal(state, &answered);
    atomic_fetch_add(&answered, 1);
    char *text = arena_copy(ctx->arena, request);
    assert_non_null(text);
    for (size_t i = 0; i < request.length; i++)
        text[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]);
    *reply = (struct span){text, request.length};
    return span_is(request, "fail") ? STATUS_FAILURE : STATUS_OK;
}

struct place_fixture {
    struct scratch scratch;
    struct ctx ctx;
    char path[SCRATCH_ROOM];
    struct local_listener *listener;
};

static int place_set_up(void **state)
{
    struct place_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    scratch_create(&fixture->scratch);
    assert_int_equal(arena_create(NULL, &fixture->ctx.arena), STATUS_OK);
    (void)snprintf(fixture->path, sizeof fixture->path, "%s", scratch_path(&fixture->scratch, "store.db.sock"));
    *state = fixture;
    return 0;
}

static int place_tear_down(void **state)
{
    struct place_fixture *fixture = *state;
    arena_destroy(fixture->ctx.arena);
    scratch_destroy(&fixture->scratch);
    free(fixture);
    return 0;
}

static void address_write(struct sockaddr_un *address, const char *path)
{
    size_t length = strlen(path);
    assert_true(length < sizeof address->sun_path);
    memcpy(address->sun_path, path, length + 1);
}

static enum status listen_at(struct place_fixture *fixture)
{
    return local_listener_start(&fixture->ctx, fixture->path, answer_loudly, &answered, &fixture->listener);
}

static void asks_and_is_answered(void **state)
{
    struct place_fixture *fixture = *state;
    struct span reply;
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("x"), &reply), STATUS_NO_INPUT);
    assert_int_equal(listen_at(fixture), STATUS_OK);
    struct stat made;
    assert_int_equal(lstat(fixture->path, &made), 0);
    assert_true(S_ISSOCK(made.st_mode));
    assert_int_equal(made.st_mode & 0777, 0600);
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("hello"), &reply), STATUS_OK);
    assert_true(span_is(reply, "HELLO"));
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of(""), &reply), STATUS_OK);
    assert_int_equal(reply.length, 0);
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("fail"), &reply), STATUS_UNAVAILABLE);
    local_listener_stop(fixture->listener);
    assert_int_not_equal(lstat(fixture->path, &made), 0);
    local_listener_stop(fixture->listener);
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("x"), &reply), STATUS_NO_INPUT);
}

static void takes_what_fills_many_packets(void **state)
{
    struct place_fixture *fixture = *state;
    size_t length = 3u << 20;
    char *text = arena_alloc(fixture->ctx.arena, length);
    memset(text, 'q', length);
    struct span reply;
    assert_int_equal(listen_at(fixture), STATUS_OK);
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, (struct span){text, length}, &reply), STATUS_OK);
    assert_int_equal(reply.length, length);
    assert_int_equal(reply.at[length - 1], 'Q');
    size_t large = LOCAL_REQUEST_BYTES_MAX + 1;
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, (struct span){text, large}, &reply), STATUS_INVALID);
}

/* A socket that was left by a process that died is replaced; one that is listened at, and any other file, is not. */
static void replaces_only_what_is_stale(void **state)
{
    struct place_fixture *fixture = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    address_write(&address, fixture->path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    assert_int_equal(listen_at(fixture), STATUS_OK);
    struct local_listener *second = NULL;
    enum status status = local_listener_start(&fixture->ctx, fixture->path, answer_loudly, &answered, &second);
    assert_int_equal(status, STATUS_UNAVAILABLE);
    assert_non_null(strstr(fixture->ctx.error.sentence, "Another server listens"));
    struct span reply;
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("still"), &reply), STATUS_OK);
    local_listener_stop(fixture->listener);
    scratch_write(&fixture->scratch, "store.db.sock", "precious");
    assert_int_equal(listen_at(fixture), STATUS_UNAVAILABLE);
    size_t length = 0;
    char *kept = scratch_read(fixture->path, &length);
    assert_string_equal(kept, "precious");
    free(kept);
}

/* Socket addresses have room for 107 bytes; paths are longer. */
static void takes_a_long_path(void **state)
{
    struct place_fixture *fixture = *state;
    char folder[101];
    memset(folder, 'f', 100);
    folder[100] = '\0';
    (void)snprintf(fixture->path, sizeof fixture->path, "%s", scratch_path(&fixture->scratch, folder));
    assert_int_equal(mkdir(fixture->path, 0700), 0);
    size_t length = strlen(fixture->path);
    (void)snprintf(fixture->path + length, sizeof fixture->path - length, "/store.db.sock");
    struct span reply;
    assert_int_equal(listen_at(fixture), STATUS_OK);
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("long"), &reply), STATUS_OK);
    assert_true(span_is(reply, "LONG"));
}

/* Who sends half a request, or a length beyond the limit, holds up nobody and brings nobody down. */
static void bears_broken_requests(void **state)
{
    struct place_fixture *fixture = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_int_equal(listen_at(fixture), STATUS_OK);
    address_write(&address, fixture->path);
    static const char *const broken[] = {"\xff\xff\xff\xffmuch", "\0\0\1\0half", "\0"};
    static const size_t lengths[] = {8, 8, 1};
    unsigned before = atomic_load(&answered);
    for (size_t i = 0; i < 3; i++) {
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
        assert_int_equal(send(fd, broken[i], lengths[i], MSG_NOSIGNAL), (ssize_t)lengths[i]);
        close(fd);
    }
    struct span reply;
    assert_int_equal(local_socket_ask(&fixture->ctx, fixture->path, span_of("whole"), &reply), STATUS_OK);
    assert_int_equal(atomic_load(&answered), before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(asks_and_is_answered, place_set_up, place_tear_down),
        cmocka_unit_test_setup_teardown(takes_what_fills_many_packets, place_set_up, place_tear_down),
        cmocka_unit_test_setup_teardown(replaces_only_what_is_stale, place_set_up, place_tear_down),
        cmocka_unit_test_setup_teardown(takes_a_long_path, place_set_up, place_tear_down),
        cmocka_unit_test_setup_teardown(bears_broken_requests, place_set_up, place_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
