/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_words.h"

#include <string.h>

struct header_word {
    const char *word;
    enum header_meaning meaning;
    const char *language;
};

static const struct header_word header_words[] = {
    {"expectation", HEADER_EXPECTATION, "English"},
    {"expectations", HEADER_EXPECTATION, "English"},
    {"expected", HEADER_EXPECTATION, "English"},
    {"expect", HEADER_EXPECTATION, "English"},
    {"exp", HEADER_EXPECTATION, ""},
    {"harapan", HEADER_EXPECTATION, "Indonesian"},
    {"ekspektasi", HEADER_EXPECTATION, "Indonesian"},
    {"erwartung", HEADER_EXPECTATION, "German"},
    {"erwartungen", HEADER_EXPECTATION, "German"},
    {"erw", HEADER_EXPECTATION, "German"},
    {"attente", HEADER_EXPECTATION, "French"},
    {"attentes", HEADER_EXPECTATION, "French"},
    {"expectativa", HEADER_EXPECTATION, "Spanish"},
    {"expectativas", HEADER_EXPECTATION, "Spanish"},
    {"beklenti", HEADER_EXPECTATION, "Turkish"},
    {"beklenen", HEADER_EXPECTATION, "Turkish"},
    {"verwachting", HEADER_EXPECTATION, "Dutch"},
    {"aspettativa", HEADER_EXPECTATION, "Italian"},
    {"توقع", HEADER_EXPECTATION, "Arabic"},
    {"기대", HEADER_EXPECTATION, "Korean"},
    {"perception", HEADER_PERCEPTION, "English"},
    {"perceptions", HEADER_PERCEPTION, "English"},
    {"perceived", HEADER_PERCEPTION, "English"},
    {"actual", HEADER_PERCEPTION, "English"},
    {"performance", HEADER_PERCEPTION, "English"},
    {"experience", HEADER_PERCEPTION, "English"},
    {"experienced", HEADER_PERCEPTION, "English"},
    {"received", HEADER_PERCEPTION, "English"},
    {"got", HEADER_PERCEPTION, "English"},
    {"perc", HEADER_PERCEPTION, ""},
    {"per", HEADER_PERCEPTION, ""},
    {"persepsi", HEADER_PERCEPTION, "Indonesian"},
    {"kenyataan", HEADER_PERCEPTION, "Indonesian"},
    {"kinerja", HEADER_PERCEPTION, "Indonesian"},
    {"wahrnehmung", HEADER_PERCEPTION, "German"},
    {"erlebt", HEADER_PERCEPTION, "German"},
    {"erlebnis", HEADER_PERCEPTION, "German"},
    {"vécu", HEADER_PERCEPTION, "French"},
    {"percepción", HEADER_PERCEPTION, "Spanish"},
    {"percepcion", HEADER_PERCEPTION, "Spanish"},
    {"percepção", HEADER_PERCEPTION, "Portuguese"},
    {"percepcao", HEADER_PERCEPTION, "Portuguese"},
    {"algı", HEADER_PERCEPTION, "Turkish"},
    {"algi", HEADER_PERCEPTION, "Turkish"},
    {"ervaring", HEADER_PERCEPTION, "Dutch"},
    {"percezione", HEADER_PERCEPTION, "Italian"},
    {"إدراك", HEADER_PERCEPTION, "Arabic"},
    {"지각", HEADER_PERCEPTION, "Korean"},
    {"desired", HEADER_DESIRED, "English"},
    {"ideal", HEADER_DESIRED, "English"},
    {"gewünscht", HEADER_DESIRED, "German"},
    {"deseado", HEADER_DESIRED, "Spanish"},
    {"minimum", HEADER_MINIMUM, "English"},
    {"adequate", HEADER_MINIMUM, "English"},
    {"mínimo", HEADER_MINIMUM, "Spanish"},
    {"importance", HEADER_IMPORTANCE, "English"},
    {"importancia", HEADER_IMPORTANCE, "Spanish"},
    {"wichtigkeit", HEADER_IMPORTANCE, "German"},
    {"kepentingan", HEADER_IMPORTANCE, "Indonesian"},
    {"önem", HEADER_IMPORTANCE, "Turkish"},
    {"imp", HEADER_IMPORTANCE, ""},
    {"respondent", HEADER_RESPONDENT, "English"},
    {"respondents", HEADER_RESPONDENT, "English"},
    {"responden", HEADER_RESPONDENT, "Indonesian"},
    {"id", HEADER_RESPONDENT, ""},
    {"responseid", HEADER_RESPONDENT, "English"},
    {"customer", HEADER_RESPONDENT, "English"},
    {"guest", HEADER_RESPONDENT, "English"},
    {"patient", HEADER_RESPONDENT, "English"},
    {"kunde", HEADER_RESPONDENT, "German"},
    {"nomor", HEADER_RESPONDENT, "Indonesian"},
    {"case", HEADER_RESPONDENT, "English"},
    {"weight", HEADER_WEIGHT, "English"},
    {"wt", HEADER_WEIGHT, ""},
    {"gewicht", HEADER_WEIGHT, "German"},
    {"bobot", HEADER_WEIGHT, "Indonesian"},
    {"poids", HEADER_WEIGHT, "French"},
    {"peso", HEADER_WEIGHT, "Spanish"},
    {"item", HEADER_ITEM, "English"},
    {"question", HEADER_ITEM, "English"},
    {"frage", HEADER_ITEM, "German"},
    {"pertanyaan", HEADER_ITEM, "Indonesian"},
    {"time", HEADER_TIME, "English"},
    {"date", HEADER_TIME, "English"},
    {"timestamp", HEADER_TIME, "English"},
    {"datum", HEADER_TIME, "German"},
    {"tanggal", HEADER_TIME, "Indonesian"},
    {"fecha", HEADER_TIME, "Spanish"},
    {"comment", HEADER_COMMENT, "English"},
    {"comments", HEADER_COMMENT, "English"},
    {"why", HEADER_COMMENT, "English"},
    {"kommentar", HEADER_COMMENT, "German"},
    {"saran", HEADER_COMMENT, "Indonesian"},
    {"comentario", HEADER_COMMENT, "Spanish"},
};

