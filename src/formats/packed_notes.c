/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "formats/packed_lists.h"

enum {
    NOTES_MOST = sizeof(((struct answers *)0)->notes) / sizeof(struct note),
    WORD_BYTES = PACKED_TEXT_BYTES + 30, /* of a word, at least */
    LISTED_BYTES = PACKED_TEXT_BYTES + 8
};

static void put_word(struct out *out, const struct note_word *word)
{
    uint64_t number, texts = 0;
    memcpy(&number, &word->number, sizeof number);
    packed_put_text(out, word->name);
    packed_put(out, (uint64_t)word->kind, 1);
    packed_put(out, word->digits, 4);
    packed_put(out, word->closed, 1);
    packed_put(out, number, 8);
    packed_put(out, word->count, 8);
    packed_put_text(out, word->text);
    packed_put_text(out, word->key);
    while (word->kind == NOTE_LIST && word->texts[texts] != NULL)
        texts++;
    packed_put(out, texts, 8);
    for (uint64_t i = 0; i < texts; i++) {
        packed_put_text(out, word->texts[i]);
        packed_put(out, word->counts == NULL ? 0 : word->counts[i], 8);
    }
}

void packed_notes_write(struct out *out, const struct answers *answers)
{
    packed_put(out, answers->note_count, 8);
    for (uint32_t i = 0; i < answers->note_count; i++) {
        const struct note *note = &answers->notes[i];
        uint64_t words = 0;
        while (note->words != NULL && note->words[words].name != NULL)
            words++;
        packed_put_text(out, note->key);
        packed_put(out, words, 8);
        for (uint64_t k = 0; k < words; k++)
            put_word(out, &note->words[k]);
    }
}

static enum status take_listed(struct ctx *ctx, struct packed_cursor *cursor, struct note_word *word)
{
    const uint64_t count = packed_take_count(cursor, LISTED_BYTES);
    const char **texts = arena_array(ctx->arena, (size_t)count + 1, sizeof *texts);
    uint64_t *counts = arena_array(ctx->arena, (size_t)count + 1, sizeof *counts);
    if (texts == NULL || counts == NULL)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < count; i++) {
        texts[i] = packed_take_some_text(cursor);
        counts[i] = packed_take(cursor, 8, UINT64_MAX);
    }
    word->texts = texts;
    word->counts = counts;
    return STATUS_OK;
}

static enum status take_word(struct ctx *ctx, struct packed_cursor *cursor, struct note_word *word)
{
    word->name = packed_take_some_text(cursor);
    word->kind = (enum note_word_kind)packed_take(cursor, 1, NOTE_LIST);
    word->digits = (unsigned)packed_take(cursor, 4, UINT32_MAX);
    word->closed = packed_take(cursor, 1, 1) != 0;
    const uint64_t number = packed_take(cursor, 8, UINT64_MAX);
    memcpy(&word->number, &number, sizeof number);
    word->count = packed_take(cursor, 8, UINT64_MAX);
    word->text = packed_take_text(cursor);
    word->key = packed_take_text(cursor);
    return take_listed(ctx, cursor, word);
}

static enum status take_note(struct ctx *ctx, struct packed_cursor *cursor, struct note *out)
{
    const char *key = packed_take_some_text(cursor);
    const uint64_t count = packed_take_count(cursor, WORD_BYTES);
    struct note_word *words = arena_array(ctx->arena, (size_t)count + 1, sizeof *words);
    if (words == NULL)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < count; i++) {
        enum status status = take_word(ctx, cursor, &words[i]);
        if (status != STATUS_OK)
            return status;
    }
    cursor->bad = cursor->bad || !note_is_sound(ctx, key, words);
    return cursor->bad ? STATUS_OK : note_make(ctx, key, words, out);
}

enum status packed_notes_read(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    const uint64_t count = packed_take_count(cursor, PACKED_TEXT_BYTES + 8);
    enum status status = STATUS_OK;
    cursor->bad = cursor->bad || count > NOTES_MOST;
    for (uint64_t i = 0; i < count && !cursor->bad && status == STATUS_OK; i++)
        status = take_note(ctx, cursor, &answers->notes[answers->note_count++]);
    return status;
}
