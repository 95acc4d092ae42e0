/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_layout.h"
#include "formats/packed_read.h"
#include "model/format.h"

static const char *const extensions[] = {".pack", NULL};

static int sniff(struct span beginning)
{
    struct packed_head head;
    return packed_head_read((const unsigned char *)beginning.at, beginning.length, &head) == PACKED_NOT_A_PACK ? 0 : 100;
}

static enum status read_format(struct ctx *ctx, const struct format_source *source, const struct study *study,
                               struct problems *problems, const struct answers **out)
{
    const struct packed_request request = {.path = source->path};
    enum packed_age age;
    (void)problems;
    if (source->perception_path != NULL)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "%s is a pack, which holds both expectations and perceptions; joined are the files that it was made of.",
                        source->path);
    return packed_read(ctx, &request, study, &age, out);
}

static enum status sample(struct ctx *ctx, const char *path, uint32_t rows, struct sample *out)
{
    (void)rows;
    (void)out;
    return ctx_fail(
        ctx, STATUS_USAGE, NULL,
        "%s is a pack, which can only be read with the study file that it was made with; give --study FILE, or guess from the "
        "file that was packed.",
        path);
}

const struct format format_packed = {
    .name = "packed",
    .extensions = extensions,
    .meaning = "Answers that `gapmeter pack` made ready to be read in milliseconds.",
    .sniff = sniff,
    .read = read_format,
    .sample = sample,
};
