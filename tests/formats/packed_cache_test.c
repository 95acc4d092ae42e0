/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack beside its file: taken while the file is the same, made anew when not, and never half there. */
#include "formats/packed_cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "formats/packed_read.h"
#include "formats/reading.h"
#include "support/answers_dump.h"
#include "support/csv_studies.h"
#include "support/scratch_folder.h"

static struct ctx ctx;
static struct scratch scratch;
static struct packed_cache cache;
static char csv[SCRATCH_ROOM], pack[SCRATCH_ROOM];

static const struct study *const study = &csv_studies[CSV_STUDY_PLAIN];

static int begin(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    scratch_create(&scratch);
    (void)snprintf(csv, sizeof csv, "%s", scratch_write(&scratch, "a.csv", "h1,h2,p1,p2\n1,2,3,4\n5,5,5,5\n"));
    (void)snprintf(pack, sizeof pack, "%s", scratch_path(&scratch, "a.csv.pack"));
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    scratch_destroy(&scratch);
    return 0;
}

static enum status cached(const struct study *with, const struct answers **out)
{
    const struct format_source source = {.path = csv};
    struct problems problems;
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    return answers_read_cached(&ctx, &source, with, &problems, &cache, out);
}

static enum status by_name(const char *path, const struct answers **out)
{
    const struct format_source source = {.path = path};
    struct problems problems;
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    return answers_read(&ctx, &source, study, &problems, out);
}

/* What the cache gives is what the file gives, and it came from where it should. */
static void assert_cached(bool taken, bool made, const char *dump)
{
    const struct answers *answers;
    char text[256];
    assert_int_equal(cached(study, &answers), STATUS_OK);
    assert_int_equal(cache.taken, taken);
    assert_int_equal(cache.made, made);
    assert_string_equal(cache.remark, "");
    answers_dump(answers, text, sizeof text);
    assert_string_equal(text, dump);
}

static const char as_written[] = "1 2 3 4 / 5 5 5 5";

static void rewrite(const char *text)
{
    int file = open(csv, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    assert_int_equal(close(file), 0);
}

static void a_cache_is_made_and_then_taken(void **state)
{
    (void)state;
    assert_cached(false, true, as_written);
    assert_cached(true, false, as_written);
    assert_cached(true, false, as_written);
}

/* As many bytes as before, and the time of the last change set back to what it was. */
static void a_change_that_hides_is_seen(void **state)
{
    (void)state;
    struct stat before;
    assert_cached(false, true, as_written);
    assert_int_equal(stat(csv, &before), 0);
    rewrite("h1,h2,p1,p2\n1,2,3,5\n5,5,5,5\n");
    const struct timespec times[2] = {before.st_atim, before.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, csv, times, 0), 0);
    struct stat after;
    assert_int_equal(stat(csv, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    const struct answers *answers;
    assert_int_equal(by_name(pack, &answers), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "a.csv.pack is stale: "));
    assert_non_null(strstr(ctx.error.sentence, "a.csv has changed since it was packed; make it anew with `gapmeter pack`."));
    assert_cached(false, true, "1 2 3 5 / 5 5 5 5");
    assert_cached(true, false, "1 2 3 5 / 5 5 5 5");
}

/* Changed at once after it was packed, again and again: the clock of the file system may not have ticked. */
static void a_change_at_once_is_seen(void **state)
{
    (void)state;
    char text[] = "h1,h2,p1,p2\n1,2,3,4\n5,5,5,5\n", dump[] = "1 2 3 4 / 5 5 5 5";
    for (unsigned i = 0; i < 50; i++) {
        text[12] = dump[0] = (char)('1' + i % 5);
        text[14] = dump[2] = (char)('1' + i / 5 % 5);
        rewrite(text);
        assert_cached(false, true, dump);
    }
}

/* "Where times differ (the file was copied, or touched) … the whole contents are compared" */
static void a_touched_or_copied_file_is_still_the_same(void **state)
{
    (void)state;
    const struct answers *answers;
    assert_cached(false, true, as_written);
    assert_int_equal(utimensat(AT_FDCWD, csv, NULL, 0), 0);
    assert_int_equal(by_name(pack, &answers), STATUS_OK);
    /* The cache is given the new time, so that contents need not be compared again. */
    assert_cached(true, true, as_written);
    assert_cached(true, false, as_written);
    size_t length;
    char *bytes = scratch_read(csv, &length);
    assert_int_equal(unlink(csv), 0);
    (void)scratch_write_bytes(&scratch, "a.csv", bytes, length);
    free(bytes);
    assert_int_equal(by_name(pack, &answers), STATUS_OK);
    assert_cached(true, true, as_written);
}

/* Times that lie in the future say nothing of what changes now. */
static void a_file_of_the_future_is_compared_by_contents(void **state)
{
    (void)state;
    struct packed_origin origin;
    const struct format_source source = {.path = csv};
    assert_int_equal(packed_origin_begin(&ctx, &source, pack, &origin), STATUS_OK);
    assert_false(origin.files[0].doubtful);
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_OK);
    origin.files[0].doubtful = true;
    const char *which;
    enum packed_age age;
    assert_int_equal(packed_origin_compare(&ctx, &origin, &age, &which), STATUS_OK);
    assert_int_equal(age, PACKED_SAME_CONTENT);
    rewrite("h1,h2,p1,p2\n1,2,3,5\n5,5,5,5\n");
    assert_int_equal(packed_origin_compare(&ctx, &origin, &age, &which), STATUS_OK);
    assert_int_equal(age, PACKED_STALE);
    assert_string_equal(which, csv);
}

