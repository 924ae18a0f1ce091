# Interprets the facts of sbom.cmake: the files, the packages, and the role of each package for the files.

# The licences that Debian's copyright files give for the part that is used.
def licence_of:
  {
    "clang-19": "Apache-2.0 WITH LLVM-exception",
    "libc++-19-dev": "Apache-2.0 WITH LLVM-exception",
    "libclang-common-19-dev": "Apache-2.0 WITH LLVM-exception",
    "libclang-rt-19-dev": "Apache-2.0 WITH LLVM-exception",
    "linux-libc-dev": "GPL-2.0-only WITH Linux-syscall-note",
    "lld-19": "Apache-2.0 WITH LLVM-exception",
    "llvm-19": "Apache-2.0 WITH LLVM-exception",
    "musl-dev": "MIT"
  }[.] // error("no licence is known for the package \(.)");

# Returns the package to which a linked archive or object belongs.
def origin_of:
  if . == "libc.a" or test("^(rcrt1|crti|crtn)\\.o$") then "musl-dev"
  elif startswith("libclang_rt.builtins-") then "libclang-rt-19-dev"
  else error("\(.) was linked, and no package is known to have it") end;

def is_tool: IN("clang-19", "lld-19", "llvm-19");

# Debian's versions may begin with an epoch, which is not part of a package's file name.
def file_name:
  (.version | sub("^[0-9]+:"; "")) as $version
  | "\(.name)_\($version)_\(.architecture).deb";

# https://github.com/package-url/purl-spec: the type "deb".
def purl($vendor; $release):
  "pkg:deb/\($vendor)/\(.name | @uri)@\(.version | @uri | gsub("%3A"; ":") | gsub("%2B"; "+"))"
  + "?arch=\(.architecture)&distro=\($vendor)-\($release)";

# The identifiers under which vulnerabilities are recorded, for code that is in the files.
def cpe:
  if .name == "musl-dev"
  then "cpe:2.3:a:musl-libc:musl:\(.version | sub("-[^-]*$"; "")):*:*:*:*:*:*:*"
  else null end;

def package($vendor; $release):
  . + {licence: (.name | licence_of), purl: purl($vendor; $release), cpe: cpe};

# The sysroots are Debian 13's on any machine: toolchains/sysroot.sh.
def packages_of_sysroots:
  map(select(.[0] == "package"))
  | group_by(.[2:])
  | map({name: .[0][2], version: .[0][3], architecture: .[0][4], sha256: .[0][5], for: map(.[1])}
        | . + {file_name: file_name} | package("debian"; "13"));

def tools:
  map(select(.[0] == "tool")
      | .[1] as $vendor | .[2] as $release
      | {name: .[3], version: .[4], architecture: .[5], for: null} | package($vendor; $release));

# [{package, members}] of a file: only the entries of its link map.
def linked($facts; $packages):
  . as $file
  | $facts
  | map(select(.[0] == "linked" and .[1] == $file.name))
  | group_by(.[2] | origin_of)
  | map((.[0][2] | origin_of) as $name
        | {
            package: ($packages
                      | map(select(.for != null and (.for | index($file.architecture))
                                   and .name == $name))
                      | if length == 1 then .[0].purl
                        else error("\($name) of \($file.name) is in no sysroot") end),
            members: map(.[3] // .[2])
          });

# Only headers of the C++ library are used. Inline functions and templates from them end up in the files.
def headers_compiled_in: "libc++-19-dev";

def files($facts; $packages):
  ($packages | map(select(.name == headers_compiled_in) | .purl)) as $headers
  | ($facts | map(select(.[0] == "compiled") | .[1])) as $have
  | $facts
  | map(select(.[0] == "file")
        | {name: .[1], program: .[2], architecture: .[3], sha256: .[4], sha1: .[5]}
        | . + {
            linked: linked($facts; $packages),
            compiled: (if .name | IN($have[]) then $headers else [] end)
          }
        | ([.linked[].package] + .compiled) as $parts
        | . + {licences: (["MIT"] + ($packages | map(select(.purl | IN($parts[])) | .licence))
                          | unique | sort_by(. != "MIT"))});

# "linked", "compiled in", "build tool" or "build dependency".
def use_of($files):
  . as $package
  | if any($files[].linked[]; .package == $package.purl) then "linked"
    elif any($files[].compiled[]; . == $package.purl) then "compiled in"
    elif .name | is_tool then "build tool"
    else "build dependency" end;

def model($lines):
  ($lines | split("\n") | map(select(. != "") | split("\t"))) as $facts
  | ($facts | packages_of_sysroots + tools) as $packages
  | files($facts; $packages) as $files
  | ($facts[] | select(.[0] == "project")) as $project
  | {
      name: "distroless-init",
      version: $project[1],
      created: ($project[2] | tonumber | todate),
      authors: $project[3],
      copyright: $project[4],
      licence: "MIT",
      verification: ($facts[] | select(.[0] == "verification")[1]),
      files: $files,
      packages: ($packages | map(. + {use: use_of($files)}) | sort_by(.name, .architecture))
    };
