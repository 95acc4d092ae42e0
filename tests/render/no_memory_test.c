/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/memory.h"
#include "support/hand_document.h"
#include "support/rendered_text.h"

/* Renders in an arena of its own while the k-th allocation fails. */
static enum status render_failing(struct hand *hand, const struct document *document, const struct renderer *renderer, uint64_t k)
{
    struct ctx ctx = {0};
    struct out *out = NULL;
    assert_ok(&hand->job, arena_create(NULL, &ctx.arena));
    assert_int_equal(out_open_memory(&ctx, &out), STATUS_OK);
    uint64_t before = memory_allocation_count();
    memory_fail_at(k, false);
    enum status status = renderer->render(&ctx, document, &rendering_page, out);
    memory_fail_at(0, false);
    uint64_t asked = memory_allocation_count() - before;
    if (!status)
        status = out_close(&ctx, out);
    if (status != (asked >= k ? STATUS_MEMORY : STATUS_OK))
        fail_msg("%s, allocation %u of %u: status %d", renderer->name, (unsigned)k, (unsigned)asked, (int)status);
    if (status)
        assert_non_null(strstr(ctx.error.sentence, "memory"));
    arena_destroy(ctx.arena);
    return status;
}

/* Whichever allocation fails, the renderer says that there is no memory, and leaves nothing behind (the sanitizer looks). */
static void every_failed_allocation_is_told(void **state)
{
    static const char *const names[] = {"markdown", "xlsx", "html", "json", "csv", "terminal", "svg", "pdf"};
    enum { TRIES_MOST = 3000 };
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    const struct document *document = hand_document(&hand);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct renderer *renderer = renderer_find(span_of(names[i]));
        enum status status = STATUS_MEMORY;
        uint64_t k = 0;
        assert_non_null(renderer);
        while (status && k < TRIES_MOST)
            status = render_failing(&hand, document, renderer, ++k);
        assert_int_equal(status, STATUS_OK); /* no allocation was left to fail */
        assert_true(k > 1);                  /* some did */
    }
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
