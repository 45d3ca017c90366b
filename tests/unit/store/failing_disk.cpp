#include "tests/unit/store/failing_disk.hpp"

#include <sqlite3.h>

#include <atomic>

#include "tests/unit/store/power_cut.hpp"

namespace heed::store::testing {
namespace {

std::atomic<Fault> fault_now = Fault::none;
std::atomic<int> allowed = 0;
std::atomic<int> failing = 0;
std::atomic<int> made = 0;

// Ours first, so that a pointer to it is one to SQLite's; the real file follows behind.
struct File {
  sqlite3_file base;
  char const* path;
  sqlite3_file* real;
};

File* ours(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return ours(file)->real;
}

constexpr int merging_lock = 1;  // of the locks in shared memory; 0 is the writer's

// Whether a call of this kind is one that fails.
bool fails(Fault kind) {
  Fault const fault = fault_now;
  if (fault != kind && fault != Fault::anything) return false;
  ++made;
  return allowed-- <= 0 && failing-- > 0;
}

int close(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}

int read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 from) {
  if (fails(Fault::no_read)) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), to, bytes, from);
}

int write_now(sqlite3_file* file, void const* from, int bytes, sqlite3_int64 to) {
  power_sees_changing();
  int const result = real(file)->pMethods->xWrite(real(file), from, bytes, to);
  if (result == SQLITE_OK) {
    auto const count = static_cast<std::size_t>(bytes);
    power_sees_write(ours(file)->path, {static_cast<char const*>(from), count}, to);
  }
  return result;
}

// Half of it arrives: what fails is not what did nothing.
int write(sqlite3_file* file, void const* from, int bytes, sqlite3_int64 to) {
  bool const is_full = fault_now == Fault::no_room && fails(Fault::no_room);
  if (!is_full && (fault_now == Fault::no_room || !fails(Fault::io_error)))
    return write_now(file, from, bytes, to);
  write_now(file, from, bytes / 2, to);
  return is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (fails(Fault::no_truncate)) return SQLITE_IOERR_TRUNCATE;
  power_sees_changing();
  int const result = real(file)->pMethods->xTruncate(real(file), size);
  if (result == SQLITE_OK) power_sees_truncate(ours(file)->path, size);
  return result;
}

int sync(sqlite3_file* file, int flags) {
  if (fails(Fault::no_sync)) return SQLITE_IOERR_FSYNC;
  power_sees_changing();
  int const result = real(file)->pMethods->xSync(real(file), flags);
  if (result == SQLITE_OK) power_sees_sync(ours(file)->path);
  return result;
}

int size(sqlite3_file* file, sqlite3_int64* bytes) {
  return real(file)->pMethods->xFileSize(real(file), bytes);
}

// A lock that cannot be had now: SQLite asks again for as long as it was told to wait. What another
// program holds for long is the file's, or that of who writes or merges.
int refused_lock(bool for_long, int refusal) {
  if (fault_now == Fault::held) return for_long && fails(Fault::held) ? SQLITE_BUSY : SQLITE_OK;
  return fails(Fault::no_lock) ? refusal : SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
  if (int const refused = refused_lock(true, SQLITE_IOERR_LOCK); refused != SQLITE_OK)
    return refused;
  return real(file)->pMethods->xLock(real(file), level);
}

int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}

int check_lock(sqlite3_file* file, int* held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}

int control(sqlite3_file* file, int operation, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sector(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}

int traits(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int map(sqlite3_file* file, int region, int bytes, int extend, void volatile** at) {
  if (fails(Fault::no_memory)) return SQLITE_IOERR_SHMMAP;
  return real(file)->pMethods->xShmMap(real(file), region, bytes, extend, at);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  if ((flags & SQLITE_SHM_LOCK) != 0) {
    if (int const refused = refused_lock(offset <= merging_lock, SQLITE_IOERR_SHMLOCK);
        refused != SQLITE_OK)
      return refused;
  }
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}

int unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

sqlite3_io_methods const methods = {
    2,       close,  read,   write, truncate,    sync,    size,  lock,    unlock, check_lock,
    control, sector, traits, map,   lock_shared, barrier, unmap, nullptr, nullptr};

sqlite3_vfs* under(sqlite3_vfs* disk) {
  return static_cast<sqlite3_vfs*>(disk->pAppData);
}

int open(sqlite3_vfs* disk, char const* name, sqlite3_file* file, int flags, int* out_flags) {
  File* const opened = ours(file);
  opened->base.pMethods = nullptr;
  if (fails(Fault::no_open)) return SQLITE_CANTOPEN;
  opened->path = name;
  opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
  int const result = under(disk)->xOpen(under(disk), name, opened->real, flags, out_flags);
  opened->base.pMethods = opened->real->pMethods == nullptr ? nullptr : &methods;
  if (result == SQLITE_OK) power_sees_open(name);
  return result;
}

int remove(sqlite3_vfs* disk, char const* name, int sync_folder) {
  int const result = under(disk)->xDelete(under(disk), name, sync_folder);
  if (result == SQLITE_OK) power_sees_delete(name);
  return result;
}

}  // namespace

char const* failing_disk() {
  static sqlite3_vfs disk = [] {
    sqlite3_vfs* const real_disk = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made_disk = *real_disk;
    made_disk.zName = "failing";
    made_disk.pAppData = real_disk;
    made_disk.pNext = nullptr;
    made_disk.szOsFile = static_cast<int>(sizeof(File)) + real_disk->szOsFile;
    made_disk.xOpen = open;
    made_disk.xDelete = remove;
    return made_disk;
  }();
  static int const registered = sqlite3_vfs_register(&disk, 0);
  return registered == SQLITE_OK ? disk.zName : "";
}

void set_fault(Fault fault, int after, int times) {
  fault_now = Fault::none;
  allowed = after;
  failing = times;
  made = 0;
  fault_now = fault;
}

int calls_made() {
  return made;
}

}  // namespace heed::store::testing
