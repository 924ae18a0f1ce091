// Files and descriptors.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "sys/result.hpp"

namespace sys {

using Descriptor = int;
inline constexpr Descriptor no_descriptor = -1;
inline constexpr Descriptor standard_output = 1;
inline constexpr Descriptor standard_error = 2;

// open(2) with these flags, closed on exec.
Result<Descriptor> open_file(const char* path, int flags);
// Read only.
Result<Descriptor> open_to_read(const char* path);
Result<Descriptor> open_directory(const char* path);
// getdents64(2): bytes of linux_dirent64 records; 0 at the end.
Result<std::size_t> read_directory(Descriptor directory, std::span<char> buffer);
// read(2); 0 at the end of the file.
Result<std::size_t> read(Descriptor descriptor, std::span<char> buffer);
// write(2). May write less than the whole text.
Result<std::size_t> write(Descriptor descriptor, std::string_view text);
// Writes the whole text, in several calls if need be.
Status write_all(Descriptor descriptor, std::string_view text);
// close(2). Never retried: Linux releases the descriptor even if the call fails with EINTR.
void close(Descriptor descriptor);
// Closes every descriptor above `last` except `kept` (which may be no_descriptor).
void close_all_above(Descriptor last, Descriptor kept);
Status change_directory(const char* path);

// Reads the file's first bytes, as many as fit into the buffer. Never waits: a FIFO without a writer is
// empty, and a read from one without data fails with EAGAIN.
Result<std::size_t> read_file(const char* path, std::span<char> buffer);

// Writes one message to standard error. Never blocks: a message that a full pipe cannot take is dropped. The
// caller has blocked SIGPIPE, SIGXFSZ and SIGTTOU, the signals by which a write could end or stop the
// program.
void write_message(std::string_view line);

}  // namespace sys
