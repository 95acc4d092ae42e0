/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/scratch_folder.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { OPEN_FOLDERS = 16 };

void scratch_create(struct scratch *scratch)
{
    const char *temporary = getenv("TMPDIR");
    int length =
        snprintf(scratch->folder, sizeof scratch->folder, "%s/gapmeter-test-XXXXXX", temporary != NULL ? temporary : "/tmp");
    assert_in_range(length, 1, sizeof scratch->folder - 1);
    if (mkdtemp(scratch->folder) == NULL)
        fail_msg("cannot make %s: %s", scratch->folder, strerror(errno));
}

static int remove_one(const char *path, const struct stat *state, int type, struct FTW *where)
{
    (void)state;
    (void)type;
    (void)where;
    return remove(path);
}

void scratch_destroy(struct scratch *scratch)
{
    if (nftw(scratch->folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0)
        fail_msg("cannot remove %s: %s", scratch->folder, strerror(errno));
}

const char *scratch_path(struct scratch *scratch, const char *name)
{
    int length = snprintf(scratch->path, sizeof scratch->path, "%s/%s", scratch->folder, name);
    assert_in_range(length, 1, sizeof scratch->path - 1);
    return scratch->path;
}

const char *scratch_write_bytes(struct scratch *scratch, const char *name, const void *bytes, size_t length)
{
    const char *path = scratch_path(scratch, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        fail_msg("cannot write %s: %s", path, strerror(errno));
    size_t written = length == 0 ? 0 : fwrite(bytes, 1, length, file);
    int closed = fclose(file);
    assert_int_equal(written, length);
    assert_int_equal(closed, 0);
    return path;
}

const char *scratch_write(struct scratch *scratch, const char *name, const char *text)
{
    return scratch_write_bytes(scratch, name, text, strlen(text));
}

char *scratch_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("cannot read %s: %s", path, strerror(errno));
    size_t room = 4096, found = 0, got = 0;
    char *bytes = calloc(1, room);
    assert_non_null(bytes);
    /* One byte is left for the NUL. */
    while ((got = fread(bytes + found, 1, room - 1 - found, file)) > 0) {
        found += got;
        if (found == room - 1) {
            room *= 2;
            bytes = realloc(bytes, room);
            assert_non_null(bytes);
        }
    }
    bytes[found] = '\0';
    int failed = ferror(file);
    (void)fclose(file);
    assert_false(failed);
    *length = found;
    return bytes;
}

size_t scratch_bytes_find(const struct scratch *scratch, const char *begins, const void *bytes, size_t length)
{
    size_t found = 0;
    DIR *folder = opendir(scratch->folder);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[SCRATCH_ROOM * 2];
        struct stat about;
        size_t whole = 0;
        (void)snprintf(path, sizeof path, "%s/%s", scratch->folder, entry->d_name);
        if (strncmp(entry->d_name, begins, strlen(begins)) != 0 || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
            continue;
        char *all = scratch_read(path, &whole);
        for (const char *at = all; whole > 0 && at;) {
            at = memmem(at, whole - (size_t)(at - all), bytes, length);
            found += at != NULL;
            at = at ? at + 1 : NULL;
        }
        free(all);
    }
    (void)closedir(folder);
    return found;
}
