/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/form_fragment.h"

#include "base/limits.h"
#include "base/out.h"

/* Capitals that stand a fixed distance before their small letters. */
static const struct {
    unsigned first, last, distance;
} capitals[] = {{'A', 'Z', 32}, {0xC0, 0xD6, 32}, {0xD8, 0xDE, 32}, {0x391, 0x3A9, 32}, {0x400, 0x40F, 80}, {0x410, 0x42F, 32}};

static unsigned letter_fold(unsigned letter)
{
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++)
        if (letter >= capitals[i].first && letter <= capitals[i].last)
            return letter + capitals[i].distance;
    return letter;
}

/* What a person may type or leave out without meaning another thing. */
static bool is_punctuation(unsigned letter)
{
    bool digit = letter >= '0' && letter <= '9', small = letter >= 'a' && letter <= 'z';
    return (letter < 0x80 && !digit && !small) || (letter >= 0x80 && letter < 0xC0) || (letter >= 0x2000 && letter <= 0x206F);
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
