/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_words.h"

#include <string.h>

struct header_word {
    const char *word;
    enum header_meaning meaning;
    const char *language;
};

/* "forvent*" is the beginning of a word. Chinese, Japanese and Korean write without blanks: their words count within a run. */
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
    {"functional", HEADER_FUNCTIONAL, "English"},
    {"dysfunctional", HEADER_DYSFUNCTIONAL, "English"},
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
    {"forvent*", HEADER_EXPECTATION, "Norwegian or Danish"},
    {"förvänt*", HEADER_EXPECTATION, "Swedish"},
    {"odotu*", HEADER_EXPECTATION, "Finnish"},
    {"odotet*", HEADER_EXPECTATION, "Finnish"},
    {"oczekiw*", HEADER_EXPECTATION, "Polish"},
    {"ожида*", HEADER_EXPECTATION, "Russian"},
    {"期待", HEADER_EXPECTATION, "Japanese or Chinese"},
    {"期望", HEADER_EXPECTATION, "Chinese"},
    {"预期", HEADER_EXPECTATION, "Chinese"},
    {"預期", HEADER_EXPECTATION, "Chinese"},
    {"opplev*", HEADER_PERCEPTION, "Norwegian"},
    {"fikk", HEADER_PERCEPTION, "Norwegian"},
    {"oplev*", HEADER_PERCEPTION, "Danish"},
    {"upplev*", HEADER_PERCEPTION, "Swedish"},
    {"kokemu*", HEADER_PERCEPTION, "Finnish"},
    {"koettu", HEADER_PERCEPTION, "Finnish"},
    {"postrzeg*", HEADER_PERCEPTION, "Polish"},
    {"percepcj*", HEADER_PERCEPTION, "Polish"},
    {"doświadcz*", HEADER_PERCEPTION, "Polish"},
    {"восприят*", HEADER_PERCEPTION, "Russian"},
    {"воспринима*", HEADER_PERCEPTION, "Russian"},
    {"фактическ*", HEADER_PERCEPTION, "Russian"},
    {"知覚", HEADER_PERCEPTION, "Japanese"},
    {"実際", HEADER_PERCEPTION, "Japanese"},
    {"実感", HEADER_PERCEPTION, "Japanese"},
    {"体験", HEADER_PERCEPTION, "Japanese"},
    {"感知", HEADER_PERCEPTION, "Chinese"},
    {"实际", HEADER_PERCEPTION, "Chinese"},
    {"實際", HEADER_PERCEPTION, "Chinese"},
    {"体验", HEADER_PERCEPTION, "Chinese"},
    {"體驗", HEADER_PERCEPTION, "Chinese"},
    {"경험", HEADER_PERCEPTION, "Korean"},
    {"ønske*", HEADER_DESIRED, "Norwegian or Danish"},
    {"önska*", HEADER_DESIRED, "Swedish"},
    {"toivo*", HEADER_DESIRED, "Finnish"},
    {"pożądan*", HEADER_DESIRED, "Polish"},
    {"желаем*", HEADER_DESIRED, "Russian"},
    {"理想", HEADER_DESIRED, "Japanese or Chinese"},
    {"希望", HEADER_DESIRED, "Japanese or Chinese"},
    {"minste", HEADER_MINIMUM, "Norwegian"},
    {"minsta", HEADER_MINIMUM, "Swedish"},
    {"mindste", HEADER_MINIMUM, "Danish"},
    {"vähim*", HEADER_MINIMUM, "Finnish"},
    {"minimaln*", HEADER_MINIMUM, "Polish"},
    {"минимал*", HEADER_MINIMUM, "Russian"},
    {"минимум", HEADER_MINIMUM, "Russian"},
    {"最低", HEADER_MINIMUM, "Japanese or Chinese"},
    {"最小", HEADER_MINIMUM, "Japanese or Chinese"},
    {"viktig*", HEADER_IMPORTANCE, "Norwegian or Swedish"},
    {"vigtig*", HEADER_IMPORTANCE, "Danish"},
    {"tärke*", HEADER_IMPORTANCE, "Finnish"},
    {"ważno*", HEADER_IMPORTANCE, "Polish"},
    {"istotno*", HEADER_IMPORTANCE, "Polish"},
    {"важност*", HEADER_IMPORTANCE, "Russian"},
    {"значимост*", HEADER_IMPORTANCE, "Russian"},
    {"重要", HEADER_IMPORTANCE, "Japanese or Chinese"},
    {"중요", HEADER_IMPORTANCE, "Korean"},
    {"respondentnr", HEADER_RESPONDENT, "Norwegian"},
    {"who", HEADER_RESPONDENT, "English"},
    {"gjest", HEADER_RESPONDENT, "Norwegian"},
    {"svarperson", HEADER_RESPONDENT, "Danish"},
    {"vastaaja*", HEADER_RESPONDENT, "Finnish"},
    {"респондент*", HEADER_RESPONDENT, "Russian"},
    {"回答者", HEADER_RESPONDENT, "Japanese"},
    {"受访者", HEADER_RESPONDENT, "Chinese"},
    {"受訪者", HEADER_RESPONDENT, "Chinese"},
    {"编号", HEADER_RESPONDENT, "Chinese"},
    {"編號", HEADER_RESPONDENT, "Chinese"},
    {"응답자", HEADER_RESPONDENT, "Korean"},
    {"vekt", HEADER_WEIGHT, "Norwegian"},
    {"vægt", HEADER_WEIGHT, "Danish"},
    {"vikt", HEADER_WEIGHT, "Swedish"},
    {"paino", HEADER_WEIGHT, "Finnish"},
    {"painokerroin", HEADER_WEIGHT, "Finnish"},
    {"waga", HEADER_WEIGHT, "Polish"},
    {"вес", HEADER_WEIGHT, "Russian"},
    {"重み", HEADER_WEIGHT, "Japanese"},
    {"ウェイト", HEADER_WEIGHT, "Japanese"},
    {"权重", HEADER_WEIGHT, "Chinese"},
    {"權重", HEADER_WEIGHT, "Chinese"},
    {"가중치", HEADER_WEIGHT, "Korean"},
    {"spørsmål", HEADER_ITEM, "Norwegian"},
    {"spørgsmål", HEADER_ITEM, "Danish"},
    {"fråga", HEADER_ITEM, "Swedish"},
    {"kysymys", HEADER_ITEM, "Finnish"},
    {"pytanie", HEADER_ITEM, "Polish"},
    {"вопрос", HEADER_ITEM, "Russian"},
    {"質問", HEADER_ITEM, "Japanese"},
    {"题目", HEADER_ITEM, "Chinese"},
    {"문항", HEADER_ITEM, "Korean"},
    {"value", HEADER_VALUE, "English"},
    {"score", HEADER_VALUE, "English"},
    {"answer", HEADER_VALUE, "English"},
    {"rating", HEADER_VALUE, "English"},
    {"response", HEADER_VALUE, "English"},
    {"nilai", HEADER_VALUE, "Indonesian"},
    {"skor", HEADER_VALUE, "Indonesian"},
    {"wert", HEADER_VALUE, "German"},
    {"antwort", HEADER_VALUE, "German"},
    {"svar", HEADER_VALUE, "Norwegian, Danish or Swedish"},
    {"verdi", HEADER_VALUE, "Norwegian"},
    {"värde", HEADER_VALUE, "Swedish"},
    {"arvo", HEADER_VALUE, "Finnish"},
    {"ocena", HEADER_VALUE, "Polish"},
    {"оценка", HEADER_VALUE, "Russian"},
    {"ответ", HEADER_VALUE, "Russian"},
    {"得分", HEADER_VALUE, "Chinese"},
    {"分数", HEADER_VALUE, "Chinese"},
    {"点数", HEADER_VALUE, "Japanese"},
    {"visit", HEADER_ENCOUNTER, "English"},
    {"encounter", HEADER_ENCOUNTER, "English"},
    {"booking", HEADER_ENCOUNTER, "English"},
    {"besøk", HEADER_ENCOUNTER, "Norwegian"},
    {"besøg", HEADER_ENCOUNTER, "Danish"},
    {"besök", HEADER_ENCOUNTER, "Swedish"},
    {"besuch", HEADER_ENCOUNTER, "German"},
    {"kunjungan", HEADER_ENCOUNTER, "Indonesian"},
    {"visite", HEADER_ENCOUNTER, "French"},
    {"visita", HEADER_ENCOUNTER, "Spanish"},
    {"satisfaction", HEADER_SATISFACTION, "English"},
    {"satisfied", HEADER_SATISFACTION, "English"},
    {"csat", HEADER_SATISFACTION, "English"},
    {"kepuasan", HEADER_SATISFACTION, "Indonesian"},
    {"zufriedenheit", HEADER_SATISFACTION, "German"},
    {"zufrieden", HEADER_SATISFACTION, "German"},
    {"satisfait", HEADER_SATISFACTION, "French"},
    {"satisfacción", HEADER_SATISFACTION, "Spanish"},
    {"satisfaccion", HEADER_SATISFACTION, "Spanish"},
    {"satisfação", HEADER_SATISFACTION, "Portuguese"},
    {"soddisfazione", HEADER_SATISFACTION, "Italian"},
    {"tevredenheid", HEADER_SATISFACTION, "Dutch"},
    {"memnuniyet*", HEADER_SATISFACTION, "Turkish"},
    {"tilfreds*", HEADER_SATISFACTION, "Norwegian or Danish"},
    {"fornøyd*", HEADER_SATISFACTION, "Norwegian"},
    {"nöjd*", HEADER_SATISFACTION, "Swedish"},
    {"tyytyväi*", HEADER_SATISFACTION, "Finnish"},
    {"zadowoleni*", HEADER_SATISFACTION, "Polish"},
    {"satysfakcj*", HEADER_SATISFACTION, "Polish"},
    {"удовлетвор*", HEADER_SATISFACTION, "Russian"},
    {"満足", HEADER_SATISFACTION, "Japanese"},
    {"满意", HEADER_SATISFACTION, "Chinese"},
    {"滿意", HEADER_SATISFACTION, "Chinese"},
    {"만족", HEADER_SATISFACTION, "Korean"},
    {"recommend", HEADER_RECOMMEND, "English"},
    {"recommendation", HEADER_RECOMMEND, "English"},
    {"nps", HEADER_RECOMMEND, ""},
    {"rekomendasi", HEADER_RECOMMEND, "Indonesian"},
    {"merekomendasikan", HEADER_RECOMMEND, "Indonesian"},
    {"weiterempfehl*", HEADER_RECOMMEND, "German"},
    {"empfehl*", HEADER_RECOMMEND, "German"},
    {"recommand*", HEADER_RECOMMEND, "French"},
    {"recomend*", HEADER_RECOMMEND, "Spanish or Portuguese"},
    {"consiglier*", HEADER_RECOMMEND, "Italian"},
    {"aanbevel*", HEADER_RECOMMEND, "Dutch"},
    {"tavsiye", HEADER_RECOMMEND, "Turkish"},
    {"anbefal*", HEADER_RECOMMEND, "Norwegian or Danish"},
    {"rekommend*", HEADER_RECOMMEND, "Swedish"},
    {"suositt*", HEADER_RECOMMEND, "Finnish"},
    {"suosittel*", HEADER_RECOMMEND, "Finnish"},
    {"polec*", HEADER_RECOMMEND, "Polish"},
    {"рекоменд*", HEADER_RECOMMEND, "Russian"},
    {"推奨", HEADER_RECOMMEND, "Japanese"},
    {"推荐", HEADER_RECOMMEND, "Chinese"},
    {"推薦", HEADER_RECOMMEND, "Chinese"},
    {"추천", HEADER_RECOMMEND, "Korean"},
    {"loyal", HEADER_LOYALTY, "English"},
    {"loyalty", HEADER_LOYALTY, "English"},
    {"loyalitas", HEADER_LOYALTY, "Indonesian"},
    {"loyalität", HEADER_LOYALTY, "German"},
    {"fidélité", HEADER_LOYALTY, "French"},
    {"lealtad", HEADER_LOYALTY, "Spanish"},
    {"lojalitet", HEADER_LOYALTY, "Norwegian or Swedish"},
    {"loyalitet", HEADER_LOYALTY, "Danish"},
    {"lojalność", HEADER_LOYALTY, "Polish"},
    {"лояльност*", HEADER_LOYALTY, "Russian"},
    {"忠诚", HEADER_LOYALTY, "Chinese"},
    {"忠誠", HEADER_LOYALTY, "Chinese"},
    {"충성", HEADER_LOYALTY, "Korean"},
};

