/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_blocks.h"

#include <string.h>

#include "base/memory.h"
#include "formats/csv_masks.h"

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#define TOP  (UINT64_C(1) << 63)
#define BODY static inline __attribute__((always_inline))

enum { FOUND_FIRST = 1024 };

/* Which of 64 bytes are what. */
struct bits {
    uint64_t delimiter, lf, cr, quote, nul;
};

/* Where a scan stands: what the next 64 bytes must know of those before. */
struct walk {
    struct csv_blocks *blocks;
    const unsigned char *bytes;
    uint32_t length;
    uint32_t cells;
    uint32_t quoted_lines; /* line ends within quotes so far */
    uint64_t bounds;       /* of the last 64 bytes: what parts cells */
    uint64_t crlf;         /* CRs before an LF */
    uint64_t closing;      /* closing quotes */
    uint64_t inside;       /* all ones within quotes */
};

/* What 64 bytes come to. */
struct step {
    uint64_t ends;   /* of cells */
    uint64_t bounds; /* what parts cells: their ends, and LFs after CR */
    uint64_t records;
    uint64_t quoted_lf;
};

static void blocks_free(void *resource)
{
    struct csv_blocks *blocks = resource;
    memory_free(blocks->found);
}

/* Row `bits` says in which order a shuffle takes those of eight bytes whose bits are set. */
static void gathering_fill(uint64_t gathering[256])
{
    for (unsigned bits = 0; bits < 256; bits++) {
        unsigned to = 0;
        for (unsigned from = 0; from < 8; from++) {
            if ((bits >> from & 1) != 0)
                gathering[bits] |= (uint64_t)from << (8 * to++);
        }
    }
}