/* "fails STATUS_DATA when one of them has changed since packed_origin_begin" */
static void a_change_while_packing_is_seen(void **state)
{
    (void)state;
    struct packed_origin origin;
    const struct format_source source = {.path = csv};
    assert_int_equal(packed_origin_begin(&ctx, &source, pack, &origin), STATUS_OK);
    rewrite("h1,h2,p1,p2\n1,2,3,4\n5,5,5,4\n");
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "a.csv changed while it was being packed; no pack was made of it."));
    /* Of a file whose times cannot be trusted, contents before and after are compared. */
    assert_int_equal(packed_origin_begin(&ctx, &source, pack, &origin), STATUS_OK);
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_OK);
    origin.files[0].held = true;
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_OK);
    origin.files[0].content.bytes[0] ^= 1;
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_DATA);
}

/* The answers of a pack are those of a file as it was looked at for it. Other contents between then and the look at its new times
 * must not be taken for them. */
static void a_pack_is_not_renewed_for_other_contents(void **state)
{
    (void)state;
    struct packed_origin made_of, origin;
    const struct answers *answers;
    enum packed_age age;
    const struct format_source source = {.path = csv};
    const struct packed_request request = {.path = pack, .source = &source, .made_of = &made_of};
    assert_cached(false, true, as_written);
    assert_int_equal(packed_read(&ctx, &request, study, &age, &answers), STATUS_OK);
    assert_int_equal(packed_origin_begin(&ctx, &source, pack, &origin), STATUS_OK);
    packed_origin_hold(&origin, &made_of);
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_OK);
    rewrite("h1,h2,p1,p2\n1,2,3,4\n5,5,5,4\n");
    assert_int_equal(packed_origin_begin(&ctx, &source, pack, &origin), STATUS_OK);
    packed_origin_hold(&origin, &made_of);
    assert_int_equal(packed_origin_end(&ctx, &origin), STATUS_DATA);
}

/* Waits until somebody has read the file to its end, and changes one byte of it.
 * takes   watch  of inotify */
static pid_t changer_begin(int watch, off_t at, char byte)
{
    const pid_t changer = fork();
    assert_true(changer >= 0);
    if (changer == 0) {
        struct pollfd wanted = {.fd = watch, .events = POLLIN};
        (void)poll(&wanted, 1, 10000);
        int file = open(csv, O_WRONLY | O_CLOEXEC);
        _exit(file >= 0 && pwrite(file, &byte, 1, at) == 1 ? 0 : 1);
    }
    return changer;
}

