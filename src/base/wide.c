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

void wide_increase(struct wide *target, int128 term, bool *overflow)
{
    int128 short_sum = (int128)((uint128)target->limb[1] << LIMB_BITS | target->limb[0]);
    uint64_t sign = short_sum < 0 ? UINT64_MAX : 0, other = 0;
    for (int i = 2; i < WIDE_LIMBS; i++)
        other |= target->limb[i] ^ sign;
    if (other || __builtin_add_overflow(short_sum, term, &short_sum)) {
        *target = wide_add(*target, wide_from(term), overflow);
        return;
    }
    target->limb[0] = (uint64_t)short_sum;
    target->limb[1] = (uint64_t)((uint128)short_sum >> LIMB_BITS);
    if ((short_sum < 0) != (sign != 0)) {
        for (int i = 2; i < WIDE_LIMBS; i++)
            target->limb[i] = ~sign;
    }
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

/* Adds the product of two magnitudes to zeros. */
static void product_add(const struct wide *left, int left_used, const struct wide *right, int right_used, uint64_t *product)
{
    for (int i = 0; i < left_used; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < right_used; j++) {
            uint128 limb = (uint128)left->limb[i] * right->limb[j] + product[i + j] + carry;
            product[i + j] = (uint64_t)limb;
            carry = (uint64_t)(limb >> LIMB_BITS);
        }
        product[i + right_used] = carry;
    }
}

struct wide wide_multiply(struct wide a, struct wide b, bool *overflow)
{
    bool negative = is_negative(a) != is_negative(b);
    /* The lowest number is its own negation; read without a sign it is the right magnitude. */
    struct wide left = is_negative(a) ? negated(a) : a;
    struct wide right = is_negative(b) ? negated(b) : b;
    int left_used = limbs_used(left.limb, WIDE_LIMBS);
    int right_used = limbs_used(right.limb, WIDE_LIMBS);
    struct wide result = {{0}};
    if (left_used + right_used < WIDE_LIMBS) {
        product_add(&left, left_used, &right, right_used, result.limb);
        return negative ? negated(result) : result;
    }
    uint64_t product[2 * WIDE_LIMBS] = {0};
    product_add(&left, left_used, &right, right_used, product);
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

/* a × 2^bits below 2^64^count, or floor(a / 2^−bits) when bits is below 0.
 * takes   into  [count], zeroed
 * gives   whether bits that were not 0 were shifted out below */
static bool shifted(const struct magnitude *a, int bits, uint64_t *into, int count)
{
    int limbs = bits >= 0 ? bits / LIMB_BITS : -((-bits + LIMB_BITS - 1) / LIMB_BITS), rest = bits - limbs * LIMB_BITS;
    bool lost = false;
    for (int i = 0; i < LONG_LIMBS; i++) {
        uint128 part = (uint128)a->limb[i] << rest;
        const uint64_t halves[2] = {(uint64_t)part, (uint64_t)(part >> LIMB_BITS)};
        for (int h = 0; h < 2; h++) {
            int at = i + limbs + h;
            lost |= at < 0 && halves[h];
            if (at >= 0 && at < count)
                into[at] |= halves[h];
        }
    }
    return lost;
}

/* One digit of a quotient, too large by at most 1.
 * takes   u  [used + 1] what is left, below 2^64 times the denominator
 *         v  [used] the denominator, its highest bit set
 * source  Knuth 1997, 4.3.1, algorithm D */
static uint64_t digit_guess(const uint64_t *u, const uint64_t *v, int used)
{
    uint64_t top = v[used - 1];
    uint128 two = (uint128)u[used] << LIMB_BITS | u[used - 1];
    uint128 digit = u[used] >= top ? UINT64_MAX : two / top, rest = two - digit * top;
    while (used > 1 && rest >> LIMB_BITS == 0 && digit * v[used - 2] > (rest << LIMB_BITS | u[used - 2])) {
        digit--;
        rest += top;
    }
    return (uint64_t)digit;
}

/* Takes digit × v from u; when that was once too often, gives v back.
 * gives   the digit that was right */
static uint64_t digit_take(uint64_t *u, const uint64_t *v, int used, uint64_t digit)
{
    uint64_t carry = 0, borrow = 0;
    for (int i = 0; i <= used; i++) {
        uint128 product = (uint128)digit * (i < used ? v[i] : 0) + carry;
        uint128 difference = (uint128)u[i] - (uint64_t)product - borrow;
        carry = (uint64_t)(product >> LIMB_BITS);
        borrow = (uint64_t)(difference >> LIMB_BITS) & 1u;
        u[i] = (uint64_t)difference;
    }
    if (!borrow)
        return digit;
    carry = 0;
    for (int i = 0; i <= used; i++) {
        uint128 sum = (uint128)u[i] + (i < used ? v[i] : 0) + carry;
        carry = (uint64_t)(sum >> LIMB_BITS);
        u[i] = (uint64_t)sum;
    }
    return digit - 1;
}

/* floor(numerator × 2^shift / denominator), of which the lowest bit is set as well when the division leaves a rest: below
 * the digits that are kept, it only tells a tie from what is a little more. The quotient must fit 128 bits. */
static uint128 quotient_scaled(const struct magnitude *numerator, const struct magnitude *denominator, int shift)
{
    int used = limbs_used(denominator->limb, LONG_LIMBS);
    int spare = __builtin_clzll(denominator->limb[used - 1]);
    uint64_t v[LONG_LIMBS] = {0}, u[LONG_LIMBS + 3] = {0};
    (void)shifted(denominator, spare, v, used);
    bool inexact = shifted(numerator, shift + spare, u, used + 3);
    uint128 quotient = 0;
    for (int place = 2; place >= 0; place--) {
        uint64_t digit = digit_guess(u + place, v, used);
        quotient = quotient << LIMB_BITS | digit_take(u + place, v, used, digit);
    }
    return quotient | (inexact || limbs_used(u, used) > 0);
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

/* floor(sqrt(a)); *inexact is set when it was not a square.
 * needs   a >= 2^124 */
static uint64_t square_root(uint128 a, bool *inexact)
{
    /* The double has 53 bits; one step of Newton's doubles them, and leaves it at the floor or a little above. */
    uint128 root = (uint128)sqrt((double)a);
    root = (root + a / root) / 2;
    root = root >> LIMB_BITS ? UINT64_MAX : root;
    while (root * root > a)
        root--;
    *inexact = *inexact || root * root != a;
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
