/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <assert.h>
#include <string.h>

#include "model/measure.h"
#include "render/json_tables.h"
#include "render/json_text.h"

static void study_write(struct json_text *json, const struct document_head *head)
{
    json_name(json, "study");
    json_open(json, '{', true);
    json_name(json, "title");
    json_quote(json, head->title);
    json_name(json, "respondents");
    json_count(json, (int64_t)head->pairing.respondents);
    json_name(json, "encounters");
    json_count(json, (int64_t)head->pairing.encounters);
    json_name(json, "pairs");
    json_count(json, (int64_t)head->pairing.pairs);
    json_name(json, "expectation");
    json_quote(json, expectation_kind_name(head->study->expectation));
    json_name(json, "asked");
    json_quote(json, asked_name(head->study->asked));
    json_name(json, "weighted");
    json_bool(json, head->weighted);
    json_name(json, "clusters");
    if (head->clusters)
        json_count(json, (int64_t)head->clusters);
    else
        json_blank(json);
    if (head->strata) {
        json_name(json, "strata");
        json_count(json, (int64_t)head->strata);
    }
    json_close(json, '}');
}

static void texts_write(struct json_text *json, const char *name, const char *const *texts, uint32_t count)
{
    json_name(json, name);
    json_open(json, '[', false);
    for (uint32_t i = 0; i < count; i++)
        json_quote(json, texts[i]);
    json_close(json, ']');
}

static void sentences_write(struct json_text *json, const struct document *document)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_SENTENCES)
            texts_write(json, "sentences", block->texts, block->text_count);
    }
}

/* A table may stand in several places of a document; it is written once. */
static bool table_seen_before(const struct document *document, uint32_t block)
{
    for (uint32_t i = 0; i < block; i++) {
        if (document->blocks[i].table == document->blocks[block].table)
            return true;
    }
    return false;
}

static enum status json_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                               struct out *out)
{
    (void)rendering;
    const struct document_head *head = &document->head;
    const char *const *notes = NULL;
    enum status status = notes_say(ctx, head->language, head->notes, head->note_count, &notes);
    if (status)
        return status;
    struct json_text json;
    json_begin(&json, out);
    json_open(&json, '{', false);
    json_name(&json, "gapmeter");
    json_quote(&json, GAPMETER_VERSION);
    json_name(&json, "schema");
    json_count(&json, 1);
    study_write(&json, &document->head);
    json_name(&json, "seed");
    json_unsigned(&json, document->head.seed);
    json_name(&json, "confidence");
    json_number(&json, document->head.confidence);
    texts_write(&json, "notes", notes, document->head.note_count);
    sentences_write(&json, document);
    json_name(&json, "tables");
    json_open(&json, '[', false);
    for (uint32_t i = 0; i < document->block_count && !status; i++) {
        if (document->blocks[i].table && !table_seen_before(document, i))
            status = json_table_write(ctx, &json, document->head.language, released_table_view(document->blocks[i].table));
    }
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
    return status;
}

const struct renderer renderer_json = {
    .name = "json",
    .extension = ".json",
    .media_type = "application/json",
    .meaning = "All numbers in full precision, for programs.",
    .render = json_render,
};