/* The same through the cache: a file was touched, its contents are compared, and before its new times are looked at it changes. What
 * the next analysis reads are its answers, not those of before under its new digest. The file is long, so that unpacking it takes
 * longer than the change. */
static void a_cache_is_not_renewed_for_other_contents(void **state)
{
    (void)state;
    static const char head[] = "h1,h2,p1,p2\n", row[] = "1,2,3,4\n";
    enum { ROWS = 200000 };
    const size_t length = sizeof head - 1 + ROWS * (sizeof row - 1);
    const struct answers *answers;
    char *text = malloc(length);
    assert_non_null(text);
    memcpy(text, head, sizeof head - 1);
    for (size_t i = 0; i < ROWS; i++)
        memcpy(text + sizeof head - 1 + i * (sizeof row - 1), row, sizeof row - 1);
    (void)scratch_write_bytes(&scratch, "a.csv", text, length);
    free(text);
    assert_int_equal(cached(study, &answers), STATUS_OK);
    for (char byte = '1'; byte <= '3'; byte++) {
        int watch = inotify_init1(IN_CLOEXEC), result = -1;
        assert_true(watch >= 0 && inotify_add_watch(watch, csv, IN_CLOSE_NOWRITE) >= 0);
        assert_int_equal(utimensat(AT_FDCWD, csv, NULL, 0), 0);
        const pid_t changer = changer_begin(watch, (off_t)(sizeof head + sizeof row - 4), byte);
        assert_int_equal(cached(study, &answers), STATUS_OK);
        assert_true(cache.taken);
        assert_int_equal(waitpid(changer, &result, 0), changer);
        assert_int_equal(result, 0);
        assert_int_equal(close(watch), 0);
        assert_int_equal(cached(study, &answers), STATUS_OK);
        assert_int_equal(answers_code(answers, 0, 3), byte - '0');
    }
}

/* "no plain file": a pipe gives its answers all the same. */
static void a_pipe_is_read_without_a_cache(void **state)
{
    (void)state;
    const struct answers *answers;
    char text[256];
    assert_int_equal(unlink(csv), 0);
    assert_int_equal(mkfifo(csv, 0600), 0);
    const pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        rewrite("h1,h2,p1,p2\n1,2,3,4\n5,5,5,5\n");
        _exit(0);
    }
    assert_int_equal(cached(study, &answers), STATUS_OK);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    answers_dump(answers, text, sizeof text);
    assert_string_equal(text, as_written);
    assert_true(!cache.taken && !cache.made);
    assert_non_null(strstr(cache.remark, "is no plain file, and cannot be packed"));
}

static void a_pack_alone_is_read_and_a_cache_alone_is_not(void **state)
{
    (void)state;
    const struct answers *answers;
    assert_cached(false, true, as_written);
    assert_int_equal(unlink(csv), 0);
    assert_int_equal(by_name(pack, &answers), STATUS_OK);
    assert_int_equal(answers->encounter_count, 2);
    assert_int_equal(cached(study, &answers), STATUS_NO_INPUT);
    assert_null(answers);
}

static void a_damaged_or_foreign_cache_is_made_anew(void **state)
{
    (void)state;
    size_t length;
    const struct answers *answers;
    assert_cached(false, true, as_written);
    char *bytes = scratch_read(pack, &length);
    for (size_t cut = 0; cut < length; cut += 997) {
        (void)scratch_write_bytes(&scratch, "a.csv.pack", bytes, cut);
        assert_cached(false, true, as_written);
    }
    bytes[length - 20] ^= 1;
    (void)scratch_write_bytes(&scratch, "a.csv.pack", bytes, length);
    assert_cached(false, true, as_written);
    free(bytes);
    /* Another study makes its own, and so does this one again. */
    assert_int_equal(cached(&csv_studies[CSV_STUDY_KANO], &answers), STATUS_CONFIG);
    struct study other = *study;
    other.decimal_mark = ',';
    assert_int_equal(cached(&other, &answers), STATUS_OK);
    assert_true(!cache.taken && cache.made);
    assert_cached(false, true, as_written);
    /* A pack of another file under this name. */
    char first[SCRATCH_ROOM];
    (void)snprintf(first, sizeof first, "%s", scratch_write(&scratch, "b.csv", "h1,h2,p1,p2\n1,1,1,1\n"));
    const struct format_source source = {.path = first};
    struct problems problems;
    struct packed_size size;
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, pack, &size), STATUS_OK);
    assert_cached(false, true, as_written);
}

