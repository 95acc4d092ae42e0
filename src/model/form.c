/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/form.h"

#include <string.h>

#include "base/out.h"

uint32_t form_block_end(const struct form *form, uint32_t first)
{
    const struct question *question = &form->questions[first];
    uint32_t end = first + 1u;
    if (question->kind != QUESTION_RATING && question->kind != QUESTION_POINTS)
        return end;
    while (end < form->question_count && form->questions[end].kind == question->kind &&
           (question->kind == QUESTION_POINTS || form->questions[end].of == question->of))
        end++;
    return end;
}

/* The first byte of what is packed. */
#define FILLING_VERSION 1u

/* The highest codes of a width say what is no point of a scale; what is no code stands behind the codes. */
enum { NOT_A_CODE_DECLARED, NOT_A_CODE_NOT_ASKED, NOT_A_CODE_BEHIND, NOT_A_CODE_COUNT };

/* The highest code that a question can be answered with. */
static uint32_t question_code_most(const struct question *question)
{
    switch (question->kind) {
    case QUESTION_RATING:
    case QUESTION_OUTCOME:
        return question->scale->steps;
    case QUESTION_CHOICE:
        return question->option_count;
    case QUESTION_NUMBER:
    case QUESTION_POINTS:
    case QUESTION_CHOICES:
    case QUESTION_TEXT:
    case QUESTION_CODE:
    case QUESTION_KIND_COUNT:
    default:
        return 0;
    }
}

/* Bytes of a code: 1 when every question's codes leave room for what is no code, else 2. */
static unsigned form_code_bytes(const struct form *form)
{
    for (uint32_t i = 0; i < form->question_count; i++)
        if (question_code_most(&form->questions[i]) > UINT8_MAX - NOT_A_CODE_COUNT)
            return 2;
    return 1;
}

static uint32_t special_code(unsigned code_bytes, unsigned special)
{
    return (code_bytes == 1 ? UINT8_MAX : UINT16_MAX) - special;
}

static void varint_write(struct out *out, uint64_t number)
{
    for (; number >= 0x80u; number >>= 7)
        out_char(out, (char)(number | 0x80u));
    out_char(out, (char)number);
}

static void code_write(struct out *out, unsigned code_bytes, uint32_t code)
{
    out_char(out, (char)(code & 0xffu));
    if (code_bytes == 2)
        out_char(out, (char)(code >> 8));
}

static uint32_t given_code(const struct given *given, unsigned code_bytes)
{
    switch (given->kind) {
    case GIVEN_CODE:
        return (uint32_t)given->number;
    case GIVEN_DECLARED:
        return special_code(code_bytes, NOT_A_CODE_DECLARED);
    case GIVEN_NOT_ASKED:
        return special_code(code_bytes, NOT_A_CODE_NOT_ASKED);
    case GIVEN_SET:
    case GIVEN_NUMBER:
    case GIVEN_TEXT:
        return special_code(code_bytes, NOT_A_CODE_BEHIND);
    case GIVEN_NOTHING:
    default:
        return 0;
    }
}

/* A number of either sign with its sign in the lowest bit, so that small ones are short. */
static uint64_t sign_fold(int64_t number)
{
    return number < 0 ? ~((uint64_t)number << 1) : (uint64_t)number << 1;
}

static int64_t sign_unfold(uint64_t folded)
{
    return folded & 1u ? (int64_t) ~(folded >> 1) : (int64_t)(folded >> 1);
}

static void behind_write(struct out *out, const struct given *given)
{
    if (given->kind == GIVEN_TEXT) {
        varint_write(out, given->text.length);
        out_span(out, given->text);
    } else {
        varint_write(out, sign_fold(given->number));
    }
}

static bool stands_behind(const struct given *given)
{
    return given->kind == GIVEN_SET || given->kind == GIVEN_NUMBER || given->kind == GIVEN_TEXT;
}

/* The pieces of a code say who somebody is: they are never stored. */
static bool may_be_stored(const struct question *question)
{
    return question->kind != QUESTION_CODE;
}

enum status filling_pack(struct ctx *ctx, const struct form *form, const struct filling *filling, struct span *out)
{
    struct out *bytes = NULL;
    enum status status = out_open_memory(ctx, &bytes);
    if (status)
        return status;
    unsigned code_bytes = form_code_bytes(form);
    out_char(bytes, (char)FILLING_VERSION);
    out_char(bytes, (char)code_bytes);
    for (uint32_t i = 0; i < form->question_count; i++)
        code_write(bytes, code_bytes, may_be_stored(&form->questions[i]) ? given_code(&filling->given[i], code_bytes) : 0);
    for (uint32_t i = 0; i < form->question_count; i++)
        if (may_be_stored(&form->questions[i]) && stands_behind(&filling->given[i]))
            behind_write(bytes, &filling->given[i]);
    status = out_close(ctx, bytes);
    *out = out_bytes(bytes);
    return status;
}

