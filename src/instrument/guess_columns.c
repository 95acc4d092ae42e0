/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_columns.h"

#include <string.h>

#include "base/intern.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Letters, and all bytes of other scripts. */
static bool is_letter(char byte)
{
    unsigned char value = (unsigned char)byte;
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || value >= 0x80;
}

/* A run of letters in a header. */
struct word {
    size_t at, length;
};

static struct word word_next(struct span header, size_t from)
{
    while (from < header.length && !is_letter(header.at[from]))
        from++;
    size_t end = from;
    while (end < header.length && is_letter(header.at[end]))
        end++;
    return (struct word){.at = from, .length = end - from};
}

static bool has_digit(struct span header)
{
    for (size_t i = 0; i < header.length; i++) {
        if (is_digit(header.at[i]))
            return true;
    }
    return false;
}

/* The header without the word, small ASCII letters, runs of other signs as one space. */
static const char *rest_make(struct ctx *ctx, struct span header, struct word word)
{
    char *rest = arena_alloc(ctx->arena, header.length + 1);
    size_t used = 0;
    for (size_t i = 0; rest && i < header.length; i++) {
        bool inside = i >= word.at && i < word.at + word.length;
        char byte = header.at[i];
        bool keep = !inside && (is_letter(byte) || is_digit(byte));
        if (keep)
            rest[used++] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
        else if (used && rest[used - 1] != ' ')
            rest[used++] = ' ';
    }
    while (rest && used && rest[used - 1] == ' ')
        rest[--used] = '\0';
    return rest;
}

static void number_find(struct column_profile *profile)
{
    const char *rest = profile->rest;
    size_t end = strlen(rest);
    while (end > 0 && !is_digit(rest[end - 1]))
        end--;
    size_t from = end;
    while (from > 0 && is_digit(rest[from - 1]) && end - from < 9)
        from--;
    for (size_t i = from; i < end; i++)
        profile->number = profile->number * 10 + (uint64_t)(rest[i] - '0');
}

static const char *prefix_make(struct ctx *ctx, const char *rest)
{
    size_t length = 0;
    while (rest[length] && is_letter(rest[length]))
        length++;
    return arena_copy(ctx->arena, (struct span){.at = rest, .length = length});
}

static enum status header_read(struct ctx *ctx, struct column_profile *profile)
{
    struct span header = profile->header;
    struct word found = {.at = header.length, .length = 0};
    bool numbered = has_digit(header);
    profile->meaning = HEADER_NOTHING;
    profile->language = "";
    for (struct word word = word_next(header, 0); word.length; word = word_next(header, word.at + word.length)) {
        struct span text = {.at = header.at + word.at, .length = word.length};
        profile->meaning = header_word_meaning(text, numbered, &profile->language);
        found = profile->meaning == HEADER_NOTHING ? found : word;
        if (profile->meaning != HEADER_NOTHING)
            break;
    }
    profile->rest = rest_make(ctx, header, found);
    if (!profile->rest)
        return ctx_no_memory(ctx);
    profile->whole_header = profile->meaning != HEADER_NOTHING && !profile->rest[0];
    number_find(profile);
    profile->prefix = prefix_make(ctx, profile->rest);
    return profile->prefix ? STATUS_OK : ctx_no_memory(ctx);
}

static void value_count_add(struct column_profile *profile, struct span value)
{
    for (uint32_t i = 0; i < profile->value_count && i < VALUES_KEPT; i++) {
        if (span_equal(profile->values[i], value)) {
            profile->value_rows[i]++;
            return;
        }
    }
    if (profile->value_count < VALUES_KEPT) {
        profile->values[profile->value_count] = value;
        profile->value_rows[profile->value_count] = 1;
    }
    if (profile->value_count <= VALUES_KEPT)
        profile->value_count++;
}

static void value_look(struct column_profile *profile, struct span value, char mark)
{
    struct decimal number;
    profile->filled++;
    value_count_add(profile, value);
    if (!decimal_parse(value, mark ? mark : '.', &number))
        return;
    if (number.places != 0 || number.units < -9999 || number.units > 9999) {
        profile->decimals++;
        return;
    }
    bool first = profile->numbers++ == 0;
    profile->least = first || number.units < profile->least ? number.units : profile->least;
    profile->most = first || number.units > profile->most ? number.units : profile->most;
}

static enum status cells_look(struct ctx *ctx, const struct sample *sample, uint32_t column, struct column_profile *profile)
{
    struct intern *seen = NULL;
    enum status status = intern_create(ctx, sample->row_count + 1u, &seen);
    profile->unique = true;
    for (uint32_t r = 0; r < sample->row_count && !status; r++) {
        struct span value = sample->cells[(size_t)r * sample->column_count + column];
        uint32_t number = 0;
        bool fresh = false;
        if (!value.length)
            continue;
        value_look(profile, value, sample->decimal_mark);
        if (intern_add(seen, value, &number, &fresh))
            return ctx_no_memory(ctx);
        profile->unique = profile->unique && fresh;
    }
    profile->unique = profile->unique && profile->filled > 0;
    return status;
}

enum status columns_profile(struct ctx *ctx, const struct sample *sample, struct column_profile **out)
{
    struct column_profile *profiles = arena_array(ctx->arena, sample->column_count + 1u, sizeof *profiles);
    if (!profiles)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < sample->column_count && !status; c++) {
        profiles[c].header = sample->headers[c];
        status = header_read(ctx, &profiles[c]);
        if (!status)
            status = cells_look(ctx, sample, c, &profiles[c]);
    }
    *out = profiles;
    return status;
}