/* "A pack that cannot be written does not stop anything": in its place is a folder; the disk is full. */
static void no_room_stops_nothing(void **state)
{
    (void)state;
    const struct answers *answers;
    assert_int_equal(mkdir(pack, 0700), 0);
    assert_int_equal(cached(study, &answers), STATUS_OK);
    assert_int_equal(answers->encounter_count, 2);
    assert_true(!cache.taken && !cache.made);
    assert_int_equal(strncmp(cache.remark, "No cache was made, so the next analysis reads the answers again. ", 65), 0);
    assert_int_equal(ctx.error.status, STATUS_OK);
    assert_int_equal(rmdir(pack), 0);
    const struct rlimit none = {100, RLIM_INFINITY};
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    enum status status = cached(study, &answers);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, STATUS_OK);
    assert_true(!cache.taken && !cache.made);
    assert_non_null(strstr(cache.remark, "The file would become larger than is allowed here"));
    assert_int_equal(access(pack, F_OK), -1);
    assert_cached(false, true, as_written);
}

/* Files in the folder whose names begin so. */
static unsigned files_count(const char *begins)
{
    unsigned count = 0;
    DIR *folder = opendir(scratch.folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        count += strncmp(entry->d_name, begins, strlen(begins)) == 0;
    (void)closedir(folder);
    return count;
}

static void several_processes_at_once_do_no_harm(void **state)
{
    (void)state;
    enum { PROCESSES = 4, TIMES = 20 };
    pid_t children[PROCESSES];
    for (size_t i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        for (unsigned k = 0; children[i] == 0 && k < TIMES; k++) {
            const struct answers *answers = NULL;
            if (k % 3 == i % 3)
                (void)unlink(pack);
            if (cached(study, &answers) != STATUS_OK || answers->encounter_count != 2 || answers_code(answers, 1, 3) != 5)
                _exit(1);
            if (k + 1 == TIMES)
                _exit(0);
        }
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        int ended;
        assert_int_equal(waitpid(children[i], &ended, 0), children[i]);
        assert_int_equal(ended, 0);
    }
    /* Nobody leaves a half-made one behind. */
    assert_int_equal(files_count(".gapmeter-"), 0);
    assert_int_equal(files_count("a.csv"), 2);
    const struct answers *answers;
    assert_int_equal(cached(study, &answers), STATUS_OK);
}

/* "Whoever made it may read and write it, and nobody else" */
static void a_pack_is_its_makers_alone(void **state)
{
    (void)state;
    struct stat found;
    static const mode_t modes[] = {0644, 0640, 0444, 0600};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        (void)unlink(pack);
        assert_int_equal(chmod(csv, modes[i]), 0);
        assert_cached(false, true, as_written);
        assert_int_equal(stat(pack, &found), 0);
        assert_int_equal(found.st_mode & 0777, 0600);
    }
    assert_int_equal(chmod(pack, 0644), 0);
    rewrite("h1,h2,p1,p2\n1,2,3,4\n5,5,5,4\n");
    assert_cached(false, true, "1 2 3 4 / 5 5 5 4");
    assert_int_equal(stat(pack, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
}

static void what_cannot_be_packed_says_so(void **state)
{
    (void)state;
    struct problems problems;
    struct packed_size size;
    struct format_source source = {.path = "-"};
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, pack, &size), STATUS_USAGE);
    assert_non_null(strstr(ctx.error.sentence, "Standard input cannot be packed"));
    source.path = "/dev/null";
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, pack, &size), STATUS_USAGE);
    assert_non_null(strstr(ctx.error.sentence, "/dev/null is no plain file"));
    source.path = csv;
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, pack, &size), STATUS_OK);
    source.path = pack;
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, pack, &size), STATUS_USAGE);
    assert_non_null(strstr(ctx.error.sentence, "is a pack already"));
    source.path = csv;
    rewrite("h1,h2,p1,p2\n1,2,3,8\n");
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, pack, &size), STATUS_DATA);
    assert_int_equal(problems.total, 1);
}