/* Bytes on their way in; `wrong` once something did not fit. */
struct unpacking {
    struct span left;
    bool wrong;
};

static unsigned byte_read(struct unpacking *unpacking)
{
    if (unpacking->left.length == 0) {
        unpacking->wrong = true;
        return 0;
    }
    unsigned byte = (unsigned char)*unpacking->left.at;
    unpacking->left = (struct span){unpacking->left.at + 1, unpacking->left.length - 1u};
    return byte;
}

static uint64_t varint_read(struct unpacking *unpacking)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        unsigned byte = byte_read(unpacking);
        number |= (uint64_t)(byte & 0x7fu) << shift;
        if (!(byte & 0x80u)) {
            /* One way to write each number, so that equal fillings are equal bytes. */
            unpacking->wrong = unpacking->wrong || (byte == 0 && shift > 0) || (shift == 63 && byte > 1);
            return number;
        }
    }
    unpacking->wrong = true;
    return 0;
}

static struct span text_read(struct unpacking *unpacking)
{
    uint64_t length = varint_read(unpacking);
    if (unpacking->wrong || length > unpacking->left.length) {
        unpacking->wrong = true;
        return (struct span){NULL, 0};
    }
    struct span text = {unpacking->left.at, (size_t)length};
    unpacking->left = (struct span){unpacking->left.at + length, unpacking->left.length - (size_t)length};
    size_t bad = 0;
    unpacking->wrong = !text_utf8_valid(text, &bad);
    return text;
}

/* What a question that is not answered by a code holds. */
static void behind_read(struct unpacking *unpacking, const struct question *question, struct given *given)
{
    given->kind = question->kind == QUESTION_TEXT ? GIVEN_TEXT : question->kind == QUESTION_CHOICES ? GIVEN_SET : GIVEN_NUMBER;
    if (given->kind == GIVEN_TEXT) {
        given->text = text_read(unpacking);
        return;
    }
    given->number = sign_unfold(varint_read(unpacking));
    if (given->kind == GIVEN_SET &&
        (given->number < 0 || (question->option_count < 63 && given->number >> question->option_count)))
        unpacking->wrong = true;
}

static void code_read(struct unpacking *unpacking, const struct question *question, unsigned code_bytes, struct given *given)
{
    uint32_t code = byte_read(unpacking);
    if (code_bytes == 2)
        code |= byte_read(unpacking) << 8;
    uint32_t most = question_code_most(question);
    *given = (struct given){.kind = code == 0 ? GIVEN_NOTHING : GIVEN_CODE, .number = code};
    if (!may_be_stored(question))
        unpacking->wrong = unpacking->wrong || code != 0;
    else if (code == special_code(code_bytes, NOT_A_CODE_DECLARED))
        *given = (struct given){.kind = GIVEN_DECLARED};
    else if (code == special_code(code_bytes, NOT_A_CODE_NOT_ASKED))
        *given = (struct given){.kind = GIVEN_NOT_ASKED};
    else if (code == special_code(code_bytes, NOT_A_CODE_BEHIND) && most == 0)
        *given = (struct given){.kind = GIVEN_TEXT}; /* read when the codes have passed */
    else if (code > most)
        unpacking->wrong = true;
}

enum status filling_unpack(struct ctx *ctx, const struct form *form, struct span bytes, struct filling *out)
{
    struct unpacking unpacking = {.left = bytes};
    struct given *given = arena_array(ctx->arena, form->question_count + 1u, sizeof *given);
    if (!given)
        return ctx_no_memory(ctx);
    unsigned code_bytes = form_code_bytes(form);
    unpacking.wrong = byte_read(&unpacking) != FILLING_VERSION || byte_read(&unpacking) != code_bytes;
    for (uint32_t i = 0; i < form->question_count && !unpacking.wrong; i++)
        code_read(&unpacking, &form->questions[i], code_bytes, &given[i]);
    for (uint32_t i = 0; i < form->question_count && !unpacking.wrong; i++)
        if (given[i].kind == GIVEN_TEXT)
            behind_read(&unpacking, &form->questions[i], &given[i]);
    if (unpacking.wrong || unpacking.left.length > 0)
        return ctx_fail(ctx, STATUS_DATA, NULL, "Stored answers do not fit the form that they were given in.");
    *out = (struct filling){.given = given, .count = form->question_count};
    return STATUS_OK;
}
