/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statement of src/store/sql against a store of today, and every name by which one is run. */
#include <ctype.h>
#include <glob.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/embedded.h"
#include "store/sql_text.h"
#include "support/job_fixture.h"
#include "support/plain_store.h"

static sqlite3 *db;

static int begin(void **state)
{
    struct plain_store *plain = calloc(1, sizeof *plain);
    if (!plain)
        return -1;
    plain_store_make(plain);
    plain_store_close(plain);
    *state = plain;
    return sqlite3_open_v2(plain->path, &db, SQLITE_OPEN_READWRITE, NULL);
}

static int end(void **state)
{
    struct plain_store *plain = *state;
    (void)sqlite3_close(db);
    plain_store_end(plain);
    free(plain);
    return 0;
}

static struct sql_folder folder(void)
{
    struct sql_folder statements;
    sql_statements(&statements);
    assert_true(statements.count > 0);
    return statements;
}

/* Where a word stands in upper-case letters, not as a part of another; NULL when it does not. */
static const char *word_find(const char *text, const char *word)
{
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        char after = at[strlen(word)];
        if ((at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_')) &&
            !(isalnum((unsigned char)after) || after == '_'))
            return at;
    }
    return NULL;
}

/* "one statement each, values bound as $1, $2, … in the order in which they first stand there", upon the tables of today */
static void test_each_statement_prepares(void **state)
{
    (void)state;
    const struct sql_folder statements = folder();
    unsigned bad = 0;
    for (size_t i = 0; i < statements.count; i++) {
        const char *text = (const char *)statements.first[i].at, *tail = NULL;
        sqlite3_stmt *statement = NULL;
        const char *wrong = NULL;
        if (strncmp(text, "-- SPDX-License-Identifier: GPL-3.0-or-later\n", 45) != 0)
            wrong = "does not begin with its licence";
        else if (sqlite3_prepare_v2(db, text, -1, &statement, &tail) != SQLITE_OK)
            wrong = sqlite3_errmsg(db);
        else if (!statement || tail[strspn(tail, " \n")] != '\0')
            wrong = "is not one statement";
        for (int value = 1; !wrong && value <= sqlite3_bind_parameter_count(statement); value++) {
            char name[16];
            (void)snprintf(name, sizeof name, "$%d", value);
            const char *is = sqlite3_bind_parameter_name(statement, value);
            if (!is || strcmp(is, name) != 0)
                wrong = "does not number its values in the order in which they first stand there";
        }
        if (wrong) {
            print_error("%s: %s\n", statements.first[i].name, wrong);
            bad++;
        }
        (void)sqlite3_finalize(statement);
    }
    assert_int_equal(bad, 0);
    print_message("%zu statements\n", statements.count);
}

/* "only SQL that both SQLite 3.40 and PostgreSQL 15 take": none of the words of one alone. */
static void test_words_that_one_database_alone_takes(void **state)
{
    (void)state;
    static const char *const words[] = {"OR IGNORE", "OR REPLACE", "REPLACE INTO",  "IFNULL",   "ifnull",   "GLOB",
                                        "rowid",     "ROWID",      "AUTOINCREMENT", "strftime", "datetime", "PRAGMA",
                                        "total",     "unixepoch",  "NOW",           "ILIKE",    "BYTEA",    "NULLS",
                                        "hex",       "randomblob", "random",        "FULL",     "LATERAL"};
    const struct sql_folder statements = folder();
    for (size_t i = 0; i < statements.count; i++) {
        const char *text = (const char *)statements.first[i].at;
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (word_find(text, words[w]))
                fail_msg("%s: \"%s\" is not of the SQL that both take", statements.first[i].name, words[w]);
        if (strpbrk(text, "?\"`["))
            fail_msg("%s: ?, \", ` and [ mean different things to the two", statements.first[i].name);
    }
}

