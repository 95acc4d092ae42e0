-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT study.name FROM api_key_study JOIN study ON study.study = api_key_study.study
WHERE api_key_study.api_key = $1 ORDER BY study.name
