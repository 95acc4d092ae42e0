/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_LIMITS_H
#define GAPMETER_BASE_LIMITS_H

/* Every ceiling of the program, in one place. Nothing grows without one. */

#define THREADS_MAX 64u

/* Files that people hand in. */
#define CSV_FIELD_BYTES_MAX (1u << 20) /* one cell */
#define CSV_KEY_BYTES_MAX   1024u      /* what tells respondents, encounters or clusters apart */
#define CSV_LINE_BYTES_MAX  (8u << 20) /* one record, quoted newlines included */
#define CSV_COLUMNS_MAX     8192u
#define CSV_SNIFF_BYTES     (256u << 10) /* read ahead to find encoding and delimiter */
#define UNPACKED_RATIO_MAX  400u         /* gzip and zstd: plain bytes per packed byte … */
#define UNPACKED_BYTES_FREE (64u << 20)  /* … once so many came out */
#define JSON_BYTES_MAX      (16u << 20)
#define JSON_DEPTH_MAX      32u    /* lists and objects within each other */
#define PROBLEMS_LISTED     20u    /* what commands other than check show */
#define PROBLEMS_KEPT       10000u /* what check keeps with its place; all are counted */

#define LOGO_BYTES_MAX  (1u << 20) /* a PNG for the head of a report */
#define LOGO_PIXELS_MAX 4096u      /* its width, and its height */

/* What is made in memory before it goes somewhere. */
#define OUT_BYTES_MAX (1u << 30)

/* A study. */
#define ITEMS_MAX           1000u
#define DIMENSIONS_MAX      200u
#define DIMENSION_ITEMS_MAX 40u /* composites: the common denominator must fit */
#define SCALES_MAX          200u
#define SCALE_STEPS_MAX     32767u /* codes 1 … steps; above 127 the study is held in 16 bits */
#define SEGMENTS_MAX        64u
#define SEGMENT_VALUES_MAX  65534u
#define TOUCHPOINTS_MAX     10000u
#define OUTCOMES_MAX        64u
#define MISSING_CODES_MAX   256u
#define ENCOUNTERS_MAX      4294967294u /* an index fits 32 bits */
#define BY_SETS_MAX         16u
#define BY_SET_SEGMENTS_MAX 4u
#define GROUPS_MAX          100000u  /* combinations of segment values in one by-set */
#define REPLICATES_MAX      1000000u /* of a bootstrap */
#define SCALE_LABELS_MAX    128u     /* labels of one scale */
#define COMMENTS_MAX        64u      /* columns of comments */
#define TITLE_BYTES_MAX     4096u    /* a title, a question, a label, a header */
#define NAME_BYTES_MAX      200u     /* an id */

/* The server. */
#define WRITE_GROUP_MAX                 256u  /* submissions that share one fsync */
#define WRITES_WAITING_MAX              4096u /* above it, and above the next one, a request is told to come again */
#define READS_WAITING_MAX               1024u
#define CONNECTIONS_DEFAULT             4096u
#define CONNECTIONS_MAX                 16384u
#define CONNECTIONS_PER_ADDRESS_DEFAULT 256u
#define CONNECTION_BYTES                (16u << 10) /* what the library holds of one: its header and a piece of its body */
#define TARGET_BYTES_MAX                2048u       /* path and query of a request */
#define HEADERS_MAX                     64u
#define HEADER_BYTES_MAX                8192u /* all header lines of a request */
#define HEADER_SECONDS_MAX              10u   /* from the connection, or from the end of waiting, until the header is there */
#define BODY_SECONDS_MAX                30u
#define BODY_BYTES_PER_SECOND_LEAST     500u
#define IDLE_SECONDS_MAX                30u         /* between two requests of a connection */
#define BODIES_BYTES_MAX                (64u << 20) /* of all requests at a time */
#define FORM_FIELDS_MAX                 8192u       /* of one form */
#define QUERY_FIELDS_MAX                64u
#define RATE_PER_MINUTE_DEFAULT         1200u /* requests of one address: a firm's guests share one */
#define RATE_PER_MINUTE_OF_SECRET       600u  /* with one link or key */
#define MISSES_PER_MINUTE               10u   /* links and keys that there are not, by one address */
#define RATE_ENTRIES                    65536u
#define DISK_BYTES_LEAST                (64u << 20) /* below it the server says that it is not ready */
#define STOP_SECONDS_MAX                25u         /* working off what was accepted */
#define LIVE_REPLICATES_MAX             10000u      /* of a bootstrap that is asked for over the network */

