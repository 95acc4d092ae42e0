/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "app/catalog.h"
#include "base/out.h"

static enum status instruments_list(struct ctx *ctx, struct out *out)
{
    const struct instrument *const *list = NULL;
    size_t count = 0;
    enum status status = catalog_instruments(ctx, &list, &count);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        out_format(out, "%-20s %s (%u item%s)\n", list[i]->name, list[i]->title, list[i]->item_count,
                   list[i]->item_count == 1 ? "" : "s");
    out_text(out, "\nMore about one: gapmeter instruments NAME\nBegin a study with it: gapmeter new NAME -o study.json\n");
    return STATUS_OK;
}

static void items_write(struct out *out, const struct instrument *instrument, uint32_t dimension)
{
    for (uint32_t i = 0; i < instrument->item_count; i++) {
        const struct item *item = &instrument->items[i];
        if (item->dimension == dimension)
            out_format(out, "  %-6s %s%s\n", item->id, item->text, item->reverse ? " (reversed)" : "");
    }
}

static void instrument_print(struct out *out, const struct instrument *instrument)
{
    out_format(out, "%s — %s\n\n%s\n\n", instrument->name, instrument->title, instrument->meaning);
    out_format(out, "version   %s, %s\nvalidated %s\nsource    %s\nlicence   %s\n", instrument->version, instrument->language,
               instrument->validated ? "yes" : "no: no norms exist for this wording", instrument->source, instrument->licence);
    if (instrument->attribution)
        out_format(out, "note      %s\n", instrument->attribution);
    for (unsigned s = 0; s < STEM_COUNT; s++) {
        if (instrument->stems[s])
            out_format(out, "%-10s %s\n", stem_name((enum stem)s), instrument->stems[s]);
    }
    for (uint32_t i = 0; i < instrument->scale_count; i++) {
        char text[80];
        scale_format(&instrument->scales[i], text, sizeof text);
        out_format(out, "scale     %s %s\n", instrument->scales[i].id, text);
    }
    for (uint32_t d = 0; d < instrument->dimension_count; d++) {
        out_format(out, "\n%s (%s)\n", instrument->dimensions[d].title, instrument->dimensions[d].id);
        items_write(out, instrument, d);
    }
    out_text(out, instrument->dimension_count ? "" : "\n");
    items_write(out, instrument, UINT32_MAX);
}

static enum status instruments_run(struct ctx *ctx, const struct command_line *line)
{
    const struct instrument *instrument = NULL;
    struct out *out = NULL;
    enum status status = STATUS_OK;
    if (line->operand_count)
        status = catalog_instrument(ctx, line->operands[0], &instrument);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (!status && !instrument)
        status = instruments_list(ctx, out);
    if (status)
        return status;
    if (instrument)
        instrument_print(out, instrument);
    return out_close(ctx, out);
}

const struct command command_instruments = {
    .name = "instruments",
    .operands = "[NAME]",
    .sentence = "Lists the shipped instruments, or shows one: items, scales, stems, licence.",
    .description = "Instruments are data: a JSON file of your own, named by its path, is shown the same way.",
    .example = "gapmeter instruments gap-22",
    .options = (const struct option_row[]){{.name = NULL}},
    .operands_most = 1,
    .order = 65,
    .run = instruments_run,
};
