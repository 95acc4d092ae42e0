/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives a fuzz target without libFuzzer, so that any compiler can replay a corpus: each argument is a file or a folder of
 * files. Every file is fed whole and cut short (at every length up to a bound, then at doubling ones); so is the empty input.
 * Inputs are copied to a block of their exact size, so that the address sanitizer sees one byte too many. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PREFIX_BOUND = 256 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static size_t fed;

static void feed(const uint8_t *bytes, size_t length)
{
    uint8_t *exact = malloc(length == 0 ? 1 : length);
    if (exact == NULL) {
        fputs("replay: out of memory\n", stderr);
        exit(1);
    }
    if (length > 0)
        memcpy(exact, bytes, length);
    (void)LLVMFuzzerTestOneInput(length == 0 ? exact + 1 : exact, length);
    free(exact);
    fed++;
}

static void feed_with_prefixes(const uint8_t *bytes, size_t length)
{
    for (size_t cut = 0; cut < length && cut < PREFIX_BOUND; cut++)
        feed(bytes, cut);
    for (size_t cut = PREFIX_BOUND; cut < length && cut <= SIZE_MAX / 2; cut *= 2)
        feed(bytes, cut);
    feed(bytes, length);
}

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat state;
    if (file == NULL || fstat(fileno(file), &state) != 0) {
        fprintf(stderr, "replay: cannot read %s: %s\n", path, strerror(errno));
        if (file != NULL)
            (void)fclose(file);
        return 1;
    }
    size_t length = (size_t)state.st_size;
    uint8_t *bytes = malloc(length + 1);
    int failed = bytes == NULL || fread(bytes, 1, length, file) != length;
    (void)fclose(file);
    if (failed)
        fprintf(stderr, "replay: cannot read %s whole\n", path);
    else
        feed_with_prefixes(bytes, length);
    free(bytes);
    return failed;
}

static int replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        fprintf(stderr, "replay: cannot list %s: %s\n", path, strerror(errno));
        return 1;
    }
    int failed = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        char *file = NULL;
        if (asprintf(&file, "%s/%s", path, entry->d_name) < 0) {
            failed = 1;
            break;
        }
        failed |= replay_file(file);
        free(file);
    }
    (void)closedir(folder);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    feed((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        struct stat state;
        if (stat(argv[i], &state) != 0) {
            fprintf(stderr, "replay: %s is not there; give this target a corpus\n", argv[i]);
            failed = 1;
        } else {
            failed |= S_ISDIR(state.st_mode) ? replay_folder(argv[i]) : replay_file(argv[i]);
        }
    }
    printf("%zu inputs replayed\n", fed);
    return failed;
}
