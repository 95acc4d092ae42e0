-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT name, email, phone, reference FROM contact WHERE study = $1 AND respondent = $2
