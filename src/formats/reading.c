/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/reading.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/work_count.h"

enum { BEGINNING_BYTES = 4096 };

static bool ends_with(struct span path, struct span extension)
{
    return path.length > extension.length &&
           span_equal_caseless((struct span){path.at + path.length - extension.length, extension.length}, extension);
}

static const struct format *by_extension(const char *path)
{
    struct span name = span_of(path);
    static const char *const packings[] = {".gz", ".zst", ".zstd"};
    for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
        if (ends_with(name, span_of(packings[i])))
            name.length -= strlen(packings[i]);
    }
    for (size_t i = 0; i < format_register_count; i++) {
        for (const char *const *extension = format_register[i]->extensions; *extension != NULL; extension++) {
            if (ends_with(name, span_of(*extension)))
                return format_register[i];
        }
    }
    return NULL;
}

/* The first bytes of a file that can be read again; nothing from pipes, whose bytes would be lost. */
static size_t read_beginning(const char *path, char *into, size_t size)
{
    struct stat state;
    if (stat(path, &state) != 0 || !S_ISREG(state.st_mode))
        return 0;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return 0;
    ssize_t got = read(descriptor, into, size);
    (void)close(descriptor);
    work_add(WORK_ANSWER_BYTES, got > 0 ? (uint64_t)got : 0);
    return got > 0 ? (size_t)got : 0;
}

static const struct format *csv(void)
{
    const struct format *found = NULL;
    for (size_t i = 0; i < format_register_count && found == NULL; i++) {
        if (strcmp(format_register[i]->name, "csv") == 0)
            found = format_register[i];
    }
    assert(found != NULL);
    return found;
}

const struct format *answers_format(const char *path)
{
    char beginning[BEGINNING_BYTES];
    if (strcmp(path, "-") == 0)
        return csv();
    const struct format *best = by_extension(path);
    if (best != NULL)
        return best;
    struct span bytes = {beginning, read_beginning(path, beginning, sizeof beginning)};
    int most = 0;
    for (const struct format *const *each = format_register; *each != NULL; each++) {
        int sure = (*each)->sniff(bytes);
        if (sure > most) {
            most = sure;
            best = *each;
        }
    }
    return best == NULL ? csv() : best;
}

enum status answers_read(struct ctx *ctx, const struct format_source *source, const struct study *study,
                         struct problems *problems, const struct answers **out)
{
    *out = NULL;
    return answers_format(source->path)->read(ctx, source, study, problems, out);
}

enum status answers_sample(struct ctx *ctx, const char *path, uint32_t rows, struct sample *out)
{
    return answers_format(path)->sample(ctx, path, rows, out);
}