/* Only beside a number: "e1", "Q3_P". */
static const struct header_word header_letters[] = {
    {"e", HEADER_EXPECTATION, ""}, {"h", HEADER_EXPECTATION, "Indonesian"},
    {"p", HEADER_PERCEPTION, ""},  {"d", HEADER_DESIRED, ""},
    {"m", HEADER_MINIMUM, ""},     {"min", HEADER_MINIMUM, ""},
    {"i", HEADER_IMPORTANCE, ""},
};

enum header_meaning header_word_meaning(struct span word, bool beside_number, const char **language)
{
    for (size_t i = 0; i < sizeof header_words / sizeof *header_words; i++) {
        if (span_equal_caseless(word, span_of(header_words[i].word))) {
            *language = header_words[i].language;
            return header_words[i].meaning;
        }
    }
    for (size_t i = 0; beside_number && i < sizeof header_letters / sizeof *header_letters; i++) {
        if (span_equal_caseless(word, span_of(header_letters[i].word))) {
            *language = header_letters[i].language;
            return header_letters[i].meaning;
        }
    }
    *language = "";
    return HEADER_NOTHING;
}

static const char *const agree5[] = {"Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree", NULL};
static const char *const agree5_neither[] = {"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree",
                                             "Strongly agree",    NULL};
static const char *const agree7[] = {"Strongly disagree", "Disagree", "Somewhat disagree", "Neither agree nor disagree",
                                     "Somewhat agree",    "Agree",    "Strongly agree",    NULL};
static const char *const satisfied5[] = {"Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied", NULL};
static const char *const quality5[] = {"Very poor", "Poor", "Fair", "Good", "Excellent", NULL};
static const char *const german5[] = {"Stimme gar nicht zu", "Stimme eher nicht zu", "Teils/teils",
                                      "Stimme eher zu",      "Stimme voll zu",       NULL};
static const char *const indonesian5[] = {"Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju", NULL};
static const char *const indonesian4[] = {"Sangat tidak setuju", "Tidak setuju", "Setuju", "Sangat setuju", NULL};
static const char *const spanish5[] = {"Muy en desacuerdo", "En desacuerdo", "Neutral", "De acuerdo", "Muy de acuerdo", NULL};
static const char *const french5[] = {"Pas du tout d'accord", "Pas d'accord", "Neutre", "D'accord", "Tout à fait d'accord", NULL};
static const char *const turkish5[] = {
    "Kesinlikle katılmıyorum", "Katılmıyorum", "Kararsızım", "Katılıyorum", "Kesinlikle katılıyorum", NULL};

static const char *const *const label_sets[] = {agree5,      agree5_neither, agree7,   satisfied5, quality5, german5,
                                                indonesian5, indonesian4,    spanish5, french5,    turkish5};

static bool set_holds(const char *const *set, struct span text)
{
    for (; *set; set++) {
        if (span_equal_caseless(text, span_of(*set)))
            return true;
    }
    return false;
}

const char *const *label_set_find(const struct span *texts, size_t text_count, uint32_t *count)
{
    for (size_t s = 0; s < sizeof label_sets / sizeof *label_sets; s++) {
        size_t held = 0;
        for (size_t i = 0; i < text_count; i++)
            held += set_holds(label_sets[s], texts[i]);
        if (text_count == 0 || held < text_count)
            continue;
        *count = 0;
        while (label_sets[s][*count])
            ++*count;
        return label_sets[s];
    }
    return NULL;
}
