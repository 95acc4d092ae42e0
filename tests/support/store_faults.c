/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/store_faults.h"

#include <signal.h>
#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

enum { NAME_ROOM = 512 };

struct faulty_file {
    sqlite3_file base;
    char name[NAME_ROOM];
    _Alignas(sqlite3_int64) unsigned char real[]; /* the file of the system's own */
};

static sqlite3_vfs *system_vfs;
static sqlite3_vfs faulty_vfs;
static struct store_fault planted;
static uint64_t counted;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)((struct faulty_file *)(void *)file)->real;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), end = strlen(ending);
    return length >= end && strcmp(name + length - end, ending) == 0;
}

/* Is it the turn of this one to fail? */
static bool fault_due(unsigned kind, const char *name)
{
    if (!(planted.kinds & kind) || !name || !ends_with(name, planted.ending))
        return false;
    counted++;
    return planted.at > 0 && (planted.all_after ? counted >= planted.at : counted == planted.at);
}

static int fault_code(void)
{
    if (planted.dies)
        (void)raise(SIGKILL);
    return planted.code;
}

static bool file_fails(sqlite3_file *file, unsigned kind)
{
    return fault_due(kind, ((struct faulty_file *)(void *)file)->name);
}

static int faulty_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int faulty_read(sqlite3_file *file, void *into, int size, sqlite3_int64 at)
{
    return file_fails(file, FAULT_READ) ? fault_code() : real_of(file)->pMethods->xRead(real_of(file), into, size, at);
}

static int faulty_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    if (!file_fails(file, FAULT_WRITE))
        return real_of(file)->pMethods->xWrite(real_of(file), from, size, at);
    (void)real_of(file)->pMethods->xWrite(real_of(file), from, size / 2, at);
    return fault_code();
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return file_fails(file, FAULT_TRUNCATE) ? fault_code() : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
    return file_fails(file, FAULT_SYNC) ? fault_code() : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int faulty_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int faulty_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int faulty_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int faulty_reserved(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int faulty_control(sqlite3_file *file, int what, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int faulty_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int faulty_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int faulty_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int faulty_share(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void faulty_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int faulty_unmap(sqlite3_file *file, int removes)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), removes);
}

static const sqlite3_io_methods faulty_methods = {.iVersion = 2,
                                                  .xClose = faulty_close,
                                                  .xRead = faulty_read,
                                                  .xWrite = faulty_write,
                                                  .xTruncate = faulty_truncate,
                                                  .xSync = faulty_sync,
                                                  .xFileSize = faulty_size,
                                                  .xLock = faulty_lock,
                                                  .xUnlock = faulty_unlock,
                                                  .xCheckReservedLock = faulty_reserved,
                                                  .xFileControl = faulty_control,
                                                  .xSectorSize = faulty_sector,
                                                  .xDeviceCharacteristics = faulty_traits,
                                                  .xShmMap = faulty_map,
                                                  .xShmLock = faulty_share,
                                                  .xShmBarrier = faulty_barrier,
                                                  .xShmUnmap = faulty_unmap};

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    (void)vfs;
    struct faulty_file *mine = (struct faulty_file *)(void *)file;
    file->pMethods = NULL;
    mine->name[0] = '\0';
    for (size_t i = 0; name && name[i] && i + 1 < NAME_ROOM; i++) {
        mine->name[i] = name[i];
        mine->name[i + 1] = '\0';
    }
    if (fault_due(FAULT_OPEN, mine->name))
        return fault_code();
    int code = system_vfs->xOpen(system_vfs, name, real_of(file), flags, out_flags);
    if (code == SQLITE_OK)
        file->pMethods = &faulty_methods;
    return code;
}

static int faulty_remove(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    return fault_due(FAULT_REMOVE, name) ? fault_code() : system_vfs->xDelete(system_vfs, name, sync_folder);
}

void store_faults_start(void)
{
    if (system_vfs)
        return;
    system_vfs = sqlite3_vfs_find(NULL);
    faulty_vfs = *system_vfs;
    faulty_vfs.pNext = NULL;
    faulty_vfs.zName = "faulty";
    faulty_vfs.szOsFile = (int)offsetof(struct faulty_file, real) + system_vfs->szOsFile;
    faulty_vfs.xOpen = faulty_open;
    faulty_vfs.xDelete = faulty_remove;
    (void)sqlite3_vfs_register(&faulty_vfs, 1);
}

void store_faults_plant(const struct store_fault *fault)
{
    planted = fault ? *fault : (struct store_fault){.ending = ""};
    counted = 0;
}

uint64_t store_faults_counted(void)
{
    return counted;
}