/* "study id in every WHERE (except the lookups by hash)", and what does not belong to a study */
static void test_the_study_stands_in_each_where(void **state)
{
    (void)state;
    static const char *const apart[] = {"sql/door_get.sql",       "sql/erasure_list.sql", "sql/event_last.sql",
                                        "sql/event_list_all.sql", "sql/key_by_hash.sql",  "sql/key_by_name.sql",
                                        "sql/key_list.sql",       "sql/key_revoke.sql",   "sql/key_studies.sql",
                                        "sql/study_by_name.sql",  "sql/study_list.sql",   "sql/token_get.sql"};
    const struct sql_folder statements = folder();
    for (size_t i = 0; i < statements.count; i++) {
        const struct embedded_file *file = &statements.first[i];
        const char *text = (const char *)file->at, *where = word_find(text, "WHERE");
        bool excused = word_find(text, "INSERT") != NULL && !where;
        for (size_t a = 0; a < sizeof apart / sizeof *apart; a++)
            excused = excused || strcmp(file->name, apart[a]) == 0;
        if (!excused && (!where || !word_find(where, "study")))
            fail_msg("%s: its WHERE does not say of which study", file->name);
    }
}

/* Reads the sources of the room one after another into one text. */
static char *room_read(size_t *files)
{
    glob_t found;
    size_t room = 1;
    char *all = calloc(1, 1);
    assert_int_equal(glob(GAPMETER_SOURCE_DIR "/src/store/*.c", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t length = 0;
        char *text = scratch_read(found.gl_pathv[i], &length);
        all = realloc(all, room + length);
        assert_non_null(all);
        memcpy(all + room - 1, text, length + 1);
        room += length;
        free(text);
    }
    *files = found.gl_pathc;
    globfree(&found);
    return all;
}

static bool statement_exists(const char *name, size_t length)
{
    char file[128];
    (void)snprintf(file, sizeof file, "sql/%.*s.sql", (int)length, name);
    return embedded_find(file) != NULL;
}

/* Every name that a source of store/ runs has a file, and each file is used: the name stands between quotes somewhere */
static void test_names_and_files(void **state)
{
    (void)state;
    const struct sql_folder statements = folder();
    static const char *const calls[] = {"store_run(ctx, session, \"", "store_query(ctx, session, \""};
    size_t files = 0, names = 0;
    char *all = room_read(&files);
    /* A call may be broken over lines. */
    char *to = all;
    for (const char *from = all; *from; from++)
        if (!isspace((unsigned char)*from) || to == all || to[-1] != ' ')
            *to++ = isspace((unsigned char)*from) ? ' ' : *from;
    *to = '\0';
    for (size_t c = 0; c < 2; c++) {
        for (const char *at = strstr(all, calls[c]); at; at = strstr(at + 1, calls[c])) {
            const char *name = at + strlen(calls[c]);
            if (!statement_exists(name, strcspn(name, "\"")))
                fail_msg("\"%.*s\" has no file in src/store/sql", (int)strcspn(name, "\""), name);
            names++;
        }
    }
    assert_true(names > 20);
    for (size_t i = 0; i < statements.count; i++) {
        char quoted[128];
        const char *name = statements.first[i].name + strlen("sql/");
        (void)snprintf(quoted, sizeof quoted, "\"%.*s\"", (int)(strlen(name) - strlen(".sql")), name);
        if (!strstr(all, quoted))
            fail_msg("%s: nothing runs it", statements.first[i].name);
    }
    free(all);
    print_message("%zu calls in %zu files\n", names, files);
}

/* Every statement is found by its name, the first and the last too. */
static void test_found_by_name(void **state)
{
    (void)state;
    const struct sql_folder statements = folder();
    for (size_t i = 0; i < statements.count; i++) {
        char bare[128];
        const char *name = statements.first[i].name + strlen("sql/");
        (void)snprintf(bare, sizeof bare, "%.*s", (int)(strlen(name) - strlen(".sql")), name);
        assert_int_equal(sql_number(&statements, bare), i);
        assert_ptr_equal(sql_text(&statements, i).at, statements.first[i].at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_statement_prepares),
                                       cmocka_unit_test(test_words_that_one_database_alone_takes),
                                       cmocka_unit_test(test_the_study_stands_in_each_where),
                                       cmocka_unit_test(test_names_and_files), cmocka_unit_test(test_found_by_name)};
    return cmocka_run_group_tests(tests, begin, end);
}