/* Only beside a number: "e1", "Q3_P". */
static const struct header_word header_letters[] = {
    {"e", HEADER_EXPECTATION, ""}, {"h", HEADER_EXPECTATION, "Indonesian"},
    {"p", HEADER_PERCEPTION, ""},  {"d", HEADER_DESIRED, ""},
    {"m", HEADER_MINIMUM, ""},     {"min", HEADER_MINIMUM, ""},
    {"i", HEADER_IMPORTANCE, ""},  {"k", HEADER_PERCEPTION, "Indonesian"},
};

/* The small letter of a Latin or Cyrillic capital: what the words above need. */
static unsigned small_letter(unsigned code)
{
    bool latin = (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE);
    bool cyrillic = code >= 0x410 && code <= 0x42F;
    bool paired = code >= 0x100 && code <= 0x137 && code % 2 == 0;
    return latin || cyrillic ? code + 0x20 : paired ? code + 1 : code;
}

/* Bytes of `text` that the word matches at its beginning; 0 when it does not. */
static size_t beginning_matches(struct span text, struct span word)
{
    size_t at = 0, read = 0;
    while (read < word.length) {
        unsigned one = 0, other = 0;
        if (at >= text.length)
            return 0;
        size_t bytes = text_utf8_decode((struct span){text.at + at, text.length - at}, &one);
        size_t word_bytes = text_utf8_decode((struct span){word.at + read, word.length - read}, &other);
        if (!bytes || !word_bytes || small_letter(one) != small_letter(other))
            return 0;
        at += bytes;
        read += word_bytes;
    }
    return at;
}