/* Groups of live results that are smaller are hidden, whatever is asked for. A floor and no ceiling, but nothing passes it either. */
#define LIVE_FLOOR 5u

/* Weights are held in units of 2^-40 and lie below 2^22. */
#define WEIGHT_FRACTION_BITS 40
#define WEIGHT_INTEGER_BITS  22

#define CROSSING_CELLS_MAX 4096u /* of more than two segments; above it they are crossed two by two */
#define AUDIT_STEPS_MAX    2e9   /* looking for combinations of sums that give a small group away */

/* Numbers. */
#define EXACT_WILCOXON_MAX        25u   /* F22: exact up to so many non-zero pairs */
#define LMG_EXACT_MAX             18u   /* F35: predictors whose subsets are all tried */
#define DENSE_TALLY_CELLS_MAX     256u  /* joint tables of two answers: an array up to here, above it a hash table */
#define DENSE_HISTOGRAM_CELLS_MAX 2048u /* the same for one or three answers and for scores */
#define TALLY_BYTES_MAX           (UINT64_C(4) << 30) /* all tallies of one request */

/* The operator's socket. */
#define LOCAL_THREADS           4u
#define LOCAL_WAITING_MAX       16
#define LOCAL_REQUEST_BYTES_MAX (16u << 20)
#define LOCAL_REPLY_BYTES_MAX   (1u << 30)
#define LOCAL_REQUEST_SECONDS   10u
#define LOCAL_REPLY_SECONDS     3600u      /* a backup may take long */
#define STORE_WAIT_MS           3000u      /* a command waits so long for one that holds the store */
#define OPERATION_FIELDS_MAX    32u        /* members that an operation takes */
#define INVITATIONS_MAX         10000u     /* in one request */
#define API_BODY_BYTES_MAX      (4u << 20) /* of a request to the API; study files may have JSON_BYTES_MAX */
#define RECORDS_MAX             100000u    /* rows of a table of people or paper forms */
#define KEY_STUDIES_MAX         64u        /* of one key that is not for all */
#define KEY_DAYS_MAX            3660       /* a key's life, when it has an end */

/* How a live study asks. */
#define COLLECTION_LANGUAGES_MAX 32u    /* beside the study's own */
#define TRANSLATIONS_MAX         20000u /* texts in all of them together */
#define CODE_FRAGMENTS_MIN       5u     /* pieces of a self-generated code: fewer are not unique, more are mistaken */
#define CODE_FRAGMENTS_MAX       7u
#define SEGMENT_OPTIONS_MAX      250u     /* values to choose from on a form */
#define PERCEPTION_MINUTES_MAX   5256000u /* ten years */
#define COLLECTION_DAYS_MAX      36500u   /* of invitations and retention */
#define KIOSK_SECONDS_MIN        10u
#define KIOSK_SECONDS_MAX        3600u

/* What people write into forms. */
#define FORM_TEXT_LETTERS_MAX 4000u /* one answer in words */
#define FRAGMENT_LETTERS_MAX  40u   /* one piece of a code, once made the same however it was typed */

/* A store of live studies. */
#define SESSIONS_MAX           64u         /* reading sessions at a time */
#define EXAMINED_BYTES         (32u << 20) /* a store up to here is looked at page by page whenever it is opened */
#define LOG_BYTES_MAX          (64u << 20) /* of a store's log: above it the writer waits for readers, to begin the log anew … */
#define LOG_WAIT_MS            250         /* … this long, and not again before it has grown by as much */
#define GROUP_JOBS_MAX         4096u       /* of one group commit */
#define ERASURE_FILE_BYTES_MAX (256 << 20)
#define READER_WAIT_MS         5000 /* how long a reader waits for a moment in which the log is being begun */

/* Live studies. */
#define STUDY_NAME_BYTES_MAX        60u
#define FORM_BODY_BYTES_MAX         (1u << 20) /* a form that is sent */
#define HOUSEKEEPING_FIRST_MS       2000u      /* after a server started */
#define HOUSEKEEPING_EVERY_MS       3600000u
#define HOUSEKEEPING_CLOCK_SLACK_MS 3600000 /* a clock that moved by more was set */
#define HOUSEKEEPING_CLOCK_WAIT_MS  86400000u
#define TRACES_EVERY_MS             5000u   /* what anonymous answers and erased persons left behind is cleared */
#define TRACES_REST_TIMES           20u     /* … or after so many times as long as the last time took */
#define LEAVINGS_DAYS               30      /* drafts and replies to repeated requests are kept so long */
#define FORM_SECONDS_MAX            604800u /* of answering; longer is no measure of anything */

#endif
