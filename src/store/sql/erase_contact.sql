-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM contact WHERE study = $1 AND respondent = $2
