/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/instrument_file.h"
#include "instrument/json_writing.h"

static void put_asking(struct json_tree *tree, const struct instrument *instrument)
{
    json_t *standards = json_put_list(tree, tree->root, "standards");
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if ((instrument->standards & 1u << standard) != 0)
            json_append(tree, standards, json_string(standard_name(standard)));
    }
    json_put_stems(tree, tree->root, instrument->stems);
    json_t *does_not_apply = json_put_object(tree, tree->root, "does_not_apply");
    json_put_text(tree, does_not_apply, "code", instrument->not_applicable_code);
    json_put_text(tree, does_not_apply, "text", instrument->not_applicable_text);
}

enum status instrument_write(struct ctx *ctx, const struct instrument *instrument, struct out *out)
{
    struct json_tree tree;
    json_tree_begin(&tree);
    json_put(&tree, tree.root, "gapmeter_instrument", json_integer(1));
    json_put_text(&tree, tree.root, "name", instrument->name);
    json_put_text(&tree, tree.root, "title", instrument->title);
    json_put_text(&tree, tree.root, "meaning", instrument->meaning);
    json_put_text(&tree, tree.root, "version", instrument->version);
    json_put_text(&tree, tree.root, "language", instrument->language);
    json_put_text(&tree, tree.root, "kind", instrument_kind_name(instrument->kind));
    json_put_text(&tree, tree.root, "source", instrument->source);
    json_put_text(&tree, tree.root, "licence", instrument->licence);
    json_put_text(&tree, tree.root, "attribution", instrument->attribution);
    json_put(&tree, tree.root, "validated", json_boolean(instrument->validated));
    put_asking(&tree, instrument);
    if (instrument->importance_scale != UINT32_MAX)
        json_put_text(&tree, tree.root, "importance_scale", instrument->scales[instrument->importance_scale].id);
    const struct written_questions questions = {.scales = instrument->scales,
                                                .scale_count = instrument->scale_count,
                                                .dimensions = instrument->dimensions,
                                                .dimension_count = instrument->dimension_count,
                                                .items = instrument->items,
                                                .item_count = instrument->item_count,
                                                .provenance = instrument->provenance};
    json_put_questions(&tree, tree.root, &questions);
    json_put_translations(&tree, tree.root, instrument->translations, instrument->translation_count);
    return json_tree_end(ctx, &tree, out);
}
