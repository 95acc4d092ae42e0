/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chance that nobody can foresee, and hashes; over libsodium. What is drawn here never has to be drawn again: numbers of
 * statistics come from chance.h. */
#ifndef GAPMETER_BASE_SECRET_H
#define GAPMETER_BASE_SECRET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

#define SECRET_TEXT_BYTES 27u /* 26 characters and the NUL */
#define DIGEST_TEXT_BYTES 65u /* 64 hexadecimal digits and the NUL */

/* SHA-256 of something, or a keyed hash of the same length. */
struct digest {
    uint8_t bytes[32];
};

/* To be called once before anything else here, by whoever opens a store or a server; again does no harm.
 * fails   STATUS_UNAVAILABLE when the system gives no random bytes */
enum status secret_start(struct ctx *ctx) MUST_USE;

/* Random bytes from the system. */
void secret_bytes(void *into, size_t count);

/* A number in 0 … count-1 without bias. */
uint32_t secret_below(uint32_t count);

/* A new secret of 128 bits as 26 characters a–z 2–7 (base32 of RFC 4648 in lower case): for links and keys. */
void secret_make(char into[SECRET_TEXT_BYTES]);

/* A secret of the same form that those who have the key can make again of the same text, and nobody else.
 * proof   tests/base/secret_test.c */
void secret_derive(const uint8_t key[32], struct span text, char into[SECRET_TEXT_BYTES]);

/* Is this text of the form that secret_make gives? */
bool secret_well_formed(struct span text);

/* SHA-256: what is stored of a secret. 128 random bits need no slow hash. */
void digest_of(struct span text, struct digest *out);

/* A hash that only those who have the key can compute (keyed BLAKE2b): pseudonyms, codes. */
void digest_keyed(const uint8_t key[32], struct span text, struct digest *out);

/* In constant time. */
bool digest_equal(const struct digest *a, const struct digest *b);

/* "9f86d0…", lower case. */
void digest_format(const struct digest *digest, char into[DIGEST_TEXT_BYTES]);

/* Writes zeros that no compiler leaves out. */
void secret_wipe(void *memory, size_t count);

#endif
