/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as a list of marks: what stands where, on which page, within which tags. Pages are laid out first and drawn afterwards, so
 * that each can say how many there are. */
#ifndef GAPMETER_RENDER_PDF_SHEET_H
#define GAPMETER_RENDER_PDF_SHEET_H

#include "base/pile.h"
#include "render/chart/picture.h"
#include "render/pdf_type.h"

/* A4 in points, and its margins. */
#define PDF_PAGE_WIDTH  595.276
#define PDF_PAGE_HEIGHT 841.890
#define PDF_LEFT        56.7
#define PDF_TOP         56.7
#define PDF_BOTTOM      775.0 /* below it only the foot line */
#define PDF_WIDTH       (PDF_PAGE_WIDTH - 2 * PDF_LEFT)

enum pdf_mark_kind {
    PDF_MARK_LINES,   /* lines of a layout, and the tag that is theirs alone */
    PDF_MARK_BOX,     /* a filled rectangle */
    PDF_MARK_OPEN,    /* a tag begins: name, alternate text */
    PDF_MARK_CLOSE,   /* and ends */
    PDF_MARK_OUTLINE, /* a bookmark: text, level */
    PDF_MARK_LINK,    /* a sentence that leads to a target: words key, text = its rows, target */
    PDF_MARK_PICTURE, /* a picture, or a part of it */
    PDF_MARK_LOGO,    /* the bytes of a PNG, within a width and height */
    PDF_MARK_PAGE     /* the next page begins */
};

/* A report of forty pages has ten thousand of them, so what never comes together shares its room. */
struct pdf_mark {
    enum pdf_mark_kind kind;
    enum pdf_tone tone;
    double x, y, width, height; /* from the left and the top of the page */
    const char *name;           /* of a tag; a literal. Of lines: NULL = they belong to the tag that is open */
    union {
        struct { /* of lines */
            struct pdf_layout *layout;
            int first, count; /* lines of the layout */
        };
        struct {              /* of a tag, a bookmark, a link */
            const char *text; /* of a tag: its alternate text; title of a bookmark; caption of a link */
            unsigned level;   /* of a bookmark: 1 … */
            uint32_t target;  /* of a link, and of a bookmark that can be linked to: a number from 1; 0 = none */
        };
        struct { /* of a picture */
            const struct picture *picture;
            double from, scale; /* what of it stands at the top, in its pixels; points per pixel */
        };
        struct span png;
    };
};

struct pdf_sheet {
    struct pdf_type *type;
    struct pile marks; /* pdf_sheet_mark */
    double y;          /* where the next thing stands */
    double after;      /* space that the last thing wants below it */
    uint32_t pages;    /* begun so far */
};

/* An empty first page. */
void pdf_sheet_begin(struct pdf_sheet *sheet, struct pdf_type *type);

/* Adds a mark to the page.
 * fails   STATUS_MEMORY */
enum status pdf_mark_add(struct ctx *ctx, struct pdf_sheet *sheet, struct pdf_mark mark) MUST_USE;

/* A mark by its number.
 * needs   at < sheet->marks.count */
struct pdf_mark *pdf_sheet_mark(const struct pdf_sheet *sheet, size_t at);

/* A tag begins and ends: "P", "Table". */
enum status pdf_tag_open(struct ctx *ctx, struct pdf_sheet *sheet, const char *name) MUST_USE;
enum status pdf_tag_close(struct ctx *ctx, struct pdf_sheet *sheet, const char *name) MUST_USE;

/* Adds a picture or a logo within a tag of its own.
 * takes   said  what it shows, in words; NULL = nothing */
enum status pdf_figure_add(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_mark *mark, const char *said) MUST_USE;

/* Begins a new page unless so much still fits on this one, or this one is empty. */
enum status pdf_sheet_need(struct ctx *ctx, struct pdf_sheet *sheet, double height) MUST_USE;

/* How much room is left on the page. */
double pdf_sheet_room(const struct pdf_sheet *sheet);

/* Leaves space above the next thing: the larger of what the last one wanted and this. None at the top of a page. */
void pdf_sheet_space(struct pdf_sheet *sheet, double before);

/* The left edge of something so wide that begins so far from the near edge of the text. */
double pdf_sheet_x(const struct pdf_sheet *sheet, double offset, double width);

#define PDF_WHOLE_MOST 160.0 /* points: a text no higher than this is not divided */

/* A text that was set: where it stands from the near edge, how wide its room is, and the tag it is (NULL: none). */
struct pdf_placing {
    struct pdf_layout *layout;
    double offset, width;
    enum pdf_tone tone;
    const char *tag;
};

/* Puts all lines of a text on the page at sheet->y.
 * needs   room for them (pdf_sheet_need)
 * gives   sheet->y below it */
enum status pdf_sheet_put(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_placing *placing) MUST_USE;

/* The same for a text of any length: a short one goes whole to the next page, a long one is divided, each part with its tag. */
enum status pdf_sheet_flow(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_placing *placing) MUST_USE;

#endif
