/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Host tool of the build: turns files into tables of the program.
 *
 *   embed files OUT FILE…   each FILE becomes bytes; its name is its folder and file name: "instruments/gap-22.json"
 *   embed words OUT FILE…   each <language>.json, a flat object key -> text, becomes a table sorted by key
 *
 * OUT is left alone when it would not change. Anything wrong is one sentence on stderr and exit 1. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("embed: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void *at_least(size_t size)
{
    void *memory = calloc(1, size == 0 ? 1 : size);
    if (memory == NULL)
        die("out of memory");
    return memory;
}

/* The bytes of a file and one NUL after them, which *length does not count. */
static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        die("cannot read %s", path);
    long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0)
        die("cannot read %s", path);
    char *bytes = at_least((size_t)size + 1);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size)
        die("cannot read %s whole", path);
    fclose(file);
    *length = (size_t)size;
    return bytes;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* "…/data/instruments/gap-22.json" -> "instruments/gap-22.json" */
static const char *short_name(const char *path)
{
    const char *name = base_name(path);
    while (name > path + 1 && name[-2] != '/')
        name--;
    return name > path ? name - 1 : name;
}

static int path_order(const void *left, const void *right)
{
    return strcmp(short_name(*(char *const *)left), short_name(*(char *const *)right));
}

/* Every byte outside plain letters is escaped in octal: three digits, so that no following digit can join it. */
static void write_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\' || byte == '?')
            fprintf(out, "\\%03o", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

static void write_bytes(FILE *out, const char *path, int number)
{
    size_t length = 0;
    char *bytes = read_whole(path, &length);
    fprintf(out, "static const unsigned char file_%d[] = {", number);
    for (size_t i = 0; i < length; i++)
        fprintf(out, "%s%u,", i % 32 == 0 ? "\n" : "", (unsigned)(unsigned char)bytes[i]);
    fprintf(out, "\n0};\n");
    free(bytes);
}

static void write_files(FILE *out, int count, char **paths)
{
    fprintf(out, "#include \"model/embedded.h\"\n\n");
    for (int i = 0; i < count; i++)
        write_bytes(out, paths[i], i);
    fprintf(out, "\nconst struct embedded_file embedded_files[] = {\n");
    for (int i = 0; i < count; i++) {
        fprintf(out, "    {");
        write_string(out, short_name(paths[i]));
        fprintf(out, ", file_%d, sizeof file_%d - 1},\n", i, i);
    }
    fprintf(out, "    {NULL, NULL, 0},\n};\n");
}

static int key_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static size_t write_language(FILE *out, const char *path, int number)
{
    json_error_t error;
    json_t *words = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (words == NULL)
        die("%s:%d:%d: %s", path, error.line, error.column, error.text);
    if (!json_is_object(words) || json_object_size(words) == 0)
        die("%s: expected an object of key and text, with one key at least", path);
    size_t count = json_object_size(words), i = 0;
    const char **keys = at_least(count * sizeof *keys);
    const char *key = NULL;
    json_t *text = NULL;
    json_object_foreach (words, key, text) {
        if (!json_is_string(text) || strlen(json_string_value(text)) != json_string_length(text))
            die("%s: the text of \"%s\" must be a string without NUL", path, key);
        keys[i++] = key;
    }
    qsort(keys, count, sizeof *keys, key_order);
    fprintf(out, "static const struct word words_%d[] = {\n", number);
    for (i = 0; i < count; i++) {
        fprintf(out, "    {");
        write_string(out, keys[i]);
        fprintf(out, ", ");
        write_string(out, json_string_value(json_object_get(words, keys[i])));
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n");
    free(keys);
    json_decref(words);
    return count;
}

static void write_words(FILE *out, int count, char **paths)
{
    size_t *sizes = at_least((size_t)count * sizeof *sizes);
    fprintf(out, "#include \"model/words.h\"\n\n");
    for (int i = 0; i < count; i++)
        sizes[i] = write_language(out, paths[i], i);
    fprintf(out, "\nconst struct words words_languages[] = {\n");
    for (int i = 0; i < count; i++) {
        const char *name = base_name(paths[i]);
        fprintf(out, "    {\"%.*s\", words_%d, %zu},\n", (int)strcspn(name, "."), name, i, sizes[i]);
    }
    fprintf(out, "    {NULL, NULL, 0},\n};\n");
    free(sizes);
}

static void replace_if_different(const char *path, const char *bytes, size_t length)
{
    FILE *old = fopen(path, "rb");
    if (old != NULL) {
        fclose(old);
        size_t old_length = 0;
        char *old_bytes = read_whole(path, &old_length);
        int same = old_length == length && memcmp(old_bytes, bytes, length) == 0;
        free(old_bytes);
        if (same)
            return;
    }
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(bytes, 1, length, out) != length || fclose(out) != 0)
        die("cannot write %s", path);
}

int main(int argc, char **argv)
{
    if (argc < 3 || (strcmp(argv[1], "files") != 0 && strcmp(argv[1], "words") != 0))
        die("usage: embed files|words OUT FILE…");
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (out == NULL)
        die("out of memory");
    fprintf(out, "/* Made by tools/embed.c. */\n");
    qsort(argv + 3, (size_t)(argc - 3), sizeof *argv, path_order);
    if (strcmp(argv[1], "files") == 0)
        write_files(out, argc - 3, argv + 3);
    else
        write_words(out, argc - 3, argv + 3);
    if (fclose(out) != 0)
        die("out of memory");
    replace_if_different(argv[2], bytes, length);
    free(bytes);
    return 0;
}
