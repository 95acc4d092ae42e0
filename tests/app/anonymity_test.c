/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs where nobody may be known, and which items people are asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/live_stage.h"

#define HOUR INT64_C(3600000)

static const struct invitation_request nobody;

static bool encounter_is_there(struct live_stage *stage, const struct uuid *id)
{
    struct encounter encounter;
    return live_stage_encounter(stage, id, &encounter);
}

/* A draft would hang on the link that somebody was sent: what is sent to be kept is judged as an answer, and nothing is left behind. */
static void test_anonymous_studies_keep_no_drafts(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"identity\": \"anonymous\"}");
    struct invitation made = live_stage_invite(&stage, &nobody);
    const struct submission_request request = {.way = {.token = span_of(made.expectation)}, .draft = true};
    assert_int_equal(live_stage_answer(&stage, &request, "expectation.q1=9").outcome, SUBMISSION_PROBLEMS);
    assert_int_equal(live_stage_ticket(&stage, made.expectation).draft.count, 0);
    assert_int_equal(live_stage_answer(&stage, &request, "expectation.q1=4").outcome, SUBMISSION_STORED);
    live_stage_end(&stage);
}

/* How many ratings a form asks, and which: bit i for the i-th question. */
static unsigned asked_of(const struct form *form, unsigned *which)
{
    unsigned count = 0;
    *which = 0;
    for (uint32_t i = 0; i < form->question_count; i++)
        if (form->questions[i].kind == QUESTION_RATING && form->questions[i].asked) {
            *which |= 1u << form->questions[i].of;
            count++;
        }
    return count;
}

/* "Item sampling by seed": both forms ask the same item, whether the encounter keeps the seed or the form carries it. Of an anonymous
 * invitation the next look draws anew: what was asked does not tell who was asked. */
static void test_sampling(void **state)
{
    static const char *const studies[] = {"{\"items_asked\": 1}", "{\"items_asked\": 1, \"identity\": \"anonymous\"}"};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct live_stage stage;
        unsigned before = 0, after = 0, seen = 0;
        live_stage_begin(&stage, studies[i]);
        struct invitation made = live_stage_invite(&stage, &nobody);
        for (uint64_t seed = 1; seed < 40; seed++) {
            struct ticket ticket = live_stage_ticket_drawn(&stage, made.expectation, seed);
            assert_int_equal(asked_of(ticket.form, &before), 1);
            assert_int_equal(ticket.seed, i ? seed : 0);
            seen |= before;
        }
        assert_int_equal(seen == 3u, i == 1);
        char fields[40];
        (void)snprintf(fields, sizeof fields, "expectation.q%u=4", before == 1u ? 1u : 2u);
        const struct submission_request request = {.way = {.token = span_of(made.expectation), .seed = 39}};
        struct submission_result answered = live_stage_answer(&stage, &request, fields);
        assert_int_equal(answered.outcome, SUBMISSION_STORED);
        const char *second = i ? answered.follow_up : made.perception;
        if (!i)
            assert_int_equal(live_stage_visit_over(&stage, second).state, TICKET_OPEN);
        struct ticket ticket = live_stage_ticket_drawn(&stage, second, 7);
        assert_int_equal(asked_of(ticket.form, &after), 1);
        assert_int_equal(after, before);
        live_stage_end(&stage);
    }
}

/* "Anonymous studies: the link between person and answers is never written": one link is handed out, and the other is given to whoever
 * answered; no time of day is stored. */
static void test_anonymous_invitations(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{\"identity\": \"anonymous\", \"opens\": [\"customer\", \"time\"]}");
    struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = LIVE_NOON + 2 * HOUR});
    assert_true(uuid_is_none(&made.respondent));
    assert_true(secret_well_formed(span_of(made.expectation)));
    assert_true(encounter_is_there(&stage, &made.encounter));
    assert_string_equal(made.perception, "");
    assert_string_equal(made.during, "");
    live_stage_clock(LIVE_NOON + HOUR);
    struct submission_result before = live_stage_answer_token(&stage, made.expectation, "expectation.q1=5");
    assert_int_equal(before.phase, PHASE_BEFORE);
    assert_true(secret_well_formed(span_of(before.follow_up)));
    /* The id of the invitation leads to nothing any more, and the other form goes with the first all the same. */
    assert_false(encounter_is_there(&stage, &made.encounter));
    assert_int_equal(live_stage_answer_token(&stage, before.follow_up, "perception.q1=3").outcome, SUBMISSION_STORED);
    assert_int_equal(live_stage_counts(&stage).paired, 1);
    assert_int_equal(live_stage_counts(&stage).invited, 1);
    assert_int_equal(live_stage_ticket(&stage, made.expectation).state, TICKET_USED);
    /* The next day is late, the planned day is not: of it nobody knows what came first. */
    struct invitation late = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = LIVE_NOON});
    live_stage_clock(LIVE_NOON + 24 * HOUR);
    assert_int_equal(live_stage_answer_token(&stage, late.expectation, "expectation.q1=5").phase, PHASE_LATE);
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_anonymous_studies_keep_no_drafts),
                                              cmocka_unit_test(test_sampling), cmocka_unit_test(test_anonymous_invitations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
