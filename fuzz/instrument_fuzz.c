/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of instrument files: what is accepted can be written and read back equal, and makes a study that reads back too. */
#include <stdint.h>
#include <stdlib.h>

#include "instrument/instrument_file.h"
#include "instrument/study_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void demand(int law)
{
    if (!law)
        abort();
}

static struct span copied(struct ctx *ctx, struct out *out)
{
    struct span text = out_bytes(out);
    char *copy = arena_copy(ctx->arena, text);
    demand(copy != NULL && out_close(ctx, out) == STATUS_OK);
    return (struct span){copy, text.length};
}

static struct span written(struct ctx *ctx, const struct instrument *instrument)
{
    struct out *out = NULL;
    demand(out_open_memory(ctx, &out) == STATUS_OK);
    demand(instrument_write(ctx, instrument, out) == STATUS_OK);
    return copied(ctx, out);
}

static void check_study(struct ctx *ctx, const struct instrument *instrument)
{
    const struct study *study = NULL, *again = NULL;
    struct out *out = NULL;
    demand(instrument_study(ctx, instrument, EXPECTATION_WILL, &study) == STATUS_OK);
    demand(out_open_memory(ctx, &out) == STATUS_OK);
    demand(study_write(ctx, study, out) == STATUS_OK);
    demand(study_read_text(ctx, copied(ctx, out), "made.json", &again) == STATUS_OK);
    demand(again->item_count == instrument->item_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx ctx = {.threads = 1};
    const struct instrument *instrument = NULL, *again = NULL;
    demand(arena_create(NULL, &ctx.arena) == STATUS_OK);
    enum status status = instrument_read_text(&ctx, (struct span){(const char *)bytes, length}, "fuzz.json", &instrument);
    if (status == STATUS_OK) {
        struct span first = written(&ctx, instrument);
        demand(instrument_read_text(&ctx, first, "written.json", &again) == STATUS_OK);
        demand(span_equal(first, written(&ctx, again)));
        check_study(&ctx, instrument);
    } else {
        demand(status == STATUS_CONFIG && ctx.error.status == status && ctx.error.sentence[0] != '\0');
        demand(ctx.error.place.path[0] != '\0' || ctx.error.place.row > 0 || length > (16u << 20));
    }
    arena_destroy(ctx.arena);
    return 0;
}
