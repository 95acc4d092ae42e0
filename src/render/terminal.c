/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include "model/measure.h"
#include "render/terminal_table.h"

static void bold(struct out *out, const struct rendering *rendering, const char *text)
{
    out_text(out, rendering->colour ? "\033[1m" : "");
    out_text(out, text);
    out_text(out, rendering->colour ? "\033[0m\n" : "\n");
}

static enum status table_block_write(struct ctx *ctx, const struct document *document, const struct document_block *block,
                                     const struct rendering *rendering, struct out *out)
{
    const struct table *table = released_table_view(block->table);
    out_char(out, '\n');
    if (!table->row_count) {
        out_format(out, "%s: no rows\n", block->text ? block->text : table->measure->title);
        return STATUS_OK;
    }
    if (block->text)
        bold(out, rendering, block->text);
    enum status status = terminal_table_write(ctx, out, &document->head, table, rendering, block->wide || rendering->wide);
    uint32_t hidden = released_table_hidden_groups(block->table);
    if (hidden)
        out_format(out, "  %u of %u groups hidden (small groups, minimum %u)\n", hidden, released_table_groups(block->table),
                   released_table_floor(block->table));
    return status;
}

static enum status block_write(struct ctx *ctx, const struct document *document, const struct document_block *block,
                               const struct rendering *rendering, struct out *out)
{
    switch (block->kind) {
    case DOCUMENT_HEADING:
        out_char(out, '\n');
        bold(out, rendering, block->text);
        break;
    case DOCUMENT_PARAGRAPH:
        terminal_wrap(out, "", 0, block->text, rendering);
        break;
    case DOCUMENT_SENTENCES:
    case DOCUMENT_LIST:
        for (uint32_t i = 0; i < block->text_count; i++)
            terminal_wrap(out, block->kind == DOCUMENT_LIST ? "- " : "", block->kind == DOCUMENT_LIST ? 2 : 0, block->texts[i],
                          rendering);
        break;
    case DOCUMENT_TABLE:
    case DOCUMENT_MATRIX:
        return table_block_write(ctx, document, block, rendering, out);
    case DOCUMENT_CHART:
    default:
        break; /* the tables carry their own bars */
    }
    return STATUS_OK;
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static enum status terminal_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                                   struct out *out)
{
    const struct document_head *head = &document->head;
    bold(out, rendering, head->title);
    const struct pairing *pairing = &head->pairing;
    out_format(out, "%llu encounter%s of %llu respondent%s", (unsigned long long)pairing->encounters, plural(pairing->encounters),
               (unsigned long long)pairing->respondents, plural(pairing->respondents));
    if (study_asks_any(head->study, STANDARD_EXPECTATION))
        out_format(out, ", %llu pair%s of answers", (unsigned long long)pairing->pairs, plural(pairing->pairs));
    out_char(out, '\n');
    const char *const *notes = NULL;
    enum status status = notes_say(ctx, head->language, head->notes, head->note_count, &notes);
    for (uint32_t i = 0; i < head->note_count && !status; i++)
        terminal_wrap(out, "", 0, notes[i], rendering);
    for (uint32_t i = 0; i < document->block_count && !status; i++)
        status = block_write(ctx, document, &document->blocks[i], rendering, out);
    return status;
}

const struct renderer renderer_terminal = {
    .name = "terminal",
    .meaning = "Tables with aligned numbers, for people at a terminal.",
    .render = terminal_render,
};
