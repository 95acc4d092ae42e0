-- SPDX-License-Identifier: GPL-3.0-or-later
-- PostgreSQL takes this file as it stands. sqlite.c says INTEGER for BIGINT, BLOB for BYTEA, and puts STRICT after "/* rows */)" and
-- STRICT, WITHOUT ROWID after "/* keyed */)": tables whose rows stand in the order of their key, so that nothing tells in which
-- order they came.

CREATE TABLE study (
    study BYTEA NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    identity TEXT NOT NULL,
    salt BYTEA NOT NULL,
    version BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (study),
    UNIQUE (name)
/* keyed */);

CREATE TABLE consent (
    study BYTEA NOT NULL REFERENCES study (study),
    hash BYTEA NOT NULL,
    text TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (study, hash)
/* keyed */);

CREATE TABLE instrument_version (
    study BYTEA NOT NULL REFERENCES study (study),
    version BIGINT NOT NULL,
    definition BYTEA NOT NULL,
    scales BYTEA NOT NULL,
    consent BYTEA NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (study, version)
/* keyed */);

CREATE TABLE respondent (
    study BYTEA NOT NULL REFERENCES study (study),
    respondent BYTEA NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (study, respondent)
/* keyed */);

CREATE TABLE contact (
    study BYTEA NOT NULL,
    respondent BYTEA NOT NULL,
    name TEXT,
    email TEXT,
    phone TEXT,
    reference TEXT,
    PRIMARY KEY (study, respondent),
    FOREIGN KEY (study, respondent) REFERENCES respondent (study, respondent)
/* keyed */);

CREATE TABLE encounter (
    study BYTEA NOT NULL REFERENCES study (study),
    encounter BYTEA NOT NULL,
    respondent BYTEA,
    arm TEXT NOT NULL,
    invited BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    version BIGINT NOT NULL,
    language TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    planned_ms BIGINT NOT NULL,
    began_ms BIGINT NOT NULL,
    ended_ms BIGINT NOT NULL,
    PRIMARY KEY (study, encounter)
/* keyed */);

CREATE INDEX encounter_of_respondent ON encounter (study, respondent);

CREATE TABLE token (
    hash BYTEA NOT NULL,
    study BYTEA NOT NULL REFERENCES study (study),
    encounter BYTEA,
    wave TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    opens_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT NOT NULL,
    withdrawn_ms BIGINT NOT NULL,
    PRIMARY KEY (hash, study)
/* keyed */);

CREATE INDEX token_of_encounter ON token (study, encounter);

CREATE TABLE door (
    hash BYTEA NOT NULL,
    study BYTEA NOT NULL REFERENCES study (study),
    kind TEXT NOT NULL,
    wave TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    closed_ms BIGINT NOT NULL,
    PRIMARY KEY (hash, study)
/* keyed */);

CREATE TABLE submission (
    study BYTEA NOT NULL REFERENCES study (study),
    encounter BYTEA NOT NULL,
    wave TEXT NOT NULL,
    submission BYTEA NOT NULL,
    phase TEXT NOT NULL,
    version BIGINT NOT NULL,
    door TEXT NOT NULL,
    language TEXT NOT NULL,
    received_ms BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    consent BYTEA NOT NULL,
    receipt TEXT NOT NULL,
    answers BYTEA NOT NULL,
    checksum BIGINT NOT NULL,
    PRIMARY KEY (study, encounter, wave)
/* keyed */);

CREATE TABLE draft (
    hash BYTEA NOT NULL,
    study BYTEA NOT NULL REFERENCES study (study),
    updated_ms BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    answers BYTEA NOT NULL,
    PRIMARY KEY (hash, study)
/* keyed */);

CREATE TABLE code (
    study BYTEA NOT NULL REFERENCES study (study),
    hash BYTEA NOT NULL,
    encounter BYTEA NOT NULL,
    left_out BIGINT NOT NULL,
    PRIMARY KEY (study, hash, encounter)
/* keyed */);

CREATE TABLE reply (
    study BYTEA NOT NULL REFERENCES study (study),
    key BYTEA NOT NULL,
    request BYTEA NOT NULL,
    http_status BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (study, key)
/* keyed */);

CREATE TABLE api_key (
    hash BYTEA NOT NULL,
    api_key BYTEA NOT NULL,
    name TEXT NOT NULL,
    access TEXT NOT NULL,
    all_studies BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    revoked_ms BIGINT NOT NULL,
    PRIMARY KEY (hash),
    UNIQUE (api_key),
    UNIQUE (name)
/* keyed */);

CREATE TABLE api_key_study (
    api_key BYTEA NOT NULL REFERENCES api_key (api_key),
    study BYTEA NOT NULL REFERENCES study (study),
    PRIMARY KEY (api_key, study)
/* keyed */);

CREATE TABLE event (
    sequence BIGINT NOT NULL,
    study BYTEA,
    at_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    encounter BYTEA,
    actor TEXT NOT NULL,
    count BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    PRIMARY KEY (sequence)
/* rows */);

CREATE TABLE erasure (
    study BYTEA NOT NULL,
    respondent BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (study, respondent)
/* keyed */);
