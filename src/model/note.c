/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/note.h"

#include <math.h>
#include <string.h>

#include "model/phrase.h"
#include "model/shown.h"
#include "model/words.h"

/* What a number of a note is shown with, at most. */
#define NUMBER_BELOW 1e18
enum { DIGITS_MOST = 15 };

struct note_word note_text(const char *name, const char *text)
{
    return (struct note_word){.name = name, .kind = NOTE_TEXT, .text = text};
}

struct note_word note_count(const char *name, uint64_t count)
{
    return (struct note_word){.name = name, .kind = NOTE_COUNT, .count = count};
}

struct note_word note_number(const char *name, double number, unsigned digits)
{
    return (struct note_word){.name = name, .kind = NOTE_NUMBER, .number = number, .digits = digits};
}

struct note_word note_ours(const char *name, const char *first, const char *word)
{
    return (struct note_word){.name = name, .kind = NOTE_OURS, .key = first, .text = word};
}

struct note_word note_phrase(const char *name, const char *key)
{
    return (struct note_word){.name = name, .kind = NOTE_PHRASE, .key = key};
}

struct note_word note_noun(const char *name, const char *key, uint64_t count)
{
    return (struct note_word){.name = name, .kind = NOTE_NOUN, .key = key, .count = count};
}

struct note_word note_list(const char *name, const char *const *texts, uint64_t count)
{
    return (struct note_word){.name = name, .kind = NOTE_LIST, .texts = texts, .count = count};
}

struct note_word note_all(const char *name, const char *const *texts)
{
    return (struct note_word){.name = name, .kind = NOTE_LIST, .texts = texts, .closed = true};
}

/* A copy of a text in the arena; NULL stays NULL. */
static enum status text_keep(struct ctx *ctx, const char **text)
{
    if (!*text)
        return STATUS_OK;
    *text = arena_copy(ctx->arena, span_of(*text));
    return *text ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status list_keep(struct ctx *ctx, struct note_word *word)
{
    size_t count = 0;
    while (word->texts[count])
        count++;
    const char **texts = arena_array(ctx->arena, count + 1, sizeof *texts);
    uint64_t *counts = arena_array(ctx->arena, count + 1, sizeof *counts);
    if (!texts || !counts)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && !status; i++) {
        texts[i] = word->texts[i];
        counts[i] = word->counts ? word->counts[i] : 0;
        status = text_keep(ctx, &texts[i]);
    }
    word->texts = texts;
    word->counts = counts;
    return status;
}

static size_t words_count(const struct note_word *words)
{
    size_t count = 0;
    while (words && words[count].name)
        count++;
    return count;
}

static enum status words_keep(struct ctx *ctx, const struct note_word *words, struct note *note)
{
    size_t count = words_count(words);
    struct note_word *kept = arena_array(ctx->arena, count + 1, sizeof *kept);
    if (!kept)
        return ctx_no_memory(ctx);
    note->words = kept;
    enum status status = text_keep(ctx, &note->key);
    for (size_t i = 0; i < count && !status; i++) {
        kept[i] = words[i];
        status = text_keep(ctx, &kept[i].name);
        if (!status)
            status = text_keep(ctx, &kept[i].text);
        if (!status)
            status = text_keep(ctx, &kept[i].key);
        if (!status && kept[i].kind == NOTE_LIST)
            status = list_keep(ctx, &kept[i]);
    }
    return status;
}