enum status csv_blocks_create(struct ctx *ctx, uint32_t capacity, struct csv_blocks *out)
{
    *out = (struct csv_blocks){.capacity = capacity};
    gathering_fill(out->gathering);
    if (arena_defer(ctx->arena, blocks_free, out) != STATUS_OK)
        return ctx_no_memory(ctx);
    out->ends = arena_array(ctx->arena, (size_t)capacity / CSV_BLOCK_BYTES + 2, sizeof *out->ends);
    out->classes = arena_alloc(ctx->arena, (size_t)capacity + CSV_BLOCKS_MARGIN);
    return out->ends == NULL || out->classes == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

static bool found_reserve(struct csv_blocks *blocks)
{
    if (blocks->found_count + CSV_BLOCK_BYTES <= blocks->found_capacity)
        return true;
    uint32_t capacity = blocks->found_capacity == 0 ? FOUND_FIRST : blocks->found_capacity * 2;
    struct csv_found *found = memory_resize(blocks->found, (size_t)capacity * sizeof *found);
    if (found == NULL)
        return false;
    blocks->found = found;
    blocks->found_capacity = capacity;
    return true;
}

/* Bit i: an odd number of bits is set up to i. */
static uint64_t prefix_xor(uint64_t bits)
{
    for (unsigned by = 1; by < 64; by *= 2)
        bits ^= bits << by;
    return bits;
}

/* 64 bytes with quotes or CRs, or after such.
 * gives   false when they are not as programs write them */
static bool step_unusual(struct walk *walk, const struct bits *bits, bool lf_follows, struct step *step)
{
    const uint64_t inside = prefix_xor(bits->quote) ^ walk->inside;
    const uint64_t opening = bits->quote & inside, closing = bits->quote & ~inside, outside = ~inside;
    const uint64_t crlf = bits->cr & (bits->lf >> 1 | (lf_follows ? TOP : 0));
    const uint64_t after_crlf = crlf << 1 | walk->crlf >> 63;
    const uint64_t bounds = (bits->delimiter | bits->lf | crlf) & outside;
    const uint64_t after_closing = closing << 1 | walk->closing >> 63;
    const uint64_t after_bound = bounds << 1 | walk->bounds >> 63;
    /* CRs are half of a line end; quotes open at the beginning of a cell, or at once after they closed (a doubled one), and
     * close at its end. */
    if (bits->nul != 0 || bits->cr != crlf || (crlf & inside) != 0 || (opening & ~(after_bound | after_closing)) != 0 ||
        (after_closing & ~(bounds | bits->quote)) != 0)
        return false;
    step->bounds = bounds;
    step->records = (crlf | (bits->lf & ~after_crlf)) & outside;
    step->ends = (bits->delimiter & outside) | step->records;
    step->quoted_lf = bits->lf & inside;
    walk->crlf = crlf;
    walk->closing = closing;
    walk->inside = (inside >> 63) == 0 ? 0 : UINT64_MAX;
    return true;
}

/* Do the bytes before leave nothing open? */
BODY bool is_settled(const struct walk *walk)
{
    return (walk->inside | walk->crlf >> 63 | walk->closing >> 63) == 0;
}

BODY bool step_of(struct walk *walk, const struct bits *bits, bool lf_follows, struct step *step)
{
    if ((bits->cr | bits->quote | bits->nul) != 0 || !is_settled(walk))
        return step_unusual(walk, bits, lf_follows, step);
    step->bounds = step->ends = bits->delimiter | bits->lf;
    step->records = bits->lf;
    step->quoted_lf = 0;
    walk->crlf = walk->closing = 0;
    return true;
}

/* Writes down the record whose end is the lowest of these bits. */
BODY void record_put(const struct walk *walk, const struct step *step, uint64_t bits, uint32_t at, struct csv_found *into)
{
    const uint64_t upto = bits ^ (bits - 1);
    const uint32_t end = at + (uint32_t)__builtin_ctzll(bits);
    const uint32_t quoted = step->quoted_lf == 0 ? 0 : (uint32_t)__builtin_popcountll(step->quoted_lf & upto);
    into->end = end;
    into->next = end + 1 + (walk->bytes[end] == '\r');
    into->cells = walk->cells + (uint32_t)__builtin_popcountll(step->ends & upto);
    into->lines = walk->blocks->found_count + 1 + walk->quoted_lines + quoted;
}

/* Notes the records that end among 64 bytes at `at`, whose cells are not counted yet. */
BODY bool records_note(struct walk *walk, const struct step *step, uint32_t at)
{
    struct csv_blocks *blocks = walk->blocks;
    if (!found_reserve(blocks))
        return false;
    /* Whether one ends among 64 bytes cannot be foretold, so something is written in any case; more than one are rare. */
    record_put(walk, step, step->records | TOP, at, &blocks->found[blocks->found_count]);
    blocks->found_count += step->records != 0;
    for (uint64_t left = step->records & (step->records - 1); left != 0; left &= left - 1) {
        record_put(walk, step, left, at, &blocks->found[blocks->found_count]);
        blocks->found_count++;
    }
    if (step->quoted_lf != 0)
        walk->quoted_lines += (uint32_t)__builtin_popcountll(step->quoted_lf);
    return true;
}

/* The bits of the bytes that are there. */
BODY void bits_cut(struct bits *bits, uint32_t left)
{
    const uint64_t there = left >= CSV_BLOCK_BYTES ? UINT64_MAX : (UINT64_C(1) << left) - 1;
    bits->delimiter &= there;
    bits->lf &= there;
    bits->cr &= there;
    bits->quote &= there;
    bits->nul &= there;
}

static struct walk walk_begin(struct csv_blocks *blocks, const unsigned char *bytes, uint32_t length)
{
    blocks->found_count = 0;
    return (struct walk){.blocks = blocks, .bytes = bytes, .length = length, .bounds = TOP};
}

static uint8_t class_of(const unsigned char *cell, uint32_t length)
{
    const unsigned digit = cell[0] - (unsigned)'0';
    if (length <= 1)
        return (uint8_t)(length == 0 ? (unsigned)CSV_CLASS_EMPTY : digit <= 9 ? digit : (unsigned)CSV_CLASS_OTHER);
    return length == 2 && cell[0] == '1' && cell[1] == '0' ? CSV_CLASS_TEN : CSV_CLASS_OTHER;
}

static bool scan_scalar(struct csv_blocks *blocks, const unsigned char *bytes, uint32_t length, unsigned char delimiter)
{
    struct walk walk = walk_begin(blocks, bytes, length);
    uint32_t begin = 0; /* of the cell */
    for (uint32_t at = 0; at < length; at += CSV_BLOCK_BYTES) {
        struct csv_masks masks = csv_masks_of(bytes + at, delimiter);
        struct bits bits = {.delimiter = masks.delimiter, .lf = masks.lf, .cr = masks.cr};
        for (uint64_t left = masks.special; left != 0; left &= left - 1) {
            bool quote = bytes[at + (uint32_t)__builtin_ctzll(left)] == '"';
            *(quote ? &bits.quote : &bits.nul) |= left & (~left + 1);
        }
        struct step step;
        bits_cut(&bits, length - at);
        if (!step_of(&walk, &bits, bytes[at + CSV_BLOCK_BYTES] == '\n', &step) || !records_note(&walk, &step, at))
            return false;
        blocks->ends[at / CSV_BLOCK_BYTES] = step.ends;
        for (uint64_t left = step.ends; left != 0; left &= left - 1) {
            const uint32_t end = at + (uint32_t)__builtin_ctzll(left);
            blocks->classes[walk.cells++] = class_of(bytes + begin, end - begin);
            begin = end + (bytes[end] == '\r' ? 2 : 1);
        }
        walk.bounds = step.bounds;
    }
    return true;
}

static bool run_scalar(const struct csv_run *run, const uint8_t *classes, uint8_t *codes)
{
    unsigned any = 0;
    for (uint32_t i = 0; i < run->count; i++) {
        codes[run->slot + i] = run->table[classes[run->column + i]];
        any |= codes[run->slot + i];
    }
    return any <= 0x7F;
}

static uint32_t codes_scalar(const struct csv_coding *coding, uint32_t count)
{
    const uint8_t *classes = coding->classes;
    uint8_t *codes = coding->codes;
    for (uint32_t row = 0; row < count; row++, classes += coding->cell_count, codes += coding->slot_count) {
        for (uint32_t i = 0; i < coding->run_count; i++) {
            if (!run_scalar(&coding->runs[i], classes, codes))
                return row;
        }
    }
    return count;
}

static bool is_ascii_scalar(const unsigned char *bytes, size_t length)
{
    uint64_t any = 0, word;
    size_t i = 0;
    for (; i + sizeof word <= length; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        any |= word;
    }
    for (; i < length; i++)
        any |= bytes[i];
    return (any & UINT64_C(0x8080808080808080)) == 0;
}

#if KERNEL_VECTORS

KERNEL_TARGET_AVX2 static inline uint64_t equal_avx2(__m256i low, __m256i high, char byte)
{
    const __m256i bytes = _mm256_set1_epi8(byte);
    uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, bytes));
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, bytes)) << 32 | first;
}

