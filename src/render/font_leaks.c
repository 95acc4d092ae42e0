/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/font_leaks.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_WATCHED 1
#endif
#if __has_feature(thread_sanitizer)
#define RACES_WATCHED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(LEAKS_WATCHED)
/* What the leak sanitizer asks for. fontconfig keeps what it has read of the system's fonts until the process ends, on purpose:
 * reading it anew for each document would cost more than the document. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

#if defined(__SANITIZE_THREAD__) || defined(RACES_WATCHED)
/* What the thread sanitizer asks for. Of libraries that were not built for it it sees memory but not their locks (GLib's are futexes,
 * HarfBuzz's and cairo's atomics), so it takes what pango's own thread hands over for races. Ours are still found: no memory of ours is
 * shared with them. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "race:libfontconfig.so\nrace:libglib-2.0.so\nrace:libpango\nrace:libcairo.so\nrace:libharfbuzz.so\n";
}
#endif

void font_leaks_known(void)
{
}
