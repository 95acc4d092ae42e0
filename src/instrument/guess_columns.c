/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_columns.h"

#include <string.h>

#include "base/intern.h"

#define NAME_WORDS_MOST 3u

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

static bool has_digit(struct span header)
{
    for (size_t i = 0; i < header.length; i++) {
        if (is_digit(header.at[i]))
            return true;
    }
    return false;
}

static struct span run_next(struct span header, size_t from)
{
    while (from < header.length && !is_letter(header.at[from]))
        from++;
    size_t end = from;
    while (end < header.length && is_letter(header.at[end]))
        end++;
    return (struct span){header.at + from, end - from};
}

static size_t run_end(struct span header, struct span run)
{
    return (size_t)(run.at - header.at) + run.length;
}

/* A word of a header that means something. */
struct meant {
    enum header_meaning meaning;
    const char *language;
    struct span word;
};

static bool is_standard(enum header_meaning meaning)
{
    return (unsigned)meaning < STANDARD_COUNT;
}

/* Words of these kinds are common in questions, and mean a column only where they are most of its header. */
static bool is_name_only(enum header_meaning meaning)
{
    return meaning >= HEADER_RESPONDENT && meaning <= HEADER_ENCOUNTER && meaning != HEADER_COMMENT;
}

/* The first word for a standard or an outcome; without one the first that means anything else. */
static struct meant words_look(struct span header)
{
    struct meant other = {.meaning = HEADER_NOTHING, .language = "", .word = {header.at + header.length, 0}};
    uint32_t runs = 0;
    if (span_equal_caseless(header, span_of("w")))
        return (struct meant){.meaning = HEADER_WEIGHT, .language = "", .word = header};
    for (struct span run = run_next(header, 0); run.length; run = run_next(header, run_end(header, run))) {
        struct meant meant;
        meant.meaning = header_word_meaning(run, &meant.word, &meant.language);
        runs++;
        if (is_standard(meant.meaning) || header_is_outcome(meant.meaning))
            return meant;
        bool better = other.meaning == HEADER_NOTHING || (other.meaning == HEADER_VALUE && meant.meaning == HEADER_RESPONDENT);
        if (better && meant.meaning != HEADER_NOTHING)
            other = meant;
    }
    if (is_name_only(other.meaning) && runs > NAME_WORDS_MOST)
        other = (struct meant){.meaning = HEADER_NOTHING, .language = "", .word = {header.at + header.length, 0}};
    return other;
}

/* Letters that stand for standards: beside a number, or last in a header with a number in it. */
static struct meant letters_look(struct span header)
{
    struct meant none = {.meaning = HEADER_NOTHING, .language = "", .word = {header.at + header.length, 0}};
    if (!has_digit(header))
        return none;
    for (struct span run = run_next(header, 0); run.length; run = run_next(header, run_end(header, run))) {
        size_t end = run_end(header, run);
        size_t begin = end - run.length;
        bool beside = (end < header.length && is_digit(header.at[end])) || (begin > 0 && is_digit(header.at[begin - 1]));
        bool alone = !memchr(header.at, ' ', header.length) || run_next(header, end).length == 0;
        struct meant meant = {.word = run};
        meant.meaning = header_letter_meaning(run, &meant.language);
        if (meant.meaning != HEADER_NOTHING && (beside || alone))
            return meant;
    }
    return none;
}

/* Does this piece of a header name a standard: by a word, or by being one letter, with or without a number? */
static struct meant piece_look(struct span piece)
{
    struct meant meant = words_look(piece);
    if (is_standard(meant.meaning))
        return meant;
    struct span run = run_next(piece, 0);
    meant = (struct meant){.meaning = HEADER_NOTHING, .language = "", .word = run};
    if (run.length && run_next(piece, run_end(piece, run)).length == 0)
        meant.meaning = header_letter_meaning(run, &meant.language);
    return meant;
}

/* Takes the header apart where one side names the standard and the other does not: the other is the question. */
static bool sides_take(struct column_profile *profile, struct span left, struct span right, struct meant *meant)
{
    struct meant first = piece_look(left), second = piece_look(right);
    bool from_left = is_standard(first.meaning), from_right = is_standard(second.meaning);
    left = span_trim(left);
    right = span_trim(right);
    if (from_left && right.length) {
        *meant = first;
        profile->part = right;
    } else if (from_right && left.length) {
        *meant = second;
        profile->part = left;
    }
    return profile->part.length > 0;
}

