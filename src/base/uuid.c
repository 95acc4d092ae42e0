/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/uuid.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/secret.h"

/* The last moment given out, in milliseconds shifted left by 12 bits, which count within the millisecond. */
static _Atomic uint64_t last_moment;

static uint64_t moment_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return ((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u) << 12;
}

/* A moment above all that were given out before, also when the clock was set back. */
static uint64_t moment_next(void)
{
    uint64_t now = moment_now(), last = atomic_load(&last_moment), next;
    do
        next = now > last ? now : last + 1u;
    while (!atomic_compare_exchange_weak(&last_moment, &last, next));
    return next;
}

static void version_set(struct uuid *id, unsigned version)
{
    id->bytes[6] = (uint8_t)((id->bytes[6] & 0x0fu) | version << 4);
    id->bytes[8] = (uint8_t)((id->bytes[8] & 0x3fu) | 0x80u);
}

void uuid_ordered(struct uuid *out)
{
    uint64_t moment = moment_next();
    secret_bytes(out->bytes, sizeof out->bytes);
    for (unsigned i = 0; i < 6; i++)
        out->bytes[i] = (uint8_t)(moment >> (52u - 8u * i));
    out->bytes[6] = (uint8_t)(moment >> 8 & 0x0fu);
    out->bytes[7] = (uint8_t)moment;
    version_set(out, 7);
}

void uuid_random(struct uuid *out)
{
    secret_bytes(out->bytes, sizeof out->bytes);
    version_set(out, 4);
}

/* Where dashes stand among 36 characters. */
static bool dash_at(unsigned place)
{
    return place == 8 || place == 13 || place == 18 || place == 23;
}

void uuid_format(const struct uuid *id, char into[UUID_TEXT_BYTES])
{
    unsigned place = 0;
    for (unsigned nibble = 0; nibble < 32; nibble++) {
        if (dash_at(place))
            into[place++] = '-';
        unsigned byte = id->bytes[nibble / 2u];
        into[place++] = "0123456789abcdef"[nibble % 2u ? byte & 15u : byte >> 4];
    }
    into[place] = '\0';
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

bool uuid_parse(struct span text, struct uuid *out)
{
    struct uuid id = {{0}};
    unsigned nibble = 0;
    if (text.length != UUID_TEXT_BYTES - 1u)
        return false;
    for (unsigned place = 0; place < UUID_TEXT_BYTES - 1u; place++) {
        int value = digit_value(text.at[place]);
        if (dash_at(place) ? text.at[place] != '-' : value < 0)
            return false;
        if (dash_at(place))
            continue;
        id.bytes[nibble / 2u] = (uint8_t)((unsigned)id.bytes[nibble / 2u] << 4 | (unsigned)value);
        nibble++;
    }
    *out = id;
    return true;
}

bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool uuid_is_none(const struct uuid *id)
{
    static const struct uuid none;
    return uuid_equal(id, &none);
}