/* Two files that are joined, and packs that do not stand beside their file. */
static void joined_files_are_cached(void **state)
{
    (void)state;
    char first[SCRATCH_ROOM], second[SCRATCH_ROOM], elsewhere[SCRATCH_ROOM];
    struct problems problems;
    const struct answers *answers, *again;
    (void)snprintf(first, sizeof first, "%s", scratch_write(&scratch, "e.csv", "id,h1,h2\n1,1,2\n2,3,4\n"));
    (void)snprintf(second, sizeof second, "%s", scratch_write(&scratch, "p.csv", "id,p1,p2\n1,1,2\n3,3,4\n"));
    struct format_source source = {.path = first, .perception_path = second, .key = "id"};
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    assert_int_equal(answers_read_cached(&ctx, &source, study, &problems, &cache, &answers), STATUS_OK);
    assert_true(!cache.taken && cache.made);
    assert_int_equal(answers_read_cached(&ctx, &source, study, &problems, &cache, &again), STATUS_OK);
    assert_true(cache.taken && !cache.made);
    assert_same_answers(answers, again);
    assert_int_equal(again->note_count, 1);
    assert_string_equal(answers->notes[0].english, again->notes[0].english);
    /* The first alone, and either changed. */
    (void)scratch_write(&scratch, "p.csv", "id,p1,p2\n1,1,2\n2,3,4\n");
    assert_int_equal(answers_read_cached(&ctx, &source, study, &problems, &cache, &again), STATUS_OK);
    assert_true(!cache.taken && cache.made);
    assert_int_equal(mkdir(scratch_path(&scratch, "elsewhere"), 0700), 0);
    (void)snprintf(elsewhere, sizeof elsewhere, "%s", scratch_path(&scratch, "elsewhere/x.pack"));
    struct packed_size size;
    assert_int_equal(answers_pack(&ctx, &source, study, &problems, elsewhere, &size), STATUS_OK);
    assert_int_equal(by_name(elsewhere, &again), STATUS_OK);
    (void)scratch_write(&scratch, "p.csv", "id,p1,p2\n1,1,2\n2,3,5\n");
    assert_int_equal(by_name(elsewhere, &again), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "p.csv has changed since it was packed"));
    assert_int_equal(unlink(first), 0);
    assert_int_equal(by_name(elsewhere, &again), STATUS_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cache_is_made_and_then_taken, begin, end),
        cmocka_unit_test_setup_teardown(a_change_that_hides_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_change_at_once_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_touched_or_copied_file_is_still_the_same, begin, end),
        cmocka_unit_test_setup_teardown(a_file_of_the_future_is_compared_by_contents, begin, end),
        cmocka_unit_test_setup_teardown(a_change_while_packing_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_pack_is_not_renewed_for_other_contents, begin, end),
        cmocka_unit_test_setup_teardown(a_cache_is_not_renewed_for_other_contents, begin, end),
        cmocka_unit_test_setup_teardown(a_pipe_is_read_without_a_cache, begin, end),
        cmocka_unit_test_setup_teardown(a_pack_alone_is_read_and_a_cache_alone_is_not, begin, end),
        cmocka_unit_test_setup_teardown(a_damaged_or_foreign_cache_is_made_anew, begin, end),
        cmocka_unit_test_setup_teardown(no_room_stops_nothing, begin, end),
        cmocka_unit_test_setup_teardown(several_processes_at_once_do_no_harm, begin, end),
        cmocka_unit_test_setup_teardown(a_pack_is_its_makers_alone, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_packed_says_so, begin, end),
        cmocka_unit_test_setup_teardown(joined_files_are_cached, begin, end),
    };
    (void)signal(SIGXFSZ, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
