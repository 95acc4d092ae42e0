-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT study, respondent FROM erasure ORDER BY study, respondent