KERNEL_TARGET_AVX2 static inline __m256i load_avx2(const unsigned char *at)
{
    __m256i vector;
    memcpy(&vector, at, sizeof vector);
    return vector;
}

/* Bytes that are all ones where a bit is set. */
KERNEL_TARGET_AVX2 static inline __m256i spread_avx2(uint32_t bits)
{
    const __m256i which =
        _mm256_setr_epi64x(0, INT64_C(0x0101010101010101), INT64_C(0x0202020202020202), INT64_C(0x0303030303030303));
    const __m256i bit = _mm256_set1_epi64x((long long)UINT64_C(0x8040201008040201));
    const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), which);
    return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit), bit);
}

/* The class of the cell that ends before each byte, if it is not empty.
 * takes   one, two  bits of the bytes that end cells of one byte and of two, if they end cells at all */
KERNEL_TARGET_AVX2 static inline __m256i digits_avx2(const unsigned char *at, uint32_t one, uint32_t two)
{
    const __m256i nine = _mm256_set1_epi8(9), other = _mm256_set1_epi8(CSV_CLASS_OTHER);
    const __m256i before = load_avx2(at - 1);
    const __m256i value = _mm256_sub_epi8(before, _mm256_set1_epi8('0'));
    const __m256i digit = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(value, nine), value), spread_avx2(one));
    __m256i ten = _mm256_and_si256(_mm256_cmpeq_epi8(before, _mm256_set1_epi8('0')),
                                   _mm256_cmpeq_epi8(load_avx2(at - 2), _mm256_set1_epi8('1')));
    ten = _mm256_and_si256(ten, spread_avx2(two));
    return _mm256_blendv_epi8(_mm256_blendv_epi8(other, value, digit), _mm256_set1_epi8(CSV_CLASS_TEN), ten);
}