/* The ways in which survey programs join a question and its row: "… [row]", "… - row", "… – row", "… : row". */
static bool header_take_apart(struct column_profile *profile, struct meant *meant)
{
    static const char *const marks[] = {" - ", " – ", " — ", " | ", ": ", "："};
    struct span header = profile->header;
    const char *open = header.length && header.at[header.length - 1] == ']' ? memrchr(header.at, '[', header.length) : NULL;
    if (open) {
        size_t at = (size_t)(open - header.at);
        struct span inside = {open + 1, header.length - at - 2};
        if (sides_take(profile, (struct span){header.at, at}, inside, meant))
            return true;
    }
    for (size_t at = header.length; at-- > 1;) {
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t length = strlen(marks[i]);
            if (at + length > header.length || memcmp(header.at + at, marks[i], length) != 0)
                continue;
            struct span right = {header.at + at + length, header.length - at - length};
            if (sides_take(profile, (struct span){header.at, at}, right, meant))
                return true;
        }
    }
    return false;
}

/* The header without the word, small ASCII letters, runs of other signs as one space. */
static const char *rest_make(struct ctx *ctx, struct span header, struct span word)
{
    char *rest = arena_alloc(ctx->arena, header.length + 1);
    size_t used = 0;
    for (size_t i = 0; rest && i < header.length; i++) {
        bool inside = header.at + i >= word.at && header.at + i < word.at + word.length;
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

/* The last number of the header, and what stands before it. */
static enum status number_find(struct ctx *ctx, struct column_profile *profile)
{
    struct span header = profile->header;
    size_t end = header.length;
    while (end > 0 && !is_digit(header.at[end - 1]))
        end--;
    size_t from = end;
    while (from > 0 && is_digit(header.at[from - 1]) && end - from < 9)
        from--;
    for (size_t i = from; i < end; i++)
        profile->number = profile->number * 10 + (uint64_t)(header.at[i] - '0');
    profile->lead = rest_make(ctx, (struct span){header.at, from}, (struct span){header.at + from, 0});
    return profile->lead ? STATUS_OK : ctx_no_memory(ctx);
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
    struct meant meant = {.meaning = HEADER_NOTHING, .language = ""};
    struct span none = {profile->header.at, 0};
    bool apart = header_take_apart(profile, &meant);
    if (!apart) {
        meant = words_look(profile->header);
        struct meant letter = letters_look(profile->header);
        bool weak = meant.meaning == HEADER_NOTHING || meant.meaning == HEADER_ITEM;
        meant = weak && letter.meaning != HEADER_NOTHING ? letter : meant;
    }
    profile->meaning = meant.meaning;
    profile->language = meant.language;
    profile->rest = apart ? rest_make(ctx, profile->part, none) : rest_make(ctx, profile->header, meant.word);
    if (!profile->rest)
        return ctx_no_memory(ctx);
    profile->whole_header = profile->meaning != HEADER_NOTHING && !profile->rest[0];
    profile->prefix = prefix_make(ctx, profile->rest);
    return profile->prefix ? number_find(ctx, profile) : ctx_no_memory(ctx);
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
    if (!decimal_parse(value, mark ? mark : '.', &number) && !decimal_parse(value, mark == ',' ? '.' : ',', &number))
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

bool profile_is_answers(const struct column_profile *profile)
{
    uint32_t steps = 0;
    if (profile->decimals || profile->value_count > VALUES_KEPT)
        return false;
    return profile->numbers > 0 || label_set_find(profile->values, profile->value_count, &steps) != NULL;
}

const char *profile_describe(struct ctx *ctx, const struct column_profile *profile)
{
    const char *more = profile->value_count > VALUES_KEPT ? "more than " : "";
    uint32_t different = profile->value_count > VALUES_KEPT ? VALUES_KEPT : profile->value_count;
    if (!profile->filled)
        return "empty";
    if (profile->unique && profile->filled > 1)
        return "a value of its own in each row";
    if (profile->numbers == profile->filled)
        return arena_format(ctx->arena, "whole numbers, %lld to %lld, %s%u different", (long long)profile->least,
                            (long long)profile->most, more, different);
    if (profile->numbers + profile->decimals == profile->filled)
        return arena_format(ctx->arena, "numbers with decimals, %s%u different", more, different);
    return arena_format(ctx->arena, "text, %s%u different", more, different);
}
