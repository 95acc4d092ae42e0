/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/capital.h"

#include <string.h>

/* Small letters of one alphabet and how far above them their large ones stand. */
struct letters {
    unsigned first, last;
    unsigned step; /* 2: every other one, since large and small letters alternate */
    unsigned down;
};

static const struct letters alphabets[] = {
    {'a', 'z', 1, 32},         {0x00E0, 0x00F6, 1, 32},   {0x00F8, 0x00FE, 1, 32}, {0x0101, 0x012F, 2, 1},
    {0x0131, 0x0131, 1, 0xE8}, {0x0133, 0x0137, 2, 1},    {0x013A, 0x0148, 2, 1},  {0x014B, 0x0177, 2, 1},
    {0x017A, 0x017E, 2, 1},    {0x01A1, 0x01A5, 2, 1},    {0x01B0, 0x01B0, 1, 1},  {0x01CE, 0x01DC, 2, 1},
    {0x01DF, 0x01EF, 2, 1},    {0x01F9, 0x021F, 2, 1},    {0x0223, 0x0233, 2, 1},  {0x0259, 0x0259, 1, 0xCA},
    {0x03AC, 0x03AC, 1, 0x26}, {0x03AD, 0x03AF, 1, 0x25}, {0x03B1, 0x03C1, 1, 32}, {0x03C3, 0x03CB, 1, 32},
    {0x03CC, 0x03CC, 1, 0x40}, {0x03CD, 0x03CE, 1, 0x3F}, {0x0430, 0x044F, 1, 32}, {0x0450, 0x045F, 1, 0x50},
    {0x0461, 0x0481, 2, 1},    {0x048B, 0x04BF, 2, 1},    {0x04D1, 0x052F, 2, 1},
};

static bool dots_its_capital_i(const char *language)
{
    size_t length = strcspn(language, "-_");
    return length == 2 && (strncmp(language, "tr", 2) == 0 || strncmp(language, "az", 2) == 0);
}

static unsigned letter_capital(unsigned small, const char *language)
{
    if (small == 'i' && dots_its_capital_i(language))
        return 0x0130;
    for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
        const struct letters *letters = &alphabets[i];
        if (small >= letters->first && small <= letters->last && (small - letters->first) % letters->step == 0)
            return small - letters->down;
    }
    return small;
}

enum status text_capital(struct ctx *ctx, const char *language, const char *text, const char **out)
{
    unsigned small = 0;
    size_t taken = text_utf8_decode(span_of(text), &small);
    unsigned capital = taken ? letter_capital(small, language) : small;
    *out = text;
    if (capital == small)
        return STATUS_OK;
    char letter[3] = {(char)capital};
    if (capital >= 0x80) {
        letter[0] = (char)(0xC0 | capital >> 6);
        letter[1] = (char)(0x80 | (capital & 0x3F));
    }
    *out = arena_format(ctx->arena, "%s%s", letter, text + taken);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
