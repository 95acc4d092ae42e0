/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/chart_choice.h"

#include <string.h>

#include "base/decimal.h"
#include "render/chart/chart.h"

#define NUMBER_MOST 1000

void chart_names_write(struct out *out)
{
    for (size_t i = 0; i < chart_register_count; i++)
        out_format(out, "  %s\n", chart_register[i]->name);
}

static enum status name_refuse(struct ctx *ctx, struct span name)
{
    struct out *known = NULL;
    const char *names = NULL;
    char shown[64];
    enum status status = out_open_memory(ctx, &known);
    for (size_t i = 0; i < chart_register_count && !status; i++)
        out_format(known, "%s%s", i ? ", " : "", chart_register[i]->name);
    if (!status)
        status = out_copy(ctx, known, &names);
    text_printable(name, shown, sizeof shown);
    return status ? status : ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is no chart; there are: %s.", shown, names);
}

enum status chart_wish_read(struct ctx *ctx, struct span text, struct chart_wish *out)
{
    const char *colon = text.length ? memchr(text.at, ':', text.length) : NULL;
    struct span name = {text.at, colon ? (size_t)(colon - text.at) : text.length};
    struct decimal number = {.units = 1};
    *out = (struct chart_wish){.name = NULL};
    if (!text.length)
        return STATUS_OK;
    for (size_t i = 0; i < chart_register_count; i++) {
        if (span_is(name, chart_register[i]->name))
            out->name = chart_register[i]->name;
    }
    if (!out->name)
        return name_refuse(ctx, name);
    bool whole =
        !colon || (decimal_parse((struct span){colon + 1, text.length - name.length - 1}, '.', &number) && !number.places);
    if (!whole || number.units < 1 || number.units > NUMBER_MOST)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Behind the colon of a chart stands which one it is: %s:1, %s:2 and so on.",
                        out->name, out->name);
    out->number = (uint32_t)number.units;
    return STATUS_OK;
}

/* What a document has: "gap_lollipop, driver_bars (2)". */
static enum status charts_tell(struct ctx *ctx, const uint32_t *counts, const char **out)
{
    struct out *known = NULL;
    bool more = false;
    enum status status = out_open_memory(ctx, &known);
    if (status)
        return status;
    for (size_t i = 0; i < chart_register_count; i++) {
        if (!counts[i])
            continue;
        out_format(known, "%s%s", more ? ", " : "", chart_register[i]->name);
        if (counts[i] > 1)
            out_format(known, " (%u)", counts[i]);
        more = true;
    }
    if (!more)
        out_text(known, "none");
    return out_copy(ctx, known, out);
}

static size_t register_place(const char *name)
{
    size_t i = 0;
    while (i + 1 < chart_register_count && strcmp(chart_register[i]->name, name) != 0)
        i++;
    return i;
}

static enum status wish_refuse(struct ctx *ctx, const struct chart_wish *wish, const uint32_t *counts)
{
    const char *known = NULL;
    uint32_t count = counts[register_place(wish->name)];
    enum status status = charts_tell(ctx, counts, &known);
    if (status)
        return status;
    if (count)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "This report has %u of the chart %s, so there is no %s:%u.", count, wish->name,
                        wish->name, wish->number);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "This report has no chart %s; it has: %s.", wish->name, known);
}

enum status chart_choose(struct ctx *ctx, const struct document *document, const struct chart_wish *wish,
                         const struct document **out)
{
    const struct document_block *chosen = NULL;
    struct document *alone = NULL;
    uint32_t *counts = arena_array(ctx->arena, chart_register_count + 1, sizeof *counts);
    if (!counts)
        return ctx_no_memory(ctx);
    memset(counts, 0, (chart_register_count + 1) * sizeof *counts);
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        struct picture picture;
        if (block->kind != DOCUMENT_CHART)
            continue;
        enum status status = chart_draw(ctx, &document->head, block, ROOM_WIDE, &picture);
        if (status)
            return status;
        uint32_t *count = &counts[register_place(block->chart)];
        *count += picture.mark_count > 0;
        if (picture.mark_count && strcmp(block->chart, wish->name) == 0 && *count == wish->number)
            chosen = block;
    }
    if (!chosen)
        return wish_refuse(ctx, wish, counts);
    enum status status = document_create(ctx, &document->head, &alone);
    struct document_block *block = NULL;
    if (!status)
        status = document_add(ctx, alone, DOCUMENT_CHART, &block);
    if (status)
        return status;
    *block = *chosen;
    *out = alone;
    return STATUS_OK;
}
