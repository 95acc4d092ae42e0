/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/wide.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    LIMB_BITS = 64,
    LONG_LIMBS = WIDE_LIMBS + 1 /* one bit more than the largest magnitude */
};

/* An unsigned magnitude with room for one doubling. */
struct magnitude {
    uint64_t limb[LONG_LIMBS];
};

struct wide wide_from(int128 value)
{
    struct wide wide;
    memset(wide.limb, value < 0 ? 0xFF : 0, sizeof wide.limb);
    wide.limb[0] = (uint64_t)value;
    wide.limb[1] = (uint64_t)((uint128)value >> LIMB_BITS);
    return wide;
}

static bool is_negative(struct wide a)
{
    return a.limb[WIDE_LIMBS - 1] >> (LIMB_BITS - 1) != 0;
}

static struct wide negated(struct wide a)
{
    unsigned carry = 1;
    for (int i = 0; i < WIDE_LIMBS; i++) {
        a.limb[i] = ~a.limb[i] + carry;
        carry = carry && a.limb[i] == 0;
    }
    return a;
}

/* a + b + carry, without minding the sign. */
static struct wide sum(struct wide a, struct wide b, unsigned carry)
{
    for (int i = 0; i < WIDE_LIMBS; i++) {
        uint128 limb = (uint128)a.limb[i] + b.limb[i] + carry;
        a.limb[i] = (uint64_t)limb;
        carry = (unsigned)(limb >> LIMB_BITS);
    }
    return a;
}

struct wide wide_add(struct wide a, struct wide b, bool *overflow)
{
    struct wide result = sum(a, b, 0);
    if (is_negative(a) == is_negative(b) && is_negative(result) != is_negative(a))
        *overflow = true;
    return result;
}

struct wide wide_subtract(struct wide a, struct wide b, bool *overflow)
{
    struct wide inverse = b;
    for (int i = 0; i < WIDE_LIMBS; i++)
        inverse.limb[i] = ~b.limb[i];
    struct wide result = sum(a, inverse, 1);
    if (is_negative(a) != is_negative(b) && is_negative(result) != is_negative(a))
        *overflow = true;
    return result;
}

/* How many limbs from the lowest to the highest that is not zero. */
static int limbs_used(const uint64_t *limb, int count)
{
    while (count > 0 && limb[count - 1] == 0)
        count--;
    return count;
}

struct wide wide_multiply(struct wide a, struct wide b, bool *overflow)
{
    bool negative = is_negative(a) != is_negative(b);
    /* The lowest number is its own negation; read without a sign it is the right magnitude. */
    struct wide left = is_negative(a) ? negated(a) : a;
    struct wide right = is_negative(b) ? negated(b) : b;
    int left_used = limbs_used(left.limb, WIDE_LIMBS);
    int right_used = limbs_used(right.limb, WIDE_LIMBS);
    uint64_t product[2 * WIDE_LIMBS] = {0};
    for (int i = 0; i < left_used; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < right_used; j++) {
            uint128 limb = (uint128)left.limb[i] * right.limb[j] + product[i + j] + carry;
            product[i + j] = (uint64_t)limb;
            carry = (uint64_t)(limb >> LIMB_BITS);
        }
        product[i + right_used] = carry;
    }
    struct wide result;
    memcpy(result.limb, product, sizeof result.limb);
    if (negative)
        result = negated(result);
    /* A product of zero has no sign; any other must have kept the one it should have. */
    bool sign_kept = is_negative(result) == negative || limbs_used(product, 2 * WIDE_LIMBS) == 0;
    if (limbs_used(product, 2 * WIDE_LIMBS) > WIDE_LIMBS || !sign_kept)
        *overflow = true;
    return result;
}

struct wide wide_ten_to(unsigned exponent, bool *overflow)
{
    const unsigned step = 18;
    struct wide power = wide_from(1);
    /* 10^193 does not fit: there is no need to go on. */
    for (; exponent > 0 && !*overflow; exponent -= exponent < step ? exponent : step) {
        int64_t factor = 1;
        for (unsigned i = 0; i < step && i < exponent; i++)
            factor *= 10;
        power = wide_multiply(power, wide_from(factor), overflow);
    }
    return power;
}

int wide_compare(struct wide a, struct wide b)
{
    if (is_negative(a) != is_negative(b))
        return is_negative(a) ? -1 : 1;
    for (int i = WIDE_LIMBS - 1; i >= 0; i--)
        if (a.limb[i] != b.limb[i])
            return a.limb[i] < b.limb[i] ? -1 : 1;
    return 0;
}

int wide_sign(struct wide a)
{
    return is_negative(a) ? -1 : limbs_used(a.limb, WIDE_LIMBS) > 0;
}

static struct magnitude magnitude_of(struct wide a)
{
    struct wide positive = is_negative(a) ? negated(a) : a;
    struct magnitude result = {{0}};
    memcpy(result.limb, positive.limb, sizeof positive.limb);
    return result;
}

static int bit_length(const struct magnitude *a)
{
    int used = limbs_used(a->limb, LONG_LIMBS);
    return used == 0 ? 0 : used * LIMB_BITS - __builtin_clzll(a->limb[used - 1]);
}

