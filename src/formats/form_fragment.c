/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/form_fragment.h"

#include "base/limits.h"
#include "base/out.h"

/* Capitals that stand a fixed distance before their small letters. */
static const struct {
    unsigned first, last, distance;
} capitals[] = {{'A', 'Z', 32}, {0xC0, 0xD6, 32}, {0xD8, 0xDE, 32}, {0x391, 0x3A9, 32}, {0x400, 0x40F, 80}, {0x410, 0x42F, 32}};

/* Capitals that stand directly before their small letters: of even numbers, or of odd ones. */
static const struct {
    unsigned first, last;
} pairs[] = {{0x100, 0x12F}, {0x132, 0x137}, {0x139, 0x148}, {0x14A, 0x177},   {0x179, 0x17E},  {0x218, 0x21B},
             {0x460, 0x481}, {0x48A, 0x4BF}, {0x4D0, 0x52F}, {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF}};

/* Letters that are folded one by one: İ ı → i, Ÿ, ς → σ, Greek with accents, Ё stands in a row above. */
static const struct {
    unsigned from, to;
} singles[] = {{0x130, 'i'},   {0x131, 'i'},   {0x178, 0xFF},  {0x386, 0x3AC}, {0x388, 0x3AD}, {0x389, 0x3AE},
               {0x38A, 0x3AF}, {0x38C, 0x3CC}, {0x38E, 0x3CD}, {0x38F, 0x3CE}, {0x3C2, 0x3C3}};

static unsigned letter_fold(unsigned letter)
{
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (letter == singles[i].from)
            return singles[i].to;
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++)
        if (letter >= capitals[i].first && letter <= capitals[i].last)
            return letter + capitals[i].distance;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (letter >= pairs[i].first && letter <= pairs[i].last)
            return letter + ((letter - pairs[i].first) % 2 == 0 ? 1 : 0);
    if (letter >= 0x660 && letter <= 0x669)
        return '0' + (letter - 0x660);
    if (letter >= 0x6F0 && letter <= 0x6F9)
        return '0' + (letter - 0x6F0);
    return letter;
}

/* What a person may type or leave out without meaning another thing: signs, spaces, accents that stand alone, the vowel signs
 * of Arabic and its stretching. */
static const struct {
    unsigned first, last;
} left_out[] = {{0x80, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},    {0x300, 0x36F}, {0x60C, 0x60C},
                {0x61B, 0x61F},   {0x640, 0x640},   {0x64B, 0x65F},  {0x66A, 0x66D}, {0x2000, 0x206F},
                {0x3000, 0x3003}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

static bool is_punctuation(unsigned letter)
{
    bool digit = letter >= '0' && letter <= '9', small = letter >= 'a' && letter <= 'z';
    if (letter < 0x80)
        return !digit && !small;
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (letter >= left_out[i].first && letter <= left_out[i].last)
            return true;
    return false;
}

static void letter_write(struct out *out, unsigned letter)
{
    if (letter < 0x80)
        out_char(out, (char)letter);
    else if (letter < 0x800)
        out_format(out, "%c%c", (int)(0xC0u | letter >> 6), (int)(0x80u | (letter & 0x3Fu)));
    else if (letter < 0x10000)
        out_format(out, "%c%c%c", (int)(0xE0u | letter >> 12), (int)(0x80u | (letter >> 6 & 0x3Fu)),
                   (int)(0x80u | (letter & 0x3Fu)));
    else
        out_format(out, "%c%c%c%c", (int)(0xF0u | letter >> 18), (int)(0x80u | (letter >> 12 & 0x3Fu)),
                   (int)(0x80u | (letter >> 6 & 0x3Fu)), (int)(0x80u | (letter & 0x3Fu)));
}

enum status form_fragment(struct ctx *ctx, struct span text, struct span *out)
{
    struct out *kept = NULL;
    unsigned letters = 0, letter = 0;
    enum status status = out_open_memory(ctx, &kept);
    if (status)
        return status;
    while (text.length > 0 && letters < FRAGMENT_LETTERS_MAX) {
        size_t took = text_utf8_decode(text, &letter);
        size_t skip = took ? took : 1;
        text = (struct span){text.at + skip, text.length - skip};
        letter = letter_fold(letter);
        if (took == 0 || is_punctuation(letter))
            continue;
        letter_write(kept, letter);
        letters++;
    }
    status = out_close(ctx, kept);
    *out = out_bytes(kept);
    return status;
}
