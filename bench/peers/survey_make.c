/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all programs are timed with: survey_make FOLDER ROWS writes answers.csv (ROWS rows) and study.json, small.csv (10,000 rows),
 * and the same answers as bytes for programs that begin in memory: small.bytes and, up to a million rows, answers.bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/survey_file.h"

enum { SMALL_ROWS = 10000, MEMORY_ROWS_MOST = 1000000, PATH_BYTES = 1024 };

static const char *path_of(const char *folder, const char *name)
{
    static char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

int main(int argc, char **argv)
{
    uint64_t rows = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
    if (rows < SMALL_ROWS) {
        (void)fputs("survey_make FOLDER ROWS, with 10000 rows or more\n", stderr);
        return 2;
    }
    const char *folder = argv[1];
    survey_file_write(path_of(folder, "answers.csv"), rows);
    survey_file_write(path_of(folder, "small.csv"), SMALL_ROWS);
    survey_study_write(path_of(folder, "study.json"));
    if (rows <= MEMORY_ROWS_MOST)
        survey_codes_write(path_of(folder, "answers.bytes"), rows);
    else
        (void)unlink(path_of(folder, "answers.bytes"));
    survey_codes_write(path_of(folder, "small.bytes"), SMALL_ROWS);
    return 0;
}
