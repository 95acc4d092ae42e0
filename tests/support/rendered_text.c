/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/rendered_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/story.h"

const struct rendering rendering_page = {.utf8 = true, .stylesheet = {"p{}", 3}};

const char *rendered_text(struct job *job, const struct document *document, const char *renderer, struct rendering rendering)
{
    const struct renderer *found = renderer_find(span_of(renderer));
    struct out *out = NULL;
    assert_non_null(found);
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, found->render(&job->ctx, document, &rendering, out));
    const char *text = arena_copy(job->ctx.arena, out_bytes(out));
    assert_non_null(text);
    return text;
}

const char *rendered_tables(struct hand *hand, const char *renderer, struct rendering rendering)
{
    struct report_tables tables = hand_release(hand);
    const struct document *document = NULL;
    assert_ok(&hand->job, report_tables_document(&hand->job.ctx, &hand->head, &tables, rendering.wide, &document));
    return rendered_text(&hand->job, document, renderer, rendering);
}
