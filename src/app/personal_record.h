/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_PERSONAL_RECORD_H
#define GAPMETER_APP_PERSONAL_RECORD_H

#include "app/operation.h"

/* How operations take the person they are about, and what each of them gives of that person before "encounters". */
#define PERSON_TAKEN_FIELD                                                                                                       \
    {                                                                                                                            \
        "respondent", FIELD_TEXT, true, "The respondent's id, e-mail address or reference.",                                     \
            "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""                                                                           \
    }
#define PERSON_GIVEN_FIELDS                                                                                                      \
    {"respondent", FIELD_TEXT, true, "The id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},                                     \
        {"name", FIELD_TEXT, false, "Contact; null when it is not known.", "\"Ada Berg\""},                                      \
        {"email", FIELD_TEXT, false, "Contact.", "\"ada@example.org\""}, {"phone", FIELD_TEXT, false, "Contact.", "null"},       \
    {                                                                                                                            \
        "reference", FIELD_TEXT, false, "The customer's number in another system.", "\"C-1042\""                                 \
    }

/* Adds to the object of an encounter what one operation says of it beyond what all say. */
typedef enum status encounter_more(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter,
                                   json_t *value);

/* The person whom the call names: the contact, and "encounters", each with its id, arm, attributes and times, and with more.
 * owns    *out  the caller
 * fails   as respondent_named
 * proof   tests/app/personal_record_test.c, tests/cli/live_study_test.sh */
enum status person_value(struct ctx *ctx, const struct operation_call *call, encounter_more *more, json_t **out) MUST_USE;

/* The answers of one submission by field, as they were given: a number on the scale, the words chosen, free text; what was skipped is
 * left out, "na" stands where it did not apply.
 * owns    *out  the caller
 * fails   STATUS_DATA when the submission does not fit the form it was given to */
enum status submission_value(struct ctx *ctx, const struct operation_call *call, const struct submission *submission,
                             json_t **out) MUST_USE;

#endif
