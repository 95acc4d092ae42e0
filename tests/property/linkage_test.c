/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "the link between person and answers is never written" (issue 4, 3): an attacker who holds the store and the list of links in the order
 * in which they were sent, one person after another, tries to say whose answers are whose. Of an anonymous study the attacker does
 * no better than chance; of a named one every answer is found, which shows that the attack works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"
#include "support/live_stage.h"

enum { PERSONS = 200 };

/* What the attacker holds: links by person, and the submissions in the order of the file. */
struct attack {
    const struct live_study *study;
    char links[PERSONS][SECRET_TEXT_BYTES];
    struct uuid encounters[2 * PERSONS];
    char receipts[2 * PERSONS][16];
    size_t submissions;
    unsigned by_link, by_order, by_time;
    const char (*truth)[16]; /* [PERSONS] the receipt that each person holds: only for counting hits */
    int64_t moments[2 * PERSONS];
};

static enum status submission_taken(struct ctx *ctx, void *state, const struct submission *submission)
{
    struct attack *attack = state;
    (void)ctx;
    if (submission->wave != WAVE_EXPECTATION)
        return STATUS_OK;
    attack->encounters[attack->submissions] = submission->encounter;
    attack->moments[attack->submissions] = submission->received_ms;
    (void)snprintf(attack->receipts[attack->submissions++], sizeof attack->receipts[0], "%s", submission->receipt);
    return STATUS_OK;
}

/* The store leads from the hash of a link to an encounter, and from there to its answers. */
static enum status link_follow(struct ctx *ctx, struct store_session *session, struct attack *attack, unsigned person)
{
    struct digest hash;
    struct token token;
    bool found = false;
    digest_of(span_of(attack->links[person]), &hash);
    enum status status = token_get(ctx, session, &hash, &token, &found);
    if (status || !found || uuid_is_none(&token.encounter))
        return status;
    for (size_t i = 0; i < attack->submissions; i++)
        if (uuid_equal(&attack->encounters[i], &token.encounter))
            attack->by_link += strcmp(attack->receipts[i], attack->truth[person]) == 0;
    return status;
}

/* How many submissions came at a moment. */
static size_t company(const struct attack *attack, size_t submission)
{
    size_t count = 0;
    for (size_t i = 0; i < attack->submissions; i++)
        count += attack->moments[i] == attack->moments[submission];
    return count;
}

static enum status attack_run(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct attack *attack = state;
    (void)desk;
    enum status status = submission_each(ctx, session, &attack->study->id, submission_taken, attack);
    for (unsigned person = 0; person < PERSONS && !status; person++)
        status = link_follow(ctx, session, attack, person);
    /* The i-th person who was seen to answer, and the i-th submission of the file; and a moment that nobody shares. */
    for (size_t i = 0; i < attack->submissions && i < PERSONS; i++) {
        attack->by_order += strcmp(attack->receipts[i], attack->truth[i]) == 0;
        attack->by_time += company(attack, i) == 1;
    }
    return status;
}

static struct attack attacked(const char *identity)
{
    static char truth[PERSONS][16];
    struct live_stage stage;
    struct attack attack = {.truth = (const char(*)[16])truth};
    char collection[64];
    (void)snprintf(collection, sizeof collection, "{\"identity\": \"%s\"}", identity);
    live_stage_begin(&stage, collection);
    attack.study = &stage.study;
    for (unsigned i = 0; i < PERSONS; i++) {
        struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = 0});
        memcpy(attack.links[i], made.expectation, sizeof attack.links[i]);
    }
    /* Everybody answers in turn, a second apart, on one day: the access log tells who and when. Half of them answer the second form. */
    for (unsigned i = 0; i < PERSONS; i++) {
        char fields[64];
        live_stage_clock(LIVE_NOON + 1000 * (int64_t)i);
        (void)snprintf(fields, sizeof fields, "expectation.q1=%u", (unsigned)chance_below(7, 0, i, 5) + 1u);
        struct submission_result before = live_stage_answer_token(&stage, attack.links[i], fields);
        assert_int_equal(before.outcome, SUBMISSION_STORED);
        (void)snprintf(truth[i], sizeof truth[i], "%s", before.receipt);
        assert_int_equal(before.follow_up[0] != '\0', strcmp(identity, "anonymous") == 0);
        if (i % 2 == 0 && before.follow_up[0])
            assert_int_equal(live_stage_answer_token(&stage, before.follow_up, "perception.q1=3").outcome, SUBMISSION_STORED);
    }
    assert_ok(&stage.job, desk_read(&stage.job.ctx, stage.desk, attack_run, &attack));
    assert_int_equal(attack.submissions, PERSONS);
    live_stage_end(&stage);
    printf("%s: of %d persons %u were found by their link, %u by order, %u by time\n", identity, PERSONS, attack.by_link,
           attack.by_order, attack.by_time);
    return attack;
}

/* By chance one person of 200 is found by order; more than eight are found with a chance below 2e-6. */
static void test_nobody_is_found_in_an_anonymous_study(void **state)
{
    (void)state;
    struct attack attack = attacked("anonymous");
    assert_int_equal(attack.by_link, 0);
    assert_int_equal(attack.by_time, 0);
    assert_in_range(attack.by_order, 0, 8);
}

static void test_everybody_is_found_in_a_named_study(void **state)
{
    (void)state;
    struct attack attack = attacked("named");
    assert_int_equal(attack.by_link, PERSONS);
    assert_int_equal(attack.by_time, PERSONS);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_nobody_is_found_in_an_anonymous_study),
                                              cmocka_unit_test(test_everybody_is_found_in_a_named_study)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
