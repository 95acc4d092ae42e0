/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <sodium.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

enum status secret_start(struct ctx *ctx)
{
    if (sodium_init() < 0)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "The system gives no random bytes, so no link or key can be made.");
    return STATUS_OK;
}

void secret_bytes(void *into, size_t count)
{
    randombytes_buf(into, count);
}

uint32_t secret_below(uint32_t count)
{
    return randombytes_uniform(count);
}

enum { SECRET_BYTES = 16 };

static void secret_spell(const uint8_t bytes[SECRET_BYTES], char into[SECRET_TEXT_BYTES])
{
    uint32_t held = 0;
    unsigned bits = 0, place = 0;
    for (unsigned i = 0; i < SECRET_BYTES; i++) {
        held = (held << 8 | bytes[i]) & 0xffffu;
        for (bits += 8; bits >= 5; bits -= 5)
            into[place++] = letters[held >> (bits - 5u) & 31u];
    }
    into[place++] = letters[held << (5u - bits) & 31u];
    into[place] = '\0';
}

void secret_make(char into[SECRET_TEXT_BYTES])
{
    uint8_t bytes[SECRET_BYTES];
    secret_bytes(bytes, sizeof bytes);
    secret_spell(bytes, into);
    secret_wipe(bytes, sizeof bytes);
}

void secret_derive(const uint8_t key[32], struct span text, char into[SECRET_TEXT_BYTES])
{
    struct digest digest;
    digest_keyed(key, text, &digest);
    secret_spell(digest.bytes, into);
    secret_wipe(&digest, sizeof digest);
}

bool secret_well_formed(struct span text)
{
    if (text.length != SECRET_TEXT_BYTES - 1u)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!((text.at[i] >= 'a' && text.at[i] <= 'z') || (text.at[i] >= '2' && text.at[i] <= '7')))
            return false;
    return true;
}

void digest_of(struct span text, struct digest *out)
{
    crypto_hash_sha256(out->bytes, (const unsigned char *)text.at, text.length);
}

void digest_keyed(const uint8_t key[32], struct span text, struct digest *out)
{
    (void)crypto_generichash(out->bytes, sizeof out->bytes, (const unsigned char *)text.at, text.length, key, 32);
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void digest_format(const struct digest *digest, char into[DIGEST_TEXT_BYTES])
{
    (void)sodium_bin2hex(into, DIGEST_TEXT_BYTES, digest->bytes, sizeof digest->bytes);
}

void secret_wipe(void *memory, size_t count)
{
    sodium_memzero(memory, count);
}
