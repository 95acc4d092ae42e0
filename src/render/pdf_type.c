/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_type.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <stdatomic.h>
#include <string.h>

#include "base/intern.h"
#include "base/pile.h"
#include "base/text.h"
#include "model/capital.h"
#include "model/words.h"
#include "render/font_leaks.h"
#include "render/pdf_figures.h"

/* The families of the house, in order of preference: Open Sans has tabular figures and a minus as wide as they are, Noto Sans more
 * letters. Fontconfig sorts every font it knows for every size, so a few families are ten times as fast as all of a system's. */
#define FAMILIES "Open Sans,Noto Sans,Noto Sans Arabic,DejaVu Sans,NanumGothic"

#define REPLACEMENT  "\xef\xbf\xbd" /* U+FFFD */
#define LAYOUTS_MOST 1000000u
#define SMALL        0.85 /* of the size beside it */
#define SOFT_16      0x5656
#define FIGURES_MOST 8u /* sizes and weights of figures: a report has three */

static const char house_configuration[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
    "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><dir prefix=\"xdg\">fonts</dir>"
    "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir><selectfont>"
    "<rejectfont><pattern><patelt name=\"scalable\"><bool>true</bool></patelt></pattern>"
    "<pattern><patelt name=\"scalable\"><bool>false</bool></patelt></pattern></rejectfont><acceptfont>"
    "<pattern><patelt name=\"family\"><string>Open Sans</string></patelt></pattern>"
    "<pattern><patelt name=\"family\"><string>Noto Sans</string></patelt></pattern>"
    "<pattern><patelt name=\"family\"><string>Noto Sans Arabic</string></patelt></pattern>"
    "<pattern><patelt name=\"family\"><string>NanumGothic</string></patelt></pattern>"
    "<pattern><patelt name=\"family\"><string>DejaVu Sans</string></patelt></pattern>"
    "</acceptfont></selectfont></fontconfig>";

const uint32_t pdf_tones[PDF_TONE_COUNT] = {
    [PDF_INK] = 0x171a1f,   [PDF_SOFT] = 0x545c66,   [PDF_SHORT] = 0xb04a00,
    [PDF_ABOVE] = 0x00639c, [PDF_ACCENT] = 0x0066a8, [PDF_RULE] = 0xbfc4c9,
};

/* One set of fonts, and a context for each direction: from left to right, from right to left. */
struct font_set {
    PangoFontMap *map;
    PangoContext *contexts[2];
};

/* Figures of one size and weight. */
struct figure_style {
    double size;
    bool bold, italic;
    bool learned; /* false: they are pango's own matter */
    PangoLayout *letters;
    struct pdf_figures figures;
};

struct pdf_type {
    struct font_set house, system; /* system: only once a letter is missing in the house's */
    const char *language;
    bool leftward;
    bool has_house;
    struct intern *known; /* all words that were set */
    struct pile layouts;  /* of pdf_layout, by the number of the known */
    struct figure_style styles[FIGURES_MOST];
    uint32_t style_count;
};

static void font_set_close(struct font_set *set)
{
    for (size_t i = 0; i < 2; i++) {
        if (set->contexts[i])
            g_object_unref(set->contexts[i]);
    }
    if (set->map)
        g_object_unref(set->map);
}

static void type_close(void *resource)
{
    struct pdf_type *type = resource;
    for (size_t i = 0; i < type->layouts.count; i++) {
        const struct pdf_layout *layout = pile_at(&type->layouts, sizeof *layout, i);
        if (layout->pango)
            g_object_unref(layout->pango);
    }
    for (uint32_t i = 0; i < type->style_count; i++)
        g_object_unref(type->styles[i].letters);
    font_set_close(&type->house);
    font_set_close(&type->system);
}

/* The fonts of the house as fontconfig knows them: read once in a process, by whoever comes first, and never changed.
 * gives   NULL when the system has none of them */
static FcConfig *house_fonts(void)
{
    static _Atomic(FcConfig *) kept;
    FcConfig *config = atomic_load(&kept), *none = NULL;
    if (!config) {
        config = FcConfigCreate();
        if (!config || !FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)house_configuration, FcTrue) ||
            !FcConfigBuildFonts(config)) {
            FcConfigDestroy(config);
            return NULL;
        }
        if (!atomic_compare_exchange_strong(&kept, &none, config)) {
            FcConfigDestroy(config);
            config = none;
        }
    }
    FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    return fonts && fonts->nfont ? config : NULL;
}

