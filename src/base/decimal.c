/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"

#include <assert.h>
#include <math.h>

#include "base/wide.h"

enum { PLACES_MAX = 15 };

static const int64_t units_limit = 1000000000000000000; /* 10^18: 18 digits lie below it */

static int64_t ten_to(unsigned exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* How many digits the text begins with. */
static size_t digits_length(struct span text)
{
    size_t length = 0;
    while (length < text.length && text.at[length] >= '0' && text.at[length] <= '9')
        length++;
    return length;
}

/* units × 10^length + digits, or false when that takes more than 18 digits. */
static bool units_append(int64_t *units, const char *digits, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (*units >= units_limit / 10)
            return false;
        *units = *units * 10 + (digits[i] - '0');
    }
    return true;
}

bool decimal_parse(struct span text, char mark, struct decimal *out)
{
    bool negative = text.length > 0 && text.at[0] == '-';
    if (negative || (text.length > 0 && text.at[0] == '+'))
        text = (struct span){text.at + 1, text.length - 1};
    size_t whole = digits_length(text);
    size_t places = 0;
    if (whole == 0)
        return false;
    if (whole < text.length) {
        places = digits_length((struct span){text.at + whole + 1, text.length - whole - 1});
        if (text.at[whole] != mark || places == 0 || whole + 1 + places != text.length)
            return false;
    }
    const char *fraction = text.at + whole + (places > 0);
    while (places > PLACES_MAX && fraction[places - 1] == '0')
        places--;
    int64_t units = 0;
    if (places > PLACES_MAX || !units_append(&units, text.at, whole) || !units_append(&units, fraction, places))
        return false;
    *out = (struct decimal){negative ? -units : units, (unsigned)places};
    return true;
}

bool decimal_rescale(struct decimal a, unsigned places, struct decimal *out)
{
    assert(places >= a.places && places <= PLACES_MAX);
    int64_t units;
    if (__builtin_mul_overflow(a.units, ten_to(places - a.places), &units) || units >= units_limit || units <= -units_limit)
        return false;
    *out = (struct decimal){units, places};
    return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    unsigned places = a.places > b.places ? a.places : b.places;
    int128 left = (int128)a.units * ten_to(places - a.places);
    int128 right = (int128)b.units * ten_to(places - b.places);
    return (left > right) - (left < right);
}

double decimal_to_double(struct decimal a)
{
    const int64_t exact_limit = INT64_C(1) << 53;
    /* Both parts are doubles, so that their quotient is rounded once. */
    if (a.units > -exact_limit && a.units < exact_limit)
        return (double)a.units / (double)ten_to(a.places);
    /* The quotient has more than 64 bits; what lies below them only breaks ties, which one bit can say. */
    uint128 divisor = (uint128)ten_to(a.places);
    uint128 magnitude = (uint128)(a.units < 0 ? -(int128)a.units : (int128)a.units) << 64;
    uint128 quotient = magnitude / divisor | (magnitude % divisor != 0);
    double value = ldexp((double)quotient, -64);
    return a.units < 0 ? -value : value;
}