/* Appends the classes of the cells that end among 64 bytes. */
KERNEL_TARGET_AVX2 static inline void classes_avx2(struct walk *walk, const struct step *step, const unsigned char *at)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    /* After a bound the byte before is that bound; two after one it is the cell. */
    const uint64_t empty = step->bounds << 1 | walk->bounds >> 63;
    const uint64_t one = step->bounds << 2 | walk->bounds >> 62, two = step->bounds << 3 | walk->bounds >> 61;
    const __m256i digits[2] = {digits_avx2(at, (uint32_t)one, (uint32_t)two),
                               digits_avx2(at + 32, (uint32_t)(one >> 32), (uint32_t)(two >> 32))};
    for (unsigned i = 0; i < CSV_BLOCK_BYTES; i += 8) {
        const uint64_t ends = step->ends >> i & 0xFF;
        const uint64_t of_none = _pdep_u64(empty >> i, each) * 0xFF;
        uint64_t class;
        memcpy(&class, (const char *)digits + i, sizeof class);
        class = (class & ~of_none) | (each * CSV_CLASS_EMPTY & of_none);
        const __m128i order = _mm_cvtsi64_si128((long long)walk->blocks->gathering[ends]);
        class = (uint64_t)_mm_cvtsi128_si64(_mm_shuffle_epi8(_mm_cvtsi64_si128((long long)class), order));
        memcpy(walk->blocks->classes + walk->cells, &class, sizeof class);
        walk->cells += (uint32_t)__builtin_popcountll(ends);
    }
}

KERNEL_TARGET_AVX2 static bool scan_avx2(struct csv_blocks *blocks, const unsigned char *bytes, uint32_t length,
                                         unsigned char delimiter)
{
    struct walk walk = walk_begin(blocks, bytes, length);
    for (uint32_t at = 0; at < length; at += CSV_BLOCK_BYTES) {
        const __m256i low = load_avx2(bytes + at), high = load_avx2(bytes + at + 32);
        struct bits bits = {equal_avx2(low, high, (char)delimiter), equal_avx2(low, high, '\n'), equal_avx2(low, high, '\r'),
                            equal_avx2(low, high, '"'), equal_avx2(low, high, 0)};
        struct step step;
        if (length - at < CSV_BLOCK_BYTES)
            bits_cut(&bits, length - at);
        if (!step_of(&walk, &bits, bytes[at + CSV_BLOCK_BYTES] == '\n', &step) || !records_note(&walk, &step, at))
            return false;
        blocks->ends[at / CSV_BLOCK_BYTES] = step.ends;
        classes_avx2(&walk, &step, bytes + at);
        walk.bounds = step.bounds;
    }
    return true;
}

KERNEL_TARGET_AVX2 static inline bool run_avx2(const struct csv_run *run, const uint8_t *classes, uint8_t *codes)
{
    __m128i half;
    memcpy(&half, run->table, sizeof half);
    const __m256i whole = _mm256_broadcastsi128_si256(half);
    uint32_t any = 0;
    for (uint32_t i = 0; i < run->count; i += 32) {
        const __m256i code = _mm256_shuffle_epi8(whole, load_avx2(classes + run->column + i));
        const uint32_t there = run->count - i >= 32 ? UINT32_MAX : (UINT32_C(1) << (run->count - i)) - 1;
        memcpy(codes + run->slot + i, &code, sizeof code);
        any |= (uint32_t)_mm256_movemask_epi8(code) & there;
    }
    return any == 0;
}

KERNEL_TARGET_AVX2 static uint32_t codes_avx2(const struct csv_coding *coding, uint32_t count)
{
    const uint8_t *classes = coding->classes;
    uint8_t *codes = coding->codes;
    for (uint32_t row = 0; row < count; row++, classes += coding->cell_count, codes += coding->slot_count) {
        for (uint32_t i = 0; i < coding->run_count; i++) {
            if (!run_avx2(&coding->runs[i], classes, codes))
                return row;
        }
    }
    return count;
}

KERNEL_TARGET_AVX2 static bool is_ascii_avx2(const unsigned char *bytes, size_t length)
{
    __m256i any = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 32 <= length; i += 32)
        any = _mm256_or_si256(any, load_avx2(bytes + i));
    return _mm256_movemask_epi8(any) == 0 && is_ascii_scalar(bytes + i, length - i);
}

