-- SPDX-License-Identifier: GPL-3.0-or-later
-- A request that is sent again gets the whole reply of the first time: where the answer went, and what it turned out to be. Replies of
-- before have neither ('' and no encounter).

ALTER TABLE reply ADD COLUMN phase TEXT NOT NULL DEFAULT '';
ALTER TABLE reply ADD COLUMN encounter BYTEA;
