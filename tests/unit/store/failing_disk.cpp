#include "tests/unit/store/failing_disk.hpp"

#include <sqlite3.h>

#include <atomic>

namespace heed::store::testing {
namespace {

std::atomic<Fault> fault_now = Fault::none;
std::atomic<int> allowed = 0;
std::atomic<int> made = 0;

// Ours first, so that a pointer to it is one to SQLite's; the real file follows behind.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
};

File* ours(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return ours(file)->real;
}

bool fails(bool concerned) {
  if (!concerned) return false;
  ++made;
  return allowed-- <= 0;
}

int close(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}

int read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 from) {
  return real(file)->pMethods->xRead(real(file), to, bytes, from);
}

int write(sqlite3_file* file, void const* from, int bytes, sqlite3_int64 to) {
  Fault const fault = fault_now;
  if (fails(fault == Fault::no_room)) return SQLITE_FULL;
  if (fails(fault == Fault::io_error)) {
    // Half of it arrives: what fails is not what did nothing.
    real(file)->pMethods->xWrite(real(file), from, bytes / 2, to);
    return SQLITE_IOERR_WRITE;
  }
  return real(file)->pMethods->xWrite(real(file), from, bytes, to);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file* file, int flags) {
  if (fails(fault_now == Fault::no_sync)) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

int size(sqlite3_file* file, sqlite3_int64* bytes) {
  return real(file)->pMethods->xFileSize(real(file), bytes);
}

int lock(sqlite3_file* file, int level) {
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
  return real(file)->pMethods->xShmMap(real(file), region, bytes, extend, at);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
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

int open(sqlite3_vfs* disk, char const* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* const under = static_cast<sqlite3_vfs*>(disk->pAppData);
  File* const opened = ours(file);
  opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
  int const result = under->xOpen(under, name, opened->real, flags, out_flags);
  opened->base.pMethods = opened->real->pMethods == nullptr ? nullptr : &methods;
  return result;
}

}  // namespace

char const* failing_disk() {
  static sqlite3_vfs disk = [] {
    sqlite3_vfs* const under = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made_disk = *under;
    made_disk.zName = "failing";
    made_disk.pAppData = under;
    made_disk.pNext = nullptr;
    made_disk.szOsFile = static_cast<int>(sizeof(File)) + under->szOsFile;
    made_disk.xOpen = open;
    return made_disk;
  }();
  static int const registered = sqlite3_vfs_register(&disk, 0);
  return registered == SQLITE_OK ? disk.zName : "";
}

void set_fault(Fault fault, int after) {
  allowed = after;
  made = 0;
  fault_now = fault;
}

int calls_made() {
  return made;
}

}  // namespace heed::store::testing