/* The bit of that weight; 0 outside. */
static unsigned bit_at(const struct magnitude *a, int bit)
{
    return bit < 0 ? 0 : (unsigned)(a->limb[bit / LIMB_BITS] >> (bit % LIMB_BITS) & 1u);
}

/* a × 2 + bit; a has room for it. */
static void double_and_add(struct magnitude *a, unsigned bit, int used)
{
    uint64_t carry = bit;
    for (int i = 0; i < used; i++) {
        uint64_t out = a->limb[i] >> (LIMB_BITS - 1);
        a->limb[i] = a->limb[i] << 1 | carry;
        carry = out;
    }
}

/* Takes b from a when a is at least b, and says whether it did. */
static bool subtract_if_not_below(struct magnitude *a, const struct magnitude *b, int used)
{
    int i = used - 1;
    while (i > 0 && a->limb[i] == b->limb[i])
        i--;
    if (a->limb[i] < b->limb[i])
        return false;
    uint64_t borrow = 0;
    for (i = 0; i < used; i++) {
        uint128 difference = (uint128)a->limb[i] - b->limb[i] - borrow;
        a->limb[i] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> LIMB_BITS) & 1u;
    }
    return true;
}

/* floor(a / 2^bits). */
static struct magnitude shifted_down(const struct magnitude *a, int bits)
{
    struct magnitude result = {{0}};
    int limbs = bits / LIMB_BITS, rest = bits % LIMB_BITS;
    for (int i = limbs; i < LONG_LIMBS; i++) {
        uint64_t above = rest > 0 && i + 1 < LONG_LIMBS ? a->limb[i + 1] << (LIMB_BITS - rest) : 0;
        result.limb[i - limbs] = a->limb[i] >> rest | above;
    }
    return result;
}

/* floor(numerator × 2^shift / denominator), of which the lowest bit is set as well when the division leaves a rest: below
 * the digits that are kept, it only tells a tie from what is a little more. The quotient must fit 128 bits. */
static uint128 quotient_scaled(const struct magnitude *numerator, const struct magnitude *denominator, int shift)
{
    int used = bit_length(denominator) / LIMB_BITS + 1;
    /* With one bit less than the denominator has, nothing can be taken from it yet. */
    int bits_left = bit_length(numerator) - (bit_length(denominator) - 1);
    bits_left = bits_left > 0 ? bits_left : 0;
    struct magnitude rest = shifted_down(numerator, bits_left);
    uint128 quotient = 0;
    for (int bit = bits_left - 1; bit >= -shift; bit--) {
        double_and_add(&rest, bit_at(numerator, bit), used);
        quotient = quotient << 1 | subtract_if_not_below(&rest, denominator, used);
    }
    bool inexact = limbs_used(rest.limb, LONG_LIMBS) > 0;
    for (int bit = 0; bit < -shift && !inexact; bit++)
        inexact = bit_at(numerator, bit);
    return quotient | inexact;
}

double wide_ratio(struct wide numerator, struct wide denominator)
{
    struct magnitude above = magnitude_of(numerator), below = magnitude_of(denominator);
    int above_length = bit_length(&above), below_length = bit_length(&below);
    assert(below_length > 0);
    double value = 0.0;
    if (above_length <= 53 && below_length <= 53) {
        value = (double)above.limb[0] / (double)below.limb[0];
    } else if (above_length > 0) {
        int shift = 2 + LIMB_BITS - (above_length - below_length);
        value = ldexp((double)quotient_scaled(&above, &below, shift), -shift);
    }
    return is_negative(numerator) != is_negative(denominator) && value > 0.0 ? -value : value;
}

/* floor(sqrt(a)), digit by digit; *inexact is set when it was not a square. */
static uint64_t square_root(uint128 a, bool *inexact)
{
    uint128 root = 0, rest = 0;
    for (int pair = LIMB_BITS - 1; pair >= 0; pair--) {
        rest = rest << 2 | (a >> (2 * pair) & 3u);
        root <<= 1;
        uint128 trial = root << 1 | 1u;
        if (rest >= trial) {
            rest -= trial;
            root |= 1u;
        }
    }
    *inexact = *inexact || rest != 0;
    return (uint64_t)root;
}

double wide_ratio_root(struct wide numerator, struct wide denominator)
{
    assert(wide_sign(numerator) >= 0 && wide_sign(denominator) > 0);
    struct magnitude above = magnitude_of(numerator), below = magnitude_of(denominator);
    int above_length = bit_length(&above);
    if (above_length == 0)
        return 0.0;
    /* 125 to 127 bits under the root are 63 or 64 in it, so that what lies below them only breaks ties. An even shift
     * leaves the root by halves. */
    int shift = 2 * LIMB_BITS - 2 - (above_length - bit_length(&below));
    shift -= shift % 2 != 0;
    bool inexact = false;
    uint64_t root = square_root(quotient_scaled(&above, &below, shift), &inexact);
    return ldexp((double)(root | inexact), -shift / 2);
}
