/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every k-th allocation of a scenario fails, once and with all that follow: the outcome is STATUS_MEMORY, and the sanitizers
 * see that nothing is lost or used again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/csv_field.h"
#include "base/intern.h"
#include "base/markup.h"
#include "base/memory.h"
#include "support/scratch_folder.h"

static struct scratch scratch;

static int closed_resources;

static void close_one(void *resource)
{
    (void)resource;
    closed_resources++;
}

static enum status arenas(struct ctx *ctx)
{
    closed_resources = 0;
    struct arena *job = NULL, *deeper = NULL;
    if (arena_create(ctx->arena, &job) != STATUS_OK || arena_create(job, &deeper) != STATUS_OK)
        return ctx_no_memory(ctx);
    for (size_t i = 1; i < 40; i++)
        if (arena_alloc(deeper, i * 300) == NULL || arena_array(job, i, 8) == NULL ||
            arena_format(ctx->arena, "%zu of %d", i, 40) == NULL || arena_copy(deeper, span_of("a text")) == NULL ||
            arena_defer(job, close_one, NULL) != STATUS_OK)
            return ctx_no_memory(ctx);
    arena_destroy(deeper);
    return STATUS_OK;
}

static enum status interning(struct ctx *ctx)
{
    struct intern *intern = NULL;
    enum status status = intern_create(ctx, 5000, &intern);
    for (unsigned i = 0; i < 4000 && status == STATUS_OK; i++) {
        char text[600];
        uint32_t number;
        bool fresh;
        int length = snprintf(text, sizeof text, "%0*u", i % 50 == 0 ? 500 : 9, i);
        status = intern_add(intern, (struct span){text, (size_t)length}, &number, &fresh);
    }
    return status == STATUS_MEMORY ? ctx_no_memory(ctx) : status;
}

static enum status page(struct ctx *ctx)
{
    struct out *out = NULL;
    struct markup m;
    enum status status = out_open_memory(ctx, &out);
    if (status != STATUS_OK)
        return status;
    markup_begin(&m, out);
    for (int i = 0; i < 100; i++) {
        markup_open(&m, "p");
        markup_attribute_format(&m, "id", "%0700d", i);
        markup_element(&m, "b", "text & more");
        markup_text_format(&m, "%s %0600d", "text", i);
        markup_close(&m, "p");
    }
    return out_close(ctx, out);
}

static enum status file(struct ctx *ctx)
{
    struct out *out = NULL;
    enum status status = out_open_file(ctx, scratch_path(&scratch, "table.csv"), &out);
    if (status != STATUS_OK)
        return status;
    for (int i = 0; i < 100; i++) {
        csv_field_write(out, span_of("a \"cell\", with all"), ',');
        out_format(out, "%01000d\n", i);
    }
    return out_close(ctx, out);
}

/* Runs the scenario once; the arena, too, may be what cannot be had. */
static enum status run(enum status (*scenario)(struct ctx *))
{
    struct ctx ctx = {0};
    if (arena_create(NULL, &ctx.arena) != STATUS_OK)
        return STATUS_MEMORY;
    enum status status = scenario(&ctx);
    assert_int_equal(ctx.error.status, status);
    assert_int_equal(status == STATUS_OK, ctx.error.sentence[0] == '\0');
    arena_destroy(ctx.arena);
    return status;
}

static void torture(enum status (*scenario)(struct ctx *))
{
    uint64_t before = memory_allocation_count();
    assert_int_equal(run(scenario), STATUS_OK);
    uint64_t allocations = memory_allocation_count() - before;
    assert_true(allocations > 3);
    for (uint64_t k = 1; k <= allocations; k++)
        for (int all_after = 0; all_after <= 1; all_after++) {
            memory_fail_at(k, all_after);
            enum status status = run(scenario);
            memory_fail_at(0, false);
            if (status != STATUS_MEMORY)
                fail_msg("allocation %u of %u failed and the outcome was %d", (unsigned)k, (unsigned)allocations, (int)status);
        }
    assert_int_equal(run(scenario), STATUS_OK);
}

static void arenas_survive(void **state)
{
    (void)state;
    torture(arenas);
    assert_int_equal(closed_resources, 39);
}

static void interning_survives(void **state)
{
    (void)state;
    torture(interning);
}

static void pages_survive(void **state)
{
    (void)state;
    torture(page);
}

/* The file that was there stays as long as no writing succeeds. */
static void files_survive(void **state)
{
    (void)state;
    scratch_create(&scratch);
    torture(file);
    size_t length;
    char *bytes = scratch_read(scratch_path(&scratch, "table.csv"), &length);
    assert_int_equal(length, 100 * (strlen("\"a \"\"cell\"\", with all\"") + 1001));
    free(bytes);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arenas_survive),
        cmocka_unit_test(interning_survives),
        cmocka_unit_test(pages_survive),
        cmocka_unit_test(files_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