static PangoContext *context_make(PangoFontMap *map, const char *language, bool leftward)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    /* Paper has no pixels: letters stand where their outlines say. */
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(language));
    pango_context_set_base_dir(context, leftward ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    return context;
}

static void font_set_open(struct font_set *set, FcConfig *config, const char *language)
{
    set->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (config)
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(set->map), config);
    set->contexts[0] = context_make(set->map, language, false);
    set->contexts[1] = context_make(set->map, language, true);
}

static bool system_has_fonts(void)
{
    FcFontSet *fonts = FcConfigGetFonts(NULL, FcSetSystem);
    return fonts && fonts->nfont;
}

enum status pdf_type_open(struct ctx *ctx, const char *language, struct pdf_type **out)
{
    struct pdf_type *type = arena_alloc(ctx->arena, sizeof *type);
    if (!type)
        return ctx_no_memory(ctx);
    font_leaks_known();
    FcConfig *config = house_fonts();
    if (!config && !system_has_fonts())
        return ctx_fail(
            ctx, STATUS_UNAVAILABLE, NULL,
            "This system has no fonts, so no page can be set; Debian's fonts-open-sans and fonts-noto-core are enough.");
    *type = (struct pdf_type){.language = language, .leftward = language_is_right_to_left(language), .has_house = config != NULL};
    enum status status = arena_defer(ctx->arena, type_close, type);
    if (!status)
        status = intern_create(ctx, LAYOUTS_MOST, &type->known);
    if (status)
        return status;
    font_set_open(&type->house, config, language);
    *out = type;
    return STATUS_OK;
}

bool pdf_type_leftward(const struct pdf_type *type)
{
    return type->leftward;
}

static bool is_letter(unsigned code_point)
{
    return (code_point >= 0x20 && code_point < 0x7F) || code_point > 0x9F || code_point == '\n';
}

/* A space where no line shall end: "59 %", "n = 157". */
static bool space_holds(const char *from, const char *at)
{
    return *at == ' ' && (at[1] == '%' || at[1] == '=' || (at > from && at[-1] == '='));
}

/* Appends a text with what is no letter replaced.
 * needs   room for three times its bytes */
static size_t text_append(char *into, size_t used, const char *from)
{
    for (struct span rest = span_of(from); rest.length;) {
        unsigned code_point = 0;
        size_t taken = text_utf8_decode(rest, &code_point);
        bool good = taken && is_letter(code_point);
        const char *instead = space_holds(from, rest.at) ? TEXT_NO_BREAK_SPACE : good ? NULL : REPLACEMENT;
        struct span kept = instead ? span_of(instead) : (struct span){.at = rest.at, .length = taken};
        taken = taken ? taken : 1;
        memcpy(into + used, kept.at, kept.length);
        used += kept.length;
        rest = (struct span){.at = rest.at + taken, .length = rest.length - taken};
    }
    return used;
}

enum status pdf_text_clean(struct ctx *ctx, const char *text, const char **out)
{
    char *clean = arena_alloc(ctx->arena, 3 * strlen(text) + 1);
    if (!clean)
        return ctx_no_memory(ctx);
    (void)text_append(clean, 0, text);
    *out = clean;
    return STATUS_OK;
}

/* The text of the words and the small part behind it.
 * gives   *small  where the small part begins; NULL without memory */
static const char *words_join(struct ctx *ctx, const char *language, const struct pdf_words *words, size_t *small)
{
    const char *behind = words->small ? words->small : "", *before = words->text;
    const char *between = !*behind || !*before ? "" : words->below ? "\n" : " ";
    if (words->capital && text_capital(ctx, language, before, &before))
        return NULL;
    char *text = arena_alloc(ctx->arena, 3 * (strlen(before) + strlen(behind)) + 2);
    if (!text)
        return NULL;
    size_t used = text_append(text, 0, before);
    *small = used = text_append(text, used, between);
    (void)text_append(text, used, behind);
    return text;
}

