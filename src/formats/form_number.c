/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/form_number.h"

/* The ASCII character that a letter of a number stands for; 0 for none. */
static char plain(unsigned letter)
{
    if (letter >= 0x660 && letter <= 0x669)
        return (char)('0' + (letter - 0x660));
    if (letter >= 0x6F0 && letter <= 0x6F9)
        return (char)('0' + (letter - 0x6F0));
    if (letter == ',' || letter == 0x66B)
        return '.';
    if (letter == 0x2212)
        return '-';
    return letter < 0x80 ? (char)letter : '\0';
}

bool form_number(struct span text, struct decimal *out)
{
    char digits[40];
    size_t length = 0;
    unsigned letter = 0;
    while (text.length > 0) {
        size_t took = text_utf8_decode(text, &letter);
        if (took == 0 || length == sizeof digits)
            return false;
        digits[length++] = plain(letter);
        text = (struct span){text.at + took, text.length - took};
    }
    return decimal_parse((struct span){digits, length}, '.', out);
}