KERNEL_TARGET_AVX512 static bool scan_avx512(struct csv_blocks *blocks, const unsigned char *bytes, uint32_t length,
                                             unsigned char delimiter)
{
    const __m512i delimiters = _mm512_set1_epi8((char)delimiter), lf = _mm512_set1_epi8('\n'), cr = _mm512_set1_epi8('\r');
    const __m512i quote = _mm512_set1_epi8('"'), zero = _mm512_set1_epi8('0'), ten = _mm512_set1_epi8(10);
    const __m512i other = _mm512_set1_epi8(CSV_CLASS_OTHER), none = _mm512_set1_epi8(CSV_CLASS_EMPTY);
    struct walk walk = walk_begin(blocks, bytes, length);
    for (uint32_t at = 0; at < length; at += CSV_BLOCK_BYTES) {
        const __m512i here = _mm512_loadu_si512(bytes + at);
        const __mmask64 crs = _mm512_cmpeq_epi8_mask(here, cr), quotes = _mm512_cmpeq_epi8_mask(here, quote);
        const __mmask64 nuls = _mm512_testn_epi8_mask(here, here);
        struct bits bits = {_mm512_cmpeq_epi8_mask(here, delimiters), _mm512_cmpeq_epi8_mask(here, lf), 0, 0, 0};
        /* Masks are slow to look into, one by one. */
        if (!_kortestz_mask64_u8(_kor_mask64(crs, quotes), nuls))
            bits = (struct bits){bits.delimiter, bits.lf, crs, quotes, nuls};
        struct step step;
        if (length - at < CSV_BLOCK_BYTES)
            bits_cut(&bits, length - at);
        if (!step_of(&walk, &bits, bytes[at + CSV_BLOCK_BYTES] == '\n', &step) || !records_note(&walk, &step, at))
            return false;
        blocks->ends[at / CSV_BLOCK_BYTES] = step.ends;
        const uint64_t empty = step.bounds << 1 | walk.bounds >> 63;
        const uint64_t one = step.bounds << 2 | walk.bounds >> 62, two = step.bounds << 3 | walk.bounds >> 61;
        const __m512i before = _mm512_loadu_si512(bytes + at - 1), value = _mm512_sub_epi8(before, zero);
        const uint64_t ten_before = _mm512_cmpeq_epi8_mask(before, zero) &
                                    _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes + at - 2), _mm512_set1_epi8('1'));
        __m512i class = _mm512_mask_mov_epi8(other, one & _mm512_cmplt_epu8_mask(value, ten), value);
        class = _mm512_mask_mov_epi8(class, two & ten_before, ten);
        class = _mm512_mask_mov_epi8(class, empty, none);
        _mm512_storeu_si512(blocks->classes + walk.cells, _mm512_maskz_compress_epi8(step.ends, class));
        walk.cells += (uint32_t)__builtin_popcountll(step.ends);
        walk.bounds = step.bounds;
    }
    return true;
}

KERNEL_TARGET_AVX512 static inline bool run_avx512(const struct csv_run *run, const uint8_t *classes, uint8_t *codes)
{
    __m128i quarter;
    memcpy(&quarter, run->table, sizeof quarter);
    const __m512i whole = _mm512_broadcast_i32x4(quarter);
    uint64_t any = 0;
    for (uint32_t i = 0; i < run->count; i += 64) {
        const uint64_t there = run->count - i >= 64 ? UINT64_MAX : (UINT64_C(1) << (run->count - i)) - 1;
        const __m512i code = _mm512_shuffle_epi8(whole, _mm512_loadu_si512(classes + run->column + i));
        _mm512_storeu_si512(codes + run->slot + i, code);
        any |= _mm512_movepi8_mask(code) & there;
    }
    return any == 0;
}

KERNEL_TARGET_AVX512 static uint32_t codes_avx512(const struct csv_coding *coding, uint32_t count)
{
    const uint8_t *classes = coding->classes;
    uint8_t *codes = coding->codes;
    for (uint32_t row = 0; row < count; row++, classes += coding->cell_count, codes += coding->slot_count) {
        for (uint32_t i = 0; i < coding->run_count; i++) {
            if (!run_avx512(&coding->runs[i], classes, codes))
                return row;
        }
    }
    return count;
}

KERNEL_TARGET_AVX512 static bool is_ascii_avx512(const unsigned char *bytes, size_t length)
{
    __m512i any = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 64 <= length; i += 64)
        any = _mm512_or_si512(any, _mm512_loadu_si512(bytes + i));
    return _mm512_movepi8_mask(any) == 0 && is_ascii_scalar(bytes + i, length - i);
}

#endif

const struct csv_kernel *csv_kernel(enum kernel kernel)
{
    static const struct csv_kernel kernels[KERNEL_COUNT] = {
        [KERNEL_SCALAR] = {scan_scalar, codes_scalar, is_ascii_scalar},
#if KERNEL_VECTORS
        [KERNEL_AVX2] = {scan_avx2, codes_avx2, is_ascii_avx2},
        [KERNEL_AVX512] = {scan_avx512, codes_avx512, is_ascii_avx512},
#endif
    };
    return &kernels[kernels[kernel].scan == NULL ? KERNEL_SCALAR : kernel];
}
