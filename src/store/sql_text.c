/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sql_text.h"

#include <assert.h>
#include <string.h>

/* The files of one folder stand together, because the table is sorted by name. */
static void folder_find(const char *prefix, struct sql_folder *out)
{
    size_t length = strlen(prefix);
    const struct embedded_file *first = embedded_files;
    while (first->name && strncmp(first->name, prefix, length) != 0)
        first++;
    *out = (struct sql_folder){.first = first};
    while (first[out->count].name && strncmp(first[out->count].name, prefix, length) == 0)
        out->count++;
}

void sql_statements(struct sql_folder *out)
{
    folder_find("sql/", out);
}

void sql_migrations(struct sql_folder *out)
{
    folder_find("migrations/", out);
}

size_t sql_number(const struct sql_folder *statements, const char *name)
{
    size_t low = 0, high = statements->count, length = strlen(name);
    while (low < high) {
        size_t middle = low + (high - low) / 2u;
        const char *file = statements->first[middle].name + strlen("sql/");
        int order = strncmp(name, file, length);
        if (order == 0)
            order = strcmp(".sql", file + length);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1u;
    }
    /* Not found, so this fails: the name has no file in src/store/sql. */
    assert(low < high);
    return 0;
}

struct span sql_text(const struct sql_folder *folder, size_t number)
{
    assert(number < folder->count);
    return (struct span){(const char *)folder->first[number].at, folder->first[number].length};
}
