/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of csv files drives the tests and seeds the fuzz corpus (fuzz/corpus/csv/NAME is the study's number and the bytes;
 * csv_test writes the corpus anew when GAPMETER_WRITE_CORPUS is set). */
#ifndef GAPMETER_TESTS_CSV_CASES_H
#define GAPMETER_TESTS_CSV_CASES_H

#include <stddef.h>

#include "support/csv_studies.h"

struct csv_case {
    const char *name;
    enum csv_study study;
    const char *bytes;
    size_t length;
    const char *answers;  /* as answers_dump, or NULL */
    const char *problems; /* as problems_dump, or NULL */
    const char *sentence; /* a part of the sentence of ctx->error or of a note, or NULL */
};

/* A file that is read: its answers. A file with problems. A file that is refused. */
#define READ(name, study, bytes, answers)                                                                                        \
    {                                                                                                                            \
        name, CSV_STUDY_##study, bytes, sizeof(bytes) - 1, answers, NULL, NULL                                                   \
    }
#define NOTED(name, study, bytes, answers, note)                                                                                 \
    {                                                                                                                            \
        name, CSV_STUDY_##study, bytes, sizeof(bytes) - 1, answers, NULL, note                                                   \
    }
#define WRONG(name, study, bytes, problems)                                                                                      \
    {                                                                                                                            \
        name, CSV_STUDY_##study, bytes, sizeof(bytes) - 1, NULL, problems, NULL                                                  \
    }
#define REFUSED(name, study, bytes, sentence)                                                                                    \
    {                                                                                                                            \
        name, CSV_STUDY_##study, bytes, sizeof(bytes) - 1, NULL, NULL, sentence                                                  \
    }

#define H    "h1,h2,p1,p2\n"
#define H2   "h1,h2,p1,p2,date\n"
#define J    "case,what,at,no,r,branch,sat\n"
#define R    "comfort,overall,eur\n"
#define FULL "id,h1,h2,p1,p2,w,shop,branch,sex,sat,eur,i1,i2\n"

