/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sqlite_settings.h"

#include <string.h>
#include <sys/stat.h>

#include "base/out.h"

/* FULL: a commit that was acknowledged survives a power cut. NORMAL, which many guides advise, loses some in silence; a build of
 * its own has it, in which ./dev faults must find what is lost. */
#ifdef GAPMETER_SABOTAGE
#define SYNCHRONOUS      "NORMAL"
#define SYNCHRONOUS_READ "1"
#else
#define SYNCHRONOUS      "FULL"
#define SYNCHRONOUS_READ "2"
#endif

const struct sqlite_setting sqlite_settings[] = {
    /* Readers go on while something is written, and a commit is one fsync. */
    {"journal_mode", "PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal", true, false},
    {"synchronous", "PRAGMA synchronous=" SYNCHRONOUS, "PRAGMA synchronous", SYNCHRONOUS_READ, true, true},
    {"foreign_keys", "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1", true, true},
    {"secure_delete", "PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1", true, true},
    {"mmap_size", "PRAGMA mmap_size=0", "PRAGMA mmap_size", "0", true, true},
    {"cell_size_check", "PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1", true, true},
    {"trusted_schema", "PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", "0", true, true},
    {"temp_store", "PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2", true, true},
    {"locking_mode", NULL, "PRAGMA locking_mode", "normal", true, true},
    {"query_only", "PRAGMA query_only=ON", "PRAGMA query_only", "1", false, true},
    {"recursive_triggers", NULL, "PRAGMA recursive_triggers", "0", true, true},
    {"wal_autocheckpoint", "PRAGMA wal_autocheckpoint=4000", "PRAGMA wal_autocheckpoint", "4000", true, false},
    {NULL, NULL, NULL, NULL, false, false}};

/* What is written in a migration, and what SQLite calls it. */
static const struct {
    const char *written, *called;
} words[] = {{"BIGINT", "INTEGER"}, {"BYTEA", "BLOB"}, {"/* rows */)", ") STRICT"}, {"/* keyed */)", ") STRICT, WITHOUT ROWID"}};

/* The number of a word that stands here; the count of words when none does. */
static size_t word_here(struct span sql)
{
    size_t word = 0;
    while (word < sizeof words / sizeof *words &&
           (sql.length < strlen(words[word].written) || memcmp(sql.at, words[word].written, strlen(words[word].written)) != 0))
        word++;
    return word;
}

const char *sqlite_translated(struct ctx *ctx, struct span sql)
{
    struct out *out = NULL;
    if (out_open_memory(ctx, &out))
        return NULL;
    while (sql.length > 0) {
        size_t word = word_here(sql), length = 1;
        if (word < sizeof words / sizeof *words) {
            length = strlen(words[word].written);
            out_text(out, words[word].called);
        } else {
            out_char(out, *sql.at);
        }
        sql = (struct span){sql.at + length, sql.length - length};
    }
    const char *text = NULL;
    return out_copy(ctx, out, &text) ? NULL : text;
}

int64_t sqlite_file_bytes(const char *path)
{
    struct stat file;
    return stat(path, &file) == 0 ? (int64_t)file.st_size : -1;
}