static enum status number_say(struct ctx *ctx, double number, unsigned digits, const char **out)
{
    char shown[64];
    shown_number(number, digits, true, shown, sizeof shown);
    *out = arena_copy(ctx->arena, span_of(shown));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status count_say(struct ctx *ctx, uint64_t count, const char **out)
{
    *out = arena_format(ctx->arena, "%llu", (unsigned long long)count);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status ours_say(struct ctx *ctx, const char *language, const struct note_word *word, const char **out)
{
    *out = word->text;
    if (strcmp(language, "en") == 0)
        return STATUS_OK;
    const char *key = arena_format(ctx->arena, "%s.%s", word->key, word->text);
    const char *text = key ? words_text(language, key) : NULL;
    *out = text ? text : word->text;
    return key ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status noun_say(struct ctx *ctx, const char *language, const struct note_word *word, const char **out)
{
    const char *count = NULL;
    const char *key = word->count == 1 ? arena_format(ctx->arena, "%s.one", word->key) : word->key;
    if (!key)
        return ctx_no_memory(ctx);
    enum status status = count_say(ctx, word->count, &count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    return status ? status : phrase_make(ctx, language, key, words, out);
}

/* One text of a list. */
static enum status listed_say(struct ctx *ctx, const char *language, const struct note_word *word, size_t i, const char **out)
{
    const char *count = NULL;
    *out = word->texts[i];
    if (!word->key)
        return STATUS_OK;
    enum status status = count_say(ctx, word->counts[i], &count);
    const struct phrase_word words[] = {{"item", word->texts[i]}, {"count", count}, {NULL, NULL}};
    return status ? status : phrase_make(ctx, language, word->key, words, out);
}

static enum status list_say(struct ctx *ctx, const char *language, const struct note_word *word, const char **out)
{
    const char *rest = NULL;
    enum status status = STATUS_OK;
    size_t shown = 0;
    for (*out = ""; word->texts[shown] && !status; shown++) {
        const char *next = NULL;
        status = listed_say(ctx, language, word, shown, &next);
        bool last = word->closed && !word->texts[shown + 1];
        const struct phrase_word words[] = {{"list", *out}, {"next", next}, {"last", next}, {NULL, NULL}};
        if (!status && !shown)
            *out = next;
        else if (!status)
            status = phrase_make(ctx, language, last ? "list.and" : "list.next", words, out);
    }
    if (status || word->count <= shown)
        return status;
    status = count_say(ctx, word->count - shown, &rest);
    const struct phrase_word words[] = {{"list", *out}, {"count", rest}, {NULL, NULL}};
    return status ? status : phrase_make(ctx, language, "list.more", words, out);
}

static enum status word_say(struct ctx *ctx, const char *language, const struct note_word *word, const char **out)
{
    switch (word->kind) {
    case NOTE_TEXT:
        *out = word->text;
        return STATUS_OK;
    case NOTE_COUNT:
        return count_say(ctx, word->count, out);
    case NOTE_NUMBER:
        return number_say(ctx, word->number, word->digits, out);
    case NOTE_OURS:
        return ours_say(ctx, language, word, out);
    case NOTE_PHRASE:
        *out = words_or_english(language, word->key);
        return STATUS_OK;
    case NOTE_NOUN:
        return noun_say(ctx, language, word, out);
    case NOTE_LIST:
    default:
        return list_say(ctx, language, word, out);
    }
}

static enum status sentence_make(struct ctx *ctx, const char *language, const struct note *note, const char **out)
{
    size_t count = words_count(note->words);
    struct phrase_word *words = arena_array(ctx->arena, count + 1, sizeof *words);
    enum status status = words ? STATUS_OK : ctx_no_memory(ctx);
    for (size_t i = 0; i < count && !status; i++) {
        words[i].name = note->words[i].name;
        status = word_say(ctx, language, &note->words[i], &words[i].text);
    }
    return status ? status : phrase_make(ctx, language, note->key, words, out);
}

static bool named(const struct note_word *words, const char *name, size_t length)
{
    for (; words && words->name; words++) {
        if (strlen(words->name) == length && length && (words->name[0] | ' ') == (name[0] | ' ') &&
            memcmp(words->name + 1, name + 1, length - 1) == 0)
            return true;
    }
    return false;
}

/* Has every language that has the key, English among them, no {name} but these? */
static bool phrase_is_sound(const char *key, const struct note_word *words)
{
    if (!key || !words_text("en", key))
        return false;
    for (const struct words *language = words_languages; language->language; language++) {
        const char *at = words_text(language->language, key);
        while (at && *(at += strcspn(at, "{"))) {
            size_t length = strcspn(at, "}");
            if (!named(words, at + 1, length - 1))
                return false;
            at += length;
        }
    }
    return true;
}

static bool word_is_sound(struct ctx *ctx, const struct note_word *word)
{
    static const struct note_word item[] = {{.name = "item"}, {.name = "count"}, {.name = NULL}};
    static const struct note_word count[] = {{.name = "count"}, {.name = NULL}};
    const char *one = NULL;
    switch (word->kind) {
    case NOTE_TEXT:
        return word->text;
    case NOTE_OURS:
        return word->text && word->key;
    case NOTE_COUNT:
        return true;
    case NOTE_NUMBER:
        return isfinite(word->number) && fabs(word->number) < NUMBER_BELOW && word->digits <= DIGITS_MOST;
    case NOTE_PHRASE:
        return word->key && words_text("en", word->key);
    case NOTE_NOUN:
        one = word->key ? arena_format(ctx->arena, "%s.one", word->key) : NULL;
        return phrase_is_sound(word->key, count) && phrase_is_sound(one, count);
    case NOTE_LIST:
        return word->texts && (!word->key || phrase_is_sound(word->key, item));
    default:
        return false;
    }
}

bool note_is_sound(struct ctx *ctx, const char *key, const struct note_word *words)
{
    for (size_t i = 0; words && words[i].name; i++) {
        if (!word_is_sound(ctx, &words[i]))
            return false;
    }
    return phrase_is_sound(key, words);
}

enum status note_make(struct ctx *ctx, const char *key, const struct note_word *words, struct note *out)
{
    *out = (struct note){.key = key};
    enum status status = words_keep(ctx, words, out);
    return status ? status : sentence_make(ctx, "en", out, &out->english);
}

enum status note_say(struct ctx *ctx, const char *language, const struct note *note, const char **out)
{
    *out = note->english;
    return !note->key || strcmp(language, "en") == 0 ? STATUS_OK : sentence_make(ctx, language, note, out);
}

enum status notes_say(struct ctx *ctx, const char *language, const struct note *notes, uint32_t count, const char *const **out)
{
    const char **texts = arena_array(ctx->arena, count + 1u, sizeof *texts);
    enum status status = texts ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count && !status; i++)
        status = note_say(ctx, language, &notes[i], &texts[i]);
    *out = texts;
    return status;
}