static double points_of(int units)
{
    return (double)units / PANGO_SCALE;
}

static void attributes_set(PangoLayout *layout, const struct pdf_words *words, size_t small)
{
    if (!words->small || !*words->small)
        return;
    PangoAttrList *list = pango_attr_list_new();
    PangoAttribute *each[] = {pango_attr_size_new_absolute((int)(words->size * SMALL * PANGO_SCALE)),
                              pango_attr_foreground_new(SOFT_16, 0x5d5d, 0x6666), pango_attr_weight_new(PANGO_WEIGHT_NORMAL)};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        each[i]->start_index = (guint)small;
        pango_attr_list_insert(list, each[i]);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/* Words that are to be set. */
struct setting {
    const struct pdf_words *words;
    const char *text; /* the words and the small part behind them */
    size_t small;     /* where the small part begins */
    bool least;       /* each word on a line of its own */
};

static PangoLayout *layout_make(const struct pdf_type *type, const struct font_set *fonts, const struct setting *setting)
{
    const struct pdf_words *words = setting->words;
    const char *text = setting->text;
    bool leftward = !words->number && text_leftward(span_of(text), type->leftward);
    PangoLayout *layout = pango_layout_new(fonts->contexts[leftward]);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FAMILIES);
    pango_font_description_set_absolute_size(font, words->size * PANGO_SCALE);
    pango_font_description_set_weight(font, words->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, words->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_alignment(layout, type->leftward != words->far ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_wrap(layout, setting->least ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR);
    if (setting->least || words->width > 0)
        pango_layout_set_width(layout, setting->least ? 0 : (int)(words->width * PANGO_SCALE));
    if (words->lines_most > 0) {
        pango_layout_set_height(layout, -words->lines_most);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    attributes_set(layout, words, setting->small);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

/* With the fonts of the house, or where these lack a letter with those of the system. */
static PangoLayout *layout_set(struct pdf_type *type, const struct setting *setting)
{
    PangoLayout *layout = layout_make(type, &type->house, setting);
    if (!type->has_house || !pango_layout_get_unknown_glyphs_count(layout))
        return layout;
    g_object_unref(layout);
    if (!type->system.map)
        font_set_open(&type->system, NULL, type->language);
    return layout_make(type, &type->system, setting);
}

/* How figures of the size and weight of some words are set; NULL when pango sets them as it does other texts. */
static const struct pdf_figures *figures_find(struct pdf_type *type, const struct pdf_words *words)
{
    struct figure_style *style = type->styles;
    while (style < type->styles + type->style_count && (style->size < words->size || style->size > words->size ||
                                                        style->bold != words->bold || style->italic != words->italic))
        style++;
    if (style < type->styles + type->style_count)
        return style->learned ? &style->figures : NULL;
    if (type->style_count == FIGURES_MOST)
        return NULL;
    const struct pdf_words letters = {.number = true, .bold = words->bold, .italic = words->italic, .size = words->size};
    const struct setting setting = {.words = &letters, .text = pdf_figure_letters};
    *style = (struct figure_style){.size = words->size, .bold = words->bold, .italic = words->italic};
    style->letters = layout_make(type, &type->house, &setting);
    style->learned = pdf_figures_learn(style->letters, &style->figures);
    type->style_count++;
    return style->learned ? &style->figures : NULL;
}

/* Figures on one line, which are most texts of a table. */
static bool is_figures(const struct pdf_type *type, const struct setting *setting)
{
    const struct pdf_words *words = setting->words;
    return type->has_house && words->number && words->width <= 0 && !words->lines_most && !setting->least &&
           !setting->text[setting->small] && pdf_figures_only(setting->text);
}

/* Where the lines stand that pango made. */
static enum status lines_read(struct ctx *ctx, struct pdf_layout *layout)
{
    PangoRectangle logical;
    int top = 0, bottom = 0;
    layout->text = pango_layout_get_text(layout->pango);
    layout->line_count = pango_layout_get_line_count(layout->pango);
    layout->lines = arena_array(ctx->arena, (size_t)layout->line_count, sizeof *layout->lines);
    if (!layout->lines)
        return ctx_no_memory(ctx);
    PangoLayoutIter *iter = pango_layout_get_iter(layout->pango);
    struct pdf_layout_line *line = layout->lines;
    do {
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        *line++ = (struct pdf_layout_line){.runs = pango_layout_iter_get_line_readonly(iter)->runs,
                                           .x = points_of(logical.x),
                                           .top = points_of(top),
                                           .bottom = points_of(bottom),
                                           .baseline = points_of(pango_layout_iter_get_baseline(iter))};
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    pango_layout_get_extents(layout->pango, NULL, &logical);
    layout->left = points_of(logical.x);
    layout->width = points_of(logical.width);
    layout->height = points_of(logical.height);
    return STATUS_OK;
}

/* All that decides how words look, as bytes: sizes in thousandths of a point, then what is on or off, then the text.
 * gives   a span of NULL without memory */
static struct span setting_key(struct ctx *ctx, const struct setting *setting)
{
    const struct pdf_words *words = setting->words;
    const int64_t numbers[] = {(int64_t)(words->size * 1000 + 0.5), (int64_t)(words->width * 1000 + 0.5), words->lines_most,
                               (int64_t)setting->small};
    const bool flags[] = {words->bold, words->italic, words->number, words->far, setting->least};
    size_t length = strlen(setting->text);
    char *key = arena_alloc(ctx->arena, sizeof numbers + sizeof flags + length);
    if (!key)
        return (struct span){NULL, 0};
    memcpy(key, numbers, sizeof numbers);
    memcpy(key + sizeof numbers, flags, sizeof flags);
    memcpy(key + sizeof numbers + sizeof flags, setting->text, length);
    return (struct span){key, sizeof numbers + sizeof flags + length};
}

static enum status setting_number(struct ctx *ctx, struct pdf_type *type, struct span key, uint32_t *number, bool *fresh)
{
    if (!key.at)
        return ctx_no_memory(ctx);
    enum status status = intern_add(type->known, key, number, fresh);
    return status == STATUS_INVALID ? ctx_fail(ctx, STATUS_INVALID, NULL, "A PDF holds at most %u different texts.", LAYOUTS_MOST)
           : status                 ? ctx_no_memory(ctx)
                                    : STATUS_OK;
}

static enum status layout_find(struct ctx *ctx, struct pdf_type *type, const struct pdf_words *words, bool least,
                               struct pdf_layout **out)
{
    struct setting setting = {.words = words, .least = least};
    uint32_t number = 0;
    bool fresh = true;
    setting.text = words_join(ctx, type->language, words, &setting.small);
    if (!setting.text)
        return ctx_no_memory(ctx);
    enum status status = setting_number(ctx, type, setting_key(ctx, &setting), &number, &fresh);
    if (status)
        return status;
    if (!fresh) {
        *out = pile_at(&type->layouts, sizeof **out, number);
        return STATUS_OK;
    }
    *out = pile_add(ctx->arena, &type->layouts, sizeof **out);
    if (!*out)
        return ctx_no_memory(ctx);
    const struct pdf_figures *figures = is_figures(type, &setting) ? figures_find(type, words) : NULL;
    if (figures)
        return pdf_figures_set(ctx, figures, setting.text, *out);
    (*out)->pango = layout_set(type, &setting);
    return lines_read(ctx, *out);
}

enum status pdf_type_set(struct ctx *ctx, struct pdf_type *type, const struct pdf_words *words, struct pdf_layout **out)
{
    return layout_find(ctx, type, words, false, out);
}

PangoLayout *pdf_type_words(const struct pdf_type *type)
{
    PangoLayout *layout = pango_layout_new(type->system.map ? type->system.contexts[0] : type->house.contexts[0]);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FAMILIES);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    return layout;
}

enum status pdf_type_least(struct ctx *ctx, struct pdf_type *type, const struct pdf_words *words, double *out)
{
    struct pdf_layout *layout = NULL;
    enum status status = layout_find(ctx, type, words, true, &layout);
    *out = status ? 0 : layout->width;
    return status;
}
