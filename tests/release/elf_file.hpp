// ElfFile: the parts of a program's file that the kernel reads (elf(5)).
#pragma once

#include <elf.h>

#include <string>
#include <vector>

struct Segment {
  unsigned type;
  unsigned flags;
};

struct Kind {
  unsigned bits;
  unsigned byte_order;
  unsigned machine;
  unsigned flags;

  bool operator==(const Kind&) const = default;
};

class ElfFile {
 public:
  // Throws if the file is not an ELF file.
  explicit ElfFile(const std::string& path);

  std::size_t size() const { return bytes_.size(); }
  unsigned type() const { return type_; }
  // ELFCLASS64, ELFDATA2MSB, EM_S390, and the machine's own flags.
  const Kind& kind() const { return kind_; }
  const std::vector<Segment>& segments() const { return segments_; }
  // Returns the values of a tag in the dynamic section.
  std::vector<unsigned long> dynamic(long tag) const;
  bool contains(const std::string& text) const { return bytes_.find(text) != bytes_.npos; }

 private:
  template <class Header, class Program, class Dynamic>
  void read();
  // Converts the number to this machine's byte order.
  template <class Number>
  Number native(Number number) const;

  std::string bytes_;
  unsigned type_ = 0;
  Kind kind_{};
  std::vector<Segment> segments_;
  std::vector<std::pair<long, unsigned long>> dynamic_;
};
