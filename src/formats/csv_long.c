/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/intern.h"
#include "base/limits.h"
#include "formats/csv_identity.h"
#include "formats/csv_read.h"
#include "formats/csv_row.h"

/* A file with a row per encounter and item, and per standard too when a column names it. */
struct long_file {
    struct csv_reader *reader;
    struct csv_identity *identity;
    struct intern *items; /* ids; the number is the index of the item */
    const uint32_t *slots;
};

static enum status name_items(struct ctx *ctx, const struct study *study, struct intern *items)
{
    for (uint32_t i = 0; i < study->item_count; i++) {
        uint32_t number;
        bool fresh;
        if (intern_add(items, span_trim(span_of(study->items[i].id)), &number, &fresh) != STATUS_OK)
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

/* The item that a cell names, by its id or its position; UINT32_MAX when there is none. */
static uint32_t item_of(const struct long_file *file, struct span text)
{
    uint32_t item = intern_find(file->items, text);
    if (item != UINT32_MAX)
        return item;
    uint32_t position = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || position > ITEMS_MAX)
            return UINT32_MAX;
        position = position * 10 + (uint32_t)(text.at[i] - '0');
    }
    return position >= 1 && position <= file->reader->study->item_count ? position - 1 : UINT32_MAX;
}

static enum status unknown_item(struct csv_reader *reader, struct span text)
{
    const struct study *study = reader->study;
    char accepted[160];
    if (study->item_count == 0)
        (void)snprintf(accepted, sizeof accepted, "nothing: the study has no items");
    else
        (void)snprintf(accepted, sizeof accepted, "an item's id, such as %.40s, or its position, 1–%u", study->items[0].id,
                       study->item_count);
    return csv_reader_problem(reader, PROBLEM_UNKNOWN_ITEM, reader->plan->item, text, accepted);
}

/* The standard that a cell names; STANDARD_COUNT when there is none. */
static enum standard standard_of(const struct study *study, struct span text)
{
    for (int i = 0; i < STANDARD_COUNT; i++) {
        const char *name = study->columns.in_rows.standard_text[i];
        if (name != NULL && span_equal(text, span_trim(span_of(name))))
            return (enum standard)i;
    }
    return STANDARD_COUNT;
}

static enum status unknown_standard(struct csv_reader *reader, struct span text)
{
    char accepted[160] = "";
    size_t length = 0;
    for (int i = 0; i < STANDARD_COUNT; i++) {
        const char *name = reader->study->columns.in_rows.standard_text[i];
        if (name == NULL)
            continue;
        int written = snprintf(accepted + length, sizeof accepted - length, "%s%.24s", length == 0 ? "" : ", ", name);
        if (written > 0 && length + (size_t)written < sizeof accepted)
            length += (size_t)written;
    }
    return csv_reader_problem(reader, PROBLEM_UNKNOWN_ITEM, reader->plan->standard, text, accepted);
}

static enum status answer(const struct long_file *file, enum standard standard, uint32_t item, uint32_t column,
                          const struct answers_row *row)
{
    const struct study *study = file->reader->study;
    struct csv_answer_column answer = {.column = column,
                                       .slot = file->slots[(uint32_t)standard * study->item_count + item],
                                       .standard = standard,
                                       .item = item,
                                       .scale = csv_scale_place(study, standard, item)};
    return csv_row_answer(file->reader, &answer, row);
}

/* What the row says about its item. */
static enum status read_answers(const struct long_file *file, uint32_t item, const struct answers_row *row)
{
    struct csv_reader *reader = file->reader;
    const struct csv_plan *plan = reader->plan;
    if (plan->standard != CSV_NO_COLUMN) {
        struct span text = csv_reader_text(reader, plan->standard);
        enum standard standard = standard_of(reader->study, text);
        if (standard == STANDARD_COUNT || !study_asks(reader->study, standard, item))
            return unknown_standard(reader, text);
        return answer(file, standard, item, plan->value, row);
    }
    enum status status = STATUS_OK;
    for (int i = 0; i < STANDARD_COUNT && status == STATUS_OK; i++) {
        bool asked = plan->standard_column[i] != CSV_NO_COLUMN && study_asks(reader->study, (enum standard)i, item);
        if (asked)
            status = answer(file, (enum standard)i, item, plan->standard_column[i], row);
    }
    return status;
}

static enum status read_row(const struct long_file *file)
{
    struct csv_reader *reader = file->reader;
    struct answers_row row;
    bool good, fresh;
    enum status status = csv_identity_find(reader, file->identity, &row, &good, &fresh);
    if (status != STATUS_OK || !good)
        return status;
    status = csv_row_of_encounter(reader, reader->plan, &row, fresh);
    if (status != STATUS_OK)
        return status;
    struct span text = csv_reader_text(reader, reader->plan->item);
    uint32_t item = item_of(file, text);
    return item == UINT32_MAX ? unknown_item(reader, text) : read_answers(file, item, &row);
}

enum status csv_read_long(struct csv_reader *reader)
{
    struct ctx *ctx = reader->ctx;
    struct long_file file = {.reader = reader, .slots = answers_builder_slots(reader->builder)};
    if (reader->plan->respondent == CSV_NO_COLUMN && reader->plan->encounter == CSV_NO_COLUMN)
        return ctx_fail(
            ctx, STATUS_CONFIG, NULL,
            "The study reads %s in long layout but names no respondent column; name the column that says whose answer a "
            "row is.",
            reader->head->name);
    enum status status = csv_identity_create(ctx, &file.identity);
    if (status == STATUS_OK)
        status = intern_create(ctx, ITEMS_MAX, &file.items);
    if (status == STATUS_OK)
        status = name_items(ctx, reader->study, file.items);
    bool more = true;
    while (status == STATUS_OK && more) {
        status = csv_reader_next(reader, &more);
        if (status == STATUS_OK && more)
            status = read_row(&file);
    }
    return status;
}
