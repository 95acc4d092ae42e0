/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/comment/comment_words.h"

#include <ctype.h>
#include <string.h>

#include "base/out.h"

#define DIGITS_LEAST 6u

/* The small letter of a capital one, for the scripts that have both; others stay.
 * source  Unicode 15, simple case mapping of Latin, Greek and Cyrillic */
static unsigned letter_small(unsigned c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c == 0x130)
        return 'i';
    if (c == 0x178)
        return 0xFF;
    bool odd_small = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x460 && c <= 0x481);
    bool even_small = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    return c + (odd_small ? c % 2 == 0 : even_small ? c % 2 == 1 : 0u);
}

/* Marks of writing that are no letters, beyond ASCII. */
static bool is_mark(unsigned c)
{
    return (c >= 0x80 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) || c == 0xD7 || c == 0xF7 ||
           (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) || c == 0x60C || c == 0x61B || c == 0x61F || c == 0x66A ||
           c == 0x6D4 || (c >= 0xFE00 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) || c >= 0x1F000;
}

/* Letters and digits, of any script. */
static bool is_letter(unsigned c)
{
    return c < 0x80 ? isalnum((int)c) != 0 : !is_mark(c);
}

/* Straight or curled. */
static bool is_apostrophe(unsigned c)
{
    return c == '\'' || c == 0x2019;
}

/* Writes a letter in UTF-8. */
static size_t letter_write(unsigned c, char *into)
{
    if (c < 0x80) {
        into[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        into[0] = (char)(0xC0 | c >> 6);
        into[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        into[0] = (char)(0xE0 | c >> 12);
        into[1] = (char)(0x80 | (c >> 6 & 0x3F));
        into[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    into[0] = (char)(0xF0 | c >> 18);
    into[1] = (char)(0x80 | (c >> 12 & 0x3F));
    into[2] = (char)(0x80 | (c >> 6 & 0x3F));
    into[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* One letter of a text; a byte that is none is passed over as a mark. */
static unsigned letter_next(struct span *rest)
{
    unsigned c = ' ';
    size_t taken = text_utf8_decode(*rest, &c);
    if (taken == 0) {
        taken = 1;
        c = ' ';
    }
    *rest = (struct span){rest->at + taken, rest->length - taken};
    return c;
}

/* A word that has begun. */
struct word {
    char *into;
    size_t length, letters, digits;
    bool long_one; /* it does not fit */
};

/* Adds a letter. */
static void word_add(struct word *word, unsigned c)
{
    word->letters++;
    word->digits += c < 0x80 && isdigit((int)c);
    if (word->length + 4 > WORD_BYTES)
        word->long_one = true;
    else
        word->length += letter_write(letter_small(c), word->into + word->length);
}

/* Does a letter follow? */
static bool letter_follows(struct span rest)
{
    return rest.length > 0 && is_letter(letter_next(&rest));
}

size_t comment_word_next(struct span *rest, char *into)
{
    struct word word = {.into = into};
    while (rest->length > 0) {
        unsigned c = letter_next(rest);
        bool joins = is_apostrophe(c) && word.letters > 0 && letter_follows(*rest);
        if (joins)
            word_add(&word, '\'');
        else if (is_letter(c))
            word_add(&word, c);
        if (joins || is_letter(c))
            continue;
        if (word.letters >= 2 && word.digits < word.letters && !word.long_one)
            return word.length;
        word = (struct word){.into = into};
    }
    return word.letters >= 2 && word.digits < word.letters && !word.long_one ? word.length : 0;
}

/* How many bytes of a text are a number that may name somebody; 0: none begins here. */
static size_t number_length(const char *text)
{
    size_t length = 0, digits = 0, end = 0;
    for (; text[length] && (isdigit((unsigned char)text[length]) || (digits && strchr(" ./-()", text[length]))); length++) {
        if (isdigit((unsigned char)text[length])) {
            digits++;
            end = length + 1;
        }
    }
    return digits >= DIGITS_LEAST ? end : 0;
}

/* How many bytes up to the next blank, when they hold an @; 0: they do not. */
static size_t address_length(const char *text)
{
    size_t length = strcspn(text, " \t\r\n");
    return memchr(text, '@', length) ? length : 0;
}

const char *comment_masked(struct ctx *ctx, const char *text)
{
    struct out *out = NULL;
    const char *masked = NULL;
    bool begins = true; /* of a word */
    if (out_open_memory(ctx, &out))
        return NULL;
    while (*text) {
        size_t hidden = begins ? address_length(text) : 0;
        hidden = hidden ? hidden : number_length(text);
        begins = *text == ' ' || *text == '\t' || *text == '\r' || *text == '\n';
        if (hidden)
            out_text(out, "[…]");
        else
            out_char(out, begins ? ' ' : *text);
        text += hidden ? hidden : 1;
    }
    return out_copy(ctx, out, &masked) ? NULL : masked;
}
