/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of study files: what is accepted can be written and read back equal; what is refused says what and where. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "instrument/study_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void demand(int law)
{
    if (!law)
        abort();
}

static struct span written(struct ctx *ctx, const struct study *study)
{
    struct out *out = NULL;
    demand(out_open_memory(ctx, &out) == STATUS_OK);
    demand(study_write(ctx, study, out) == STATUS_OK);
    struct span text = out_bytes(out);
    char *copy = arena_copy(ctx->arena, text);
    demand(copy != NULL && out_close(ctx, out) == STATUS_OK);
    return (struct span){copy, text.length};
}

static void check_codes(const struct study *study)
{
    for (uint32_t i = 0; i < study->scale_count; i++) {
        const struct scale *scale = &study->scales[i];
        demand(scale->steps >= 2 && scale_code(scale, scale->min) == 1 && scale_code(scale, scale->max) == scale->steps);
        demand(scale_value(scale, 1) < scale_value(scale, scale->steps));
    }
    for (uint32_t i = 0; i < study->item_count; i++)
        demand(study->items[i].scale < study->scale_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx ctx = {.threads = 1};
    const struct study *study = NULL, *again = NULL;
    demand(arena_create(NULL, &ctx.arena) == STATUS_OK);
    enum status status = study_read_text(&ctx, (struct span){(const char *)bytes, length}, "fuzz.json", &study);
    if (status == STATUS_OK) {
        check_codes(study);
        struct span first = written(&ctx, study);
        demand(study_read_text(&ctx, first, "written.json", &again) == STATUS_OK);
        demand(study_equal(study, again));
        demand(span_equal(first, written(&ctx, again)));
    } else {
        demand(status == STATUS_CONFIG && ctx.error.status == status && ctx.error.sentence[0] != '\0');
        demand(ctx.error.place.path[0] != '\0' || ctx.error.place.row > 0 || length > (16u << 20));
    }
    arena_destroy(ctx.arena);
    return 0;
}
