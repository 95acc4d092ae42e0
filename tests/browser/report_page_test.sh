#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
exec sh "${GAPMETER_SOURCE_DIR:?}/tests/browser/run.sh" report