static bool is_written_without_blanks(const char *word)
{
    unsigned code = 0;
    (void)text_utf8_decode(span_of(word), &code);
    return code >= 0x3000 && code <= 0xD7FF;
}

/* Where the word of the table stands in a run of letters. */
static bool word_found(struct span run, const char *entry, struct span *found)
{
    struct span word = span_of(entry);
    bool beginning = word.at[word.length - 1] == '*';
    bool inside = is_written_without_blanks(entry);
    word.length -= beginning;
    for (size_t from = 0; from < run.length && (from == 0 || inside); from++) {
        size_t bytes = beginning_matches((struct span){run.at + from, run.length - from}, word);
        if (!bytes || !(inside || beginning || bytes == run.length))
            continue;
        *found = (struct span){run.at + from, inside ? bytes : run.length};
        return true;
    }
    return false;
}

bool header_is_outcome(enum header_meaning meaning)
{
    return meaning == HEADER_SATISFACTION || meaning == HEADER_RECOMMEND || meaning == HEADER_LOYALTY;
}

enum header_meaning header_word_meaning(struct span run, struct span *found, const char **language)
{
    for (size_t i = 0; i < sizeof header_words / sizeof *header_words; i++) {
        if (word_found(run, header_words[i].word, found)) {
            *language = header_words[i].language;
            return header_words[i].meaning;
        }
    }
    *language = "";
    return HEADER_NOTHING;
}

enum header_meaning header_letter_meaning(struct span letters, const char **language)
{
    for (size_t i = 0; i < sizeof header_letters / sizeof *header_letters; i++) {
        if (span_equal_caseless(letters, span_of(header_letters[i].word))) {
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
