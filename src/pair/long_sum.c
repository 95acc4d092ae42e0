/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/long_sum.h"

static uint128 magnitude(int128 value)
{
    return value < 0 ? -(uint128)value : (uint128)value;
}

static void long_sum_negate(struct long_sum *sum)
{
    sum->low = ~sum->low + 1;
    sum->high = (int128)(~(uint128)sum->high + (sum->low == 0 ? 1 : 0));
}

/* Two halves each; the cross products are added with their carry. */
static struct long_sum product_of(uint128 a, uint128 b)
{
    uint128 a_low = (uint64_t)a, a_high = a >> 64;
    uint128 b_low = (uint64_t)b, b_high = b >> 64;
    uint128 low = a_low * b_low;
    uint128 middle = a_high * b_low + (low >> 64);
    uint128 middle_low = (uint128)(uint64_t)middle + a_low * b_high;
    uint128 high = a_high * b_high + (middle >> 64) + (middle_low >> 64);
    return (struct long_sum){.low = (middle_low << 64) | (uint64_t)low, .high = (int128)high};
}

void long_sum_add_product(struct long_sum *sum, int128 a, int128 b)
{
    if (a == (int64_t)a && b == (int64_t)b) {
        long_sum_add(sum, a * b);
        return;
    }
    struct long_sum product = product_of(magnitude(a), magnitude(b));
    if ((a < 0) != (b < 0)) {
        long_sum_negate(&product);
    }
    long_sum_merge(sum, &product);
}

struct wide long_sum_wide(const struct long_sum *sum)
{
    uint128 high = (uint128)sum->high;
    uint64_t sign = sum->high < 0 ? UINT64_MAX : 0;
    struct wide out = {.limb = {(uint64_t)sum->low, (uint64_t)(sum->low >> 64), (uint64_t)high, (uint64_t)(high >> 64)}};
    for (unsigned i = 4; i < WIDE_LIMBS; i++) {
        out.limb[i] = sign;
    }
    return out;
}
