/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/study_reading.h"

static const struct json_member stem_members[] = {
    {"will", KIND_TEXT, false},       {"should", KIND_TEXT, false},  {"excellent", KIND_TEXT, false},
    {"desired", KIND_TEXT, false},    {"minimum", KIND_TEXT, false}, {"perception", KIND_TEXT, false},
    {"importance", KIND_TEXT, false},
};

enum status stems_read(struct ctx *ctx, const struct json_node *root, const char **stems)
{
    struct json_members members = {stem_members, sizeof stem_members / sizeof *stem_members};
    struct json_node node;
    if (!json_member_at(root, "stems", &node))
        return STATUS_OK;
    enum status status = json_check_object(ctx, &node, members);
    for (enum stem stem = 0; stem < STEM_COUNT && status == STATUS_OK; stem++)
        status = json_read_text_member(ctx, &node, stem_name(stem), stems[stem], &stems[stem]);
    return status;
}
