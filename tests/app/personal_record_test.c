/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Export of one person's data": what is shown and exported of somebody, and that both say the same of an encounter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/live_stage.h"

#define HOUR INT64_C(3600000)

static json_t *record(struct live_stage *stage, const char *operation)
{
    json_t *out = NULL;
    assert_ok(&stage->job, live_stage_ask(stage, operation, "{\"respondent\": \"C-1\"}", &out));
    return out;
}

static void says(const json_t *value, const char *name, const char *text)
{
    const char *said = json_string_value(json_object_get(value, name));
    assert_non_null(said);
    assert_string_equal(said, text);
}

/* What both operations say: the contact, and of the one encounter its arm, attributes and times. */
static const json_t *assert_person(const json_t *value)
{
    const json_t *list = json_object_get(value, "encounters"), *encounter = json_array_get(list, 0);
    says(value, "name", "Ada Berg");
    says(value, "email", "ada@example.org");
    says(value, "reference", "C-1");
    assert_true(json_is_null(json_object_get(value, "phone")));
    assert_int_equal(json_array_size(list), 1);
    assert_int_equal(strlen(json_string_value(json_object_get(encounter, "encounter"))), 36);
    says(encounter, "arm", "both");
    says(json_object_get(encounter, "attributes"), "branch", "Oslo");
    says(encounter, "created", "2026-12-01T12:00:00.000Z");
    says(encounter, "planned", "2026-12-01T13:00:00.000Z");
    says(encounter, "began", "2026-12-01T14:00:00.000Z");
    says(encounter, "ended", "2026-12-01T14:00:00.000Z");
    return encounter;
}

static void test_both_records(void **state)
{
    (void)state;
    struct live_stage stage;
    const struct invitation_request ada = {.contact = {.name = "Ada Berg", .email = "ada@example.org", .reference = "C-1"},
                                           .attributes = "{\"branch\": \"Oslo\"}",
                                           .planned_ms = LIVE_NOON + HOUR};
    live_stage_begin(&stage, "{\"invitation_days\": 1, \"opens\": [\"customer\"]}");
    struct invitation made = live_stage_invite(&stage, &ada);
    (void)live_stage_invite(&stage, &(struct invitation_request){.contact = {.name = "Bo"}});
    live_stage_answer_token(&stage, made.expectation, "expectation.q1=5&expectation.q2=na");
    live_stage_clock(LIVE_NOON + 2 * HOUR);
    assert_int_equal(live_stage_visit_over(&stage, made.perception).state, TICKET_OPEN);
    json_t *shown = record(&stage, "respondent_show"), *exported = record(&stage, "respondent_export");
    const json_t *encounter = assert_person(shown), *links = json_object_get(encounter, "links");
    assert_int_equal(json_array_size(links), 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *link = json_array_get(links, i);
        bool first = strcmp(json_string_value(json_object_get(link, "wave")), "expectation") == 0;
        says(link, "state", first ? "answered" : "open");
    }
    const json_t *answered = json_array_get(json_object_get(encounter, "answered"), 0);
    says(answered, "phase", "before");
    says(answered, "received", "2026-12-01T12:00:00.000Z");
    assert_null(json_object_get(answered, "answers"));
    assert_null(json_object_get(encounter, "forms"));
    encounter = assert_person(exported);
    const json_t *forms = json_object_get(encounter, "forms");
    assert_int_equal(json_array_size(forms), 1);
    const json_t *answers = json_object_get(json_array_get(forms, 0), "answers");
    assert_int_equal(json_integer_value(json_object_get(answers, "expectation.q1")), 5);
    says(answers, "expectation.q2", "na");
    assert_null(json_object_get(encounter, "links"));
    json_decref(shown);
    json_decref(exported);
    /* The states of a link that is not answered. */
    static const struct {
        int64_t at_ms;
        const char *state;
    } moments[] = {{LIVE_NOON + 26 * HOUR - 1, "open"}, {LIVE_NOON + 26 * HOUR, "expired"}};
    for (size_t i = 0; i < 2; i++) {
        live_stage_clock(moments[i].at_ms);
        shown = record(&stage, "respondent_show");
        size_t found = 0;
        links = json_object_get(json_array_get(json_object_get(shown, "encounters"), 0), "links");
        for (size_t k = 0; k < json_array_size(links); k++)
            found += strcmp(json_string_value(json_object_get(json_array_get(links, k), "state")), moments[i].state) == 0;
        assert_int_equal(found, 1);
        json_decref(shown);
    }
    live_stage_end(&stage);
}

/* Nobody, and a text that two share. */
static void test_names(void **state)
{
    static const char *const operations[] = {"respondent_show", "respondent_export"};
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    for (unsigned i = 0; i < 2; i++)
        (void)live_stage_invite(&stage, &(struct invitation_request){.contact = {.email = "shared@example.org"}});
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(live_stage_ask(&stage, operations[i], "{\"respondent\": \"C-1\"}", NULL), STATUS_NO_INPUT);
        assert_string_equal(stage.job.ctx.error.sentence, "There is no such respondent in this study.");
        assert_int_equal(live_stage_ask(&stage, operations[i], "{\"respondent\": \"shared@example.org\"}", NULL), STATUS_INVALID);
        assert_non_null(strstr(stage.job.ctx.error.sentence, "2 respondents share that text; give the id of one: "));
    }
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_both_records), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
