/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_codes.h"

#include "formats/packed_bytes.h"

/* Rows whose codes of one byte are a whole number of steps, however many slots a row has. */
enum { STEP = 64, TILE_ROWS = STEP };

struct packed_ceilings {
    uint32_t slots;
    unsigned code_bytes;
    uint8_t *bytes;  /* [TILE_ROWS × slots] of one byte */
    uint16_t *words; /* [slots] of two */
};

enum status packed_ceilings_make(struct ctx *ctx, const struct answers *answers, struct packed_ceilings **out)
{
    const struct study *study = answers->study;
    struct packed_ceilings *made = arena_alloc(ctx->arena, sizeof *made);
    uint8_t *bytes = arena_array(ctx->arena, TILE_ROWS, answers->slot_count + (size_t)1);
    uint16_t *words = arena_array(ctx->arena, answers->slot_count + (size_t)1, sizeof *words);
    if (made == NULL || bytes == NULL || words == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < (uint32_t)STANDARD_COUNT * study->item_count; i++) {
        if (answers->slots[i] != NO_SLOT)
            words[answers->slots[i]] =
                (uint16_t)study_scale(study, (enum standard)(i / study->item_count), i % study->item_count)->steps;
    }
    for (size_t i = 0; i < (size_t)TILE_ROWS * answers->slot_count; i++)
        bytes[i] = (uint8_t)words[i % answers->slot_count];
    *made = (struct packed_ceilings){answers->slot_count, answers->code_bytes, bytes, words};
    *out = made;
    return STATUS_OK;
}

/* A constant number of bytes, so that compilers take vectors. */
static bool step_fits(const uint8_t *restrict codes, const uint8_t *restrict ceilings)
{
    uint8_t above = 0;
    for (unsigned i = 0; i < STEP; i++)
        above |= codes[i] > ceilings[i];
    return above == 0;
}

static bool bytes_fit(const struct packed_ceilings *ceilings, const uint8_t *codes, uint32_t rows)
{
    const size_t tile = (size_t)TILE_ROWS * ceilings->slots, count = (size_t)rows * ceilings->slots;
    bool fit = true;
    size_t at = 0;
    for (size_t within = 0; at + STEP <= count; at += STEP) {
        fit = step_fits(codes + at, ceilings->bytes + within) && fit;
        within = within + STEP == tile ? 0 : within + STEP;
    }
    for (; at < count; at++)
        fit = codes[at] <= ceilings->bytes[at % tile] && fit;
    return fit;
}

bool packed_codes_fit(const struct packed_ceilings *ceilings, const void *codes, uint32_t rows)
{
    if (ceilings->code_bytes == 1)
        return bytes_fit(ceilings, codes, rows);
    bool fit = true;
    const uint16_t *words = codes;
    for (uint32_t row = 0; row < rows; row++, words += ceilings->slots) {
        for (uint32_t slot = 0; slot < ceilings->slots; slot++)
            fit = words[slot] <= ceilings->words[slot] && fit;
    }
    return fit;
}

void packed_codes_turn(void *codes, size_t count)
{
    uint16_t *words = codes;
    for (size_t i = 0; i < count; i++)
        words[i] = (uint16_t)little_get((const unsigned char *)&words[i], 2);
}