static const struct csv_case csv_cases[] = {
    READ("plain", PLAIN, H "1,2,3,4\n5,4,3,2\n", "1 2 3 4 / 5 4 3 2"),
    READ("no_last_line_end", PLAIN, H "1,2,3,4\n5,4,3,2", "1 2 3 4 / 5 4 3 2"),
    READ("crlf", PLAIN, "h1,h2,p1,p2\r\n1,2,3,4\r\n5,4,3,2\r\n", "1 2 3 4 / 5 4 3 2"),
    READ("cr_only", PLAIN, "h1,h2,p1,p2\r1,2,3,4\r5,4,3,2\r", "1 2 3 4 / 5 4 3 2"),
    READ("semicolons", PLAIN, "h1;h2;p1;p2\n1;2;3;4\n5;4;3;2\n", "1 2 3 4 / 5 4 3 2"),
    READ("tabs", PLAIN, "h1\th2\tp1\tp2\n1\t2\t3\t4\n", "1 2 3 4"),
    READ("bars", PLAIN, "h1|h2|p1|p2\n1|2|3|4\n", "1 2 3 4"),
    READ("commas_in_quotes_with_semicolons", PLAIN, "\"a,b,c,d,e\";h1;h2;p1;p2\n\"1,2,3\";1;2;3;4\n\"1,2,3\";5;4;3;2\n",
         "1 2 3 4 / 5 4 3 2"),
    READ("sep_line", PLAIN, "sep=|\nh1|h2|p1|p2|a,b,c,d\n1|2|3|4|x\n", "1 2 3 4"),
    READ("sep_line_crlf", PLAIN, "sep=;\r\nh1;h2;p1;p2\r\n1;2;3;4\r\n", "1 2 3 4"),
    READ("byte_order_mark", PLAIN, "\xEF\xBB\xBFh1,h2,p1,p2\n1,2,3,4\n", "1 2 3 4"),
    READ("quoted_everything", PLAIN, "\"h1\",\"h2\",\"p1\",\"p2\"\n\"1\",\"2\",\"3\",\"4\"\n", "1 2 3 4"),
    READ("quoted_newline", PLAIN, "why,h1,h2,p1,p2\n\"one\ntwo, \"\"three\"\"\r\n\",1,2,3,4\n,5,4,3,2\n", "1 2 3 4 / 5 4 3 2"),
    READ("spaces_around", PLAIN, " h1 , h2,p1 ,p2\n 1 ,2 , 3,\t4\n", "1 2 3 4"),
    READ("labels", PLAIN, H "Disagree,agree,5 – Agree,\"1: Disagree\"\n", "1 5 5 1"),
    READ("other_columns", PLAIN, "x,p2,h2,y,h1,p1\n?,4,2,\"\",1,3\n", "1 2 3 4"),
    READ("missing_codes", PLAIN, H "NA,-99,9,\n\"NA\",-99.0,9.00, \n", ". n d . / . n d ."),
    READ("numbers_written_otherwise", PLAIN, H "1.0,02,+3,\"4\"\n", "1 2 3 4"),
    READ("blank_lines", PLAIN, "\n" H "\n1,2,3,4\n\n  \n5,4,3,2\n\n", "1 2 3 4 / 5 4 3 2"),
    NOTED("rows_of_delimiters", PLAIN, H "1,2,3,4\n,,,\n,,,\n", "1 2 3 4", "2 empty rows of"),
    READ("ctrl_z", PLAIN, H "1,2,3,4\n\x1A", "1 2 3 4"),
    READ("a_quote_within_a_cell", PLAIN, "why,h1,h2,p1,p2\n5\" pipe,1,2,3,4\n", "1 2 3 4"),
    READ("space_after_quote", PLAIN, H "\"1\" ,\"2\"  ,3,\"4\" \n", "1 2 3 4"),
    READ("empty_quotes", PLAIN, H "\"\",\"2\",\"\",4\n", ". 2 . 4"),
    NOTED("windows_1252", PLAIN, "caf\xE9,h1,h2,p1,p2\nna\xEFve \x80,1,2,3,4\n", "1 2 3 4", "windows-1252"),
    NOTED("cp949", PLAIN, "\xBF\xC0\xBC\xAD\xBF\xEF,h1,h2,p1,p2\n\xB0\xA8\xBB\xE7\xC7\xD5\xB4\xCF\xB4\xD9,1,2,3,4\n", "1 2 3 4",
          "CP949"),
    NOTED("utf16le", PLAIN,
          "\xFF\xFEh\0"
          "1\0,\0h\0"
          "2\0,\0p\0"
          "1\0,\0p\0"
          "2\0\n\0"
          "1\0,\0"
          "2\0,\0"
          "3\0,\0"
          "4\0\n\0",
          "1 2 3 4", "UTF-16"),
    NOTED("utf16be", PLAIN,
          "\xFE\xFF\0h\0"
          "1\0,\0h\0"
          "2\0,\0p\0"
          "1\0,\0p\0"
          "2\0\n\0"
          "1\0,\0"
          "2\0,\0"
          "3\0,\0"
          "4\0\n",
          "1 2 3 4", "UTF-16"),
    READ("full", FULL,
         FULL "a,1,2,3,4,1.5,s1,Oslo,f,7,12.345,60,40\nb,5,,,1,.25,s2,Bergen,,NA,,33.5,\nc,1,1,1,1,1,s1,Oslo,m,0,-3,9,-99\n",
         "1 2 3 4 @0 c0 w1.5 Oslo f o8 o1234 i60 i40 / 5 . . 1 @1 c1 w0.25 Bergen - o. o. i33.5 i. / "
         "1 1 1 1 @2 c0 w1 Oslo m o1 o-300 i. i."),
    READ("decimal_comma", FULL, "id;h1;h2;p1;p2;w;shop;branch;sex;sat;eur;i1;i2\na;1;2;3;4;1,5;s;x;f;7;12,34;60,25;40\n",
         "1 2 3 4 @0 c0 w1.5 x f o8 o1234 i60.25 i40"),
    READ("visits", VISITS, "id,visit,h1,h2,p1,p2\na,1,1,2,3,4\na,2,5,4,3,2\nb,1,1,1,1,1\n",
         "1 2 3 4 @0 / 5 4 3 2 @0 / 1 1 1 1 @1"),
    READ("visits_that_look_alike", VISITS,
         "id,visit,h1,h2,p1,p2\na,bc,1,2,3,4\nab,c,5,4,3,2\n\"a,b\",c,1,1,1,1\na,\"b,c\",2,2,2,2\n",
         "1 2 3 4 @0 / 5 4 3 2 @1 / 1 1 1 1 @2 / 2 2 2 2 @0"),
    READ("long", LONG, "id,item,what,value,branch\na,q1,E,1,x\na,q2,E,2,x\na,1,P,3,\na,2,P,4,x\nb,q2,P,5,y\n",
         "1 2 3 4 @0 x / . . . 5 @1 y"),
    READ("long_same_answer_twice", LONG, "id,item,what,value,branch\na,q1,E,1,\na,q1,E,1,x\na,q1,E,,\n", "1 . . . @0 x"),
    READ("long_missing_then_answered", LONG, "id,item,what,value,branch\na,q1,E,9,\na,q2,E,9,\na,q1,E,4,\n", "4 d . . @0 -"),
    READ("long_columns", LONG_COLUMNS, "id,visit,item,h,p,w\na,1,q1,1,3,2\na,1,q2,2,4,2\na,2,q2,5,,0.5\n",
         "1 2 3 4 @0 w2 / . 5 . . @0 w0.5"),
    WRONG("out_of_range", PLAIN, H "1,2,3,4\n1,8,3,4\n", "OUT_OF_RANGE 3 h2 8"),
    WRONG("between_two_points", PLAIN, H "2.5,2,3,4\n", "OUT_OF_RANGE 2 h1 2.5"),
    WRONG("text_in_an_item", PLAIN, H "1,2,often,4\n", "NOT_A_NUMBER 2 p1 often"),
    WRONG("wrong_label", PLAIN, H "1,2,1 – Agree,4\n", "NOT_A_NUMBER 2 p1 1 – Agree"),
    READ("empty_last_cell", PLAIN, H "1,2,3,", "1 2 3 ."),
    READ("a_line_end_in_quotes", PLAIN, H "\"\n\",2,3,\"\r\"\n", ". 2 3 ."),
    WRONG("a_delimiter_in_quotes", PLAIN, H "\",\",2,3,\";\"\n", "NOT_A_NUMBER 2 h1 , / NOT_A_NUMBER 2 p2 ;"),
    WRONG("other_delimiter_in_a_cell", PLAIN, H ";,2,|,4\n", "NOT_A_NUMBER 2 h1 ; / NOT_A_NUMBER 2 p1 |"),
    WRONG("one_high_byte", PLAIN, H "\xC3,2,3,4\n", "NOT_A_NUMBER 2 h1 \xC3\x83"),
    WRONG("two_problems", PLAIN, H "0,2,3,6\n", "OUT_OF_RANGE 2 h1 0 / OUT_OF_RANGE 2 p2 6"),
    WRONG("ragged_short", PLAIN, H "1,2,3\n1,2,3,4\n", "RAGGED 2 p2"),
    WRONG("ragged_long", PLAIN, H "1,2,3,4,\n1,2,3,4\n", "RAGGED 2 5"),
    WRONG("unclosed_quote", PLAIN, H "1,2,3,4\n1,\"2,3,4\n1,2,3,4\n", "QUOTE 3 h2"),
    WRONG("text_after_a_quote", PLAIN, H "1,2,3,4\n1,\"2\"x,3,4\n", "QUOTE 3 h2"),
    WRONG("text_after_an_unread_quote", PLAIN, "why," H "\"a\"b,1,2,3,4\n", "QUOTE 2 why"),
    WRONG("nul_byte", PLAIN, H "1,2,3,4\n1,2\0,3,4\n1,2,3,4\n1,2,3,4\n", "ENCODING 3 h2 2\\x00"),
    WRONG("rows_count_lines", PLAIN, "why,h1,h2,p1,p2\n\"a\nb\r\nc\rd\",1,2,3,4\n\n,7,2,3,4\n", "OUT_OF_RANGE 7 h1 7"),
    WRONG("not_utf8", VISITS,
          "id,visit,h1,h2,p1,p2\n\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9,\xFF,1,2,3,4\n",
          "ENCODING 2 visit \\xFF"),
    WRONG("respondent_twice", FULL,
          FULL "a,1,2,3,4,1,s,x,f,7,1,60,40\nb,1,2,3,4,1,s,x,f,7,1,60,40\n a ,1,2,3,4,1,s,x,f,7,1,60,40\n", "DUPLICATE 4 id"),
    WRONG("encounter_twice", VISITS, "id,visit,h1,h2,p1,p2\na,1,1,2,3,4\na,1,5,4,3,2\n", "DUPLICATE 3 visit"),
    WRONG("no_key", VISITS, "id,visit,h1,h2,p1,p2\n,1,1,2,3,4\na,,5,4,3,2\n", "NO_KEY 2 id / NO_KEY 3 visit"),
    WRONG("weights", FULL,
          FULL "a,1,2,3,4,0,s,x,f,7,1,60,40\nb,1,2,3,4,-1,s,x,f,7,1,60,40\nc,1,2,3,4,4194304,s,x,f,7,1,60,40\n"
               "d,1,2,3,4,,s,x,f,7,1,60,40\ne,1,2,3,4,much,s,x,f,7,1,60,40\nf,1,2,3,4,4194303.9,s,x,f,7,1,60,40\n",
          "WEIGHT 2 w 0 / WEIGHT 3 w -1 / WEIGHT 4 w 4194304 / WEIGHT 5 w / WEIGHT 6 w much"),
    WRONG("outcomes", FULL, FULL "a,1,2,3,4,1,s,x,f,11,1,60,40\nb,1,2,3,4,1,,x,f,7,lots,-1,40\n",
          "OUT_OF_RANGE 2 sat 11 / NO_KEY 3 shop / NOT_A_NUMBER 3 eur lots / OUT_OF_RANGE 3 i1 -1"),
    WRONG("long_unknown", LONG, "id,item,what,value,branch\na,q3,E,1,\na,3,E,1,\na,q1,X,1,\n",
          "UNKNOWN_ITEM 2 item q3 / UNKNOWN_ITEM 3 item 3 / UNKNOWN_ITEM 4 what X"),
    WRONG("long_differs", LONG, "id,item,what,value,branch\na,q1,E,1,x\na,q1,E,2,x\na,q1,P,2,y\n",
          "REPEATED_ANSWER 3 value 2 / REPEATED_ANSWER 4 branch y"),
    WRONG("long_weight_differs", LONG_COLUMNS, "id,visit,item,h,p,w\na,1,q1,1,3,2\na,1,q2,2,4,3\n", "REPEATED_ANSWER 3 w 3"),
    READ(
        "kano", KANO,
        "p1,p2,with,without\n1,2,like,5\n1,2,Must-Be,I dislike it that way\n1,2,3,live-with\n1,2,neutral,4 – live-with\n1,2,,9\n",
        "1 2 1 5 / 1 2 2 5 / 1 2 3 4 / 1 2 3 4 / 1 2 . d"),
    WRONG("kano_outside", KANO, "p1,p2,with,without\n1,2,6,0\n1,2,liked,Agree\n",
          "OUT_OF_RANGE 2 with 6 / OUT_OF_RANGE 2 without 0 / NOT_A_NUMBER 3 with liked / NOT_A_NUMBER 3 without Agree"),
    READ("dates", DATES,
         H2 "1,2,3,4,2024-03-09\n1,2,3,4,2024-03-31T23:59:59Z\n1,2,3,4,\"2023-12-31 10:00\"\n1,2,3,4,NA\n1,2,3,4,2024-03-09\n",
         "1 2 3 4 2024-03 / 1 2 3 4 2024-03 / 1 2 3 4 2023-12 / 1 2 3 4 - / 1 2 3 4 2024-03"),
    WRONG("dates_wrong", DATES, H2 "1,2,3,4,2024-02-30\n1,2,3,4,9.3.2024\n1,2,3,4,March\n1,2,3,4,2024-02-30\n",
          "DATE 2 date 2024-02-30 / DATE 3 date 9.3.2024 / DATE 4 date March / DATE 5 date 2024-02-30"),
    READ("weeks", WEEKS, "id,item,h,p,date\na,q1,1,3,1.1.2023\na,q2,2,4,31.12.2022\nb,q1,5,5,2.1.2023 9:30\n",
         "1 2 3 4 @0 2022-W52 / 5 . 5 . @1 2023-W01"),
    WRONG("weeks_differ", WEEKS, "id,item,h,p,date\na,q1,1,3,1.1.2023\na,q2,2,4,2.1.2023\n", "REPEATED_ANSWER 3 date 2.1.2023"),
    NOTED("journey", JOURNEY,
          J "b,pay,2024-03-09,2,5,,7\na,enter,2024-03-09 10:00,1,Disagree,north,\nb,enter,2024-03-09,1,,west,\n"
            "a,pay,2024-03-08,9,NA,north,3\na,enter,2024-03-09 10:00,0,7,,3\n",
          " @0 west o8 | enter 1709942400000 1 . | pay 1709942400000 2 5 /  @1 north o4 | pay 1709856000000 9 . | enter "
          "1709978400000 0 7 | enter 1709978400000 1 1",
          "2 journeys with 5 moments at 2 touchpoints."),
    WRONG("journey_wrong", JOURNEY,
          J "a,,2024-03-09,1,5,,\na,pay,,2,5,,\na,pay,9.3.2024,2,5,,\na,pay,2024-03-09,x,8,,\na,pay,2024-03-09,1.5,5,,\n"
            ",pay,2024-03-09,1,5,,\na,pay,2024-03-09,-1,5,,\na,pay,2024-03-09,4294967296,5,,\na,pay,2024-03-09,,5,,\n",
          "NO_KEY 2 what / DATE 3 at / DATE 4 at 9.3.2024 / ORDER 5 no x / OUT_OF_RANGE 5 r 8 / ORDER 6 no 1.5 / NO_KEY 7 case / "
          "ORDER 8 no -1 / ORDER 9 no 4294967296 / ORDER 10 no"),
    WRONG("journey_differs", JOURNEY,
          J "a,pay,2024-03-09,1,5,north,3\na,pay,2024-03-09,2,5,west,3\nb,pay,2024-03-09,3,5,west,\na,pay,2024-03-09,3,5,,4\n",
          "REPEATED_ANSWER 3 branch west / REPEATED_ANSWER 5 sat 4"),
    NOTED(
        "journey_ties", LOG,
        "case,visit,what,at\na,1,y,2024-03-09\na,2,x,2024-03-09\na,1,x,2024-03-09\na,1,x,2024-03-09\na,1,z,2024-03-09T00:00Z\n",
        " @0 | y 1709942400000 0 . | x 1709942400000 0 . | x 1709942400000 0 . | z 1709942400000 0 . /  @0 | x 1709942400000 0 .",
        "2 moments are at the same time as the one before in the journey; such moments stand in the order of the file, and a "
        "column named as order would tell which came first."),
    REFUSED("journey_no_column", LOG, "case,visit,at\na,1,2024-03-09\n",
            "a column that is not there in cases.csv: what. It has: case, visit, at"),
    READ("own_missing", RATED, R "0,0,0\n0.0,10,-1\n5,,-1.0\n\"0\",1,-1.5\n",
         " o. o1 o0 /  o. o11 o. /  o5 o. o. /  o. o2 o-150"),
    WRONG("own_missing_of_others", RATED, R "5,11,x\n6,-1,2\n",
          "OUT_OF_RANGE 2 overall 11 / NOT_A_NUMBER 2 eur x / OUT_OF_RANGE 3 comfort 6 / OUT_OF_RANGE 3 overall -1"),
    READ("strata", DESIGN,
         "id,item,h,p,w,shop,area\na,q1,1,2,1,s1,west\nb,q1,3,4,2,s2,east\na,q2,5,4,1,s1,west\nc,q2,3,2,1,s1,east\n",
         "1 5 2 4 @0 c0 s0 w1 / 3 . 4 . @1 c1 s1 w2 / . 3 . 2 @2 c0 s1 w1"),
    WRONG("no_stratum", DESIGN, "id,item,h,p,w,shop,area\na,q1,1,2,1,s1,\nb,q1,1,2,1,,west\n", "NO_KEY 2 area / NO_KEY 3 shop"),
    WRONG("stratum_differs", DESIGN, "id,item,h,p,w,shop,area\na,q1,1,2,1,s1,west\na,q2,1,2,1,s1,east\n",
          "REPEATED_ANSWER 3 area east"),
    REFUSED("no_strata_column", DESIGN, "id,item,h,p,w,shop\na,q1,1,2,1,s1\n", "a column that is not there in cases.csv: area"),
    REFUSED("empty", PLAIN, "", "is empty"),
    REFUSED("only_a_mark", PLAIN, "\xEF\xBB\xBF", "is empty"),
    REFUSED("only_blank_lines", PLAIN, "\n\r\n \n", "is empty"),
    REFUSED("header_only", PLAIN, H, "no rows"),
    REFUSED("no_such_column", PLAIN, "h1,H 2,p1\n1,2,3\n",
            "columns that are not there in cases.csv: h2 (is it \"H 2\"?), p2. It has: h1, H 2, p1"),
    REFUSED("header_twice", PLAIN, "h1,h2,p1,h1,p2\n1,2,3,4,5\n", "columns 1 and 4"),
    REFUSED("unclosed_header", PLAIN, "h1,\"h2,p1,p2\n1,2,3,4\n", "never closed"),
    REFUSED("excel", PLAIN, "PK\x03\x04\x14\0\x06\0", "Excel"),
    REFUSED("binary", PLAIN, "\0\1\2\3\4\5\6\7", "not a text file"),
    REFUSED("utf16_without_mark", PLAIN,
            "h\0"
            "1\0,\0h\0"
            "2\0\n\0"
            "1\0,\0"
            "2\0\n\0",
            "UTF-16"),
};

#undef H
#undef H2
#undef J
#undef R
#undef FULL

#define CSV_CASE_COUNT (sizeof csv_cases / sizeof *csv_cases)

#endif
