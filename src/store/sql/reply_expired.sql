-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM reply WHERE study = $1 AND created_ms < $2
