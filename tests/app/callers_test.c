/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "API keys stored hashed": whoever sends the secret of a key is its caller, unless the key has ended. */
#include "app/callers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/key_rows.h"
#include "store/store.h"
#include "support/scratch_folder.h"

/* A key as it is asked for, and when it ends. */
struct made {
    char secret[SECRET_TEXT_BYTES];
    struct api_key key;
};

static enum status key_make(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    (void)desk;
    struct made *made = state;
    secret_make(made->secret);
    digest_of(span_of(made->secret), &made->key.hash);
    uuid_ordered(&made->key.id);
    return key_add(ctx, session, &made->key, NULL, 0);
}

static enum status key_end(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    (void)desk;
    const struct made *made = state;
    return key_revoke(ctx, session, &made->key.id, 5);
}

struct asking {
    struct span secret;
    struct caller caller;
    bool found;
};

static enum status asking_run(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct asking *asking = state;
    return caller_of_bearer(ctx, desk, session, asking->secret, &asking->caller, &asking->found);
}

static bool is_found(struct ctx *ctx, struct desk *desk, const char *secret, struct caller *out)
{
    struct asking asking = {.secret = span_of(secret)};
    assert_int_equal(desk_read(ctx, desk, asking_run, &asking), STATUS_OK);
    *out = asking.caller;
    return asking.found;
}

static void keys_are_callers_until_they_end(void **state)
{
    (void)state;
    struct scratch scratch;
    struct ctx ctx = {.threads = 1};
    struct desk *desk = NULL;
    struct caller caller;
    scratch_create(&scratch);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    const char *path = scratch_path(&scratch, "study.db");
    assert_int_equal(store_create(&ctx, path), STATUS_OK);
    assert_int_equal(desk_open(&ctx, path, DESK_WRITE, "a test", &desk), STATUS_OK);
    struct made reader = {.key = {.name = "reader", .access = KEY_READ, .all_studies = true, .created_ms = 1}};
    struct made writer = {.key = {.name = "writer", .access = KEY_WRITE, .created_ms = 1, .expires_ms = 1000}};
    assert_int_equal(desk_write(&ctx, desk, key_make, &reader), STATUS_OK);
    assert_int_equal(desk_write(&ctx, desk, key_make, &writer), STATUS_OK);
    assert_int_equal(setenv("GAPMETER_NOW_MS", "999", 1), 0);
    assert_true(is_found(&ctx, desk, reader.secret, &caller));
    assert_int_equal(caller.kind, CALLER_KEY);
    assert_string_equal(caller.key.name, "reader");
    assert_true(caller.key.all_studies && caller.key.access == KEY_READ);
    assert_true(is_found(&ctx, desk, writer.secret, &caller));
    assert_true(!caller.key.all_studies && caller.key.access == KEY_WRITE);
    assert_int_equal(setenv("GAPMETER_NOW_MS", "1000", 1), 0);
    assert_false(is_found(&ctx, desk, writer.secret, &caller));
    assert_true(is_found(&ctx, desk, reader.secret, &caller));
    assert_int_equal(desk_write(&ctx, desk, key_end, &reader), STATUS_OK);
    assert_false(is_found(&ctx, desk, reader.secret, &caller));
    assert_false(is_found(&ctx, desk, "", &caller));
    assert_false(is_found(&ctx, desk, "reader", &caller));
    assert_false(is_found(&ctx, desk, "aaaaaaaaaaaaaaaaaaaaaaaaaa", &caller));
    arena_destroy(ctx.arena);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keys_are_callers_until_they_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
